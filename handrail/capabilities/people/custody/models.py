"""Whom an organisation named as custodians, and whether it turned recovery with their help on."""

from django.db import models


class Custody(models.Model):
    """Exists while recovery by custodians is on."""

    organisation = models.OneToOneField("people.Organisation", on_delete=models.CASCADE, related_name="custody")
    turned_on_at = models.DateTimeField()


class Custodian(models.Model):
    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="custodians")
    person = models.OneToOneField("people.Person", on_delete=models.CASCADE, related_name="custodian_of")

    class Meta:
        ordering = ["person__name", "id"]
