"""A mentoring scheme: whose it is, which organisations it spans, and what it stands for."""

from django.db import models

from handrail.foundation import clock


class Scheme(models.Model):
    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="schemes")
    spans = models.ManyToManyField("people.Organisation", blank=True, related_name="spanned_by")
    name = models.CharField(max_length=200)
    purpose = models.CharField(max_length=400, blank=True)
    asked_by = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    contact = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    threshold = models.PositiveSmallIntegerField(default=10)
    created_at = models.DateTimeField(default=clock.now)  # the newest that runs is the one to pair in
    draft = models.BooleanField(default=False)  # being prepared: nobody is invited, signed up or paired in it
    ends_on = models.DateField(null=True, blank=True)  # the last day, once an end is decided
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name
