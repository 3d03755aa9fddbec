"""From those who can be matched to the two sides that the engine is given."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from handrail.capabilities.schemes.matching_runs.candidates import ANYWHERE, AT, Candidate, unit_of
from handrail.capabilities.schemes.matching_runs.what_counts import CARE, PARTY, PREFERENCE, PREPARED
from handrail.engines.matching.people import People

LISTS = ("themes", "channels", "times", "languages", "meeting")
NEEDED = ("languages", "times")  # a list that somebody left empty rules nobody out
ANY = "any"  # stands beside every code for whoever said nothing; two of them share it
ORDER = "order"


def sides(leaders: Sequence[Candidate], mentors: Sequence[Candidate], least: int = 0) -> tuple[People, People]:
    """The engine's two sides; people are called by their ids. Leaders come in the order in which they wait.

    least: how many leaders each mentor has, or as many as they have room for.
    """
    codes = _codes([*leaders, *mentors])
    both = []
    for people in (leaders, mentors):
        facts = [one.facts for one in people]
        columns = {name: [_listed(codes[name], fact.get(name, ())) for fact in facts] for name in LISTS}
        for name in NEEDED:
            every = ";".join([ANY, *codes[name].values()])
            columns[f"rule {name}"] = [listed or every for listed in columns[name]]
        columns["rule meeting"] = [_ways_to_meet(codes["meeting"], fact.get("meeting", ())) for fact in facts]
        columns |= {name: [str(fact.get(name, "")) for fact in facts] for name in ("place", "organisation")}
        columns["unit"] = columns["rule team"] = [unit_of(fact) for fact in facts]
        columns["rule line"] = [";".join(map(str, fact.get("line", ()))) for fact in facts]
        columns[f"rule {PARTY}"] = [one.party for one in people]
        columns[f"rule {CARE}"] = ["yes" if one.with_care else "" for one in people]
        columns[f"rule {PREPARED}"] = ["yes" if fact.get("prepared") else "" for fact in facts]
        columns["wishes"] = [";".join(map(str, fact.get("wishes", ()))) for fact in facts]
        columns["waited"] = ["yes" if fact.get("waited") else "" for fact in facts]
        columns[f"rule {PREFERENCE}"] = [";".join(map(str, sorted(one.would_not))) for one in people]
        columns[ORDER] = [f"o:{len(people) - k}" if people is leaders else "o:1" for k in range(len(people))]
        places = np.array([one.places for one in people], dtype=np.int64)
        minimum = np.minimum(places, least) if least and people is mentors else None
        both.append(People([str(one.person_id) for one in people], columns, places=places, minimum=minimum))
    return both[0], both[1]


def _codes(people: Iterable[Candidate]) -> dict[str, dict[str, str]]:
    """A short code for each word, so that what somebody typed is never read as a list or a level."""
    codes: dict[str, dict[str, str]] = {name: {} for name in LISTS}
    for one in people:
        for name in LISTS:
            for word in one.facts.get(name, ()):
                codes[name].setdefault(word, f"w{len(codes[name])}")
    return codes


def _listed(codes: Mapping[str, str], words: Iterable[str]) -> str:
    return ";".join(codes[word] for word in words)


def _ways_to_meet(codes: Mapping[str, str], words: Sequence[str]) -> str:
    """Whoever would meet in person and named no place rules no place out; whoever said nothing rules nothing out."""
    if not words:
        return ";".join([ANY, *codes.values()])
    if ANYWHERE in words:
        return _listed(codes, [word for word in codes if word.startswith(AT) or word in words])
    return _listed(codes, words)
