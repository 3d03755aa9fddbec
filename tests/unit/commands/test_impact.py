"""The contract of `handrail impact`: files in, files out, exit codes, and errors that name the place."""

import csv
import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from handrail.commands.main import main

Rows = list[tuple[object, ...]]
RESULT_KEYS = ["unit", "outcome", "effect", "low", "high", "absolute", "verdict", "reason", "naive"]


def panel_rows(*, dates: bool = False, lift: float = 0.4, units: int = 14, before: int = 40, after: int = 20) -> Rows:
    rng = np.random.default_rng(4)
    rows: Rows = []
    for period in range(before + after):
        for unit in range(units):
            mean = 80 * (1 + 0.3 * np.sin(period / 6)) * (1 + (lift if unit == 0 and period >= before else 0))
            when = date(2025, 1, 6) + timedelta(7 * period) if dates else period
            rows.append((f"team {unit:02d}", when, "replies", int(rng.poisson(mean))))
    return rows


def write(path: Path, header: str, rows: Rows) -> str:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(header.split(","))
        writer.writerows(rows)
    return str(path)


@pytest.fixture
def files(tmp_path: Path) -> Callable[..., tuple[str, str, str]]:
    def make(rows: Rows | None = None, starts: Rows | None = None) -> tuple[str, str, str]:
        panel = write(tmp_path / "panel.csv", "unit,period,outcome,value", rows or panel_rows())
        start = write(tmp_path / "starts.csv", "unit,start", starts or [("team 00", 40)])
        return panel, start, str(tmp_path / "result.json")

    return make


def test_result_has_exactly_the_promised_keys(files: Callable[..., tuple[str, str, str]]) -> None:
    panel, start, out = files(starts=[("team 00", 40), ("team 01", 40)])
    assert main(["impact", panel, "--start", start, "--out", out]) == 0
    result = json.loads(Path(out).read_text(encoding="utf-8"))
    assert list(result) == ["results", "pooled"]
    assert [list(row) for row in result["results"]] == [RESULT_KEYS, RESULT_KEYS]
    assert [list(row) for row in result["pooled"]] == [["outcome", "effect", "low", "high"]]
    first, second = result["results"]
    assert first["verdict"] == "rise"
    assert first["effect"] == pytest.approx(0.4, abs=0.12)
    assert first["low"] < first["effect"] < first["high"]
    assert second["verdict"] == "no_sign"
    assert second["low"] < 0 < second["high"]


def test_dates_numbers_csv_and_parquet_give_the_same(
    files: Callable[..., tuple[str, str, str]], tmp_path: Path
) -> None:
    panel, start, out = files()
    assert main(["impact", panel, "--start", start, "--out", out]) == 0
    expected = json.loads(Path(out).read_text(encoding="utf-8"))
    dated = panel_rows(dates=True)
    begins = str(date(2025, 1, 6) + timedelta(7 * 40))
    panel, start, out = files(dated, [("team 00", begins)])
    assert main(["impact", panel, "--start", start, "--out", out]) == 0
    assert json.loads(Path(out).read_text(encoding="utf-8")) == expected
    columns = dict(zip(("unit", "period", "outcome", "value"), zip(*dated, strict=True), strict=True))
    parquet.write_table(pa.table({k: list(v) for k, v in columns.items()}), tmp_path / "panel.parquet")
    parquet.write_table(pa.table({"unit": ["team 00"], "start": [date.fromisoformat(begins)]}), tmp_path / "s.parquet")
    tables = [str(tmp_path / "panel.parquet"), "--start", str(tmp_path / "s.parquet")]
    assert main(["impact", *tables, "--out", out]) == 0
    assert json.loads(Path(out).read_text(encoding="utf-8")) == expected


def test_too_few_data_are_a_result_not_a_failure(files: Callable[..., tuple[str, str, str]]) -> None:
    few = panel_rows(units=3)
    panel, start, out = files([*few, *((unit, period, "views", 1) for unit, period, *_ in few)])
    page = Path(out).with_suffix(".html")
    assert main(["impact", panel, "--start", start, "--out", out, "--report", str(page)]) == 0
    assert 'class="mark"' not in page.read_text(encoding="utf-8")
    row = json.loads(Path(out).read_text(encoding="utf-8"))["results"][0]
    assert row["verdict"] == "not_enough_data"
    assert row["effect"] is row["low"] is row["high"] is row["absolute"] is None
    assert row["naive"] == pytest.approx(0.4, abs=0.25)
    assert "units without a leader" in row["reason"]


