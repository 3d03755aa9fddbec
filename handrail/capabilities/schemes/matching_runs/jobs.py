"""Looking for pairs, and forgetting what nobody needs any more. Machine code is made here, never in a request."""

from datetime import timedelta

from handrail.capabilities.schemes.matching_runs import actions
from handrail.capabilities.schemes.matching_runs.models import Run
from handrail.foundation import clock
from handrail.foundation.jobs.job import job

KEPT = timedelta(days=180)


@job(time_limit=timedelta(minutes=30))
def find_pairs(run_id: int) -> None:
    run = Run.objects.select_related("scheme").filter(pk=run_id).first()
    if run is not None:
        actions.find(run)


@job(every="50 4 * * *")
def forget_old_runs() -> None:
    actions.forget_old_runs(before=clock.now() - KEPT)
