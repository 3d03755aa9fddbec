"""Reads a file against the people known and notes what loading it would do. Changes no person."""

from contextlib import nullcontext

from django.db import transaction

from handrail.capabilities.people.imports import rules
from handrail.capabilities.people.imports.actions.batches import BATCH, Progress, batches_of, no_progress, opened
from handrail.capabilities.people.imports.actions.findings import Findings, Kind
from handrail.capabilities.people.imports.addresses import Addresses
from handrail.capabilities.people.imports.lines import Lines
from handrail.capabilities.people.imports.matching import Match, Matcher, Verdict
from handrail.capabilities.people.imports.models import Finding, PeopleImport
from handrail.capabilities.people.models import Person
from handrail.engines.reporting_lines import reporting_lines
from handrail.formats.people import Fault, Item, PeopleFile, PersonRecord, Repeat, UnnamedPost
from handrail.foundation.access.refusal import Refused

State = PeopleImport.State
MOST_NAMED_IN_A_CYCLE = 20


def read_import(
    *, people_import: PeopleImport, people_file: PeopleFile | None = None, progress: Progress = no_progress
) -> None:
    """Make the preview. May be run again after it was cut off: it begins anew.

    Raises UnreadablePeopleFile if the file cannot be read after all.
    """
    if people_import.state not in rules.MAY_READ:
        raise Refused("This import was read already.")
    Finding.objects.filter(of=people_import).delete()
    people_import.state, people_import.steps_done = State.READING, 0
    with nullcontext(people_file) if people_file else opened(people_import) as source:
        people_import.rows = source.rows
        people_import.save(update_fields=["state", "steps_done", "rows"])
        _Preview(people_import, source, progress).make()


