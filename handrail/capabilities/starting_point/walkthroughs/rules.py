"""What may be marked and shared, and which items are there for somebody."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from handrail.capabilities.starting_point.walkthroughs.pack import walkthrough_pack
from handrail.capabilities.starting_point.walkthroughs.sheet import (
    DONE,
    MARKS,
    NOT_FOR_ME,
    NOTHING,
    MarkSheet,
    Stand,
)
from handrail.formats.walkthroughs import NETWORKS, Action, Fold, Item, WalkThrough
from handrail.foundation.access.refusal import Refused

# What may have happened already, and the walk-through that then comes first.
HAPPENED = {"account": "when-an-account-is-taken", "abuse": "when-you-are-abused-online"}
ASKED_OF = frozenset({"security", "abuse"})  # whoever told of one of these worries is asked
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


def mark_of(item: Item, sheet: MarkSheet) -> str:
    """Kept where the item is written, so that it counts in each walk-through that has it."""
    return sheet.mark_of(item.home, item.id)


def item_after(walkthrough: WalkThrough, sheet: MarkSheet, item: Item | None = None) -> Item | None:
    """The next one without a mark: after this item, else from the beginning."""
    items = items_for(walkthrough, sheet)
    place = items.index(item) + 1 if item in items else 0
    return next((one for one in [*items[place:], *items[:place]] if not mark_of(one, sheet)), None)


def begun_item(walkthrough: WalkThrough, sheet: MarkSheet) -> Item | None:
    """The one that somebody stopped in."""
    return next((one for one in walkthrough.items if sheet.stand_of(one.home, one.id)), None)


def next_item(walkthrough: WalkThrough, sheet: MarkSheet) -> Item | None:
    """Where somebody goes on: in what they stopped in, else with what has no mark."""
    return begun_item(walkthrough, sheet) or item_after(walkthrough, sheet)


def first_for(worry: str, sheet: MarkSheet) -> tuple[WalkThrough, Item] | None:
    """The one small thing that a worry opens: what was begun, else the first that has no mark.

    What is for one network only waits until somebody said that they use it.
    """
    known = sheet if sheet.networks is not None else sheet.with_networks(())
    for walkthrough in answering(worry):
        if item := next_item(walkthrough, known):
            return walkthrough, item
    return None


def asks_whether_it_happened(told: Sequence[str], sheet: MarkSheet) -> bool:
    """Once, of whoever told such a worry; what there is to answer stands on a page of its own."""
    return not sheet.happened and not ASKED_OF.isdisjoint(told)


def first_after(happened: str, sheet: MarkSheet) -> tuple[WalkThrough, Item] | None:
    """What to do now, where something has happened; None where nothing has, or all of it is done."""
    walkthrough = walkthrough_pack().get(HAPPENED.get(happened, ""))
    item = next_item(walkthrough, sheet) if walkthrough else None
    return (walkthrough, item) if walkthrough and item else None


def check_happened(what: str) -> None:
    if what not in (*HAPPENED, NOTHING):
        raise Refused(_("Tap the one that fits best."))


def can_have_happened(what: str) -> bool:
    try:
        check_happened(what)
    except Refused:
        return False
    return True


def number_done(walkthrough: WalkThrough, sheet: MarkSheet) -> int:
    return sum(mark_of(item, sheet) == DONE for item in walkthrough.items)


def has_marks(walkthrough: WalkThrough, sheet: MarkSheet) -> bool:
    return any(mark_of(item, sheet) for item in walkthrough.items)


def left_of(walkthrough: WalkThrough, sheet: MarkSheet) -> list[Item]:
    """What somebody could still do: neither done nor “not for me”."""
    return [item for item in items_for(walkthrough, sheet) if mark_of(item, sheet) not in (DONE, NOT_FOR_ME)]


# --- one thing at a time -------------------------------------------------------------------------------------------


def case_called(item: Item, case: str) -> Fold | None:
    return next((one for one in item.folds if one.id == case), None)


def things_to_do(item: Item, case: str) -> tuple[Action, ...]:
    """What there is to do one after another, in this case."""
    fold = case_called(item, case)
    if fold is None:
        return () if item.folds else (*item.actions, *item.then)
    return (*item.actions, *fold.actions, *(() if fold.asks_again else item.then))


def stand_in(item: Item, sheet: MarkSheet) -> Stand:
    """How far somebody is; at the choice, or at the first thing to do, where nothing was kept or the text changed."""
    kept = sheet.stand_of(item.home, item.id)
    begins = Stand(at=0 if item.folds else 1)
    if kept is None or (item.folds and case_called(item, kept.case) is None):
        return begins
    return kept if kept.at <= len(things_to_do(item, kept.case)) + 1 else begins


def is_at_end(item: Item, stand: Stand) -> bool:
    return stand.at > len(things_to_do(item, stand.case)) > 0


def stand_after(item: Item, stand: Stand, at: int, *, left_out: bool) -> Stand | None:
    """Where one stands after the thing with this number; None where the item is done by that.

    Who left out what they did not find, or all of it, says at the end how it is.
    """
    check_can_do(item, stand, at)
    out = {*stand.left_out, at} if left_out else {*stand.left_out} - {at}
    after = Stand(stand.case, at + 1, tuple(sorted(out)))
    fold = case_called(item, stand.case)
    if is_at_end(item, after) and fold is not None and fold.asks_again:
        return Stand()
    things = things_to_do(item, stand.case)
    unsure = len(out) == len(things) or any(things[number - 1].is_looked_for for number in out)
    return None if is_at_end(item, after) and not unsure else after


def ends_with(item: Item, stand: Stand, at: int) -> bool:
    """Whether the item is done once the thing with this number is."""
    return can_do(item, stand, at) and stand_after(item, stand, at, left_out=False) is None


def check_can_do(item: Item, stand: Stand, at: int) -> None:
    if not 1 <= at <= len(things_to_do(item, stand.case)):
        raise Refused(_("Please go on from here."))


def can_do(item: Item, stand: Stand, at: int) -> bool:
    try:
        check_can_do(item, stand, at)
    except Refused:
        return False
    return True


def check_case(item: Item, case: str) -> None:
    if case_called(item, case) is None:
        raise Refused(_("Tap the one that fits best. “I am not sure” is one of them, or leave this part out."))


def can_choose_case(item: Item, case: str) -> bool:
    try:
        check_case(item, case)
    except Refused:
        return False
    return True


# --- marks, networks, sharing --------------------------------------------------------------------------------------


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
