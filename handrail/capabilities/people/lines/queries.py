"""Reads of reporting lines."""

from collections.abc import Callable, Iterable
from functools import cache
from itertools import takewhile
from typing import Any

from django.db.models import Q, QuerySet

from handrail.capabilities.people.models import Person
from handrail.capabilities.people.rules import Chain, Line
from handrail.foundation.prepared import prepared

LEVELS_A_READ = 5


def chains_of(person_ids: tuple[int, ...], levels: int) -> dict[int, Chain]:
    """By person: the people up to `levels` above them, nearest first; all in one read."""
    return {row[0]: _chain(row[1:]) for row in _upwards_from(levels)(list(person_ids))}


def _chain(read: Any) -> Chain:
    above: list[int] = []
    for manager, line in zip(read[::2], read[1::2], strict=True):
        if line == Person.Line.UNKNOWN:
            return Chain(tuple(above), complete=False)
        if manager is None:
            break
        above.append(manager)
    return Chain(tuple(above), complete=True)


def line_above(people: set[int]) -> Line:
    """Everybody who stands above one of these people, a few levels a read."""
    above: set[int] = set()
    lines: set[str] = set()
    while True:
        last: set[int] = set()
        for row in _above(sorted(people)):
            managers = list(takewhile(lambda manager: manager is not None, row[1::2]))
            lines.update(row[: 2 * len(managers) + 1 : 2])
            if len(managers) == LEVELS_A_READ and managers[-1] not in above:
                last.add(managers[-1])
            above.update(managers)
        if not last:
            return Line(frozenset(above), lines <= {Person.Line.KNOWN})
        people = last


def line_above_all(known: Iterable[tuple[int | None, str]]) -> Line:
    """The same above very many people, of whom the manager and the line were read along with something else."""
    managers, lines = set(), set()
    for manager, line in known:
        managers.add(manager)
        lines.add(line)
    above = {one for one in managers if one is not None}
    further = line_above(above)
    return Line(further.above | above, further.complete and lines <= {Person.Line.KNOWN})


@prepared
def _above(people: list[int]) -> QuerySet[Person, Any]:
    return Person.objects.filter(pk__in=people).order_by().values_list(*_upwards()).distinct()


def within_levels(levels: int) -> Q:
    """A condition about a person: fewer than `levels` people above them, each line known up to the top."""
    within, known, above = Q(pk__in=()), Q(), ""
    for _level in range(levels):
        known &= Q(**{f"{above}line": Person.Line.KNOWN})
        within |= known & Q(**{f"{above}manager": None})
        above += "manager__"
    return within


def number_of_unknown_lines(organisation_ids: list[int]) -> int:
    return Person.objects.present().filter(organisation__in=organisation_ids, line=Person.Line.UNKNOWN).count()


def _upwards() -> list[str]:
    """The line and the manager of somebody, of their manager, and so on."""
    return [f"{'manager__' * step}{column}" for step in range(LEVELS_A_READ) for column in ("line", "manager_id")]


def lines_above(person_ids: set[int], levels: int) -> dict[int, tuple[list[int], bool]]:
    """The people up to `levels` above each of these, nearest first, and whether that is known; one read a level."""
    said: dict[int, tuple[int | None, bool]] = {}
    asked = set(person_ids)
    for _level in range(levels):
        rows = Person.objects.filter(pk__in=asked).order_by().values_list("pk", "manager_id", "line")
        found = {pk: (manager, line == Person.Line.KNOWN) for pk, manager, line in rows}
        said |= found
        asked = {manager for manager, known in found.values() if known and manager is not None} - said.keys()
    return {person_id: _line_of(person_id, said, levels) for person_id in person_ids}


def _line_of(person_id: int, said: dict[int, tuple[int | None, bool]], levels: int) -> tuple[list[int], bool]:
    above: list[int] = []
    for _level in range(levels):
        manager, known = said[above[-1] if above else person_id]
        if not known:
            return above, False
        if manager is None:
            break
        above.append(manager)
    return above, True


@cache
def _upwards_from(levels: int) -> Callable[[list[int]], list[Any]]:
    columns = [f"{'manager__' * step}{column}" for step in range(levels) for column in ("manager_id", "line")]

    @prepared
    def read(people: list[int]) -> QuerySet[Person, Any]:
        return Person.objects.filter(pk__in=people).order_by().values_list("pk", *columns)

    return read
