"""Everything held about one person, gathered by the registry, so that no table can be forgotten.

What is exported comes as it is held. Sealed texts come through the readers that the capabilities name, which open the
vault of whoever sends the request. What is held and not handed over is listed with the reason why it is held.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.http import HttpRequest

from handrail.foundation.lifecycle.registry import Declaration, Kind, Read, declarations, private_readers
from handrail.foundation.lifecycle.subjects import rows_about


@dataclass
class HeldRow:
    """One row: its fields by name. A sealed text that was not opened is None, and its field is in `shut`."""

    fields: dict[str, Any] = field(default_factory=dict)
    shut: list[str] = field(default_factory=list)


@dataclass
class HeldTable:
    model: str
    reasons: list[str]
    rows: dict[str, HeldRow]  # by the row's key


@dataclass(frozen=True)
class LeftOut:
    """Fields that are held about the person and are not handed over, in how many rows, and why they are held."""

    model: str
    fields: tuple[str, ...]
    rows: int
    why: str


@dataclass(frozen=True)
class OwnData:
    tables: list[HeldTable]
    left_out: list[LeftOut]

    @property
    def number_shut(self) -> int:
        """How many sealed texts are listed and were not opened."""
        return sum(len(row.shut) for table in self.tables for row in table.rows.values())


def own_data_of(request: HttpRequest, *, with_private: bool) -> OwnData:
    """What is held about the signed-in person. `with_private` asks the readers, who need this request's open vault."""
    account_id = request.user.pk
    assert account_id is not None
    tables: dict[str, HeldTable] = {}
    left_out: list[LeftOut] = []
    for declaration in (one for one in declarations() if one.subject):
        if not declaration.exported:
            if number := rows_about(declaration, account_id).distinct().count():
                left_out.append(LeftOut(declaration.model, declaration.fields, number, declaration.why))
            continue
        table = tables.setdefault(declaration.model, HeldTable(declaration.model, [], {}))
        table.reasons.append(declaration.why)
        _gather(table, declaration, account_id)
    if with_private:
        for label, reader in private_readers().items():
            for read in reader(request):
                _open(tables[label], read)
    return OwnData([table for table in tables.values() if table.rows], left_out)


def _gather(table: HeldTable, declaration: Declaration, account_id: int) -> None:
    model = apps.get_model(declaration.model)
    links = [name for name in declaration.fields if isinstance(model._meta.get_field(name), models.ForeignKey)]
    for row in rows_about(declaration, account_id).select_related(*links).distinct():
        held = table.rows.setdefault(str(row.pk), HeldRow())
        if declaration.kind == Kind.PRIVATE:
            sealed = [name for name in declaration.fields if getattr(row, name)]
            held.fields.update(dict.fromkeys(sealed))
            held.shut.extend(sealed)
        else:
            held.fields.update(_values(row, declaration.fields))


def _open(table: HeldTable, read: Read) -> None:
    """Put what a reader opened in its place. A row that is not there yet is somebody else's, and may be read too."""
    key = str(read.row.pk)
    if key not in table.rows:
        plain = [
            name
            for one in declarations()
            if one.model == table.model and one.exported and one.kind != Kind.PRIVATE
            for name in one.fields
        ]
        table.rows[key] = HeldRow(_values(read.row, plain))
    held = table.rows[key]
    for name, text in read.texts.items():
        held.fields[name] = text
        if name in held.shut and text is not None:
            held.shut.remove(name)
        elif name not in held.shut and text is None:
            held.shut.append(name)


def _values(row: models.Model, names: Iterable[str]) -> dict[str, Any]:
    return {name: _plain(row, row._meta.get_field(name)) for name in names}


def _plain(row: models.Model, of: Any) -> Any:
    """A value as JSON holds it. A link is given as the name of what it leads to, where that has one."""
    if of.many_to_many:
        return [_name(other) for other in getattr(row, of.name).all()]
    value = getattr(row, of.name)
    if isinstance(value, models.Model):
        return _name(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(of, models.JSONField) or value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, bytes | memoryview):
        raise TypeError(f"{of} holds bytes: declare it private, with a reader, or not exported.")
    return str(value)


def _name(other: models.Model) -> Any:
    return other.pk if type(other).__str__ is models.Model.__str__ else str(other)
