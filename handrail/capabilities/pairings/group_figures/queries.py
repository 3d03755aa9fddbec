"""The one way for capabilities to tell figures about groups of people: past small-scheme mode, then through the gate.

Nothing else imports `engines.disclosure` (tests/repository/test_directions.py), so nobody can forget to ask whether the
scheme is small, or bring a threshold of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handrail.capabilities.pairings.stories import rules
from handrail.capabilities.pairings.stories.queries import people_on
from handrail.capabilities.schemes.queries import running_scheme_of, threshold_of
from handrail.engines import disclosure
from handrail.engines.disclosure import Cell, Released, Told

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from handrail.capabilities.people.models import Organisation

__all__ = ["Cell", "Released", "Told", "about_how_many", "cells", "enough", "released", "two_digits"]


def _is_small(organisation: Organisation, people: int) -> bool:
    scheme = running_scheme_of(organisation)
    return rules.is_small(people) or (scheme is not None and rules.is_small(len(people_on(scheme))))


def released(
    organisation: Organisation,
    *,
    units: Mapping[str, Collection[int]],
    holds: Mapping[str, Collection[int]],
    within: Mapping[str, Collection[str]],
    since: Mapping[str, Collection[str]],
    earlier: Sequence[Sequence[Released]],
) -> list[Released]:
    """What may be told of the people in these units (by id); none where they, or those on the scheme, are few."""
    if _is_small(organisation, sum(map(len, units.values()))):
        return []
    return disclosure.release(units, holds, within, earlier, threshold_of(organisation.pk), since=since)


def cells(organisation: Organisation, *, begun: Mapping[str, Collection[int]], earlier: Sequence[Cell]) -> list[Cell]:
    """Of whom effects may be told together; none where they, or those on the scheme, are few."""
    if _is_small(organisation, sum(map(len, begun.values()))):
        return []
    return disclosure.cells(begun, earlier, threshold_of(organisation.pk))


def enough(organisation_id: int, counted: int) -> bool:
    """Whether a figure may rest on so many."""
    return counted >= disclosure.check_threshold(threshold_of(organisation_id))


def two_digits(value: float) -> float:
    """A measured number as it may be told."""
    return disclosure.two_digits(value)


def about_how_many(people: int) -> int:
    """A number of people, to the nearest five."""
    return disclosure.size(people)
