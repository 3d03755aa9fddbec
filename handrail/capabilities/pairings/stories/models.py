"""What leaders chose to tell."""

from django.db import models


class Story(models.Model):
    """At most two sentences of one leader, shown once they have said so on a page that previews it."""

    scheme = models.ForeignKey("schemes.Scheme", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    text = models.CharField(max_length=400)
    named = models.BooleanField(default=False)
    approved = models.BooleanField(default=False)

    class Meta:
        ordering = ["text"]  # not by time: in a small group an order tells whose it is
        constraints = [models.UniqueConstraint(fields=["scheme", "person"], name="one_story_each")]
