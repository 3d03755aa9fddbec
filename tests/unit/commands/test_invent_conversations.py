"""Invented conversations from the command line: of the size asked for, the same again, and readable by the engine."""

import csv
from pathlib import Path

import pyarrow.parquet as parquet
import pytest

from handrail.commands.main import main


def invent(path: Path, *more: str) -> int:
    return main(["invent-conversations", str(path), "--acts", "4000", "--persons", "120", "--weeks", "10", *more])


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_a_log_of_about_the_size_asked_for_that_the_engine_measures(
    tmp_path: Path, ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    log, people, out = tmp_path / f"log.{ending}", tmp_path / "people.csv", tmp_path / "measures.csv"
    assert invent(log, "--people", str(people)) == 0
    said = capsys.readouterr().out
    count = int(said.split()[0].replace(",", ""))
    assert 3_700 < count < 4_300
    assert main(["participation", str(log), "--people", str(people), "--out", str(out)]) == 0
    with out.open() as table:
        rows = list(csv.DictReader(table))
    assert len(rows) == 120
    assert {row["unit"] for row in rows} == {f"unit {number}" for number in range(6)}
    assert sum(int(row[name]) for row in rows for name in ("posts", "replies_given", "reactions_given")) == count


@pytest.mark.slow
def test_the_same_seed_gives_the_same_log_and_another_another(tmp_path: Path) -> None:
    made = []
    for name, seed in (("a", "5"), ("b", "5"), ("c", "6")):
        assert invent(tmp_path / f"{name}.parquet", "--seed", seed) == 0
        made.append(parquet.read_table(tmp_path / f"{name}.parquet"))
    assert made[0].equals(made[1])
    assert not made[0].equals(made[2])
    at = made[0]["at"].to_pylist()
    assert at == sorted(at)


@pytest.mark.parametrize("wrong", ["--acts 0", "--weeks -3", "--start Monday", "--start 9999-12-01"])
def test_what_cannot_be_made_is_said_and_nothing_left(
    tmp_path: Path, wrong: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert invent(tmp_path / "log.csv", *wrong.split()) == 2
    assert "write a date" in (said := capsys.readouterr().err) or "whole numbers" in said
    assert list(tmp_path.iterdir()) == []
