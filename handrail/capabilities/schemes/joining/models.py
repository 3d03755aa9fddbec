"""Who may join a scheme, side by side; a scheme without such a row lets in anybody of its organisations."""

from django.db import models


class Joining(models.Model):
    class Leaders(models.TextChoices):
        ANYBODY = "anybody"
        INVITED = "invited"
        THERE = "there"  # those in `teams`
        LEVELS = "levels"  # those within `levels` of the top
        LISTED = "listed"

    class Mentors(models.TextChoices):
        ANYBODY = "anybody"
        OUTSIDE = "outside"  # anybody but those who may join as leaders
        INVITED = "invited"
        LISTED = "listed"

    scheme = models.OneToOneField("schemes.Scheme", on_delete=models.CASCADE, related_name="joining")
    leaders = models.CharField(max_length=8, choices=Leaders.choices, default=Leaders.ANYBODY)
    mentors = models.CharField(max_length=8, choices=Mentors.choices, default=Mentors.ANYBODY)
    teams = models.JSONField(default=list)  # units and places, by the names that the list of people has
    levels = models.PositiveSmallIntegerField(default=2)


class Listed(models.Model):
    """Somebody on the coordinator's list of one side."""

    class Side(models.TextChoices):
        LEADER = "leader"
        MENTOR = "mentor"

    scheme = models.ForeignKey("schemes.Scheme", on_delete=models.CASCADE, related_name="listed")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="listed_in")
    side = models.CharField(max_length=6, choices=Side.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "person", "side"], name="listed_once")]
