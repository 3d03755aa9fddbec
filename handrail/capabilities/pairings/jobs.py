"""A pairing that closed two years ago is forgotten, with its sessions and notes; so is a report made two years ago."""

from handrail.capabilities.pairings import actions
from handrail.capabilities.pairings.safeguarding.actions import forget_old_reports
from handrail.foundation.jobs.job import job


@job(every="30 4 * * *")
def forget_closed_pairings() -> None:
    actions.forget_closed_pairings()
    forget_old_reports()
