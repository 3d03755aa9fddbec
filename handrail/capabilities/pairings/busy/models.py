"""The calendar somebody connected, and when they are busy by it. Nothing of what stands in it is kept."""

from django.conf import settings
from django.db import models


class BusyCalendar(models.Model):
    account = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="busy_calendar")
    address = models.BinaryField()  # sealed: whoever has it reads the whole calendar
    connected_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(max_length=10, blank=True)  # of the last try

    class Meta:
        ordering = ["pk"]


class BusyTime(models.Model):
    calendar = models.ForeignKey(BusyCalendar, on_delete=models.CASCADE, related_name="times")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at"]
