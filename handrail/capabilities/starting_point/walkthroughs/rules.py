"""What may be marked and shared, and which items are there for somebody."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from handrail.capabilities.starting_point.walkthroughs.pack import walkthrough_pack
from handrail.capabilities.starting_point.walkthroughs.sheet import DONE, MARKS, MarkSheet
from handrail.formats.walkthroughs import NETWORKS, Item, WalkThrough
from handrail.foundation.access.refusal import Refused

ALSO_OPEN = "also_open"  # ticked beside walk-throughs: what is not done is shared as well


def asks_for_networks(walkthrough: WalkThrough) -> bool:
    """Whether some of its items are for whoever uses a certain network."""
    return any(item.networks for item in walkthrough.items)


def answering(worry: str) -> list[WalkThrough]:
    """The walk-throughs for one worry: first those that name it first."""
    found = [one for one in walkthrough_pack().values() if worry in one.worries]
    return sorted(found, key=lambda one: one.worries.index(worry))


def items_for(walkthrough: WalkThrough, sheet: MarkSheet) -> list[Item]:
    """Every item but those for networks that the leader said they do not use."""
    uses = NETWORKS if sheet.networks is None else sheet.networks
    return [item for item in walkthrough.items if not item.networks or set(item.networks) & set(uses)]


def item_after(walkthrough: WalkThrough, sheet: MarkSheet, item: Item | None = None) -> Item | None:
    """The next one without a mark: after this item, else from the beginning."""
    items = items_for(walkthrough, sheet)
    place = items.index(item) + 1 if item in items else 0
    open_ones = [one for one in [*items[place:], *items[:place]] if not sheet.mark_of(walkthrough.id, one.id)]
    return open_ones[0] if open_ones else None


def number_done(walkthrough: WalkThrough, sheet: MarkSheet) -> int:
    return sum(sheet.mark_of(walkthrough.id, item.id) == DONE for item in walkthrough.items)


def has_marks(walkthrough: WalkThrough, sheet: MarkSheet) -> bool:
    return any(sheet.mark_of(walkthrough.id, item.id) for item in walkthrough.items)


def check_mark(mark: str) -> None:
    if mark not in MARKS:
        raise Refused(_("Tap one of the three: done, not yet, or not for me."))


def can_mark(mark: str) -> bool:
    try:
        check_mark(mark)
    except Refused:
        return False
    return True


def check_networks(networks: Sequence[str]) -> None:
    if set(networks) - set(NETWORKS):
        raise Refused(_("One of these networks is not known here. Please choose again."))


def can_use_networks(networks: Sequence[str]) -> bool:
    try:
        check_networks(networks)
    except Refused:
        return False
    return True


def check_can_share(names: Sequence[str], known: Sequence[str]) -> None:
    """`known`: the walk-throughs that have something to show for these names."""
    chosen = [name for name in names if name != ALSO_OPEN]
    if not chosen:
        raise Refused(_("Tick what you want to share. Nothing is shared so far."))
    if set(chosen) - set(known):
        raise Refused(_("Nothing is marked as done in one of these. Tick the last box too, or leave it out."))


def can_share(names: Sequence[str], known: Sequence[str]) -> bool:
    try:
        check_can_share(names, known)
    except Refused:
        return False
    return True
