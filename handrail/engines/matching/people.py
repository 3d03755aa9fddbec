"""Leaders and mentors with what they signed up with: columns of text, read as words, numbers or levels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from handrail.engines.matching.problem import FaultyProblem, Integers

TRUE_WORDS = frozenset({"yes", "y", "true", "1", "x", "on"})


@dataclass(frozen=True, eq=False)
class People:
    """One side: a name each (unique), and columns with one text each. `places` and `minimum` (size,) or None."""

    names: Sequence[str]
    columns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    places: Integers | None = None
    minimum: Integers | None = None

    def column(self, name: str) -> Sequence[str]:
        """The texts of a column; FaultyProblem if there is none of that name."""
        if name not in self.columns:
            raise FaultyProblem(f"there is no column “{name}” (found: {', '.join(self.columns) or 'none'})")
        return self.columns[name]


def plain(text: str) -> str:
    """A text as it is compared: without case and outer blanks."""
    return " ".join(text.split()).casefold()


def words(text: str) -> tuple[str, ...]:
    """The entries of a list such as “French; German”, whole: “AI” is not found in “retail”."""
    return tuple(dict.fromkeys(entry for part in text.split(";") if (entry := plain(part))))


def levels(text: str) -> dict[str, int]:
    """Entries with a level, “data:3; AI:1”; without one the level is 1."""
    found: dict[str, int] = {}
    for entry in words(text):
        name, _, level = entry.partition(":")
        if not (level.strip() or "1").isdecimal():
            raise FaultyProblem(f"the level in “{entry}” is not a whole number; write for example “data:3”")
        found[name.strip()] = int(level.strip() or "1")
    return found


def is_true(text: str) -> bool:
    return plain(text) in TRUE_WORDS


def number(text: str) -> float:
    """The number in a field; nan if it is empty. FaultyProblem if it is no number."""
    if not text.strip():
        return float("nan")
    try:
        return float(text)
    except ValueError as error:
        raise FaultyProblem(f"“{text}” is not a number") from error


def table_of_levels(left: Sequence[str], right: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Two tables (n, W), (m, W) of the levels of the W words that occur on the left."""
    left_levels, right_levels = [levels(text) for text in left], [levels(text) for text in right]
    vocabulary = {word: k for k, word in enumerate(dict.fromkeys(word for row in left_levels for word in row))}
    tables = []
    for rows in (left_levels, right_levels):
        table = np.zeros((len(rows), len(vocabulary)), dtype=np.int64)
        for i, row in enumerate(rows):
            for word, level in row.items():
                if word in vocabulary:
                    table[i, vocabulary[word]] = level
        tables.append(table)
    return tables[0], tables[1]


def codes(left: Sequence[str], right: Sequence[str]) -> tuple[Integers, Integers]:
    """Equal numbers for equal texts, on both sides; -1 for an empty text."""
    known: dict[str, int] = {"": -1}
    left_codes = np.array([known.setdefault(plain(t), len(known) - 1) for t in left], dtype=np.int64)
    right_codes = np.array([known.setdefault(plain(t), len(known) - 1) for t in right], dtype=np.int64)
    return left_codes, right_codes
