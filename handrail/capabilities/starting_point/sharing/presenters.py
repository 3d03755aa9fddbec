"""What is shared, in the words the mentor will read; and the words that may become ordinary."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from handrail.capabilities.starting_point.conversation.presenters.mixture import APPROACHES
from handrail.capabilities.starting_point.conversation.presenters.questions import WORDS, answer_in_words
from handrail.capabilities.starting_point.conversation.presenters.result import said_by
from handrail.capabilities.starting_point.queries import Mentor, SharedSection
from handrail.capabilities.starting_point.rules import GROUPS, SECTIONS
from handrail.capabilities.starting_point.sheet import Sheet
from handrail.capabilities.starting_point.steps import Since, StepPack
from handrail.design.parts import Choice, Text
from handrail.foundation.languages import SOURCE

HEADINGS: dict[str, Text] = {
    "role": lazy("This year, whom you need to reach, and where they talk"),
    "habits": lazy("What you do online, the last answer and what came of it, what you are good at"),
    "team": lazy("Your team, and how “digital” lands"),
    "time": lazy("Your time, and where ten minutes fit"),
    "worries": lazy("What worries you"),
    "hard": lazy("When a word is new, and what you find hard"),
    "approach": lazy("What works already, and which way may help"),
    "steps": lazy("The first three small steps"),
}
# The same parts as the mentor reads them.
SEEN_AS: dict[str, Text] = {
    "role": lazy("This year, whom to reach, and where"),
    "habits": lazy("Online so far, the last answer, and good at"),
    "team": lazy("The team, and how “digital” lands"),
    "time": lazy("Time for this, and where"),
    "worries": lazy("Worries"),
    "hard": lazy("When a word is new, and what is hard"),
    "approach": lazy("What might help"),
    "steps": lazy("The first three small steps"),
}
# Themes and channels only, from the first three questions: never a worry, never what is hard.
FINDING: dict[str, dict[str, Text]] = {
    "role_goal": {
        "improve_a_service": lazy("better services"),
        "save_money": lazy("spending less"),
        "keep_people_safe": lazy("keeping people safe"),
        "change_how_we_work": lazy("new ways of working"),
        "keep_good_staff": lazy("keeping good staff"),
        "win_trust": lazy("winning trust"),
        "grow_support": lazy("finding support"),
        "get_through_hard_times": lazy("hard times"),
    },
    "audience": {
        "people_we_serve": lazy("the people we serve"),
        "families": lazy("families"),
        "staff": lazy("staff"),
        "volunteers": lazy("volunteers"),
        "partners": lazy("partners"),
        "businesses": lazy("businesses"),
        "employers": lazy("employers"),
        "members_or_board": lazy("members and board"),
        "funders": lazy("funders"),
        "investors": lazy("investors"),
        "local_people": lazy("local people"),
        "government": lazy("government"),
        "regulators": lazy("regulators"),
        "press": lazy("press"),
    },
    "audience_places": {
        "own_website": lazy("our website"),
        "internal_network": lazy("our internal network"),
        "local_groups": lazy("local groups"),
        "linkedin": lazy("LinkedIn"),
        "short_posts": lazy("short posts"),
        "messaging": lazy("messages"),
        "photo_video": lazy("photos and video"),
        "forums": lazy("forums"),
    },
}


def sections_of(sheet: Sheet, pack: StepPack, since: Since) -> list[SharedSection]:
    """Every part that has something in it, just as the mentor would see it."""
    language = get_language() or SOURCE
    said = said_by(sheet, pack, since)
    lines: dict[str, dict[str, tuple[str, str]]] = {
        name: {
            one.id: (str(WORDS[one.id].short), words)
            for one in sheet.asked
            if one.id in questions and (words := answer_in_words(sheet, one.id))
        }
        for name, questions in GROUPS.items()
    }
    lines |= {"approach": said.approach_rows(), "steps": said.step_rows()}
    return [
        SharedSection(
            name,
            str(SEEN_AS[name]),
            list(rows.values()),
            said.leads if name == "approach" else "",
            language,
            tuple(rows),
        )
        for name, rows in lines.items()
        if rows
    ]


def chosen_sections(
    sheet: Sheet, pack: StepPack, since: Since, names: Collection[str], left_out: Collection[str] = ()
) -> list[SharedSection]:
    """These parts without the lines that are left out; a part of which nothing is left is none."""
    chosen = [one.without(left_out) for one in sections_of(sheet, pack, since) if one.id in names]
    return [one for one in chosen if one.rows]


def choices_to_share(sheet: Sheet, pack: StepPack) -> list[tuple[str, Text]]:
    """The parts of `sections_of`, by name only: an approach and a first step there always are, and take long to say."""
    answered = {one.id for one in sheet.asked if answer_in_words(sheet, one.id)}
    there = {name for name, questions in GROUPS.items() if answered.intersection(questions)}
    there |= {"approach", "steps"} if pack.steps else {"approach"}
    return [(name, HEADINGS[name]) for name in SECTIONS if name in there]


def headings_of(names: list[str]) -> list[Text]:
    return [HEADINGS[name] for name in names if name in HEADINGS]


def left_out_in_words(sheet: Sheet) -> str:
    """The lines that were unticked, by the short name of each; those of steps by their id."""
    own: dict[str, Text] = {"works": lazy("What works already"), "known": lazy("How much is known")}
    own |= {name: words.short for name, words in WORDS.items()} | {name: one[0] for name, one in APPROACHES.items()}
    return "; ".join(str(own.get(line, line)) for line in sorted(sheet.left_out))


def names_in_words(names: list[str]) -> str:
    return "; ".join(str(one) for one in headings_of(names))


def parts_to_take_back(names: list[str]) -> list[Choice]:
    """Each part that was shared, and all of them at once, as one tap."""
    parts = [Choice(name, HEADINGS[name]) for name in names if name in HEADINGS]
    return [*parts, Choice("", _("All of it"))] if len(parts) > 1 else parts


def names_held(sheet: Sheet, mentor: Mentor | None, since: date | None) -> list[str]:
    """The parts that this mentor has; where there is no mentor, those that wait for one."""
    if mentor is None:
        return list(sheet.wishes)
    return list(sheet.shown.get(str(mentor.conversation_id), ())) if since else []


def words_to_find_by(sheet: Sheet) -> list[str]:
    """Words from what the leader told of role, audience and places."""
    return [
        str(words[option])
        for question, words in FINDING.items()
        for option in sheet.chosen.get(question, ())
        if option in words
    ]


def words_to_remove(words: list[str]) -> list[Choice]:
    return [Choice(word, word) for word in words]


def words_in_a_line(words: list[str]) -> str:
    return _(", ").join(words)
