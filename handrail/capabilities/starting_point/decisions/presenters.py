"""Decisions in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from handrail.capabilities.essentials.queries import essentials, openings, themes
from handrail.capabilities.starting_point.decisions import rules
from handrail.capabilities.starting_point.decisions.queries import (
    TEXT,
    OwnDecision,
    chosen_essentials,
    essential_questions,
    three_asked,
)
from handrail.capabilities.starting_point.decisions.rules import OFFERED, is_before, is_time_to_look_back
from handrail.design.dates import weekday_and_time_in_words
from handrail.design.parts import Choice, Task
from handrail.formats.calendars import WEEKEND, CalendarEvent, Party, feed
from handrail.foundation import clock
from handrail.foundation.mail.rules import sender_address

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from handrail.capabilities.starting_point.decisions.facts import Facts
    from handrail.capabilities.starting_point.decisions.heading import Heading

BY_THEME = "about_"  # how the name of a theme's field begins


@dataclass(frozen=True)
class Choosable:
    """A group of essentials to tick: its name, what it is about, its field, and each with the reason it is offered."""

    name: str
    about: str
    field: str
    choices: list[tuple[str, str]]
    hints: dict[str, str]


@dataclass(frozen=True)
class Questions:
    """What a leader leaves with."""

    three: list[str]
    of_text: list[str]
    others: list[Choice]  # each one tap away from a place among the three
    to_copy: str
    sources: list[Task]


def decision_tasks(decisions: Iterable[OwnDecision]) -> list[Task]:
    return [_task(one) for one in decisions]


def _task(decision: OwnDecision) -> Task:
    heading, address = decision.heading, reverse("decision", args=[decision.id])
    day = date_format(decision.brought_on, "j F Y")
    if heading is None:
        return Task(_("Sealed with a key that is gone"), address, hint=day)
    if heading.looked_back:
        return Task(title_in_words(decision), address, hint=day, status=_("Looked back"), done=True)
    if heading.day and is_before(heading.day, clock.today()):
        decided = _("To be decided on %(day)s") % {"day": day_in_words(heading.day)}
        return Task(title_in_words(decision), address, hint=decided)
    if is_time_to_look_back(decision.brought_on, clock.today(), heading.day):
        asked = _("%(day)s. Has it been decided? One line is kept for you here.") % {"day": day}
        return Task(title_in_words(decision), address, hint=asked)
    return Task(title_in_words(decision), address, hint=day)


def title_in_words(decision: OwnDecision) -> str:
    """Its first line; where nothing was typed, what it touches."""
    if decision.heading is None:
        return _("Sealed with a key that is gone")
    if decision.heading.title:
        return decision.heading.title
    touched = [one.name for one in chosen_essentials(decision.heading)]
    if touched:
        return "; ".join(touched)
    return _("A decision of %(day)s") % {"day": date_format(decision.brought_on, "j F Y")}


def offered(heading: Heading) -> Choosable | None:
    """The essentials that the text's own words point to, with these words; None where there are none."""
    ids = [one for one in heading.touches if one in essentials()][:OFFERED]
    if not ids:
        return None
    return Choosable(
        name=_("Words in your text point to these"),
        about=_("Words in your text point to these"),
        field="offered",
        choices=[(one, essentials()[one].name) for one in ids],
        hints={one: _("Found in it: %(words)s") % {"words": _quoted(heading.touches[one])} for one in ids},
    )


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(_("“%(word)s”") % {"word": word} for word in words)


def taps() -> list[Choice]:
    """What would change hands: asked where the text has none of our words, or where there is no text."""
    return [Choice(one.id, one.name, one.about) for one in openings()]


def by_theme(besides: Choosable | None) -> list[Choosable]:
    """All the others, theme by theme."""
    there = {one for one, _text in besides.choices} if besides else set()
    groups = [
        Choosable(
            name=theme.name,
            about=theme.plain,
            field=f"{BY_THEME}{theme.id}",
            choices=[(one.id, one.name) for one in theme.essentials if one.id not in there],
            hints={},
        )
        for theme in themes()
    ]
    return [group for group in groups if group.choices]


def questions_of(heading: Heading) -> Questions:
    """Three from what was ticked; what the text itself says is asked about beside them, and takes the place of none."""
    chosen, pool, asked = chosen_essentials(heading), questions_to_choose(heading), three_asked(heading)
    three = [pool[one] for one in asked]
    of_text = {one: words for one, words in _about_facts(heading.facts).items() if one not in asked}
    return Questions(
        three=three,
        of_text=list(of_text.values()),
        others=[Choice(one, words) for one, words in pool.items() if one not in asked],
        to_copy="\n".join(f"{number}. {question}" for number, question in enumerate([*three, *of_text.values()], 1)),
        sources=[Task(one.name, reverse("essential", args=[one.id])) for one in chosen],
    )


