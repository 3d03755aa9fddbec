"""`handrail match LEADERS MENTORS`: rules, guesses, report, contradictions, and errors that name the line."""

import json
import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path

import pytest

from handrail.commands.main import main
from handrail.commands.match_rules import read_rules

LEADERS = "name,unit,languages,rather not,mentor today\nAnn,HR,en,,Tom\nBob,IT,en;fr,Mia,\nCy,IT,it,,\n"
MENTORS = "name,unit,languages,places\nMia,HR,en,1\nTom,IT,fr;en,1\nUna,IT,de,\n"
RULES = """
objective = "total"
[leaders]
existing = "mentor today"
[[criteria]]
reason = "the same <unit>"
test = "same"
points = 10
leader = "unit"
mentor = "unit"
[[rules]]
name = "a common language"
kind = "share"
leader = "languages"
mentor = "languages"
[[rules]]
name = "ruled out by a preference"
kind = "unwanted"
leader = "rather not"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("leaders.csv", LEADERS), ("mentors.csv", MENTORS), ("rules.toml", RULES)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def match(folder: Path, *more: str, rules: bool = True) -> int:
    tables = [str(folder / "leaders.csv"), str(folder / "mentors.csv")]
    ruled = ["--rules", str(folder / "rules.toml")] if rules else []
    return main(["match", *tables, *ruled, *more])


def outputs(folder: Path) -> list[str]:
    return [
        "--out", str(folder / "pairs.csv"), "--json", str(folder / "result.json"),
        "--explain", str(folder / "report.html"),
    ]  # fmt: skip


class Outside(HTMLParser):
    """Collects what a page would load from elsewhere, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.loads += [str(value) for name, value in attrs if name in ("src", "href")]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_people_with_rules(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert match(folder, *outputs(folder)) == 0
    assert (folder / "pairs.csv").read_text() == "leader,mentor,points\nAnn,Mia,10\nBob,Tom,10\n"
    document = json.loads((folder / "result.json").read_text())
    assert (document["paired"], document["unpaired"], document["certified"]) == (2, ["Cy"], True)
    assert "Guessed" in capsys.readouterr().err
    assert match(folder, "--verify", str(folder / "pairs.csv"), str(folder / "result.json")) == 0
    (folder / "leaders.csv").write_text(LEADERS.replace("Ann,HR", "Ann,IT"))
    assert match(folder, "--verify", str(folder / "pairs.csv"), str(folder / "result.json")) == 1


def test_the_report_stands_alone_and_explains(folder: Path) -> None:
    assert match(folder, *outputs(folder)) == 0
    page = Outside()
    page.feed((folder / "report.html").read_text(encoding="utf-8"))
    assert page.loads == []
    assert "the same <unit>: +10" in page.text
    assert "a common language: rules out 5 of 9 pairs" in page.text
    assert "“de” added to languages (then Una could)" in page.text
    assert "rather not" not in page.text


def test_the_report_of_a_scores_table(folder: Path) -> None:
    (folder / "scores.csv").write_text(
        "leader,mentor,points\nA,a,3\nB,b,5\n"
        + "".join(f"A,{m},{4 + n}\n{m},{m},{4 + n}\n" for n, m in enumerate("cdefg"))
    )
    page = str(folder / "report.html")
    arguments = ["match", "--scores", str(folder / "scores.csv"), "--out", str(folder / "p.csv"), "--explain", page]
    assert main(arguments) == 0
    text = Path(page).read_text(encoding="utf-8")
    assert "points of the table: +3" in text
    assert "g (+5), with g: somebody would go without, or fall below today’s worst-off" in text
    assert "and 2 more" in text


def test_a_quota_is_kept_and_verifies(folder: Path) -> None:
    quota = """[[quotas]]
name = "at most one pair inside IT"
high = 1
leader = "unit"
leader_is = "IT"
mentor = "unit"
mentor_is = "IT"
"""
    (folder / "leaders.csv").write_text("name,unit\nAnn,IT\nBob,IT\nCy,IT\n")
    (folder / "mentors.csv").write_text("name,unit,places now\nMia,IT,2\nTom,IT,1\nUna,HR,1\n")
    (folder / "rules.toml").write_text(
        '[mentors]\nplaces = "places now"\n' + RULES.split("[[rules]]")[0].split('today"')[1] + quota
    )
    assert match(folder, *outputs(folder)) == 0
    result = json.loads((folder / "result.json").read_text())
    assert (result["paired"], result["total"]) == (2, 10)
    assert match(folder, "--verify", str(folder / "pairs.csv"), str(folder / "result.json")) == 0


def test_guesses_without_rules(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "leaders.csv").write_text("first name,last name,unit\nAnn,A,HR\nBob,B,IT\nCy,C,IT\n")
    (folder / "mentors.csv").write_text("who,unit\nMia,HR\nTom,IT\n")
    assert match(folder, "--out", str(folder / "pairs.csv"), rules=False) == 0
    said = capsys.readouterr().err
    assert "the name is in “first name last name”" in said
    assert "the name is in “who”" in said
    assert "10 points for the same “unit”" in said


def test_fixed_pairs_are_in_the_file_and_verify(folder: Path) -> None:
    (folder / "rules.toml").write_text('fixed = [["Cy", "Una"]]\n')
    assert match(folder, *outputs(folder)) == 0
    assert "Cy,Una,10\n" in (folder / "pairs.csv").read_text()
    assert json.loads((folder / "result.json").read_text())["fixed"] == [["Cy", "Una"]]
    assert match(folder, "--verify", str(folder / "pairs.csv"), str(folder / "result.json")) == 0
    assert "Cy and Una are fixed together" in (folder / "report.html").read_text(encoding="utf-8")


def test_the_smallest_contradicting_set_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "rules.toml").write_text('fixed = [["Cy", "Una"]]\n' + RULES)
    assert match(folder, *outputs(folder)) == 1
    said = capsys.readouterr().err
    assert "Cy and Una are fixed; the rule “a common language”. No fewer contradict each other." in said
    assert not (folder / "pairs.csv").exists()


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        (
            "leaders.csv",
            "name,mentor today\nAnn,\nann,\n",
            "leaders.csv, line 3, column “name”: ann is already on line 2",
        ),
        ("leaders.csv", "name,mentor today\nAnn,\n\n ,\n", "leaders.csv, line 4, column “name”: is empty"),
        ("mentors.csv", "name,places\nMia,-2\n", "mentors.csv, line 2, column “places”: -2 is not between"),
        ("mentors.csv", "name,places\nMia,two\n", "line 2, column “places”: “two” is not a whole number"),
        ("leaders.csv", "name,unit\nAnn,HR\n", "the column “mentor today” is missing"),
        ("rules.toml", "objective = \n", "is not TOML"),
        ("rules.toml", "objective = 'best'\n", "rules.toml, line 1: “best” is not an objective"),
        ("rules.toml", "weights = 3\n", "rules.toml, line 1: “weights” is not known in the file"),
        ("rules.toml", "[leaders]\nnmae = 'x'\n", "line 2: “nmae” is not known in [leaders]"),
        ("rules.toml", "[leaders]\nname = 3\n", "the columns in [leaders] are texts"),
        ("rules.toml", "leaders = 3\n", "begin it with [leaders]"),
        ("rules.toml", "[leaders]\nname = 'nobody'\n", "leaders.csv, line 1: the column “nobody” is missing"),
        ("rules.toml", "criteria = 3\n", "begin each with [[criteria]]"),
        ("rules.toml", "\n[[criteria]]\nreason = 'x'\ntest = 'same'\n", "line 2: [[criteria]] number 1 lacks “points"),
        ("rules.toml", "[[criteria]]\nreason = 'x'\ntest = 'same'\npoints = 1.5\n", "line 4: “points” in"),
        ("rules.toml", "[[criteria]]\nreason = 'x'\ntest = \"some\"\npoints = 1\n", "line 3: “some” is not a test"),
        ("rules.toml", "[[rules]]\nname = 'x'\nkind = \"some\"\n", "line 3: “some” is not a kind"),
        ("rules.toml", "[[rules]]\nname = 'x'\nkind = 'not_same'\nleader = 'x'\nmentor = 'y'\n", "no column “x”"),
        ("rules.toml", "fixed = ['Ann', 'Bob']\n", "list of pairs of names"),
        ("rules.toml", "fixed = [['Ann', 'Zoe']]\n", "Ann and Zoe names somebody who is not in the list"),
        ("rules.toml", "objective = '\udcff'\n", "is not UTF-8"),
    ],
)
def test_faulty_files_are_named(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, words: str
) -> None:
    (folder / name).write_bytes(text.encode("utf-8", "surrogateescape"))
    code = match(folder, *outputs(folder))
    said = capsys.readouterr().err
    assert words in said
    assert code == 2


def test_wrong_use(folder: Path) -> None:
    leaders = str(folder / "leaders.csv")
    assert main(["match", leaders, "--out", "-"]) == 2
    assert main(["match", leaders, leaders, "--scores", leaders, "--out", "-"]) == 2
    assert main(["match", "--scores", leaders, "--rules", leaders, "--out", "-"]) == 2
    assert match(folder, "--capacity", leaders, "--out", "-") == 2
    (folder / "rules.toml").unlink()
    assert match(folder, "--out", "-") == 2
    (folder / "leaders.csv").write_text("name\n")
    assert match(folder, "--out", "-", rules=False) == 1


def test_the_documented_example_is_read(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[3]
    blocks = re.findall(r"```toml\n(.*?)```", (root / "docs/reference/rules.md").read_text(encoding="utf-8"), re.DOTALL)
    example = tmp_path / "rules.toml"
    example.write_text(blocks[1] + blocks[0], encoding="utf-8")
    rules = read_rules(str(example))
    assert len(rules.plan.criteria) == len(tomllib.loads(blocks[0])["criteria"])
    assert rules.leaders.name == ("first name", "last name")
    assert rules.plan.fixed == [("Ann Ash", "Bo Birch")]
