"""What one leader marked, as it is sealed: one text of a fixed size, so that its length tells nothing."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from handrail.foundation.vault.texts import padded

DONE, NOT_DONE, NOT_FOR_ME = "done", "not_done", "not_for_me"
MARKS = (DONE, NOT_DONE, NOT_FOR_ME)
NOTHING = "nothing"  # said where one is asked whether something has happened already


@dataclass(frozen=True)
class Stand:
    """How far somebody is in one item: the case they chose, what comes next (0: the choice), what they left out."""

    case: str = ""
    at: int = 0
    left_out: tuple[int, ...] = ()


@dataclass(frozen=True)
class MarkSheet:
    """Marks by the walk-through where an item is written, and item; the networks they use (None: not asked yet); what
    was passed on, waits, is shown.

    `days`: when each was marked, and `stands`: how far one is in what is begun, by walk-through#item. `latest`: the
    walk-through they did something in last. `happened`: what has happened already, NOTHING, or "" where nobody said.
    `shown`: by conversation, what was shared there.
    """

    marks: dict[str, dict[str, str]] = field(default_factory=dict)
    networks: tuple[str, ...] | None = None
    latest: str = ""
    passed_on: frozenset[str] = frozenset()
    wishes: tuple[str, ...] = ()
    shown: dict[str, tuple[str, ...]] = field(default_factory=dict)
    days: dict[str, str] = field(default_factory=dict)
    stands: dict[str, Stand] = field(default_factory=dict)
    happened: str = ""

    def mark_of(self, walkthrough: str, item: str) -> str:
        return self.marks.get(walkthrough, {}).get(item, "")

    def day_of(self, walkthrough: str, item: str) -> date | None:
        """When it was marked; None for a mark that was kept before days were."""
        day = self.days.get(f"{walkthrough}#{item}")
        return date.fromisoformat(day) if day else None

    def stand_of(self, walkthrough: str, item: str) -> Stand | None:
        return self.stands.get(f"{walkthrough}#{item}")

    def with_mark(self, walkthrough: str, item: str, mark: str, day: date) -> "MarkSheet":
        """What is marked is no longer begun."""
        key = f"{walkthrough}#{item}"
        marks = {**self.marks, walkthrough: {**self.marks.get(walkthrough, {}), item: mark}}
        stands = {name: one for name, one in self.stands.items() if name != key}
        return replace(self, marks=marks, days={**self.days, key: day.isoformat()}, stands=stands)

    def with_stand(self, walkthrough: str, item: str, stand: Stand) -> "MarkSheet":
        return replace(self, stands={**self.stands, f"{walkthrough}#{item}": stand})

    def with_happened(self, what: str) -> "MarkSheet":
        return replace(self, happened=what)

    def with_latest(self, walkthrough: str) -> "MarkSheet":
        return replace(self, latest=walkthrough)

    def with_networks(self, networks: Iterable[str]) -> "MarkSheet":
        return replace(self, networks=tuple(networks))

    def with_passed_on(self, walkthrough: str) -> "MarkSheet":
        return replace(self, passed_on=self.passed_on | {walkthrough})

    def with_wishes(self, names: Iterable[str]) -> "MarkSheet":
        return replace(self, wishes=tuple(names))

    def with_shown(self, conversation_id: int, names: Iterable[str]) -> "MarkSheet":
        shown = {**self.shown, str(conversation_id): tuple(names)}
        return replace(self, shown={name: one for name, one in shown.items() if one})

    def as_text(self) -> str:
        kept = {
            "marks": self.marks,
            "networks": self.networks,
            "latest": self.latest,
            "passed_on": sorted(self.passed_on),
            "wishes": self.wishes,
            "shown": self.shown,
            "days": self.days,
            "happened": self.happened,
            "stands": {name: [one.case, one.at, one.left_out] for name, one in self.stands.items()},
        }
        return padded(json.dumps(kept, ensure_ascii=False))


def mark_sheet_from(text: str) -> MarkSheet:
    """The sheet in this text. Marks of items that are in the pack no more stay: a file may come back."""
    kept = json.loads(text)
    return MarkSheet(
        marks=kept["marks"],
        networks=None if kept["networks"] is None else tuple(kept["networks"]),
        latest=kept["latest"],
        passed_on=frozenset(kept["passed_on"]),
        wishes=tuple(kept["wishes"]),
        shown={name: tuple(names) for name, names in kept["shown"].items()},
        happened=kept.get("happened", ""),
        days=kept.get("days", {}),  # a sheet that was sealed before there were days and stands has none
        stands={name: Stand(case, at, tuple(out)) for name, (case, at, out) in kept.get("stands", {}).items()},
    )
