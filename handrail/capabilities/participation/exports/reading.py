"""Reads an organisation's export into months on disk, and refuses what cannot be measured."""

from pathlib import Path

from handrail.formats.interactions.archive import Limits, Refused, open_export
from handrail.formats.interactions.collector import Collector
from handrail.formats.interactions.reading import Tell, read_into
from handrail.formats.interactions.schema import Completeness
from handrail.formats.interactions.spool import months_in

# More than a browser brings, less than a laptop's disk.
LIMITS = Limits(total_bytes=32 * 2**30)
ONE_PERSON = (
    "is what one person took away with them. An organisation’s conversations are measured from an export of the whole "
    "network; for one person’s archive there is the command “handrail participation”."
)


def read(path: Path, spool_folder: Path, tell: Tell, *, known_as: str = "") -> Collector:
    """The reader's findings; its acts lie in `spool_folder`. Raises formats' Refused for what cannot be read.

    Called again after it was cut off, it goes on where it stopped.
    """
    collector = read_into(spool_folder, open_export(path, LIMITS, known_as=known_as), tell)
    if collector.reading.completeness != Completeness.WHOLE_NETWORK:
        raise Refused(ONE_PERSON)
    if not months_in(spool_folder):
        raise Refused(_nothing(collector))
    return collector


def _nothing(collector: Collector) -> str:
    reading = collector.reading
    left = "; ".join(f"{count:,} {why}" for why, count in reading.left_out.most_common(5))
    return f"holds nothing to measure. Read: {reading.records:,} records." + (f" Left out: {left}." if left else "")
