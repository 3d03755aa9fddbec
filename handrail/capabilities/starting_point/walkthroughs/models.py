"""What a leader marked in the walk-throughs, and what of it they showed a mentor."""

import uuid

from django.conf import settings
from django.db import models

from handrail.foundation.vault.texts import SealedField


class Marks(models.Model):
    """One person's marks in one sealed sheet: what is not done is an attacker's list."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    conversation = models.ForeignKey("vault.Conversation", on_delete=models.CASCADE, related_name="+")
    sheet = SealedField()
    wish_waits = models.BooleanField(default=False)  # something is to be shared as soon as there is a mentor


class SharedMarks(models.Model):
    """What the owner chose to show one mentor, as it stood then, sealed for the two. Taking it back deletes it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    conversation = models.ForeignKey("vault.Conversation", on_delete=models.CASCADE, related_name="+")
    sections = SealedField()
    shared_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "conversation"], name="marks_shared_once")]
