"""Reads of the pairs that a run proposes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q, QuerySet

from handrail.capabilities.schemes.matching_runs.models import ProposedPair
from handrail.foundation.prepared import prepared

if TYPE_CHECKING:
    from handrail.capabilities.schemes.matching_runs.models import Run

NAMES = ("leader__name", "leader__job_title", "mentor__name", "mentor__job_title")


def pairs_of(run: Run, words: str = "", show: str = "") -> QuerySet[ProposedPair]:
    """The pairs, the worst-off first; those in which somebody's name, job or unit has each word; one kind of them."""
    pairs = _pairs(run.pk)
    for word in words.casefold().split()[:6]:
        pairs = pairs.filter(Q(leader__searched__contains=word) | Q(mentor__searched__contains=word))
    if show == "fixed":
        return pairs.filter(is_fixed=True)
    if show == "line":
        return pairs.exclude(warning="")
    return pairs.order_by("-points", "id") if show == "best" else pairs


def _pairs(run: int) -> QuerySet[ProposedPair]:
    pairs = ProposedPair.objects.filter(run=run).select_related("leader", "mentor")
    return pairs.only("run_id", "points", "by_reason", "is_fixed", "warning", *NAMES)


def pairs_of_leader(run: Run, leader_id: int) -> list[ProposedPair]:
    return _pairs_of_leader(run.pk, leader_id)


@prepared
def _pairs_of_leader(run: int, leader: int) -> QuerySet[ProposedPair]:
    return _pairs(run).filter(leader=leader)


@prepared
def _pairs_of_mentors(run: int, mentors: list[int]) -> QuerySet[ProposedPair]:
    return _pairs(run).filter(mentor__in=mentors)


def points_of(run: Run) -> list[int]:
    return _points(run.pk)


@prepared
def _points(run: int) -> QuerySet[ProposedPair, int]:
    return ProposedPair.objects.filter(run=run).order_by("points").values_list("points", flat=True)


@dataclass(frozen=True)
class PairOnPaper:
    """A pair in one line: two names, the points, and what they came from."""

    leader: str
    mentor: str
    points: int
    by_reason: dict[str, int]


def pairs_on_paper(run: Run) -> list[PairOnPaper]:
    """Every pair, by the leader's name."""
    return [PairOnPaper(*row) for row in _pairs_by_name(run.pk)]


@prepared
def _pairs_by_name(run: int) -> QuerySet[ProposedPair, tuple[str, str, int, dict[str, int]]]:
    pairs = ProposedPair.objects.filter(run=run).order_by("leader__name", "id")
    return pairs.values_list("leader__name", "mentor__name", "points", "by_reason")


def pairs_with(run: Run, mentor_ids: list[int]) -> dict[int, list[ProposedPair]]:
    """By mentor: the pairs they are in."""
    held: dict[int, list[ProposedPair]] = {}
    for pair in _pairs_of_mentors(run.pk, mentor_ids):
        held.setdefault(pair.mentor_id, []).append(pair)
    return held


class PairByName(NamedTuple):
    """What a difference says of a pair: as light as may be, there are hundreds."""

    leader_id: int
    mentor_id: int
    leader: str
    mentor: str
    points: int


@dataclass(frozen=True)
class Difference:
    """What one run has and the other has not."""

    ended: list[PairByName]
    begun: list[PairByName]
    kept: int


def difference(before: Run, after: Run) -> Difference:
    one, other = ({row[:2]: row for row in _pairs_and_names(run.pk)} for run in (before, after))
    return Difference(
        [PairByName(*row) for key, row in one.items() if key not in other],
        [PairByName(*row) for key, row in other.items() if key not in one],
        sum(key in other for key in one),
    )


@prepared
def _pairs_and_names(run: int) -> QuerySet[ProposedPair, tuple[int, int, str, str, int]]:
    pairs = ProposedPair.objects.filter(run=run)
    return pairs.values_list("leader_id", "mentor_id", "leader__name", "mentor__name", "points")
