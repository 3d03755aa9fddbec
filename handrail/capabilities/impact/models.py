"""Did it change anything: what each leader asked for themselves, what was released about groups, and frozen plans."""

import uuid

from django.conf import settings
from django.db import models

from handrail.foundation.vault.texts.columns import SealedField


class OwnAnswer(models.Model):
    """What came of a leader's taking part, in their team. Made because they asked; sealed so that only they read it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    person = models.OneToOneField("people.Person", on_delete=models.CASCADE, related_name="+")
    conversation = models.ForeignKey("vault.Conversation", null=True, on_delete=models.CASCADE, related_name="+")
    sheet = SealedField()
    asked_on = models.DateField()
    made_on = models.DateField(null=True)
    made_of = models.DateTimeField(null=True)  # when the log that it was made of was measured


class Plan(models.Model):
    """What could be seen with so many teams and weeks, and who should begin when. Frozen, it changes no more."""

    class State(models.TextChoices):
        WAITING = "waiting"  # or being worked out
        READY = "ready"
        FROZEN = "frozen"
        FAILED = "failed"

    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="impact_plans")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    outcome = models.CharField(max_length=20)
    teams = models.PositiveIntegerField()
    weeks = models.PositiveIntegerField()
    turns = models.PositiveIntegerField()
    content = models.JSONField(default=dict)
    frozen_on = models.DateField(null=True)

    class Meta:
        ordering = ["-made_at", "-id"]


class KnownEvent(models.Model):
    """A holiday or another event that an organisation states, everywhere or in one unit. It names nobody."""

    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    first_day = models.DateField()
    last_day = models.DateField()
    unit = models.CharField(max_length=200, blank=True)  # none: everywhere
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    stated_on = models.DateField()

    class Meta:
        ordering = ["first_day", "id"]


class Effects(models.Model):
    """The effects by the end of a wave, as they left the gate. What sponsors see is made of this and nothing else."""

    wave = models.OneToOneField("participation.Wave", on_delete=models.CASCADE, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    done = models.PositiveIntegerField(default=0)  # measures worked out
    total = models.PositiveIntegerField(default=0)
    released_at = models.DateTimeField(null=True)
    content = models.JSONField(default=dict)


class Cell(models.Model):
    """Leaders of whom effects are told together: always all of them, and never with anybody else."""

    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    names = models.JSONField()  # when they began
    of = models.PositiveIntegerField()  # how many they were
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "id"]


class InCell(models.Model):
    """Who stands in which cell. The gate needs it, so that two releases never differ by one person."""

    cell = models.ForeignKey(Cell, on_delete=models.CASCADE, related_name="people")
    person = models.OneToOneField("people.Person", on_delete=models.CASCADE, related_name="+")
