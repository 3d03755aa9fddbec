"""The command's frame: help, version, unknown commands, and what ends it from outside."""

import io
import os
from pathlib import Path

import pytest

from handrail.commands.files import WrongUse, written_whole
from handrail.commands.main import main


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--version"])
    assert end.value.code == 0
    assert capsys.readouterr().out.startswith("handrail ")


def test_unknown_command_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["dance"])
    assert end.value.code == 2


class Stopped(io.RawIOBase):
    """Standard input while somebody presses Ctrl+C."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        raise KeyboardInterrupt


def test_stopped_by_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(Stopped())))
    assert main(["match", "--scores", "-", "--out", str(tmp_path / "pairs.csv")]) == 130
    assert "nothing half-written" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_reader_that_has_gone_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "scores.csv").write_text("leader,mentor,points\nA,a,3\n")
    out, into = os.pipe()
    os.close(out)
    with open(into, "w") as gone:
        monkeypatch.setattr("sys.stdout", gone)
        assert main(["match", "--scores", str(tmp_path / "scores.csv"), "--out", "-"]) == 0


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text("as it was")
    with pytest.raises(TypeError), written_whole(str(path)) as out:
        out.writelines(["half of", None])
    assert [(found.name, found.read_text()) for found in tmp_path.iterdir()] == [("pairs.csv", "as it was")]
    with written_whole(str(path), binary=True) as out:
        out.write(b"whole")
    assert path.read_bytes() == b"whole"
    with pytest.raises(WrongUse, match="cannot be written"), written_whole(str(tmp_path / "none" / "x")):
        pass
