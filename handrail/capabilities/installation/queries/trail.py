"""The audit trail."""

from django.db.models import QuerySet

from handrail.foundation.audit.models import Event


def events_newest_first(what: str = "") -> QuerySet[Event]:
    events = Event.objects.select_related("by").order_by("-at", "-pk")
    return events.filter(what__startswith=what) if what else events
