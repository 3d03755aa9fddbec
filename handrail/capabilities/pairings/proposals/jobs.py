"""Asking the pairs of a proposal, and calling off questions that can no longer be met."""

from datetime import timedelta

from handrail.capabilities.pairings.proposals import actions, queries
from handrail.capabilities.pairings.proposals.models import Asking
from handrail.foundation.jobs.job import job


@job(time_limit=timedelta(minutes=30))
def ask_in_turn(asking_id: int) -> None:
    asking = Asking.objects.filter(pk=asking_id).first()
    if asking is not None:
        actions.ask_in_turn(asking=asking)


@job(every="10 minutes")
def call_off_what_cannot_be_met() -> None:
    for scheme_id in queries.schemes_asking():
        actions.call_off_what_cannot_be_met(scheme_id=scheme_id)
