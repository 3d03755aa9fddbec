"""The SQL, the kernel and the slow twin say the same; and what they say is right by hand."""

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import networkx as nx
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings

from handrail.compute.analytics import DuckDBQuery
from handrail.engines.participation import definitions, measures, reference, reference_parts
from handrail.engines.participation.log import DAY, MENTION, POST, REACTION, REPLY, Log, Window, prepare
from handrail.engines.participation.reference import Act
from handrail.engines.participation.relevance import Outcome, relevance
from tests.engines.participation.logs import START, log_of, logs

SHARED = Path(os.environ.get("HANDRAIL_SHARED_DATA", Path(__file__).parents[4] / "shared" / "data")) / "interactions"
QUERY = DuckDBQuery()

TALK = [
    Act(START, 0, None, POST, thread=1, outside=False),
    Act(START + DAY, 1, 0, REPLY, thread=1, outside=False),
    Act(START + 2 * DAY, 0, 1, REPLY, thread=1, outside=True),
    Act(START + 7 * DAY, 2, 0, REACTION),
    Act(START + 8 * DAY, 0, 2, MENTION),
    Act(START + 8 * DAY, 2, None, POST, thread=2),
    Act(START + 9 * DAY, 2, 2, REPLY, thread=2),
]


def assert_same(found: list[dict[str, object]], expected: list[reference.Row]) -> None:
    for row, twin in zip(found, expected, strict=True):
        for name, value in twin.items():
            assert row[name] == (None if value is None else pytest.approx(value, rel=1e-9, abs=1e-9)), (name, row, twin)


def test_by_hand() -> None:
    rows = measures.measure(log_of(TALK, [0, 0, 1]), QUERY).people.to_pylist()
    ann, ben, cat = rows
    assert (ann["posts"], ann["replies_given"], ann["replies_received"], ann["reactions_received"]) == (1, 1, 1, 1)
    assert (ann["reached"], ann["heard_from"], ann["two_way"]) == (2, 2, 2)
    assert (ann["two_way_share"], ann["reciprocity"], ann["cross_unit_share"]) == (1.0, 1.0, 0.5)
    assert (ann["threads_answered_share"], ann["first_reply_hours"], ann["active_weeks"]) == (1.0, 24.0, 2)
    assert (ann["outside_share"], ann["contribution"], ann["receipt"]) == (0.5, 2, 2)
    assert (ben["cross_unit_share"], ben["threads_answered_share"]) == (0.0, None)
    assert (cat["threads_answered_share"], cat["active_weeks"]) == (0.0, 1)


def test_the_network_by_hand() -> None:
    acts = [Act(None, 0, 1, REPLY), Act(None, 1, 0, REPLY), Act(None, 0, 2, REPLY)]
    network = measures.measure(log_of(acts, [0, 1, 1]), QUERY).network
    assert network["ties"] == 3
    assert (network["connected_pairs"], network["two_way_pairs"]) == (2, 1)
    assert network["reciprocity"] == pytest.approx(2 / 3)
    assert network["two_way_share"] == pytest.approx(1 / 2)
    assert network["cross_unit_share"] == 1.0


@pytest.mark.lengthy
@pytest.mark.slow
@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(logs())
def test_sql_kernel_and_twin_agree(case: tuple[list[Act], list[int | None]]) -> None:
    assert_all_agree(*case)


@pytest.mark.long
@pytest.mark.slow
@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(logs())
def test_sql_kernel_and_twin_agree_on_many(case: tuple[list[Act], list[int | None]]) -> None:
    assert_all_agree(*case)


OUTCOMES = [Outcome("repairs", channels=[0, 2], audience=[1, 3]), Outcome("nothing"), Outcome("permits", audience=[0])]


def assert_all_agree(acts: list[Act], units: list[int | None]) -> None:
    log = log_of(acts, units)
    expected = reference.measure(acts, units)
    assert_same(measures.measure(log, QUERY, with_kernel=True).people.to_pylist(), expected)
    assert_query_agrees(QUERY, log, acts, units, expected)


def assert_query_agrees(
    query: measures.Query, log: Log, acts: list[Act], units: list[int | None], expected: list[reference.Row]
) -> measures.Measures:
    """Every definition, run as SQL, gives what its twin in dictionaries gives."""
    found = measures.measure(log, query, with_kernel=False)
    assert_same(found.people.to_pylist(), expected)
    assert_same(measures.weeks(log, query).to_pylist(), reference_parts.weeks(acts))
    assert_same(measures.units(log, query).to_pylist(), reference_parts.units(acts, units))
    assert_same(measures.health(log, query).to_pylist(), reference_parts.health(acts))
    assert_same(relevance(log, OUTCOMES, query).to_pylist(), reference_parts.relevance(acts, OUTCOMES))
    return found


