"""Two proposals that are ready to be looked at, found among the invented sign-ups by the same actions that people use:
the best there are, and what became of them when the coordinator fixed two people."""

from handrail.capabilities.accounts.models import Account
from handrail.capabilities.pairings.proposals.queries import busy_in, pairs_before
from handrail.capabilities.people.models import Person
from handrail.capabilities.schemes.matching_runs import actions
from handrail.capabilities.schemes.matching_runs.models import Run
from handrail.capabilities.schemes.matching_runs.queries import candidates, counts_of
from handrail.capabilities.schemes.models import Scheme

FIXED = ("Hannah Sorley", "Tess Hallam")


def fill(scheme: Scheme, coordinator: Account, persons: dict[str, Person]) -> None:
    leaders, mentors = candidates(scheme, busy_in(scheme))
    counts, _row = counts_of(scheme)
    actions.set_counts(by=coordinator, scheme=scheme, counts=counts, leaders=leaders, mentors=mentors)
    before = pairs_before(scheme)
    run = actions.start_run(by=coordinator, scheme=scheme, leaders=leaders, mentors=mentors, before=before)
    actions.find(run)
    run = Run.objects.select_related("scheme").get(pk=run.pk)
    leader, mentor = (persons[name].pk for name in FIXED)
    actions.find(actions.change_run(by=coordinator, run=run, together=[(leader, mentor)]))
