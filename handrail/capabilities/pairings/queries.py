"""Reads about pairings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from handrail.capabilities.pairings import rules
from handrail.capabilities.pairings.answering.queries import NO, YES, answers_of
from handrail.capabilities.pairings.letters.queries import counted_without_letter
from handrail.capabilities.pairings.models import Pairing, Report, Session, TimeOffer
from handrail.capabilities.pairings.plan.presenters import PlanAtAGlance, at_a_glance
from handrail.capabilities.pairings.plan.queries import address_of, own_plan_if_open, own_row, plans_read_by
from handrail.capabilities.people.lines.queries import chains_of
from handrail.capabilities.people.queries import persons_of
from handrail.capabilities.people.rules import Closeness, closeness
from handrail.capabilities.schemes.preparation.queries import prepared_mentor
from handrail.capabilities.schemes.queries import contacts_of_account, leaders_wanted_by
from handrail.capabilities.starting_point.queries import Mentor, Shared, approach_shared_in, has_shared_in, shared_in
from handrail.capabilities.starting_point.walkthroughs.queries import has_shared_marks_in, shared_marks_in
from handrail.formats.pieces import Piece, read_piece
from handrail.foundation import clock
from handrail.foundation.languages import SOURCE
from handrail.foundation.prepared import prepared
from handrail.foundation.vault.faults import NotShared
from handrail.foundation.vault.texts import open_vault

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Organisation, Person
    from handrail.capabilities.schemes.models import Scheme

__all__ = ["PlanAtAGlance"]

_GUIDES = settings.CONTENT_DIR / "guides"
LEVELS = 2
LEVELS_READ = 12  # high enough to meet a manager whom both have, or the head of the organisation


@dataclass(frozen=True)
class OwnPairing:
    """A pairing seen by one of its two, with what they themselves have answered while they are asked."""

    pairing: Pairing
    side: str
    answer: str = ""

    @property
    def said_yes(self) -> bool:
        return self.answer == YES

    @property
    def said_no(self) -> bool:
        return self.answer == NO

    @property
    def me(self) -> Person:
        return self.pairing.leader if self.side == "leader" else self.pairing.mentor

    @property
    def other(self) -> Person:
        return self.pairing.mentor if self.side == "leader" else self.pairing.leader


@dataclass(frozen=True)
class Times:
    """When the two of a pairing meet next, how many times to come each side offers, and if the mentor prepared."""

    meets_at: datetime | None = None
    by_leader: int = 0
    by_mentor: int = 0
    prepared: bool = False

    def by_other(self, side: str) -> int:
        return self.by_mentor if side == "leader" else self.by_leader

    def by_me(self, side: str) -> int:
        return self.by_leader if side == "leader" else self.by_mentor


def own_pairings(request: HttpRequest) -> list[OwnPairing]:
    """The pairings the signed-in person is one of the two in, newest first."""
    return _own(request, _pairings_of_person)


def own_pairings_and_times(request: HttpRequest) -> list[tuple[OwnPairing, Times]]:
    """The same with their times, in one read."""
    own = _own(request, lambda person_id: _pairings_and_times_of_person(person_id, clock.now()))
    return [(one, _times(one.pairing)) for one in own]


def _own(request: HttpRequest, rows: Callable[[int], list[Pairing]]) -> list[OwnPairing]:
    ids = {person.pk for person in persons_of(request)}
    pairings = {pairing.pk: pairing for pk in ids for pairing in rows(pk)}
    newest_first = sorted(pairings.values(), key=lambda pairing: (pairing.asked_at, pairing.pk), reverse=True)
    return [_as_seen_by(pairing, rules.side_of(pairing, ids)) for pairing in newest_first]


def _known_to(person_id: int) -> QuerySet[Pairing]:
    known = Pairing.objects.known_to_the_two().filter(Q(leader=person_id) | Q(mentor=person_id))
    return known.with_names().order_by()


_pairings_of_person = prepared(_known_to)


@prepared
def _pairings_and_times_of_person(person_id: int, now: datetime) -> QuerySet[Pairing]:
    return _with_times(_known_to(person_id), now)


def agreed_in(organisation_id: int) -> dict[int, date]:
    """By leader of an organisation who has not left: the day their first pairing was agreed."""
    agreed = Pairing.objects.filter(
        leader__organisation=organisation_id, leader__left_on__isnull=True, agreed_at__isnull=False
    )
    found: dict[int, date] = {}
    for leader, at in agreed.order_by("-agreed_at").values_list("leader", "agreed_at"):
        assert at is not None
        found[leader] = at.date()
    return found


def own_pairing(request: HttpRequest, pairing_id: int) -> OwnPairing:
    """One pairing, for one of its two; to everybody else it does not exist."""
    return _one_of(request, _pairing_with_people(pairing_id))


def own_pairing_and_times(request: HttpRequest, pairing_id: int) -> tuple[OwnPairing, Times]:
    """The same with its times, in one read."""
    own = _one_of(request, _pairing_with_people_and_times(pairing_id, clock.now()))
    return own, _times(own.pairing)


def _one_of(request: HttpRequest, found: list[Pairing]) -> OwnPairing:
    ids = {person.pk for person in persons_of(request)}
    for pairing in found:
        if side := rules.side_of(pairing, ids):
            return _as_seen_by(pairing, side)
    raise Http404


def _as_seen_by(pairing: Pairing, side: str) -> OwnPairing:
    return OwnPairing(pairing, side, answers_of(pairing).get(side, ""))


def _called(pairing_id: int) -> QuerySet[Pairing]:
    return Pairing.objects.known_to_the_two().with_people().filter(pk=pairing_id)


_pairing_with_people = prepared(_called)


@prepared
def _pairing_with_people_and_times(pairing_id: int, now: datetime) -> QuerySet[Pairing]:
    return _with_times(_called(pairing_id), now)


def _with_times(pairings: QuerySet[Pairing], now: datetime) -> QuerySet[Pairing]:
    agreed = Session.objects.filter(pairing=OuterRef("pk"), state=Session.State.AGREED, starts_at__gte=now)
    return pairings.annotate(
        meets_at=Subquery(agreed.order_by("starts_at").values("starts_at")[:1]),
        by_leader=_number_of_offers("leader", now),
        by_mentor=_number_of_offers("mentor", now),
        prepared=Exists(prepared_mentor(OuterRef("mentor"))),
    )


def _number_of_offers(side: str, now: datetime) -> Any:
    offers = TimeOffer.objects.filter(pairing=OuterRef("pk"), offered_by=OuterRef(side), starts_at__gt=now)
    return Coalesce(Subquery(offers.order_by().values("pairing").annotate(number=Count("pk")).values("number")), 0)


def _times(row: Any) -> Times:
    return Times(row.meets_at, row.by_leader, row.by_mentor, row.prepared)


def mentors_of(account_id: int) -> list[Mentor]:
    """Whom a leader may share with: the mentors of the pairings that run. The settings name this function."""
    return [
        Mentor(
            name,
            conversation_id,
            reverse("pairing_starting_point", args=[pk]),
            reverse("pairing_walkthroughs", args=[pk]),
        )
        for pk, name, conversation_id in _mentors_of(account_id)
    ]


@prepared
def _mentors_of(account_id: int) -> QuerySet[Pairing, tuple[int, str, int | None]]:
    states = (rules.State.AGREED, rules.State.PAUSED)
    running = Pairing.objects.filter(leader__account=account_id, state__in=states)
    return running.values_list("pk", "mentor__name", "conversation")


def sees_walkthroughs(own: OwnPairing) -> bool:
    """Whether the leader shared something of their walk-throughs, and the pairing runs."""
    return rules.can_write_notes(own.pairing, own.side) and has_shared_marks_in(own.pairing.conversation_id)


def shared_walkthroughs(request: HttpRequest, own: OwnPairing) -> Shared | None:
    """What was shared of them, read with this person's own key; the view has seen to it that it is open."""
    vault = open_vault(request)
    if vault is None or own.pairing.conversation_id is None or not sees_walkthroughs(own):
        return None
    try:
        return shared_marks_in(vault, own.pairing.conversation_id)
    except NotShared:
        return None


