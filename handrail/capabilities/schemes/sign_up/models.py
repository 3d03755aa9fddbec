"""What somebody signed up with, as a leader or as a mentor, and how a mentor's time was agreed."""

from django.db import models


class SignUp(models.Model):
    """One person's, on one side of one scheme. Ordinary words, made for being matched by; `whom_not` is sealed."""

    class Side(models.TextChoices):
        LEADER = "leader"
        MENTOR = "mentor"

    class Meets(models.TextChoices):
        EITHER = "either"
        REMOTE = "remote"
        IN_PERSON = "in_person"

    scheme = models.ForeignKey("schemes.Scheme", on_delete=models.CASCADE, related_name="sign_ups")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="sign_ups")
    side = models.CharField(max_length=6, choices=Side.choices)
    themes = models.JSONField(default=list)  # ids, as content/essentials.yaml has them
    channels = models.JSONField(default=list)  # ids, as in `choices.CHANNELS`
    how_many = models.PositiveSmallIntegerField(default=1)  # leaders that a mentor has room for; mentors of a leader
    times = models.JSONField(default=list)  # "mon-morning"; none given means any
    meets = models.CharField(max_length=9, choices=Meets.choices, default=Meets.EITHER)
    place = models.CharField(max_length=120, blank=True)
    languages = models.JSONField(default=list)  # codes, or a word where there is no code
    lines = models.TextField(max_length=600, blank=True)
    wishes = models.JSONField(default=list)  # whole names, whom they would like most first
    party = models.CharField(max_length=60, blank=True)
    whom_not = models.BinaryField()
    with_care = models.BooleanField(default=False)  # a leader: only with a mentor approved for it; a mentor: approved
    signed_up_at = models.DateTimeField()  # the order of waiting: whoever pauses and comes back keeps their place
    paused_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["signed_up_at", "id"]
        constraints = [models.UniqueConstraint(fields=["scheme", "person", "side"], name="signed_up_once")]


class TimeAgreement(models.Model):
    """How the time of a mentor was agreed. Whoever was asked is forgotten as soon as they have answered."""

    class State(models.TextChoices):
        ASKED = "asked"  # by a mail with a page to answer on
        AGREED = "agreed"
        TALK_FIRST = "talk_first"
        SPOKEN = "spoken"  # the mentor says that they have agreed it
        OWN = "own"  # there is nobody to ask

    sign_up = models.OneToOneField(SignUp, on_delete=models.CASCADE, related_name="time")
    state = models.CharField(max_length=10, choices=State.choices)
    hours = models.PositiveSmallIntegerField(default=2)  # a month
    manager_name = models.CharField(max_length=200, blank=True)
    manager_address = models.EmailField(blank=True)
    digest = models.CharField(max_length=64, null=True, blank=True, unique=True)
    asked_at = models.DateTimeField(null=True, blank=True)
