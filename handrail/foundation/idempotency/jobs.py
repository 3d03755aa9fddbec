"""A form can be sent again for two days; then nobody remembers it."""

from datetime import timedelta

from handrail.foundation import clock
from handrail.foundation.idempotency.models import HandledForm
from handrail.foundation.jobs.job import job

KEPT = timedelta(days=2)


@job(every="1 hour")
def prune_handled_forms() -> None:
    HandledForm.objects.filter(at__lt=clock.now() - KEPT).delete()
