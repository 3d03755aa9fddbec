"""Reads of sign-ups: one's own, the coordinator's, and what matching is given."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils.module_loading import import_string

from handrail.capabilities.people.queries import people_matching, people_present, persons_of
from handrail.capabilities.schemes.models import Scheme
from handrail.capabilities.schemes.queries import organisations_in
from handrail.capabilities.schemes.sign_up import rules
from handrail.capabilities.schemes.sign_up.choices import DAYS
from handrail.capabilities.schemes.sign_up.models import SignUp, TimeAgreement
from handrail.capabilities.schemes.sign_up.rules import Side, WhomNot
from handrail.foundation import clock
from handrail.foundation.prepared import prepared
from handrail.foundation.vault.unseen import open_unseen

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Organisation, Person

OF = "sign_up.SignUp"  # what a sealed preference is bound to, with scheme, person and side


@dataclass(frozen=True)
class SignedUp:
    """One person on one side, with the words they signed up with and nothing else. `side` decides preferences.

    `times` and `channels` may be empty: nothing was said, which is not the same as nothing suits.
    """

    sign_up_id: int
    person_id: int
    organisation_id: int
    name: str
    job_title: str
    unit: str
    themes: tuple[str, ...]
    channels: tuple[str, ...]
    how_many: int
    wishes: tuple[str, ...]
    times: frozenset[str]
    meets: str
    place: str
    languages: frozenset[str]
    lines: str
    side: Side
    signed_up_at: datetime
    with_care: bool = False


@dataclass(frozen=True)
class ReadyToMatch:
    """Who can be matched now, each list in the order in which people signed up."""

    leaders: tuple[SignedUp, ...]
    mentors: tuple[SignedUp, ...]


def ready_to_match(scheme: Scheme) -> ReadyToMatch:
    """Everybody of the scheme's organisations who is signed up, present, not paused, and whose time is agreed."""
    rows = (
        SignUp.objects.filter(scheme=scheme, paused_on__isnull=True, person__left_on__isnull=True)
        .filter(person__organisation__in=organisations_in(scheme))
        .select_related("person", "time")
    )
    ready = [_signed_up(row) for row in rows if rules.is_ready(row, _time_of(row))]
    sides = {row.pk: row.side for row in rows}
    return ReadyToMatch(
        tuple(one for one in ready if sides[one.sign_up_id] == SignUp.Side.LEADER),
        tuple(one for one in ready if sides[one.sign_up_id] == SignUp.Side.MENTOR),
    )


def _time_of(row: SignUp) -> TimeAgreement | None:
    return getattr(row, "time", None)


def _signed_up(row: SignUp) -> SignedUp:
    person = row.person
    return SignedUp(
        sign_up_id=row.pk,
        person_id=person.pk,
        organisation_id=person.organisation_id,
        name=person.name,
        job_title=person.job_title,
        unit=person.unit,
        themes=tuple(row.themes),
        channels=tuple(row.channels),
        how_many=row.how_many,
        wishes=tuple(row.wishes),
        times=frozenset(row.times),
        meets=row.meets,
        place=row.place,
        languages=frozenset(row.languages),
        lines=row.lines,
        side=side_of(row),
        signed_up_at=row.signed_up_at,
        with_care=row.with_care,
    )


def side_of(row: SignUp) -> Side:
    """As much of a row and its person as it takes to say whether a preference rules a pair out."""
    plain, person = rules.plain_word, row.person
    return Side(person.pk, plain(person.name), plain(row.party), whom_not_of(row).plain, person.organisation_id)


def whom_not_of(row: SignUp) -> WhomNot:
    """Opened for the program, and for the person who wrote it on the page where they change it; for nobody else."""
    kept = json.loads(open_unseen(row.whom_not, OF, row.scheme_id, row.person_id, row.side))
    return WhomNot(
        frozenset(kept["people"]),
        frozenset(kept["names"]),
        frozenset(kept["parties"]),
        kept["other_parties"],
        kept.get("own_organisation", False),  # those sealed before one could say so did not
    )


def signed_up_for(scheme: Scheme, side: str) -> QuerySet[SignUp]:
    """Who signed up on this side and is there, as a coordinator sees it: a pause of this week does not show yet."""
    return signed_up_in(scheme.pk, side, organisations_in(scheme), rules.pauses_hidden_since(clock.today()))


