"""Reads of what pairings know for a search, of what is being asked, and of what a leader may choose among."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, F, Q, QuerySet, When
from django.http import Http404, HttpRequest

from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.pairings.proposals.models import Asking, Choice, Seat, Why
from handrail.capabilities.pairings.proposals.rules import BEST, has_chosen
from handrail.capabilities.pairings.rules import OVER, RUNNING, State
from handrail.capabilities.people.queries import coordinators_of, persons_of
from handrail.capabilities.schemes.matching_runs.queries import (
    Entrant,
    LeaderInRun,
    leader_in,
    leaders_with_answers,
    mentors_and_places,
    mentors_at,
    offered_by,
    possible_of,
    what_brings_together,
)
from handrail.capabilities.schemes.matching_runs.queries import why_us_two as said_kindly
from handrail.capabilities.schemes.sign_up.queries import sign_ups_of_two
from handrail.capabilities.schemes.sign_up.rules import plain_word
from handrail.foundation.prepared import prepared

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account
    from handrail.capabilities.pairings.queries import OwnPairing
    from handrail.capabilities.people.models import Person
    from handrail.capabilities.schemes.matching_runs.models import Run
    from handrail.capabilities.schemes.models import Scheme
    from handrail.capabilities.schemes.sign_up.models import SignUp


def busy_in(scheme: Scheme) -> dict[int, int]:
    """How many pairings that are asked or run each person is in: leaders by their id, mentors by minus theirs."""
    busy: dict[int, int] = {}
    for leader_id, mentor_id in Pairing.objects.filter(scheme=scheme).open().order_by().values_list("leader", "mentor"):
        busy[leader_id] = busy.get(leader_id, 0) + 1
        busy[-mentor_id] = busy.get(-mentor_id, 0) + 1
    return busy


def pairs_before(scheme: Scheme) -> list[tuple[int, int]]:
    """Who was asked or paired before: not to be proposed to one another again. Nothing says how it ended."""
    closed = Pairing.objects.filter(scheme=scheme, state__in=OVER).order_by()
    return list(closed.values_list("leader_id", "mentor_id"))


def asking_of(run: Run) -> Asking | None:
    return Asking.objects.filter(run=run).first()


def colleagues_of(by: Account, organisation_id: int) -> list[Person]:
    """The other coordinators, to whom a proposal can be handed."""
    return [one for one in coordinators_of(organisation_id) if one.account_id not in (None, by.pk)]


def why_of(pairing_id: int) -> Mapping[str, list[str]]:
    """The sign-up words that brought two people together; none where they were paired by hand."""
    return next(iter(_why_of(pairing_id)), {})


@prepared
def _why_of(pairing_id: int) -> QuerySet[Why, dict[str, list[str]]]:
    return Why.objects.filter(pairing=pairing_id).values_list("reasons", flat=True)


def why_us_two(own: OwnPairing) -> list[str]:
    """What brought the two together, as this side reads it."""
    return said_kindly(own.side, why_of(own.pairing.pk), own.other.name)


def why_by_sign_up(own: OwnPairing) -> list[str]:
    """The same of two who were paired by hand: from what both signed up with, or else what the mentor offers."""
    rows = sign_ups_of_two(own.pairing.scheme_id, own.pairing.leader_id, own.pairing.mentor_id)
    leader, mentor = rows.get(Entrant.Side.LEADER), rows.get(Entrant.Side.MENTOR)
    if leader and mentor:
        return said_kindly(own.side, what_brings_together(_facts_of(leader), _facts_of(mentor)), own.other.name)
    if mentor and own.side == "leader":
        return [offered_by(own.other.name, mentor.themes)]
    return []


def _facts_of(row: SignUp) -> dict[str, Any]:
    kinds = {kind: list(getattr(row, kind)) for kind in ("themes", "channels", "times", "languages")}
    return {**kinds, "place": plain_word(row.place), "unit": row.person.unit}


def own_choice(request: HttpRequest, choice_id: int) -> Choice:
    """A leader's own choice; to everybody else it does not exist."""
    here = [person.pk for person in persons_of(request)]
    found = Choice.objects.select_related("asking__run__scheme", "leader", "pairing__mentor")
    choice = found.filter(pk=choice_id, leader__in=here).first()
    if choice is None:
        raise Http404
    return choice


def open_choice(request: HttpRequest) -> Choice | None:
    """What the signed-in leader may choose now, for their home."""
    found = [choice for person in persons_of(request) for choice in _choices_of(person.pk)]
    return found[0] if found else None


@prepared
def _choices_of(person_id: int) -> QuerySet[Choice]:
    open_now = Choice.objects.filter(leader=person_id, asking__run__scheme__ended_on__isnull=True)
    unmet = Q(pairing__isnull=True) | Q(pairing__state__in=OVER)
    return open_now.filter(unmet).select_related("asking__asked_by").order_by("-pk")


@dataclass(frozen=True)
class Offered:
    """The best few mentors who still have a place for a leader, best first."""

    leader: LeaderInRun
    mentors: list[Entrant]


