"""Where people stand in the network of mutual ties: core, rank, communities, brokerage. networkit (MIT) and numba."""

from dataclasses import dataclass

import networkit as nk
import numpy as np
import numpy.typing as npt
from numba import njit

from handrail.engines.participation.log import Log, filled

SEED = 20260101
BETWEENNESS_SAMPLES = 64


@dataclass(frozen=True)
class Graph:
    """One number a person. `core`: k-core number (Seidman 1983). `rank`: PageRank, damping 0.85, sums to 1.
    `community`: number of the community (Louvain, parallel: Staudt and Meyerhenke 2016), -1 for people without ties.
    `betweenness`: estimated from sampled sources (Geisberger and others 2008), as a share of all pairs. `constraint`:
    Burt (1992), lower means more of a broker; NaN for people without ties. `edges`: mutual ties.
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
    keys = np.unique(np.minimum(source, target) * people * 2 + np.maximum(source, target) * 2 + (source > target))
    both = keys[:-1][(keys[1:] >> 1) == (keys[:-1] >> 1)] >> 1
    return both // people, both % people


def graph(log: Log, *, samples: int = BETWEENNESS_SAMPLES) -> Graph:
    """The graph measures of the mutual ties. Communities depend on a fixed seed, so that two runs agree."""
    people = log.people.num_rows
    one, other = mutual_ties(log)
    nk.engineering.setSeed(SEED, False)
    network = nk.GraphFromCoo((one.astype(np.uint64), other.astype(np.uint64)), n=people)
    degrees = np.bincount(one, minlength=people) + np.bincount(other, minlength=people)
    core = np.asarray(nk.centrality.CoreDecomposition(network).run().scores(), dtype=np.int64)
    rank = np.asarray(
        nk.centrality.PageRank(network, 0.85, 1e-9, False, nk.centrality.SinkHandling.DistributeSinks).run().scores()
    )
    found = nk.community.PLM(network, refine=True).run().getPartition()
    found.compact()
    community = np.where(degrees > 0, np.asarray(found.getVector(), dtype=np.int64), -1)
    betweenness = np.zeros(people)
    if people > 2 and len(one):
        estimate = nk.centrality.EstimateBetweenness(network, min(samples, people), True, False)
        betweenness = np.asarray(estimate.run().scores())
    ends, starts = _adjacency(one, other, people)
    return Graph(core, rank, community, betweenness, _constraint(starts, ends), len(one))


def _adjacency(
    one: npt.NDArray[np.int64], other: npt.NDArray[np.int64], people: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Neighbours of person p: ends[starts[p] : starts[p + 1]]."""
    left, right = np.concatenate([one, other]), np.concatenate([other, one])
    starts = np.zeros(people + 1, dtype=np.int64)
    np.cumsum(np.bincount(left, minlength=people), out=starts[1:])
    return right[np.argsort(left, kind="stable")], starts


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
