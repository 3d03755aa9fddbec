"""Hostile and damaged people files, by kind. `weight` 1 is small; the drill makes each as heavy as it may get.

Each kind is either refused as a whole, with words that match, or its bad rows are faults with a code and whoever is
sound is read all the same.
"""

import bz2
import codecs
import gzip
import io
import lzma
import random
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass

HEADER = b"id,name,email,job title,unit,manager id\n"
SOUND = b"1,Ann Able,ann@x.example,Head,Roads,none\n"
LAST = b"2,Bo Best,bo@x.example,Officer,Roads,1\n"
ORGANOGRAM = b"Post Unique Reference,Name,Grade,Job Title,Unit,Contact E-mail,Reports to Senior Post,FTE,Valid?\n"
HEAVY = 100_000  # times a few bytes, up to the 128 MB that a file may have; or so many people, who are honest work


@dataclass(frozen=True)
class Hostile:
    make: Callable[[int], bytes]  # of the weight
    refused: str = ""  # a pattern of the refusal's words
    fault: str = ""  # or the code of its first fault; neither: it is read, and harms nobody
    read: int = 0  # people who are read from it at weight 1


def _zip(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def _tar(weight: int) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo("people.csv")
        info.size = 10 * weight
        archive.addfile(info, io.BytesIO(b"a" * info.size))
    return out.getvalue()


def _laughs(weight: int) -> bytes:
    steps = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY l0 "ha">{steps}]><l>&l9;</l>'.encode() + b" " * weight


def _rows(*rows: bytes) -> bytes:
    return HEADER + SOUND + b"".join(rows) + LAST


def _many(row: Callable[[int], str], weight: int, *, header: bytes = HEADER) -> bytes:
    return header + "".join(row(number) for number in range(weight)).encode()


def _chain(weight: int) -> bytes:
    """Vacant posts each under the next, and everybody under the lowest."""
    posts = (f"V{n},Vacant,S,Post,U,,V{n + 1},1,1\n" for n in range(weight))
    people = (f"P{n},Ann Able {n},S,Head,U,p{n}@x.example,V0,1,1\n" for n in range(weight))
    return ORGANOGRAM + "".join([*posts, *people]).encode()


def _random(weight: int) -> bytes:
    return random.Random(5).randbytes(2_000 + 100 * weight)


