"""A leader's starting point, what of it they shared, who was invited to theirs, and words to find a mentor by."""

import uuid

from django.conf import settings
from django.db import models

from handrail.foundation.vault.texts import SealedField


class StartingPoint(models.Model):
    """What one person told so far, in one sealed sheet: not even how many questions were answered is readable."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="starting_point")
    conversation = models.ForeignKey("vault.Conversation", on_delete=models.CASCADE, related_name="+")
    sheet = SealedField()
    started_on = models.DateField()
    at_rest = models.BooleanField(default=False)  # its owner is through, or has had enough: home offers it no more
    wish_waits = models.BooleanField(default=False)  # something is to be shared as soon as there is a mentor


class SharedCopy(models.Model):
    """What the owner chose to show one mentor, as it stood then, sealed for the two. Taking it back deletes it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    conversation = models.ForeignKey("vault.Conversation", on_delete=models.CASCADE, related_name="+")
    sections = SealedField()
    shared_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "conversation"], name="one_copy_a_conversation")]


class Invitation(models.Model):
    """Somebody asks a leader to begin, or somebody to be a mentor, and says why now.

    Of what follows it knows only whether there was a start, and that somebody is to be left in peace: that is shown to
    nobody, and looks like having been asked.
    """

    class Side(models.TextChoices):
        LEADER = "leader"
        MENTOR = "mentor"

    scheme = models.ForeignKey("schemes.Scheme", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    asked_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    words = models.TextField(max_length=1500)
    invited_at = models.DateTimeField()
    started = models.BooleanField(default=False)
    side = models.CharField(max_length=6, choices=Side.choices, default=Side.LEADER)
    reminders = models.PositiveSmallIntegerField(default=0)  # counted also where none was sent
    last_asked_at = models.DateTimeField(null=True)
    in_peace = models.BooleanField(default=False)

    class Meta:
        ordering = ["-invited_at", "person__name", "id"]
        constraints = [models.UniqueConstraint(fields=["scheme", "person", "side"], name="invited_once_a_side")]


class FindingWord(models.Model):
    """One of at most three words that a leader made ordinary so that a mentor can be found by them."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="finding_words")
    word = models.CharField(max_length=40)
    written_on = models.DateField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["person", "word"], name="finding_word_once")]
