"""What the home page needs to know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Count, Q
from django.http import HttpRequest

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.pairings import queries as pairings
from handrail.capabilities.pairings.rules import State
from handrail.capabilities.people.queries import (
    names_arranged_by,
    number_of_organisations,
    number_of_people,
    person_of,
    persons_of,
    roles_of,
)
from handrail.capabilities.starting_point.queries import OwnState, own_state
from handrail.foundation.vault.keys import opens_on_devices_only

if TYPE_CHECKING:
    from handrail.capabilities.pairings.models import Session
    from handrail.capabilities.people.models import Person


@dataclass(frozen=True)
class SchemeInNumbers:
    """Coarse operations of one organisation, for its coordinator."""

    people: int
    asked: int
    agreed: int


@dataclass(frozen=True)
class Start:
    """A starting point, and whether it is the next thing rather than one among others."""

    state: OwnState
    first: bool


def own_open_pairings(request: HttpRequest) -> list[tuple[pairings.OwnPairing, Session | None]]:
    """The signed-in person's pairings that are not over, each with its next session."""
    closed = (State.NOT_TAKEN_UP, State.ENDED)
    own = [one for one in pairings.own_pairings(request) if one.pairing.state not in closed]
    sessions = pairings.next_sessions([one.pairing for one in own])
    return [(one, sessions.get(one.pairing.pk)) for one in own]


def coordinated(request: SignedInRequest) -> list[SchemeInNumbers]:
    """The numbers of the organisation the signed-in person coordinates; empty for everybody else."""
    person = person_of(request)
    if person is None or "coordinator" not in roles_of(request):
        return []
    states = pairings.pairings_run_by(person.organisation).aggregate(
        asked=Count("pk", filter=Q(state=State.ASKED)),
        agreed=Count("pk", filter=Q(state=State.AGREED)),
    )
    people = number_of_people(person.organisation)
    return [SchemeInNumbers(people=people, **states)]


def administered(request: SignedInRequest) -> list[int]:
    """How many organisations there are, for an administrator; empty for everybody else."""
    return [number_of_organisations()] if "administrator" in roles_of(request) else []


def arranged_for(request: SignedInRequest) -> list[list[str]]:
    """The names of those whose times the signed-in person arranges, as one list; empty where there is nobody."""
    names = names_arranged_by(persons_of(request))
    return [names] if names else []


def is_only_on_this_device(request: SignedInRequest) -> bool:
    """Whether the signed-in person has private text that nothing but a device opens yet."""
    return not settings.DEMO and opens_on_devices_only(request.user.pk)


def own_start(
    request: SignedInRequest, own: list[tuple[pairings.OwnPairing, Session | None]], *, nothing_else: bool
) -> Start | None:
    """How it stands with the signed-in person's starting point; None for whom it is not there to offer.

    It is offered to whoever was invited or has begun, to leaders, and to people who have nothing else here.
    """
    state = own_state(request)
    leads = any(one.side == "leader" for one, _session in own)
    free = not own and nothing_else and bool(persons_of(request))
    if not (state.begun or state.invitation or leads or free):
        return None
    return Start(state, first=(state.begun or state.invitation is not None or free) and not state.at_rest)


def sponsored(request: SignedInRequest) -> list[Person]:
    person = person_of(request)
    return [person] if person is not None and "sponsor" in roles_of(request) else []