@pytest.mark.slow
@pytest.mark.parametrize("method", ["did", "sc", "sdid"])
def test_comparison_methods_give_the_published_figure(files: Callable[..., tuple[str, str, str]], method: str) -> None:
    rows = panel_rows(lift=0.5, units=8)
    after = np.mean([row[3] for row in rows if row[0] == "team 00" and row[1] in range(40, 60)])  # type: ignore[arg-type]
    panel, start, out = files(rows)
    assert main(["impact", panel, "--start", start, "--out", out, "--method", method]) == 0
    row = json.loads(Path(out).read_text(encoding="utf-8"))["results"][0]
    assert list(row) == RESULT_KEYS
    assert row["effect"] == pytest.approx(0.5, abs=0.15)
    assert row["absolute"] / (after - row["absolute"]) == pytest.approx(row["effect"])


def test_did_of_two_units_and_two_periods_is_the_difference_of_differences(
    files: Callable[..., tuple[str, str, str]],
) -> None:
    rows: Rows = [("NJ", 1, "fte", 20.44), ("NJ", 2, "fte", 21.03), ("PA", 1, "fte", 23.33), ("PA", 2, "fte", 21.17)]
    panel, start, out = files(rows, [("NJ", 2)])
    assert main(["impact", panel, "--start", start, "--out", out, "--method", "did"]) == 0
    row = json.loads(Path(out).read_text(encoding="utf-8"))["results"][0]
    assert row["absolute"] == pytest.approx(2.75)
    assert row["low"] is None


def test_what_a_comparison_method_cannot_answer_is_said(files: Callable[..., tuple[str, str, str]]) -> None:
    rows: Rows = [(unit, period, "hours", period * 2) for unit in "ABCE" for period in range(1, 7)]
    rows[6 + 4] = ("B", 5, "hours", "")
    rows += [(unit, period, "calls", period) for unit in "ABCE" for period in range(1, 7) if (unit, period) != ("E", 2)]
    panel, start, out = files(rows, [("A", 4), ("B", 4), ("C", 1)])
    page = Path(out).with_suffix(".html")
    command = ["impact", panel, "--start", start, "--out", out, "--method", "did", "--report", str(page)]
    assert main(command) == 0
    told = {
        (row["unit"], row["outcome"]): (row["verdict"], row["reason"])
        for row in json.loads(Path(out).read_text(encoding="utf-8"))["results"]
    }
    assert "too few comparison units for an interval" in told["A", "hours"][1]
    assert "a period of the unit is missing" in told["B", "hours"][1]
    assert "the start lies outside" in told["C", "hours"][1]
    assert "no unit without a leader has all periods" in told["A", "calls"][1]
    assert {verdict for verdict, _ in told.values()} == {"not_enough_data"}
    text = page.read_text(encoding="utf-8")
    assert ">A, hours</text>" in text
    assert 'class="interval"' not in text


@pytest.mark.slow
def test_the_report_is_one_file_with_pictures_tables_and_the_naive_figure(
    files: Callable[..., tuple[str, str, str]], tmp_path: Path
) -> None:
    panel, start, out = files(starts=[("team 00", 40), ("team <1>", 40)], rows=[
        *[row for row in panel_rows() if row[:2] not in (("team 00", 20), ("team 00", 50))],
        *[("team <1>", period, "replies", 70 + period % 7) for period in range(60)],
        *[("a new team", period, "replies", 9) for period in range(50, 60)],
    ])  # fmt: skip
    page = tmp_path / "report.html"
    assert main(["impact", panel, "--start", start, "--report", str(page), "--out", out]) == 0
    text = page.read_text(encoding="utf-8")
    assert text.count("<svg") >= 3
    assert 'class="band"' in text
    assert text.count('class="faint"') >= 10
    assert "naive before/after" in text
    assert "Units not compared with" in text
    assert "a new team" in text
    assert "team &lt;1&gt;" in text
    assert "<1>" not in text
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")
    assert "nan" not in text


FAULTS = [
    ("unit,period,outcome,value\na,1,m,2\na,1,m,3\n", ["line 3", "already in line 2"]),
    ("unit,period,outcome,value\na,1,m,2\na,soon,m,3\n", ["line 3", "“period”", "soon"]),
    ("unit,period,outcome,value\na,1,m,2\na,2026-01-01,m,3\n", ["line 3", "another kind"]),
    ("unit,period,outcome,value\na,1,m,lots\n", ["line 2", "“value”", "lots"]),
    ("unit,period,outcome,value\na,1,m,inf\n", ["line 2", "“value”", "finite"]),
    ("unit,period,outcome,value\n,1,m,3\n", ["line 2", "“unit”", "empty"]),
    ("unit,period,value\na,1,3\n", ["outcome", "missing"]),
]


