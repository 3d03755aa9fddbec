"""Forms that were handled, so that the same press twice does the thing once."""

from django.db import models


class HandledForm(models.Model):
    digest = models.CharField(max_length=64, primary_key=True)  # of account and key: who sent what is not kept
    location = models.CharField(max_length=400, blank=True)
    at = models.DateTimeField(db_index=True)
