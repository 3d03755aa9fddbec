"""Who coordinates in somebody's place, from one day to another."""

from django.db import models
from django.db.models import F, Q


class Cover(models.Model):
    """Deleted when it is over. `given`: the colleague has the role because of this, and gives it back with it."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="covered_by")
    colleague = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="covers_for")
    from_on = models.DateField()
    until_on = models.DateField()
    given = models.BooleanField(default=False)

    class Meta:
        ordering = ["from_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="cover_ends_after_it_began")
        ]
