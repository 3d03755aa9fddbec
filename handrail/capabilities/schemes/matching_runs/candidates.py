"""Those who signed up and can be matched, with the words that count."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

REMOTE, AT, ANYWHERE = "remote", "at ", "at *"  # ways to meet; ANYWHERE where somebody named no place
UNKNOWN_LINE = "?"  # from here on a line is not known; the engine reads the same


@dataclass(frozen=True)
class Candidate:
    """Somebody who can be matched: how many they can have, and sign-up words by what they are about.

    facts: the lists `themes`, `channels`, `times`, `languages`, `meeting`; the texts `place` and `unit`; the
    `organisation`; `line`, the ids above somebody, nearest first, with “?” where it is not known further; `waited`;
    `wishes`, the ids of those somebody would like, the first most; of a leader who may have a second mentor, `has_one`;
    of a mentor, `prepared`.
    would_not: the ids that a preference of either side rules out; party: the one somebody sits for; with_care: whether
    a leader needs special care, or a mentor is approved for it. None of these is ever written into a run.
    """

    person_id: int
    places: int
    facts: Mapping[str, Any] = field(default_factory=dict)
    would_not: frozenset[int] = frozenset()
    party: str = ""
    with_care: bool = False


def unit_of(fact: Mapping[str, Any]) -> str:
    """Units of two organisations may be called alike."""
    return f"{fact.get('organisation', '')}/{fact['unit']}" if fact.get("unit") else ""


def shared(name: str, leader: Mapping[str, Any], mentor: Mapping[str, Any]) -> list[str]:
    """The sign-up words of one kind that two people share, in the leader's order."""
    theirs = set(mentor.get(name, ()))
    return [word for word in leader.get(name, ()) if word in theirs]


def closeness(leader: Candidate, mentor: Candidate, levels: int) -> str:
    """What is to be said of the line between two: "near", "unknown" or nothing. Another organisation is apart."""
    above = [[str(one) for one in person.facts.get("line", ())][:levels] for person in (leader, mentor)]
    if str(mentor.person_id) in above[0] or str(leader.person_id) in above[1]:
        return "near"
    same = leader.facts.get("organisation") == mentor.facts.get("organisation")
    hidden = _could_hide(leader, above[0], above[1]) or _could_hide(mentor, above[1], above[0])
    return "unknown" if same and hidden else ""


def _could_hide(person: Candidate, above: list[str], other: list[str]) -> bool:
    """Whether the other could be above the last who is known in this line: not where they have that one above them."""
    if UNKNOWN_LINE not in above:
        return False
    known = [str(person.person_id), *above[: above.index(UNKNOWN_LINE)]]
    return known[-1] not in other
