"""Whom the people of a file report to, once it is known who each of them is."""

from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from django.db.models.functions import Lower

from handrail.capabilities.people.models import Person
from handrail.engines.reporting_lines import UNKNOWN, Unknown
from handrail.formats.people import ManagerKind, ManagerReference, PersonRecord

SAYS_NOTHING, NOBODY, NAMED = 0, 1, 2


class KeyIndex:
    """From a hashed key to a number, in 16 bytes each. `close` before the first look-up."""

    def __init__(self) -> None:
        self._keys, self._numbers = array("q"), array("q")

    def add(self, key: int, number: int) -> None:
        self._keys.append(key)
        self._numbers.append(number)

    def close(self) -> None:
        keys, numbers = np.frombuffer(self._keys, dtype=np.int64), np.frombuffer(self._numbers, dtype=np.int64)
        order = np.argsort(keys, kind="stable")
        self._keys, self._numbers = array("q", keys[order].tobytes()), array("q", numbers[order].tobytes())

    def number_of(self, key: int) -> int | None:
        place = bisect_left(self._keys, key)
        found = place < len(self._keys) and self._keys[place] == key
        return self._numbers[place] if found else None


@dataclass(frozen=True, slots=True)
class LineChange:
    """Somebody's place in the file and number, and the manager's; None with `known` says that nobody stands above."""

    place: int
    person: int
    manager: int | None
    known: bool


def _key(kind: ManagerKind, value: str) -> int:
    return hash((kind, value))


class Lines:
    """People by the order of the file. Numbers are primary keys, or negative for people not written yet.

    Holds some 60 bytes a person; the file is not read a second time. `close` after the last person.
    """

    def __init__(self, organisation_id: int, source: str, *, known_up_to: int | None = None) -> None:
        self._known_up_to = known_up_to
        self._people = Person.objects.filter(organisation_id=organisation_id)
        self._source = source
        self._index = KeyIndex()
        self._said = bytearray()
        self._managers = array("q")
        self._elsewhere: dict[int, str] = {}
        self.numbers, self.file_lines = array("q"), array("q")

    def add(self, record: PersonRecord, number: int) -> None:
        """The next person of the file; 0 for somebody who is left aside."""
        self._add_manager(record.manager)
        self.numbers.append(number)
        self.file_lines.append(record.line)
        if number and record.source_id:
            self._index.add(_key(ManagerKind.SOURCE_ID, record.source_id), number)
        if number and record.email and not record.email_shared:
            self._index.add(_key(ManagerKind.EMAIL, record.email), number)

    def _add_manager(self, manager: ManagerReference) -> None:
        if manager.kind is ManagerKind.UNKNOWN and manager.value:
            self._elsewhere[len(self._said)] = manager.value
        says_nothing = manager.kind is ManagerKind.UNKNOWN and not manager.value
        self._said.append(SAYS_NOTHING if says_nothing else NOBODY if manager.kind is ManagerKind.NONE else NAMED)
        self._managers.append(_key(manager.kind, manager.value) if self._said[-1] == NAMED else 0)

    def close(self) -> None:
        self._index.close()

    def changes(self, first: int, last: int) -> list[LineChange]:
        """What the file says about the lines of places `first` to `last` that is not known yet.

        A file that says nothing about somebody changes nothing.
        """
        speaking = [place for place in range(first, last) if self._said[place] and self.numbers[place]]
        known = self._known([self.numbers[place] for place in speaking])
        elsewhere = self._find_elsewhere({self._elsewhere[place] for place in speaking if place in self._elsewhere})
        changes = []
        for place in speaking:
            number = self.numbers[place]
            manager = self._manager_at(place) or elsewhere.get(self._elsewhere.get(place, ""))
            said = (manager, manager is not None or self._said[place] == NOBODY)
            if known[number] != said:
                changes.append(LineChange(place, number, *said))
        return changes

    def pairs(self) -> Iterator[tuple[int, int | Unknown | None]]:
        """(number, the manager's number) for everybody who is not left aside, as the file says it."""
        for place, number in enumerate(self.numbers):
            if number:
                manager = self._manager_at(place)
                nobody = self._said[place] == NOBODY
                yield number, None if nobody else UNKNOWN if manager is None else manager

    def _manager_at(self, place: int) -> int | None:
        return self._index.number_of(self._managers[place]) if self._said[place] == NAMED else None

    def _known(self, numbers: list[int]) -> dict[int, tuple[int | None, bool]]:
        """By number: the manager, and whether the line is known. Whoever was just added has none."""
        newest = self._known_up_to
        asked = [number for number in numbers if number > 0 and (newest is None or number <= newest)]
        rows = self._people.filter(pk__in=asked).values_list("pk", "manager_id", "line") if asked else ()
        found: dict[int, tuple[int | None, bool]] = dict.fromkeys(numbers, (None, False))
        found.update((pk, (manager, line == Person.Line.KNOWN)) for pk, manager, line in rows)
        return found

    def _find_elsewhere(self, wanted: set[str]) -> dict[str, int]:
        """Managers who are not in this file but were loaded before."""
        if not wanted:
            return {}
        found = dict(self._people.filter(source=self._source, source_id__in=wanted).values_list("source_id", "pk"))
        addresses = [value for value in wanted if "@" in value]
        if addresses:
            by_email = self._people.present().annotate(lowered=Lower("email")).filter(lowered__in=addresses)
            found.update(by_email.values_list("lowered", "pk"))
        return found
