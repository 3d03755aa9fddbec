"""Messages out: one row each, written in the same transaction as what they tell."""

from django.conf import settings
from django.db import models


class OutboxMessage(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting"
        SENDING = "sending"  # claimed by one worker
        SENT = "sent"
        HELD = "held"  # no mail server or no address: to be copied, printed or read in the post box
        FAILED = "failed"  # refused, or the last try is over
        UNSURE = "unsure"  # handed over, but the answer was lost: never sent again by itself

    message_id = models.CharField(max_length=120, unique=True)
    dedupe_key = models.CharField(max_length=160, null=True, unique=True)  # noqa: DJ001  several may have none
    organisation_id = models.BigIntegerField(null=True)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=40)
    to_address = models.CharField(max_length=254, blank=True)
    to_name = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    language = models.CharField(max_length=10, blank=True)  # that its words are in
    calendar = models.TextField(blank=True)
    calendar_method = models.CharField(max_length=12, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(db_index=True)
    due_at = models.DateTimeField(null=True)  # when to try next, while it is waiting
    claimed_at = models.DateTimeField(null=True)
    handed_over_at = models.DateTimeField(null=True)  # set before the text leaves: from here on a lost answer is unsure
    sent_at = models.DateTimeField(null=True)
    emptied_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=200, blank=True)  # what the mail server said last
    unsubscribe_url = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["state", "created_at"]),
            models.Index(fields=["state", "due_at"]),
            # A coordinator is shown a few kinds of the organisation's messages, among very many.
            models.Index(fields=["organisation_id", "kind", "state", "created_at"], name="message_by_kind"),
        ]
