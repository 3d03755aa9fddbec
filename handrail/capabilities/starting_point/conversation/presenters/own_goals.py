"""What a leader must achieve and whom they must reach, said back in their own words, and how a step serves it."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from handrail.capabilities.starting_point.conversation.presenters.questions import WORDS
from handrail.capabilities.starting_point.rules import OWN, SERVED_BY, UNNAMED, in_short
from handrail.capabilities.starting_point.sheet import Sheet
from handrail.design.parts import Text

MOST_PEOPLE = 2  # named within one sentence

# Whom they want to reach, within a sentence.
PEOPLE: dict[str, Text] = {
    "people_we_serve": lazy("the people you serve"),
    "families": lazy("families"),
    "staff": lazy("your staff"),
    "volunteers": lazy("your volunteers"),
    "partners": lazy("your partners"),
    "businesses": lazy("businesses"),
    "employers": lazy("employers"),
    "members_or_board": lazy("members and the board"),
    "funders": lazy("those who fund you"),
    "investors": lazy("investors and owners"),
    "local_people": lazy("the people who live here"),
    "government": lazy("government"),
    "regulators": lazy("regulators"),
    "press": lazy("the press"),
}

# What a step that helps to this does for a goal: it follows “For … :”.
HELPS: dict[str, Text] = {
    "audience": lazy("you learn where to find %(people)s."),
    "listening": lazy("you hear what matters to %(people)s before you decide."),
    "answering": lazy("somebody answers, and that is noticed by %(people)s."),
    "team": lazy("your team shows what it can do already."),
    "asking": lazy("you learn what nobody tells you unless you ask."),
    "data": lazy("you know which figure to trust before it decides something."),
    "safety": lazy("nobody can use your name or your accounts against it."),
    "settings": lazy("nobody can use your name or your accounts against it."),
    "writing": lazy("what you say is easy to follow for %(people)s."),
    "confidence": lazy("you can speak about it at ease."),
    "time": lazy("it frees minutes for it."),
    "passing_on": lazy("others carry it on."),
    "role_goal": lazy("it becomes plain what has to go well first."),
}


def goal_in_words(sheet: Sheet, goal: str) -> str:
    """A goal as it was tapped, or typed."""
    _tapped, own = sheet.goals
    if goal == OWN:
        return in_short(own)
    if goal == UNNAMED:
        return _("What you named as something else")
    return str(WORDS["role_goal"].options[goal])


def goals_in_words(sheet: Sheet) -> str:
    """All of them in one line, what was typed first."""
    said = {OWN: _("“%(words)s”") % {"words": goal_in_words(sheet, OWN)}}
    return "; ".join(said.get(one) or _uncapitalised(goal_in_words(sheet, one)) for one in goals_of(sheet))


def _uncapitalised(words: str) -> str:
    return words[:1].lower() + words[1:]


def goals_of(sheet: Sheet) -> tuple[str, ...]:
    tapped, own = sheet.goals
    return (OWN, *tapped) if own else tapped


def people_in_words(sheet: Sheet) -> str:
    """Whom they most need to reach, in one line, what was typed first."""
    return "; ".join(_people(sheet))


def need_that_serves(goal: str, needs: Collection[str], said: Collection[Text] = ()) -> str:
    """Of a step's needs the one that serves the goal most directly; what was said of another step only where none is
    left.
    """
    directly, too = SERVED_BY.get(goal, (frozenset(), frozenset()))
    there = [need for need in HELPS if need in needs] or list(HELPS)
    return min(there, key=lambda need: (HELPS[need] in said, need not in directly, need not in too))


def how_it_serves(sheet: Sheet, goal: str, need: str) -> str:
    """In one sentence; empty where a step serves no goal."""
    if not goal:
        return ""
    words = str(HELPS[need])
    if "%" in words:
        people = _(" and ").join(_people(sheet)[:MOST_PEOPLE]) or _("the people you need to reach")
        words = words % {"people": people}
    return _("For “%(goal)s”: %(how)s") % {"goal": goal_in_words(sheet, goal), "how": words}


def _people(sheet: Sheet) -> list[str]:
    own = in_short(sheet.words.get("audience", ""))
    named = [_("“%(words)s”") % {"words": own}] if own else []
    return named + [str(PEOPLE[one]) for one in sheet.chosen.get("audience", ())]
