"""What a change did to everyone, and how two proposals differ."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handrail.capabilities.pairings.proposals.presenters.searches import hint_of
from handrail.capabilities.schemes.matching_runs import rules
from handrail.capabilities.schemes.matching_runs.queries import Difference
from handrail.design.parts import Row

if TYPE_CHECKING:
    from handrail.capabilities.schemes.matching_runs.queries import Run


State = rules.State


def difference_in_rows(run: Run, difference: Difference) -> list[Row]:
    """What a change did to everyone, beside what was asked for."""
    if run.after is None:
        return []
    before, after = run.after.figures, run.figures
    return [
        Row(_("Pairs that are other than before"), str(len(difference.begun)), _("See which"), _compared(run)),
        Row(
            _("Leaders with a mentor"),
            _from_to(before["leaders"] - before["without"], after["leaders"] - after["without"]),
        ),
        Row(_("The least good fit"), _from_to(before["worst"], after["worst"])),
        Row(_("All fits together"), _from_to(before["total"], after["total"])),
    ]


def _compared(run: Run) -> str:
    return reverse("matching_compared", args=[run.pk, run.after_id])


def _from_to(before: int | None, after: int | None) -> str:
    if before == after:
        return _("%(number)s, as before") % {"number": _figure(after)}
    return _("%(after)s, before %(before)s") % {"after": _figure(after), "before": _figure(before)}


def _figure(number: int | None) -> str:
    return "–" if number is None else f"{number:,}"


def to_compare(run: Run, runs: Sequence[Run]) -> list[tuple[str, str]]:
    return [
        (str(one.pk), f"{_('Proposal %(number)s') % {'number': one.number}}, {hint_of(one)}")
        for one in runs
        if one.pk != run.pk and one.state == State.READY
    ]


def compared_headers(one: Run, other: Run) -> list[str]:
    return [_("In numbers"), *(_("Proposal %(number)s") % {"number": run.number} for run in (one, other))]


def compared_rows(one: Run, other: Run, difference: Difference) -> list[list[str]]:
    def both(label: str, name: str) -> list[str]:
        return [label, _figure(one.figures[name]), _figure(other.figures[name])]

    return [
        [
            _("Leaders with a mentor"),
            *(_figure(run.figures["leaders"] - run.figures["without"]) for run in (one, other)),
        ],
        both(_("The least good fit"), "worst"),
        both(_("All fits together"), "total"),
        both(_("Fixed by hand"), "fixed"),
        [_("Pairs that both have"), _figure(difference.kept), _figure(difference.kept)],
    ]


DIFFERENCE_HEADERS = [gettext_lazy("Leader"), gettext_lazy("Was proposed"), gettext_lazy("Is proposed now")]


def difference_table(difference: Difference) -> list[list[str]]:
    """By leader: whom they had, and whom they have."""
    lines: dict[int, list[str]] = {}
    with_points, nobody = _("%(name)s (%(points)s)"), _("nobody")
    for place, pairs in ((1, difference.ended), (2, difference.begun)):
        for pair in pairs:
            line = lines.setdefault(pair.leader_id, [pair.leader, "", ""])
            said = with_points % {"name": pair.mentor, "points": pair.points}
            line[place] = ", ".join(filter(None, (line[place], said)))
    return sorted([name, was or nobody, now or nobody] for name, was, now in lines.values())