def in_twos(log: Log) -> list[pa.RecordBatch]:
    """As a stored log comes: with its time under the name it is stored by."""
    names = ["at" if name == "moment" else name for name in log.acts.column_names]
    return log.acts.rename_columns(names).to_batches(max_chunksize=2)


def test_a_log_that_changes_between_two_readings_is_not_measured_half() -> None:
    log = log_of(TALK, [0, 0, 1])
    whole, part = in_twos(log), in_twos(log)[:1]
    readings = [part, whole, whole, part]
    for _ in range(2):
        with pytest.raises(ValueError, match="second reading"):
            measures.measure_stored(lambda _: readings.pop(0), np.zeros(3, dtype=np.int32), QUERY)


def test_a_stored_log_is_measured_batch_by_batch() -> None:
    log = log_of(TALK, [0, 0, 1])
    whole = measures.measure(log, QUERY, with_kernel=False)
    units = np.array([0, 0, 1], dtype=np.int32)
    stored = measures.measure_stored(lambda _: in_twos(log), units, QUERY, lacking={"times": "x"})
    assert_same(stored.people.to_pylist(), whole.people.to_pylist())
    assert stored.network == whole.network
    assert stored.unmeasured["active_weeks"] == "x"


def test_what_runs_elsewhere_is_counted_there_however_large_or_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a Spark that somebody set would be asked only for sums of what this machine has counted."""
    monkeypatch.setattr(measures, "KERNEL_FROM", 1)
    asked = []

    class Elsewhere:
        elsewhere = True

        def __call__(self, sql: str, tables: Mapping[str, pa.Table]) -> pa.Table:
            asked.append(sql)
            return QUERY(sql, tables)

    log, units = log_of(TALK, [0, 0, 1]), np.array([0, 0, 1], dtype=np.int32)
    whole = measures.measure(log, Elsewhere())
    stored = measures.measure_stored(lambda _: in_twos(log), units, Elsewhere())
    assert asked.count(definitions.COUNTS) == 2
    assert_same(stored.people.to_pylist(), whole.people.to_pylist())
    assert_same(whole.people.to_pylist(), measures.measure(log, QUERY).people.to_pylist())
    assert measures.measure_stored(lambda _: [], units, Elsewhere()).network["ties"] == 0


def test_a_stored_log_must_be_in_order_and_among_known_people() -> None:
    log = log_of(TALK, [0, 0, 1])
    backwards = pa.concat_tables([log.acts.slice(3), log.acts.slice(0, 3)])
    units = np.zeros(3, dtype=np.int32)
    with pytest.raises(ValueError, match="time order"):
        measures.measure_stored(lambda _: backwards.to_batches(), units, QUERY)
    with pytest.raises(ValueError, match="people must"):
        measures.measure_stored(lambda _: in_twos(log), units[:2], QUERY)


def test_threads_with_very_large_numbers_are_numbered_afresh() -> None:
    far = [replace(act, thread=None if act.thread is None else 2**60 + 7 * act.thread) for act in TALK]
    near, apart = (measures.measure(log_of(acts, [0, 0, 1]), QUERY, with_kernel=True) for acts in (TALK, far))
    assert_same(near.people.to_pylist(), apart.people.to_pylist())


@pytest.mark.slow
def test_sql_and_kernel_agree_on_a_larger_log() -> None:
    rng = np.random.default_rng(5)
    size, people = 20_000, 300
    table = pa.table(
        {
            "at": pa.array(np.sort(rng.integers(START, START + 400 * DAY, size)), pa.timestamp("us", "UTC")),
            "source": pa.array(rng.integers(0, people, size), pa.int32()),
            "target": pa.array(rng.integers(0, people, size), pa.int32(), mask=rng.random(size) < 0.2),
            "kind": pa.array(rng.integers(0, 4, size), pa.int8()),
            "thread": pa.array(rng.integers(0, 3_000, size), pa.int64(), mask=rng.random(size) < 0.1),
        }
    )
    log = prepare(table, rng.integers(-1, 9, people).astype(np.int32))
    by_sql, by_kernel = (measures.measure(log, QUERY, with_kernel=kernel).people for kernel in (False, True))
    for name in by_sql.column_names:
        one, other = (column[name].to_numpy().astype(float) for column in (by_sql, by_kernel))
        np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-9, err_msg=name)


def test_the_window_has_its_end_outside() -> None:
    log = log_of(TALK, [0, 0, 1], Window(START + DAY, START + 8 * DAY))
    rows = measures.measure(log, QUERY).people.to_pylist()
    assert sum(row["contribution"] for row in rows) == 3
    assert log.left_out == {"acts on oneself": 1, "outside the dates asked for": 3}
    until = log_of(TALK, [0, 0, 1], Window(None, START + 8 * DAY))
    assert sum(row["contribution"] for row in measures.measure(until, QUERY).people.to_pylist()) > 3


def test_an_act_without_time_is_in_no_window() -> None:
    log = log_of([Act(None, 0, 1, REPLY)], [None, None], Window(START, None))
    assert log.acts.num_rows == 0
    assert log.left_out == {"time unknown, so not in the dates asked for": 1}


def test_what_the_source_lacks_is_empty_not_zero() -> None:
    log = prepare(
        log_of(TALK, [0, 0, 1]).acts.rename_columns(
            ["at" if name == "moment" else name for name in log_of(TALK, [0, 0, 1]).acts.column_names]
        ),
        np.zeros(3, dtype=np.int32),
        unmeasured={"received": "one person's archive"},
    )
    result = measures.measure(log, QUERY)
    assert result.column("replies_received").null_count == 3
    assert result.column("posts").null_count == 0
    assert result.unmeasured["two_way"] == "one person's archive"


def test_without_times_or_threads_their_measures_are_empty() -> None:
    result = measures.measure(log_of([Act(None, 0, 1, REPLY)], [None, None]), QUERY)
    assert set(result.unmeasured) == {"threads_answered_share", "first_reply_hours", "active_weeks", "burstiness"}


@pytest.mark.parametrize(
    ("column", "value", "wrong"),
    [("source", 7, "source must"), ("target", -3, "target must"), ("kind", 9, "kind must")],
)
def test_numbers_out_of_range_are_refused(column: str, value: int, wrong: str) -> None:
    table = pa.table({"at": [None], "source": [0], "target": [1], "kind": [1], "thread": [None]}).cast(
        pa.schema(
            {
                "at": pa.timestamp("us", "UTC"),
                "source": pa.int32(),
                "target": pa.int32(),
                "kind": pa.int8(),
                "thread": pa.int64(),
            }
        )
    )
    place = table.schema.get_field_index(column)
    table = table.set_column(place, column, pa.array([value], table.schema.field(place).type))
    with pytest.raises(ValueError, match=wrong):
        prepare(table, np.zeros(2, dtype=np.int32))


def test_weeks() -> None:
    rows = measures.weeks(log_of(TALK, [0, 0, 1]), QUERY).to_pylist()
    first = {row["person"]: row for row in rows if row["week"] == rows[0]["week"]}
    assert (first[0]["posts"], first[0]["replies_given"], first[0]["replies_received"]) == (1, 1, 1)
    assert (first[0]["reached"], first[0]["heard_from"]) == (1, 1)
    later = [row for row in rows if row["person"] == 2]
    assert [(row["posts"], row["reactions_given"]) for row in later] == [(1, 1)]


def test_units() -> None:
    rows = measures.units(log_of(TALK, [0, 0, 1]), QUERY).to_pylist()
    assert [(row["people"], row["active_people"], row["posts"], row["ties"]) for row in rows] == [
        (2, 2, 1, 3),
        (1, 1, 1, 1),
    ]
    assert rows[0]["cross_unit_share"] == pytest.approx(1 / 3)
    assert rows[1]["reciprocity"] == 1.0


def test_health_by_month() -> None:
    months = [Act(START, 0, None, POST), Act(START, 1, None, POST), Act(START + 40 * DAY, 0, None, POST)]
    rows = measures.health(log_of(months, [None, None]), QUERY).to_pylist()
    assert [
        (row["month"] - 2026 * 12, row["active_in_month"], row["active_in_year"], row["share"]) for row in rows
    ] == [
        (0, 2, 2, 1.0),
        (1, 1, 2, 0.5),
    ]


def test_the_twin_knows_the_network() -> None:
    ties = nx.DiGraph([(0, 1), (1, 0), (0, 2)])
    assert reference.network([], ties) == {"reciprocity": pytest.approx(2 / 3), "two_way_share": 0.5}


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="no shared data")
@pytest.mark.parametrize("with_kernel", [False, True])
def test_email_eu_core(with_kernel: bool) -> None:
    arcs = np.loadtxt(SHARED / "email_eu_core" / "email-Eu-core.txt", dtype=np.int32)
    labels = np.loadtxt(SHARED / "email_eu_core" / "email-Eu-core-department-labels.txt", dtype=np.int32)
    table = pa.table(
        {
            "at": pa.nulls(len(arcs), pa.timestamp("us", "UTC")),
            "source": arcs[:, 0],
            "target": arcs[:, 1],
            "kind": pa.array(np.full(len(arcs), MENTION), pa.int8()),
            "thread": pa.nulls(len(arcs), pa.int64()),
        }
    )
    network = measures.measure(prepare(table, labels[:, 1]), QUERY, with_kernel=with_kernel).network
    shares = [round(network[name], 4) for name in ("reciprocity", "two_way_share", "cross_unit_share")]
    assert shares == [0.7112, 0.5519, 0.6532]
