"""The lines of a list of pairs: who, with whom, how far, since when. A line that cannot be read says why."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from handrail.formats.spreadsheets.columns import Columns, plain

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 1, 1)
LONGEST_NAME, LONGEST_ADDRESS = 200, 254


class State(StrEnum):
    """How far two people are, as such lists have it."""

    PROPOSED = "proposed"
    ASKED = "asked"
    AGREED = "agreed"
    MET = "met"
    PAUSED = "paused"
    ENDED = "ended"
    NOT_TAKEN_UP = "not_taken_up"


WORDS: dict[State, set[str]] = {
    State.PROPOSED: {"proposed", "proposed not asked yet", "idea", "maybe", "to ask", "planned", "suggested", "to do"},
    State.ASKED: {"asked", "invited", "pending", "waiting", "tbc", "contacted", "emailed", "awaiting reply"},
    State.AGREED: {
        *("agreed", "yes", "y", "x", "matched", "paired", "active", "ongoing", "in progress", "accepted", "confirmed"),
        *("running", "live", "on", "ok", "started", "changing", "green"),
    },
    State.MET: {"met", "have met", "first meeting held", "meeting", "met once", "first session held", "1st done"},
    State.PAUSED: {"paused", "on hold", "pause", "hold", "parked", "leave", "mat leave", "amber"},
    State.ENDED: {"ended", "finished", "complete", "completed", "closed", "stopped", "done", "end", "left", "over"},
    State.NOT_TAKEN_UP: {
        *(
            "not taken up",
            "declined",
            "no",
            "n",
            "refused",
            "withdrew",
            "withdrawn",
            "cancelled",
            "dropped",
            "no reply",
        ),
    },
}
STATE_OF = {word: state for state, words in WORDS.items() for word in words}
MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
IN_WORDS = re.compile(r"(?:[a-z]+\s+)?(\d{1,2})(?:st|nd|rd|th)?[ -]+([a-z]{3})[a-z]*[ -]+(\d{2}|\d{4})")
ADDRESS = re.compile(r"[^\s<>@,;]+@[^\s<>@,;]+\.[^\s<>@,;]+")


@dataclass(frozen=True)
class PairLine:
    line: int
    leader: str
    leader_email: str
    mentor: str
    mentor_email: str
    state: State
    agreed_on: date | None = None
    met_on: date | None = None


@dataclass(frozen=True)
class LineFault:
    """`code`: no_leader, no_mentor, same_person, unknown_state, bad_date, not_text, repeat (`value`: of which line)."""

    line: int
    code: str
    value: str = ""


def pair_lines(rows: Sequence[Sequence[str]], columns: Columns) -> Iterator[PairLine | LineFault]:
    """Every line under the headings that has somebody in it, in order; a pair that stood before is a repeat."""
    met: dict[tuple[str, str], int] = {}
    for number, row in enumerate(rows[columns.heading_row :], start=columns.heading_row + 1):
        cells = {role: unprefixed(row[place]) for role, place in columns.of_role.items() if place < len(row)}
        if not any(cells.get(role) for role in ("leader", "leader_email", "mentor", "mentor_email")):
            continue
        found = _line_of(number, cells, columns)
        if isinstance(found, PairLine):
            pair = (_key(found.leader, found.leader_email), _key(found.mentor, found.mentor_email))
            if pair in met:
                found = LineFault(number, "repeat", str(met[pair]))
            else:
                met[pair] = number
        yield found


def _line_of(number: int, cells: dict[str, str], columns: Columns) -> PairLine | LineFault:
    if any(not text.isprintable() or "\ufffd" in text for text in cells.values()):
        return LineFault(number, "not_text")
    leader, leader_email = person_in(cells.get("leader", ""), cells.get("leader_email", ""))
    mentor, mentor_email = person_in(cells.get("mentor", ""), cells.get("mentor_email", ""))
    for name, address, code in ((leader, leader_email, "no_leader"), (mentor, mentor_email, "no_mentor")):
        if not (name or address):
            return LineFault(number, code)
    if _key(leader, leader_email) == _key(mentor, mentor_email):
        return LineFault(number, "same_person", leader or leader_email)
    days: dict[str, date | None] = {}
    for role in ("agreed_on", "met_on"):
        text = cells.get(role, "")
        days[role] = date_in(text, day_first=columns.day_first)
        if days[role] is None and text and plain(text) not in STATE_OF:
            return LineFault(number, "bad_date", text)
    state = state_in(cells.get("state", ""), has_met=days["met_on"] is not None)
    if state is None:
        return LineFault(number, "unknown_state", cells["state"])
    return PairLine(number, leader, leader_email, mentor, mentor_email, state, days["agreed_on"], days["met_on"])


def unprefixed(text: str) -> str:
    """Without the apostrophe that keeps a cell from being read as a formula."""
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@") else text


def person_in(name: str, address: str) -> tuple[str, str]:
    """Name and address; `Ashdown, Helen` and `Helen Ashdown <helen@example.org>` are read as people write them."""
    if found := ADDRESS.search(name):
        address = address or found[0]
        name = name.replace(found[0], "")
    name = " ".join(name.replace("<", " ").replace(">", " ").split())
    if name.count(",") == 1:
        family, given = (part.strip() for part in name.split(","))
        name = f"{given} {family}".strip()
    if name and name == name.upper() and len(name) > 3:
        name = name.title()
    found = ADDRESS.search(address)
    return name[:LONGEST_NAME], found[0].lower()[:LONGEST_ADDRESS] if found else ""


def _key(name: str, address: str) -> str:
    return address or plain(name) or name


def state_in(text: str, *, has_met: bool = False) -> State | None:
    """What the word says; a pair with nothing said is running. None for a word that is not known."""
    state = STATE_OF.get(plain(text)) if text else State.AGREED
    return State.MET if state is State.AGREED and has_met else state


def date_in(text: str, *, day_first: bool) -> date | None:
    """12/03/2026, 3 Mar 26, 2026-03-12, or a spreadsheet's own number of a day."""
    text = text.strip().lower().replace(",", " ")
    try:
        if text.isascii() and text.isdigit() and len(text) == 5:
            return _sensible(date(1899, 12, 30) + timedelta(days=int(text)))
        if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ].*)?", text):
            return _sensible(date(int(found[1]), int(found[2]), int(found[3])))
        if found := re.fullmatch(r"(\d{1,2})[./ -](\d{1,2})[./ -](\d{2}|\d{4})", text):
            day, month = (int(found[1]), int(found[2])) if day_first else (int(found[2]), int(found[1]))
            return _sensible(date(_year(found[3]), month, day))
        if found := re.fullmatch(
            r"(?:[a-z]+\s+)?(\d{1,2})(?:st|nd|rd|th)?[ -]+([a-z]{3})[a-z]*[ -]+(\d{2}|\d{4})", text
        ):
            return _sensible(date(_year(found[3]), MONTHS.get(found[2], 0), int(found[1])))
    except ValueError:
        return None
    return None


def _year(text: str) -> int:
    return int(text) + 2000 if len(text) == 2 else int(text)


def _sensible(day: date) -> date | None:
    return day if FIRST_DAY <= day < LAST_DAY else None
