"""One load of a people file, and what was found in it that somebody should see."""

from django.conf import settings
from django.db import models


class PeopleImport(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting"  # received, not read yet
        READING = "reading"
        READY = "ready"  # read: the preview stands, nothing is changed
        APPLYING = "applying"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="imports")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    stopped_because = models.CharField(max_length=400, blank=True)

    file_name = models.CharField(max_length=200)
    stored_name = models.CharField(max_length=60, blank=True)  # in the data folder; empty once it was deleted
    digest = models.CharField(max_length=64)
    layout = models.CharField(max_length=20, blank=True)
    encoding = models.CharField(max_length=20, blank=True)
    delimiter = models.CharField(max_length=20, blank=True)
    encoding_certain = models.BooleanField(default=True)

    rows = models.PositiveIntegerField(default=0)
    steps_done = models.PositiveIntegerField(default=0)  # two steps a row: the person, then whom they report to
    counts = models.JSONField(default=dict)  # what the preview found, by Finding.Kind, and "unchanged"
    written = models.PositiveIntegerField(default=0)  # people whose rows are applied; a resumed run counts on from here
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    lines_changed = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-made_at", "-id"]


class Finding(models.Model):
    """Something in the file that the preview shows. Long lists are cut off; the counts on the import are complete."""

    class Kind(models.TextChoices):
        ADD = "add"
        CHANGE = "change"
        ASK = "ask"  # may be somebody already known
        MISSING = "missing"  # known from the same kind of file, and not in this one
        INACTIVE = "inactive"
        UNNAMED = "unnamed"
        REPEAT = "repeat"
        FAULT = "fault"
        CYCLE = "cycle"
        NOTED = "noted"  # the row is used, and something in it is not

    NEW = "new"
    SAME = "same"
    LOADED = "loaded"  # in `detail` of a question: what was answered has been loaded

    of = models.ForeignKey(PeopleImport, on_delete=models.CASCADE, related_name="findings")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    line = models.PositiveIntegerField(default=0)
    person = models.ForeignKey("people.Person", null=True, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200, blank=True)
    detail = models.JSONField(default=dict)
    answer = models.CharField(max_length=10, blank=True)

    class Meta:
        ordering = ["line", "id"]
        indexes = [models.Index(fields=["of", "kind", "line", "id"])]