def sees_starting_point(own: OwnPairing) -> bool:
    """Whether the leader shared something of theirs, and the pairing runs."""
    return rules.can_write_notes(own.pairing, own.side) and has_shared_in(own.pairing.conversation_id)


def shared_starting_point(request: HttpRequest, own: OwnPairing) -> Shared | None:
    """What was shared, read with this person's own key; the view has seen to it that it is open."""
    vault = open_vault(request)
    if vault is None or own.pairing.conversation_id is None or not sees_starting_point(own):
        return None
    try:
        return shared_in(vault, own.pairing.conversation_id)
    except NotShared:
        return None


def own_plan_at_a_glance(request: HttpRequest, *, beside: int | None = None) -> PlanAtAGlance | None:
    """For home: the signed-in person's own plan, as far as this device opens it; None for whoever has none.

    `beside`: a conversation that home opens as well.
    """
    return at_a_glance(own_plan_if_open(request, beside=beside)) if own_row(request) is not None else None


def plans_mentored(request: HttpRequest) -> list[tuple[str, str]]:
    """For a mentor's home: whose plans they may look at, by the leader's name, and where. Opens nothing."""
    return [(one.pairing.leader.name, address_of(one, "mentor")) for one in plans_read_by(request) if one.pairing]


def pairings_run_by(organisation: Organisation) -> QuerySet[Pairing]:
    """For the coordinator: who is paired with whom and how far it is; nothing of what passes between them."""
    return Pairing.objects.filter(scheme__organisation=organisation).with_names()


