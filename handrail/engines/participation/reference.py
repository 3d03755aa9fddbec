"""The slow, obvious twin: the same measures with plain dictionaries and networkx, one act at a time."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, median, pstdev

import networkx as nx

from handrail.engines.participation.log import KINDS, MENTION, POST, REACTION, REPLY, WEEK

MONDAY = 3 * 86_400_000_000


@dataclass(frozen=True)
class Act:
    """One act: µs or None, person numbers or None, kind number, thread or None, outside or None, channel or None."""

    at: int | None
    source: int | None
    target: int | None
    kind: int
    thread: int | None = None
    outside: bool | None = None
    channel: int | None = None


Row = dict[str, float | int | None]


def measure(acts: Iterable[Act], units: Sequence[int | None]) -> list[Row]:
    """One row a person with the columns of COUNTS and SHARES. Acts on oneself are left out."""
    rows = to_others(acts)
    rows.sort(key=lambda act: (act.at is None, act.at or 0))
    ties = nx.DiGraph()
    ties.add_nodes_from(range(len(units)))
    ties.add_edges_from((act.source, act.target) for act in rows if act.source is not None and act.target is not None)
    talks = _conversations(rows)
    return [_person(person, rows, ties, units, talks[person]) for person in range(len(units))]


def to_others(acts: Iterable[Act]) -> list[Act]:
    """Without acts on oneself."""
    return [act for act in acts if act.source is None or act.source != act.target]


def network(people: Sequence[Row], ties: nx.DiGraph) -> dict[str, float]:
    """Edge reciprocity and the share of connected pairs that are mutual."""
    undirected = ties.to_undirected()
    mutual = ties.to_undirected(reciprocal=True)
    return {
        "reciprocity": nx.overall_reciprocity(ties),
        "two_way_share": mutual.number_of_edges() / undirected.number_of_edges(),
    }


def _conversations(rows: list[Act]) -> dict[int, list[tuple[bool, int | None]]]:
    """For each person the threads they opened: (answered by somebody else, shortest wait in µs)."""
    opening: dict[int, int] = {}
    for row, act in enumerate(rows):
        if act.kind == POST and act.thread is not None and act.source is not None:
            opening.setdefault(act.thread, row)
    talks: dict[int, list[tuple[bool, int | None]]] = defaultdict(list)
    for thread, opened in opening.items():
        first = rows[opened]
        replies = {
            row: act
            for row, act in enumerate(rows)
            if act.kind == REPLY and act.thread == thread and act.source is not None and act.source != first.source
        }
        # a reply that stands before the post is an answer, but nobody waited for it
        waits = [
            act.at - first.at
            for row, act in replies.items()
            if row > opened and act.at is not None and first.at is not None
        ]
        assert first.source is not None
        talks[first.source].append((bool(replies), min(waits) if waits else None))
    return talks


def _person(
    person: int,
    rows: list[Act],
    ties: nx.DiGraph,
    units: Sequence[int | None],
    talks: list[tuple[bool, int | None]],
) -> Row:
    given = [act for act in rows if act.source == person]
    received = [act for act in rows if act.target == person]
    row: Row = {"person": person, "unit": units[person]}
    for kind, name in zip((POST, REPLY, REACTION, MENTION), KINDS, strict=True):
        plural = "posts" if name == "post" else name.replace("reply", "replie") + "s"
        row["posts" if kind == POST else f"{plural}_given"] = sum(act.kind == kind for act in given)
        if kind != POST:
            row[f"{plural}_received"] = sum(act.kind == kind for act in received)
    out, into = set(ties.successors(person)), set(ties.predecessors(person))
    placed = [other for other in out if units[person] is not None and units[other] is not None]
    row |= {
        "reached": len(out),
        "heard_from": len(into),
        "two_way": len(out & into),
        "placed_ties": len(placed),
        "cross_ties": sum(units[other] != units[person] for other in placed),
        "threads_started": len(talks),
        "threads_answered": sum(was for was, _ in talks),
        "active_weeks": len({(act.at + MONDAY) // WEEK for act in given if act.at is not None}),
        "acts_outside": sum(act.outside is True for act in given),
        "acts_inside": sum(act.outside is False for act in given),
        "two_way_share": _share(len(out & into), len(out | into)),
        "reciprocity": nx.reciprocity(ties, person) if out or into else None,
        "cross_unit_share": _share(sum(units[other] != units[person] for other in placed), len(placed)),
        "threads_answered_share": _share(sum(was for was, _ in talks), len(talks)),
    }
    waits = [wait for _, wait in talks if wait is not None]
    row["first_reply_hours"] = median(waits) / 3_600_000_000 if waits else None
    row["burstiness"] = _burstiness([act.at for act in given if act.at is not None and act.kind in (POST, REPLY)])
    return row


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _burstiness(times: list[int]) -> float | None:
    """(σ - μ) / (σ + μ) of the gaps between acts: Goh and Barabási (2008), equation 1."""
    gaps = [float(after - before) for before, after in pairwise(times)]
    if len(gaps) < 2 or fmean(gaps) + pstdev(gaps) == 0:
        return None
    return (pstdev(gaps) - fmean(gaps)) / (pstdev(gaps) + fmean(gaps))
