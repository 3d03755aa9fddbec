"""One leader of a proposal: whom they are proposed and why, who else there is, what would help, what they choose."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from handrail.capabilities.pairings.proposals.queries import Offered
from handrail.capabilities.pairings.rules import RUNNING
from handrail.capabilities.schemes.matching_runs import queries as found
from handrail.capabilities.schemes.matching_runs.queries import (
    CANNOT,
    CARE,
    LINE_REASON,
    UNKNOWN,
    LeaderInRun,
    PairOnPaper,
)
from handrail.design.parts import Choice as Tap
from handrail.design.parts import Row

if TYPE_CHECKING:
    from handrail.capabilities.pairings.proposals.models import Asking, Choice
    from handrail.capabilities.schemes.matching_runs.models import Entrant, ProposedPair
    from handrail.capabilities.schemes.matching_runs.queries import Run


Facts = Mapping[tuple[str, int], Mapping[str, Any]]


@dataclass(frozen=True)
class PairCard:
    """One proposed pair on its leader's page."""

    name: str
    job_title: str
    mentor_id: int
    fit: str
    reasons: list[str]
    warning: str
    is_fixed: bool


def pair_card(run: Run, pair: ProposedPair, facts: Facts) -> PairCard:
    leader, mentor = facts.get(("leader", pair.leader_id), {}), facts.get(("mentor", pair.mentor_id), {})
    ordered = sorted(pair.by_reason.items(), key=lambda one: -one[1])
    reasons = [
        _("%(reason)s %(points)s points.")
        % {
            "reason": found.reason_of(kind, leader, mentor, pair.leader.name, pair.mentor.name),
            "points": points,
        }
        for kind, points in ordered
        if kind != LINE_REASON
    ]
    warning = {
        "near": _("One of the two stands above the other in the reporting line. People speak less freely then."),
        "unknown": _("The reporting line between them is not known. One may be the other's boss."),
    }.get(pair.warning, "")
    fit = _("Fit: %(points)s points") % {"points": pair.points}
    return PairCard(pair.mentor.name, pair.mentor.job_title, pair.mentor_id, fit, reasons, warning, pair.is_fixed)


def asked_for(facts: Mapping[str, Any]) -> list[Row]:
    """What a leader signed up with."""
    rows = (
        (_("Asks for"), "themes"),
        (_("Wants to understand"), "channels"),
        (_("Free"), "times"),
        (_("Speaks"), "languages"),
    )
    return [
        Row(label, found.words_listed([found.word_of(kind, one) for one in facts[kind]]))
        for label, kind in rows
        if facts.get(kind)
    ]


def helper_of(entrant: Entrant) -> int:
    """The mentor with whom a leader who has nobody could be helped; 0 where there is none."""
    return (entrant.without or {}).get("mentor") or 0


def without_in_words(entrant: Entrant, names: Mapping[int, str]) -> str:
    """The smallest change that would pair a leader who has nobody; empty for everybody else."""
    if entrant.without is None:
        return ""
    kind, rule = entrant.without["kind"], entrant.without["rule"]
    if rule == CARE:
        return _("They need special care, and no mentor approved for it can have them. Approving one more would help.")
    name = names.get(entrant.without["mentor"] or 0, _("somebody who is no longer here"))
    said = {"name": name, "rule": found.sentence_of(f"rule {rule}") if rule else ""}
    return {
        "place": _("One more place with %(name)s would help: every mentor who fits is taken."),
        "entry": _("“%(rule)s” stands in the way. With one more in common, %(name)s could."),
        "rule": _("“%(rule)s” stands in the way. Without it, %(name)s could."),
        "several": _("More than one rule, or a place as well, stands in the way."),
        "preferences": _("Every mentor is ruled out, some by a preference. More mentors would help."),
        "number": _(
            "Your numbers between units stand in the way. A higher number would help, or a lower one elsewhere."
        ),
        "mentors": _("More mentors would help."),
    }[kind] % said


OTHER_HEADERS = [
    gettext_lazy("Mentor"),
    gettext_lazy("Fit"),
    gettext_lazy("Who is proposed to them"),
    gettext_lazy("What it would cost"),
]


