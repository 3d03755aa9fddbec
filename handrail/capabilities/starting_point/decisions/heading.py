"""What a list needs of a decision, as it is sealed: one text of a fixed size."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from handrail.capabilities.starting_point.decisions.facts import Facts, facts_from
from handrail.foundation.vault.texts import padded

LONGEST_TITLE = 80


@dataclass(frozen=True)
class Heading:
    """`brought_at`: for the order within a day, which no column tells. `touches`: ids of essentials, and the words of
    the text that point to each; `chosen`: those the leader took, at most three.

    `facts`: days, sums and alternatives that the text has. `day`: when it is decided, as its owner tapped; `called`:
    what home calls it then, where somebody else may look at the screen.
    `swapped`: the three that are asked, by their references, once one was put in place of another.
    `unchanged`: it was decided just as it was proposed, which is an answer too.
    """

    brought_at: str
    title: str = ""
    touches: dict[str, tuple[str, ...]] = field(default_factory=dict)
    chosen: tuple[str, ...] = ()
    differently: str = ""
    unchanged: bool = False
    facts: Facts = field(default_factory=Facts)
    day: date | None = None
    called: str = ""
    swapped: tuple[str, ...] = ()

    @property
    def looked_back(self) -> bool:
        return self.unchanged or bool(self.differently)

    def with_chosen(self, essentials: Iterable[str]) -> "Heading":
        return replace(self, chosen=tuple(essentials), swapped=())

    def with_swapped(self, references: Iterable[str]) -> "Heading":
        return replace(self, swapped=tuple(references))

    def with_outcome(self, differently: str) -> "Heading":
        """One line on what was decided differently; an empty one says that nothing was."""
        return replace(self, differently=differently, unchanged=not differently)

    def with_day(self, day: date | None, called: str) -> "Heading":
        return replace(self, day=day, called=called if day else "")

    def as_text(self) -> str:
        kept = {
            "brought_at": self.brought_at,
            "title": self.title,
            "touches": self.touches,
            "chosen": self.chosen,
            "differently": self.differently,
            "unchanged": self.unchanged,
            "facts": self.facts.as_kept(),
            "day": self.day.isoformat() if self.day else "",
            "called": self.called,
            "swapped": self.swapped,
        }
        return padded(json.dumps(kept, ensure_ascii=False))


def heading_from(text: str) -> Heading:
    kept = json.loads(text)
    return Heading(
        brought_at=kept["brought_at"],
        title=kept["title"],
        touches={name: tuple(words) for name, words in kept["touches"].items()},
        chosen=tuple(kept["chosen"]),
        differently=kept["differently"],
        unchanged=kept["unchanged"],
        facts=facts_from(kept.get("facts", {})),  # those sealed before there were any have none
        day=date.fromisoformat(kept["day"]) if kept.get("day") else None,
        called=kept.get("called", ""),
        swapped=tuple(kept.get("swapped", ())),
    )


def title_of(paper: str) -> str:
    """The first line with something on it, cut between two words."""
    line = next((" ".join(line.split()) for line in paper.splitlines() if line.strip()), "")
    if len(line) <= LONGEST_TITLE:
        return line
    return line[: LONGEST_TITLE - 1].rsplit(" ", 1)[0] + "…"
