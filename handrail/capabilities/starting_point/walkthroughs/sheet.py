"""What one leader marked, as it is sealed: one text of a fixed size, so that its length tells nothing."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from handrail.foundation.vault.texts import padded

DONE, NOT_DONE, NOT_FOR_ME = "done", "not_done", "not_for_me"
MARKS = (DONE, NOT_DONE, NOT_FOR_ME)


@dataclass(frozen=True)
class MarkSheet:
    """Marks by walk-through and item; the networks they use (None: not asked yet); what was passed on, waits, is shown.

    `latest`: the walk-through they marked something in last. `shown`: by conversation, what was shared there.
    """

    marks: dict[str, dict[str, str]] = field(default_factory=dict)
    networks: tuple[str, ...] | None = None
    latest: str = ""
    passed_on: frozenset[str] = frozenset()
    wishes: tuple[str, ...] = ()
    shown: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def mark_of(self, walkthrough: str, item: str) -> str:
        return self.marks.get(walkthrough, {}).get(item, "")

    def with_mark(self, walkthrough: str, item: str, mark: str) -> "MarkSheet":
        marks = {**self.marks, walkthrough: {**self.marks.get(walkthrough, {}), item: mark}}
        return replace(self, marks=marks, latest=walkthrough)

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
    )