@pytest.mark.parametrize(("text", "said"), FAULTS)
def test_faulty_panels_name_line_and_column(
    files: Callable[..., tuple[str, str, str]], capsys: pytest.CaptureFixture[str], text: str, said: list[str]
) -> None:
    panel, start, out = files()
    Path(panel).write_text(text, encoding="utf-8")
    assert main(["impact", panel, "--start", start, "--out", out]) == 2
    told = capsys.readouterr().err
    for words in ["panel.csv", *said]:
        assert words in told
    assert not Path(out).exists()


@pytest.mark.parametrize(
    ("starts", "said"),
    [
        ([("team 00", 40), ("nobody", 40)], ["line 3", "nobody", "not in the panel"]),
        ([("TEAM 00", 40)], ["line 2", "did you mean “team 00”"]),
        ([("team 00", 40), ("team 00", 40)], ["line 3", "already in line 2"]),
        ([("team 00", "2026-01-01")], ["line 2", "whole numbers"]),
    ],
)
def test_faulty_starts_are_named(
    files: Callable[..., tuple[str, str, str]], capsys: pytest.CaptureFixture[str], starts: Rows, said: list[str]
) -> None:
    panel, start, out = files(starts=starts)
    assert main(["impact", panel, "--start", start, "--out", out]) == 2
    told = capsys.readouterr().err
    for words in ["starts.csv", *said]:
        assert words in told
    assert not Path(out).exists()


def test_empty_tables_are_exit_one(files: Callable[..., tuple[str, str, str]]) -> None:
    panel, start, out = files()
    Path(start).write_text("unit,start\n", encoding="utf-8")
    assert main(["impact", panel, "--start", start, "--out", out]) == 1
    Path(panel).write_text("unit,period,outcome,value\n", encoding="utf-8")
    assert main(["impact", panel, "--start", start, "--out", out]) == 1
    assert not Path(out).exists()


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["PANEL"],
        ["PANEL", "--start", "START"],
        ["PANEL", "extra", "--start", "START", "--out", "OUT"],
        ["PANEL", "--start", "START", "--out", "OUT", "--horizon", "0"],
        ["-", "--start", "-", "--out", "OUT"],
        ["PANEL", "--start", "START", "--out", "OUT", "--plan", "absent.json"],
        ["PANEL", "--start", "START", "--out", "OUT", "--plan", "PANEL"],
        ["absent.csv", "--start", "START", "--out", "OUT"],
        ["PANEL", "--start", "START", "--out", "/no/such/folder/result.json"],
        ["plan", "PANEL"],
        ["plan", "--units", "2", "--weeks", "4"],
        ["simulate", "PANEL"],
        ["simulate", "--runs", "0"],
        ["simulate", "--lift", "-1"],
    ],
)
def test_wrong_use_is_exit_two(files: Callable[..., tuple[str, str, str]], words: list[str]) -> None:
    panel, start, out = files()
    named = {"PANEL": panel, "START": start, "OUT": out}
    assert main(["impact", *(named.get(word, word) for word in words)]) == 2


def test_events_and_neighbours_are_read(files: Callable[..., tuple[str, str, str]], tmp_path: Path) -> None:
    panel, start, out = files()
    events = write(tmp_path / "events.csv", "unit,period,what", [("team 00", 41, "a merger"), ("", 3, "new year")])
    near = write(tmp_path / "near.csv", "unit,neighbour", [("team 03", "team 00")])
    options = ["--events", events, "--neighbours", near]
    assert main(["impact", panel, "--start", start, "--out", out, *options]) == 0
    row = json.loads(Path(out).read_text(encoding="utf-8"))["results"][0]
    assert row["verdict"] == "not_enough_data"
    assert "a merger" in row["reason"]
    Path(events).write_text("unit,period\nteam 00,2026-01-01\n", encoding="utf-8")
    assert main(["impact", panel, "--start", start, "--out", out, "--events", events]) == 2


def test_absent_rows_are_missing_unless_said_to_be_zero(files: Callable[..., tuple[str, str, str]]) -> None:
    rows = [row for row in panel_rows() if not (row[0] == "team 00" and isinstance(row[1], int) and row[1] >= 50)]
    panel, start, out = files(rows)
    found = []
    for more in ([], ["--absent-is-zero"]):
        assert main(["impact", panel, "--start", start, "--out", out, *more]) == 0
        found.append(json.loads(Path(out).read_text(encoding="utf-8"))["results"][0])
    assert found[0]["effect"] == pytest.approx(0.4, abs=0.15)
    assert found[1]["naive"] < 0


