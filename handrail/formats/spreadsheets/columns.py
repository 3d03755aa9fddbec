"""Which column says what: guessed from the words above it, to be confirmed by whoever keeps the table."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

ROLES = ("leader", "leader_email", "mentor", "mentor_email", "state", "agreed_on", "met_on")
LOOKED_AT = 20  # rows in which the headings are looked for
NAMED = {
    "leader": {"leader", "executive", "exec", "mentee", "director", "senior leader", "head", "participant", "learner"},
    "mentor": {"mentor", "digital mentor", "reverse mentor", "buddy", "coach", "junior mentor"},
    "state": {"state", "status", "stage", "how far", "progress", "where are we", "rag"},
    "agreed_on": {
        *("agreed on", "agreed", "date", "start", "started", "start date", "matched on", "paired on", "since"),
        *("date paired", "date matched", "matched", "paired", "begin", "began"),
    },
    "met_on": {
        *("met on", "met", "first met", "first meeting", "first session", "date of first session", "date first met"),
        *("first meeting date", "1st meeting", "1st session", "session 1", "meeting 1", "first met on"),
    },
}
MAIL = {"email", "mail", "address", "e mail", "email address", "e mail address"}
FILLING = {"name", "of", "the", "full", "s", "our", "their", "names", "person"}


@dataclass(frozen=True)
class Columns:
    """The row with the headings (0: the table is empty), their words, and the column of each role that has one."""

    heading_row: int
    headings: tuple[str, ...]
    of_role: dict[str, int] = field(default_factory=dict)
    day_first: bool = True

    @property
    def is_enough(self) -> bool:
        """Both people can be told apart from the rest."""
        return all(role in self.of_role or f"{role}_email" in self.of_role for role in ("leader", "mentor"))


def plain(heading: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", heading.lower()).split())


def guess_columns(rows: Sequence[Sequence[str]]) -> Columns:
    """The best row of headings among the first few. Nothing is certain: a person confirms it."""
    found = [_guessed(number, row) for number, row in enumerate(rows[:LOOKED_AT], start=1) if any(row)]
    best = max(found, key=lambda one: (one.is_enough, len(one.of_role), -one.heading_row), default=None)
    if best is None:
        return Columns(0, ())
    below = rows[best.heading_row :]
    days = [row[place] for row in below for place in _dates_of(best) if place < len(row)]
    return Columns(best.heading_row, best.headings, best.of_role, is_day_first(days))


def best_sheet(sheets: Sequence[Sequence[Sequence[str]]]) -> int:
    """The sheet that looks most like a list of pairs."""
    guesses = [guess_columns(rows) for rows in sheets]
    return max(range(len(sheets)), key=lambda place: (guesses[place].is_enough, len(guesses[place].of_role), -place))


def _dates_of(columns: Columns) -> list[int]:
    return [columns.of_role[role] for role in ("agreed_on", "met_on") if role in columns.of_role]


def _guessed(number: int, row: Sequence[str]) -> Columns:
    """Headings that say it exactly come first: “Mentor” is the mentor, also after a “Mentor training”."""
    of_role: dict[str, int] = {}
    for exactly in (True, False):
        latest = ""  # a column called "e-mail" belongs to the person before it
        for place, heading in enumerate(row):
            role = _role_of(plain(heading), latest, exactly=exactly)
            if role and role not in of_role and place not in of_role.values():
                of_role[role] = place
            said = next((one for one, at in of_role.items() if at == place), "")
            latest = said.removesuffix("_email") if said.startswith(("leader", "mentor")) else latest
    return Columns(number, tuple(row), of_role)


def _role_of(heading: str, latest: str, *, exactly: bool) -> str:
    words = [word for word in heading.split() if word not in FILLING]
    mail = bool({"email", "mail"} & set(words)) or heading in MAIL
    rest = " ".join(word for word in words if word not in ("e", "email", "mail", "address"))
    if mail and not rest:
        return f"{latest}_email" if latest and not exactly else ""
    role = next((role for role, names in NAMED.items() if rest in names or heading in names), "")
    if not role and not exactly and words and len(words) <= 3:  # "Leader (exec team)" still says who it is
        role = next((side for side in ("leader", "mentor") if words[0] in NAMED[side]), "")
    if mail:
        return f"{role}_email" if role in ("leader", "mentor") else ""
    return role


def is_day_first(texts: Sequence[str]) -> bool:
    """Whether 3/4 is in April: so it is, unless a date in the column can only be read the other way."""
    pairs = [match for text in texts if (match := re.match(r"\s*(\d{1,2})[./ -](\d{1,2})[./ -]\d{2,4}\s*$", text))]
    only_month_first = any(int(pair[1]) <= 12 < int(pair[2]) for pair in pairs)
    only_day_first = any(int(pair[2]) <= 12 < int(pair[1]) for pair in pairs)
    return only_day_first or not only_month_first
