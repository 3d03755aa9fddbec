"""What happens to pairings by itself: settling what cannot go on, asking, closing, and forgetting after two years."""

from handrail.capabilities.pairings import actions
from handrail.capabilities.pairings.safeguarding.actions import forget_old_reports
from handrail.foundation.jobs.job import job


@job(every="10 * * * *")
def settle_what_cannot_go_on() -> None:
    actions.settle_what_cannot_go_on()


@job(every="30 4 * * *")
def forget_closed_pairings() -> None:
    actions.forget_closed_pairings()
    forget_old_reports()
