"""`handrail invent-conversations`: a log of invented conversations of any size, to try things out on."""

import argparse
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from handrail.commands.files import WrongUse, progress, write_csv, written_whole
from handrail.demo.talk import CHANNELS, Cast, a_cast, acts_of, pace_of
from handrail.engines.participation.log import KINDS

COLUMNS = ("at", "source", "target", "kind", "channel", "thread", "outside")
SCHEMA = pa.schema(
    [pa.field("at", pa.timestamp("us", tz="UTC")), *(pa.field(name, pa.string()) for name in COLUMNS[1:])]
)

EXPLANATION = """
LOG is a plain table of interactions (CSV or Parquet by its ending), as `handrail participation` reads it. Nobody in it
exists. Units of about twenty people, one in seven silent; a third of the leaders begin to answer at some week and their
unit writes more, a third begin without any effect, a third never begin. The same numbers and seed give the same log.
One week at a time is held in memory, so that any size can be made.

Example (ten million acts of 50,000 people take about a minute):
  handrail invent-conversations log.parquet --acts 10000000 --persons 50000 --people people.csv
  handrail participation log.parquet --people people.csv --out measures.csv
"""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.epilog = EXPLANATION
    parser.add_argument("log", metavar="LOG", help="where to write the acts: a .csv or a .parquet")
    parser.add_argument("--acts", type=int, default=100_000, help="about how many acts (default 100,000)")
    parser.add_argument("--persons", type=int, default=1_000, help="how many people (default 1,000)")
    parser.add_argument("--weeks", type=int, default=52, help="over how many weeks (default 52)")
    parser.add_argument("--start", metavar="DATE", default="2025-01-06", help="the first day (default 2025-01-06)")
    parser.add_argument("--seed", type=int, default=1, help="another number invents others (default 1)")
    parser.add_argument("--people", metavar="PEOPLE.csv", help="where to write who is in which unit")


def run(arguments: argparse.Namespace) -> int:
    if min(arguments.acts, arguments.persons, arguments.weeks) < 1 or arguments.seed < 0:
        raise WrongUse("--acts, --persons and --weeks are whole numbers from 1, --seed one from 0.")
    try:
        first = date.fromisoformat(arguments.start)
        first + timedelta(weeks=arguments.weeks)
    except (ValueError, OverflowError) as error:
        raise WrongUse(f"--start {arguments.start}: write a date as 2025-01-06.") from error
    cast = a_cast(arguments.persons, seed=arguments.seed)
    pace = pace_of(cast, weeks=arguments.weeks, acts=arguments.acts)
    weeks = acts_of(cast, weeks=arguments.weeks, first=first, seed=arguments.seed, pace=pace)
    names = [f"person-{number:07d}" for number in range(cast.size)]
    made = _tables(progress(weeks, what="weeks", total=arguments.weeks), cast, names)
    count = _write(arguments.log, made)
    if arguments.people:
        write_csv(arguments.people, ("person", "unit"), _people(cast, names))
    print(f"{count:,} acts of {cast.size:,} invented people in {arguments.log}.")
    return 0


def _people(cast: Cast, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    return ((name, f"unit {unit}") for name, unit in zip(names, cast.units.tolist(), strict=True))


def _tables(weeks: Any, cast: Cast, names: Sequence[str]) -> Iterator[pa.Table]:
    """Each week with names in place of numbers."""
    people, kinds = pa.array(names), pa.array(KINDS)
    channels = pa.array([*CHANNELS, *(f"unit-{unit}" for unit in range(int(cast.units[-1]) + 1))])
    for week in weeks:
        columns = {
            "at": week["at"],
            "source": people.take(week["source"].combine_chunks()),
            "target": people.take(week["target"].combine_chunks()),
            "kind": kinds.take(week["kind"].combine_chunks()),
            "channel": channels.take(week["channel"].combine_chunks()),
            "thread": week["thread"].cast(pa.string()),
            "outside": pc.if_else(week["outside"], "1", "0"),
        }
        yield pa.table(columns, schema=SCHEMA)


def _write(path: str, tables: Iterator[pa.Table]) -> int:
    count = 0
    in_columns = path.lower().endswith((".parquet", ".pq"))
    with written_whole(path, binary=True) as out, _writer(out, in_columns=in_columns) as writer:
        for table in tables:
            writer.write_table(table)
            count += table.num_rows
    return count


def _writer(out: Any, *, in_columns: bool) -> Any:
    if in_columns:
        return pa.parquet.ParquetWriter(out, SCHEMA, compression="zstd")
    return pa.csv.CSVWriter(out, SCHEMA, write_options=pa.csv.WriteOptions(quoting_style="needed"))
