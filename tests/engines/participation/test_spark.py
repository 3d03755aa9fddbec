"""The same SQL on Spark gives the same numbers. Needs pyspark and Java; skipped without them."""

import shutil

import pytest

from handrail.compute.analytics import DuckDBQuery, UnknownAnalytics, query_for, spark_sql
from handrail.engines.participation import definitions, measures
from handrail.engines.participation.reference import Act
from tests.engines.participation.logs import START, log_of

ALL = ("COUNTS", "SHARES", "NETWORK", "WEEKS", "UNITS", "HEALTH")


@pytest.mark.parametrize("name", ALL)
def test_every_definition_reads_in_sparks_dialect(name: str) -> None:
    statement = spark_sql(getattr(definitions, name))
    assert "SELECT" in statement
    assert statement == spark_sql(getattr(definitions, name))


def test_the_setting_chooses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HANDRAIL_ANALYTICS", raising=False)
    assert isinstance(query_for(), DuckDBQuery)
    monkeypatch.setenv("HANDRAIL_ANALYTICS", "abacus")
    with pytest.raises(UnknownAnalytics, match="abacus"):
        query_for()


@pytest.mark.long
@pytest.mark.slow
def test_spark_agrees_with_duckdb(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyspark")
    if shutil.which("java") is None:
        pytest.skip("no Java")
    query = query_for("spark://local[1]")
    acts = [
        Act(
            None if number % 11 == 0 else START + (number * 7_919 % 5_000_000) * 1_000_000,
            None if number % 29 == 0 else number * 13 % 7,
            None if number % 4 == 0 else number * 5 % 6,
            number % 4,
            None if number % 5 == 0 else number % 9,
            [None, True, False][number % 3],
        )
        for number in range(400)
    ]
    units = [0, 1, None, 0, 2, 1, 1]
    log = log_of(acts, units)
    here = DuckDBQuery()
    one, other = (measures.measure(log, each, with_kernel=False) for each in (here, query))
    try:
        assert_tables(one.people.to_pylist(), other.people.to_pylist())
        assert_tables([one.network], [other.network])
        for which in (measures.weeks, measures.units, measures.health):
            assert_tables(which(log, here).to_pylist(), which(log, query).to_pylist())
    finally:
        query.stop()  # type: ignore[attr-defined]


def assert_tables(one: list[dict[str, object]], other: list[dict[str, object]]) -> None:
    assert len(one) == len(other)
    for left, right in zip(one, other, strict=True):
        for name, value in left.items():
            assert right[name] == (None if value is None else pytest.approx(value, rel=1e-9)), name
