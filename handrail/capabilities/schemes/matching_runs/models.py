"""What counts in a scheme, the runs that look for pairs, who took part in each, and the pairs it proposes."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Counts(models.Model):
    """What counts when pairs are looked for in a scheme, and what that would do, as last looked at."""

    scheme = models.OneToOneField("schemes.Scheme", on_delete=models.CASCADE, related_name="counts")
    what_counts = models.JSONField(default=dict)
    effect = models.JSONField(default=dict)  # how many pairs each rule rules out; {} until somebody looked
    looked_at = models.DateTimeField(null=True)


class RunQuerySet(models.QuerySet["Run"]):
    def shown(self) -> "RunQuerySet":
        return self.exclude(state=Run.State.PUT_ASIDE)


class Run(models.Model):
    """One search for pairs. On the screen it is a proposal; one that was changed is a new run after an earlier one."""

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        READY = "ready"
        PUT_ASIDE = "put_aside"  # cancelled while it ran, or taken back
        FAILED = "failed"

    scheme = models.ForeignKey("schemes.Scheme", on_delete=models.CASCADE, related_name="runs")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    stage = models.PositiveSmallIntegerField(default=0)
    stopped_because = models.CharField(max_length=400, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    what_counts = models.JSONField(default=dict)
    figures = models.JSONField(default=dict)
    after = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="changed")
    # Handing it to a colleague, to look at before anybody is asked.
    checker = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    checked_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)  # when its pairs were asked, or leaders began to choose

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["scheme", "number"], name="run_number_once")]


class Entrant(models.Model):
    """Somebody on one side of a run, with the sign-up words as they stood when it began."""

    class Side(models.TextChoices):
        LEADER = "leader"
        MENTOR = "mentor"

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="entrants")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    side = models.CharField(max_length=6, choices=Side.choices)
    position = models.PositiveIntegerField()
    places = models.PositiveSmallIntegerField(default=1)
    facts = models.JSONField(default=dict)
    without = models.JSONField(null=True)  # of a leader who has nobody: the smallest change that would help
    answers = models.BinaryField(null=True)  # of a leader: points, rules and cost for every mentor (see answers.py)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["run", "side", "position"], name="entrant_position_once"),
            models.UniqueConstraint(fields=["run", "side", "person"], name="entrant_once"),
        ]


class ProposedPair(models.Model):
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="pairs")
    leader = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    mentor = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    points = models.IntegerField()
    by_reason = models.JSONField(default=dict)  # points by what counts
    is_fixed = models.BooleanField(default=False)
    warning = models.CharField(max_length=10, blank=True)  # "near" or "unknown": about the line between the two

    class Meta:
        ordering = ["points", "id"]
        constraints = [models.UniqueConstraint(fields=["run", "leader", "mentor"], name="proposed_once")]


class Hold(models.Model):
    """Two people who are held together or apart in a run, whatever else counts."""

    class Kind(models.TextChoices):
        TOGETHER = "together"
        APART = "apart"
        BEFORE = "before"  # apart, since they were asked or paired before

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="holds")
    leader = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    mentor = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["run", "leader", "mentor"], name="held_once"),
            models.CheckConstraint(condition=~Q(leader=models.F("mentor")), name="held_are_two"),
        ]