def _kinds() -> Iterator[tuple[str, Hostile]]:
    yield "empty", Hostile(lambda w: b"", "is empty")
    yield "blank lines only", Hostile(lambda w: b"\n" * (30 + 100 * w), "is empty")
    yield "spaces only", Hostile(lambda w: b" " * (30 + 100 * w), "empty|not those")
    yield "a header and nobody", Hostile(lambda w: HEADER, "nobody below")
    yield "no name column", Hostile(lambda w: b"a,b,c\n1,2,3\n" * w, "columns are not")
    yield "a header twice", Hostile(lambda w: b"name,name\nAnn,Bo\n" * w, "is there twice")
    yield "endless columns", Hostile(lambda w: b"name," + b"a," * (40_000 + w) + b"\nAnn\n", "", "too_few_fields")
    yield "an endless header", Hostile(lambda w: b"x" * (70_000 + 100 * w), "columns are not")
    yield "junior posts", Hostile(lambda w: b"Reporting Senior Post,Generic Job Title\n1,2\n" * w, "names nobody")
    # other kinds of file
    yield "workbook", Hostile(lambda w: _zip(("[Content_Types].xml", b"x"), ("xl/workbook.xml", b"x" * w)), "Excel")
    yield (
        "open document",
        Hostile(
            lambda w: _zip(("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), method=0), "OpenDocument"
        ),
    )
    yield "zip", Hostile(lambda w: _zip(("people.csv", HEADER + SOUND * w)), "zip archive")
    yield "zip bomb", Hostile(lambda w: _zip(("people.csv", b"0" * (10_000 + 2_000 * w))), "zip archive")
    yield "empty zip", Hostile(lambda w: _zip(), "empty zip")
    yield "zip that climbs out", Hostile(lambda w: _zip(("../../etc/cron", b"x" * w)), "zip archive")
    yield "old workbook", Hostile(lambda w: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100 * w, "old Excel")
    yield "gzip", Hostile(lambda w: gzip.compress(HEADER + SOUND * w), "gzip")
    yield "gzip bomb", Hostile(lambda w: gzip.compress(b"0" * 1_000 * w), "gzip")
    yield "bzip2", Hostile(lambda w: bz2.compress(HEADER + SOUND * w), "bzip2")
    yield "xz", Hostile(lambda w: lzma.compress(HEADER + SOUND * w), "xz")
    yield "7-Zip", Hostile(lambda w: b"7z\xbc\xaf\x27\x1c" + b"\0" * 100 * w, "7-Zip")
    yield "RAR", Hostile(lambda w: b"Rar!\x1a\x07" + b"\0" * 100 * w, "RAR")
    yield "tar", Hostile(_tar, "tar")
    yield "PDF", Hostile(lambda w: b"%PDF-1.7\n" + b"name\n" * w, "PDF")
    yield "RTF", Hostile(lambda w: b"{\\rtf1 name\n" * w, "RTF")
    yield "Parquet", Hostile(lambda w: b"PAR1" + b"\0" * 100 * w, "Parquet")
    yield "database", Hostile(lambda w: b"SQLite format 3\0" + b"\0" * 100 * w, "database")
    yield "sign-in page", Hostile(lambda w: b"<!DOCTYPE html><title>name</title>" + b"<br>" * w, "web page")
    yield (
        "XML that reads files",
        Hostile(
            lambda w: b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>', "XML"
        ),
    )
    yield "XML that laughs", Hostile(_laughs, "XML")
    yield "JSON", Hostile(lambda w: b'[{"name": "Ann"}' + b',{"name": "Bo"}' * w + b"]", "JSON")
    yield "JSON after a mark", Hostile(lambda w: codecs.BOM_UTF8 + b"[" * (100 + 100 * w), "JSON")
    yield "picture", Hostile(lambda w: b"\x89PNG\r\n\x1a\n" + _random(w), "picture")
    yield "program", Hostile(lambda w: b"\x7fELF\x02\x01\x01" + b"\0" * (100 + 100 * w), "a program")
    yield "NUL only", Hostile(lambda w: b"\0" * (100 + 1_000 * w), "not a text file")
    yield "noise", Hostile(_random, "not a text file|columns are not")
    yield "UTF-32", Hostile(lambda w: (HEADER + SOUND * w).decode().encode("utf-32"), "not a text file")
    yield "half UTF-16", Hostile(lambda w: (HEADER + SOUND + LAST).decode().encode("utf-16")[:-1], "", "undecodable", 1)
    yield "EBCDIC", Hostile(lambda w: (HEADER + SOUND * w).decode().encode("cp500"), "not a text file|columns are not")
    # rows that spoil themselves and nobody else
    yield "an open quote", Hostile(lambda w: _rows(b'3,"Cy,c@x.example,,,1\n'), "", "unclosed_quote", 2)
    yield "nothing but open quotes", Hostile(lambda w: HEADER + b'"\n' * (300 + 5 * w), "", "unclosed_quote")
    yield (
        "open quotes in long lines",
        Hostile(lambda w: HEADER + (b'"' + b"a" * 1_000 + b"\n") * (250 + w), "", "unclosed_quote"),
    )
    yield (
        "a value of a thousand lines",
        Hostile(lambda w: _rows(b'3,"' + b"a\n" * (1_000 + w) + b'",,,,\n'), "", "unclosed_quote"),
    )
    yield "an endless line", Hostile(lambda w: _rows(b"x" * (70_000 + 1_000 * w) + b"\n"), "", "line_too_long", 2)
    yield (
        "an endless quoted line",
        Hostile(lambda w: _rows(b'3,"' + b"x" * (70_000 + 1_000 * w) + b'",\n'), "", "line_too_long", 2),
    )
    yield (
        "endless separators",
        Hostile(lambda w: _rows(b"3,Cy" + b",x" * (20_000 + w % 5_000) + b"\n"), "", "too_many_fields", 2),
    )
    yield "rows too short", Hostile(lambda w: _rows(b"3\n" * w), "", "too_few_fields", 2)
    yield "an endless name", Hostile(lambda w: _rows(b"3," + b"n" * 60_000 + b",,,,1\n"), "", "value_too_long", 2)
    yield "NUL within", Hostile(lambda w: _rows(b"3,C\0y,,,,1\n"), "", "control_characters", 2)
    yield "control characters", Hostile(lambda w: _rows(b"3,C\x1b[31my,,,,1\n"), "", "control_characters", 2)
    yield (
        "surrogates",
        Hostile(lambda w: _rows("3,Zoë,,,,1\n".encode() * 20, b"4,C\xed\xa0\x80y,,,,1\n"), "", "undecodable"),
    )
    yield (
        "two encodings",
        Hostile(lambda w: _rows("3,Zoë Ünal Ärø,,,,1\n".encode() * 9, b"4,Ren\xe9e,,,,1\n"), "", "undecodable"),
    )
    yield "more rows than may be", Hostile(lambda w: _rows(b"3\n" * 5 * w), "", "too_few_fields", 2)
    yield "more lines than may be", Hostile(lambda w: _rows(b"\n" * 11 * w), "", "", 2)
    # rows that are read, and harm nobody
    yield "formulas", Hostile(lambda w: _rows(b'3,"=HYPERLINK(""http://x"";""y"")",,,,1\n'), "", "", 3)
    yield "markup", Hostile(lambda w: _rows(b"3,<script>alert(1)</script>,,,,1\n"), "", "", 3)
    yield "turned text", Hostile(lambda w: _rows("3,\u202eyC\u2066,,,,1\n".encode()), "", "", 3)
    yield "endless accents", Hostile(lambda w: _rows(("3,e" + "\u0301" * 190 + ",,,,1\n").encode()), "", "", 3)
    yield "one id for all", Hostile(lambda w: _many(lambda n: f"7,A{n} B,,,,7\n", w), "", "", 1)
    yield "one address for all", Hostile(lambda w: _many(lambda n: f"{n},A{n} B,a@x.example,,,\n", w), "", "", 1)
    yield "one person for ever", Hostile(lambda w: _many(lambda n: "7,Ann Able,,,,7\n", w), "", "", 1)
    yield (
        "everybody in a circle",
        Hostile(lambda w: _many(lambda n: f"{n},A{n} B,,,,{(n + 1) % w}\n", w), "", "", 1),
    )
    yield "one chain of command", Hostile(lambda w: _many(lambda n: f"{n},A{n} B,,,,{n + 1}\n", w), "", "", 1)
    yield "a chain of vacant posts", Hostile(_chain, "", "", 1)
    yield (
        "an address that takes long",
        Hostile(lambda w: _many(lambda n: f"{n},A{n} B,{'a.' * 450}@,,,\n", w // 4 + 1), "", "", 1),
    )
    yield (
        "a managers' list of addresses",
        Hostile(lambda w: _many(lambda n: f"{n},A{n} B,,,,{'@a' * 120}\n", w), "", "", 1),
    )


KINDS = dict(_kinds())
