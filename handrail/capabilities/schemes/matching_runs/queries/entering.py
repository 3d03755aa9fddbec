"""Who enters a search, with the words that count and what is heeded without being written."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from handrail.capabilities.people.lines.queries import lines_above
from handrail.capabilities.schemes.matching_runs.candidates import ANYWHERE, AT, REMOTE, UNKNOWN_LINE, Candidate
from handrail.capabilities.schemes.matching_runs.models import Entrant
from handrail.capabilities.schemes.matching_runs.what_counts import LEVELS
from handrail.capabilities.schemes.preparation.queries import people_prepared
from handrail.capabilities.schemes.sign_up.models import SignUp
from handrail.capabilities.schemes.sign_up.queries import SignedUp, ready_to_match, side_of
from handrail.capabilities.schemes.sign_up.rules import Side as Preferring
from handrail.capabilities.schemes.sign_up.rules import WhomNot, plain_word, ruled_out

if TYPE_CHECKING:
    from handrail.capabilities.schemes.models import Scheme


def candidates(
    scheme: Scheme, busy: Mapping[int, int], waited: Collection[int] = ()
) -> tuple[list[Candidate], list[Candidate]]:
    """Leaders and mentors who are ready and have a place left, in the order in which they signed up.

    busy: how many pairings that are asked or run each person is in, as a leader or as a mentor (`-person_id`). waited:
    leaders who found no place when they chose for themselves.
    """
    ready = ready_to_match(scheme)
    everybody = [*ready.leaders, *ready.mentors]
    lines = lines_above({one.person_id for one in everybody}, max(LEVELS))
    first = {**dict.fromkeys(waited, 1), **went_without(scheme)}
    leaders = [_candidate(one, lines, one.how_many - busy.get(one.person_id, 0), first) for one in ready.leaders]
    mentors = [_candidate(one, lines, one.how_many - busy.get(-one.person_id, 0), {}) for one in ready.mentors]
    leaders = [
        replace(one, facts={**one.facts, "has_one": True}) if busy.get(one.person_id) else one for one in leaders
    ]
    prepared_ones = people_prepared([one.person_id for one in mentors])
    mentors = [replace(one, facts={**one.facts, "prepared": one.person_id in prepared_ones}) for one in mentors]
    leaders, mentors = (
        _with_wishes(leaders, ready.leaders, ready.mentors),
        _with_wishes(mentors, ready.mentors, ready.leaders),
    )
    return [one for one in leaders if one.places > 0], [one for one in mentors if one.places > 0]


def _with_wishes(people: list[Candidate], said: Sequence[SignedUp], others: Sequence[SignedUp]) -> list[Candidate]:
    """With the ids of whom they named, in their order, as far as those have signed up on the other side."""
    if not any(one.wishes for one in said):
        return people
    called: dict[str, list[int]] = {}
    for other in others:
        called.setdefault(other.side.name, []).append(other.person_id)
    wished = [[pk for name in one.wishes for pk in called.get(plain_word(name), ())] for one in said]
    return [
        replace(one, facts={**one.facts, "wishes": ids}) if ids else one
        for one, ids in zip(people, wished, strict=True)
    ]


def _candidate(
    one: SignedUp, lines: Mapping[int, tuple[list[int], bool]], places: int, waited: Mapping[int, int]
) -> Candidate:
    above, complete = lines[one.person_id]
    facts: dict[str, Any] = {
        "themes": list(one.themes),
        "channels": list(one.channels),
        "times": sorted(one.times),
        "languages": sorted(one.languages),
        "meeting": _ways_to_meet(one.meets, one.place),
        "place": plain_word(one.place),
        "unit": one.unit,
        "organisation": one.organisation_id,
        "line": [*above, *([] if complete else [UNKNOWN_LINE])],
    }
    if one.person_id in waited:
        facts["waited"] = waited[one.person_id]
    return Candidate(one.person_id, places, facts, party=one.side.party, with_care=one.with_care)


def _ways_to_meet(meets: str, place: str) -> list[str]:
    remote = [REMOTE] if meets != SignUp.Meets.IN_PERSON else []
    there = [AT + plain_word(place) if place.strip() else ANYWHERE] if meets != SignUp.Meets.REMOTE else []
    return [*remote, *there]


def preferences_among(scheme_id: int, leaders: list[int], mentors: list[int]) -> dict[int, frozenset[int]]:
    """By leader: the mentors that a preference of either side rules out. It says no more than that."""
    by_side: dict[str, dict[int, Preferring]] = {SignUp.Side.LEADER: {}, SignUp.Side.MENTOR: {}}
    rows = SignUp.objects.filter(scheme=scheme_id, person__in=[*leaders, *mentors]).select_related("person")
    for row in rows:
        by_side[row.side][row.person_id] = side_of(row)
    ones = [by_side[SignUp.Side.LEADER][pk] for pk in leaders if pk in by_side[SignUp.Side.LEADER]]
    others = [by_side[SignUp.Side.MENTOR][pk] for pk in mentors if pk in by_side[SignUp.Side.MENTOR]]
    choosy = [one for one in others if one.whom_not != WhomNot()]
    return {
        one.person_id: frozenset(
            other.person_id for other in (others if one.whom_not != WhomNot() else choosy) if ruled_out(one, other)
        )
        for one in ones
    }


def parties_among(scheme_id: int, people: list[int]) -> dict[tuple[str, int], str]:
    """By side and person: the party or group they sit for, where they said one."""
    rows = SignUp.objects.filter(scheme=scheme_id, person__in=people).exclude(party="").order_by()
    return {(side, pk): plain_word(party) for side, pk, party in rows.values_list("side", "person_id", "party")}


def with_care_among(scheme_id: int, people: list[int]) -> set[tuple[str, int]]:
    """Side and person: leaders who need special care, mentors approved for it."""
    rows = SignUp.objects.filter(scheme=scheme_id, person__in=people, with_care=True).order_by()
    return set(rows.values_list("side", "person_id"))


def went_without(scheme: Scheme) -> dict[int, int]:
    """How often each leader took part in a run whose pairs were asked, and had nobody."""
    asked = Entrant.objects.filter(run__scheme=scheme, run__asked_at__isnull=False, without__isnull=False)
    counted: dict[int, int] = {}
    for person_id in asked.values_list("person_id", flat=True):
        counted[person_id] = counted.get(person_id, 0) + 1
    return counted
