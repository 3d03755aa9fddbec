"""Loads a file that was previewed: batch by batch, each in one transaction with the note of how far it is."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from handrail.capabilities.people.imports import rules, storage
from handrail.capabilities.people.imports.actions.batches import BATCH, Progress, batches_of, no_progress, opened
from handrail.capabilities.people.imports.addresses import Addresses
from handrail.capabilities.people.imports.lines import LineChange, Lines
from handrail.capabilities.people.imports.matching import Answer, Match, Matcher, Verdict
from handrail.capabilities.people.imports.models import Finding, PeopleImport
from handrail.capabilities.people.models import Person, words_searched
from handrail.formats.people import PeopleFile, PersonRecord
from handrail.foundation import clock
from handrail.foundation.audit.actions import record as record_event

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account

State = PeopleImport.State
TABLE = Person._meta.db_table
WRITTEN = ("name", "email", "job_title", "unit", "grade", "place", "source", "source_id", "left_on")


def apply_import(
    *,
    by: "Account | None",
    people_import: PeopleImport,
    people_file: PeopleFile | None = None,
    progress: Progress = no_progress,
) -> None:
    """Add and change people as the preview says. Nobody is deleted, and nobody left by this.

    After a stop it may simply be run again: what was written is recognised, and nothing is written twice. Run for a
    file that is loaded already, it loads only the lines answered since: a newer file may have changed the others.
    """
    rules.check_can_apply(people_import)
    people_import.state = State.APPLYING
    people_import.save(update_fields=["state"])
    with nullcontext(people_file) if people_file else opened(people_import) as source:
        _Load(people_import, source, progress).run()
    _finish(by, people_import)


def _answered_since(people_import: PeopleImport) -> frozenset[int] | None:
    """The lines to load of a file that was loaded before; None where all of it is to be."""
    if people_import.finished_at is None:
        return None
    asked = Finding.objects.filter(of=people_import, kind=Finding.Kind.ASK).exclude(detail__has_key=Finding.LOADED)
    return frozenset(asked.exclude(answer="").values_list("line", flat=True))


def answers_to(people_import: PeopleImport) -> tuple[dict[int, Answer], set[int]]:
    """What was answered, by line, and the lines still open."""
    answers: dict[int, Answer] = {}
    still_open: set[int] = set()
    for asked in Finding.objects.filter(of=people_import, kind=Finding.Kind.ASK):
        if asked.answer:
            answers[asked.line] = Answer(asked.person_id if asked.answer == Finding.SAME else None)
        else:
            still_open.add(asked.line)
    return answers, still_open


class _Load:
    def __init__(self, people_import: PeopleImport, people_file: PeopleFile, progress: Progress) -> None:
        self._import, self._file, self._progress = people_import, people_file, progress
        self._source = people_import.layout
        self._only = _answered_since(people_import)
        answers, self._still_open = answers_to(people_import)
        newest = Person.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        # A load that goes on after a stop must also find those it has added itself.
        known_up_to = newest if people_import.written == 0 else None
        self._matcher = Matcher(
            people_import.organisation_id,
            self._source,
            ids_are_posts=people_file.layout.ids_are_posts,
            answers=answers,
            known_up_to=known_up_to,
        )
        self._addresses = Addresses(people_import.organisation_id, nobody_known=self._matcher.nobody_known)
        self._lines = Lines(people_import.organisation_id, self._source, known_up_to=known_up_to)

    def run(self) -> None:
        rows = self._import.rows
        for batch, done in batches_of(self._file):
            with transaction.atomic():
                self._write(batch)
                self._save_progress(done)
        self._lines.close()
        total = len(self._lines.numbers)
        for first in range(0, total, BATCH):
            last = min(first + BATCH, total)
            with transaction.atomic():
                changes = [one for one in self._lines.changes(first, last) if self._is_meant(one)]
                _update_lines(changes)
                self._import.lines_changed += len(changes)
                self._save_progress(rows + last)

    def _is_meant(self, change: LineChange) -> bool:
        return self._only is None or self._lines.file_lines[change.place] in self._only

    def _save_progress(self, steps: int) -> None:
        self._import.steps_done = steps
        self._import.save(update_fields=["steps_done", "written", "added", "changed", "lines_changed"])
        self._progress(steps, 2 * self._import.rows)

    def _write(self, batch: Sequence[PersonRecord]) -> None:
        matches = self._matcher.match(batch)
        for match in matches:
            if match.verdict is Verdict.ASK and match.record.line not in self._still_open:
                match.verdict = Verdict.ADD  # the preview found that each candidate is another line of the file
        meant = [match for match in matches if self._only is None or match.record.line in self._only]
        self._addresses.settle(meant)
        added = [match for match in meant if match.verdict is Verdict.ADD]
        changed = [match for match in meant if match.verdict is Verdict.CHANGE]
        _release_posts(match.releases for match in added)
        self._add(added)
        _update_people(changed, self._source)
        self._import.written += len(batch if self._only is None else meant)
        self._import.added += len(added)
        self._import.changed += len(changed)
        for match in matches:
            self._lines.add(match.record, match.number)

    def _add(self, matches: Sequence[Match]) -> None:
        rows = [self._row(match.record) for match in matches]
        for match, number in zip(matches, _insert_people(rows), strict=True):
            match.number = number
            self._matcher.claimed.add(number)

    def _row(self, record: PersonRecord) -> dict[str, Any]:
        return {
            "organisation_id": self._import.organisation_id,
            "name": record.name,
            "email": record.email,
            "job_title": record.job_title,
            "unit": record.unit,
            "grade": record.grade,
            "place": record.place,
            "source": self._source,
            "source_id": record.source_id,
            "searched": words_searched(record.name, record.unit, record.email, record.job_title),
        }


def _insert_people(rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Write new people with every column's default; their primary keys, in order. bulk_create takes five times as long.

    Like Django's own bulk_create it counts on RETURNING to answer in the order of the rows.
    """
    if not rows:
        return []
    fields = [field for field in Person._meta.concrete_fields if not field.primary_key]
    created = {"created_at": clock.now()}
    prepared: dict[str, Any] = {
        str(field.column): field.get_db_prep_save(created.get(field.name, field.get_default()), connection)
        for field in fields
    }
    parameters = [row.get(column, default) for row in rows for column, default in prepared.items()]
    one_row = f"({', '.join(['%s'] * len(fields))})"
    columns = ", ".join(connection.ops.quote_name(column) for column in prepared)
    values = ", ".join([one_row] * len(rows))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {TABLE} ({columns}) VALUES {values} RETURNING id", parameters)  # noqa: S608
        return [number for (number,) in cursor.fetchall()]


