"""The same SQL on Spark gives the same numbers as on DuckDB and in the slow twins.

Needs Java and pyspark (`script/setup spark`); skipped without them. One Spark serves all, so one worker runs them.
"""

import importlib.util
import logging
import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from handrail.compute.analytics import DuckDBQuery, UnknownAnalytics, query_for, spark_sql
from handrail.demo.talk import a_cast, acts_of
from handrail.engines.participation import definitions, measures, own, reference, relevance
from handrail.engines.participation.log import MENTION, Window, prepare
from handrail.engines.participation.reference import Act
from handrail.formats.interactions.load import load
from handrail.formats.interactions.people import match
from tests.engines.participation import logs, stored
from tests.engines.participation.logs import START, log_of
from tests.engines.participation.stored import filed
from tests.engines.participation.test_files import agree, made
from tests.engines.participation.test_measures import OUTCOMES, SHARED, assert_query_agrees, assert_same

HERE = DuckDBQuery()
STATEMENTS = {
    **{
        name: getattr(definitions, name)
        for name in ("STORED", "COUNTS", "SHARES", "NETWORK", "WEEKS", "UNITS", "HEALTH")
    },
    "SERVES": relevance.SERVES,
    "MONTHS": own.MONTHS,
    "CONTACTS": own.CONTACTS,
}


def has_spark() -> bool:
    java = shutil.which("java") or Path(os.environ.get("JAVA_HOME", "/nowhere"), "bin", "java").exists()
    return bool(java) and importlib.util.find_spec("pyspark") is not None


needs_spark = [
    pytest.mark.spark,
    pytest.mark.slow,
    pytest.mark.lengthy,
    pytest.mark.xdist_group("spark"),
    pytest.mark.skipif(not has_spark(), reason="no Java, or no pyspark: script/setup spark"),
]


@pytest.fixture(scope="module")
def spark() -> Iterator[measures.Query]:
    """A Spark in this machine; it talks to itself over 127.0.0.1. Java compiles in a hurry: each query runs once."""
    logging.getLogger("py4j").setLevel(logging.WARNING)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        query = query_for("spark://local[1]")
    yield query
    query.stop()  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", STATEMENTS)
def test_every_definition_reads_in_sparks_dialect(name: str) -> None:
    statement = spark_sql(STATEMENTS[name])
    assert "SELECT" in statement
    assert statement == spark_sql(STATEMENTS[name])


def test_the_setting_chooses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HANDRAIL_ANALYTICS", raising=False)
    assert isinstance(query_for(), DuckDBQuery)
    monkeypatch.setenv("HANDRAIL_ANALYTICS", "abacus")
    with pytest.raises(UnknownAnalytics, match="abacus"):
        query_for()


def awkward() -> tuple[list[Act], list[int | None]]:
    """Unknown times, people, threads and channels, acts on oneself, equal moments."""
    acts = [
        Act(
            None if number % 11 == 0 else START + (number * 7_919 % 5_000_000) // 60 * 60_000_000,
            None if number % 29 == 0 else number * 13 % 7,
            None if number % 4 == 0 else number * 5 % 6,
            number % 4,
            None if number % 5 == 0 else number % 9,
            [None, True, False][number % 3],
            None if number % 7 == 0 else number % 4,
        )
        for number in range(400)
    ]
    return acts, [0, 1, None, 0, 2, 1, 1]


def generated() -> tuple[list[Act], list[int | None]]:
    """The demo's conversations: twelve weeks of sixty people."""
    cast = a_cast(60, seed=4, unit_size=6)
    table = pa.concat_tables(acts_of(cast, weeks=12, first=date(2025, 11, 3), seed=4))
    return logs.acts_of(table), [int(unit) if unit % 4 else None for unit in cast.units]


def exported(name: str) -> tuple[list[Act], list[int | None]]:
    """A real export; the units, which it lacks, are dealt out."""
    loaded = load([SHARED / name])
    matched = match(loaded)
    return logs.acts_of(matched.interactions), [number % 5 or None for number in range(len(matched.labels))]


def email() -> tuple[list[Act], list[int | None]]:
    arcs = np.loadtxt(SHARED / "email_eu_core" / "email-Eu-core.txt", dtype=np.int32)
    departments = np.loadtxt(SHARED / "email_eu_core" / "email-Eu-core-department-labels.txt", dtype=np.int32)
    return [Act(None, int(one), int(other), MENTION) for one, other in arcs], departments[:, 1].tolist()


class TestSpark:
    pytestmark = needs_spark

    @pytest.mark.parametrize("make", [awkward, generated])
    def test_agrees_with_duckdb_and_the_twins(self, spark: measures.Query, make: type) -> None:
        self.all_agree(spark, *make())

    @pytest.mark.shared
    @pytest.mark.skipif(not SHARED.exists(), reason="no shared data")
    @pytest.mark.parametrize("name", ["slack_houstondatavis", "slack_fixture_viewer", "mattermost"])
    def test_agrees_on_real_exports(self, spark: measures.Query, name: str) -> None:
        self.all_agree(spark, *exported(name))

    @pytest.mark.shared
    @pytest.mark.skipif(not SHARED.exists(), reason="no shared data")
    def test_agrees_on_email_eu_core(self, spark: measures.Query) -> None:
        acts, units = email()
        self.all_agree(spark, acts, units)
        network = measures.measure(log_of(acts, units), spark).network
        shares = [round(network[name], 4) for name in ("reciprocity", "two_way_share", "cross_unit_share")]
        assert shares == [0.7112, 0.5519, 0.6532]

    def test_what_one_person_sees_is_the_same(self, spark: measures.Query) -> None:
        acts, units = awkward()
        log = log_of(acts, units)
        here, there = (
            own.own(log, measures.measure(log, each, with_kernel=False), [0, 3, 6], OUTCOMES, each)
            for each in (HERE, spark)
        )
        assert list(here) == list(there) == [0, 3, 6]
        for person, found in here.items():
            assert there[person].months == found.months
            assert there[person].contacts == found.contacts
            assert there[person].served == found.served

    @pytest.mark.parametrize("window", [Window(), stored.WINDOW], ids=["all of it", "a window"])
    def test_it_reads_the_files_itself(self, spark: measures.Query, tmp_path: Path, window: Window) -> None:
        agree(filed(made(), tmp_path, window), spark)

    def test_an_empty_log_has_no_numbers_on_either(self, spark: measures.Query) -> None:
        log = prepare(logs.table_of([]), np.array([0, -1], dtype=np.int32))
        self.same_tables(*(measures.measure(log, query) for query in (HERE, spark)))

    def all_agree(self, spark: measures.Query, acts: list[Act], units: list[int | None]) -> None:
        log = log_of(acts, units)
        expected = reference.measure(acts, units)
        self.same_tables(*(assert_query_agrees(query, log, acts, units, expected) for query in (HERE, spark)))

    def same_tables(self, here: measures.Measures, there: measures.Measures) -> None:
        """To the last column: their names, and the numbers of the whole network."""
        assert there.people.column_names == here.people.column_names
        assert_same([there.network], [here.network])
