"""Graph measures against networkx, and relevance by hand."""

import networkx as nx
import numpy as np
import pyarrow as pa
import pytest

from handrail.compute.analytics import DuckDBQuery
from handrail.engines.participation import graph
from handrail.engines.participation.log import POST, REPLY, Log, prepare
from handrail.engines.participation.relevance import CANNOT_KNOW, Outcome, relevance
from tests.engines.participation.logs import START

PEOPLE = 60


@pytest.fixture(scope="module")
def log() -> Log:
    rng = np.random.default_rng(3)
    size = 1_800
    group = rng.integers(0, 3, size)
    source, target = (group * 18 + rng.integers(0, 18, size) for _ in range(2))
    target = np.where(rng.random(size) < 0.05, rng.integers(0, 54, size), target)
    table = pa.table(
        {
            "at": pa.nulls(size, pa.timestamp("us", "UTC")),
            "source": pa.array(source, pa.int32()),
            "target": pa.array(target, pa.int32()),
            "kind": pa.array(np.full(size, REPLY), pa.int8()),
            "thread": pa.nulls(size, pa.int64()),
        }
    )
    return prepare(table, np.full(PEOPLE, -1, dtype=np.int32))


@pytest.fixture(scope="module")
def network(log: Log) -> nx.Graph:
    directed = nx.DiGraph(zip(log.acts["source"].to_pylist(), log.acts["target"].to_pylist(), strict=True))
    found = nx.Graph()
    found.add_nodes_from(range(PEOPLE))
    found.add_edges_from((one, other) for one, other in directed.edges if directed.has_edge(other, one))
    return found


@pytest.mark.slow
def test_graph_measures_agree_with_networkx(log: Log, network: nx.Graph) -> None:
    found = graph.graph(log, samples=PEOPLE)
    assert found.edges == network.number_of_edges()
    assert found.core.tolist() == [nx.core_number(network)[person] for person in range(PEOPLE)]
    tied = network.subgraph(person for person in network if network.degree(person))
    rank = nx.pagerank(tied, alpha=0.85, tol=1e-12)
    np.testing.assert_allclose(found.rank, [rank.get(person, 0) for person in range(PEOPLE)], atol=1e-6)
    constraint = nx.constraint(network)
    np.testing.assert_allclose(found.constraint, [constraint[person] for person in range(PEOPLE)], rtol=1e-9)
    betweenness = np.array([nx.betweenness_centrality(network)[person] for person in range(PEOPLE)])
    assert np.corrcoef(found.betweenness, betweenness)[0, 1] > 0.9


@pytest.mark.slow
def test_planted_communities_are_found_the_same_twice(log: Log) -> None:
    first, second = graph.graph(log), graph.graph(log)
    assert (first.community == second.community).all()
    groups = [set(first.community[start : start + 18]) for start in (0, 18, 36)]
    assert all(len(group) == 1 for group in groups)
    assert len(set.union(*groups)) == 3
    assert (first.community[54:] == -1).all()
    assert np.isnan(first.constraint[54:]).all()


def test_no_ties_at_all() -> None:
    table = pa.table(
        {
            "at": pa.array([START], pa.timestamp("us", "UTC")),
            "source": pa.array([0], pa.int32()),
            "target": pa.array([None], pa.int32()),
            "kind": pa.array([POST], pa.int8()),
            "thread": pa.array([1], pa.int64()),
        }
    )
    found = graph.graph(prepare(table, np.array([-1, -1], dtype=np.int32)))
    assert found.edges == 0
    assert found.core.tolist() == [0, 0]
    assert found.community.tolist() == [-1, -1]


def test_relevance_by_hand() -> None:
    table = pa.table(
        {
            "at": pa.nulls(4, pa.timestamp("us", "UTC")),
            "source": pa.array([0, 0, 0, 1], pa.int32()),
            "target": pa.array([None, 1, 2, 0], pa.int32()),
            "kind": pa.array([POST, REPLY, REPLY, REPLY], pa.int8()),
            "channel": pa.array([5, 5, 6, None], pa.int32()),
            "thread": pa.nulls(4, pa.int64()),
        }
    )
    log = prepare(table, np.full(3, -1, dtype=np.int32))
    outcomes = [Outcome("fewer repairs", channels=[5], audience=[1]), Outcome("faster permits", audience=[2])]
    rows = relevance(log, outcomes, DuckDBQuery()).to_pylist()
    mine = {row["outcome"]: row for row in rows if row["person"] == 0}
    assert (mine[0]["acts"], mine[0]["share"], mine[0]["answers_to_audience"]) == (2, pytest.approx(2 / 3), 1)
    assert (mine[1]["acts"], mine[1]["answers_to_audience"], mine[1]["audience_reached"]) == (0, 1, 1)
    assert [row["share"] for row in rows if row["person"] == 1] == [None, None]
    assert "cannot know" in CANNOT_KNOW
