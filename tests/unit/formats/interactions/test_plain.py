"""Our own table: every column, every fault, CSV and Parquet alike."""

import io
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest

from handrail.engines.participation import log
from handrail.formats.interactions import schema
from handrail.formats.interactions.load import Faulty, Loaded, load
from handrail.formats.interactions.people import match

HEADER = "at,source,target,kind,channel,thread,outside\n"
ROWS = (
    "2026-01-05T09:30:00,ann,,post,general,t1,0\n"
    "2026-01-05T11:30:00+02:00,ben,ann,reply,general,t1,1\n"
    ",cat,ann,reaction,,,\n"
    "2026-01-06,ann,ben,mention,general,,\n"
)


def of(folder: Path, text: str | bytes, name: str = "log.csv") -> Loaded:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return load([path])


def test_every_column(tmp_path: Path) -> None:
    loaded = of(tmp_path, HEADER + ROWS)
    rows = loaded.interactions.to_pylist()
    assert [row["kind"] for row in rows] == [0, 1, 2, 3]
    assert rows[0]["at"] == rows[1]["at"]
    assert [row["at"] is None for row in rows] == [False, False, True, False]
    assert [row["outside"] for row in rows] == [False, True, None, None]
    assert rows[0]["thread"] == rows[1]["thread"]
    assert rows[2]["thread"] is None
    assert (rows[0]["target"], rows[1]["target"]) == (None, 0)
    assert loaded.people["key"].to_pylist() == ["ann", "ben", "cat"]
    assert loaded.reading.channels == ["general"]


def test_parquet_says_the_same(tmp_path: Path) -> None:
    from_csv = of(tmp_path, HEADER + ROWS)
    table = pa.csv.read_csv(
        io.BytesIO((HEADER + ROWS.replace("T11:30:00+02:00", "T09:30:00")).encode()),
        convert_options=pa.csv.ConvertOptions(strings_can_be_null=True),
    )
    assert not pa.types.is_string(table.schema.field("at").type)
    pa.parquet.write_table(table, tmp_path / "log.parquet")
    assert load([tmp_path / "log.parquet"]).interactions.equals(from_csv.interactions)


def test_equal_rows_are_different_acts_and_stay_so(tmp_path: Path) -> None:
    text = HEADER + ",ann,ben,reply,,,\n" * 3
    once = of(tmp_path, text)
    twice = load([tmp_path / "log.csv", tmp_path / "log.csv"])
    assert once.interactions.num_rows == 3
    assert twice.interactions.num_rows == 3


def test_a_newer_export_that_overlaps_adds_only_what_is_new(tmp_path: Path) -> None:
    of(tmp_path, HEADER + ROWS, "old.csv")
    of(tmp_path, HEADER + ROWS + "2026-02-01,dan,ann,reply,general,t1,\n", "new.csv")
    both = load([tmp_path / "old.csv", tmp_path / "new.csv"])
    assert both.interactions.num_rows == 5


def test_an_id_of_its_own_decides(tmp_path: Path) -> None:
    loaded = of(tmp_path, "id,source,target,kind\n1,ann,ben,reply\n1,ann,ben,reply\n2,ann,ben,reply\n")
    assert loaded.interactions.num_rows == 2


def test_acts_on_oneself_are_left_out_and_counted(tmp_path: Path) -> None:
    loaded = of(tmp_path, HEADER + ",ann,ann,reply,,,\n,ann,ann,reaction,,,\n,ann,ann,post,,,\n")
    assert loaded.interactions.num_rows == 1
    assert loaded.interactions["target"].null_count == 1
    assert dict(loaded.reading.left_out) == {"replies to oneself": 1, "reactions to oneself": 1}


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        (",,ann,reply,,,", "source", "is empty"),
        (",ann,ben,shout,,,", "kind", "shout"),
        ("2026-13-40,ann,ben,reply,,,", "at", "2026-13-40"),
        ("0001-01-01,ann,ben,reply,,,", "at", "0001"),
        (",ann,ben,reply,,,perhaps", "outside", "perhaps"),
        (",ann,ben", None, "has 3 fields"),
        (",ann,ben,reply,,,,,", None, "has 9 fields"),
    ],
)
def test_a_broken_row_is_named_and_the_rest_loads(tmp_path: Path, row: str, column: str | None, says: str) -> None:
    loaded = of(tmp_path, f"{HEADER}{ROWS}\n{row}\n{ROWS.splitlines()[0]}\n")
    assert loaded.interactions.num_rows == 5
    (broken,) = loaded.reading.broken
    assert (broken.position, broken.column) == (7, column)
    assert says in broken.message


def test_very_many_broken_rows_are_counted_but_only_some_named(tmp_path: Path) -> None:
    loaded = of(tmp_path, HEADER + ",ann,ben,shout,,,\n" * 700)
    assert loaded.reading.broken_count == 700
    assert len(loaded.reading.broken) == 50


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("source,target,kind,kind\n", "twice"),
        ("at,source,kind\n,ann,post\n", "“target” is missing"),
        (b"source,target,kind\n\xff\xfe,ann,reply\n", "UTF-8"),
        ("", "is empty"),
    ],
)
def test_a_faulty_file_says_how(tmp_path: Path, text: str | bytes, says: str) -> None:
    with pytest.raises(Faulty, match=says):
        of(tmp_path, text)


def test_a_header_alone_is_an_empty_log(tmp_path: Path) -> None:
    assert of(tmp_path, HEADER).interactions.num_rows == 0


def test_a_damaged_parquet_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Faulty, match="Parquet"):
        of(tmp_path, b"PAR1 and then nothing of use", "log.parquet")


def test_a_table_without_a_suffix_is_known_by_its_header(tmp_path: Path) -> None:
    assert of(tmp_path, HEADER + ROWS, "log").interactions.num_rows == 4


def test_members_are_matched_by_name_and_spelling_of_the_list(tmp_path: Path) -> None:
    loaded = of(tmp_path, HEADER + ",ANN,ben@example.org,reply,,,\n,Ann,x,reply,,,\n")
    matched = match(loaded, {"ann": "Housing", "Ben": "Roads", "zoe": None})
    assert matched.labels == ["ann", "ben@example.org", "x", "Ben", "zoe"]
    assert matched.units == ["Housing", None, None, "Roads", None]
    assert matched.matched == 1
    assert matched.interactions["source"].to_pylist() == [0, 0]
    assert [(found.key, found.member) for found in matched.suggestions] == [("ben@example.org", "Ben")]


def test_without_a_list_everybody_keeps_their_name(tmp_path: Path) -> None:
    matched = match(of(tmp_path, HEADER + ROWS))
    assert matched.labels == ["ann", "ben", "cat"]
    assert matched.suggestions == []


def test_the_engine_reads_what_the_readers_write() -> None:
    assert log.INTERACTIONS == schema.INTERACTIONS
    assert log.KINDS == schema.KINDS
