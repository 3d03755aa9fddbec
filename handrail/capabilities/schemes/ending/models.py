"""What a coordinator settles about the end of a scheme. It is a thought until it is decided."""

from django.db import models


class Ending(models.Model):
    """`Scheme.ends_on` says whether it is decided; here is what was thought of, and what was said with it."""

    scheme = models.OneToOneField("schemes.Scheme", on_delete=models.CASCADE, related_name="ending")
    day = models.DateField(null=True, blank=True)  # the last one on which everything is as it was
    words = models.TextField(max_length=600, blank=True)  # everybody in it reads them
    why = models.TextField(max_length=600, blank=True)  # kept beside the outcomes
    decided_on = models.DateField(null=True, blank=True)
