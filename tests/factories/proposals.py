"""A proposal of one pair, laid into the database as a search leaves it; and a leader who may choose."""

from django.utils import timezone

from handrail.capabilities.pairings.proposals.models import Asking, Choice, Seat
from handrail.capabilities.people.models import Person
from handrail.capabilities.schemes.matching_runs.answers import Answers, pack
from handrail.capabilities.schemes.matching_runs.models import Entrant, ProposedPair, Run
from handrail.capabilities.schemes.models import Scheme

FIGURES = {
    "leaders": 1,
    "mentors": 1,
    "places": 1,
    "paired": 1,
    "fixed": 0,
    "without": 0,
    "total": 12,
    "worst": 12,
    "certified": True,
    "blocking": 0,
    "every": 1,
    "possible": 1,
    "forbids": {"line": 0},
    "reasons": ["themes", "unit"],
    "rulings": ["line", "preference", "named", "oneself"],
}


def proposal_of(scheme: Scheme, leader: Person, mentor: Person, number: int = 1) -> Run:
    """The leader and the mentor are proposed to one another; nobody is asked yet."""
    now = timezone.now()
    run = Run.objects.create(
        scheme=scheme, number=number, state=Run.State.READY, made_at=now, finished_at=now, figures=FIGURES
    )
    answers = Answers([[10], [2]], [0], [0])
    facts = {"themes": ["voice"], "languages": ["en"], "organisation": leader.organisation_id}
    for side, person in (("leader", leader), ("mentor", mentor)):
        packed = pack(answers) if side == "leader" else None
        Entrant.objects.create(run=run, person=person, side=side, position=0, facts=facts, answers=packed)
    ProposedPair.objects.create(run=run, leader=leader, mentor=mentor, points=12, by_reason={"themes": 10, "unit": 2})
    return run


def choice_of(run: Run, leader: Person, mentor: Person | None = None) -> Choice:
    """The leader may choose from this proposal; with a mentor, their seat is held."""
    run.asked_at = timezone.now()
    run.save()
    asking = Asking.objects.create(run=run, words="Will you choose?", leaders_choose=True, pairs=1, done=1)
    choice = Choice.objects.create(asking=asking, leader=leader)
    if mentor is not None:
        Seat.objects.create(asking=asking, mentor=mentor, number=0, choice=choice)
    return choice
