"""`handrail match --scores` and `--verify`: the exact files, figures, words and exit codes."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pyarrow as arrow
import pyarrow.parquet as parquet
import pytest

from handrail.commands.main import main

SCORES = "leader,mentor,points\nAnn,Bob,3\nAnn,Cy,5\nDan,Bob,2\nEve,Bob,4\nEve,Cy,4\n"


class Folder:
    """A folder with files, in which the command is run."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, name: str, text: str) -> str:
        (self.path / name).write_text(text, encoding="utf-8", newline="")
        return str(self.path / name)

    def __call__(self, name: str) -> str:
        return str(self.path / name)

    def result(self) -> dict[str, Any]:
        document: dict[str, Any] = json.loads((self.path / "result.json").read_text(encoding="utf-8"))
        return document


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    files = Folder(tmp_path)
    files.write("scores.csv", SCORES)
    return files


def match(folder: Folder, *more: str) -> int:
    return main(
        [
            "match",
            "--scores",
            folder("scores.csv"),
            "--out",
            folder("pairs.csv"),
            "--json",
            folder("result.json"),
            *more,
        ]
    )


def verify(folder: Folder, *more: str) -> int:
    return main(
        ["match", "--verify", folder("pairs.csv"), folder("result.json"), "--scores", folder("scores.csv"), *more]
    )