class _Preview:
    """One run. `_verdicts` has a byte, and `_lines.numbers` eight, for each person of the file."""

    def __init__(self, people_import: PeopleImport, people_file: PeopleFile, progress: Progress) -> None:
        self._import, self._file, self._progress = people_import, people_file, progress
        organisation_id, source = people_import.organisation_id, people_import.layout
        self._matcher = Matcher(organisation_id, source, ids_are_posts=people_file.layout.ids_are_posts)
        self._addresses = Addresses(organisation_id, nobody_known=self._matcher.nobody_known)
        self._lines = Lines(organisation_id, source)
        self._findings = Findings(people_import)
        self._verdicts = bytearray()
        self._asked: list[tuple[int, Match]] = []

    def make(self) -> None:
        for batch, rows in batches_of(self._file, self._aside):
            matches = self._matcher.match(batch)
            self._addresses.settle(matches)
            for match in matches:
                self._note(match)
            self._advance(rows)
        self._settle_questions()
        self._lines.close()
        self._compare_lines()
        self._name_cycles()
        self._name_missing()
        with transaction.atomic():
            self._findings.flush()
            counts = self._findings.counts
            counts["unchanged"] = self._verdicts.count(Verdict.UNCHANGED)
            self._import.counts, self._import.state = dict(counts), State.READY
            self._import.steps_done = 2 * self._import.rows
            self._import.save(update_fields=["counts", "state", "steps_done"])

    def _advance(self, steps: int) -> None:
        self._progress(steps, 2 * self._import.rows)
        PeopleImport.objects.filter(pk=self._import.pk).update(steps_done=steps)

    def _aside(self, item: Item) -> None:
        if isinstance(item, Fault):
            self._findings.add(Kind.FAULT, line=item.line, code=item.code, column=item.column, values=dict(item.values))
        elif isinstance(item, UnnamedPost):
            self._findings.add(Kind.UNNAMED, line=item.line, reason=item.reason, job=item.job_title, unit=item.unit)
        else:
            assert isinstance(item, Repeat)  # people never stand aside
            self._findings.add(Kind.REPEAT, line=item.line, name=item.name, first=item.first_line, share=item.share)

    def _note(self, match: Match) -> None:
        record, person = match.record, match.person
        self._verdicts.append(match.verdict)
        # People who are not written yet have a negative number: their place in the file.
        number = match.number or (-len(self._verdicts) if match.verdict is Verdict.ADD else 0)
        if match.verdict is Verdict.ASK:
            self._asked.append((len(self._verdicts) - 1, match))
        self._lines.add(record, number)
        if match.verdict not in (Verdict.INACTIVE, Verdict.ASK):
            self._note_what_was_noticed(record)
        if match.verdict is Verdict.ADD:
            self._note_addition(record)
        elif match.verdict is Verdict.CHANGE and person:
            changes = [list(change) for change in match.changes]
            self._findings.add(Kind.CHANGE, line=record.line, name=record.name, person_id=person.pk, changes=changes)
        elif match.verdict is Verdict.INACTIVE:
            why = [
                note.code for note in record.notes if note.code in ("guest", "account_disabled", "account_suspended")
            ]
            self._findings.add(Kind.INACTIVE, line=record.line, name=record.name, why=why)
            if person and person.left_on is None:
                self._findings.add(Kind.MISSING, line=record.line, name=person.name, person_id=person.pk, inactive=True)

    def _note_what_was_noticed(self, record: PersonRecord) -> None:
        told = [[note.code, note.value] for note in record.notes if note.code in rules.NOTES_TO_TELL]
        if told:
            self._findings.add(Kind.NOTED, line=record.line, name=record.name, notes=told)

    def _note_addition(self, record: PersonRecord) -> None:
        self._findings.add(
            Kind.ADD, line=record.line, name=record.name, job=record.job_title, unit=record.unit, email=record.email
        )

    def _settle_questions(self) -> None:
        """Ask only about people whom no other line of the file has meanwhile turned out to be."""
        for place, match in self._asked:
            open_to_ask = [person for person in match.candidates if person.pk not in self._matcher.claimed]
            if open_to_ask:
                record = match.record
                candidates = [[person.pk, person.name, person.job_title, person.email] for person in open_to_ask]
                self._findings.add(
                    Kind.ASK, line=record.line, name=record.name, job=record.job_title, unit=record.unit,
                    email=record.email, candidates=candidates,
                )  # fmt: skip
            else:
                self._verdicts[place] = match.verdict = Verdict.ADD
                self._addresses.settle([match])
                self._note_addition(match.record)
            self._note_what_was_noticed(match.record)

    def _compare_lines(self) -> None:
        """Note changed managers of people known; somebody with other changes too is counted once."""
        total = len(self._verdicts)
        for first in range(0, total, BATCH):
            last = min(first + BATCH, total)
            changed = [change for change in self._lines.changes(first, last) if change.person > 0]
            only = [change for change in changed if self._verdicts[change.place] == Verdict.UNCHANGED]
            names = dict(Person.objects.filter(pk__in=[change.person for change in only]).values_list("pk", "name"))
            for change in only:
                self._verdicts[change.place] = Verdict.CHANGE
                self._findings.add(
                    Kind.CHANGE,
                    line=self._lines.file_lines[change.place],
                    name=names.get(change.person, ""),
                    person_id=change.person,
                    changes=[["manager", "", ""]],
                )
            self._advance(self._import.rows + last)

    def _name_cycles(self) -> None:
        cycles = reporting_lines(self._lines.pairs()).cycles
        wanted = {number for cycle in cycles for number in cycle[:MOST_NAMED_IN_A_CYCLE]}
        names = self._names_of(wanted) if wanted else {}
        for cycle in cycles:
            members = [names[number] for number in cycle[:MOST_NAMED_IN_A_CYCLE]]
            self._findings.add(Kind.CYCLE, line=members[0][0], name=members[0][1], members=members, size=len(cycle))

    def _names_of(self, wanted: set[int]) -> dict[int, tuple[int, str]]:
        """(line, name) of the people with these numbers: the file is read once more, for the rare file with cycles."""
        records = (record for batch, _rows in batches_of(self._file) for record in batch)
        numbered = zip(self._lines.numbers, records, strict=True)
        return {number: (record.line, record.name) for number, record in numbered if number in wanted}

    def _name_missing(self) -> None:
        """People who came from this kind of file before and are not in this one."""
        known = Person.objects.present().filter(
            organisation_id=self._import.organisation_id, source=self._import.layout
        )
        asked = {person.pk for _place, match in self._asked for person in match.candidates}
        for pk, name, job in known.order_by("name", "pk").values_list("pk", "name", "job_title").iterator(2000):
            if pk not in self._matcher.claimed:
                self._findings.add(Kind.MISSING, name=name, person_id=pk, job=job, asked=pk in asked)
