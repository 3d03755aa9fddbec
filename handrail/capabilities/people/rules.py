"""What may be done about people, and what a reporting line means for a pair."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from handrail.capabilities.people.models import Person
from handrail.foundation.access.refusal import Refused


class Closeness(StrEnum):
    APART = "apart"
    NEAR = "near"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Chain:
    """The ids above somebody, nearest first, and whether that is the whole of it."""

    above: tuple[int, ...]
    complete: bool


@dataclass(frozen=True)
class Line:
    """The ids of everybody above some people, and whether the file said all of it."""

    above: frozenset[int]
    complete: bool


def closeness(first_id: int, first: Chain, second_id: int, second: Chain) -> Closeness:
    """Whether one of two stands above the other as far as the chains reach; an unknown line is never 'apart'."""
    if second_id in first.above or first_id in second.above:
        return Closeness.NEAR
    return Closeness.APART if first.complete and second.complete else Closeness.UNKNOWN


def check_can_be_delegate(person: Person, delegate: Person) -> None:
    if person.pk == delegate.pk:
        raise Refused(_("Choose somebody else: you arrange your own times already."))
    if person.organisation_id != delegate.organisation_id:
        raise Refused(_("Choose somebody from your own organisation."))


def can_be_delegate(person: Person, delegate: Person) -> bool:
    try:
        check_can_be_delegate(person, delegate)
    except Refused:
        return False
    return True


def promise_at_risk(roles: set[str], is_administrator: bool) -> str:
    """What a combination of roles could see together that no single role may; empty when it is harmless."""
    if {"coordinator", "sponsor"} <= roles:
        return _(
            "A coordinator knows who has met; a sponsor is promised never to know about one person. "
            "Give one of the two roles to somebody else."
        )
    if is_administrator and "sponsor" in roles:
        return _("An administrator handles lists of people; a sponsor is promised to see groups only.")
    return ""
