"""The first reading: which ids and addresses are there, which more than once, and how unnamed posts are linked.

Holds two 64-bit numbers a person (1.6 MB for 100,000), never the text, so that memory stays flat.
"""

from array import array
from bisect import bisect_left
from dataclasses import dataclass, field

import numpy as np

MAXIMUM_UNNAMED = 200_000


def _distinct(numbers: "array[int]") -> "array[int]":
    return array("q", np.unique(np.frombuffer(numbers, dtype=np.int64)).tobytes())


def _holds(ordered: "array[int]", number: int) -> bool:
    place = bisect_left(ordered, number)
    return place < len(ordered) and ordered[place] == number


@dataclass
class KeyCensus:
    """Keys (ids, or addresses) and the names found beside them. Call `close` after the last `add`."""

    keys: "array[int]" = field(default_factory=lambda: array("q"))
    pairs: "array[int]" = field(default_factory=lambda: array("q"))
    known: "array[int]" = field(default_factory=lambda: array("q"))
    shared: frozenset[int] = frozenset()
    repeated: frozenset[int] = frozenset()

    def add(self, key: str, name: str) -> None:
        self.keys.append(hash(key))
        self.pairs.append(hash((key, name)))

    def close(self) -> None:
        """Find keys with several names, and pairs of key and name that are there several times."""
        if not self.keys:
            return
        keys, pairs = np.frombuffer(self.keys, dtype=np.int64), np.frombuffer(self.pairs, dtype=np.int64)
        _, first, counts = np.unique(pairs, return_index=True, return_counts=True)
        self.repeated = frozenset(pairs[first[counts > 1]].tolist())
        distinct, holders = np.unique(keys[first], return_counts=True)
        self.shared = frozenset(distinct[holders > 1].tolist())
        self.known = _distinct(self.keys)
        self.keys, self.pairs = array("q"), array("q")

    def is_known(self, key: str) -> bool:
        return _holds(self.known, hash(key))

    def is_shared(self, key: str) -> bool:
        """Whether several names stand beside this key."""
        return hash(key) in self.shared

    def is_repeated(self, key: str, name: str) -> bool:
        """Whether this key and name are on more than one line."""
        return hash((key, name)) in self.repeated


@dataclass
class Census:
    """What one reading of the whole file tells before the second one yields anything."""

    ids: KeyCensus = field(default_factory=KeyCensus)
    emails: KeyCensus = field(default_factory=KeyCensus)
    unnamed_parents: dict[str, str] = field(default_factory=dict)
    above_unnamed: dict[str, str] = field(default_factory=dict)  # climbed once: a long chain may have many below it
    people: int = 0
    rows: int = 0
    blank_managers: int = 0
    given_managers: int = 0
    declared_heads: int = 0

    def add_unnamed(self, reference: str, parent: str) -> None:
        if reference and len(self.unnamed_parents) < MAXIMUM_UNNAMED:
            self.unnamed_parents.setdefault(reference, parent)

    def close(self) -> None:
        self.ids.close()
        self.emails.close()

    @property
    def blank_means_none(self) -> bool:
        """One blank among filled managers is the head of the organisation; several are simply not filled in."""
        return self.blank_managers == 1 and self.given_managers > 0 and self.declared_heads == 0

    def named_above(self, reference: str) -> tuple[str, bool]:
        """(the first reference that is no unnamed post, going up from one; whether any unnamed post was passed)."""
        passed: set[str] = set()
        while reference in self.unnamed_parents and not self.ids.is_known(reference) and reference not in passed:
            passed.add(reference)
            reference = self.above_unnamed.get(reference, self.unnamed_parents[reference])
        self.above_unnamed.update(dict.fromkeys(passed, reference))
        return reference, bool(passed)
