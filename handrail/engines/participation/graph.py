"""Where people stand in the network of mutual ties: core, rank, communities, brokerage. networkit (MIT) and numba."""

from dataclasses import dataclass

import networkit as nk
import numpy as np
import numpy.typing as npt
from numba import njit

from handrail.engines.participation.log import Log, filled

SEED = 20260101
# Sampled sources × mutual ties: what the estimate of betweenness may cost, whatever the size of the network.
BETWEENNESS_BUDGET = 6_000_000
FEWEST_SAMPLES = 10


@dataclass(frozen=True)
class Graph:
    """One number a person. `core`: k-core number (Seidman 1983). `rank`: PageRank, damping 0.85, sums to 1; 0 for
    people without ties. `community`: number of the community (Louvain, parallel: Staudt and Meyerhenke 2016); -1 for
    people without ties. `betweenness`: estimated from sampled sources (Geisberger and others 2008), as a share of all
    pairs. `constraint`: Burt (1992), lower means more of a broker; NaN for people without ties. `edges`: mutual ties.
    """

    core: npt.NDArray[np.int64]
    rank: npt.NDArray[np.float64]
    community: npt.NDArray[np.int64]
    betweenness: npt.NDArray[np.float64]
    constraint: npt.NDArray[np.float64]
    edges: int


def mutual_ties(log: Log) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The pairs that acted on each other, lower person first, in order."""
    source = filled(log.acts["source"], -1).astype(np.int64)
    target = filled(log.acts["target"], -1).astype(np.int64)
    known = (source >= 0) & (target >= 0) & (source != target)
    source, target = source[known], target[known]
    people = max(1, log.people.num_rows)
    keys = np.sort(np.minimum(source, target) * people * 2 + np.maximum(source, target) * 2 + (source > target))
    keys = keys[np.r_[True, keys[1:] != keys[:-1]]] if len(keys) else keys
    both = keys[:-1][(keys[1:] >> 1) == (keys[:-1] >> 1)] >> 1
    return both // people, both % people


def graph(log: Log, *, samples: int | None = None) -> Graph:
    """The graph measures of the mutual ties. Communities depend on a fixed seed, so that two runs agree.

    `samples`: sources from which betweenness is estimated; by default as many as BETWEENNESS_BUDGET allows.
    """
    people = log.people.num_rows
    one, other = mutual_ties(log)
    samples = samples or max(FEWEST_SAMPLES, BETWEENNESS_BUDGET // max(1, len(one)))
    # only people with ties are in the graph: without them rank would leak to nobody
    degrees = np.bincount(one, minlength=people) + np.bincount(other, minlength=people)
    tied = np.flatnonzero(degrees)
    places = np.cumsum(degrees > 0) - 1
    left, right = places[one], places[other]
    core, rank, betweenness = (np.zeros(people, dtype=kind) for kind in (np.int64, np.float64, np.float64))
    community, constraint = np.full(people, -1, dtype=np.int64), np.full(people, np.nan)
    if len(tied):
        nk.engineering.setSeed(SEED, False)
        network = nk.GraphFromCoo((left.astype(np.uint64), right.astype(np.uint64)), n=len(tied))
        core[tied] = nk.centrality.CoreDecomposition(network).run().scores()
        rank[tied] = nk.centrality.PageRank(network, damp=0.85, tol=1e-8).run().scores()
        found = nk.community.PLM(network, refine=True).run().getPartition()
        found.compact()
        community[tied] = found.getVector()
        constraint[tied] = _constraint(*_adjacency(left, right, len(tied)))
    if len(tied) > 2:
        estimate = nk.centrality.EstimateBetweenness(network, min(samples, len(tied)), True, False)
        betweenness[tied] = estimate.run().scores()
    return Graph(core, rank, community, betweenness, constraint, len(one))


def _adjacency(
    one: npt.NDArray[np.int64], other: npt.NDArray[np.int64], people: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """(starts, ends): the neighbours of p are ends[starts[p] : starts[p + 1]]."""
    left, right = np.concatenate([one, other]), np.concatenate([other, one])
    starts = np.zeros(people + 1, dtype=np.int64)
    np.cumsum(np.bincount(left, minlength=people), out=starts[1:])
    return starts, right[np.argsort(left, kind="stable")]


@njit(cache=True)
def _constraint(starts, ends):  # type: ignore[no-untyped-def]
    """Burt's constraint with equal weights: sum over contacts j of (1/d + sum over common q of 1/(d d_q))²."""
    people = starts.size - 1
    found = np.full(people, np.nan)
    through = np.zeros(people)
    for person in range(people):
        contacts = ends[starts[person] : starts[person + 1]]
        if contacts.size == 0:
            continue
        share = 1.0 / contacts.size
        for contact in contacts:
            through[contact] = share
        for between in contacts:
            inner = share / (starts[between + 1] - starts[between])
            for contact in ends[starts[between] : starts[between + 1]]:
                if through[contact] > 0:
                    through[contact] += inner
        total = 0.0
        for contact in contacts:
            total += through[contact] ** 2
            through[contact] = 0.0
        found[person] = total
    return found