def _release_posts(holders: Iterable[int | None]) -> None:
    """The earlier holder of a post gives its reference up; they stay, and are proposed for leaving."""
    released = [holder for holder in holders if holder is not None]
    if released:
        Person.objects.filter(pk__in=released).update(source_id="")


def _update_people(matches: Sequence[Match], source: str) -> None:
    rows: list[list[Any]] = []
    for match in matches:
        person = match.person
        assert person is not None  # only somebody known changes
        changes = {name: new for name, _old, new in match.changes}
        if "source_id" in changes:
            changes["source"] = source
        values: Mapping[str, Any] = {**changes, "left_on": None if "left_on" in changes else person.left_on}
        new: dict[str, Any] = {name: values.get(name, getattr(person, name)) for name in WRITTEN}
        searched = words_searched(new["name"], new["unit"], new["email"], new["job_title"])
        rows.append([*new.values(), searched, person.pk])
    if rows:
        columns = ", ".join(f"{name} = %s" for name in (*WRITTEN, "searched"))
        with connection.cursor() as cursor:  # one prepared statement: bulk_update takes ten times as long
            cursor.executemany(f"UPDATE {TABLE} SET {columns} WHERE id = %s", rows)  # noqa: S608  our own names only


def _update_lines(changes: Sequence[LineChange]) -> None:
    if not changes:
        return
    known, unknown = str(Person.Line.KNOWN), str(Person.Line.UNKNOWN)
    rows = [(change.person, change.manager, known if change.known else unknown) for change in changes]
    values = ", ".join(["(%s, %s, %s)"] * len(rows))
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH said (person, manager, line) AS (VALUES {values}) UPDATE {TABLE} "  # noqa: S608
            "SET manager_id = CAST(said.manager AS bigint), line = said.line FROM said WHERE id = said.person",
            [value for row in rows for value in row],
        )


def _finish(by: "Account | None", people_import: PeopleImport) -> None:
    stored_name = people_import.stored_name
    with transaction.atomic():
        keep = _mark_loaded(people_import)
        people_import.state, people_import.finished_at = State.DONE, clock.now()
        people_import.stored_name = stored_name if keep else ""
        people_import.save(update_fields=["state", "finished_at", "stored_name"])
        record_event(
            by=by,
            what="people.imported",
            subject=people_import,
            organisation_id=people_import.organisation_id,
            detail={
                "source": people_import.layout,
                "rows": people_import.rows,
                "added": people_import.added,
                "changed": people_import.changed,
                "lines_changed": people_import.lines_changed,
            },
        )
    if not keep:
        storage.forget(stored_name)


def _mark_loaded(people_import: PeopleImport) -> bool:
    """Note which questions are answered for good; whether some are still open, so that the file is still needed."""
    asked = list(Finding.objects.filter(of=people_import, kind=Finding.Kind.ASK))
    answered = [finding for finding in asked if finding.answer]
    for finding in answered:
        finding.detail[Finding.LOADED] = True
    Finding.objects.bulk_update(answered, ["detail"], batch_size=200)
    return len(answered) < len(asked)