def pairing_run_by(organisation: Organisation, pairing_id: int) -> Pairing:
    return get_object_or_404(pairings_run_by(organisation), pk=pairing_id)


def pairing_and_people_run_by(organisation: Organisation, pairing_id: int) -> Pairing:
    """The same with what it takes to write to the two."""
    found = Pairing.objects.filter(scheme__organisation=organisation).with_people()
    return get_object_or_404(found, pk=pairing_id)


def closeness_of(leader: Person, mentor: Person) -> Closeness:
    if leader.organisation_id != mentor.organisation_id:
        return Closeness.APART
    above = chains_of((leader.pk, mentor.pk), LEVELS_READ)
    return closeness(leader.pk, above[leader.pk], mentor.pk, above[mentor.pk], levels=LEVELS)


def open_pairing_of(scheme: Scheme, leader: Person, mentor: Person) -> Pairing | None:
    """Proposed, asked or running: there is never more than one of the same two."""
    return Pairing.objects.open().with_people().filter(scheme=scheme, leader=leader, mentor=mentor).first()


def has_room(scheme_id: int, mentor: Person) -> bool:
    """Whether this mentor can take one more leader, by what they signed up with."""
    wanted = leaders_wanted_by(scheme_id, mentor.pk)
    running = Pairing.objects.filter(scheme=scheme_id, mentor=mentor, state__in=rules.RUNNING)
    return rules.has_room(wanted=wanted, running=running.count())


def other_questions_to(mentor: Person, without: Pairing) -> list[Pairing]:
    """What the same mentor was asked besides, in the same scheme."""
    asked = Pairing.objects.filter(scheme=without.scheme_id, mentor=mentor, state=rules.State.ASKED)
    return list(asked.exclude(pk=without.pk).with_people())


def has_reports_page(request: HttpRequest) -> bool:
    """Whether the signed-in person is somebody's safeguarding contact, or was and still holds reports."""
    return bool(persons_of(request)) and bool(_as_contact(int(request.user.pk or 0)))


@prepared
def _as_contact(account_id: int) -> QuerySet[Person, Any]:
    """Ids of the account's persons who are a contact, or of all of them while it holds reports."""
    return persons_who_may_turn_to(account_id).filter(Q(has_reports=True)).values_list("pk", flat=True)


