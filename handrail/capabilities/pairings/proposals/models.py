"""A proposal that is being asked, why each two were brought together, and leaders who choose for themselves."""

from django.conf import settings
from django.db import models


class Asking(models.Model):
    """The pairs of a proposal are asked, with the same words to everybody. The work is done in a job."""

    run = models.OneToOneField("matching_runs.Run", on_delete=models.CASCADE, related_name="asking")
    words = models.TextField(max_length=1000)
    reason_to_go_on = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    leaders_choose = models.BooleanField(default=False)
    pairs = models.PositiveIntegerField(default=0)  # or leaders, where they choose
    done = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)


class Why(models.Model):
    """The sign-up words that brought two people together, as each of them reads it."""

    pairing = models.OneToOneField("pairings.Pairing", on_delete=models.CASCADE, related_name="why")
    reasons = models.JSONField(default=dict)


class Choice(models.Model):
    """A leader may choose a mentor from the best few; what they have chosen, and what came of it."""

    asking = models.ForeignKey(Asking, on_delete=models.CASCADE, related_name="choices")
    leader = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    pairing = models.ForeignKey("pairings.Pairing", null=True, on_delete=models.SET_NULL, related_name="+")
    chosen_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["asking", "leader"], name="choice_once")]


class Seat(models.Model):
    """One place with a mentor, taken by a leader's choice. Two who choose at once cannot both have the last one."""

    asking = models.ForeignKey(Asking, on_delete=models.CASCADE, related_name="seats")
    mentor = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    choice = models.OneToOneField(Choice, on_delete=models.CASCADE, related_name="seat")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["asking", "mentor", "number"], name="seat_once")]
