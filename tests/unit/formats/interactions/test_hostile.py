"""Hostile and damaged archives are refused with a reason, quickly, and never unpacked."""

import gzip
import io
import json
import stat
import struct
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from handrail.formats.interactions import cbor
from handrail.formats.interactions.archive import Limits, Refused, open_export
from handrail.formats.interactions.bluesky import MOST_BLOCK
from handrail.formats.interactions.load import Faulty, load
from tests.unit.formats.interactions import exports

SLACK = exports.slack()
SMALL = Limits(ratio_from=100_000, total_bytes=4_000_000, json_bytes=200_000, line_bytes=50_000, members=20)


def zipped(path: Path, *members: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def tarred(path: Path, *members: tuple[tarfile.TarInfo, bytes]) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for info, content in members:
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content) if info.isfile() else None)
    return path


def link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def tar_link(name: str, kind: bytes) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, "/etc/passwd"
    return info


def encrypted(path: Path) -> Path:
    zipped(path, ("users.json", b"[]"))
    content = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    path.write_bytes(content)
    return path


def lying(path: Path) -> Path:
    """A zip that declares 10 bytes for 3 MB of zeros."""
    zipped(path, ("users.json", b"0" * 3_000_000), ("channels.json", b"[]"))
    content = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = content.index(mark) + offset
        content[at : at + 4] = struct.pack("<I", 10)
    path.write_bytes(content)
    return path


HOSTILE: dict[str, tuple[Callable[[Path], Path], str]] = {
    "bomb by ratio": (lambda at: zipped(at / "a.zip", ("users.json", b"0" * 1_000_000)), "bomb"),
    "bomb by bytes": (
        lambda at: zipped(at / "a.zip", *((f"c/{day}.json", bytes(range(256)) * 4_000) for day in range(6))),
        "bomb|unpack",
    ),
    "gzip bomb": (lambda at: tarred(at / "a.tar.gz", (tarfile.TarInfo("realm.json"), b"0" * 3_000_000)), "bomb"),
    "lies about its size": (lambda at: lying(at / "a.zip"), "damaged|JSON"),
    "climbs out": (lambda at: zipped(at / "a.zip", ("../../etc/cron", b"x")), "outside the archive"),
    "absolute": (lambda at: zipped(at / "a.zip", ("/etc/cron", b"x")), "outside the archive"),
    "backslashes": (lambda at: zipped(at / "a.zip", ("..\\..\\evil", b"x")), "outside the archive"),
    "a drive": (lambda at: zipped(at / "a.zip", ("C:evil", b"x")), "outside the archive"),
    "climbs out of a tar": (lambda at: tarred(at / "a.tgz", (tarfile.TarInfo("../x"), b"x")), "outside the archive"),
    "link in a zip": (lambda at: zipped(at / "a.zip", (link("users.json"), b"/etc/passwd")), "link"),
    "link in a tar": (lambda at: tarred(at / "a.tgz", (tar_link("users.json", tarfile.SYMTYPE), b"")), "link"),
    "hard link in a tar": (lambda at: tarred(at / "a.tgz", (tar_link("users.json", tarfile.LNKTYPE), b"")), "link"),
    "device in a tar": (lambda at: tarred(at / "a.tgz", (tar_link("users.json", tarfile.CHRTYPE), b"")), "neither"),
    "zip in zip": (lambda at: zipped(at / "a.zip", ("b.zip", b"PK\x03\x04")), "another archive"),
    "deep folders": (lambda at: zipped(at / "a.zip", ("d/" * 40 + "users.json", b"[]")), "deeper"),
    "too many files": (lambda at: zipped(at / "a.zip", *((f"{n}.json", b"") for n in range(30))), "more than 20 files"),
    "password": (lambda at: encrypted(at / "a.zip"), "password"),
    "no files": (lambda at: zipped(at / "a.zip"), "no files|damaged"),
    "same name twice": (lambda at: doubled(at / "a.zip"), "twice"),
    "cut short": (lambda at: cut(exports.as_zip(at / "a.zip", SLACK)), "damaged"),
    "cut short tar": (lambda at: cut(exports.as_tar(at / "a.tgz", exports.zulip())), "damaged"),
    "not a tar": (lambda at: gzipped(at / "a.gz"), "damaged"),
    "7z": (lambda at: written(at / "a.7z", b"7z\xbc\xaf'\x1c\0\0"), "Unpack"),
    "unknown": (lambda at: written(at / "a.bin", b"\x00\x01\x02"), "not an export"),
    "missing": (lambda at: at / "nowhere.zip", "not there"),
    "users is no list": (lambda at: exports.as_zip(at / "a.zip", {**SLACK, "users.json": "{}"}), "not a list"),
    "users is no JSON": (lambda at: exports.as_zip(at / "a.zip", {**SLACK, "users.json": "[["}), "not JSON"),
    "endless nesting": (lambda at: exports.as_zip(at / "a.zip", {**SLACK, "users.json": "[" * 90_000}), "not JSON"),
    "a huge JSON file": (
        lambda at: exports.as_folder(at / "a", {**SLACK, "users.json": "[" + "1," * 200_000 + "1]"}),
        "larger than",
    ),
    "an endless line": (
        lambda at: written(at / "a.jsonl", b'{"type":"version","version":1}\n' + b"x" * 60_000),
        "longer than",
    ),
    "huge CAR block": (lambda at: written(at / "a.car", exports.car([b"x" * (MOST_BLOCK + 1)])), "larger than"),
    "CAR cut short": (lambda at: written(at / "a.car", exports.bluesky()[:-9]), "cut short"),
    "CAR without owner": (lambda at: written(at / "a.car", exports.car([])), "no commit"),
}


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def cut(path: Path) -> Path:
    path.write_bytes(path.read_bytes()[:-200])
    return path


