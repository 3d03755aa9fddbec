"""Writes about brought lists. Nothing is changed before somebody loads it, and the same list twice changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from handrail.capabilities.pairings import actions as pairings
from handrail.capabilities.pairings.spreadsheets import jobs, queries, rules
from handrail.capabilities.pairings.spreadsheets.emails import tell_brought
from handrail.capabilities.pairings.spreadsheets.models import PairsFile, PairsLine
from handrail.capabilities.people.actions import add_person
from handrail.capabilities.schemes.actions import scheme_to_pair_in
from handrail.formats.spreadsheets import (
    MAXIMUM_BYTES,
    Columns,
    LineFault,
    PairLine,
    Unreadable,
    best_sheet,
    guess_columns,
    pair_lines,
    read_table,
)
from handrail.foundation import clock
from handrail.foundation.audit.actions import record
from handrail.foundation.shelf import Shelf

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account
    from handrail.capabilities.people.models import Organisation

SHELF = Shelf("pairs", MAXIMUM_BYTES)
KEPT = timedelta(days=30)
BATCH = 50
State, Outcome = PairsFile.State, PairsLine.Outcome


def receive_list(*, by: Account, organisation: Organisation, file_name: str, chunks: Iterable[bytes]) -> PairsFile:
    """Keep an uploaded list and queue it to be read. Refuses what is too large."""
    stored_name, _digest = SHELF.keep(chunks)
    with transaction.atomic():
        file = PairsFile.objects.create(
            scheme=scheme_to_pair_in(by=by, organisation=organisation),
            made_by=by,
            made_at=clock.now(),
            file_name=file_name[:200],
            stored_name=stored_name,
        )
        jobs.read_list.enqueue(file_id=file.pk)
    return file


def read_list(*, file: PairsFile) -> None:
    """Read it in a process of its own, and make the preview. Run twice, it begins anew."""
    try:
        table = read_table(SHELF.path_of(file.stored_name))
    except (Unreadable, FileNotFoundError) as fault:
        file.state, file.fault = State.FAILED, getattr(fault, "code", "gone")
        SHELF.forget(file.stored_name)
        file.stored_name = ""
        file.save(update_fields=["state", "fault", "stored_name"])
        return
    if not file.confirmed:
        file.sheet = best_sheet([sheet.rows for sheet in table.sheets])
    rows = table.sheets[min(file.sheet, len(table.sheets) - 1)].rows
    if not file.confirmed:
        guess = guess_columns(rows)
        file.heading_row, file.headings = guess.heading_row, list(guess.headings)
        file.columns, file.day_first = dict(guess.of_role), guess.day_first
    begins = file.heading_row if file.headed else max(file.heading_row - 1, 0)
    columns = Columns(begins, tuple(file.headings), file.columns, file.day_first)
    with transaction.atomic():
        file.lines.all().delete()
        PairsLine.objects.bulk_create([_line(file, found) for found in pair_lines(rows, columns)], batch_size=200)
        settle_lines(file)
        file.state = State.READY
        file.save()


def _line(file: PairsFile, found: PairLine | LineFault) -> PairsLine:
    if isinstance(found, LineFault):
        return PairsLine(of=file, line=found.line, outcome=Outcome.FAULT, code=found.code, value=found.value)
    return PairsLine(
        of=file,
        line=found.line,
        leader_name=found.leader,
        leader_email=found.leader_email,
        mentor_name=found.mentor,
        mentor_email=found.mentor_email,
        state=found.state,
        agreed_on=found.agreed_on,
        met_on=found.met_on,
        outcome=Outcome.NEW,
    )


def settle_lines(file: PairsFile) -> None:
    """Say of every readable line who is in it, and what loading it would do."""
    known, here = queries.Known(file.scheme), queries.pairs_here(file.scheme)
    met: dict[tuple[int, int], int] = {}
    lines = [line for line in file.lines.all() if line.leader_name or line.leader_email]
    for line in lines:
        line.leader = known.find(line.leader_name, line.leader_email)
        line.mentor = known.find(line.mentor_name, line.mentor_email)
        line.code = line.value = ""
        pair = (line.leader.pk if line.leader else 0, line.mentor.pk if line.mentor else 0)
        line.outcome = rules.outcome_of(
            leader_known=line.leader is not None,
            mentor_known=line.mentor is not None,
            is_here=pair in here,
            same=bool(pair[0]) and pair[0] == pair[1],
            state=line.state,
        )
        if line.outcome == Outcome.FAULT:
            line.code, line.value = "same_person", line.leader_name
        elif line.outcome == Outcome.UNKNOWN:
            for name, email in ((line.leader_name, line.leader_email), (line.mentor_name, line.mentor_email)):
                if known.is_ambiguous(name, email):
                    line.outcome, line.code, line.value = Outcome.FAULT, "two_of_one_name", name
        elif pair in met:
            line.outcome, line.code, line.value = Outcome.FAULT, "repeat", str(met[pair])
        else:
            met[pair] = line.line
    PairsLine.objects.bulk_update(lines, ["leader", "mentor", "outcome", "code", "value"], batch_size=200)


@transaction.atomic
def say_columns(*, by: Account, file: PairsFile, columns: Mapping[str, int], day_first: bool, headed: bool) -> None:
    """What each column says, by whoever keeps the list; it is read once more."""
    rules.check_can_change(file)
    file.columns, file.day_first, file.headed = dict(columns), day_first, headed
    file.confirmed, file.state = True, State.WAITING
    file.save()
    jobs.read_list.enqueue(file_id=file.pk)


@transaction.atomic
def add_people(*, by: Account, file: PairsFile, chosen: Iterable[queries.Named]) -> int:
    """Add people of the list who were not known; their reporting line stays unknown. How many that were."""
    rules.check_can_change(file)
    added = 0
    for person in chosen:
        add_person(by=by, organisation=file.scheme.organisation, name=person.name, email=person.email)
        added += 1
    settle_lines(file)
    return added


@transaction.atomic
def put_aside(*, by: Account, file: PairsFile) -> None:
    rules.check_can_change(file)
    stored_name, file.state, file.stored_name = file.stored_name, State.CANCELLED, ""
    file.save(update_fields=["state", "stored_name"])
    file.lines.all().delete()
    transaction.on_commit(lambda: SHELF.forget(stored_name))


@transaction.atomic
def start_loading(*, by: Account, file: PairsFile, tell: bool, reason_to_go_on: str = "") -> None:
    rules.check_can_load(file, has_outside=bool(queries.outside_in(file)), reason=reason_to_go_on)
    file.state, file.made_by, file.tell, file.reason_to_go_on = State.LOADING, by, tell, reason_to_go_on
    file.save(update_fields=["state", "made_by", "tell", "reason_to_go_on"])
    jobs.load_list.enqueue(file_id=file.pk)


def load_list(*, by: Account | None, file: PairsFile) -> None:
    """Bring the good lines, a batch at a time; run again after a stop, it goes on where it was cut off."""
    while True:
        with transaction.atomic():
            lines = list(queries.lines_with(file, Outcome.NEW).select_related("leader", "mentor")[:BATCH])
            here = queries.pairs_here(file.scheme)
            for line in lines:
                line.outcome = Outcome.HERE if (line.leader_id, line.mentor_id) in here else _bring(by, file, line)
            PairsLine.objects.bulk_update(lines, ["outcome"])
        if not lines:
            break
    stored_name = file.stored_name
    with transaction.atomic():
        file.state, file.finished_at, file.stored_name, file.reason_to_go_on = State.DONE, clock.now(), "", ""
        file.save(update_fields=["state", "finished_at", "stored_name", "reason_to_go_on"])
        brought = queries.counts_of(file)[Outcome.LOADED]
        record(
            by=by,
            what="pairings.brought",
            subject=file.scheme,
            organisation_id=file.scheme.organisation_id,
            detail={"brought": brought},
        )
    SHELF.forget(stored_name)


def _bring(by: Account | None, file: PairsFile, line: PairsLine) -> str:
    assert line.leader is not None
    assert line.mentor is not None
    pairing = pairings.bring_pair(
        by=by,
        scheme=file.scheme,
        leader=line.leader,
        mentor=line.mentor,
        state=line.state,
        agreed_at=_moment(line.agreed_on),
        met_at=_moment(line.met_on),
        reason_to_go_on=file.reason_to_go_on if file.reason_to_go_on and queries.is_outside(file, line) else "",
    )
    if file.tell:
        tell_brought(pairing)
    return Outcome.LOADED


def _moment(day: date | None) -> datetime | None:
    return datetime.combine(day, time(12), ZoneInfo(settings.TIME_ZONE)) if day else None


@transaction.atomic
def note_taken_out(*, by: Account, organisation: Organisation, rows: int) -> None:
    """That somebody took the list out is in the audit trail."""
    record(by=by, what="pairings.taken_out", organisation_id=organisation.pk, detail={"rows": rows})


def forget_old_lists() -> None:
    """Lists that nobody came back to, and the lines of older ones: they hold names."""
    before = clock.now() - KEPT
    PairsLine.objects.filter(of__made_at__lt=before).delete()
    PairsFile.objects.filter(made_at__lt=before, state__in=[State.READY, State.WAITING]).update(
        state=State.CANCELLED, stored_name=""
    )
    SHELF.forget_older_than(KEPT.total_seconds(), clock.now().timestamp())
