"""What a file is: layout, encoding, separator; and what is refused, with what to do instead."""

import codecs
import io

import pytest

from handrail.formats.people import UnreadablePeopleFile, open_people_file
from tests.unit.formats.people.files import (
    ENTRA_HEADER,
    GOOGLE_HEADER,
    ORGANOGRAM_HEADER,
    as_bytes,
    faults,
    own,
    people,
    read,
)

NAMES = "id;name;unit\r\n1;Zoë Ström;Café\r\n2;Siân O’Neill;Ysgol\r\n"


def detected(content: bytes):
    return open_people_file(io.BytesIO(content)).detected


@pytest.mark.parametrize(
    ("mark", "encoding", "label"),
    [
        (b"", "utf-8", "UTF-8"),
        (codecs.BOM_UTF8, "utf-8", "UTF-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16 LE"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16 BE"),
        (b"", "utf-16-le", "UTF-16 LE"),
        (b"", "utf-16-be", "UTF-16 BE"),
        (b"", "cp1252", "Windows-1252"),
    ],
)
def test_encoding_is_found_and_names_are_right(mark: bytes, encoding: str, label: str) -> None:
    content = mark + NAMES.encode(encoding)
    assert detected(content).encoding == label
    assert [person.name for person in people(read(content))] == ["Zoë Ström", "Siân O’Neill"]


def test_windows_1252_is_said_to_be_a_guess() -> None:
    assert not detected(NAMES.encode("cp1252")).encoding_certain
    assert detected(NAMES.encode()).encoding_certain


def test_one_broken_byte_spoils_its_row_and_nobody_elses_name() -> None:
    lines = [f"{number},Zoë Ström {number}" for number in range(20)]
    content = as_bytes(["id,name", *lines]).replace("Zoë Ström 7".encode(), b"Zo\xeb")
    items = read(content)
    assert [(fault.line, fault.code, fault.column) for fault in faults(items)] == [(9, "undecodable", "name")]
    assert len(people(items)) == 19
    assert people(items)[0].name == "Zoë Ström 0"


@pytest.mark.parametrize(
    ("delimiter", "label"), [(",", "comma"), (";", "semicolon"), ("\t", "tab"), ("|", "vertical bar")]
)
def test_separator_is_found(delimiter: str, label: str) -> None:
    content = as_bytes([delimiter.join(("id", "name", "job title")), delimiter.join(("1", "Ann Rees", "Head"))])
    assert detected(content).delimiter == label
    assert people(read(content))[0].job_title == "Head"


def test_excels_separator_line_and_blank_lines_are_passed_over() -> None:
    items = read(as_bytes(["sep=;", "", "id;name", "1;Ann Rees", "", ";;"[:1], "2;Bo Xu"]))
    assert [(person.line, person.name) for person in people(items)] == [(4, "Ann Rees"), (7, "Bo Xu")]


@pytest.mark.parametrize(
    ("header", "row", "layout"),
    [
        (ENTRA_HEADER, "a@b.example,Ann Rees,,,,1,Member,,,True", "entra"),
        (GOOGLE_HEADER, "Ann,Rees,a@b.example,****,/Unit,Active,,,,", "google"),
        (ORGANOGRAM_HEADER, "D1,Ann Rees,SCS1,Director,,Dept,Unit,,PS,1.0,,1", "organogram"),
        ("ID, Full Name ,E-mail", "1,Ann Rees,a@b.example", "handrail"),
    ],
)
def test_layout_is_found_by_its_header(header: str, row: str, layout: str) -> None:
    content = as_bytes([header, row])
    assert detected(content).layout == layout
    assert people(read(content))[0].name == "Ann Rees"


def test_what_was_detected_can_be_overridden() -> None:
    content = "id,name\r\n1,Zoë\r\n".encode()
    assert people(read(content, encoding="windows-1252"))[0].name == "ZoÃ«"
    assert people(read(as_bytes(["name;x,id", "Ann;Rees,1"]), delimiter=";"))[0].name == "Ann"
    with pytest.raises(UnreadablePeopleFile, match="sign in name"):
        read(content, layout="entra")


@pytest.mark.parametrize("override", [{"layout": "xml"}, {"encoding": "ebcdic"}, {"delimiter": "x"}])
def test_an_override_that_does_not_exist_is_wrong_use(override: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="is"):
        read(b"id,name\n1,Ann\n", **override)


@pytest.mark.parametrize(
    ("content", "message", "remedy"),
    [
        (b"", "empty", "Choose the file"),
        (b"\n \r\n\n", "empty", "Choose the file"),
        (b"id,name\r\n", "nobody below", "filtered"),
        (b"PK\x03\x04\x14\x00\x06\x00[Content_Types].xml xl/workbook.xml", "Excel workbook", "CSV UTF-8"),
        (b"PK\x03\x04\x14\x00mimetypeapplication/vnd.oasis.opendocument", "OpenDocument", "CSV UTF-8"),
        (b"PK\x03\x04\x14\x00people.csv", "damaged spreadsheet", "Unpack it"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 more", "old Excel", "CSV UTF-8"),
        (b"\x1f\x8b\x08\x00", "gzip", "Unpack"),
        (b"%PDF-1.7", "PDF", "CSV"),
        (b"\xef\xbb\xbf<!DOCTYPE html><title>Sign in", "web page", "signed in"),
        (b'[{"name": "Ann"}]', "JSON", "CSV"),
        (bytes(range(256)) * 20, "not a text file", "CSV"),
        (bytes(5000), "not a text file", "CSV"),
        (b"id,name,name\r\n1,Ann,Bo\r\n", "“name” is there twice", "Remove or rename"),
        (b"staff,surname\r\n1,Rees\r\n", "“staff”, “surname”", "“name”"),
    ],
)
def test_unreadable_files_are_named_with_what_to_do(content: bytes, message: str, remedy: str) -> None:
    with pytest.raises(UnreadablePeopleFile) as refusal:
        read(content)
    assert message in refusal.value.message
    assert remedy in refusal.value.remedy


def test_nearest_format_is_named() -> None:
    with pytest.raises(UnreadablePeopleFile, match=r"Entra ID.*“name” is missing"):
        read(own("userPrincipalName,mail,objectId,accountEnabled", "a,b,c,d"))


def test_junior_organogram_names_nobody() -> None:
    with pytest.raises(UnreadablePeopleFile, match="senior posts file"):
        read(
            own("Organisation,Unit,Reporting Senior Post,Grade,Generic Job Title,Number of Posts in FTE", "a,b,c,d,e,1")
        )


def test_doubled_column_that_is_not_used_does_no_harm() -> None:
    assert len(people(read(own("name,phone,phone", "Ann Rees,1,2")))) == 1


def test_too_large_a_file_is_refused() -> None:
    with pytest.raises(UnreadablePeopleFile, match="larger than"):
        open_people_file(io.BytesIO(b"name\nAnn\n" * 1000), maximum_bytes=1000)
