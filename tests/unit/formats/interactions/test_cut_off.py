"""A reading that was cut off goes on where it stopped: nothing lost, nothing twice, nothing read from the start."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from handrail.commands.main import main
from handrail.formats.interactions import archive, plain, reading
from handrail.formats.interactions import bookmark as bookmarks
from handrail.formats.interactions.archive import open_export
from handrail.formats.interactions.bookmark import Bookmark, Kept
from handrail.formats.interactions.collector import Collector
from handrail.formats.interactions.reading import read_into
from handrail.formats.interactions.spool import month_in, months_in
from tests.integration.participation.logs import mattermost
from tests.unit.formats.interactions.test_readers import MAKERS, write

Make = Callable[[Path], Path]
GOES_ON = ("slack zip", "old slack", "mattermost", "mattermost zip", "viva", "zulip", "mail", "table")
FAULTY = "2026-01-06,ann,,shout,general,,0\n2026-01-06,ann,,post\n"


class CutOff(Exception):
    pass


def table(folder: Path) -> Path:
    """With faulty rows here and there, each of which is counted once."""
    rows = [
        f"2026-01-{day:02d},p{number},p{number % 7},reply,general,t{number},0\n"
        for day in range(1, 29)
        for number in range(99)
    ]
    cut = [*rows[:900], FAULTY, *rows[900:2_000], FAULTY, *rows[2_000:], FAULTY]
    return write(folder / "log.csv", "at,source,target,kind,channel,thread,outside\n" + "".join(cut))


def make(name: str, folder: Path) -> Path:
    return table(folder) if name == "table" else MAKERS[name](folder)


def found(collector: Collector, spool: Path) -> dict[str, Any]:
    """Everything that came of a reading; the rows of a month in any order."""
    differ = collector.equal_rows_differ
    months = {month: month_in(spool, month, equal_rows_differ=differ).to_pylist() for month in months_in(spool)}
    acts = {month: sorted(rows, key=repr) for month, rows in months.items()}
    return {"acts": acts, "people": collector.people, "reading": collector.reading}


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bookmark after every record, and tables in small bits."""
    monkeypatch.setattr(bookmarks, "EVERY_BYTES", 0)
    monkeypatch.setattr(plain, "BLOCK", 4_096)


def read(path: Path, spool: Path) -> dict[str, Any]:
    return found(read_into(spool, open_export(path), lambda *_: None), spool)


@pytest.mark.parametrize("nth", [1, 2], ids=["just after the bookmark", "between the acts and the bookmark"])
@pytest.mark.parametrize("name", GOES_ON)
def test_cut_off_anywhere_the_same_comes_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, nth: int
) -> None:
    path = make(name, tmp_path)
    expected = read(path, tmp_path / "whole")
    times = 1
    while True:
        try:
            with monkeypatch.context() as patch:
                cut_off_at(patch, nth)
                result = read(path, tmp_path / "spool")
        except CutOff:
            times += 1
            assert times < 1_000, "it does not come any further"
            continue
        break
    assert times > 1
    assert result == expected


def cut_off_at(patch: pytest.MonkeyPatch, nth: int) -> None:
    """At the first bookmark when it is put; at the second when the acts before it are written, and it is not."""
    real, count = Bookmark.put, 0

    def put(bookmark: Bookmark, kept: Kept) -> None:
        nonlocal count
        count += 1
        if count == 2:
            bookmark._spool.close()
        else:
            real(bookmark, kept)
        if count == nth:
            raise CutOff

    patch.setattr(Bookmark, "put", put)


@pytest.mark.parametrize("changed", ["export", "bookmark"])
def test_another_export_or_a_torn_bookmark_begins_again(tmp_path: Path, changed: str) -> None:
    path, spool = table(tmp_path), tmp_path / "spool"
    read(path, spool)
    if changed == "export":
        path.write_text(path.read_text() + "2026-03-01,zoe,ann,reply,general,,0\n")
    else:
        (spool / bookmarks.FILE).write_bytes(b'{"source": ')
    expected = read(path, tmp_path / "whole")
    assert read(path, spool) == expected


def test_what_is_through_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, spool = make("slack zip", tmp_path), tmp_path / "spool"
    expected = read(path, spool)
    monkeypatch.setattr("handrail.formats.interactions.slack.read", lambda *_: pytest.fail("read again"))
    assert read(path, spool) == expected


@pytest.mark.parametrize("name", GOES_ON)
def test_the_bar_moves_and_ends_at_the_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    path, told = make(name, tmp_path), []
    monkeypatch.setattr(archive, "TOLD_EVERY", 64)
    monkeypatch.setattr(reading, "TELL_EVERY", 0.0)
    read_into(tmp_path / "spool", open_export(path), lambda *now: told.append(now[:2]))
    done, of = zip(*told, strict=True)
    assert list(done) == sorted(done)
    assert len(set(done)) > 1
    assert done[0] == 0
    assert done[-1] <= of[-1] == open_export(path).total_bytes


def test_a_killed_command_goes_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Killed for good, at any moment after the first bookmark; the measures are those of one that was not."""
    users = {f"u{number}": "" for number in range(50)}
    posts = [
        {
            "user": f"u{number % 50}",
            "message": f"@u{number % 7} hello {number}",
            "create_at": 1_767_600_000_000 + number,
        }
        for number in range(30_000)
    ]
    path = tmp_path / "bulk.jsonl"
    path.write_bytes(mattermost(users, posts))
    kept, out, whole = tmp_path / "kept", tmp_path / "out.csv", tmp_path / "whole.csv"
    kept.mkdir()
    again = ["participation", str(path), "--keep", str(kept), "--out", str(out)]
    often = "from handrail.formats.interactions import bookmark; bookmark.EVERY_BYTES = 1 << 16;"
    program = f"{often} import sys; from handrail.commands.main import main; sys.exit(main({again!r}))"
    command = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.DEVNULL)
    mark, give_up = kept / "handrail-reading" / bookmarks.FILE, time.monotonic() + 60
    while not mark.exists() and command.poll() is None and time.monotonic() < give_up:
        time.sleep(0.002)
    command.kill()
    assert command.wait() != 0
    assert mark.exists()
    assert not out.exists()
    assert main(again) == 0
    assert "going on where reading stopped" in capsys.readouterr().err
    assert main(["participation", str(path), "--out", str(whole)]) == 0
    assert out.read_bytes() == whole.read_bytes()
    assert list(kept.iterdir()) == []