def test_the_files_to_the_letter(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    assert match(folder) == 0
    assert Path(folder("pairs.csv")).read_text() == "leader,mentor,points\nAnn,Cy,5\nEve,Bob,4\n"
    document = folder.result()
    certificate = document.pop("certificate")
    assert document == {
        "objective": "default",
        "paired": 2,
        "unpaired": ["Dan"],
        "total": 9,
        "worst": 4,
        "bound": 9,
        "certified": True,
        "blocking_pairs": 0,
    }
    assert set(certificate) == {"number", "worst", "total", "scale"}
    assert "2 pairs" in capsys.readouterr().out
    assert sorted(p.name for p in folder.path.iterdir()) == ["pairs.csv", "result.json", "scores.csv"]


def test_a_result_verifies(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    for objective in ("default", "total"):
        assert match(folder, "--objective", objective) == 0
        assert verify(folder) == 0
        assert "holds" in capsys.readouterr().out


def test_capacity(folder: Folder) -> None:
    capacity = folder.write("capacity.csv", "mentor,places\nBob,2\nNobody we know,7\n")
    assert match(folder, "--capacity", capacity) == 0
    assert (folder.result()["paired"], folder.result()["total"]) == (3, 11)
    assert verify(folder, "--capacity", capacity) == 0
    assert verify(folder) == 1


def test_objectives_differ(folder: Folder) -> None:
    folder.write("scores.csv", "leader,mentor,points\nA,a,10\nA,b,4\nB,a,4\nB,b,1\n")
    assert match(folder) == 0
    assert (folder.result()["worst"], folder.result()["total"]) == (4, 8)
    assert folder.result()["blocking_pairs"] == 1
    assert match(folder, "--objective", "total") == 0
    assert (folder.result()["objective"], folder.result()["worst"], folder.result()["total"]) == ("total", 1, 11)
    assert folder.result()["certificate"]["worst"] is None
    assert match(folder, "--objective", "stable") == 0
    assert (folder.result()["blocking_pairs"], folder.result()["certified"], folder.result()["bound"]) == (0, False, 11)
    assert verify(folder) == 1


def test_standard_input_and_output(folder: Folder, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(SCORES.encode()), encoding="utf-8"))
    assert main(["match", "--scores", "-", "--out", "-"]) == 0
    captured = capsys.readouterr()
    assert next(csv.reader(io.StringIO(captured.out))) == ["leader", "mentor", "points"]
    assert "2 pairs" in captured.err
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert match(folder) == 0
    assert "most pairs …" in capsys.readouterr().err


def test_parquet(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    table = arrow.table({"leader": ["Ann", "Dan"], "mentor": ["Bob", "Bob"], "points": [3, 7]})
    parquet.write_table(table, folder("scores.parquet"))
    assert main(["match", "--scores", folder("scores.parquet"), "--out", folder("pairs.csv")]) == 0
    assert Path(folder("pairs.csv")).read_text() == "leader,mentor,points\nDan,Bob,7\n"
    parquet.write_table(table.set_column(2, "points", arrow.array([3, None])), folder("scores.parquet"))
    assert main(["match", "--scores", folder("scores.parquet"), "--out", folder("pairs.csv")]) == 2
    assert "line 3, column “points”: “” is not a whole number" in capsys.readouterr().err
    folder.write("scores.parquet", "leader,mentor,points\n")
    assert main(["match", "--scores", folder("scores.parquet"), "--out", folder("pairs.csv")]) == 2
    assert "is not a readable Parquet file" in capsys.readouterr().err


def test_nobody_can_be_paired(folder: Folder) -> None:
    capacity = folder.write("capacity.csv", "mentor,places\nBob,0\nCy,0\n")
    assert match(folder, "--capacity", capacity, "--explain", folder("report.html")) == 0
    assert "How well people fit" not in Path(folder("report.html")).read_text(encoding="utf-8")
    assert (folder.result()["paired"], folder.result()["worst"], folder.result()["certified"]) == (0, None, True)
    assert verify(folder, "--capacity", capacity) == 0
    folder.write("scores.csv", "leader,mentor,points\n")
    assert match(folder) == 1


FAULTY = [
    ("leader,mentor\nAnn,Bob\n", "scores.csv, line 1: the column “points” is missing"),
    ("leader,mentor,points,mentor\nAnn,Bob,1,x\n", "line 1: the column “mentor” is there twice"),
    ("leader,mentor,points\nAnn,Bob,1.5\n", "line 2, column “points”: “1.5” is not a whole number"),
    ("leader,mentor,points\nAnn,Bob,\n", "line 2, column “points”: “” is not a whole number"),
    ("leader,mentor,points\nAnn,Bob,0x1F\n", "line 2, column “points”: “0x1F” is not a whole number"),
    ("leader,mentor,points\nAnn,Bob,1_0\n", "line 2, column “points”: “1_0” is not a whole number"),
    ("leader,mentor,points\nAnn,Bob,٣\n", "line 2, column “points”: “٣” is not a whole number"),
    ("leader,mentor,points\nAnn,Bob,99999999999\n", "line 2, column “points”: 99999999999 is not between"),
    ("leader,mentor,points\nAnn,Bob,1\nAnn,,1\n", "line 3, column “mentor”: is empty"),
    ("leader,mentor,points\nAnn,Bob,1\n\nAnn,Bob,2\n", "line 4: Ann and Bob are already on line 2"),
    ("leader,mentor,points\nAnn,Bob,1,2\n", "line 2: has 4 fields"),
    ("leader,mentor,points\nAnn,B\udcffb,1\n", "is not UTF-8"),
    (f"leader,mentor,points\nAnn,{'b' * 1_000_001},1\n", "line 2: is not a readable CSV row"),
]


@pytest.mark.parametrize(("text", "words"), FAULTY)
def test_a_faulty_scores_file_is_named(
    folder: Folder, capsys: pytest.CaptureFixture[str], text: str, words: str
) -> None:
    Path(folder("scores.csv")).write_bytes(text.encode("utf-8", "surrogateescape"))
    assert match(folder) == 2
    assert words in capsys.readouterr().err
    assert not Path(folder("pairs.csv")).exists()
    assert not Path(folder("result.json")).exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("mentor\nBob\n", "capacity.csv, line 1: the column “places” is missing"),
        ("mentor,places\nBob,-1\n", "line 2, column “places”: Bob cannot have -1 places"),
        ("mentor,places\nBob,two\n", "line 2, column “places”: “two” is not a whole number"),
        ("mentor,places\nBob,2\nBob,3\n", "line 3, column “mentor”: Bob is already on line 2"),
        ("mentor,places\n,2\n", "line 2, column “mentor”: is empty"),
    ],
)
def test_a_faulty_capacity_file_is_named(
    folder: Folder, capsys: pytest.CaptureFixture[str], text: str, words: str
) -> None:
    assert match(folder, "--capacity", folder.write("capacity.csv", text)) == 2
    assert words in capsys.readouterr().err


