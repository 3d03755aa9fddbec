"""What may be done about people, and what a reporting line means for a pair."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from django.utils.translation import gettext as _

from handrail.capabilities.people.models import Person
from handrail.engines.reporting_lines import UNKNOWN, Unknown, reporting_lines
from handrail.foundation.access.refusal import Refused


class Closeness(StrEnum):
    APART = "apart"
    NEAR = "near"
    HEAD = "head"  # one stands at the head of the organisation, far above the other
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Chain:
    """The ids above somebody, nearest first, and whether each of these lines is known."""

    above: tuple[int, ...]
    complete: bool


@dataclass(frozen=True)
class Line:
    """The ids of everybody above some people, and whether the file said all of it."""

    above: frozenset[int]
    complete: bool


def closeness(first_id: int, first: Chain, second_id: int, second: Chain, *, levels: int) -> Closeness:
    """Whether one of two stands above the other by at most so many levels; what may be so is never 'apart'.

    A line that is not known counts only where it could hide one of the two: not above somebody whom both report to.
    """
    apart = reporting_lines(_said_by((first_id, first), (second_id, second))).distance(first_id, second_id)
    if apart.levels is None:
        return Closeness.UNKNOWN if apart.may_be_nearer_than(levels + 1) else Closeness.APART
    if apart.levels <= levels:
        return Closeness.NEAR
    upper = first if first_id in second.above else second
    return Closeness.HEAD if upper == Chain((), complete=True) else Closeness.APART


def _said_by(*chains: tuple[int, Chain]) -> list[tuple[int, int | Unknown | None]]:
    """Each one's manager. Where a chain ends, the other may go on: its word comes last and counts."""
    ends: list[tuple[int, int | Unknown | None]] = []
    links: list[tuple[int, int | Unknown | None]] = []
    for person_id, chain in chains:
        line = (person_id, *chain.above)
        ends.append((line[-1], None if chain.complete else UNKNOWN))
        links += pairwise(line)
    return [*ends, *links]


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


def combinations_to_name(
    roles: set[str], *, is_administrator: bool, has_reports: bool, takes_part: bool
) -> dict[str, str]:
    """By a word for each: what holding these together strains, and what to do. Allowed, once it has been read."""
    found = {}
    if "coordinator" in roles and takes_part:
        found["coordinator takes part"] = _(
            "They are a leader or a mentor here themselves. Whoever coordinates knows who is asked and who has met, so "
            "their own pair would be run by one of the two. Let a colleague pair and look after that pair."
        )
    if "coordinator" in roles and is_administrator:
        found["administrator coordinates"] = _(
            "They administer the installation. A letter made by the one and a post box read by the other come together "
            "in one hand. Private text stays sealed all the same. Name a second coordinator who makes the letters."
        )
    if "sponsor" in roles and has_reports:
        found["sponsor has reports"] = _(
            "People report to them. A figure about a group in which many are theirs is soon a figure about somebody "
            "they manage. Choose a sponsor outside those lines, or raise the smallest group that is counted."
        )
    if "sponsor" in roles and takes_part:
        found["sponsor takes part"] = _(
            "They are a leader or a mentor here themselves, and would read figures about a group they are in. Let "
            "somebody read the report with them who is not."
        )
    return found
