"""What somebody answered when a pairing ended."""

import uuid

from django.db import models

from handrail.foundation.vault.texts import SealedField


class ClosingAnswer(models.Model):
    """One answer, sealed for its author, or for the two. `ordinary` is what its author made readable."""

    class Question(models.TextChoices):
        LINE = "line"
        LEARNED = "learned"
        PASSED_ON = "passed_on"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pairing = models.ForeignKey("pairings.Pairing", on_delete=models.CASCADE, related_name="closing_answers")
    author = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    conversation = models.ForeignKey("vault.Conversation", on_delete=models.CASCADE, related_name="+")
    question = models.CharField(max_length=10, choices=Question.choices)
    text = SealedField()
    ordinary = models.TextField(max_length=2000, blank=True)
    answered_at = models.DateTimeField()

    class Meta:
        ordering = ["answered_at", "id"]
        constraints = [models.UniqueConstraint(fields=["pairing", "author", "question"], name="answered_once")]
