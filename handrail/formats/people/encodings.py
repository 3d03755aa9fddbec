"""Which bytes are these? Names other kinds of file kindly, and finds the encoding of text."""

import codecs
import re
from typing import BinaryIO

from handrail.formats.people.records import UnreadablePeopleFile

CHUNK = 1 << 20
# Undecodable bytes become this lone surrogate, which no clean value may contain: the row is then named as faulty.
MARK = "\udcff"
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp1252")
NAMES = {"utf-8": "UTF-8", "utf-16-le": "UTF-16 LE", "utf-16-be": "UTF-16 BE", "cp1252": "Windows-1252"}
SPELLINGS = {
    **{encoding: encoding for encoding in ENCODINGS},
    **{label.lower(): encoding for encoding, label in NAMES.items()},
    "utf8": "utf-8",
    "utf-8-sig": "utf-8",
    "utf-16": "utf-16-le",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "windows-1252": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-1": "cp1252",
}
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SAVE_AS_CSV = "Open it in the program it came from, choose “Save as” and then “CSV UTF-8”, and load that file."
UNPACK_OR_SAVE = (
    "Unpack it and load the CSV file inside. If it came from a spreadsheet program, open it there, choose “Save as” "
    "and then “CSV UTF-8”. If it opens nowhere, download it again."
)
SIGNATURES = (
    (b"PK\x05\x06", "is an empty zip archive, not a CSV file.", "Download it again, and load the CSV file inside."),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old Excel workbook (.xls), not a CSV file.", SAVE_AS_CSV),
    (b"\x1f\x8b", "is compressed (gzip), not a CSV file.", "Unpack it first and load the CSV file inside."),
    (b"BZh", "is compressed (bzip2), not a CSV file.", "Unpack it first and load the CSV file inside."),
    (b"\xfd7zXZ\x00", "is compressed (xz), not a CSV file.", "Unpack it first and load the CSV file inside."),
    (b"\x28\xb5\x2f\xfd", "is compressed (zstd), not a CSV file.", "Unpack it first and load the CSV file inside."),
    (b"7z\xbc\xaf\x27\x1c", "is a 7-Zip archive, not a CSV file.", "Unpack it first and load the CSV file inside."),
    (b"Rar!", "is a RAR archive, not a CSV file.", "Unpack it first and load the CSV file inside."),
    (b"%PDF", "is a PDF document, not a CSV file.", "Ask whoever made it for the list as a CSV file."),
    (b"{\\rtf", "is a text document (RTF), not a CSV file.", SAVE_AS_CSV),
    (b"PAR1", "is a Parquet file, not a CSV file.", "Write the table out as CSV and load that file."),
    (b"\x89PNG", "is a picture, not a CSV file.", "Ask whoever made it for the list as a CSV file."),
    (b"\xff\xd8\xff", "is a picture, not a CSV file.", "Ask whoever made it for the list as a CSV file."),
    (b"\x7fELF", "is a program, not a CSV file.", "Choose the file that holds the list of people."),
    (b"MZ\x90\x00", "is a program, not a CSV file.", "Choose the file that holds the list of people."),
    (b"SQLite format 3", "is a database, not a CSV file.", "Write the table out as CSV and load that file."),
)


def _mark_undecodable(error: UnicodeError) -> tuple[str, int]:
    if isinstance(error, UnicodeDecodeError):
        return MARK, error.end
    raise error


codecs.register_error("handrail.people.mark", _mark_undecodable)
ERRORS = "handrail.people.mark"


def refuse_other_files(start: bytes) -> None:
    """Raise UnreadablePeopleFile if the first bytes are those of something that is not a text table."""
    if start.startswith(b"PK\x03\x04"):
        raise UnreadablePeopleFile(*_zip_kind(start))
    for signature, message, remedy in SIGNATURES:
        if start.startswith(signature):
            raise UnreadablePeopleFile(f"This {message}", remedy)
    if start[257:262] == b"ustar":
        raise UnreadablePeopleFile(
            "This is a tar archive, not a CSV file.", "Unpack it first and load the CSV file inside."
        )
    opening = start.removeprefix(codecs.BOM_UTF8).lstrip()[:64].lower()
    if opening.startswith((b"<!doctype", b"<html", b"<?xml")):
        raise UnreadablePeopleFile(
            "This is a web page or XML, not a CSV file.",
            "Download the list again while signed in: a sign-in page may have been saved in its place.",
        )
    if opening.startswith((b"{", b"[")):
        raise UnreadablePeopleFile("This is JSON, not a CSV file.", "Choose CSV where you download the list.")


def _zip_kind(start: bytes) -> tuple[str, str]:
    if b"xl/" in start or b"[Content_Types].xml" in start:
        return "This is an Excel workbook (.xlsx), not a CSV file.", SAVE_AS_CSV
    if b"mimetypeapplication/vnd.oasis" in start:
        return "This is an OpenDocument spreadsheet, not a CSV file.", SAVE_AS_CSV
    return "This is a zip archive, or a damaged spreadsheet; not a CSV file.", UNPACK_OR_SAVE


def detect_encoding(source: BinaryIO) -> tuple[str, bool]:
    """The encoding of a whole binary stream and whether that is certain. Leaves the stream at its end."""
    source.seek(0)
    start = source.read(CHUNK)
    refuse_other_files(start)
    for mark, encoding in BYTE_ORDER_MARKS:
        if start.startswith(mark):
            return encoding, True
    nuls = _nul_pattern(start[:4096])
    if nuls:
        return nuls, True
    good, bad = _count_utf8(source)
    if bad == 0:
        return "utf-8", True
    # A few broken bytes in a file that otherwise speaks UTF-8 spoil their own rows, not the names of everybody else.
    return ("utf-8", True) if good > 4 * bad else ("cp1252", False)


def _nul_pattern(sample: bytes) -> str | None:
    """UTF-16 without a mark: mostly every second byte is NUL. Raises if NULs are many and follow no such pattern."""
    half = max(1, len(sample) // 2)
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > half * 0.6 and even < half * 0.1:
        return "utf-16-le"
    if even > half * 0.6 and odd < half * 0.1:
        return "utf-16-be"
    if even + odd > len(sample) * 0.2:
        raise UnreadablePeopleFile("This is not a text file.", SAVE_AS_CSV)
    return None


def _count_utf8(source: BinaryIO) -> tuple[int, int]:
    """(characters beyond ASCII that are good UTF-8, bytes that are not UTF-8)."""
    decoder = codecs.getincrementaldecoder("utf-8")(errors="surrogateescape")
    good = bad = 0
    source.seek(0)
    while chunk := source.read(CHUNK):
        text = decoder.decode(chunk)
        if not text.isascii():
            wrong = len(re.findall("[\udc80-\udcff]", text))
            bad += wrong
            good += len(re.findall("[^\x00-\x7f]", text)) - wrong
    return good, bad + len(decoder.decode(b"", final=True))
