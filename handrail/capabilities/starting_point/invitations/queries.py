"""Reads of invitations."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q, Value
from django.http import Http404

from handrail.capabilities.accounts.queries import accounts_with_letter, mail_leaves
from handrail.capabilities.people.queries import (
    SHOWN,
    as_values,
    people_like,
    people_of,
    people_to_choose,
)
from handrail.capabilities.schemes.joining.queries import joining_of, may_be_asked
from handrail.capabilities.schemes.joining.rules import who_may_join
from handrail.capabilities.schemes.queries import ids_spanning, organisations_in, running_scheme_of
from handrail.capabilities.schemes.sign_up.queries import people_signed_up
from handrail.capabilities.starting_point import rules
from handrail.capabilities.starting_point.models import Invitation
from handrail.foundation.prepared import prepared

if TYPE_CHECKING:
    from typing import Any

    from django.db.models import QuerySet

    from handrail.capabilities.accounts.models import Account
    from handrail.capabilities.people.models import Organisation, Person
    from handrail.capabilities.schemes.models import Scheme

ASKERS_FOUND = 8
PEOPLE_SHOWN = 20
MOST_LETTERS = 60  # printed at once


def invitations_run_by(organisation: Organisation) -> QuerySet[Invitation]:
    """For the coordinator: who was asked, by whom, and whether they started. There is nothing finer to read."""
    found = Invitation.objects.filter(_seen_by(organisation.pk))
    return found.select_related("person", "asked_by").only("side", "started", "person__name", "asked_by__name")


def _seen_by(organisation: int) -> Q:
    """All of one's own schemes, and one's own people in another organisation's scheme that spans it."""
    own_people = Q(person__organisation=organisation, scheme__in=ids_spanning(organisation))
    return Q(scheme__organisation=organisation) | own_people


def invitation_run_by(organisation: Organisation, invitation_id: int) -> Invitation:
    found = Invitation.objects.filter(_seen_by(organisation.pk), pk=invitation_id)
    invitation = found.select_related("person__account", "asked_by", "scheme__organisation").first()
    if invitation is None:
        raise Http404
    return invitation


def within(organisation: Organisation) -> list[int]:
    """The organisations whose people this coordinator may ask: the scheme's own coordinator everybody's, another's
    their own."""
    return _within(organisation, running_scheme_of(organisation))


def _within(organisation: Organisation, scheme: Scheme | None) -> list[int]:
    runs_here = scheme is not None and scheme.organisation_id == organisation.pk
    return organisations_in(scheme) if scheme and runs_here else [organisation.pk]


def people_to_invite(organisation: Organisation, words: str, side: str) -> QuerySet[Person]:
    """People who match the words, may join and were not asked yet, to be a leader or a mentor."""
    scheme = running_scheme_of(organisation)
    asked = Invitation.objects.filter(scheme=scheme, side=side).values("person")
    found = people_of(within(organisation), words).exclude(pk__in=asked)
    return found.filter(may_be_asked(joining_of(scheme), side)) if scheme else found


def people_still_to_ask(organisation: Organisation, words: str, side: str) -> tuple[list[Person], int]:
    """The first few of those who match and were not asked yet, and how many there are (without words: at least)."""
    scheme = running_scheme_of(organisation)
    if scheme is not None and may_be_asked(joining_of(scheme), side):
        found = people_to_invite(organisation, words, side)
        return list(found.only(*SHOWN)[:PEOPLE_SHOWN]), found.order_by().count()
    asking = scheme.pk if scheme else 0
    among = as_values(_within(organisation, scheme), words)
    first = _first_to_ask(asking, side, *among)
    whole = len(first) <= PEOPLE_SHOWN or not words
    return first[:PEOPLE_SHOWN], len(first) if whole else next(iter(_number_to_ask(asking, side, *among)))


def who_may_be_asked(organisation: Organisation, side: str) -> str:
    """In a sentence, where not everybody can be invited."""
    scheme = running_scheme_of(organisation)
    if scheme is None or not may_be_asked(joining_of(scheme), side):
        return ""
    return who_may_join(joining_of(scheme), side)


def _to_ask(asking: int, side: str, *among: int | str) -> QuerySet[Person]:
    asked = Invitation.objects.filter(scheme=asking, side=side).values("person")
    return people_like(*among).exclude(pk__in=asked)


@prepared
def _first_to_ask(asking: int, side: str, *among: int | str) -> QuerySet[Person]:
    return _to_ask(asking, side, *among).only(*SHOWN)[: PEOPLE_SHOWN + 1]


@prepared
def _number_to_ask(asking: int, side: str, *among: int | str) -> QuerySet[Person, int]:
    found = _to_ask(asking, side, *among).order_by().annotate(all=Value(1)).values("all")
    return found.annotate(number=Count("pk")).values_list("number", flat=True)


