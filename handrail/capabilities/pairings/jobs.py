"""A pairing that closed two years ago is forgotten, with its sessions and notes."""

from handrail.capabilities.pairings import actions
from handrail.foundation.jobs.job import job


@job(every="30 4 * * *")
def forget_closed_pairings() -> None:
    actions.forget_closed_pairings()
