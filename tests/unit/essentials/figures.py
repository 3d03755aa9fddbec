"""How well the essentials are found in decisions that somebody else has read: docs/methods/decisions.md.

`python -m tests.unit.essentials.figures` prints the table.
"""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from handrail.capabilities.essentials.rules import Dictionary, dictionary_of, essentials_touched
from handrail.formats.essentials import read_essentials

HERE = Path(__file__).resolve().parent
CONTENT = HERE.parents[2] / "content" / "essentials.yaml"
TOP = 3


@dataclass(frozen=True)
class Read:
    """A decision, and what a careful reader named for it."""

    id: int
    text: str
    named: frozenset[str]
    held_out: bool


@dataclass(frozen=True)
class Figures:
    """`precision`: of the first three offered, the share that the reader named. `recall`: of those named, three at most
    for each decision, the share among the first three offered. `helped`: digital decisions with one named among the
    first three. `left_alone`: decisions with nothing digital in them for which nothing is offered."""

    decisions: int
    precision: float
    recall: float
    helped: float
    left_alone: float


def decisions() -> list[Read]:
    kept = yaml.safe_load((HERE / "decisions.yaml").read_text(encoding="utf-8"))["decisions"]
    return [Read(one["id"], one["text"], frozenset(one["essentials"]), one.get("held_out", False)) for one in kept]


def open_dictionary() -> Dictionary:
    return dictionary_of(read_essentials(CONTENT))


def first_offered(text: str, dictionary: Dictionary) -> list[str]:
    return [one.essential.id for one in essentials_touched(text, dictionary)][:TOP]


def figures(read: Iterable[Read], dictionary: Dictionary) -> Figures:
    found = [(one, first_offered(one.text, dictionary)) for one in read]
    hits = [len(one.named.intersection(first)) for one, first in found]
    digital = [hit for (one, _first), hit in zip(found, hits, strict=True) if one.named]
    plain = [first for one, first in found if not one.named]
    return Figures(
        decisions=len(found),
        precision=sum(hits) / max(1, sum(len(first) for _one, first in found)),
        recall=sum(hits) / sum(min(TOP, len(one.named)) for one, _first in found),
        helped=sum(hit > 0 for hit in digital) / len(digital),
        left_alone=sum(not first for first in plain) / len(plain),
    )


def main() -> None:
    dictionary, read = open_dictionary(), decisions()
    for name, held_out in (("tuned on", False), ("held out", True)):
        one = figures([each for each in read if each.held_out is held_out], dictionary)
        sys.stdout.write(
            f"{name}: {one.decisions} decisions, precision {one.precision:.2f}, recall {one.recall:.2f}, "
            f"helped {one.helped:.2f}, left alone {one.left_alone:.2f}\n"
        )


if __name__ == "__main__":
    main()
