"""A proposal that is ready to be looked at, found among the invented sign-ups by the same actions that people use."""

from handrail.capabilities.accounts.models import Account
from handrail.capabilities.pairings.proposals.queries import busy_in, pairs_before
from handrail.capabilities.schemes.matching_runs import actions
from handrail.capabilities.schemes.matching_runs.queries import candidates, counts_of
from handrail.capabilities.schemes.models import Scheme


def fill(scheme: Scheme, coordinator: Account) -> None:
    leaders, mentors = candidates(scheme, busy_in(scheme))
    counts, _row = counts_of(scheme)
    actions.set_counts(by=coordinator, scheme=scheme, counts=counts, leaders=leaders, mentors=mentors)
    before = pairs_before(scheme)
    actions.find(actions.start_run(by=coordinator, scheme=scheme, leaders=leaders, mentors=mentors, before=before))
