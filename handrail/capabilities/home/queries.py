"""What the home page needs to know."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.pairings import queries as pairings
from handrail.capabilities.pairings.rules import OVER, State, is_closing
from handrail.capabilities.participation.groups.queries import releases_of
from handrail.capabilities.participation.own.queries import shown_in
from handrail.capabilities.people.queries import (
    names_arranged_by,
    number_of_organisations,
    number_of_people,
    person_of,
    persons_of,
    roles_of,
)
from handrail.capabilities.schemes.sign_up.queries import own_sign_ups
from handrail.capabilities.starting_point.queries import OwnState, own_invitation, own_state
from handrail.foundation.vault.keys import Keeping, keeping_of

if TYPE_CHECKING:
    from handrail.capabilities.pairings.models import Pairing
    from handrail.capabilities.starting_point.models import Invitation

NEWEST = 5  # pairings on a coordinator's home


@dataclass(frozen=True)
class SchemeInNumbers:
    """Coarse operations of one organisation, for its coordinator."""

    people: int
    asked: int
    agreed: int
    newest: list[Pairing] = field(default_factory=list)


@dataclass(frozen=True)
class Together:
    """One of somebody's own pairings, and its times."""

    own: pairings.OwnPairing
    times: pairings.Times = field(default_factory=pairings.Times)


@dataclass(frozen=True)
class Start:
    """A starting point, and whether it is the next thing rather than one among others."""

    state: OwnState
    first: bool


def own_open_pairings(request: HttpRequest) -> list[Together]:
    """The signed-in person's pairings that are not over, or that they may still look back on."""
    return [
        Together(own, times)
        for own, times in pairings.own_pairings_and_times(request)
        if own.pairing.state not in OVER or is_closing(own.pairing, own.side)
    ]


def coordinated(request: SignedInRequest) -> list[SchemeInNumbers]:
    """The numbers of the organisation the signed-in person coordinates; empty for everybody else."""
    person = person_of(request)
    if person is None or "coordinator" not in roles_of(request):
        return []
    counted = pairings.number_of_pairings(person.organisation)
    states = {"asked": counted.get(State.ASKED, 0), "agreed": counted.get(State.AGREED, 0)}
    people = number_of_people(person.organisation)
    newest = pairings.newest_open_pairings(person.organisation, NEWEST) if sum(states.values()) else []
    return [SchemeInNumbers(people=people, newest=newest, **states)]


def administered(request: SignedInRequest) -> list[int]:
    """How many organisations there are, for an administrator; empty for everybody else."""
    return [number_of_organisations()] if "administrator" in roles_of(request) else []


def arranged_for(request: SignedInRequest) -> list[list[str]]:
    """The names of those whose times the signed-in person arranges, as one list; empty where there is nobody."""
    names = names_arranged_by(request)
    return [names] if names else []


def keeping(request: SignedInRequest) -> Keeping:
    """Whether the signed-in person has private text, and whether nothing but a device opens it yet."""
    return Keeping(has_keys=True) if settings.DEMO else keeping_of(request.user.pk)


def is_contact(request: SignedInRequest) -> bool:
    """Whether there is a page with what was reported to the signed-in person."""
    return pairings.has_reports_page(request)


def own_start(request: SignedInRequest, own: list[Together], *, nothing_else: bool) -> Start | None:
    """How it stands with the signed-in person's starting point; None for whom it is not there to offer.

    It is offered to whoever was invited or has begun, to leaders, and to people who have nothing else here.
    """
    state = own_state(request)
    leads = any(one.own.side == "leader" for one in own)
    free = not own and nothing_else and bool(persons_of(request))
    if not (state.begun or state.invitation or leads or free):
        return None
    return Start(state, first=(state.begun or state.invitation is not None or free) and not state.at_rest)


def asked_to_mentor(request: SignedInRequest) -> Invitation | None:
    """The invitation to be a mentor that the signed-in person has not answered by signing up."""
    invitation = own_invitation(request, "mentor")
    if invitation is None or any(one.side == "mentor" for one in own_sign_ups(request)):
        return None
    return invitation


def shown_conversations(request: SignedInRequest, own: list[Together]) -> list[Together]:
    """The pairings in which the signed-in mentor was shown their leader's conversations; asked of mentors only."""
    mentored = [one for one in own if one.own.side == "mentor"]
    ids = shown_in(request) if mentored else set()
    return [one for one in mentored if one.own.pairing.pk in ids]


def sponsored(request: SignedInRequest) -> list[str]:
    """The newest wave whose figures a sponsor may look at (empty where none was released); nothing for the others."""
    person = person_of(request)
    if person is None or "sponsor" not in roles_of(request):
        return []
    return [next((release.wave.name for release in releases_of(person.organisation)), "")]
