"""The sealed sheet of one person's conversations: one text of a fixed size, so that its length tells nothing."""

import json
from dataclasses import dataclass, field, replace
from typing import Any

from handrail.engines.participation.own import Own, as_values, from_values

STEP = 16_384  # bytes: every sheet is as long as the next multiple of it


@dataclass(frozen=True)
class Sheet:
    """`contacts`: by number, name (empty where nobody knows them), unit and whether they are outside.

    `own` is None where nothing of this person was found in any export. `outcomes`: whether any are declared.
    """

    own: Own | None
    contacts: dict[int, dict[str, str]] = field(default_factory=dict)
    outcomes: bool = False
    notes: list[str] = field(default_factory=list)
    channels: list[str] = field(default_factory=list)  # some of those where an outcome is talked of

    def without_contacts(self) -> "Sheet":
        """For somebody else's eyes: the figures, and nobody who did not agree to be in them."""
        return replace(self, own=self.own and replace(self.own, contacts=()), contacts={})


def text_of(sheet: Sheet) -> str:
    """As it is sealed: JSON with blanks behind it, up to the next multiple of STEP bytes."""
    kept: dict[str, Any] = {
        "own": None if sheet.own is None else as_values(sheet.own),
        "contacts": {str(number): contact for number, contact in sheet.contacts.items()},
        "outcomes": sheet.outcomes,
        "notes": sheet.notes,
        "channels": sheet.channels,
    }
    text = json.dumps(kept, ensure_ascii=False)
    return text + " " * (-len(text.encode()) % STEP)


def sheet_from(text: str) -> Sheet:
    kept: dict[str, Any] = json.loads(text)
    contacts = {int(number): contact for number, contact in kept["contacts"].items()}
    own = None if kept["own"] is None else from_values(kept["own"])
    return Sheet(own, contacts, kept["outcomes"], kept["notes"], kept.get("channels", []))
