"""What may be answered, seen, shared and made ordinary."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handrail.capabilities.starting_point.sheet import Sheet
from handrail.engines.approach import Question
from handrail.foundation.access.refusal import Refused

ENOUGH = 4  # answers that already say something useful
MOST_WORDS = 3
LONGEST_WORD = 40
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


def says_enough(sheet: Sheet) -> bool:
    return len(sheet.answered) >= ENOUGH


def check_answer(question: Question, options: Sequence[str], words: str) -> None:
    if not options and not words:
        raise Refused(_("Tap what fits, or pass this question over. Both are fine."))
    if len(options) > question.most:
        raise Refused(
            ngettext("Choose %(most)d.", "Choose up to %(most)d: those that weigh most.", question.most)
            % {"most": question.most}
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
