"""What counts, what that would do, and how far a search is, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from handrail.capabilities.schemes.matching_runs import queries as found
from handrail.capabilities.schemes.matching_runs import rules
from handrail.design.dates import moment_in_words
from handrail.design.parts import Row, Task

if TYPE_CHECKING:
    from handrail.capabilities.schemes.matching_runs.queries import Run


State = rules.State
STAGES = len(found.STAGES)
STAGE_WORDS = (
    gettext_lazy("Seeing which pairs are possible"),
    gettext_lazy("Pairing as many as can be"),
    gettext_lazy("Lifting whoever fits least"),
    gettext_lazy("Finding the best for everybody together"),
    gettext_lazy("Working out the reasons"),
    gettext_lazy("Writing it down"),
)


def title_of(run: Run) -> str:
    if run.state == State.READY:
        return _("Proposal %(number)s") % {"number": run.number}
    return _("Looking for pairs")


def signed_up_in_words(leaders: int, mentors: int) -> str:
    return _("%(leaders)s and %(mentors)s have signed up.") % {
        "leaders": _leaders(leaders),
        "mentors": ngettext("%(number)s mentor", "%(number)s mentors", mentors) % {"number": f"{mentors:,}"},
    }


def _leaders(number: int) -> str:
    return ngettext("%(number)s leader", "%(number)s leaders", number) % {"number": f"{number:,}"}


def effect_in_rows(effect: Mapping[str, Any]) -> list[Row]:
    """What a search would begin with; nothing is looked for yet."""
    if not effect:
        return []
    places = ngettext("%(number)s place", "%(number)s places", effect["places"]) % {"number": f"{effect['places']:,}"}
    return [
        Row(_("Leaders without a mentor"), f"{effect['leaders']:,}"),
        Row(
            _("Mentors with a place"),
            _("%(mentors)s, with %(places)s") % {"mentors": effect["mentors"], "places": places},
        ),
        Row(
            _("Pairs that may be"),
            _("%(possible)s of %(every)s") % {"possible": f"{effect['possible']:,}", "every": f"{effect['every']:,}"},
        ),
    ]


def nobody_for(effect: Mapping[str, Any], names: Mapping[int, str]) -> str:
    """Leaders whom the rules leave nobody for."""
    number = len(effect.get("nobody_for", ()))
    if not number:
        return ""
    listed = found.listed(sorted(names.values()))
    if number > len(names):
        listed = _("%(names)s and others") % {"names": ", ".join(sorted(names.values()))}
    words = ngettext(
        "With these rules there is nobody for %(number)s leader: %(names)s.",
        "With these rules there is nobody for %(number)s leaders: %(names)s.",
        number,
    )
    return words % {"number": number, "names": listed}


def looked_at_in_words(looked_at: datetime | None) -> str:
    return _("As it was on %(moment)s.") % {"moment": moment_in_words(looked_at)} if looked_at else ""


def recent_rows(runs: Sequence[Run]) -> list[Task]:
    return [
        Task(
            _("Proposal %(number)s") % {"number": run.number},
            reverse("matching_run", args=[run.pk]),
            status=_status(run),
            done=run.asked_at is not None,
            hint=hint_of(run),
        )
        for run in runs
    ]


def _status(run: Run) -> str:
    if run.asked_at:
        return _("Asked")
    return {
        State.WAITING: _("Looking"),
        State.RUNNING: _("Looking"),
        State.READY: _("Ready to look at"),
        State.FAILED: _("Could not be found"),
        State.PUT_ASIDE: _("Put aside"),
    }[State(run.state)]


def hint_of(run: Run) -> str:
    when = moment_in_words(run.made_at)
    if run.state != State.READY:
        return when
    return _("%(paired)s of %(leaders)s leaders, %(when)s") % {
        "paired": run.figures["leaders"] - run.figures["without"],
        "leaders": run.figures["leaders"],
        "when": when,
    }


def progress_in_words(run: Run) -> str:
    if run.state == State.WAITING:
        return _("Waiting for its turn")
    return str(STAGE_WORDS[min(run.stage, STAGES - 1)])