def signed_up_in(scheme_id: int, side: str, organisations: list[int], since: date) -> QuerySet[SignUp]:
    """The same from plain values; `since`: pauses of this day and later do not show."""
    seen = Q(paused_on__isnull=True) | Q(paused_on__gte=since)
    agreed = Q(time__state__in=rules.AGREED) if side == SignUp.Side.MENTOR else Q()
    found = SignUp.objects.filter(seen, agreed, scheme=scheme_id, side=side, person__left_on__isnull=True)
    return found.filter(person__organisation__in=organisations)


def has_mentors_beyond(scheme: Scheme, organisation_id: int) -> bool:
    """Whether somebody of another organisation of this scheme offers to be a mentor."""
    others = [one for one in organisations_in(scheme) if one != organisation_id]
    found = SignUp.objects.filter(scheme=scheme, side=SignUp.Side.MENTOR, paused_on__isnull=True)
    return bool(others) and found.filter(person__organisation__in=others, person__left_on__isnull=True).exists()


def sign_ups_of_two(scheme_id: int, leader_id: int, mentor_id: int) -> dict[str, SignUp]:
    """By side: what a leader and a mentor signed up with, as far as they did."""
    found = SignUp.objects.filter(scheme=scheme_id).select_related("person")
    two = found.filter(Q(person=leader_id, side=SignUp.Side.LEADER) | Q(person=mentor_id, side=SignUp.Side.MENTOR))
    return {row.side: row for row in two}


def names_for_change(whom_not: WhomNot, organisation: Organisation) -> list[str]:
    """The people somebody named, as they may read and change it themselves."""
    people = people_matching(organisation, "").filter(pk__in=whom_not.people).order_by()
    named = people.values_list("name", flat=True) if whom_not.people else ()
    return sorted([*named, *whom_not.names])


def times_in_common(scheme_id: int, leader_id: int, mentor_id: int) -> set[tuple[int, str]]:
    """When both said at sign-up that they are often free: weekdays (Monday is 0) and parts of the day."""
    said = [set(times) for times in _times_said(scheme_id, leader_id, mentor_id)]
    both = said[0] & said[1] if len(said) == 2 else set()
    days = list(DAYS)
    found = (one.partition("-") for one in both)
    return {(days.index(day), part) for day, _dash, part in found if day in days}


@prepared
def _times_said(scheme_id: int, leader_id: int, mentor_id: int) -> QuerySet[SignUp, list[str]]:
    leader = Q(person=leader_id, side=SignUp.Side.LEADER)
    mentor = Q(person=mentor_id, side=SignUp.Side.MENTOR)
    return SignUp.objects.filter(leader | mentor, scheme=scheme_id).order_by().values_list("times", flat=True)


def people_of_name(organisation: Organisation, name: str) -> list[Person]:
    """Those of one's own organisation with exactly this name."""
    called = rules.plain_word(name)
    found = people_matching(organisation, name).order_by("pk")[:200]
    return [one for one in found if rules.plain_word(one.name) == called]


def own_sign_ups(request: HttpRequest) -> list[SignUp]:
    """The signed-in person's own, in the organisation they are in or another."""
    here = {person.pk for person in persons_of(request)}
    return [row for row in _of_account(int(request.user.pk or 0)) if row.person_id in here]


@prepared
def _of_account(account_id: int) -> QuerySet[SignUp]:
    rows = SignUp.objects.filter(person__account=account_id, scheme__ended_on__isnull=True)
    return rows.select_related("scheme", "person", "time")


def signed_up() -> QuerySet[SignUp]:
    """For the person of an outer read: their own in schemes that run."""
    return SignUp.objects.filter(person=OuterRef("pk"), scheme__ended_on__isnull=True)


def own_sign_up(request: HttpRequest, scheme: Scheme, side: str) -> SignUp | None:
    return next((row for row in own_sign_ups(request) if row.scheme_id == scheme.pk and row.side == side), None)


def own_sign_up_or_404(request: HttpRequest, scheme: Scheme, side: str) -> SignUp:
    found = own_sign_up(request, scheme, side)
    if found is None:
        raise Http404
    return found