def gzipped(path: Path) -> Path:
    path.write_bytes(gzip.compress(b"not a tar archive" * 100))
    return path


@pytest.mark.filterwarnings("ignore:Duplicate name")
def doubled(path: Path) -> Path:
    return zipped(path, ("users.json", b"[]"), ("users.json", b"[]"))


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", HOSTILE)
def test_refused_with_a_reason(tmp_path: Path, name: str) -> None:
    make, reason = HOSTILE[name]
    with pytest.raises(Faulty, match=reason):
        load([make(tmp_path)], limits=SMALL)


def test_a_link_out_of_a_folder_is_refused(tmp_path: Path) -> None:
    folder = exports.as_folder(tmp_path / "export", SLACK)
    (folder / "general" / "2026-01-07.json").symlink_to("/etc/passwd")
    with pytest.raises(Refused, match="link"):
        open_export(folder)


def test_exports_of_two_systems_are_not_mixed(tmp_path: Path) -> None:
    one = exports.as_zip(tmp_path / "a.zip", SLACK)
    other = written(tmp_path / "b.jsonl", exports.mattermost().encode())
    with pytest.raises(Faulty, match="another system"):
        load([one, other])


@pytest.mark.parametrize(
    "message",
    [
        {"ts": "1e999", "user": "U1"},
        {"ts": "-5", "user": "U1"},
        {"ts": "99999999999999", "user": "U1"},
        {"ts": ["1"], "user": "U1"},
        {"ts": "1767600000.1", "user": {"a": 1}},
        {"ts": "1767600000.1", "user": "U1", "text": 7},
        {"ts": "1767600000.1", "user": "U1", "reactions": [{"name": "x", "users": [], "count": 10**12}]},
        {"ts": "1767600000.1", "user": "U1", "reactions": "many"},
        [],
        None,
        7,
    ],
)
def test_wrong_types_are_named_and_the_rest_loads(tmp_path: Path, message: Any) -> None:
    files = {**SLACK, "general/2026-01-07.json": json.dumps([message, exports.slack_message("U2", 200_000)])}
    loaded = load([exports.as_zip(tmp_path / "a.zip", files)])
    before = load([exports.as_zip(tmp_path / "b.zip", SLACK)])
    assert loaded.interactions.num_rows == before.interactions.num_rows + 1
    assert loaded.reading.broken_count == before.reading.broken_count + 1


def test_a_day_that_is_not_json_is_named(tmp_path: Path) -> None:
    files = {**SLACK, "general/2026-01-07.json": "{", "general/2026-01-08.json": "{}"}
    broken = load([exports.as_zip(tmp_path / "a.zip", files)]).reading.broken
    assert [(found.file, found.message) for found in broken][-2:] == [
        ("general/2026-01-07.json", "is not JSON."),
        ("general/2026-01-08.json", "is not a list of messages."),
    ]


@pytest.mark.parametrize(
    "block",
    [
        b"",
        b"\x18",
        b"\x62a",
        b"\x9f\x01\xff",
        b"\x9b\xff\xff\xff\xff\xff\xff\xff\xff",
        b"\xa1\x01\x01",
        b"\xc1\x01",
        b"\xf9\x00\x00",
        b"\x81" * 200 + b"\x01",
        b"\x01\x01",
    ],
)
def test_faulty_cbor_is_refused(block: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        cbor.decode(block)


def test_cbor_by_hand() -> None:
    value = {"a": [1, -500, "é", b"\x00", None, True, False], "b": {"c": 2**40}}
    assert cbor.decode(exports.cbor(value)) == value
    assert cbor.decode(b"\xd8\x2a\x43\x00\x01\x02") == cbor.Link(b"\x01\x02")
    assert cbor.decode(b"\xfb\x3f\xf8\x00\x00\x00\x00\x00\x00") == 1.5
