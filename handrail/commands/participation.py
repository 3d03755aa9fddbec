"""`handrail participation`: what taking part online amounts to, from an export, without a server."""

import argparse
import sys
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from handrail.commands import participation_report as report
from handrail.commands import participation_tables as tables
from handrail.commands.files import FaultyFile, NoAnswer, WrongUse, rows_of, write_csv, written_whole
from handrail.compute.analytics import SETTING, UnknownAnalytics, query_for
from handrail.compute.cuts import UnknownCuts, cuts_for
from handrail.engines.participation import measures, patterns
from handrail.engines.participation.log import Log, Window, prepare
from handrail.formats.interactions import plain
from handrail.formats.interactions.load import Faulty, Loaded, load, load_by_way_of
from handrail.formats.interactions.people import Matched, match
from handrail.formats.interactions.reading import forget

COLUMNS = (
    "person",
    "unit",
    "posts",
    "replies_given",
    "replies_received",
    "reactions_given",
    "reactions_received",
    "reached",
    "heard_from",
    "two_way",
    "two_way_share",
    "reciprocity",
    "cross_unit_share",
    "threads_answered_share",
    "active_weeks",
    "pattern",
)

EXPLANATION = f"""
EXPORT is a Slack, Mattermost, Viva Engage, Teams, Zulip or Discourse export, a Mastodon archive, a Bluesky repository
(CAR), a mailbox (mbox), or a plain table; zip, folder or file. What it is, is found out from its content. Message text
is never kept.

The plain table (CSV or Parquet): at,source,target,kind,channel,thread,outside
  2026-01-05T09:30:00,ann,,post,general,t1,0
  2026-01-05T10:02:00,ben,ann,reply,general,t1,0

Example:
  handrail participation slack-export.zip --people people.csv --start 2026-01-01 --end 2026-07-01 \\
      --out measures.csv --report report.html

PEOPLE has the columns person,unit; person is written as in the export, or as an e-mail address where the export has
them. An empty field in MEASURES means "not measurable", never 0.
A long export need not be read twice: with --keep FOLDER the same command goes on where it was cut off.
Set {SETTING}=spark://host:port to run the measures on an existing Spark instead of in this process.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.epilog = EXPLANATION
    parser.add_argument("export", metavar="EXPORT", nargs="+", help="the export; several of one system are read as one")
    parser.add_argument("--people", metavar="PEOPLE.csv", help="columns person,unit")
    parser.add_argument("--start", metavar="DATE", help="first day (UTC), for example 2026-01-01")
    parser.add_argument("--end", metavar="DATE", help="the day after the last (UTC)")
    parser.add_argument("--out", metavar="MEASURES.csv", required=True, help="one row a person; - for standard output")
    parser.add_argument("--report", metavar="REPORT.html", help="one file with charts and tables; names nobody")
    parser.add_argument("--weeks", metavar="WEEKS.csv", help="one row a person and week")
    parser.add_argument(
        "--network",
        metavar="NETWORK.csv",
        help="one row a person with mutual ties: core, rank, community, betweenness, constraint",
    )
    parser.add_argument(
        "--keep",
        metavar="FOLDER",
        help="for a long export: keep here how far reading is; the same command, started again, goes on from there",
    )
    parser.add_argument(
        "--skip-broken", action="store_true", help="leave faulty rows of a plain table out instead of stopping"
    )


def run(arguments: argparse.Namespace) -> int:
    window = _window(arguments.start, arguments.end)
    try:
        query, cuts = query_for(), cuts_for()
    except (UnknownAnalytics, UnknownCuts, ImportError) as error:
        raise WrongUse(str(error)) from error
    members = _members(arguments.people) if arguments.people else {}
    loaded = _loaded(arguments.export, arguments.skip_broken, _kept_in(arguments.keep, arguments.export))
    matched = match(loaded, members)
    log, unit_names = _log(loaded, matched, window)
    if not log.acts.num_rows:
        raise NoAnswer(_why_nothing(loaded, log))
    result = measures.measure(log, query)
    weights = patterns.weights(result.people, log.span, cuts, with_reactions=result.reactions_known)
    told = "pattern" not in result.unmeasured
    rows = _rows(result, matched, weights if told else np.zeros_like(weights))
    findings = report.Findings(
        loaded.reading,
        log,
        result,
        weights if told else None,
        measures.health(log, query).to_pylist(),
        measures.units(log, query).to_pylist(),
        unit_names,
        matched,
    )
    with ExitStack() as outputs:
        # every other place is tried first, so that all files appear or none
        if arguments.report:
            outputs.enter_context(written_whole(arguments.report)).write(report.page(findings))
        if arguments.weeks:
            of_weeks = tables.week_rows(log, query, matched.labels, set(result.unmeasured))
            tables.put(outputs.enter_context(written_whole(arguments.weeks)), tables.WEEKS, of_weeks)
        if arguments.network:
            of_ties = tables.network_rows(log, result, matched.labels)
            tables.put(outputs.enter_context(written_whole(arguments.network)), tables.NETWORK, of_ties)
        write_csv(arguments.out, COLUMNS, rows)
    if arguments.keep:
        forget(Path(arguments.keep) / "handrail-reading")
    print(report.summary(findings), file=sys.stderr if arguments.out == "-" else sys.stdout)
    return 0


def _window(start: str | None, end: str | None) -> Window:
    window = Window(_moment("--start", start), _moment("--end", end))
    if window.start is not None and window.end is not None and window.start >= window.end:
        raise WrongUse(f"--start {start} is not before --end {end} (the end itself is not included).")
    return window


def _moment(option: str, text: str | None) -> int | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise WrongUse(f"{option} {text}: write a date as 2026-01-31.") from error
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    return round((moment - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds()) * 1_000_000


def _members(path: str) -> dict[str, str | None]:
    members: dict[str, str | None] = {}
    for line, row in rows_of(path, required=("person", "unit")):
        person, unit = row["person"].strip(), row["unit"].strip() or None
        if not person:
            raise FaultyFile(path, "is empty; every row names a person.", line=line, column="person")
        if members.get(person, unit) != unit:
            raise FaultyFile(path, f"“{person}” is there twice, in two units.", line=line, column="person")
        members[person] = unit
    return members


def _kept_in(folder: str | None, exports: list[str]) -> Path | None:
    """A folder of our own in the one that was named: what is deleted in the end is ours alone."""
    if folder is None:
        return None
    if len(exports) > 1 or exports == ["-"]:
        raise WrongUse("--keep goes with one export, from a file or a folder.")
    if not Path(folder).is_dir():
        raise WrongUse(f"--keep {folder}: there is no such folder.")
    kept = Path(folder) / "handrail-reading"
    if kept.exists():
        print("handrail participation: going on where reading stopped.", file=sys.stderr)
    return kept


def _loaded(paths: list[str], skip_broken: bool, kept: Path | None) -> Loaded:
    bar: Any = tqdm(unit="B", unit_scale=True, file=sys.stderr, disable=not sys.stderr.isatty(), leave=False)

    def on_bytes(read: int, total: int) -> None:
        bar.total = total
        bar.update(read)

    try:
        loaded = load(paths, on_bytes=on_bytes) if kept is None else load_by_way_of(kept, paths[0], on_bytes=on_bytes)
    except Faulty as error:
        raise FaultyFile(error.path, str(error)) from error
    finally:
        bar.close()
    reading = loaded.reading
    if reading.broken and reading.format == plain.NAME and not skip_broken:
        first = min(reading.broken, key=lambda broken: broken.position or 0)
        more = f" ({reading.broken_count:,} rows are faulty.)" if reading.broken_count > 1 else ""
        message = f"{first.message}{more} Correct the file, or add --skip-broken to leave such rows out."
        raise FaultyFile(paths[0], message, line=first.position, column=first.column)
    for broken in reading.broken:
        print(f"handrail participation: left out, broken: {broken}", file=sys.stderr)
    return loaded


def _log(loaded: Loaded, matched: Matched, window: Window) -> tuple[Log, list[str]]:
    names = sorted({unit for unit in matched.units if unit})
    numbers = {name: number for number, name in enumerate(names)}
    units = np.array([numbers[unit] if unit else -1 for unit in matched.units], dtype=np.int32)
    return prepare(matched.interactions, units, window=window, unmeasured=loaded.reading.lacking), names


def _why_nothing(loaded: Loaded, log: Log) -> str:
    reasons = [f"{count:,} {why}" for why, count in {**loaded.reading.left_out, **log.left_out}.items()]
    if loaded.reading.broken_count:
        reasons.append(f"{loaded.reading.broken_count:,} broken")
    tail = f" Left out: {'; '.join(reasons)}." if reasons else ""
    return f"there is nothing to measure in this export.{tail}"


def _rows(result: measures.Measures, matched: Matched, weights: "np.typing.NDArray[np.float64]") -> list[list[object]]:
    columns: dict[str, Callable[[int], object]] = {}
    for name in COLUMNS[2:-1]:
        values = result.column(name).to_pylist()
        columns[name] = _written(values)
    order = sorted((person for person, told in enumerate(matched.measured) if told), key=lambda at: matched.labels[at])
    return [
        [
            matched.labels[person],
            matched.units[person] or "",
            *(write(person) for write in columns.values()),
            patterns.named(weights[person]),
        ]
        for person in order
    ]


def _written(values: list[Any]) -> Callable[[int], object]:
    """Whole numbers as they are, shares to six places, nothing where there is nothing to say."""

    def write(person: int) -> object:
        value = values[person]
        if value is None:
            return ""
        return value if isinstance(value, int) else round(float(value), 6)

    return write
