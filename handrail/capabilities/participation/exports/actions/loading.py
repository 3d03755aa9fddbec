"""The slow work of a load: read it, give numbers, file it month by month; and what is forgotten after a while."""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from django.db import transaction

from handrail.capabilities.participation import arrivals, rules
from handrail.capabilities.participation.actions.keeping import files_in_step
from handrail.capabilities.participation.exports.numbering import legible, number
from handrail.capabilities.participation.exports.reading import read
from handrail.capabilities.participation.log_files import SCHEMA, LogFiles
from handrail.capabilities.participation.models import ExportLoad, Suggestion
from handrail.formats.interactions.archive import Refused as Unreadable
from handrail.formats.interactions.collector import Collector
from handrail.formats.interactions.spool import month_in, months_in
from handrail.foundation import clock
from handrail.foundation.audit.actions import record

State = ExportLoad.State
MOST_SAID = 20  # kinds of records, reasons, broken records on the page
NUMBERS = "numbers.npz"


class Stopped(Exception):
    """Somebody stopped this load meanwhile."""


def load_export(*, load: ExportLoad) -> None:
    """Read and file it. Cut off while reading it goes on where it stopped; while filing, with the month it was at."""
    spool = arrivals.spool_of(load.stored_name)
    try:
        if load.state != State.FILING or not (spool / NUMBERS).exists():
            _read(load, spool)
        _file(load, spool)
    except Unreadable as fault:
        note_failure(load=load, reason=str(fault))
    except FileNotFoundError:
        note_failure(load=load, reason="is not there any more. Please choose it again.")
    except Stopped:
        return


def note_failure(*, load: ExportLoad, reason: str) -> None:
    """The reason is shown and holds nothing that anybody wrote."""
    load.state, load.stopped_because, load.finished_at = State.FAILED, legible(reason)[:400], clock.now()
    load.save(update_fields=["state", "stopped_because", "finished_at"])
    shutil.rmtree(arrivals.spool_of(load.stored_name), ignore_errors=True)


def _read(load: ExportLoad, spool: Path) -> None:
    def tell(size: int, total: int, acts: int) -> None:
        running = ExportLoad.objects.filter(pk=load.pk, state=State.READING)
        if not running.update(bytes_done=size, bytes_total=total, acts=acts):
            raise Stopped

    if not ExportLoad.objects.filter(pk=load.pk, state__in=rules.MAY_RUN).update(state=State.READING):
        raise Stopped
    collector = read(arrivals.path_of(load.stored_name), spool, tell, known_as=load.file_name)
    files_in_step(load.organisation_id)  # before numbers are given: none may mean two people
    numbers = number(load.organisation_id, collector)
    np.savez(
        spool / NUMBERS,
        people=numbers.people,
        channels=numbers.channels,
        differ=np.array([collector.equal_rows_differ]),
    )
    load.refresh_from_db()
    load.state, load.found = State.FILING, _found(collector)
    load.records, load.people, load.matched = collector.reading.records, len(collector.people), numbers.matched
    load.months_done, load.months_total = 0, len(months_in(spool))
    load.acts = load.added = 0
    load.save()


def _found(collector: Collector) -> dict[str, Any]:
    """What the page says of the reading: how many of what, and why something was left out; never anybody's words."""
    reading = collector.reading
    return {
        "counts": [[legible(name), count] for name, count in reading.counts.most_common(MOST_SAID)],
        "left_out": [[legible(why), count] for why, count in reading.left_out.most_common(MOST_SAID)],
        "lacking": reading.lacking,
        "notes": reading.notes,
        "broken": [legible(str(one))[:300] for one in reading.broken[:MOST_SAID]],
        "broken_count": reading.broken_count,
    }


def _file(load: ExportLoad, spool: Path) -> None:
    """Month by month into the log; each is whole before the next is begun."""
    kept = np.load(spool / NUMBERS)
    files, months = LogFiles(load.organisation_id), months_in(spool)
    differ = bool(kept["differ"][0])
    with files.alone():
        _number_threads(files, spool, months)
        for month in months[load.months_done :]:
            acts = _in_numbers(
                month_in(spool, month, equal_rows_differ=differ), kept["people"], kept["channels"], files
            )
            merged = files.merge(month, acts)
            load.months_done += 1
            load.acts, load.added = load.acts + merged.acts, load.added + merged.added
            _note_days(load, acts)
            load.save(update_fields=["months_done", "acts", "added", "first_on", "last_on"])
    with transaction.atomic():
        load.state, load.finished_at = State.DONE, clock.now()
        load.save(update_fields=["state", "finished_at"])
        record(by=load.made_by, what="export.loaded", subject=load, organisation_id=load.organisation_id)


def forget_file(*, load: ExportLoad) -> None:
    """What is loaded need not be kept; its name goes last, so that a run that was cut off is done again."""
    arrivals.forget(load.stored_name)
    load.stored_name = ""
    load.save(update_fields=["stored_name"])


def _number_threads(files: LogFiles, spool: Path, months: list[str]) -> None:
    conversations: npt.NDArray[np.int64] = np.empty(0, dtype=np.int64)
    for month in months:
        met = month_in(spool, month)["thread"].drop_null().to_numpy()
        conversations = np.union1d(conversations, met)
    files.numbered_threads(conversations)


def _in_numbers(
    acts: pa.Table, people: npt.NDArray[np.int32], channels: npt.NDArray[np.int32], files: LogFiles
) -> pa.Table:
    """The acts with the organisation's numbers in place of the export's."""
    columns = {name: acts[name] for name in acts.schema.names}
    for name, numbers in (("source", people), ("target", people), ("channel", channels)):
        column = acts[name].combine_chunks()
        missing = column.is_null().to_numpy(zero_copy_only=False)
        places = column.fill_null(0).to_numpy(zero_copy_only=False)
        moved = numbers[places] if len(numbers) else np.zeros(len(places), dtype=np.int32)
        columns[name] = pa.array(moved, pa.int32(), mask=missing)
    columns["thread"] = files.thread_numbers(acts["thread"])
    return pa.table(columns, schema=SCHEMA)


def _note_days(load: ExportLoad, acts: pa.Table) -> None:
    known = acts["at"].drop_null().cast(pa.int64()).to_numpy()
    if len(known):
        first, last = (datetime.fromtimestamp(int(at) // 1_000_000, UTC).date() for at in (known.min(), known.max()))
        load.first_on = min(first, load.first_on or first)
        load.last_on = max(last, load.last_on or last)


def forget_old_arrivals(*, before: datetime) -> None:
    """Exports that nobody came back to hold what people wrote: gone after a week."""
    waiting = ExportLoad.objects.filter(made_at__lt=before).exclude(stored_name="")
    for load in waiting:
        arrivals.forget(load.stored_name)
    waiting.exclude(state__in=rules.MAY_RUN).update(stored_name="")


def forget_suggestions(*, before: datetime) -> None:
    Suggestion.objects.filter(made_at__lt=before).delete()
