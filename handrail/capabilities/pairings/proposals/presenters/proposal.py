"""A proposal in words: what was found, how well it fits, pair by pair."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from handrail.capabilities.schemes.matching_runs import rules
from handrail.design.charts import BarChart, Point
from handrail.design.dates import moment_in_words
from handrail.design.parts import Link, Task

if TYPE_CHECKING:
    from handrail.capabilities.pairings.proposals.models import Asking
    from handrail.capabilities.schemes.matching_runs.models import ProposedPair
    from handrail.capabilities.schemes.matching_runs.queries import Run
    from handrail.capabilities.schemes.models import Scheme


State = rules.State
BARS = 8


def proposal_in_words(run: Run) -> list[str]:
    """What was found, in a sentence; and how good it is."""
    figures = run.figures
    paired = figures["leaders"] - figures["without"]
    if paired == figures["leaders"]:
        first = ngettext("The one leader has a mentor.", "All %(leaders)s leaders have a mentor.", paired)
    else:
        first = ngettext(
            "%(paired)s of %(leaders)s leaders has a mentor.",
            "%(paired)s of %(leaders)s leaders have a mentor.",
            paired,
        )
    said = [first % {"paired": paired, "leaders": figures["leaders"]}]
    if figures["certified"]:
        said.append(
            _(
                "It is proven that no other pairs do better: none would pair more leaders, then lift whoever fits "
                "least, then fit better in all."
            )
        )
    elif figures.get("counted") and figures["paired"]:
        more = figures["could_be_more"]
        words = ngettext(
            "All your numbers are kept. Other pairs that keep them could fit better by %(more)s point in all at most.",
            "All your numbers are kept. Other pairs that keep them could fit better by %(more)s points in all at most.",
            more,
        )
        said.append(words % {"more": f"{more:,}"})
    if figures["fixed"]:
        words = ngettext("You fixed %(number)s pair.", "You fixed %(number)s pairs.", figures["fixed"])
        said.append(words % {"number": figures["fixed"]})
    return said


def distribution(points: list[int]) -> BarChart | None:
    """How well the pairs fit: how many there are in each range of points."""
    if not points:
        return None
    low, high = points[0], points[-1]
    step = max(1, -(-(high - low + 1) // BARS))
    edges = range(low, high + 1, step)
    bars = [
        Point(
            _("%(from)s to %(to)s") % {"from": edge, "to": edge + step - 1} if step > 1 else str(edge),
            sum(edge <= one < edge + step for one in points),
        )
        for edge in edges
    ]
    sentence = _("The least good fit has %(low)s points, the best %(high)s; half have %(half)s or more.") % {
        "low": low,
        "high": high,
        "half": int(median(points)),
    }
    return BarChart(_("How many pairs fit how well"), sentence, tuple(bars))


def filters(here: str, show: str) -> list[Link]:
    kinds = (
        ("", _("Worst fit first")),
        ("best", _("Best fit first")),
        ("fixed", _("Fixed by you")),
        ("line", _("Reporting line")),
    )
    return [Link(text, f"{here}?show={kind}" if kind else here, kind == show) for kind, text in kinds]


def query_of(words: str, show: str) -> str:
    return urlencode({key: value for key, value in (("q", words), ("show", show)) if value})


PAIR_HEADERS = [gettext_lazy("Leader"), gettext_lazy("Mentor"), gettext_lazy("Fit"), gettext_lazy("To know")]


def pair_rows(run: Run, pairs: Iterable[ProposedPair]) -> list[list[Any]]:
    here = reverse("matching_pair", args=[run.pk, 0]).removesuffix("0/")
    return [
        [
            format_html('<a href="{}{}/">{}</a>', here, pair.leader_id, pair.leader.name),
            pair.mentor.name,
            pair.points,
            _to_know(pair),
        ]
        for pair in pairs
    ]


def _to_know(pair: ProposedPair) -> str:
    return ", ".join(
        str(text)
        for text, said in (
            (_("fixed"), pair.is_fixed),
            (_("one stands above the other"), pair.warning == "near"),
            (_("reporting line not known"), pair.warning == "unknown"),
        )
        if said
    )


def ways(run: Run, *, choosing: bool) -> list[Task]:
    """What else may be done with a proposal."""
    address = {
        name: reverse(name, args=[run.pk]) for name in ("matching_without", "matching_compare", "matching_print")
    }
    number = run.figures["without"]
    hint = _("Everybody has a mentor; how much each rule ruled out")
    if number:
        hint = ngettext(
            "%(number)s leader has nobody: why, and what would help",
            "%(number)s leaders have nobody: why, and what would help",
            number,
        ) % {"number": number}
    handing = [
        Task(
            _("Hand it to a colleague to check"),
            reverse("matching_hand_over", args=[run.pk]),
            hint=_("Another coordinator looks at it before anybody is asked"),
        )
    ]
    waiting = [
        Task(
            _("Who waits"),
            reverse("matching_choosing", args=[run.pk]),
            hint=_("Leaders who choose, in the order in which they signed up"),
        )
    ]
    return [
        *(waiting if choosing else []),
        Task(_("What was impossible, and why"), address["matching_without"], hint=hint),
        Task(_("Compare with another"), address["matching_compare"], hint=_("What differs, pair by pair")),
        *(handing if rules.can_change(run) else []),
        Task(_("Print it"), address["matching_print"], hint=_("Every pair with its reasons")),
    ]


def checked_in_words(run: Run) -> str:
    if run.checker is None:
        return ""
    if run.checked_at:
        said = {"name": run.checker.name, "moment": moment_in_words(run.checked_at)}
        return _("%(name)s looked at it on %(moment)s.") % said
    return _("%(name)s is asked to look at it, and has not yet said so.") % {"name": run.checker.name}


def asking_in_words(asking: Asking | None) -> str:
    if asking is None:
        return ""
    if asking.finished_at is None:
        return _("Being asked: %(done)s of %(pairs)s so far.") % {"done": asking.done, "pairs": asking.pairs}
    if asking.leaders_choose:
        words = ngettext(
            "%(number)s leader is asked to choose.", "%(number)s leaders are asked to choose.", asking.pairs
        )
        return words % {"number": asking.pairs}
    asked = asking.pairs - asking.left_out
    said = ngettext("%(number)s pair was asked.", "%(number)s pairs were asked.", asked) % {"number": asked}
    if asking.left_out:
        left = ngettext(
            "%(number)s could not be: somebody has left, or was asked by hand meanwhile.",
            "%(number)s could not be: somebody has left, or was asked by hand meanwhile.",
            asking.left_out,
        )
        said = f"{said} {left % {'number': asking.left_out}}"
    return said


def first_words(scheme: Scheme) -> str:
    return scheme.purpose or _("I think you two would get on, and both gain from it.")
