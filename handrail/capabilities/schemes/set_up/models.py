"""How a scheme runs, and the outcomes it serves with what they are measured by."""

from django.db import models


class SetUp(models.Model):
    """What a coordinator settles for one scheme; whatever is left out has a usual answer."""

    class Rhythm(models.TextChoices):
        WEEK = "week"
        TWO_WEEKS = "two_weeks"
        MONTH = "month"

    scheme = models.OneToOneField("schemes.Scheme", on_delete=models.CASCADE, related_name="set_up")
    weeks = models.PositiveSmallIntegerField(default=26)
    rhythm = models.CharField(max_length=9, choices=Rhythm.choices, default=Rhythm.TWO_WEEKS)
    who_may_join = models.CharField(max_length=400, blank=True)
    takes_sign_ups = models.BooleanField(default=True)
    about_data = models.CharField(max_length=600, blank=True)
    pairs_agree = models.TextField(max_length=1000, blank=True)


class Outcome(models.Model):
    """Something that should be different, in the words of the organisation's own strategy."""

    class State(models.TextChoices):
        RUNNING = "running"
        REACHED = "reached"
        STOPPED = "stopped"

    scheme = models.ForeignKey("schemes.Scheme", on_delete=models.CASCADE, related_name="outcomes")
    name = models.CharField(max_length=200)
    strategy_line = models.CharField(max_length=300)
    measure = models.CharField(max_length=200)
    figure = models.CharField(max_length=60, blank=True)  # today's: with its unit, as people say it
    figure_on = models.DateField(null=True, blank=True)
    owner = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    review_on = models.DateField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.RUNNING)
    found = models.CharField(max_length=60, blank=True)  # the figure when it was settled
    said = models.TextField(max_length=600, blank=True)  # why it was
    settled_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
