"""Who may do what with a plan and its steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from handrail.capabilities.pairings.plan.sheet import CAME, DONE, SKIPPED, TODO, Item, PlanSheet
from handrail.foundation.access.refusal import Refused

if TYPE_CHECKING:
    from handrail.formats.steps import StepPiece

MOST_TODO = 8  # little and often: more than these is a list of debts
LONGEST_TITLE = 120
LONGEST_HOW = 1000
LONGEST_LINE = 500
LONGEST_GOAL = 200
MOST_GOALS = 3


def is_leaders(side: str) -> bool:
    return side == "leader"


def check_is_leaders(side: str) -> None:
    """What only the one whose plan it is says: done, not for me, what it is for, who sees it."""
    if not is_leaders(side):
        raise Refused(_("Only the one whose plan it is can say that."))


def check_can_add(sheet: PlanSheet) -> None:
    if len(sheet.todo) >= MOST_TODO:
        raise Refused(_("Eight steps are waiting, and that is plenty. Do one, or take one out, and then choose more."))


def can_add(sheet: PlanSheet) -> bool:
    return len(sheet.todo) < MOST_TODO


def check_still(item: Item | None, state: str) -> Item:
    """The step, if it is still in this state: somebody may have changed it in between."""
    if item is None or item.state != state:
        raise Refused(_("This step has changed in the meantime. Here is how it stands now."))
    return item


def can_do(item: Item, side: str) -> bool:
    return item.state == TODO and is_leaders(side)


def can_undo(item: Item, side: str) -> bool:
    return item.state in (DONE, SKIPPED) and is_leaders(side)


def can_move(item: Item) -> bool:
    """What the plan ends in stays its end."""
    return item.state == TODO and not item.ends


def check_can_move(item: Item) -> None:
    if not can_move(item):
        raise Refused(_("A plan ends in something passed on, so this one stays last. You can change it."))


def check_goals(goals: Sequence[str], own: str) -> None:
    if not goals and not own:
        raise Refused(_("Tap what fits, or say it in your own words. Nothing was changed."))
    if len(goals) > MOST_GOALS:
        raise Refused(_("Three at most: untap those that weigh less."))


def can_have_goals(goals: Sequence[str], own: str) -> bool:
    try:
        check_goals(goals, own)
    except Refused:
        return False
    return True


def is_of_something_never_done(end: Item, sheet: PlanSheet, texts: Mapping[str, StepPiece]) -> bool:
    """Whether what the plan ends in speaks of a step that is neither done nor in the plan. Own words are the pair's."""
    if end.step not in texts or end.title or end.how:
        return False
    there = {one.step for one in (*sheet.done, *sheet.todo)}
    return any(one in texts and one not in there for one in texts[end.step].after)


# Steps that ask somebody, and by step what may help next: where answers came, and where there are none so far.
ASKS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "ask-the-team": (("match-a-skill-to-a-goal", "share-what-the-team-said"), ("ask-a-quiet-voice", "see-the-thing")),
    "ask-a-question-and-wait": (("close-the-loop", "answer-one-person"), ("ask-a-peer-elsewhere", "ask-one-user")),
    "ask-a-peer-elsewhere": (("offer-help-to-a-peer", "answer-one-person"), ("ask-who-does-this-well",)),
    "ask-what-is-in-the-way": (("turn-an-ask-into-a-result", "answer-one-person"), ("ask-a-quiet-voice",)),
    "ask-how-the-team-looks-back": (("answer-one-person",), ("ask-a-quiet-voice", "see-the-thing")),
    "ask-for-the-ai-rule": (("answer-one-person",), ("ask-a-quiet-voice",)),
    "ask-who-does-this-well": (("answer-one-person",), ("ask-a-peer-elsewhere",)),
    "end-with-one-question": (("answer-one-person",), ("read-it-as-a-stranger", "ask-what-landed")),
    "turn-news-into-a-question": (("answer-one-person",), ("read-it-as-a-stranger", "ask-what-landed")),
    "ask-for-results-by-group": (("ask-what-a-chart-hides",), ("see-the-thing",)),
    "ask-where-a-number-comes-from": (("invite-the-team-to-question-a-number",), ("see-the-thing",)),
}


def asks_somebody(item: Item) -> bool:
    """Whether a step that is done waits for somebody's answer. Of own words nothing is known."""
    return item.state == DONE and is_asking(item)


def is_asking(item: Item) -> bool:
    """Whether to do it is to ask somebody: then asking is not yet an answer."""
    return item.step in ASKS and not item.title


def next_after(item: Item, sheet: PlanSheet) -> str:
    """A step that may help now that answers came, or that there are none; empty where the plan had all of them."""
    came, none_yet = ASKS.get(item.step, ((), ()))
    may_help = came if item.answer == CAME else none_yet
    return next((one for one in may_help if one not in sheet.steps), "")


def check_has_words(title: str) -> None:
    if not title.strip():
        raise Refused(_("Say in a few words what the step is. Nothing was saved, and nothing is lost."))


def can_be_called(title: str) -> bool:
    return bool(title.strip())
