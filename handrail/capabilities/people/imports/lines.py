"""Whom the people of a file report to, once it is known who each of them is."""

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models.functions import Lower

from handrail.capabilities.people.models import Person
from handrail.formats.people import ManagerKind, PersonRecord


class KeyIndex:
    """From text (an id, an address) to a person's number, in 16 bytes a person. `close` before the first look-up."""

    def __init__(self) -> None:
        self._keys, self._numbers = array("q"), array("q")

    def add(self, key: str, number: int) -> None:
        self._keys.append(hash(key))
        self._numbers.append(number)

    def close(self) -> None:
        keys, numbers = np.frombuffer(self._keys, dtype=np.int64), np.frombuffer(self._numbers, dtype=np.int64)
        order = np.argsort(keys, kind="stable")
        ordered_keys, ordered_numbers = keys[order].tobytes(), numbers[order].tobytes()
        del keys, numbers
        self._keys, self._numbers = array("q", ordered_keys), array("q", ordered_numbers)

    def number_of(self, key: str) -> int | None:
        wanted = hash(key)
        place = bisect_left(self._keys, wanted)
        found = place < len(self._keys) and self._keys[place] == wanted
        return self._numbers[place] if found else None


@dataclass(frozen=True, slots=True)
class LineChange:
    """A person's number, and the manager's; `manager` None with `known` says that nobody stands above."""

    person: int
    manager: int | None
    known: bool


class Lines:
    """People by the order of the file. Numbers are primary keys, or negative for people not written yet."""

    def __init__(self, organisation_id: int, source: str) -> None:
        self._people = Person.objects.filter(organisation_id=organisation_id)
        self._source = source
        self._by_id, self._by_email = KeyIndex(), KeyIndex()
        self.numbers = array("q")

    def add(self, record: PersonRecord, number: int) -> None:
        """The next person of the file; 0 for somebody who is left aside."""
        self.numbers.append(number)
        if number and record.source_id:
            self._by_id.add(record.source_id, number)
        if number and record.email and not record.email_shared:
            self._by_email.add(record.email, number)

    def close(self) -> None:
        self._by_id.close()
        self._by_email.close()

    def changes(self, records: Sequence[PersonRecord], numbers: Sequence[int]) -> list[LineChange]:
        """What the records say about lines that is not known yet. A file that says nothing changes nothing."""
        known = self._known(numbers)
        elsewhere = self._elsewhere(records)
        changes = []
        for record, number in zip(records, numbers, strict=True):
            said = self._said(record, elsewhere) if number else None
            if said is not None and known.get(number, (None, False)) != said:
                changes.append(LineChange(number, *said))
        return changes

    def manager_of(self, record: PersonRecord) -> int | None:
        """The number of the manager within the file, or None where it is nobody or not known."""
        if record.manager.kind is ManagerKind.SOURCE_ID:
            return self._by_id.number_of(record.manager.value)
        return self._by_email.number_of(record.manager.value) if record.manager.kind is ManagerKind.EMAIL else None

    def _said(self, record: PersonRecord, elsewhere: dict[str, int]) -> tuple[int | None, bool] | None:
        manager = record.manager
        if manager.kind is ManagerKind.NONE:
            return None, True
        if manager.kind is ManagerKind.UNKNOWN and not manager.value:
            return None
        number = self.manager_of(record) or elsewhere.get(manager.value)
        return number, number is not None

    def _known(self, numbers: Sequence[int]) -> dict[int, tuple[int | None, bool]]:
        rows = self._people.filter(pk__in=[number for number in numbers if number > 0])
        return {
            pk: (manager, line == Person.Line.KNOWN)
            for pk, manager, line in rows.values_list("pk", "manager_id", "line")
        }

    def _elsewhere(self, records: Sequence[PersonRecord]) -> dict[str, int]:
        """Managers who are not in this file but were loaded before."""
        wanted = {record.manager.value for record in records if record.manager.kind is ManagerKind.UNKNOWN}
        wanted |= {record.manager.value for record in records if record.manager.value and not self.manager_of(record)}
        wanted.discard("")
        if not wanted:
            return {}
        by_id = self._people.filter(source=self._source, source_id__in=wanted)
        found = dict(by_id.values_list("source_id", "pk"))
        addresses = [value for value in wanted if "@" in value]
        if addresses:
            by_email = self._people.present().annotate(lowered=Lower("email")).filter(lowered__in=addresses)
            found.update(by_email.values_list("lowered", "pk"))
        return found
