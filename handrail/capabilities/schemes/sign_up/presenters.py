"""Sign-ups in words: one's own, to look at and change; and the steps of a leader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from handrail.capabilities.accounts.queries import mail_leaves
from handrail.capabilities.schemes.sign_up import rules
from handrail.capabilities.schemes.sign_up.choices import (
    CHANNELS,
    DAYS,
    PARTS,
    language_code,
    language_name,
    themes,
    words_of,
)
from handrail.capabilities.schemes.sign_up.emails import hours_in_words
from handrail.capabilities.schemes.sign_up.models import SignUp, TimeAgreement
from handrail.design.parts import Row, Task, Text

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Person

Time, Side = TimeAgreement.State, SignUp.Side
STEPS = ("themes", "times", "where", "apart")  # of a leader, one page each
MEETS: dict[str, Text] = {
    SignUp.Meets.EITHER: lazy("By video or in the same room"),
    SignUp.Meets.REMOTE: lazy("By video or telephone"),
    SignUp.Meets.IN_PERSON: lazy("In the same room"),
}


TITLES: dict[str, Text] = {
    "themes": lazy("What would you like help with?"),
    "times": lazy("When could you meet?"),
    "where": lazy("Where, and in which languages?"),
    "apart": lazy("Whom not"),
}


def title_of(step: str) -> str:
    return str(TITLES[step])


@dataclass(frozen=True)
class OwnSignUp:
    """One side of somebody, as their own page shows it."""

    side: str
    heading: str
    state: str
    ready: bool
    paused: bool
    rows: list[Row]
    ways: list[Task]


def own_sign_up_shown(row: SignUp, agreement: TimeAgreement | None) -> OwnSignUp:
    mentor = row.side == Side.MENTOR
    return OwnSignUp(
        side=row.side,
        heading=_("As a mentor") if mentor else _("As a leader"),
        state=state_in_words(row, agreement),
        ready=rules.is_ready(row, agreement),
        paused=row.paused_on is not None,
        rows=_rows_of_mentor(row, agreement) if mentor else _rows_of_leader(row),
        ways=_ways_of_mentor() if mentor else _ways_of_leader(),
    )


def _ways_of_leader() -> list[Task]:
    return [Task(_("What leaders tell"), reverse("stories"), hint=_("Two sentences each, from whoever wanted to"))]


def _ways_of_mentor() -> list[Task]:
    return [
        Task(
            _("Get ready as a mentor"), reverse("preparation"), hint=_("Twenty minutes in short parts, on your phone")
        ),
        Task(_("The mentors’ circle"), reverse("mentors_circle"), hint=_("About the craft, never about people")),
    ]


def state_in_words(row: SignUp, agreement: TimeAgreement | None) -> str:
    if row.paused_on is not None:
        return _("Paused. Nobody is proposed to you until you go on. Your place in the order is kept.")
    if rules.is_ready(row, agreement):
        return _("You are signed up. When there is somebody for you, you are asked, and you can say no.")
    if agreement is not None and agreement.state == Time.ASKED and not mail_leaves():
        return _(
            "You pass the question on to your manager yourself. You are ready as soon as they say yes. Are the words "
            "lost? Go to “Your time” and save it again."
        )
    if agreement is not None and agreement.state == Time.ASKED:
        return _("Your manager has been asked for your time. You are ready as soon as they say yes.")
    return _("One thing is missing: that your time is agreed.")


def time_in_words(agreement: TimeAgreement | None) -> str:
    if agreement is None:
        return _("Not settled yet")
    hours = hours_in_words(agreement.hours)
    return {
        Time.ASKED: _("Asked of %(name)s: %(hours)s"),
        Time.AGREED: _("Agreed by your manager: %(hours)s"),
        Time.TALK_FIRST: _("Your manager would like to speak with you first (%(hours)s)"),
        Time.SPOKEN: _("Agreed, as you said: %(hours)s"),
        Time.OWN: _("Your own to decide: %(hours)s"),
    }[Time(agreement.state)] % {"name": agreement.manager_name, "hours": hours}


def times_in_words(times: Sequence[str]) -> str:
    """For example "Monday: morning, midday · Friday: evening"."""
    days = []
    for day, text in DAYS.items():
        parts = [str(word).lower() for part, word in PARTS.items() if f"{day}-{part}" in times]
        if parts:
            days.append(f"{text}: {', '.join(parts)}")
    return " · ".join(days) or _("Not said: any time")


def _rows_of_mentor(row: SignUp, agreement: TimeAgreement | None) -> list[Row]:
    change = reverse("sign_up_mentor")
    count = ngettext("%(number)d leader", "%(number)d leaders", row.how_many) % {"number": row.how_many}
    return [
        Row(_("What you can help with"), ", ".join(words_of(row.themes, themes())), _("Change"), change),
        Row(_("Places online you know"), ", ".join(words_of(row.channels, CHANNELS)) or "–"),
        Row(_("How many at a time"), count),
        *_rows_of_both(row),
        Row(_("About you"), row.lines or "–"),
        _row_of_wishes(row),
        Row(_("Your time"), time_in_words(agreement), _("Change"), reverse("sign_up_time")),
    ]


def _rows_of_leader(row: SignUp) -> list[Row]:
    ways = [reverse("sign_up_leader", args=[step]) for step in STEPS]
    wanted = ", ".join(words_of(row.themes, themes()))
    when, where, languages = _rows_of_both(row)
    places = ", ".join(words_of(row.channels, CHANNELS))
    return [
        Row(_("What you would like help with"), wanted, _("Change"), ways[0]),
        *([Row(_("Places online you would like to understand"), places)] if places else []),
        Row(when.key, when.value, _("Change"), ways[1]),
        Row(where.key, where.value, _("Change"), ways[2]),
        languages,
        *([Row(_("How many mentors"), _("Up to two"))] if row.how_many > 1 else []),
        _row_of_wishes(row),
        Row(_("Whom not"), _("Shown on its own page only"), _("See"), ways[3]),
    ]


def _row_of_wishes(row: SignUp) -> Row:
    wished = ", ".join(row.wishes) or _("Nobody named")
    return Row(_("Whom you would like"), wished, _("Change"), reverse("sign_up_wishes", kwargs={"side": row.side}))


def _rows_of_both(row: SignUp) -> list[Row]:
    where = ", ".join(filter(None, (str(MEETS[row.meets]), row.place)))
    return [
        Row(_("When"), times_in_words(row.times)),
        Row(_("Where"), where),
        Row(_("Languages"), languages_in_words(row.languages)),
    ]


def languages_in_words(codes: Sequence[str]) -> str:
    return ", ".join(language_name(code) for code in codes)


def usual_language() -> str:
    """The language of the page, as its speakers call it."""
    return language_name(language_code((get_language() or "en").partition("-")[0]))


def initial_of(row: SignUp | None, person: Person) -> dict[str, Any]:
    """What stands in the fields at first: what was said before, else what is known of the person."""
    if row is None:
        return {"place": person.place, "languages": usual_language()}
    kept = ("themes", "channels", "times", "meets", "place", "lines", "party")
    languages = languages_in_words(row.languages) or usual_language()
    return {name: getattr(row, name) for name in kept} | {"how_many": str(row.how_many), "languages": languages}


def initial_of_suggested(suggested: list[str], channels: list[str]) -> dict[str, Any]:
    return {"themes": suggested[: rules.MOST_THEMES_OF_A_LEADER], "channels": channels}


def initial_of_whom_not(whom_not: rules.WhomNot, names: list[str]) -> dict[str, Any]:
    return {
        "names": "\n".join(names),
        "parties": ", ".join(sorted(whom_not.parties)),
        "other_parties": whom_not.other_parties,
        "own_organisation": whom_not.own_organisation,
    }


def initial_of_time(agreement: TimeAgreement | None, manager: Person | None) -> dict[str, Any]:
    known = {"name": manager.name, "address": manager.email} if manager else {}
    if agreement is None:
        return known
    state = {Time.AGREED: Time.ASKED, Time.TALK_FIRST: ""}.get(Time(agreement.state), Time(agreement.state))
    asked = {"name": agreement.manager_name, "address": agreement.manager_address}
    return (
        known | {name: text for name, text in asked.items() if text} | {"state": state, "hours": str(agreement.hours)}
    )
