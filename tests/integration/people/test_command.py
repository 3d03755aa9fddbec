"""`handrail import-people`: what it prints, and its exit codes."""

import io
from pathlib import Path

import pytest

from handrail.capabilities.people.imports.actions import writing
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
    staff.write_text(STAFF + "3,Cy\n" * 102)
    assert main(["import-people", str(staff)]) == 3
    assert "… and 2 more." in capsys.readouterr().err


def test_standard_input_in_an_encoding_nobody_named(
    organisation: Organisation, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    content = rows("1,Zoë Rees,zoe@x.example,Chief,Executive,none").encode("cp1252")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert main(["import-people", "-"]) == 0
    assert "The encoding is a guess" in capsys.readouterr().out
    assert Person.objects.get().name == "Zoë Rees"


def test_what_was_cut_off_half_loaded_is_gone_on_with(
    organisation: Organisation, staff: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def cut_off(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as stopped:
        stopped.setattr(writing, "_update_people", cut_off)
        assert main(["import-people", str(staff)]) == 130
    assert main(["import-people", str(staff)]) == 0
    assert "cut off half loaded: going on" in capsys.readouterr().out
    assert Person.objects.count() == 2


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
    assert main(["import-people", str(staff.parent)]) == 2
    assert "is not a file" in capsys.readouterr().err
    Organisation.objects.create(name="Other")
    assert main(["import-people", str(staff)]) == 2
    assert "“Dyffryn Council”, “Other”" in capsys.readouterr().err
    assert main(["import-people", str(staff), "--organisation", "Other"]) == 0
    assert Person.objects.filter(organisation__name="Other").count() == 2
    Organisation.objects.all().delete()
    assert main(["import-people", str(staff)]) == 2
    assert "There is no organisation yet" in capsys.readouterr().err
