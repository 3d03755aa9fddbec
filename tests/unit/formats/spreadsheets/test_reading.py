"""Files that are read in a process of their own: what they hold, what is refused, what a bomb cannot do."""

import sys
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from handrail.formats.spreadsheets import Unreadable, as_csv, as_xlsx, read_table, reading
from handrail.formats.spreadsheets.child import cell_as_text

pytestmark = pytest.mark.slow
ROWS = [["Leader", "Mentor"], ["Zoë Bevan", "=HYPERLINK(1)"], ["", "@x"]]


def workbook(path: Path, rows: list[list[object]], hidden: bool = False) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    if hidden:
        book.create_sheet("Shown").append(["Leader"])
        sheet.sheet_state = "hidden"
    book.save(path)
    return path


def code(path: Path) -> str:
    with pytest.raises(Unreadable) as refused:
        read_table(path)
    assert refused.value.code in reading.FAULTS
    return refused.value.code


def test_what_is_written_is_read_back_and_no_cell_is_a_formula(tmp_path: Path) -> None:
    safe = [[f"'{cell}" if cell[:1] in "=@" and cell else cell for cell in row] for row in ROWS]
    for name, written in (("a.csv", as_csv(ROWS)), ("a.xlsx", as_xlsx(ROWS, "Pairs: [all]"))):
        (tmp_path / name).write_bytes(written)
        assert read_table(tmp_path / name).sheets[0].rows == safe
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert {cell.data_type for row in book.active.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}  # type: ignore[union-attr]
    assert as_xlsx([["a\x00b\ud800"]], "")


def test_cells_are_read_as_somebody_sees_them(tmp_path: Path) -> None:
    cells = [datetime(2026, 3, 1, 9), 7.0, 7.5, True, None, "  two   words "]
    path = workbook(tmp_path / "a.xlsx", [cells])
    assert read_table(path).sheets[0].rows == [["2026-03-01", "7", "7.5", "yes", "", "two words"]]
    assert [cell_as_text(value) for value in ("#N/A", "#REF!", False, "#1 priority")] == ["", "", "no", "#1 priority"]
    sheets = read_table(workbook(tmp_path / "b.xlsx", [["Secret"]], hidden=True)).sheets
    assert [sheet.name for sheet in sheets] == ["Shown"]


@pytest.mark.parametrize(
    ("raw", "rows"),
    [
        ("Leader;Mentor\nZoë;Bo\n".encode("cp1252"), [["Leader", "Mentor"], ["Zoë", "Bo"]]),
        ("Leader\tMentor\nZoë\tBo".encode("utf-16"), [["Leader", "Mentor"], ["Zoë", "Bo"]]),
        (b'\xef\xbb\xbfLeader,Mentor\r\n"Bevan, Zo\xc3\xab",Bo', [["Leader", "Mentor"], ["Bevan, Zoë", "Bo"]]),
    ],
)
def test_text_is_read_in_its_encoding_and_by_its_separator(tmp_path: Path, raw: bytes, rows: list[list[str]]) -> None:
    (tmp_path / "a.csv").write_bytes(raw)
    assert read_table(tmp_path / "a.csv").sheets[0].rows == rows


def hostile(tmp_path: Path) -> dict[str, Path]:
    made = {name: tmp_path / name for name in ("pdf", "old", "gzip", "nul", "empty", "torn", "zip", "rows", "wide")}
    made["pdf"].write_bytes(b"%PDF-1.7 ...")
    made["old"].write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 40)
    made["gzip"].write_bytes(b"\x1f\x8b\x08" * 40)
    made["nul"].write_bytes(b"Leader\0Mentor")
    made["empty"].write_bytes(b" \n,,\n")
    made["torn"].write_bytes(workbook(tmp_path / "whole.xlsx", [["Leader"]]).read_bytes()[:-60])
    with zipfile.ZipFile(made["zip"], "w") as packed:
        packed.writestr("letter.txt", "Dear")
    made["rows"].write_bytes(b"a,b\n" * 5_001)
    made["wide"].write_bytes(b'"' + b"x" * 70_000 + b'",b\n')
    return made


def test_what_is_no_list_is_refused_by_its_name(tmp_path: Path) -> None:
    expected = {
        "pdf": "pdf",
        "old": "old_or_locked",
        "gzip": "packed",
        "nul": "not_a_table",
        "empty": "empty",
        "torn": "broken",
        "zip": "not_a_table",
        "rows": "too_much",
        "wide": "not_a_table",
    }
    assert {name: code(path) for name, path in hostile(tmp_path).items()} == expected


def bomb(path: Path, inside: str, filling: bytes, times: int) -> Path:
    """A workbook one of whose parts unpacks to far more than it says."""
    whole = workbook(path.with_suffix(".whole"), [["Leader"]])
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for one in source.infolist():
            if one.filename != inside:
                packed.writestr(one, source.read(one))
        with packed.open(inside, "w", force_zip64=True) as part:
            part.write(source.read(inside).split(b"</sheetData>")[0])
            for _ in range(times):
                part.write(filling)
    return path


def test_a_bomb_is_put_out_in_the_process_that_reads_it(tmp_path: Path) -> None:
    sheet = "xl/worksheets/sheet1.xml"
    assert code(bomb(tmp_path / "large.xlsx", sheet, b" " * (1 << 20), 220)) == "too_much"
    row = b"<row><c t='inlineStr'><is><t>x</t></is></c></row>" * 1_000
    assert code(bomb(tmp_path / "rows.xlsx", sheet, row, 40)) in ("too_much", "broken")


def test_a_file_that_is_too_large_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAXIMUM_BYTES", 4)
    (tmp_path / "a.csv").write_bytes(b"Leader,Mentor")
    assert code(tmp_path / "a.csv") == "too_much"


def test_a_reader_that_hangs_or_dies_is_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.csv").write_bytes(b"Leader,Mentor")
    monkeypatch.setattr(reading, "PATIENCE", 0.001)
    assert code(tmp_path / "a.csv") == "too_much"
    monkeypatch.undo()
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert code(tmp_path / "a.csv") == "too_much"
