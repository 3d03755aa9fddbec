"""`handrail participation` end to end, as its contract in the design says."""

import csv
import io
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from handrail.commands.main import main
from handrail.commands.participation import COLUMNS
from tests.unit.formats.interactions import exports

LOG = """at,source,target,kind,channel,thread,outside
2026-01-05T09:00:00,ann,,post,general,t1,0
2026-01-05T10:00:00,ben,ann,reply,general,t1,0
2026-01-13T10:00:00,ann,ben,reply,general,t1,0
2026-01-13T11:00:00,cat,ann,reaction,general,t1,0
2026-02-01T00:00:00,ann,cat,mention,general,,1
2026-01-14T11:00:00,ann,ann,reply,general,t1,0
"""
PEOPLE = "person,unit\nann,Housing\nben,Housing\ncat,Roads\ndan,Roads\n"
HEADER = (
    "person,unit,posts,replies_given,replies_received,reactions_given,reactions_received,reached,heard_from,two_way,"
    "two_way_share,reciprocity,cross_unit_share,threads_answered_share,active_weeks,pattern"
)
Run = Callable[..., dict[str, dict[str, str]]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def go(export: Path | str, *options: str) -> dict[str, dict[str, str]]:
        out = tmp_path / "measures.csv"
        assert main(["participation", str(export), "--out", str(out), *options]) == 0
        assert out.read_text().splitlines()[0] == HEADER
        with out.open(newline="") as source:
            return {row["person"]: row for row in csv.DictReader(source)}

    return go


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "log.csv"
    path.write_text(LOG)
    return path


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE)
    return path


def test_week_by_week_and_where_people_stand_in_the_network(run: Run, log: Path, tmp_path: Path) -> None:
    weeks, network = tmp_path / "weeks.csv", tmp_path / "network.csv"
    run(log, "--weeks", str(weeks), "--network", str(network))
    rows = list(csv.DictReader(weeks.open(newline="")))
    assert [row["week"] for row in rows if row["person"] == "ann"] == ["2026-01-05", "2026-01-12", "2026-01-26"]
    assert [row["replies_given"] for row in rows if row["person"] == "ben"] == ["1", "0"]
    stand = {row["person"]: row for row in csv.DictReader(network.open(newline=""))}
    assert {name: row["mutual_ties"] for name, row in stand.items()} == {"ann": "2", "ben": "1", "cat": "1"}
    assert (stand["ann"]["core"], stand["ann"]["constraint"], stand["ben"]["constraint"]) == ("1", "0.5", "1.0")
    assert stand["ann"]["community"] == stand["ben"]["community"]
    assert sum(float(row["rank"]) for row in stand.values()) == pytest.approx(1)


