"""A decision or paper that a leader brought, and what came of it."""

import uuid

from django.conf import settings
from django.db import models

from handrail.foundation.vault.texts import SealedField


class Decision(models.Model):
    """Sealed in two: what a list needs of it (`heading`), and the text itself (`paper`), which few pages open."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    conversation = models.ForeignKey("vault.Conversation", on_delete=models.CASCADE, related_name="+")
    heading = SealedField()
    paper = SealedField()
    brought_on = models.DateField()
    ahead = models.BooleanField(default=False)  # a day was tapped for it, and nothing noted since: home opens it

    class Meta:
        ordering = ["-brought_on", "id"]
