"""Matches the people of an export to the organisation's own list: by name or e-mail as written, else a suggestion."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from handrail.formats.interactions.load import Loaded


@dataclass(frozen=True)
class Suggestion:
    """Somebody who may be a member; a person decides."""

    key: str
    member: str
    why: str


@dataclass(frozen=True)
class Matched:
    """`labels[person]`: the member's name as the list writes it, else the source's pseudonym. `units[person]`: the
    unit or None. `interactions` and `measured` have people of one member merged; members never met are added last.
    """

    interactions: pa.Table
    labels: list[str]
    units: list[str | None]
    measured: list[bool]
    matched: int
    suggestions: list[Suggestion]


def match(loaded: Loaded, members: Mapping[str, str | None] | None = None) -> Matched:
    """Match to `members` ({person: unit}); without them everybody keeps the source's name and unit."""
    members = members or {}
    spelling = {name.strip().casefold(): name for name in members}
    rows = loaded.people.to_pylist()
    labels: list[str] = []
    for row in rows:
        candidates = [row["key"], row["email"] or ""]
        labels.append(
            next((spelling[word.casefold()] for word in candidates if word.casefold() in spelling), row["key"])
        )
    numbers: dict[str, int] = {}
    renumber = np.array([numbers.setdefault(label, len(numbers)) for label in labels] + [-1], dtype=np.int32)
    units: list[str | None] = [None] * len(numbers)
    measured = [False] * len(numbers)
    for row, label in zip(rows, labels, strict=True):
        place = numbers[label]
        units[place] = members.get(label) or units[place] or row["unit"]
        measured[place] = measured[place] or row["measured"]
    met = sum(label in members for label in numbers)
    for member, unit in members.items():
        if member not in numbers:
            numbers[member] = len(numbers)
            units.append(unit)
            measured.append(True)
    interactions = loaded.interactions
    if len(set(labels)) < len(labels):
        interactions = _renumbered(interactions, renumber)
    return Matched(interactions, list(numbers), units, measured, met, _suggestions(rows, labels, members))


def _renumbered(interactions: pa.Table, renumber: "np.typing.NDArray[np.int32]") -> pa.Table:
    for name in ("source", "target"):
        place = interactions.schema.get_field_index(name)
        numbers = interactions[name].combine_chunks().fill_null(-1).to_numpy(zero_copy_only=False)
        moved = renumber[numbers]
        interactions = interactions.set_column(place, interactions.schema.field(place), pa.array(moved, mask=moved < 0))
    return interactions


def _suggestions(rows: list[dict[str, str]], labels: list[str], members: Mapping[str, str | None]) -> list[Suggestion]:
    """The part before the @ agrees with a name, and with one name only."""
    by_local: dict[str, set[str]] = {}
    for member in members:
        by_local.setdefault(plain_name(member), set()).add(member)
    taken = set(labels) & set(members)
    found = []
    for row, label in zip(rows, labels, strict=True):
        if label in members:
            continue
        close = {
            member for word in (row["key"], row["email"] or "") if word for member in by_local.get(plain_name(word), ())
        }
        if len(close) == 1 and not close & taken:
            found.append(Suggestion(row["key"], close.pop(), "the name before the @ is the same"))
    return found


def plain_name(word: str) -> str:
    """A name as names are compared: what stands before an @, without dots and spaces."""
    return word.split("@", 1)[0].casefold().replace(".", "").replace("_", "").replace("-", "").replace(" ", "")
