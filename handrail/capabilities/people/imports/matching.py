"""Recognises people of a file among those already known: by unique source id, then by e-mail, else by asking.

A batch at a time, with one to three queries each, so that memory does not grow with the organisation.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import NamedTuple

from django.db.models import QuerySet
from django.db.models.functions import Lower

from handrail.capabilities.people.models import Person
from handrail.formats.people import PersonRecord, name_key

COMPARED = ("name", "email", "job_title", "unit", "grade", "place")
MOST_CANDIDATES = 3


class Verdict(IntEnum):
    """What becomes of a record."""

    UNCHANGED = 0
    ADD = 1
    CHANGE = 2
    ASK = 3
    INACTIVE = 4


class Known(NamedTuple):
    """Somebody known already: the columns that matter here, at a fraction of a model instance's cost."""

    pk: int
    name: str
    email: str
    job_title: str
    unit: str
    grade: str
    place: str
    source: str
    source_id: str
    left_on: date | None


@dataclass(slots=True)
class Match:
    """A record and what it means. `changes`: (field, old, new). `releases`: the person whose post id it takes.

    `number` is the person's primary key, as soon as there is one.
    """

    record: PersonRecord
    verdict: Verdict
    person: Known | None = None
    number: int = 0
    changes: tuple[tuple[str, str, str], ...] = ()
    candidates: tuple[Known, ...] = ()
    releases: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the coordinator said about one line: this person, or (None) somebody new."""

    person_id: int | None


class Matcher:
    """Matches batches of one file. `claimed` grows with every person recognised, so that nobody is two records."""

    def __init__(
        self,
        organisation_id: int,
        source: str,
        *,
        ids_are_posts: bool,
        answers: Mapping[int, Answer] | None = None,
        known_up_to: int | None = None,
    ) -> None:
        self._source, self._ids_are_posts = source, ids_are_posts
        self._answers = answers or {}
        people = Person.objects.filter(organisation_id=organisation_id)
        # Whoever this load has added itself need not be looked for; in a new organisation nobody need.
        self._people = people if known_up_to is None else people.filter(pk__lte=known_up_to)
        self.nobody_known = not self._people.exists()
        self.claimed: set[int] = set()

    def match(self, records: Sequence[PersonRecord]) -> list[Match]:
        """One match for each record, in their order."""
        if self.nobody_known:
            return [self._new(record, releases=None) for record in records]
        found: dict[int, Match] = {}
        holders: dict[str, Known] = {}
        rest = self._answered(records, found)
        rest = self._by_id(rest, found, holders)
        rest, similar = self._by_email(rest, found)
        self._by_name(rest, found, similar, holders)
        return [found[record.line] for record in records]

    def _answered(self, records: Sequence[PersonRecord], found: dict[int, Match]) -> list[PersonRecord]:
        answers = {record.line: self._answers[record.line] for record in records if record.line in self._answers}
        if not answers:
            return list(records)
        said = [answer.person_id for answer in answers.values() if answer.person_id]
        people = {person.pk: person for person in _read(self._people.filter(pk__in=said))}
        ids = [record.source_id for record in records if record.line in answers and record.source_id]
        holders = {person.source_id: person for person in _read(self._of_this_source().filter(source_id__in=ids))}
        for record in records:
            answer = answers.get(record.line)
            if answer is None:
                continue
            person = people.get(answer.person_id) if answer.person_id else holders.get(record.source_id)
            if person is not None and (answer.person_id or name_key(person.name) == name_key(record.name)):
                self._claim(record, person, found)
            elif answer.person_id is None and not self._identical_known(record, found):
                found[record.line] = self._new(record, releases=holders.get(record.source_id))
        return [record for record in records if record.line not in found]

    def _identical_known(self, record: PersonRecord, found: dict[int, Match]) -> bool:
        """Somebody answered to be new is new once: a load that was interrupted finds them already there."""
        if record.source_id:
            return False
        for person in _read(self._people.filter(name=record.name, source=self._source)):
            if person.pk not in self.claimed and _identical(person, record, address_taken=True):
                self._claim(record, person, found)
                return True
        return False

    def _by_id(
        self, records: list[PersonRecord], found: dict[int, Match], holders: dict[str, Known]
    ) -> list[PersonRecord]:
        ids = [record.source_id for record in records if record.source_id]
        if not ids:
            return records
        known = {person.source_id: person for person in _read(self._of_this_source().filter(source_id__in=ids))}
        for record in records:
            person = known.get(record.source_id)
            if person is None or person.pk in self.claimed:
                continue
            if self._ids_are_posts and name_key(person.name) != name_key(record.name):
                holders[record.source_id] = person
            else:
                self._claim(record, person, found)
        return [record for record in records if record.line not in found]

    def _by_email(
        self, records: list[PersonRecord], found: dict[int, Match]
    ) -> tuple[list[PersonRecord], dict[int, list[Known]]]:
        """Those still unmatched, and for each line the people who have its address under quite another name."""
        similar: dict[int, list[Known]] = {}
        emails = {record.email for record in records if record.email}
        if not emails:
            return records, similar
        known: defaultdict[str, list[Known]] = defaultdict(list)
        for person in _read(self._people.annotate(lowered=Lower("email")).filter(lowered__in=emails)):
            known[person.email.lower()].append(person)
        for record in records:
            people = [person for person in known.get(record.email, ()) if person.pk not in self.claimed]
            same = [person for person in people if name_key(person.name) == name_key(record.name)]
            if same:
                self._claim(record, same[0], found)
            elif len(people) == 1 and not record.email_shared and _share_a_name(people[0].name, record.name):
                self._claim(record, people[0], found)
            elif people and not record.email_shared:
                similar[record.line] = people
        return [record for record in records if record.line not in found], similar

    def _by_name(
        self,
        records: list[PersonRecord],
        found: dict[int, Match],
        similar: Mapping[int, list[Known]],
        holders: Mapping[str, Known],
    ) -> None:
        known: defaultdict[str, list[Known]] = defaultdict(list)
        if records:
            for person in _read(self._people.filter(name__in={record.name for record in records})):
                known[person.name].append(person)
        for record in records:
            people = [person for person in known.get(record.name, ()) if person.pk not in self.claimed]
            taken = record.email_shared or record.line in similar
            identical = next((person for person in people if _identical(person, record, address_taken=taken)), None)
            if identical is not None:
                self._claim(record, identical, found)
                continue
            holder = holders.get(record.source_id)
            asked = _unclaimed([*people, *similar.get(record.line, ()), *([holder] if holder else [])], self.claimed)
            found[record.line] = self._asked(record, asked, holder) if asked else self._new(record, releases=holder)

    def _asked(self, record: PersonRecord, people: tuple[Known, ...], holder: Known | None) -> Match:
        if not record.active:
            return Match(record, Verdict.INACTIVE)
        return Match(record, Verdict.ASK, candidates=people, releases=holder.pk if holder else None)

    def _new(self, record: PersonRecord, *, releases: Known | None) -> Match:
        if not record.active:
            return Match(record, Verdict.INACTIVE)
        return Match(record, Verdict.ADD, releases=releases.pk if releases else None)

    def _claim(self, record: PersonRecord, person: Known, found: dict[int, Match]) -> None:
        self.claimed.add(person.pk)
        if not record.active:
            found[record.line] = Match(record, Verdict.INACTIVE, person, person.pk)
            return
        changes = tuple(self._changes(record, person))
        verdict = Verdict.CHANGE if changes else Verdict.UNCHANGED
        found[record.line] = Match(record, verdict, person, person.pk, changes)

    def _changes(self, record: PersonRecord, person: Known) -> Iterable[tuple[str, str, str]]:
        """What the file says otherwise. A blank in the file never wipes out what is known."""
        for field_name in COMPARED:
            new, old = getattr(record, field_name), getattr(person, field_name)
            if new and new != old:
                yield field_name, old, new
        if person.left_on is not None:
            yield "left_on", person.left_on.isoformat(), ""
        takes_id = record.source_id and (person.source == self._source or not person.source_id)
        if takes_id and (person.source, person.source_id) != (self._source, record.source_id):
            yield "source_id", person.source_id, record.source_id
        elif not person.source:
            yield "source", "", self._source

    def _of_this_source(self) -> QuerySet[Person]:
        return self._people.filter(source=self._source)


def _read(people: QuerySet[Person]) -> Iterator[Known]:
    return map(Known._make, people.order_by().values_list(*Known._fields))


def _identical(person: Known, record: PersonRecord, *, address_taken: bool) -> bool:
    """Nothing but a name to go by, and all else the same: the row that was loaded before.

    An address that is somebody else's was left out then, and the person has none.
    """
    if record.source_id or person.source_id or person.left_on is not None:
        return False
    differing = {name for name in COMPARED if getattr(person, name) != getattr(record, name)}
    return not differing or (address_taken and differing == {"email"} and not person.email)


def _share_a_name(one: str, other: str) -> bool:
    """Whether two names have a part in common, as after a marriage; an address may also pass to somebody else."""
    parts = [{name_key(part) for part in name.replace("-", " ").split()} for name in (one, other)]
    return any(len(part) > 1 for part in parts[0] & parts[1])


def _unclaimed(people: Iterable[Known], claimed: set[int]) -> tuple[Known, ...]:
    once = {person.pk: person for person in people if person.pk not in claimed}
    return tuple(once.values())[:MOST_CANDIDATES]