def offered_to(choice: Choice) -> Offered:
    leader = leader_in(choice.asking.run, choice.leader_id)
    return Offered(leader, _free(choice, leader))


def _free(choice: Choice, leader: LeaderInRun) -> list[Entrant]:
    """The first few of the possible mentors, by fit, with a seat that nobody has taken and no earlier no."""
    taken = seats_taken(choice.asking)
    again = set(Pairing.objects.filter(leader=choice.leader_id).order_by().values_list("mentor_id", flat=True))
    positions = leader.possible()
    free: list[Entrant] = []
    for first in range(0, len(positions), 4 * BEST):
        free += [
            mentor
            for mentor in mentors_at(choice.asking.run, positions[first : first + 4 * BEST])
            if taken.get(mentor.person_id, 0) < mentor.places and mentor.person_id not in again
        ]
        if len(free) >= BEST:
            break
    return free[:BEST]


def seats_taken(asking: Asking) -> dict[int, int]:
    """By mentor: how many seats are held by choices whose pairing is asked or runs."""
    held = Seat.objects.filter(asking=asking).exclude(choice__pairing__state__in=OVER)
    return dict(held.order_by().values_list("mentor").annotate(number=Count("pk")))


def chooses(run: Run) -> bool:
    """Whether its leaders choose for themselves."""
    return Asking.objects.filter(run=run, leaders_choose=True).exists()


def choices_in(run: Run) -> QuerySet[Choice]:
    """Who may choose: those without a mentor first, each in the order in which they signed up."""
    with_a_mentor = Case(When(pairing__state__in=RUNNING, then=1), default=0)
    return (
        Choice.objects.filter(asking__run=run)
        .select_related("asking", "leader", "pairing")
        .order_by(with_a_mentor, "id")
    )


def waiting_for_a_place(run: Run, choices: Sequence[Choice]) -> set[int]:
    """Of these choices the leaders for whom nobody who fits has a place left."""
    waiting = [one for one in choices if not has_chosen(one)]
    if not waiting:
        return set()
    taken, ids = seats_taken(waiting[0].asking), [one.leader_id for one in waiting]
    before: dict[int, set[int]] = {}
    for leader, mentor in Pairing.objects.filter(leader__in=ids).order_by().values_list("leader", "mentor"):
        before.setdefault(leader, set()).add(mentor)
    free = {
        position: person_id
        for position, person_id, places in mentors_and_places(run)
        if taken.get(person_id, 0) < places
    }
    return {
        one.person_id
        for one in leaders_with_answers(run, ids)
        if not any(free[k] not in before.get(one.person_id, ()) for k in possible_of(one) if k in free)
    }


def waited_for_a_place(scheme: Scheme) -> set[int]:
    """Leaders who were to choose for themselves, and for whom nobody who fits had a place left: they come first."""
    waited: set[int] = set()
    for asking in Asking.objects.filter(run__scheme=scheme, leaders_choose=True).select_related("run"):
        waited |= waiting_for_a_place(asking.run, list(choices_in(asking.run)))
    return waited


def cannot_be_met(scheme_id: int) -> list[Pairing]:
    """Questions whose yes could not be kept: the leader has a mentor by now, or the mentor has as many leaders as they
    signed up for. (Where somebody has left, `settle_what_cannot_go_on` sees to it.)"""
    asked = Pairing.objects.filter(scheme=scheme_id, state=State.ASKED)
    full = asked.filter(Q(leader__in=_with_a_mentor(scheme_id)) | Q(mentor__in=_without_a_place(scheme_id)))
    return list(full.with_people())


def _with_a_mentor(scheme_id: int) -> QuerySet[Pairing, int]:
    """Leaders with as many mentors as they may have: one, unless the coordinator said two."""
    two = {"leader__sign_ups__scheme": scheme_id, "leader__sign_ups__side": "leader", "leader__sign_ups__how_many": 2}
    running = Pairing.objects.filter(scheme=scheme_id, state__in=RUNNING).order_by()
    counted = running.values("leader").annotate(number=Count("pk"))
    may_have_two = Pairing.objects.filter(scheme=scheme_id, state__in=RUNNING, **two).order_by().values("leader")
    return counted.filter(Q(number__gte=2) | ~Q(leader__in=may_have_two)).values_list("leader", flat=True)


def _without_a_place(scheme_id: int) -> QuerySet[Pairing, int]:
    signed_up = {"mentor__sign_ups__scheme": scheme_id, "mentor__sign_ups__side": "mentor"}
    running = Pairing.objects.filter(scheme=scheme_id, state__in=RUNNING, **signed_up).order_by()
    counted = running.values("mentor").annotate(number=Count("pk"), room=F("mentor__sign_ups__how_many"))
    return counted.filter(number__gte=F("room")).values_list("mentor", flat=True)


def schemes_asking() -> list[int]:
    """Schemes with a question that is open."""
    return list(Pairing.objects.filter(state=State.ASKED).order_by().values_list("scheme_id", flat=True).distinct())
