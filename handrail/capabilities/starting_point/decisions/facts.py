"""Days, sums, shares and alternatives that stand in a text, as it has them: by plain rules, the same every time.

Nothing is made up: what is found is quoted, and only a day is worked out. docs/methods/decisions.md has the rules.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

LOOKED_AT = 20_000  # characters: what a paper asks for stands at its beginning
OF_EACH = 2
LONGEST = 120
SIDE = 10  # words on one side of “or”; what is longer begins or ends with dots
ONE_LINER = 24  # words: in one sentence this short “or” offers a choice also without a question mark

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *("january jan janvier", "february feb février", "march mar mars", "april apr avril", "may mai"),
            *("june jun juin", "july jul juillet", "august aug août", "september sept sep septembre"),
            *("october oct octobre", "november nov novembre", "december dec décembre"),
        ),
        1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            *("monday lundi", "tuesday mardi", "wednesday mercredi", "thursday jeudi", "friday vendredi"),
            *("saturday samedi", "sunday dimanche"),
        )
    )
    for name in names.split()
}
BEFORE = r"(?:(?:by|before|on|until|from|due|avant|d[’']ici|jusqu[’']au)\s+)"
NAMED = "|".join(sorted(MONTHS, key=len, reverse=True))
DAYS = "|".join(WEEKDAYS)
DAY = re.compile(
    rf"\b{BEFORE}?(?:(?:the|le|{DAYS}),?\s+){{0,2}}"
    rf"(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th|er)?\s+(?:of\s+)?(?P<m>{NAMED})\b"
    rf"|(?P<m2>{NAMED})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|[,.]\d))"
    rf"(?:,?\s+(?P<y>(?:19|20)\d{{2}})\b)?"
    rf"|\b{BEFORE}?(?P<y3>20\d{{2}})-(?P<m3>\d{{2}})-(?P<d3>\d{{2}})\b"
    rf"|\b{BEFORE}?(?P<d4>\d{{1,2}})[/.](?P<m4>\d{{1,2}})[/.](?P<y4>20\d{{2}}|\d{{2}})\b(?![/.]\d)"
    rf"|\b(?:(?:by|before|on|until|this|next|avant|d[’']ici|ce)\s+)(?P<w>{DAYS})\b"
    rf"|\b(?P<w2>{DAYS})\s+prochain\b"
    rf"|\b(?:by\s+|before\s+)?(?P<t>tomorrow|demain)\b",
    re.IGNORECASE,
)
NUMBER = r"\d{1,3}(?:[,.\u00a0\u202f ]\d{3}){1,4}(?:\.\d{1,2})?|\d{1,12}(?:[.,]\d{1,2})?"
LARGE = r"(?:\s?(?:thousand|million|billion|mille|millions|milliards?|k|m|bn)\b)"
PER = r"(?:\s+(?:a|per|each|every|par)\s+(?:year|month|week|head|person|pupil|an|mois|personne)\b)"
SUM = re.compile(
    rf"[£€$]\s?(?:{NUMBER})(?!\d){LARGE}?{PER}?"
    rf"|(?<![\d.,£€$])(?:{NUMBER})(?!\d){LARGE}?(?:\s?[€£$]|\s?(?:euros?|pounds?|dollars?|francs?|EUR|GBP|USD|CHF)\b){PER}?",
    re.IGNORECASE,
)
# A share, with up to three words of what it is a share of.
OF_WHAT = r"[ \u00a0](?!(?:by|from|in|on|until|d[’']ici|avant)\b)[^\W\d][\w’'-]*"
SHARE = re.compile(
    rf"(?<![\d.,])\d{{1,3}}(?:[.,]\d{{1,2}})?\s?(?:%|(?:per\s?cent|pour\s?cent)\b)(?:{OF_WHAT}){{0,3}}", re.IGNORECASE
)
# Where a part of a sentence ends: what stands inside a number does not end it.
ENDS = re.compile(r"[;:?!()\n\u2013\u2014]|,(?!\d)|\.(?!\d)")
SENTENCE_ENDS = re.compile(r"[?!\n]|\.(?!\d)")
NEXT_SENTENCE = re.compile(r"[.!?\n]\s*\S")
OR = re.compile(r"\s(?:or|ou|versus|vs)\s", re.IGNORECASE)
# What opens a question and is no part of what there is to choose from.
OPENS = re.compile(
    r"^.{0,60}?\b(?:should|shall|do|can|could|must|may|might|would) (?:we|i|they|the \w+)\s+(?:either\s+)?"
    r"|^.{0,60}?\b(?:whether)(?: (?:to|we|we should|or not to))?\s+"
    r"|^.{0,60}?\b(?:either|soit|between|entre)\s+"
    r"|^.{0,60}?\b(?:faut-il|doit-on|devons-nous|pouvons-nous)\s+",
    re.IGNORECASE,
)
# “Between A and B”, where that is what is to be chosen: two days or two sums are none.
BETWEEN = re.compile(r"\b(?:between|entre)\s+(?P<one>.+?)\s+(?P<and>and|et)\s+(?P<other>.+)", re.IGNORECASE)
CHOOSING = re.compile(
    r"\b(?:choos\w*|choice|decid\w*|decision|pick|select\w*|prefer|option|options|choisir|choix|décider|trancher|hésit\w*)\b",
    re.IGNORECASE,
)
# “Two suppliers: A and B”, which names both and asks nothing.
SUPPLIERS = re.compile(
    r"\b(?:suppliers|providers|vendors|bidders|bids|tenders|offers|firms|companies|fournisseurs|prestataires|offres)\b"
    r"[^:;?!.(\n]{0,40}[:(]\s*(?P<one>[^:;?!.,()\n]{1,60}?)\s+(?P<and>and|or|et|ou)\s+(?P<other>[^:;?!.,()\n]{1,60})",
    re.IGNORECASE,
)
OFFERS = re.compile(r"\b(?:either|whether|option|options|soit|choose|choice|decide)\b", re.IGNORECASE)
NO_CHOICE = re.compile(
    r"^(?:not|no|more|less|so|fewer|other|others|any|anything|anybody|anyone|else|similar|both|pas|plus|moins|autre|two|three|four)\b",
    re.IGNORECASE,
)
LEFT_OVER = re.compile(
    r"(?:\s+(?:for|at|by|before|on|costs?|costing|of|until|pour|à|avant|the|a|an|and|or|more|less|our|we|is|are|will|de|des|du|la|le|les|et))+$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Day:
    """A day as it stands there, and which it is."""

    words: str
    on: date


@dataclass(frozen=True)
class Facts:
    days: tuple[Day, ...] = ()
    sums: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()

    @property
    def kinds(self) -> list[str]:
        """Of what there is something to ask about."""
        kinds = (("choice", self.choices), ("share", self.shares), ("sum", self.sums), ("day", self.days))
        return [kind for kind, found in kinds if found]

    def as_kept(self) -> dict[str, list[object]]:
        days: list[object] = [[one.words, one.on.isoformat()] for one in self.days]
        return {"days": days, "sums": list(self.sums), "choices": list(self.choices), "shares": list(self.shares)}


def facts_from(kept: Mapping[str, Any]) -> Facts:
    return Facts(
        tuple(Day(words, date.fromisoformat(on)) for words, on in kept.get("days", ())),
        tuple(kept.get("sums", ())),
        tuple(kept.get("choices", ())),
        tuple(kept.get("shares", ())),
    )


def facts_in(text: str, today: date) -> Facts:
    """What stands there, each once, in its order. A day that is over is none that a decision waits for."""
    text = text[:LOOKED_AT]
    days = {one.on: one for one in reversed(list(_days(text, today))) if one.on >= today}
    sums = dict.fromkeys(_shown(match.group()) for match in SUM.finditer(text))
    return Facts(
        tuple(sorted(days.values(), key=lambda one: one.on))[:OF_EACH],
        tuple(sums)[:OF_EACH],
        tuple(_each(_choices(text), 1)),
        tuple(_each((LEFT_OVER.sub("", _shown(match.group())) for match in SHARE.finditer(text)), OF_EACH)),
    )


def _each(found: Iterable[str], most: int) -> list[str]:
    return list(dict.fromkeys(filter(None, found)))[:most]


def _shown(words: str) -> str:
    return " ".join(words.split())


def _days(text: str, today: date) -> Iterator[Day]:
    for match in DAY.finditer(text):
        on = _day_of(match, today)
        if on is not None:
            yield Day(_shown(match.group()), on)


def _day_of(match: re.Match[str], today: date) -> date | None:
    """Which day that is; a month without a year is the next there will be, a weekday the next after today."""
    given = match.groupdict()
    if given["t"]:
        return today + timedelta(days=1)
    if weekday := given["w"] or given["w2"]:
        return today + timedelta(days=(WEEKDAYS[weekday.lower()] - today.weekday() - 1) % 7 + 1)
    year = given["y"] or given["y3"] or given["y4"]
    month = given["m"] or given["m2"]
    if given["m2"] and given["m2"].islower():  # “we may 5 times” is no day
        return None
    number = MONTHS[month.lower()] if month else int(given["m3"] or given["m4"])
    day = int(given["d"] or given["d2"] or given["d3"] or given["d4"])
    if year:
        return _date(int(year) % 100 + 2000 if len(year) == 2 else int(year), number, day)
    this_year = _date(today.year, number, day)
    return this_year if this_year and this_year >= today else _date(today.year + 1, number, day)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _choices(text: str) -> Iterator[str]:
    """“A or B”, where the text asks, or says that there is a choice; else it may only list two things."""
    text = text.strip()
    yield from (_both(match) for match in SUPPLIERS.finditer(text))
    short = len(text.split()) <= ONE_LINER and not NEXT_SENTENCE.search(text)
    begins = 0
    for end in [*(match for match in ENDS.finditer(text)), None]:
        part = text[begins : end.start() if end else len(text)]
        begins = end.end() if end else len(text)
        stop = SENTENCE_ENDS.search(text, end.start() if end else len(text))
        if between := _between(part):
            yield between
            continue
        asks = short or (stop is not None and stop.group() == "?") or OFFERS.search(part)
        if asks and (found := _choice_in(part)):
            yield found


def _between(part: str) -> str:
    """Both by name, where the words say that one of them is to be chosen."""
    found = BETWEEN.search(part)
    return _both(found) if found is not None and CHOOSING.search(part[: found.start()]) else ""


def _both(found: re.Match[str]) -> str:
    left, right = found["one"].split(), _until_a_fact(found["other"]).split()
    if not left or not right or len(left) > SIDE or left[-1].lower() in MONTHS | WEEKDAYS:
        return ""
    after = [*right[:SIDE], "…"] if len(right) > SIDE else right
    said = " ".join([*left, found["and"], *after]).replace(" …", "…")
    return said if len(said) <= LONGEST else ""


def _choice_in(part: str) -> str:
    """The two sides of the first “or” in a part of a sentence; empty where they are no choice."""
    found = OR.search(part)
    if found is None or NO_CHOICE.match(part[found.end() :].lstrip()):
        return ""
    left = OPENS.sub("", part[: found.start()]).split()
    right = _until_a_fact(part[found.end() :]).split()
    if not left or not right:
        return ""
    before = ["…", *left[-SIDE:]] if len(left) > SIDE else left
    after = [*right[:SIDE], "…"] if len(right) > SIDE else right
    said = " ".join([*before, found.group().strip(), *after]).replace("… ", "…").replace(" …", "…")
    return said if len(said) <= LONGEST else ""


def _until_a_fact(words: str) -> str:
    """Without the day or the sum that follows: those are asked about by themselves."""
    starts = [match.start() for shape in (DAY, SUM) if (match := shape.search(words))]
    return LEFT_OVER.sub("", words[: min(starts, default=len(words))].rstrip())
