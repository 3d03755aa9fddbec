"""The people of a file in batches, and everything else that is in it on the side."""

from collections.abc import Callable, Iterator

from handrail.capabilities.people.imports import storage
from handrail.capabilities.people.imports.models import PeopleImport
from handrail.formats.people import Item, PeopleFile, PersonRecord, open_people_file

BATCH = 1000
DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "vertical bar": "|"}
Progress = Callable[[int, int], None]


def no_progress(done: int, total: int) -> None:
    """For whoever does not watch."""


def opened(people_import: PeopleImport) -> PeopleFile:
    """The import's stored file, read as it was understood when it came in."""
    return open_people_file(
        storage.path_of(people_import.stored_name),
        layout=people_import.layout or None,
        encoding=people_import.encoding or None,
        delimiter=DELIMITERS.get(people_import.delimiter),
    )


def batches_of(
    people_file: PeopleFile, aside: Callable[[Item], None] | None = None
) -> Iterator[tuple[list[PersonRecord], int]]:
    """(people, number of rows read so far), a batch at a time; what is no person goes to `aside`."""
    batch: list[PersonRecord] = []
    rows = 0
    for item in people_file.items():
        rows += 1
        if isinstance(item, PersonRecord):
            batch.append(item)
            if len(batch) == BATCH:
                yield batch, rows
                batch = []
        elif aside is not None:
            aside(item)
    yield batch, rows
