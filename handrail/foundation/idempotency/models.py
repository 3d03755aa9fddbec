"""Forms that were handled, so that the same press twice does the thing once."""

from django.db import models


class HandledForm(models.Model):
    key = models.CharField(max_length=64, primary_key=True)
    path = models.CharField(max_length=400)
    location = models.CharField(max_length=400, blank=True)
    at = models.DateTimeField(db_index=True)
