"""What may be answered, seen, shared and made ordinary."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from handrail.capabilities.starting_point.sheet import UNNAMED, Sheet
from handrail.design.numbers import number_in_words
from handrail.engines.approach import WORRY_STEPS, Question
from handrail.foundation.access.refusal import Refused

__all__ = ["UNNAMED"]

ENOUGH = 4  # answers that already say something useful
MOST_WORDS = 3
LONGEST_WORD = 40
IN_SHORT = 80  # characters of own words within a sentence
MOST_INVITED = 500  # in one go
MOST_REMINDERS = 2
BETWEEN_REMINDERS = timedelta(days=14)

# What can be shared, part by part, and the questions of each part. The last two come from all answers together.
GROUPS: dict[str, tuple[str, ...]] = {
    "role": ("role_goal", "audience", "audience_places"),
    "habits": ("online_now", "last_answer", "what_next", "good_at"),
    "team": ("team", "how_it_lands"),
    "time": ("time", "place"),
    "worries": ("worries",),
    "hard": ("in_a_meeting", "hard_to_admit"),
}
SECTIONS = (*GROUPS, "approach", "steps")
IN_CONFIDENCE = ("worries", "hard")  # parts that stand apart where one chooses


# What a step helps to that serves a goal directly, and what serves it too.
SERVED_BY: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "improve_a_service": (frozenset({"audience", "listening"}), frozenset({"data", "asking", "team"})),
    "save_money": (frozenset({"data"}), frozenset()),
    "keep_people_safe": (frozenset({"safety", "settings"}), frozenset({"data"})),
    "change_how_we_work": (frozenset({"team", "asking"}), frozenset({"time", "confidence", "data", "passing_on"})),
    "keep_good_staff": (frozenset({"team", "asking"}), frozenset({"listening", "confidence", "passing_on"})),
    "win_trust": (frozenset({"answering", "listening"}), frozenset({"safety", "writing", "audience", "confidence"})),
    "grow_support": (frozenset({"audience", "answering"}), frozenset({"writing", "listening", "passing_on"})),
    "get_through_hard_times": (frozenset({"team", "time"}), frozenset({"confidence", "safety", "listening"})),
}


OWN = "own"  # the goal in the leader's own words


def worry_taken_up(step_id: str) -> str:
    """The worry that this step of the pack takes up; empty for most."""
    return next((worry for worry, ids in WORRY_STEPS.items() if step_id in ids), "")


def goals_of_steps(steps: Sequence[tuple[str, Collection[str]]], goals: Sequence[str]) -> list[str]:
    """Which goal each of these steps serves, by their ids and needs.

    What was said in own words is not left out: where no other step serves it, the one that serves its goal least
    directly does, and of equals the last.
    """
    served = [goal_of_step(step_id, needs, goals) for step_id, needs in steps]
    for own in goals:
        if own in (OWN, UNNAMED) and own not in served and any(served):
            _least, place = min((_directly(served[at], steps[at][1]), -at) for at in range(len(steps)) if served[at])
            served[-place] = own
    return served


def goal_of_step(step_id: str, needs: Collection[str], goals: Sequence[str]) -> str:
    """As `goal_served`; what takes up a worry serves a goal only where it does so directly, else the worry."""
    goal = goal_served(needs, goals)
    return goal if _directly(goal, needs) or not worry_taken_up(step_id) else ""


def goal_served(needs: Collection[str], goals: Sequence[str]) -> str:
    """The goal that a step of these needs serves most directly; else the one in own words, which may be anything; else
    the one it serves too, or the first; empty where there is none.

    Saving money stands behind the others: a question to the team in its name sounds like a cut.
    """

    def closeness(goal: str) -> tuple[bool, bool, int, bool]:
        directly, too = SERVED_BY.get(goal, (frozenset(), frozenset()))
        points = 2 * len(directly.intersection(needs)) + len(too.intersection(needs))
        return _directly(goal, needs) > 0, goal in (OWN, UNNAMED), points, goal != "save_money"

    return max(goals, key=closeness, default="")


def _directly(goal: str, needs: Collection[str]) -> int:
    """How many of these needs serve this goal directly."""
    return len(SERVED_BY.get(goal, (frozenset(), frozenset()))[0].intersection(needs))


def in_short(words: str) -> str:
    """The first line with something on it, cut between two words and with no full stop: to stand within a sentence."""
    line = next((" ".join(line.split()) for line in words.splitlines() if line.strip()), "").rstrip(".… ")
    if len(line) <= IN_SHORT:
        return line
    return line[: IN_SHORT - 1].rsplit(" ", 1)[0] + "…"


def says_enough(sheet: Sheet) -> bool:
    return len(sheet.answered) >= ENOUGH


def check_answer(question: Question, options: Sequence[str], words: str) -> None:
    if not options and not words:
        raise Refused(_("Tap what fits, or pass this question over. Both are fine."))
    if len(options) > question.most:
        raise Refused(
            _("%(most)s at most: untap those that weigh less.") % {"most": number_in_words(question.most).capitalize()}
        )


def can_answer(question: Question, options: Sequence[str], words: str) -> bool:
    try:
        check_answer(question, options, words)
    except Refused:
        return False
    return True


def check_can_share(sheet: Sheet, sections: Sequence[str]) -> None:
    if not sections:
        raise Refused(_("Tick what you want to share. Nothing is shared so far."))
    if set(sections) - set(SECTIONS):
        raise Refused(_("One of these parts is not there any more. Please choose again."))
    if not says_enough(sheet):
        raise Refused(_("There is too little to share yet. Answer a few questions first."))


def check_is_something(sections: Sequence[object]) -> None:
    """What is left once lines were taken out."""
    if not sections:
        raise Refused(_("Leave at least one line ticked, or go back and share nothing."))


def can_share(sheet: Sheet, sections: Sequence[str]) -> bool:
    try:
        check_can_share(sheet, sections)
    except Refused:
        return False
    return True


def check_words(words: Sequence[str]) -> None:
    if not words:
        raise Refused(_("Choose a word or write one. Nothing has been written so far."))
    if len(words) > MOST_WORDS:
        raise Refused(_("Three words at most. Take one or two away."))
    if any(len(word) > LONGEST_WORD for word in words):
        raise Refused(_("One of the words is too long. A word or two is enough: forty letters at most."))


def can_use_words(words: Sequence[str]) -> bool:
    try:
        check_words(words)
    except Refused:
        return False
    return True


def check_can_invite(count: int) -> None:
    if count == 0:
        raise Refused(_("Choose at least one person who has not been asked yet."))
    if count > MOST_INVITED:
        raise Refused(_("Five hundred people at most in one go. Search for a smaller group."))


def can_invite(count: int) -> bool:
    try:
        check_can_invite(count)
    except Refused:
        return False
    return True


def check_can_make_letter(of_person: int, of_coordinator: int) -> None:
    """A letter carries a code that signs somebody in: only their own organisation's coordinator makes one."""
    if not can_make_letter(of_person, of_coordinator):
        raise Refused(_("They are in another organisation: its coordinator can print a letter."))


def can_make_letter(of_person: int, of_coordinator: int) -> bool:
    return of_person == of_coordinator


def check_can_remind(reminders: int, last_asked_at: datetime, now: datetime) -> None:
    if reminders >= MOST_REMINDERS:
        raise Refused(_("They have been reminded twice. Leave it at that: a third time would be pushing."))
    if now - last_asked_at < BETWEEN_REMINDERS:
        raise Refused(_("Two weeks at least between two messages. Give them time."))


def can_remind(reminders: int, last_asked_at: datetime, now: datetime) -> bool:
    return reminders < MOST_REMINDERS and now - last_asked_at >= BETWEEN_REMINDERS
