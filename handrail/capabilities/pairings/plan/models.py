"""A leader's plan, what they keep to themselves of it, their weekly note, and what a pair saw together."""

import uuid

from django.conf import settings
from django.db import models

from handrail.foundation.vault.texts import SealedField


class Plan(models.Model):
    """One leader's plan, in one sealed sheet: which steps, which are done, and how many, is not readable.

    `pairing`: whose plan it is, once the leader made it the pair's; the sheet is then sealed for the two.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="plan")
    conversation = models.ForeignKey("vault.Conversation", on_delete=models.CASCADE, related_name="+")
    pairing = models.ForeignKey("pairings.Pairing", null=True, on_delete=models.SET_NULL, related_name="+")
    sheet = SealedField()
    begun_on = models.DateField()
    # Both coarse: a leader is away, and perhaps until when. Why is written nowhere.
    paused = models.BooleanField(default=False)
    paused_until = models.DateField(null=True, blank=True)


class KeptAlone(models.Model):
    """What a leader keeps to themselves of their plan, also while the plan is the pair's: lines, and steps done."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="kept_alone")
    conversation = models.ForeignKey("vault.Conversation", on_delete=models.CASCADE, related_name="+")
    sheet = SealedField()


class WeeklyNote(models.Model):
    """When the next note goes out. It is put off for many reasons, and says none of them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="weekly_note")
    weekday = models.PositiveSmallIntegerField()  # Monday is 0
    hour = models.PositiveSmallIntegerField()
    on = models.BooleanField(default=True)
    next_at = models.DateTimeField(db_index=True)


class SeenTogether(models.Model):
    """What one pair saw together, in one sealed sheet of the two."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pairing = models.OneToOneField("pairings.Pairing", on_delete=models.CASCADE, related_name="seen_together")
    conversation = models.ForeignKey("vault.Conversation", on_delete=models.CASCADE, related_name="+")
    sheet = SealedField()
