"""Covering begins and ends by itself."""

from handrail.capabilities.schemes.handover import actions
from handrail.foundation.jobs.job import job


@job(every="10 0 * * *")
def settle_covers() -> None:
    actions.settle_covers()