def questions_to_choose(heading: Heading) -> dict[str, str]:
    """Every question there is for a decision, by its reference: first those of what was ticked, then of the text."""
    return essential_questions(heading) | _about_facts(heading.facts) | _about_facts(heading.facts, 1)


def to_leave_out(heading: Heading, taken: str) -> list[Choice]:
    """Each of the three, to be tapped where another comes in its place."""
    pool = questions_to_choose(heading)
    return [Choice(f"{taken}{rules.FOR}{one}", pool[one]) for one in three_asked(heading)]


def _about_facts(facts: Facts, which: int = 0) -> dict[str, str]:
    """What to ask of a choice, a share, a sum or a day, in the words of the text, by its reference.

    `which`: of two each."""
    choices = [
        (
            _("“%(words)s”: what would each be like for people in a year?"),
            _("“%(words)s”: which could we try small first, and still go back from?"),
        )[which]
        % {"words": words}
        for words in facts.choices[:1]
    ]
    shares = [
        (
            _("“%(words)s”: who measured that, where, and of whom?"),
            _("“%(words)s”: what would we see, and by when, if it did not come true?"),
        )[which]
        % {"words": words}
        for words in facts.shares[:1]
    ]
    sums = [
        (
            _("“%(words)s”: what is not in it, for example people, training, getting out again?"),
            _("“%(words)s”: what would show that it was well spent, and what else could it do?"),
        )[which]
        % {"words": words}
        for words in facts.sums[:1]
    ]
    days = [
        (
            _("“%(words)s”: who set that day, and what would two more weeks cost us?"),
            _("“%(words)s”: what do we need to have seen before then?"),
        )[which]
        % {"words": one.words}
        for one in facts.days[:1]
    ]
    found = {"choice": choices, "share": shares, "sum": sums, "day": days}
    return {f"{TEXT}{kind}-{which}": words for kind, each in found.items() for words in each}


def day_in_words(day: date) -> str:
    """With its weekday, and with the year where it is another."""
    return date_format(day, "l j F" if day.year == clock.today().year else "l j F Y")


def reminders_of(day: date, zone: str) -> dict[str, datetime]:
    """When ten minutes can stand in one's own calendar: a week ahead, before papers go out, and the morning before;
    where both have passed, early on the day itself. Working days, by the reader's own clock."""
    here = ZoneInfo(zone)
    ahead = {"week": day - timedelta(days=7), "eve": day - timedelta(days=1)}
    moments = {
        name: datetime.combine(_working_day(on, -1), time(9), tzinfo=here) for name, on in ahead.items() if on != day
    }
    left = {name: at for name, at in moments.items() if at > clock.now()}
    return left or {"eve": datetime.combine(day, time(8), tzinfo=here)}


def reminders_in_words(day: date, zone: str) -> list[tuple[str, str]]:
    return [(name, weekday_and_time_in_words(at)) for name, at in reminders_of(day, zone).items()]


def calendar_entry(decision_id: UUID, day: date, zone: str, which: str) -> str:
    """Ten minutes in one's own calendar: a title that tells nothing, and the way home. Fetched anew it is the same."""
    moments = reminders_of(day, zone)
    at = moments.get(which) or list(moments.values())[-1]
    event = CalendarEvent(
        uid=f"{uuid5(decision_id, 'week' if which == 'week' and which in moments else 'day')}@handrail",
        sequence=0,
        starts_at=at,
        ends_at=at + timedelta(minutes=10),
        zone=zone,
        title=_("Ten minutes"),
        organiser=Party(sender_address()),
        stamp=clock.now(),
        page=settings.BASE_URL + reverse("home"),
    )
    return feed([event], name="Handrail")


def days_to_tap(heading: Heading) -> list[Choice]:
    """The days that the text has, then two near working days."""
    today = clock.today()
    found = {one.on: _("“%(words)s”, in your text") % {"words": one.words} for one in heading.facts.days}
    tomorrow = today + timedelta(days=1)
    next_day, later = _working_day(tomorrow, 1), _working_day(today + timedelta(days=7), 1)
    near = {next_day: _("Tomorrow") if next_day == tomorrow else "", later: _("In a week")}
    days = {day: near[day] for day in near if day not in found}
    return [
        Choice(day.isoformat(), day_in_words(day), hint)
        for day, hint in [*sorted(found.items()), *days.items()]
        if is_before(day, today)
    ]


def _working_day(day: date, step: int) -> date:
    """The day itself or, at a weekend, the first working day in that direction."""
    while day.weekday() in WEEKEND:
        day += timedelta(days=step)
    return day


def outcome_in_words(heading: Heading) -> str:
    """What came of it; empty where nothing was noted yet."""
    return heading.differently or (_("Nothing was decided differently this time.") if heading.unchanged else "")
