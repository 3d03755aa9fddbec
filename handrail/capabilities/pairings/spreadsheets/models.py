"""A list of pairs that somebody brought, and its lines as far as a coordinator has to see them."""

from django.conf import settings
from django.db import models


class PairsFile(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting"
        READY = "ready"  # read: the preview stands, nothing is changed
        LOADING = "loading"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    scheme = models.ForeignKey("schemes.Scheme", on_delete=models.CASCADE, related_name="pairs_files")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    fault = models.CharField(max_length=20, blank=True)  # why it could not be read, by its code
    file_name = models.CharField(max_length=200)
    stored_name = models.CharField(max_length=60, blank=True)  # empty once the file itself was deleted
    sheet = models.PositiveSmallIntegerField(default=0)
    heading_row = models.PositiveIntegerField(default=0)
    headed = models.BooleanField(default=True)  # that row holds headings, and not the first pair
    headings = models.JSONField(default=list)
    columns = models.JSONField(default=dict)  # what each column says, by role; guessed until somebody says it
    day_first = models.BooleanField(default=True)
    confirmed = models.BooleanField(default=False)
    tell = models.BooleanField(default=False)  # whether the pairs are written to when it is loaded
    reason_to_go_on = models.CharField(max_length=300, blank=True)  # until it is loaded

    class Meta:
        ordering = ["-made_at", "-id"]


class PairsLine(models.Model):
    """One line with somebody in it."""

    class Outcome(models.TextChoices):
        NEW = "new"
        HERE = "here"  # these two are here already: nothing changes
        UNKNOWN = "unknown"  # somebody in it is not on the list of people
        FAULT = "fault"
        LEFT_OUT = "left_out"  # a question that came to nothing is not brought along
        LOADED = "loaded"

    of = models.ForeignKey(PairsFile, on_delete=models.CASCADE, related_name="lines")
    line = models.PositiveIntegerField()
    leader_name = models.CharField(max_length=200, blank=True)
    leader_email = models.CharField(max_length=254, blank=True)
    mentor_name = models.CharField(max_length=200, blank=True)
    mentor_email = models.CharField(max_length=254, blank=True)
    leader = models.ForeignKey("people.Person", null=True, on_delete=models.CASCADE, related_name="+")
    mentor = models.ForeignKey("people.Person", null=True, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=14, blank=True)
    agreed_on = models.DateField(null=True)
    met_on = models.DateField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    code = models.CharField(max_length=20, blank=True)
    value = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["line", "id"]
        constraints = [models.UniqueConstraint(fields=["of", "line"], name="pairs_line_once")]
