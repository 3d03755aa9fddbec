"""Why him and not her: side by side, in words and points, and what can be done about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handrail.capabilities.schemes.matching_runs import queries as found
from handrail.capabilities.schemes.matching_runs.queries import CANNOT, LINE_REASON, UNKNOWN, LeaderInRun

if TYPE_CHECKING:
    from handrail.capabilities.schemes.matching_runs.models import Entrant, ProposedPair


Facts = Mapping[tuple[str, int], Mapping[str, Any]]


def why_title(leader: LeaderInRun, mentor: Entrant, *, together: bool) -> str:
    said = {"mentor": mentor.person.name, "leader": leader.name}
    if together:
        return _("Why %(mentor)s for %(leader)s?") % said
    return _("Why not %(mentor)s for %(leader)s?") % said


def verdict(leader: LeaderInRun, mentor: Entrant, held: Sequence[ProposedPair], *, together: bool) -> str:
    """The answer in one sentence."""
    names = {"leader": leader.name, "mentor": mentor.person.name}
    if together:
        return _("These two are proposed to one another.") % names
    if against := leader.against(mentor):
        why = found.listed([found.against_in_words(one) for one in against])
        return _("These two may not be paired: %(why)s.") % {"why": why}
    fit, now = leader.fit(mentor), max((pair.points for pair in leader.pairs), default=None)
    cost = leader.cost(mentor)
    if now is not None and fit < now:
        first = _("%(mentor)s fits %(leader)s less well than whoever is proposed now.") % names
        return f"{first} {_in_all(cost)}" if cost > 0 else first
    if cost == UNKNOWN:
        return _("A pair that you fixed stands in the way. Free it to see what this would do.")
    if (least := leader.least_cost(mentor)) is not None:
        return _at_least(least)
    if cost == CANNOT:
        return _("Somebody else would be left without a mentor, or fit less well than anybody does now.")
    if cost == 0:
        return _("They would fit as well in all: it makes no difference to everybody together.")
    words = ngettext(
        "%(mentor)s is worth more elsewhere: all fits together would lose %(cost)s point.",
        "%(mentor)s is worth more elsewhere: all fits together would lose %(cost)s points.",
        cost,
    )
    return words % {**names, "cost": cost}


def _in_all(cost: int) -> str:
    words = ngettext(
        "All fits together would lose %(cost)s point.", "All fits together would lose %(cost)s points.", cost
    )
    return words % {"cost": cost}


def _at_least(least: int) -> str:
    if not least:
        return _("Beside your numbers this was not worked out to the end. Try it below: it can be undone.")
    words = ngettext(
        "All fits together would lose %(least)s point at least. Beside your numbers that was not worked out to the "
        "end. Try it below: it can be undone.",
        "All fits together would lose %(least)s points at least. Beside your numbers that was not worked out to the "
        "end. Try it below: it can be undone.",
        least,
    )
    return words % {"least": least}


def side_by_side_headers(mentor: Entrant, now: ProposedPair | None) -> list[str]:
    with_now = [_("With %(name)s, as proposed") % {"name": now.mentor.name}] if now else []
    return [_("What counts"), *with_now, _("With %(name)s") % {"name": mentor.person.name}]


def side_by_side(leader: LeaderInRun, mentor: Entrant, now: ProposedPair | None, facts: Facts) -> list[list[str]]:
    """What counts, in words and points, for the proposed mentor and for the one asked about."""
    mine, theirs = leader.entrant.facts, mentor.facts
    columns = [(now.by_reason, facts.get(("mentor", now.mentor_id), {}))] if now else []
    columns.append((leader.points_by_reason(mentor), theirs))
    kinds = [kind for kind in leader.run.figures["reasons"] if any(kind in points for points, _facts in columns)]
    rows = [
        [
            found.sentence_of(kind),
            *(_words_and_points(kind, mine, other, points.get(kind, 0)) for points, other in columns),
        ]
        for kind in kinds
    ]
    rows.append([_("Fit"), *(str(sum(points.values())) for points, _facts in columns)])
    return rows


def _words_and_points(kind: str, leader: Mapping[str, Any], mentor: Mapping[str, Any], points: int) -> str:
    if not points:
        return "–"
    words = _("near, or not known") if kind == LINE_REASON else found.what_the_two_have(kind, leader, mentor)
    return _("%(words)s (%(points)s)") % {"words": words, "points": points}


def holders_in_words(held: Sequence[ProposedPair], mentor: Entrant, leader_id: int) -> str:
    others = [pair for pair in held if pair.leader_id != leader_id]
    said = {"mentor": mentor.person.name, "names": found.listed([pair.leader.name for pair in others])}
    if not others:
        return (
            _("Nobody else is proposed to %(mentor)s.") % said
            if held
            else _("Nobody is proposed to %(mentor)s.") % said
        )
    return _("%(mentor)s is proposed to %(names)s.") % said


@dataclass(frozen=True)
class Move:
    """A change somebody can make: what it says, and what it sends."""

    text: str
    does: str
    leader: int
    mentor: int
    other: int = 0
    kind: str = "quiet"


def moves(
    leader: LeaderInRun,
    mentor: Entrant,
    now: ProposedPair | None,
    held: Sequence[ProposedPair],
    hold: Any,
) -> list[Move]:
    """What may be done about these two: hold them together or apart, free them, or swap."""
    ids = leader.entrant.person_id, mentor.person_id
    names = {"leader": leader.name, "mentor": mentor.person.name}
    if hold is not None and hold.kind != "before":
        freed = _("Let them be paired again") if hold.kind == "apart" else _("No longer fixed")
        return [Move(freed, "free", *ids)]
    if set(leader.against(mentor)) & {"preference", "care", "oneself"}:
        return []
    if any(pair.leader_id == ids[0] for pair in held):
        return [
            Move(_("Fix these two"), "together", *ids, kind=""),
            Move(_("Keep these two apart"), "apart", *ids),
        ]
    others = [pair for pair in held if pair.leader_id != ids[0] and not pair.is_fixed]
    swaps = [
        Move(
            _("Swap with %(other)s, who gets %(mentor)s") % {"other": pair.leader.name, "mentor": now.mentor.name},
            "swap",
            *ids,
            other=pair.leader_id,
        )
        for pair in others[:3]
        if now is not None
    ]
    first = Move(
        _("Give %(mentor)s to %(leader)s, and find the best for the others") % names, "together", *ids, kind=""
    )
    return [first, *swaps, Move(_("Keep these two apart"), "apart", *ids)]
