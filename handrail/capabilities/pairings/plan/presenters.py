"""A plan in words: its steps on the rail, and where one may go from here."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from handrail.capabilities.pairings.plan import rules
from handrail.capabilities.pairings.plan.queries import alone_beside, goal_in_words
from handrail.capabilities.pairings.plan.sheet import Item, PlanSheet
from handrail.capabilities.pairings.plan.weekly.presenters import note_in_words, pause_in_words
from handrail.capabilities.starting_point.queries import GOALS, lasts, opened_by, step_pack
from handrail.capabilities.starting_point.rules import in_short, worry_taken_up
from handrail.design.parts import DONE, LATER, NOW, Choice, Step, Task, Text
from handrail.foundation import clock
from handrail.foundation.languages import SOURCE

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from handrail.capabilities.pairings.plan.models import WeeklyNote
    from handrail.capabilities.pairings.plan.queries import OpenPlan
    from handrail.capabilities.starting_point.queries import Mentor

SHOWN_DONE = 3  # steps on the rail that are behind one; earlier ones are said as a number

NEEDS: dict[str, Text] = {
    "role_goal": lazy("What I must achieve"),
    "audience": lazy("The people I need to reach"),
    "listening": lazy("Listening"),
    "asking": lazy("Asking"),
    "answering": lazy("Answering"),
    "writing": lazy("Writing"),
    "team": lazy("My team"),
    "data": lazy("Figures and data"),
    "settings": lazy("My own devices and accounts"),
    "safety": lazy("Staying safe"),
    "time": lazy("Time"),
    "confidence": lazy("Feeling surer"),
    "passing_on": lazy("Passing something on"),
}


# What a step is for that takes up a worry and serves no goal directly.
WORTH: dict[str, Text] = {
    "security": lazy("Not being broken into"),
    "reputation": lazy("Saying what you stand by"),
    "abuse": lazy("Being safe from abuse"),
    "family": lazy("Keeping your family out of it"),
    "looking_foolish": lazy("Asking at ease"),
    "how_i_come_across": lazy("Coming across as you mean it"),
    "no_answer": lazy("Being answered"),
    "time": lazy("Your own time"),
}


@dataclass(frozen=True)
class StepText:
    """What a page says of one step. What is safe markup here, the reader of steps has let through, or was escaped."""

    title: str
    minutes: str
    goal: str
    why: SafeString
    how: SafeString
    worked: SafeString
    opens: str = ""  # the address of what goes through it with the leader
    copy: str = ""  # words to send as they are


@dataclass(frozen=True)
class Offer:
    """A step of the pack to choose, with all it says; `line` is what stands of it folded up."""

    id: str
    line: str
    text: StepText


def title_of(item: Item) -> str:
    if item.title:
        return item.title
    pack = step_pack()
    if item.step not in pack.texts:
        return _("A step that is no longer offered")
    return pack.words_of(item.step, get_language() or SOURCE)[0].title


def title_on_home(item: Item) -> str:
    """Home may be seen by whoever stands near: it does not say which lock somebody has still to put on."""
    piece = step_pack().texts.get(item.step)
    if piece and piece.private and "settings" in piece.needs and not item.title:
        return _("A small thing on your own phone or computer")
    return title_of(item)


def text_of(sheet: PlanSheet, item: Item) -> StepText:
    """The pack's words, or the pair's own where they wrote some."""
    goal = goal_in_words(sheet, item.goal) or str(WORTH.get(worry_taken_up(item.step), ""))
    pack = step_pack()
    own_how = mark_safe(linebreaks(item.how, autoescape=True)) if item.how else SafeString("")  # noqa: S308  escaped
    if item.step not in pack.texts:
        return StepText(title_of(item), _("Ten minutes at most"), goal, SafeString(""), own_how, SafeString(""))
    words, _language = pack.words_of(item.step, get_language() or SOURCE)
    why, how, worked = (mark_safe(one) for one in (words.why_html, words.how_html, words.worked_html))  # noqa: S308
    piece = pack.texts[item.step]
    if item.title or item.how:  # what the pack says of its own words need not be true of these
        piece, words = replace(piece, private=False), replace(words, copy="")
    return StepText(title_of(item), lasts(piece), goal, why, own_how or how, worked, opened_by(piece), words.copy)


def offers_of(step_ids: list[str]) -> list[Offer]:
    line, pack = _("%(title)s (%(minutes)s)"), step_pack()
    texts = {one: text_of(PlanSheet(), Item(step=one)) for one in step_ids if one in pack.texts}
    return [Offer(one, line % {"title": text.title, "minutes": text.minutes}, text) for one, text in texts.items()]


def day_in_words(day: date) -> str:
    return date_format(day, "j F") if day.year == clock.today().year else date_format(day, "j F Y")


def address_of_step(plan: OpenPlan, item: Item) -> str:
    return reverse("plan_step", args=[plan.row.pk, item.id])


def rail_of(plan: OpenPlan, *, short: bool = False) -> list[Step]:
    """What is done, what is now, what is later, and the end. `short`: what is later is counted, for home."""
    sheet, today = plan.sheet, clock.today()
    titled = title_on_home if short else title_of
    done, now = sheet.done, sheet.next_on(today)
    shown = done[-SHOWN_DONE:]
    steps = []
    if len(done) > len(shown):
        steps.append(Step(_earlier_in_words(len(done) - len(shown)), DONE))
    steps += [Step(titled(one), DONE, address_of_step(plan, one), note=_done_in_words(one)) for one in shown]
    todo = sheet.todo
    if short:
        between = [one for one in todo if one not in (now, sheet.end)]
        todo = [one for one in todo if one == sheet.end and one != now]
        if between and todo:
            steps.append(Step(_between_in_words(len(between)), LATER, plan.address))
    for one in todo:
        state = NOW if one == now else LATER
        steps.append(Step(titled(one), state, address_of_step(plan, one), note=_note_of(plan, one, short=short)))
    return steps


def _earlier_in_words(number: int) -> str:
    return ngettext("%(number)d step before", "%(number)d steps before", number) % {"number": number}


def _between_in_words(number: int) -> str:
    return ngettext("%(number)d more step comes before it", "%(number)d more steps come before it", number) % {
        "number": number
    }


def _done_in_words(item: Item) -> str:
    return day_in_words(item.day) if item.day else ""


def _note_of(plan: OpenPlan, item: Item, *, short: bool) -> str:
    """One short line under a step: which goal it serves, from when, whose idea, that the plan ends in it.

    Never which worry, and on home nothing of what it is for: whoever stands near may see these pages.
    """
    parts = []
    if item == plan.sheet.next_on(clock.today()):
        goal = "" if short else goal_in_words(plan.sheet, item.goal)
        said = " · ".join(filter(None, (text_of(plan.sheet, item).minutes, goal)))
        parts.append(said if said.endswith("…") else f"{said}.")
    if item.ends:
        parts.append(_("Here the plan ends: with something passed on."))
    if item.waits_until is not None and item.waits(clock.today()):
        parts.append(_("From %(day)s.") % {"day": day_in_words(item.waits_until)})
    if item.by == "mentor":
        mentor = plan.row.pairing.mentor.name if plan.row.pairing else _("your mentor")
        parts.append(_("Suggested by %(name)s.") % {"name": mentor})
    return " ".join(parts)


def nothing_today_in_words(plan: OpenPlan) -> str:
    """Why there is nothing to do now; empty where there is something."""
    today = clock.today()
    if plan.sheet.next_on(today) is not None:
        return ""
    if day := plan.sheet.waits_until(today):
        return _("Nothing until %(day)s. You moved it there.") % {"day": day_in_words(day)}
    return _("You have passed something on. That is what a plan is for.")


def goals_in_words(sheet: PlanSheet) -> str:
    return "; ".join(goal_in_words(sheet, one) for one in sheet.goals_chosen)


def goal_choices() -> list[tuple[str, Text]]:
    return list(GOALS.items())


def goals_to_serve(sheet: PlanSheet) -> list[tuple[str, Text]]:
    """For a step: which of the goals it serves; nothing to choose where there is but one."""
    return [(one, goal_in_words(sheet, one)) for one in sheet.goals_chosen]


def need_choices(current: str) -> list[Choice]:
    return [Choice(need, text) for need, text in NEEDS.items() if need != current]


def skipped_of(plan: OpenPlan) -> list[Task]:
    return [Task(title_of(one), address_of_step(plan, one)) for one in plan.sheet.skipped]


def ways_of(plan: OpenPlan) -> list[Task]:
    """Where either of the two may go from the plan."""
    here = [plan.row.pk]
    ways = []
    if rules.can_add(plan.sheet):
        ways += [
            Task(_("Choose another step"), reverse("plan_choose", args=here), hint=_("Small ones that others use too")),
            Task(_("Write a step of your own"), reverse("plan_write", args=here), hint=_("Ten minutes or less")),
        ]
    return ways


def ways_of_leader(plan: OpenPlan, note: WeeklyNote | None, mentors: list[Mentor]) -> list[Task]:
    """What only the one whose plan it is decides."""
    goals = goals_in_words(plan.sheet) or _("Not said yet")
    ways = [
        Task(_("What it is for"), reverse("plan_goals"), hint=goals),
        Task(_("One note a week"), reverse("plan_note"), hint=note_in_words(note)),
    ]
    if plan.is_the_pairs and plan.other is not None:
        seen = _("%(name)s reads it and may suggest steps") % {"name": plan.other.name}
        ways.append(Task(_("Who sees it"), reverse("plan_share"), hint=seen))
    elif mentors:
        ways.append(
            Task(
                _("Who sees it"), reverse("plan_share"), hint=_("You alone. You can share it and work on it together.")
            )
        )
    ways += [
        Task(_("What would help, and what changed it"), reverse("plan_changes")),
        Task(_("Pause"), reverse("plan_pause"), hint=_("Leave, elections, year end")),
        Task(_("Delete the plan"), reverse("plan_delete")),
    ]
    return ways


def paused_in_words(plan: OpenPlan) -> str:
    return pause_in_words(plan.row)


def who_reads(plan: OpenPlan) -> str:
    if plan.is_the_pairs and plan.other is not None:
        return _("Readable by you and %(name)s only.") % {"name": plan.other.name}
    return _("Readable by you only.")


def page_title(plan: OpenPlan) -> str:
    if plan.side == "leader" or plan.other is None:
        return _("Your plan")
    return _("The plan of %(name)s and you") % {"name": plan.other.name}


@dataclass(frozen=True)
class PlanAtAGlance:
    """What home says of a plan, somebody's own or the one they read as a mentor.

    `shut`: this device does not open it; then there is nothing else.
    """

    title: str
    address: str
    shut: bool = False
    next: Next | None = None
    nothing_today: str = ""
    paused: str = ""
    look: Look | None = None
    waits: list[Task] = field(default_factory=list)  # what was asked, and when its leader looks for answers
    rail: list[Step] = field(default_factory=list)
    parts_done: frozenset[tuple[str, str]] = frozenset()  # walk-through and part that its done steps opened


def at_a_glance(plan: OpenPlan | None) -> PlanAtAGlance:
    if plan is None or plan.shut:
        return PlanAtAGlance(_("Your plan"), reverse("plan"), shut=True)
    return PlanAtAGlance(
        page_title(plan),
        plan.address,
        next=next_of(plan, title_on_home),
        nothing_today=nothing_today_in_words(plan),
        paused=paused_in_words(plan),
        look=look_of(plan),
        waits=waits_of(plan),
        rail=rail_of(plan, short=True),
        parts_done=_parts_done(plan),
    )


def _parts_done(plan: OpenPlan) -> frozenset[tuple[str, str]]:
    texts = step_pack().texts
    opened = (texts[one.step] for one in plan.sheet.done if one.step in texts)
    return frozenset((one.opens, one.part) for one in opened if one.part)


@dataclass(frozen=True)
class Look:
    """A step that asked somebody, on the day to look for answers; one tap says what there is."""

    title: str
    href: str
    taps: list[Choice]
    asked: str = ""  # in own words


def look_of(plan: OpenPlan) -> Look | None:
    item = plan.sheet.to_look_at(clock.today())
    if item is None:
        return None
    return Look(title_of(item), address_of_step(plan, item), answers_to_tap(), asked_in_words(plan, item))


def asked_in_words(plan: OpenPlan, item: Item) -> str:
    """What the leader typed of a step that asked somebody, in short; empty where nothing was."""
    alone = alone_beside(plan.row, plan.vault).lines if rules.is_leaders(plan.side) else {}
    return in_short(item.line or alone.get(item.id, ""))


def waits_of(plan: OpenPlan) -> list[Task]:
    """The steps that asked somebody, before the day to look for answers."""
    waiting = [one for one in plan.sheet.done if one.looks_on is not None and one.looks_on > clock.today()]
    return [
        Task(
            asked_in_words(plan, one) or title_of(one),
            address_of_step(plan, one),
            hint=_("Asked. You look for answers on %(day)s.") % {"day": day},
        )
        for one in waiting
        if one.looks_on and (day := day_in_words(one.looks_on))
    ]


def answers_to_tap() -> list[Choice]:
    return [
        Choice("came", _("Answers came")),
        Choice("none_yet", _("None yet")),
        Choice("leave", _("Not for me"), _("Nothing like it is suggested again")),
    ]


@dataclass(frozen=True)
class Next:
    """The one next step."""

    title: str
    minutes: str
    goal: str
    href: str


def next_of(plan: OpenPlan, titled: Callable[[Item], str] = title_of) -> Next | None:
    item = plan.sheet.next_on(clock.today())
    if item is None:
        return None
    text = text_of(plan.sheet, item)
    return Next(titled(item), text.minutes, text.goal, address_of_step(plan, item))
