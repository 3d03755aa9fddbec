"""Terms that each of the two chose, and the lines both read: goals, and an agenda."""

import uuid

from django.db import models

from handrail.foundation.vault.texts import SealedField


class Terms(models.Model):
    """What one of the two chose. The other is shown only what applies to both, once both have chosen."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pairing = models.ForeignKey("pairings.Pairing", on_delete=models.CASCADE, related_name="terms")
    author = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    conversation = models.ForeignKey("vault.Conversation", on_delete=models.CASCADE, related_name="+")
    text = SealedField()
    chosen_at = models.DateTimeField()

    class Meta:
        ordering = ["chosen_at", "id"]
        constraints = [models.UniqueConstraint(fields=["pairing", "author"], name="terms_once_a_side")]


class Line(models.Model):
    """One line of the two: a goal, or something to talk about."""

    class Kind(models.TextChoices):
        GOAL = "goal"
        AGENDA = "agenda"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pairing = models.ForeignKey("pairings.Pairing", on_delete=models.CASCADE, related_name="lines")
    author = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    conversation = models.ForeignKey("vault.Conversation", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    text = SealedField()
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at", "id"]