def persons_who_may_turn_to(account_id: int) -> QuerySet[Any, Any]:
    """The account's persons, each with whether there is a page with what was reported to them (`has_reports`), and
    whether some of it has not been looked at yet (`unread`)."""
    reported = Report.objects.filter(contact=OuterRef("account"))
    found = contacts_of_account(account_id).annotate(has_reports=Q(is_contact=True) | Exists(reported))
    return found.annotate(unread=Exists(reported.filter(opened=False)))


def newest_open_pairings(organisation: Organisation, number: int) -> list[Pairing]:
    """The last few that were asked or run, for the coordinator's home. Each knows how many people in pairs wait for a
    letter: `to_let_in`, the same for all, so that home asks once less."""
    return _newest_open(number, bool(settings.MAIL_URL))(organisation.pk)


@cache
def _newest_open(number: int, mail_leaves: bool) -> Callable[[int], list[Pairing]]:
    @prepared
    def read(organisation: int) -> QuerySet[Pairing]:
        waiting = Subquery(counted_without_letter(organisation, mail_leaves=mail_leaves))
        found = Pairing.objects.filter(scheme__organisation=organisation).open().with_names()
        return found.annotate(to_let_in=Coalesce(waiting, 0))[:number]

    return read


def number_of_pairings(organisation: Organisation) -> dict[str, int]:
    """How many there are in each state; under "met", how many of the agreed have met."""
    rows: list[tuple[str, int, int]] = _by_state(organisation.pk)
    met = sum(met for state, _number, met in rows if state == Pairing.State.AGREED)
    return {state: number for state, number, _met in rows} | {Pairing.State.MET: met}


@prepared
def _by_state(organisation: int) -> QuerySet[Pairing, Any]:
    counted = Pairing.objects.filter(scheme__organisation=organisation).order_by().values("state")
    return counted.annotate(number=Count("pk"), met=Count("met_at")).values_list("state", "number", "met")


@cache
def guides_are_in(language: str) -> bool:
    """Whether every guide to a meeting is translated: one page shows several."""
    shown = (path for kind in ("first-session-", "fits-") for path in _GUIDES.glob(f"{kind}*.md"))
    return all((_GUIDES / language / path.name).is_file() for path in shown)


def first_session_script(side: str, language: str) -> Piece:
    """The guide for the first time two people meet, from the open content."""
    return _guide(f"first-session-{side}", language)


def script_for(approach: str, language: str) -> Piece:
    """What fits this approach in the first half hour."""
    return _guide(f"fits-{approach.replace('_', '-')}", language)


@cache
def later_session() -> Piece:
    """How any other time goes, from the open content."""
    return read_piece(settings.CONTENT_DIR / "guides" / "later-session.md")


@cache
def _guide(name: str, language: str) -> Piece:
    return read_piece(_GUIDES / f"{name}.md" if language == SOURCE else _GUIDES / language / f"{name}.md")


def fitting_script(request: HttpRequest, own: OwnPairing, language: str) -> Piece | None:
    """What fits the approach that the leader shared with their mentor; None where it was not, or is not open here."""
    vault = open_vault(request)
    if vault is None or own.pairing.conversation_id is None or not sees_starting_point(own):
        return None
    try:
        approach = approach_shared_in(vault, own.pairing.conversation_id)
    except NotShared:
        return None
    return script_for(approach, language) if approach else None


def pairings_of_people(person_ids: list[int]) -> QuerySet[Pairing]:
    """Every pairing, open or closed, in which one of these people is."""
    return Pairing.objects.filter(Q(leader__in=person_ids) | Q(mentor__in=person_ids))


def names_of_pairings(pairing_ids: list[int]) -> dict[int, list[str]]:
    found = Pairing.objects.filter(pk__in=pairing_ids).order_by().values_list("pk", "leader__name", "mentor__name")
    return {pk: [leader, mentor] for pk, leader, mentor in found}
