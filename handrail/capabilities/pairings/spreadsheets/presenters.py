"""Brought lists in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.pairings.rules import state_in_words
from handrail.capabilities.pairings.spreadsheets.models import PairsFile, PairsLine
from handrail.capabilities.pairings.spreadsheets.queries import Named
from handrail.design.parts import Row, Text

Outcome = PairsLine.Outcome
SHOWN = 60  # lines of one kind on the page

UNREADABLE: dict[str, Text] = {
    "too_much": lazy("This is more than a list of pairs can be. Keep the sheet with the pairs only."),
    "not_a_table": lazy("This is not a spreadsheet or a CSV file. Save the list as .xlsx or .csv and choose that."),
    "old_or_locked": lazy("This is an old Excel file, or one with a password. Save it as .xlsx without one."),
    "pdf": lazy("This is a PDF. Ask whoever made it for the list as a spreadsheet."),
    "packed": lazy("This is packed. Unpack it first and choose the list inside."),
    "empty": lazy("There is nothing in this file."),
    "broken": lazy("This file is damaged. Open it in your spreadsheet program, save it again, and choose that."),
    "gone": lazy("The file is not there any more. Please choose it again."),
}
FAULTS: dict[str, Text] = {
    "no_leader": lazy("There is a mentor and no leader."),
    "no_mentor": lazy("There is a leader and no mentor."),
    "same_person": lazy("“%(value)s” stands on both sides."),
    "unknown_state": lazy(
        "“%(value)s” is no state we know. Write one of: proposed, asked, agreed, met, paused, ended."
    ),
    "bad_date": lazy("“%(value)s” is no date we can read. Write it like 12/03/2026."),
    "not_text": lazy("There is a character in this line that we cannot keep."),
    "repeat": lazy("These two stand in line %(value)s already."),
    "two_of_one_name": lazy("Several people here are called “%(value)s”. Add an e-mail address to the line."),
}
ROLES: dict[str, Text] = {
    "leader": lazy("The leader’s name"),
    "leader_email": lazy("The leader’s e-mail address"),
    "mentor": lazy("The mentor’s name"),
    "mentor_email": lazy("The mentor’s e-mail address"),
    "state": lazy("How far they are"),
    "agreed_on": lazy("Since when they are paired"),
    "met_on": lazy("When they first met"),
}
STATES: dict[str, Text] = {
    "proposed": lazy("Proposed, not asked yet"),
    "asked": lazy("Proposed: ask them from here"),
    "agreed": lazy("Agreed"),
    "met": lazy("Met"),
    "paused": lazy("Paused"),
    "ended": lazy("Ended"),
}
LINE_HEADERS = [lazy("Line"), lazy("Leader"), lazy("Mentor"), lazy("How far")]
FAULT_HEADERS = [lazy("Line"), lazy("What is the matter")]
COLUMNS_OUT = (
    *(lazy("Leader"), lazy("Leader e-mail"), lazy("Mentor"), lazy("Mentor e-mail")),
    *(lazy("State"), lazy("Agreed on"), lazy("First met"), lazy("Scheme")),
)


def why_unreadable(file: PairsFile) -> str:
    return str(UNREADABLE.get(file.fault, UNREADABLE["broken"]))


def columns_in_rows(file: PairsFile) -> list[Row]:
    """What each column was taken for."""
    return [Row(words, _heading(file, file.columns[role])) for role, words in ROLES.items() if role in file.columns]


def _heading(file: PairsFile, place: int) -> str:
    words = file.headings[place] if place < len(file.headings) else ""
    return _("column %(letter)s: %(words)s") % {"letter": letter_of(place), "words": words or "–"}


def letter_of(place: int) -> str:
    """A, B … Z, AA, as a spreadsheet counts."""
    letters = ""
    number = place + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def columns_to_choose(file: PairsFile) -> list[tuple[str, str]]:
    return [("", _("Not in this list")), *((str(place), _heading(file, place)) for place in range(len(file.headings)))]


def counts_in_rows(counts: dict[str, int]) -> list[Row]:
    words: dict[str, Text] = {
        Outcome.NEW: lazy("Pairs to bring"),
        Outcome.LOADED: lazy("Pairs brought"),
        Outcome.HERE: lazy("Here already, nothing changes"),
        Outcome.LEFT_OUT: lazy("Came to nothing, not brought"),
        Outcome.UNKNOWN: lazy("Somebody is not on your list of people"),
        Outcome.FAULT: lazy("Lines to mend"),
    }
    return [Row(text, str(counts[outcome])) for outcome, text in words.items() if counts.get(outcome)]


def outcome_in_words(counts: dict[str, int]) -> str:
    number = counts.get(Outcome.LOADED, 0)
    return ngettext("%(number)d pair was brought.", "%(number)d pairs were brought.", number) % {"number": number}


def lines_in_rows(lines: Iterable[PairsLine]) -> list[tuple[str, ...]]:
    return [
        (
            str(line.line),
            line.leader_name or line.leader_email,
            line.mentor_name or line.mentor_email,
            str(STATES.get(line.state, "")),
        )
        for line in lines
    ]


def faults_in_rows(lines: Iterable[PairsLine]) -> list[tuple[str, str]]:
    return [(str(line.line), str(FAULTS[line.code]) % {"value": line.value}) for line in lines]


def people_to_tick(people: list[Named]) -> list[tuple[str, str]]:
    return [(str(place), f"{one.name}, {one.email}" if one.email else one.name) for place, one in enumerate(people)]


def recent_rows(files: list[PairsFile]) -> list[Row]:
    return [
        Row(
            file.file_name,
            date_format(timezone.localtime(file.made_at), "j F Y, H:i"),
            _("See"),
            reverse("pairs_file", args=[file.pk]),
        )
        for file in files
    ]


def rows_to_take_out(pairings: Iterable[Pairing]) -> Iterator[list[str]]:
    """The headings, and a row a pairing: names, addresses, the coarse state and two dates; nothing that is private."""
    yield [str(heading) for heading in COLUMNS_OUT]
    for pairing in pairings:
        yield [
            pairing.leader.name,
            pairing.leader.email,
            pairing.mentor.name,
            pairing.mentor.email,
            state_in_words(pairing),
            *(timezone.localtime(at).date().isoformat() if at else "" for at in (pairing.agreed_at, pairing.met_at)),
            pairing.scheme.name,
        ]
