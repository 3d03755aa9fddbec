"""How far somebody has come in getting ready, and what mentors write to one another about the craft."""

from django.db import models


class Preparation(models.Model):
    """Where to go on, and whether somebody is through. What they answered is kept nowhere."""

    person = models.OneToOneField("people.Person", on_delete=models.CASCADE, related_name="preparation")
    reached = models.PositiveSmallIntegerField(default=0)  # parts that are done
    prepared = models.BooleanField(default=False)


class CraftPost(models.Model):
    """A few lines of one mentor to the others. Ordinary text: the page says so before anybody writes."""

    scheme = models.ForeignKey("schemes.Scheme", on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    text = models.CharField(max_length=600)
    written_on = models.DateField()
    hidden = models.BooleanField(default=False)  # somebody found that it is about a person

    class Meta:
        ordering = ["-pk"]