def people_chosen(organisation: Organisation, ids: list[str], side: str) -> list[Person]:
    numbers = [int(one) for one in ids if one.isascii() and one.isdigit() and len(one) < 18]
    return list(
        people_to_invite(organisation, "", side).filter(pk__in=numbers).select_related("account", "organisation")
    )


def askers(scheme: Scheme | None, coordinator: Person) -> list[Person]:
    """In whose name it can be asked without looking further: the scheme's own person, and the coordinator.

    Where the scheme only spans the coordinator's organisation its own person is a stranger there."""
    asker = scheme.asked_by if scheme else None
    if asker is None or asker.pk == coordinator.pk or asker.organisation_id != coordinator.organisation_id:
        return [coordinator]
    return [asker, coordinator]


def askers_named(organisation: Organisation, words: str) -> list[Person]:
    return people_to_choose([organisation.pk], words, ASKERS_FOUND) if words else []


def to_remind(organisation: Organisation, side: str, now: datetime) -> list[Invitation]:
    """Who was asked long enough ago, has not answered, and was not reminded twice; those in peace among them."""
    found = Invitation.objects.filter(
        _seen_by(organisation.pk), scheme=running_scheme_of(organisation), side=side, started=False
    )
    found = found.filter(person__left_on__isnull=True, scheme__ends_on__isnull=True)
    found = found.select_related("person__account", "asked_by", "scheme")
    signed_up = people_signed_up(found[0].scheme, side) if found else set()
    return [
        one
        for one in found
        if one.person_id not in signed_up and rules.can_remind(one.reminders, one.last_asked_at or one.invited_at, now)
    ]


def to_print(organisation: Organisation, *, again: bool) -> list[Invitation]:
    """Who is invited and cannot be written to, each once: without a letter yet, or `again` with one made since.

    Those in peace are among them, since who is missing would tell that somebody said no."""
    waiting = _without_address(organisation.pk) if mail_leaves() else _waiting(organisation.pk)
    since = accounts_with_letter().filter(account=OuterRef("person__account"), made_at__gte=OuterRef("invited_at"))
    found = waiting.filter(Exists(since) if again else ~Exists(since)).order_by("person__name", "pk")
    found = found.select_related("person__account", "asked_by")
    return list({one.person_id: one for one in found[: 2 * MOST_LETTERS]}.values())[:MOST_LETTERS]


def number_to_print(organisation: Organisation) -> int:
    return len(_people_waiting(organisation.pk) if not mail_leaves() else _people_without_address(organisation.pk))


@prepared
def _people_waiting(organisation: int) -> QuerySet[Invitation, int]:
    return _waiting(organisation).order_by().values_list("person", flat=True).distinct()


@prepared
def _people_without_address(organisation: int) -> QuerySet[Invitation, int]:
    return _without_address(organisation).order_by().values_list("person", flat=True).distinct()


def _waiting(organisation: int) -> QuerySet[Invitation]:
    """Who was invited, is here, and has not begun."""
    found = Invitation.objects.filter(_seen_by(organisation), scheme__ended_on__isnull=True, started=False)
    return found.filter(person__organisation=organisation, person__left_on__isnull=True)


def _without_address(organisation: int) -> QuerySet[Invitation]:
    return (
        _waiting(organisation)
        .filter(person__email="")
        .filter(Q(person__account__email__isnull=True) | Q(person__account__email=""))
    )


def is_asked_as_mentor_only(account: Account) -> bool:
    sides = Invitation.objects.filter(person__account=account).values_list("side", flat=True)
    return set(sides) == {Invitation.Side.MENTOR}


def ids_invited_as(scheme_id: int, side: str) -> QuerySet[Invitation, Any]:
    """The people who were asked on one side: where whoever is invited may join, these may."""
    return Invitation.objects.filter(scheme=scheme_id, side=side).order_by().values("person")


def ids_invited(scheme: int) -> QuerySet[Invitation, Any]:
    """The people who were asked, on either side: a query to look for others in."""
    return Invitation.objects.filter(scheme=scheme).order_by().values_list("person")


def starts_by_person(scheme: Scheme, people: list[int]) -> dict[str, dict[int, bool]]:
    """By side: who of these was asked, and whether they started."""
    found: dict[str, dict[int, bool]] = {side: {} for side in Invitation.Side.values}
    for side, person, started in _starts(scheme.pk, people):
        found[side][person] = started
    return found


@prepared
def _starts(scheme: int, people: list[int]) -> QuerySet[Invitation, tuple[str, int, bool]]:
    asked = Invitation.objects.filter(scheme=scheme, person__in=people).order_by()
    return asked.values_list("side", "person", "started")
