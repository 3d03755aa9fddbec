"""What components are given: small frozen records.

A tag takes a record, a mapping with the same names, or a tuple in the same order.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Text: TypeAlias = "str | StrPromise"
Part = TypeVar("Part")

DONE, NOW, LATER = "done", "now", "later"


class Record:
    """What a template reads by name. It looks for `record["name"]` first, and to be refused takes it longer than to
    be answered."""

    def __getitem__(self, name: str) -> Any:
        return getattr(self, name)


@dataclass(frozen=True)
class Step(Record):
    """A step on the rail. `state` is done, now or later; `note` is a short line under it; `detail` is safe markup."""

    text: Text
    state: str = LATER
    href: str = ""
    note: Text = ""
    detail: Text = ""
    said: Text = ""  # in place of Done, Now or Later


@dataclass(frozen=True)
class Row(Record):
    """A line of a summary list."""

    key: Text
    value: Any
    action_text: Text = ""
    action_href: str = ""


@dataclass(frozen=True)
class Task(Record):
    """A line of a task list: `done` decides how the status looks, `status` says it in words."""

    text: Text
    href: str = ""
    status: Text = ""
    done: bool = False
    hint: Text = ""


@dataclass(frozen=True)
class Choice(Record):
    """One answer to tap. `lang`: where its text is in another language than the page."""

    value: str
    text: Text
    hint: Text = ""
    lang: str = ""


@dataclass(frozen=True)
class Link(Record):
    text: Text
    href: str
    current: bool = False
    lang: str = ""  # where its text, and what it leads to, is in another language than the page


def parts_of(kind: type[Part], items: Iterable[Any]) -> list[Part]:
    """Every item as a `kind`."""
    return [_part(kind, item) for item in items]


def _part(kind: type[Part], item: Any) -> Part:
    if isinstance(item, Mapping):
        return kind(**item)
    if isinstance(item, tuple | list):
        return kind(*item)
    return item  # type: ignore[no-any-return]
