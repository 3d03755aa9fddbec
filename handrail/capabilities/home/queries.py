"""What the home page needs to know."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Count, Exists, Max, QuerySet, Subquery
from django.http import HttpRequest

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.pairings import queries as pairings
from handrail.capabilities.pairings.rules import OVER, State, is_closing
from handrail.capabilities.participation.groups.queries import releases_of
from handrail.capabilities.participation.own.queries import may_look, shown_in
from handrail.capabilities.people.queries import (
    names_arranged_by,
    number_of_organisations,
    number_of_people,
    person_of,
    persons_of,
    roles_of,
)
from handrail.capabilities.schemes.sign_up.queries import own_sign_ups, signed_up
from handrail.capabilities.starting_point.decisions.queries import Ahead, decisions_ahead, decisions_beside
from handrail.capabilities.starting_point.queries import OwnState, opened_if_it_is, own_invitation, own_state
from handrail.capabilities.starting_point.walkthroughs.queries import marks_beside, number_done_in
from handrail.foundation.prepared import prepared
from handrail.foundation.vault.keys import Keeping, keeping_of

if TYPE_CHECKING:
    from handrail.capabilities.pairings.models import Pairing
    from handrail.capabilities.people.models import Person
    from handrail.capabilities.starting_point.models import Invitation

NEWEST = 5  # pairings on a coordinator's home


@dataclass(frozen=True)
class SchemeInNumbers:
    """Coarse operations of one organisation, for its coordinator."""

    people: int
    asked: int
    agreed: int
    met: int = 0  # of those who agreed
    to_let_in: int = 0  # in a pair, and without a letter where nothing else reaches them
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


@dataclass(frozen=True)
class DoneBeside:
    """Small things done for one's own accounts, and decisions brought: numbers and a day, never what they were."""

    small_things: int = 0
    decisions: int = 0
    last_decision: date | None = None


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
    waiting: int = getattr(newest[0], "to_let_in", 0) if newest else 0
    met = counted.get(State.MET, 0)
    return [SchemeInNumbers(people=people, newest=newest, met=met, to_let_in=waiting, **states)]


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


@dataclass(frozen=True)
class Places:
    """Which pages there are for the signed-in person; and, unopened, what they did beside a plan."""

    is_contact: bool = False
    reported: bool = False  # and not looked at yet
    signed_up: bool = False
    conversations: bool = False
    marks: tuple[Any, int, bytes] | None = None  # its row, its conversation, what is sealed
    decisions: int = 0
    last_decision: date | None = None
    decisions_ahead: bool = False

    @property
    def opens(self) -> int | None:
        """The conversation that is opened for the marks."""
        return self.marks[1] if self.marks else None


def own_places(request: SignedInRequest) -> Places:
    """In one read, with a row for each organisation they are in."""
    rows = _places(int(request.user.pk or 0))
    if not rows:
        return Places()
    _pk, _contact, _unread, _signed_up, _looks, marks_id, marks_in, marks, decisions, last, ahead = rows[0]
    return Places(
        is_contact=any(row[1] for row in rows),
        reported=any(row[2] for row in rows),
        signed_up=any(row[3] for row in rows),
        conversations=any(row[4] for row in rows),
        marks=(marks_id, marks_in, bytes(marks)) if marks_id else None,
        decisions=decisions or 0,
        last_decision=last,
        decisions_ahead=ahead,
    )


@prepared
def _places(account_id: int) -> QuerySet[Person, Any]:
    marks = marks_beside()
    brought = decisions_beside().order_by()
    rows: QuerySet[Person, Any] = (
        pairings.persons_who_may_turn_to(account_id)
        .annotate(
            signed_up=Exists(signed_up()),
            looks=may_look(),
            marks_id=Subquery(marks.values("pk")),
            marks_in=Subquery(marks.values("conversation")),
            marks_sheet=Subquery(marks.values("sheet")),
            decisions=Subquery(brought.values("account").annotate(number=Count("pk")).values("number")),
            last_decision=Subquery(brought.values("account").annotate(last=Max("brought_on")).values("last")),
            ahead=Exists(brought.filter(ahead=True)),
        )
        .values_list(
            *("pk", "has_reports", "unread", "signed_up", "looks"),
            *("marks_id", "marks_in", "marks_sheet", "decisions", "last_decision", "ahead"),
        )
    )
    return rows


def done_beside(
    request: SignedInRequest, places: Places, parts: frozenset[tuple[str, str]] = frozenset()
) -> DoneBeside:
    """What was done beside a plan, as far as this device opens it. `parts`: what its own steps have done already."""
    vault = opened_if_it_is(request) if places.marks else None
    done = number_done_in(vault, *places.marks, without=parts) if vault and places.marks else 0
    return DoneBeside(done, places.decisions, places.last_decision)


def ahead(request: SignedInRequest, places: Places) -> list[Ahead]:
    """One's decisions with a day, as far as this device opens them; asked for only where there are some."""
    vault = opened_if_it_is(request) if places.decisions_ahead else None
    return decisions_ahead(vault) if vault else []


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
