"""`handrail import-people`: load a list of people from a file."""

import argparse
import sys
import tempfile
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from tqdm import tqdm

from handrail.commands.django_setup import set_up_django
from handrail.commands.files import FaultyFile, WrongUse
from handrail.formats.people import (
    DELIMITERS,
    LAYOUTS,
    MAXIMUM_BYTES,
    Fault,
    Note,
    PeopleFile,
    UnreadablePeopleFile,
    open_people_file,
)

if TYPE_CHECKING:
    from handrail.capabilities.people.imports.models import PeopleImport
    from handrail.capabilities.people.models import Organisation

GOOD_ROWS_LOADED = 3
NAMED = 100
SENTENCES = (
    ("add", "to add", "added"),
    ("change", "to change", "changed"),
    ("unchanged", "left alone", "left alone"),
    ("ask", "may be somebody known: load the file on the page “People” to decide", ""),
    ("missing", "missing from this file, proposed for leaving (nobody is deleted)", ""),
    ("inactive", "not active in the file: left aside", ""),
    ("unnamed", "posts without a named person", ""),
    ("repeat", "further rows of somebody already read", ""),
    ("cycle", "cycles in the reporting lines", ""),
    ("noted", "used, but not all of it", ""),
    ("fault", "rows that could not be used", ""),
)


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="the people file; “-” is standard input")
    parser.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")
    parser.add_argument("--organisation", metavar="NAME", help="whose people they are, where there are several")
    parser.add_argument("--format", choices=[layout.name for layout in LAYOUTS], help="instead of detecting it")
    parser.add_argument("--encoding", help="instead of detecting it: utf-8, utf-16, windows-1252")
    parser.add_argument("--delimiter", choices=[*DELIMITERS, "tab"], help="instead of detecting it")
    parser.epilog = (
        "example:\n  handrail import-people staff.csv --dry-run\n  handrail import-people staff.csv\n\n"
        "Reads Handrail's own CSV, downloads of Microsoft Entra ID and Google Workspace, and UK organograms\n"
        "(docs/reference/people-csv.md). The same file again changes nothing.\n\n"
        "Exit 0: done. 2: wrong use or a faulty file. 3: the good rows are loaded, the bad ones named."
    )


def run(arguments: argparse.Namespace) -> int:
    set_up_django()
    with ExitStack() as stack:
        path = _path(arguments.file, stack)
        try:
            people_file = stack.enter_context(_opened(path, arguments))
            return _import(people_file, path, arguments)
        except UnreadablePeopleFile as fault:
            raise FaultyFile(arguments.file, str(fault), line=fault.line) from fault


def _path(name: str, stack: ExitStack) -> Path:
    if name != "-":
        return Path(name)
    kept = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "standard-input"
    with kept.open("wb") as out:
        while (chunk := sys.stdin.buffer.read(1 << 20)) and out.tell() <= MAXIMUM_BYTES:  # past it, it is refused
            out.write(chunk)
    return kept


def _opened(path: Path, arguments: argparse.Namespace) -> PeopleFile:
    if path.exists() and not path.is_file():
        raise FaultyFile(arguments.file, "is not a file.")  # a device may have no end
    delimiter = "\t" if arguments.delimiter == "tab" else arguments.delimiter
    try:
        return open_people_file(path, layout=arguments.format, encoding=arguments.encoding, delimiter=delimiter)
    except ValueError as error:
        raise WrongUse(str(error)) from error
    except OSError as error:
        raise FaultyFile(arguments.file, f"cannot be read ({error.strerror or error}).") from error


def _import(people_file: PeopleFile, path: Path, arguments: argparse.Namespace) -> int:
    from handrail.capabilities.people.imports import actions  # Django is set up by now, and not before
    from handrail.capabilities.people.imports.models import PeopleImport

    found = people_file.detected
    print(f"{found.layout_label}, {found.encoding}, {found.delimiter} between fields.")
    if not found.encoding_certain:
        print("The encoding is a guess: look whether names with accents are right, or give --encoding.")
    people_import = actions.begin_import(
        by=None, organisation=_organisation(arguments.organisation), path=path, detected=found
    )
    if people_import.state == PeopleImport.State.WAITING:
        with _Bar("reading") as bar:
            actions.read_import(people_import=people_import, people_file=people_file, progress=bar.show)
    else:
        print("This file was cut off half loaded: going on.")
    usable = people_file.rows - people_import.counts.get("fault", 0) > 0
    if usable and not arguments.dry_run:
        with _Bar("loading") as bar:
            actions.apply_import(by=None, people_import=people_import, people_file=people_file, progress=bar.show)
    _report(people_import, dry_run=arguments.dry_run)
    faults = people_import.counts.get("fault", 0)
    if arguments.dry_run or not usable:
        actions.forget_import(people_import=people_import)
    if not usable:
        raise FaultyFile(arguments.file, "holds no row that can be used.")
    return GOOD_ROWS_LOADED if faults else 0


def _organisation(name: str | None) -> "Organisation":
    from handrail.capabilities.people.queries import every_organisation  # Django is set up by now, and not before

    known = sorted(every_organisation(), key=lambda organisation: organisation.name)
    chosen = [organisation for organisation in known if name is None or organisation.name == name]
    if len(chosen) == 1:
        return chosen[0]
    if not known:
        raise WrongUse("There is no organisation yet. Start `handrail serve` and set one up first.")
    names = ", ".join(f"“{organisation.name}”" for organisation in known[:20])
    raise WrongUse(f"Say whose people they are with --organisation: {names}.")


def _report(people_import: "PeopleImport", *, dry_run: bool) -> None:
    counts = Counter(people_import.counts)
    if not dry_run:
        counts.update({"add": people_import.added - counts["add"], "change": 0})
    for kind, planned, done in SENTENCES:
        if counts[kind] or kind in ("add", "change", "unchanged"):
            print(f"{counts[kind]:>9,}  {planned if dry_run or not done else done}")
    for cycle in people_import.findings.filter(kind="cycle")[:NAMED]:
        names = " → ".join(f"{name} (line {line})" for line, name in cycle.detail["members"])
        print(f"cycle: {names} → {cycle.name}")
    for noted in people_import.findings.filter(kind="noted")[:NAMED]:
        print(f"line {noted.line}, {noted.name}: {' '.join(Note(*note).text for note in noted.detail['notes'])}")
    _name_faults(people_import)


def _name_faults(people_import: "PeopleImport") -> None:
    for finding in people_import.findings.filter(kind="fault")[:NAMED]:
        fault = Fault(finding.line, finding.detail["code"], finding.detail["column"], finding.detail["values"])
        print(f"{people_import.file_name}, {fault}", file=sys.stderr)
    more = people_import.counts.get("fault", 0) - NAMED
    if more > 0:
        print(f"… and {more:,} more.", file=sys.stderr)


class _Bar:
    """A bar on standard error while that is a terminal."""

    def __init__(self, what: str) -> None:
        self._bar = tqdm(desc=what, unit=" steps", file=sys.stderr, disable=not sys.stderr.isatty(), leave=False)

    def __enter__(self) -> "_Bar":
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.close()

    def show(self, done: int, total: int) -> None:
        self._bar.total = total
        self._bar.update(done - self._bar.n)