@pytest.mark.slow
def test_plan_prints_a_table_or_json_and_freezes(
    files: Callable[..., tuple[str, str, str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    panel, start, _ = files()
    frozen = str(tmp_path / "plan.json")
    assert main(["impact", "plan", panel, "--units", "4", "--weeks", "20", "--blocks", "2", "--freeze", frozen]) == 0
    assert "four times in five" in capsys.readouterr().out
    assert main(["impact", "plan", panel, "--units", "4", "--weeks", "20", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    asked = [s for s in told["sights"] if (s["units"], s["weeks"]) == (4, 20)]
    assert 0 < asked[0]["together"] < asked[0]["alone"]
    page = str(tmp_path / "report.html")
    assert main(["impact", panel, "--start", start, "--report", page, "--plan", frozen]) == 0
    report = Path(page).read_text(encoding="utf-8")
    assert "planned but not there" in report
    assert "how the effect came about" in report
    assert "Periods looked at after each start: all there are, not 20" in report
    assert main(["impact", "plan", frozen]) == 0
    assert "not changed since" in capsys.readouterr().out
    changed = Path(frozen).read_text(encoding="utf-8").replace('"weeks": 20', '"weeks": 21', 1)
    Path(frozen).write_text(changed, encoding="utf-8")
    assert main(["impact", panel, "--start", start, "--report", page, "--plan", frozen]) == 2
    assert main(["impact", "plan", frozen]) == 2
    assert "was changed after it was frozen" in capsys.readouterr().err
    assert main(["impact", "plan", panel, "--units", "13", "--weeks", "20"]) == 1


@pytest.mark.slow
def test_a_report_says_what_was_planned_and_what_was_done_otherwise(
    files: Callable[..., tuple[str, str, str]], tmp_path: Path
) -> None:
    panel, start, _ = files()
    frozen, page = str(tmp_path / "plan.json"), str(tmp_path / "report.html")
    ready = write(tmp_path / "ready.csv", "unit", [(f"team {n:02d}",) for n in (1, 4, 7)])
    asked = ["impact", "plan", panel, "--units", "4", "--weeks", "16", "--blocks", "2", "--freeze", frozen]
    assert main([*asked, "--among", ready]) == 0
    turns = json.loads(Path(frozen).read_text(encoding="utf-8"))["turns"]
    assert {turn["unit"] for turn in turns} == {"team 01", "team 04", "team 07"}
    as_planned: Rows = [(turn["unit"], 40 + turn["after"]) for turn in turns]
    start = write(tmp_path / "starts.csv", "unit,start", as_planned)
    kept = ["impact", panel, "--start", start, "--report", page, "--plan", frozen, "--horizon", "16"]
    assert main(kept) == 0
    report = Path(page).read_text(encoding="utf-8")
    assert "To judge by “replies” first." in report
    assert "3 units to start, in 2 turns." in report
    assert "Nothing was done otherwise than planned." in report
    last = max(turns, key=lambda turn: turn["after"])["unit"]
    moved: Rows = [(unit, 47 if unit == last else begin) for unit, begin in as_planned]
    write(tmp_path / "starts.csv", "unit,start", moved)
    holidays = write(tmp_path / "holidays.csv", "first,last,what", [(20, 21, "Christmas"), (30, "", "Strike")])
    assert main([*kept, "--method", "did", "--holidays", holidays]) == 0
    report = Path(page).read_text(encoding="utf-8")
    assert f"“{last}” was to start 4 periods after the first, and started 7 after it." in report
    assert "The method is “did”, not “handrail”." in report
    assert "Holidays are left out, though the plan named none." in report
    assert "Periods left out for everybody</h2><p>20, 21, 30</p>" in report
    write(tmp_path / "holidays.csv", "first,last,what", [(21, 20, "Christmas")])
    assert main([*kept, "--holidays", holidays]) == 2
    write(tmp_path / "ready.csv", "unit", [("team 99",)])
    assert main([*asked, "--among", ready]) == 2


def test_simulate_prints_a_table_or_json(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["impact", "simulate", "--scenario", "A4", "--lift", "0.1", "--runs", "4"]
    assert main(words) == 0
    assert "naive 95 % intervals that hold" in capsys.readouterr().out
    assert main([*words, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["scenario"], told["lift"], told["runs"]) == ("A4", 0.1, 4)
    assert 0 <= told["covered_or_refused"] <= 1