def test_points_may_carry_signs_and_spaces(folder: Folder) -> None:
    folder.write("scores.csv", "leader,mentor,points,note\nAnn,Bob,+3,x\nDan,Cy, -2 ,y\n")
    assert match(folder) == 0
    assert (folder.result()["total"], folder.result()["worst"]) == (1, -2)
    folder.write("scores.csv", "leader,mentor,points\nAnn,Bob,+3\nDan,Cy,-2\n")
    assert match(folder) == 0
    assert (folder.result()["total"], folder.result()["worst"]) == (1, -2)


def test_wrong_use(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    scores = folder("scores.csv")
    assert main(["match"]) == 2
    assert main(["match", "--scores", scores]) == 2
    assert main(["match", "--scores", scores, "--out", "-", "--json", "-"]) == 2
    assert main(["match", "--scores", folder("none.csv"), "--out", "-"]) == 2
    assert match(folder) == 0
    assert verify(folder, "--out", folder("other.csv")) == 2
    assert main(["match", "--scores", scores, "--out", folder("no/such/folder.csv")]) == 2
    assert "cannot be written" in capsys.readouterr().err


def edit(folder: Folder, *path: str, value: Any) -> None:
    document = folder.result()
    place = document
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    folder.write("result.json", json.dumps(document))


TAMPERED: list[tuple[tuple[str, ...], Any]] = [
    (("total",), 10),
    (("bound",), 10),
    (("worst",), 5),
    (("worst",), None),
    (("paired",), 3),
    (("unpaired",), []),
    (("unpaired",), ["Nobody"]),
    (("unpaired",), None),
    (("certified",), False),
    (("certified",), 1),
    (("blocking_pairs",), 1),
    (("objective",), "best"),
    (("objective",), "stable"),
    (("total",), "9"),
    (("certificate",), None),
    (("certificate", "scale"), 0),
    (("certificate", "number"), None),
    (("certificate", "number"), 3),
    (("certificate", "worst"), None),
    (("certificate", "total"), None),
    (("certificate", "number", "leaders"), None),
    (("certificate", "number", "mentors"), {}),
    (("certificate", "number", "mentors"), {"Nobody": 1}),
    (("certificate", "total", "each_pair"), 1.5),
    (("certificate", "total", "each_pair"), 10**30),
    (("certificate", "total", "leaders"), {"Ann": 10**30}),
    (("certificate", "total", "leaders"), {"Ann": True}),
    (("certificate", "total", "leaders"), {}),
    (("certificate", "total", "side_constraints"), [1]),
    (("certificate", "total", "side_constraints"), "1"),
]


@pytest.mark.parametrize(("path", "value"), TAMPERED)
def test_a_tampered_result_is_refused(folder: Folder, path: tuple[str, ...], value: Any) -> None:
    assert match(folder) == 0
    edit(folder, *path, value=value)
    assert verify(folder) == 1


@pytest.mark.parametrize(
    "pairs",
    [
        "Ann,Cy,5\n",
        "Ann,Cy,5\nEve,Bob,5\n",
        "Ann,Bob,3\nEve,Cy,4\n",
        "Ann,Cy,5\nDan,Cy,4\n",
        "Ann,Cy,5\nZoe,Bob,4\n",
        "Ann,Cy,5\nAnn,Cy,5\n",
        "Ann,Cy,5\nAnn,Bob,3\n",
    ],
)
def test_tampered_pairs_are_refused(folder: Folder, pairs: str) -> None:
    assert match(folder) == 0
    folder.write("pairs.csv", "leader,mentor,points\n" + pairs)
    assert verify(folder) == 1


def test_a_result_of_another_table_is_refused(folder: Folder) -> None:
    assert match(folder) == 0
    folder.write("scores.csv", SCORES.replace("Ann,Bob,3", "Ann,Bob,9"))
    assert verify(folder) == 1


@pytest.mark.parametrize("text", ["{", "[1]", "\udcff", "[" * 100_000])
def test_a_result_that_is_no_result_is_wrong_use(folder: Folder, text: str) -> None:
    assert match(folder) == 0
    Path(folder("result.json")).write_bytes(text.encode("utf-8", "surrogateescape"))
    assert verify(folder) == 2
    Path(folder("result.json")).unlink()
    assert verify(folder) == 2