def test_cut_offs_of_patterns_are_a_setting(
    run: Run, log: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    usual = run(log)["cat"]["pattern"]
    monkeypatch.setenv("HANDRAIL_PATTERNS", "acts_a_fortnight=40")
    assert usual != run(log)["cat"]["pattern"]
    assert run(log)["cat"]["pattern"].startswith("observer:1.00")
    for wrong in ("much_more=1", "loud=3", "sharpness", "sharpness=0"):
        monkeypatch.setenv("HANDRAIL_PATTERNS", wrong)
        assert main(["participation", str(log), "--out", str(tmp_path / "no.csv")]) == 2
        assert "cannot be read. Write it as" in capsys.readouterr().err


def test_the_columns_are_the_contract() -> None:
    assert ",".join(COLUMNS) == HEADER


def test_measures_by_hand(run: Run, log: Path, people: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = run(log, "--people", str(people))
    assert list(rows) == ["ann", "ben", "cat", "dan"]
    pattern = rows["ann"].pop("pattern")
    assert rows["ann"] == dict(
        zip(
            COLUMNS[:-1],
            ["ann", "Housing", "1", "1", "1", "0", "1", "2", "2", "2", "1.0", "1.0", "0.5", "1.0", "3"],
            strict=True,
        )
    )
    assert sum(float(part.split(":")[1]) for part in pattern.split(";")) == pytest.approx(1)
    assert (rows["dan"]["unit"], rows["dan"]["posts"], rows["dan"]["two_way_share"]) == ("Roads", "0", "")
    assert rows["dan"]["pattern"] == "observer:1.00"
    said = capsys.readouterr().out
    assert "1 replies to oneself" in said
    assert "Edge reciprocity    1.0000" in said
    assert "careful with posts" in said


def test_whoever_may_be_a_member_is_asked_about(
    run: Run, log: Path, people: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log.write_text("source,target,kind\nann.rees@a.example,,post\n")
    people.write_text("person,unit\nann.rees@b.example,Housing\n")
    run(log, "--people", str(people))
    assert "1 may be members, for example “ann.rees@a.example” = “ann.rees@b.example”" in capsys.readouterr().out


def test_the_end_is_not_included(run: Run, log: Path) -> None:
    rows = run(log, "--start", "2026-01-13", "--end", "2026-02-01")
    assert (rows["ann"]["posts"], rows["ann"]["replies_given"], rows["ann"]["reached"]) == ("0", "1", "1")
    later = run(log, "--start", "2026-01-13", "--end", "2026-02-02")
    assert later["ann"]["reached"] == "2"


def test_standard_output(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["participation", str(log), "--out", "-"]) == 0
    printed = capsys.readouterr()
    assert printed.out.startswith(HEADER)
    assert "Edge reciprocity" in printed.err


def test_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(LOG.encode())))
    assert run("-")["ann"]["posts"] == "1"


def test_the_report_is_one_file_that_names_nobody(run: Run, tmp_path: Path, log: Path, people: Path) -> None:
    report = tmp_path / "report.html"
    run(log, "--people", str(people), "--report", str(report))
    page = report.read_text()
    assert page.startswith("<!doctype html>")
    assert page.count("<svg") >= 3
    assert page.count("<table") > page.count("<svg") - 1
    for absent in ("http", "<script", "ann", "Housing"):
        assert absent not in page


def test_a_slack_zip_with_addresses_matched(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people = tmp_path / "people.csv"
    people.write_text("person,unit\nAnn@Example.org,Housing\n")
    report = tmp_path / "report.html"
    export = exports.as_zip(tmp_path / "slack.zip", exports.slack())
    rows = run(export, "--people", str(people), "--report", str(report))
    assert rows["Ann@Example.org"]["replies_received"] == "2"
    assert set(rows) == {"Ann@Example.org", "U2", "U3"}
    printed = capsys.readouterr()
    assert "general/2026-01-06.json, record 2" in printed.err
    everything = printed.out + printed.err + report.read_text() + str(rows)
    assert exports.SECRET not in everything


def test_what_one_persons_archive_cannot_tell_is_empty(run: Run, tmp_path: Path) -> None:
    report = tmp_path / "report.html"
    rows = run(exports.as_tar(tmp_path / "mastodon.tar.gz", exports.mastodon()), "--report", str(report))
    assert report.read_text().count("ot measurable from this source") >= 2
    assert "went both ways" not in report.read_text()
    (row,) = rows.values()
    assert (row["posts"], row["replies_given"], row["reached"]) == ("2", "1", "3")
    empty = (
        "replies_received",
        "reactions_received",
        "heard_from",
        "two_way",
        "two_way_share",
        "reciprocity",
        "pattern",
    )
    assert [row[name] for name in empty] == [""] * len(empty)


def test_units_of_ten_are_shown_and_smaller_ones_not(run: Run, tmp_path: Path, people: Path) -> None:
    names = {"Large": 12, "Other": 10, "Tiny": 3}
    members = [(f"{unit.lower()}{number}", unit) for unit, size in names.items() for number in range(size)]
    people.write_text("person,unit\n" + "".join(f"{name},{unit}\n" for name, unit in members))
    log = tmp_path / "log.csv"
    rows = [f",{one},{other},reply\n" for (one, _), (other, _) in pairwise(members)]
    log.write_text("at,source,target,kind\n" + "".join(rows))
    report = tmp_path / "report.html"
    run(log, "--people", str(people), "--report", str(report))
    page = report.read_text()
    assert "Large" in page
    assert "Tiny" not in page
    assert "1 smaller units are not shown" in page


@pytest.mark.parametrize(
    ("text", "options", "code", "says"),
    [
        ("source,target,kind\n", [], 1, "nothing to measure"),
        ("source,target,kind\nann,ben,shout\n", ["--skip-broken"], 1, "Left out: 1 broken"),
        (LOG, ["--start", "2027-01-01"], 1, "outside the dates"),
        (LOG, ["--start", "soon"], 2, "2026-01-31"),
        (LOG, ["--start", "2026-02-01", "--end", "2026-01-01"], 2, "not before"),
        (LOG + "x,ann,ben,reply,,,\n", [], 2, "line 8, column “at”"),
        (LOG + ",ann,ben,shout,,,\n,,,,\n", [], 2, "line 8, column “kind”"),
        ("source,kind\nann,post\n", [], 2, "“target” is missing"),
        (LOG, ["--people", "nowhere.csv"], 2, "nowhere.csv"),
        (LOG, ["--report", "no/such/folder/report.html"], 2, "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, options: list[str], code: int, says: str
) -> None:
    path = tmp_path / "log.csv"
    path.write_text(text)
    out = tmp_path / "measures.csv"
    assert main(["participation", str(path), "--out", str(out), *options]) == code
    assert says in capsys.readouterr().err
    assert [found.name for found in tmp_path.iterdir()] == ["log.csv"]


@pytest.mark.parametrize(
    ("text", "says"),
    [("person,unit\n,x\n", "line 2, column “person”"), ("person,unit\na,x\na,y\n", "two units"), ("name\n", "missing")],
)
def test_a_faulty_list_of_people(
    tmp_path: Path, log: Path, capsys: pytest.CaptureFixture[str], text: str, says: str
) -> None:
    people = tmp_path / "people.csv"
    people.write_text(text)
    assert main(["participation", str(log), "--people", str(people), "--out", str(tmp_path / "m.csv")]) == 2
    assert says in capsys.readouterr().err


def test_faulty_rows_can_be_left_out(run: Run, log: Path) -> None:
    log.write_text(LOG + ",ann,ben,shout,,,\n")
    assert run(log, "--skip-broken")["ann"]["posts"] == "1"


def test_an_unknown_analytics_setting_is_said(
    log: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HANDRAIL_ANALYTICS", "abacus")
    assert main(["participation", str(log), "--out", "-"]) == 2
    assert "duckdb or spark" in capsys.readouterr().err


def test_a_refused_archive_is_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = exports.as_zip(tmp_path / "a.zip", {"../x": "x"})
    assert main(["participation", str(path), "--out", "-"]) == 2
    assert "outside the archive" in capsys.readouterr().err
