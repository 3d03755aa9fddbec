"""What was seen, and how it changed what would help, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from handrail.capabilities.pairings.plan.seen.sheet import SeenSheet, Sighting
from handrail.capabilities.starting_point.queries import APPROACHES, SEEN, mixture_in_lines, share_in_words
from handrail.engines.approach import Revision

if TYPE_CHECKING:
    from handrail.capabilities.pairings.queries import OwnPairing


@dataclass(frozen=True)
class Seen:
    """One line; `id` where its reader may take it back."""

    text: str
    noted: str
    id: str


@dataclass(frozen=True)
class Change:
    """What was seen, what the mixture was after it, and what of it moved."""

    heading: str
    seen: str
    moved: str
    then: list[str]


def sightings_in_words(sheet: SeenSheet, own: OwnPairing) -> list[Seen]:
    """Newest first."""
    return [
        Seen(
            text=str(SEEN[one.what]),
            noted=_("%(who)s, %(day)s")
            % {"who": _("You") if one.by == own.side else own.other.name, "day": _day(one.on)},
            id=one.id if one.by == own.side else "",
        )
        for one in reversed(sheet.sightings)
        if one.what in SEEN
    ]


def _day(on: str) -> str:
    return date_format(date.fromisoformat(on), "j F Y")


def changes_in_words(history: tuple[Revision, ...], sightings: list[Sighting]) -> list[Change]:
    """Oldest first: each thing seen, how it moved the mixture, and the mixture where it reads differently then."""
    return [
        Change(
            heading=_day(sightings[one.order].on),
            seen=_("You noted: %(seen)s") % {"seen": SEEN[one.what]}
            if one.by == "leader"
            else _("Your mentor noted: %(seen)s") % {"seen": SEEN[one.what]},
            moved=_moved(one),
            then=[] if mixture_in_lines(one.after) == mixture_in_lines(one.before) else mixture_in_lines(one.after),
        )
        for one in history
    ]


def _moved(revision: Revision) -> str:
    up = [name for name, points in revision.change.items() if points > 0]
    if not up:
        return _("Nothing moved by it: it had been seen before.")
    most = max(up, key=lambda name: revision.change[name])
    before, after = share_in_words(revision.before[most]), share_in_words(revision.after[most])
    name = APPROACHES[most][0]
    if before == after:
        return _("A little more of “%(approach)s”.") % {"approach": name}
    return _("“%(approach)s” went from “%(before)s” to “%(after)s”.") % {
        "approach": name,
        "before": before.lower(),
        "after": after.lower(),
    }
