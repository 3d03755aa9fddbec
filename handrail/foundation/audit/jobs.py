"""The audit trail is kept two years."""

from datetime import timedelta

from handrail.foundation import clock
from handrail.foundation.audit.models import Event
from handrail.foundation.jobs.job import job

KEPT = timedelta(days=730)


@job(every="40 3 * * *")
def prune_audit_trail() -> None:
    Event.objects.filter(at__lt=clock.now() - KEPT).delete()