def other_rows(
    leader: LeaderInRun, mentors: Iterable[Entrant], holders: Mapping[int, Sequence[ProposedPair]]
) -> list[list[Any]]:
    """Other mentors for a leader: how they fit, who has them, and what giving them would cost everyone."""
    rows = []
    for mentor in mentors:
        href = reverse("matching_why", args=[leader.run.pk, leader.entrant.person_id, mentor.person_id])
        held = ", ".join(pair.leader.name for pair in holders.get(mentor.person_id, ()))
        against = leader.against(mentor)
        cost = found.against_in_words(against[0]) if against else cost_in_words(leader, mentor)
        link = format_html('<a href="{}">{}</a>', href, mentor.person.name)
        rows.append([link, leader.fit(mentor), held or _("nobody"), cost])
    return rows


def cost_in_words(leader: LeaderInRun, mentor: Entrant) -> str:
    cost = leader.cost(mentor)
    if cost == CANNOT and leader.would_fit_least(mentor):
        return _("they would fit less than anybody does now")
    if cost == CANNOT:
        return _("somebody would go without, or fit less than anybody does now")
    if cost == UNKNOWN:
        return _("not worked out beside a fixed pair")
    if (least := leader.least_cost(mentor)) is not None:
        return _at_least(least)
    if cost == 0:
        return _("nothing: all fits together stay the same")
    return ngettext("%(number)s point in all", "%(number)s points in all", cost) % {"number": cost}


def _at_least(least: int) -> str:
    """Beside numbers between units the time for a search may not reach to work out every pair to the end."""
    if not least:
        return _("not worked out to the end beside your numbers")
    words = ngettext("at least %(number)s point in all", "at least %(number)s points in all", least)
    return words % {"number": least}


WITHOUT_HEADERS = [gettext_lazy("Leader"), gettext_lazy("What would help")]


def without_rows(run: Run, entrants: Iterable[Entrant], names: Mapping[int, str]) -> list[list[Any]]:
    return [
        [
            format_html('<a href="{}">{}</a>', reverse("matching_pair", args=[run.pk, one.person_id]), one.person.name),
            without_in_words(one, names),
        ]
        for one in entrants
    ]


def forbids_in_rows(figures: Mapping[str, Any]) -> list[Row]:
    """How many pairs each rule ruled out. Preferences are never counted."""
    rows = [
        Row(
            _("Kept apart, or asked before") if name == "named" else found.sentence_of(f"rule {name}"),
            _("%(count)s of %(every)s pairs") % {"count": f"{count:,}", "every": f"{figures['every']:,}"},
        )
        for name, count in figures["forbids"].items()
        if count
    ]
    return [*rows, Row(_("What people said they would rather not"), _("Always kept, and shown to nobody"))]


PRINT_HEADERS = [gettext_lazy("Leader"), gettext_lazy("Mentor"), gettext_lazy("Fit"), gettext_lazy("Why")]


def print_rows(pairs: Iterable[PairOnPaper]) -> list[list[Any]]:
    whys: dict[tuple[str, ...], str] = {}  # the same few for all pairs
    rows = []
    for pair in pairs:
        kinds = tuple(pair.by_reason)
        if kinds not in whys:
            whys[kinds] = "; ".join(map(found.sentence_of, kinds))
        rows.append([pair.leader, pair.mentor, pair.points, whys[kinds]])
    return rows


CHOOSING_HEADERS = [gettext_lazy("Leader"), gettext_lazy("How it stands")]


def choosing_rows(choices: Iterable[Choice], waiting: Collection[int]) -> list[list[str]]:
    """No finer than this: who has not chosen yet, and who chooses again since a mentor said no, look alike."""
    return [
        [
            one.leader.name,
            _("Has a mentor")
            if one.pairing is not None and one.pairing.state in RUNNING
            else _("Waits: nobody who fits has a place left. Comes first next time.")
            if one.leader_id in waiting
            else _("Choosing, or the mentor is asked"),
        ]
        for one in choices
    ]


def asker_of(asking: Asking) -> str:
    return asking.asked_by.name if asking.asked_by else asking.run.scheme.organisation.name


def mentors_to_choose(offered: Offered) -> list[Tap]:
    """The best few mentors, with what brings the two together; no number, no order of merit."""
    leader = offered.leader.entrant
    taps = []
    for mentor in offered.mentors:
        together = found.what_brings_together(leader.facts, mentor.facts)
        why = found.why_us_two("leader", together, mentor.person.name)
        job = mentor.person.job_title
        taps.append(
            Tap(str(mentor.person_id), mentor.person.name, " ".join(filter(None, (f"{job}." if job else "", *why))))
        )
    return taps
