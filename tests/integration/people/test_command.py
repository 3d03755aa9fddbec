"""`handrail import-people`: what it prints, and its exit codes."""

from pathlib import Path

import pytest

from handrail.capabilities.people.imports.models import PeopleImport
from handrail.capabilities.people.models import Organisation, Person
from handrail.commands.main import main
from tests.integration.people.loads import rows, snapshot

STAFF = rows("1,Ann Rees,ann@x.example,Chief,Executive,none", "2,Bo Xu,bo@x.example,Director,Finance,1")


@pytest.fixture
def staff(tmp_path: Path) -> Path:
    path = tmp_path / "staff.csv"
    path.write_text(STAFF)
    return path


def test_good_file(organisation: Organisation, staff: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import-people", str(staff)]) == 0
    said = capsys.readouterr()
    assert "2  added" in said.out
    assert said.err == ""
    before = snapshot()
    assert main(["import-people", str(staff)]) == 0
    assert "2  left alone" in capsys.readouterr().out
    assert snapshot() == before


def test_dry_run_changes_nothing(organisation: Organisation, staff: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import-people", str(staff), "--dry-run"]) == 0
    assert "2  to add" in capsys.readouterr().out
    assert not Person.objects.exists()
    assert not PeopleImport.objects.exists()


def test_bad_rows_are_named_and_the_good_loaded(
    organisation: Organisation, staff: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    staff.write_text(STAFF + "3,Cy\n4,Di,di at home,,,4\n")
    assert main(["import-people", str(staff)]) == 3
    said = capsys.readouterr()
    assert "staff.csv, line 4: has 2 fields; the header names 6." in said.err
    assert "cycle: Di (line 5) → Di" in said.out
    assert "line 5, Di: “di at home” is not an e-mail address: left out." in said.out
    assert Person.objects.count() == 3


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 xl/", "CSV UTF-8"),
        (b"a,b\n1,2\n", "line 1"),
        (b"id,name\n1\n2\n", "no row that can be used"),
    ],
)
def test_faulty_files(
    organisation: Organisation, staff: Path, capsys: pytest.CaptureFixture[str], content: bytes, words: str
) -> None:
    staff.write_bytes(content)
    assert main(["import-people", str(staff)]) == 2
    assert words in capsys.readouterr().err
    assert not PeopleImport.objects.exists()


def test_wrong_use(organisation: Organisation, staff: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import-people", str(staff.parent / "absent.csv")]) == 2
    assert "cannot be read" in capsys.readouterr().err
    assert main(["import-people", str(staff), "--encoding", "ebcdic"]) == 2
    Organisation.objects.create(name="Other")
    assert main(["import-people", str(staff)]) == 2
    assert "“Dyffryn Council”, “Other”" in capsys.readouterr().err
    assert main(["import-people", str(staff), "--organisation", "Other"]) == 0
    assert Person.objects.filter(organisation__name="Other").count() == 2
