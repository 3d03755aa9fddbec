"""Reads that are compiled once and run often.

Django builds the SQL of a query anew each time, which takes five to ten times as long as running it. A read that is the
same on every page but for a few values is marked `@prepared`: its SQL is built at the first call, its values are put in
at each (docs/decisions/0007-prepared-reads.md).
"""

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import wraps
from itertools import count
from operator import itemgetter
from typing import Any, ParamSpec, TypeAlias, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Model, QuerySet
from django.db.models.query import FlatValuesListIterable

P = ParamSpec("P")
R = TypeVar("R", bound=Model)
Kind: TypeAlias = str | tuple[str, int]  # of a list: the kind of its values, and how many

LARGEST = 2**63 - 1  # that a column holds
_NUMBER = 7_340_001_230_000
_MARKS: dict[str, Callable[[int], Any]] = {
    "int": lambda place: _NUMBER + place,
    "str": lambda place: f"\x01value {place}\x01",
    "UUID": lambda place: UUID(int=_NUMBER << 64 | place),
    "datetime": lambda place: datetime(1907, 3, 4, 5, 6, 7, 123_457, tzinfo=UTC) + timedelta(seconds=place),
    "date": lambda place: date(1907, 3, 4) + timedelta(days=place),
}


@dataclass(frozen=True)
class _Compiled:
    rows: QuerySet[Any]
    alias: str
    vendor: str
    compiler: Any  # None: an empty list gives no rows, which Django sees without asking
    sql: str
    given: tuple[Any, ...]
    places: tuple[int | None, ...]  # which value goes where; None: as compiled
    converters: dict[int, Any]  # what makes Python's values of some columns

    def run(self, values: list[Any]) -> list[Any]:
        if self.compiler is None:
            return []
        connection = connections[self.alias]
        adapted = [_adapted(connection, value) for value in values]
        params = tuple(
            kept if place is None else _typed(kept, adapted[place])
            for kept, place in zip(self.given, self.places, strict=True)
        )
        compiler = copy.copy(self.compiler)
        compiler.connection = connection
        compiler.as_sql = lambda *_, **__: (self.sql, params)
        compiler.get_converters = lambda *_: self.converters
        if self.rows._iterable_class is FlatValuesListIterable:
            return list(map(itemgetter(0), compiler.results_iter()))  # half the time of the class, in long lists
        compiler.query = query = copy.copy(self.rows.query)
        setattr(query, "get_compiler", lambda *_, **__: compiler)  # noqa: B010
        rows: QuerySet[Any] = QuerySet(self.rows.model, query, using=self.alias)
        rows._iterable_class, rows._fields = self.rows._iterable_class, self.rows._fields  # type: ignore[attr-defined]
        return list(rows)


def prepared(build: Callable[P, QuerySet[R, Any]]) -> Callable[P, list[Any]]:
    """A function that returns a queryset, made into one that returns its rows.

    Its arguments are positional, of type int, str, UUID, datetime or date, and each goes into the SQL as a value: not
    into a slice, or a lookup that changes its value such as `icontains`. A list of such values goes into `in`. What
    does not hold to that raises TypeError at the first call. No `prefetch_related`.
    """
    compiled: dict[tuple[Kind, ...], _Compiled] = {}

    @wraps(build)
    def read(*values: P.args, **_none: P.kwargs) -> list[Any]:
        kinds = tuple(_kind(value) for value in values)
        found = compiled.get(kinds)
        if found is None or connections[found.alias].vendor != found.vendor:
            found = compiled[kinds] = _compile(build, kinds)
        return found.run(list(_each(values, kinds)))

    return read


def _kind(value: Any) -> Kind:
    """Of a list: the kind of its values, and the next power of two above their number. Each length is compiled once."""
    if isinstance(value, list):
        return (_kind_of_one(value[0]), 1 << (len(value) - 1).bit_length()) if value else ("int", 0)
    return _kind_of_one(value)


def _each(values: tuple[Any, ...], kinds: tuple[Kind, ...]) -> Iterator[Any]:
    """One value after the other; a list is filled up with its last, which `in` finds no more of."""
    for value, kind in zip(values, kinds, strict=True):
        if isinstance(kind, str):
            yield value
        else:
            yield from value
            yield from value[-1:] * (kind[1] - len(value))


def _kind_of_one(value: Any) -> str:
    if isinstance(value, datetime):  # a frozen clock's datetime has a type of its own
        return "datetime"
    kind = "date" if isinstance(value, date) else type(value).__name__
    if kind not in _MARKS:
        raise TypeError(f"A prepared read takes no {kind}.")
    return kind


def _marks(kinds: tuple[Kind, ...]) -> list[Any]:
    places = count()
    return [
        _MARKS[kind](next(places)) if isinstance(kind, str) else [_MARKS[kind[0]](next(places)) for _ in range(kind[1])]
        for kind in kinds
    ]


def _compile(build: Callable[..., QuerySet[Any]], kinds: tuple[Kind, ...]) -> _Compiled:
    marks = _marks(kinds)
    rows = build(*marks)
    connection = connections[rows.db]
    if rows._prefetch_related_lookups:  # type: ignore[attr-defined]
        raise TypeError(f"{build.__name__}: a prepared read does not prefetch.")
    compiler = rows.query.get_compiler(rows.db)
    try:
        sql, given = compiler.as_sql()
    except EmptyResultSet:
        if all(isinstance(kind, str) or kind[1] for kind in kinds):
            raise
        return _Compiled(rows, rows.db, connection.vendor, None, "", (), (), {})
    adapted = [_adapted(connection, mark) for mark in _each(tuple(marks), kinds)]
    places = tuple(next((place for place, mark in enumerate(adapted) if _same(mark, one)), None) for one in given)
    if missing := set(range(len(adapted))) - set(places):
        raise TypeError(f"{build.__name__}: value {min(missing) + 1} does not go into the SQL as it is.")
    converters = compiler.get_converters([column for column, *_ in compiler.select])
    return _Compiled(rows, rows.db, connection.vendor, compiler, sql, tuple(given), places, converters)


def _same(mark: Any, one: Any) -> bool:
    """Also where a database's fields hand a number over in a type of their own, as psycopg's Int8."""
    alike = type(mark) is type(one) or (type(mark) is int and isinstance(one, int))
    return alike and bool(mark == one)


def _typed(kept: Any, value: Any) -> Any:
    return type(kept)(value) if isinstance(kept, int) and type(kept) is not int else value


def _adapted(connection: Any, value: Any) -> Any:
    """The value as this database's fields hand it over."""
    if isinstance(value, int):
        return max(-LARGEST - 1, min(value, LARGEST))  # an address may name any number; no row has one that large
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return value