def suggested_for(person_id: int) -> tuple[list[str], list[str]]:
    """Themes and channels for a leader's sign-up, from words they made ordinary to find a mentor by."""
    ask: Callable[[int], tuple[list[str], list[str]]] = import_string(settings.SIGN_UP_SUGGESTIONS)
    return ask(person_id)


def sides_taken(scheme: Scheme, person_id: int) -> set[str]:
    """On which sides somebody is in a pairing that runs, signed up or not. Pairings stand above."""
    ask: Callable[[int, int], set[str]] = import_string(settings.SIDES_TAKEN)
    return ask(scheme.pk, person_id)


def agreement_of(row: SignUp) -> TimeAgreement | None:
    return TimeAgreement.objects.filter(sign_up=row).first()


def new_token() -> str:
    """The secret in a manager's link; only its digest is kept."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    return hashlib.sha256(f"handrail time {token}".encode()).hexdigest()


def agreement_behind(token: str) -> TimeAgreement | None:
    """What a manager's link asks; None for a link that was never made, or was replaced."""
    found = TimeAgreement.objects.filter(digest=digest(token))
    return found.select_related("sign_up__person__organisation", "sign_up__scheme").first()


def people_waiting(scheme: Scheme) -> QuerySet[Person]:
    """Who signed up and is still there; each once."""
    return people_present().filter(pk__in=ids_signed_up(scheme.pk)).select_related("account")


def people_signed_up(scheme: Scheme, side: str) -> set[int]:
    return set(SignUp.objects.filter(scheme=scheme, side=side).values_list("person", flat=True))


def ids_signed_up(scheme: int) -> QuerySet[SignUp, Any]:
    """The people who signed up, on either side: a query to look for others in."""
    return SignUp.objects.filter(scheme=scheme).order_by().values_list("person")


def pauses_shown(scheme: Scheme, people: list[int], today: date) -> dict[str, dict[int, bool]]:
    """By side: who of these signed up, and whether their pause shows to the coordinator by now."""
    found: dict[str, dict[int, bool]] = {side: {} for side in SignUp.Side.values}
    for row in _pauses(scheme.pk, people):
        found[row.side][row.person_id] = rules.pause_shows(row, today)
    return found


@prepared
def _pauses(scheme: int, people: list[int]) -> QuerySet[SignUp]:
    found = SignUp.objects.filter(scheme=scheme, person__in=people).order_by()
    return found.only("side", "person", "paused_on")


def units_signed_up(scheme: Scheme) -> list[tuple[int, str, str]]:
    """The units that those who signed up are in: the organisation, its name, the unit."""
    return _units_signed_up(scheme.pk)


@prepared
def _units_signed_up(scheme: int) -> QuerySet[SignUp, Any]:
    found = SignUp.objects.filter(scheme=scheme, person__left_on__isnull=True).exclude(person__unit="")
    names = ("person__organisation", "person__organisation__name", "person__unit")
    return found.order_by("person__unit", "person__organisation").values_list(*names).distinct()


def leaders_signed_up(scheme: Scheme) -> list[tuple[int, str, int]]:
    """Leaders who signed up and are here: who, their name, and how many mentors they may have."""
    return _leaders_signed_up(scheme.pk)


@prepared
def _leaders_signed_up(scheme: int) -> QuerySet[SignUp, Any]:
    found = SignUp.objects.filter(scheme=scheme, side=SignUp.Side.LEADER, person__left_on__isnull=True)
    return found.order_by("person__name", "person").values_list("person", "person__name", "how_many")


def everybody_signed_up(scheme: Scheme) -> list[tuple[int, str, str, bool]]:
    """Whoever signed up and is here: who, their name, the side, and whether the coordinator set special care."""
    return _everybody_signed_up(scheme.pk)


@prepared
def _everybody_signed_up(scheme: int) -> QuerySet[SignUp, Any]:
    found = SignUp.objects.filter(scheme=scheme, person__left_on__isnull=True)
    return found.order_by("person__name", "person").values_list("person", "person__name", "side", "with_care")


def takes_part(person_id: int) -> bool:
    return SignUp.objects.filter(person=person_id, scheme__ended_on__isnull=True).exists()
