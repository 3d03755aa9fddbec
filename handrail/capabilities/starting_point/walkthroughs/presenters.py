"""Worries, walk-throughs and marks in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from handrail.capabilities.starting_point.conversation.presenters.result import StepCard, step_card
from handrail.capabilities.starting_point.queries import Mentor, SharedSection, step_pack
from handrail.capabilities.starting_point.walkthroughs import rules
from handrail.capabilities.starting_point.walkthroughs.pack import walkthrough_pack
from handrail.capabilities.starting_point.walkthroughs.rules import ALSO_OPEN
from handrail.capabilities.starting_point.walkthroughs.sheet import (
    DONE,
    NOT_DONE,
    NOT_FOR_ME,
    NOTHING,
    MarkSheet,
    Stand,
)
from handrail.design.parts import Choice, Task, Text
from handrail.formats.walkthroughs import NETWORKS, Item, WalkThrough
from handrail.foundation import clock

if TYPE_CHECKING:
    from datetime import date

MARK_WORDS: dict[str, Text] = {
    DONE: lazy("Done"),
    NOT_DONE: lazy("Not yet"),
    NOT_FOR_ME: lazy("Not for me"),
}
NETWORK_WORDS: dict[str, Text] = {
    "linkedin": "LinkedIn",
    "facebook": "Facebook",
    "instagram": "Instagram",
    "whatsapp": "WhatsApp",
    "x": lazy("X, once Twitter"),
    "bluesky": "Bluesky",
    "mastodon": "Mastodon",
    "tiktok": "TikTok",
}
NONE_OF_THESE = "none"


# What each worry is about, in words that may be read over a shoulder.
TOPICS: dict[str, Text] = {
    "security": lazy("Accounts and passwords"),
    "reputation": lazy("Your name and your words"),
    "abuse": lazy("Abuse and unkind messages"),
    "family": lazy("Family"),
    "looking_foolish": lazy("Asking and learning"),
    "how_i_come_across": lazy("How you come across"),
    "no_answer": lazy("Being answered"),
    "time": lazy("Your time"),
}


# Where no walk-through answers a worry, the one small step that does.
BY_A_STEP = {"how_i_come_across": "read-it-as-a-stranger", "no_answer": "ask-a-question-and-wait"}


@dataclass(frozen=True)
class Worry:
    """What one worry is about, and what answers it: `first`, one short thing; behind one line the rest; or a step."""

    topic: Text
    first: list[Task]
    rest: list[Task]
    step: StepCard | None = None


@dataclass(frozen=True)
class Screen:
    """One thing to do, as large as a phone is. `missing`: where whoever does not find it goes, or whom it does
    not fit; `names`: what to type into a search box."""

    at: int
    place: str
    lead: SafeString
    html: SafeString
    sees: SafeString
    names: tuple[str, ...]
    back: str
    forth: str
    here: str
    missing: str
    is_looked_for: bool


@dataclass(frozen=True)
class Case:
    """What one case of an item needs: folded on a screen, open on paper."""

    title: str
    html: SafeString


@dataclass(frozen=True)
class OnPaper:
    """One item as it is printed. What is safe markup here, the reader of walk-throughs has let through."""

    title: str
    html: SafeString
    cases: list[Case]
    then: SafeString


def worry_lists(sheet: MarkSheet, told: Sequence[str]) -> list[Worry]:
    """What each worry is about, and what answers it; first those that the leader told."""
    ordered = sorted(TOPICS, key=lambda worry: worry not in told)
    tasks = {one.id: _task(one, sheet) for one in walkthrough_pack().values()}  # each stands under several worries
    steps = {worry: step_card(step_pack(), step) for worry, step in BY_A_STEP.items() if step in step_pack().texts}
    return [
        Worry(
            TOPICS[worry],
            _first_of(worry, sheet),
            [tasks[one.id] for one in rules.answering(worry)],
            steps.get(worry),
        )
        for worry in ordered
    ]


def what_may_have_happened() -> list[Choice]:
    return [
        Choice("account", _("Yes, with an account of mine"), _("What to do first")),
        Choice("abuse", _("Yes, abuse or threats"), _("What to do now, and what to leave")),
        Choice(NOTHING, _("No, or not that I know"), _("Then one small thing at a time, as before")),
    ]


def happened_in_words(sheet: MarkSheet) -> str:
    """What was said of it, as it was tapped; empty where nobody was asked."""
    return next((str(one.text) for one in what_may_have_happened() if one.value == sheet.happened), "")


def first_address(sheet: MarkSheet, told: Sequence[str]) -> tuple[str, str]:
    """Where the first small thing for what somebody told is, and its minutes; empty where they told nothing.

    Its name is left out: it would say to a neighbour what was told. What has happened already comes first.
    """
    if found := rules.first_after(sheet.happened, sheet):
        return item_address(*found), minutes_of(found[1])
    for worry in told:
        if found := rules.first_for(worry, sheet):
            return item_address(*found), minutes_of(found[1])
    return "", ""


def _first_of(worry: str, sheet: MarkSheet) -> list[Task]:
    found = rules.first_for(worry, sheet)
    if found is None:
        return []
    walkthrough, item = found
    return [Task(item.title, item_address(walkthrough, item), _status(item, sheet), hint=minutes_of(item))]


def _task(walkthrough: WalkThrough, sheet: MarkSheet) -> Task:
    done, left = rules.number_done(walkthrough, sheet), minutes_in_words(walkthrough, sheet)
    hint = _("%(done)s. %(left)s") % {"done": done_in_words(done), "left": left} if done else left
    return Task(walkthrough.title, reverse("walkthrough", args=[walkthrough.id]), hint=hint)


def minutes_in_words(walkthrough: WalkThrough, sheet: MarkSheet) -> str:
    """How many small things are left for this leader, and what they take together."""
    left = rules.left_of(walkthrough, sheet)
    if not left:
        return _("Nothing is left to do here")
    minutes = sum(item.minutes for item in left)
    small = ngettext("%(count)d small thing", "%(count)d small things", len(left)) % {"count": len(left)}
    if len(left) < len(rules.items_for(walkthrough, sheet)):
        return _("%(small)s left, about %(minutes)d minutes in all") % {"small": small, "minutes": minutes}
    return _("%(small)s, about %(minutes)d minutes in all") % {"small": small, "minutes": minutes}


def minutes_of(item: Item) -> str:
    return ngettext("About %(count)d minute", "About %(count)d minutes", item.minutes) % {"count": item.minutes}


def done_in_words(number: int) -> str:
    return ngettext("%(number)d done", "%(number)d done", number) % {"number": number}


def latest_of(sheet: MarkSheet) -> tuple[WalkThrough, Item] | None:
    """Where the leader may go on: in what they stopped in, else with the next of the walk-through they were in."""
    walkthrough = walkthrough_pack().get(sheet.latest)
    item = rules.next_item(walkthrough, sheet) if walkthrough else None
    return (walkthrough, item) if walkthrough and item else None


def has_stopped(sheet: MarkSheet) -> bool:
    """Whether what is offered next was begun, and waits."""
    latest = latest_of(sheet)
    return latest is not None and sheet.stand_of(latest[1].home, latest[1].id) is not None


def item_address(walkthrough: WalkThrough, item: Item, step: str = "", **query: int) -> str:
    """The page of an item; `step`: the address of the step of a plan that it leads back to."""
    said: dict[str, str | int] = {**({"step": step} if step else {}), **query}
    return reverse("walkthrough_item", args=[walkthrough.id, item.id]) + (f"?{urlencode(said)}" if said else "")


def item_tasks(walkthrough: WalkThrough, sheet: MarkSheet) -> list[Task]:
    return [
        Task(
            item.title,
            item_address(walkthrough, item),
            status=_status(item, sheet),
            done=rules.mark_of(item, sheet) == DONE,
            hint=_hint(item, sheet),
        )
        for item in rules.items_for(walkthrough, sheet)
    ]


def _status(item: Item, sheet: MarkSheet) -> Text:
    mark = rules.mark_of(item, sheet)
    return _("Begun") if not mark and sheet.stand_of(item.home, item.id) else MARK_WORDS.get(mark, "")


def _hint(item: Item, sheet: MarkSheet) -> str:
    """When it was done, wherever that was; else how long it takes."""
    if rules.mark_of(item, sheet) != DONE:
        return minutes_of(item)
    day = day_done(item, sheet)
    return _("Done already, on %(day)s") % {"day": day} if day else ""


def day_done(item: Item, sheet: MarkSheet) -> str:
    """“3 March”; empty for what was marked before days were kept."""
    day = sheet.day_of(item.home, item.id)
    return date_format(day, "j F" if day.year == clock.today().year else "j F Y") if day else ""


def done_in_full(item: Item, sheet: MarkSheet) -> str:
    day = day_done(item, sheet)
    return _("Done, on %(day)s") % {"day": day} if day else _("Done")


def other_parts(walkthrough: WalkThrough, sheet: MarkSheet, item: Item) -> list[Task]:
    """The rest of the walk-through, for whoever wants more than this one part."""
    here = item_address(walkthrough, item)
    return [task for task in item_tasks(walkthrough, sheet) if task.href != here]


def marks_to_tap(mark: str) -> list[Choice]:
    """Three taps; what was tapped before says so."""
    return [Choice(one, words, _("Your mark so far") if one == mark else "") for one, words in MARK_WORDS.items()]


def cases_to_tap(item: Item, chosen: str) -> list[Choice]:
    """Which of its cases somebody has: one tap, and nothing is met of the others."""
    return [Choice(one.id, one.title, _("Chosen so far") if one.id == chosen else "") for one in item.folds]


def screen_of(walkthrough: WalkThrough, item: Item, stand: Stand, at: int, step: str) -> Screen:
    """The thing with this number; back and forth lead over what one has been through."""
    things = rules.things_to_do(item, stand.case)
    one = things[at - 1]
    first = 0 if item.folds else 1
    return Screen(
        at=at,
        place=_("%(number)d of %(all)d") % {"number": at, "all": len(things)},
        lead=harmless(item.lead if at == 1 and not item.folds else ""),
        html=harmless(one.html),
        sees=harmless(one.sees),
        names=one.names,
        back=item_address(walkthrough, item, step, at=at - 1) if at > first else "",
        forth=item_address(walkthrough, item, step, at=at + 1) if at < min(stand.at, len(things)) else "",
        here=item_address(walkthrough, item, step, at=at),
        missing=item_address(walkthrough, item, step, at=at, missing=1),
        is_looked_for=one.is_looked_for,
    )


def network_choices() -> list[tuple[str, Text]]:
    return [(one, NETWORK_WORDS[one]) for one in NETWORKS]


def networks_in_words(sheet: MarkSheet) -> str:
    """The networks that the leader said they use; empty before they were asked."""
    if sheet.networks is None:
        return ""
    return ", ".join(str(NETWORK_WORDS[one]) for one in NETWORKS if one in sheet.networks) or _("None of these")


def harmless(html: str) -> SafeString:
    """Markup that the reader of walk-throughs has let through."""
    return mark_safe(html)  # noqa: S308


def cases_of(item: Item) -> list[Case]:
    return [Case(fold.title, harmless(fold.html)) for fold in item.folds]


def on_paper(walkthrough: WalkThrough) -> list[OnPaper]:
    """All of it, as everybody may read it: no mark, and no network left out."""
    return [
        OnPaper(item.title, harmless(item.html), cases_of(item), harmless(item.then_html)) for item in walkthrough.items
    ]


# --- sharing -------------------------------------------------------------------------------------------------------


def chosen_sections(sheet: MarkSheet, names: Sequence[str]) -> list[SharedSection]:
    """These walk-throughs as the mentor sees them: what is done; with `also_open`, every other mark too."""
    shown = set(MARK_WORDS) if ALSO_OPEN in names else {DONE}
    made = [
        SharedSection(
            one.id,
            one.title,
            [
                (item.title, str(MARK_WORDS[mark]))
                for item in one.items
                if (mark := rules.mark_of(item, sheet)) in shown
            ],
        )
        for one in walkthrough_pack().values()
        if one.id in names
    ]
    return [one for one in made if one.rows]


def choices_to_share(sheet: MarkSheet) -> list[tuple[str, Text]]:
    """The walk-throughs with a mark; and, where one says more than done, whether that is shared as well."""
    begun = [one for one in walkthrough_pack().values() if rules.has_marks(one, sheet)]
    choices: list[tuple[str, Text]] = [(one.id, one.title) for one in begun]
    if any(rules.mark_of(item, sheet) not in ("", DONE) for one in begun for item in one.items):
        choices.append((ALSO_OPEN, _("Also what is not done yet, or not for me")))
    return choices


def names_in_words(names: Sequence[str]) -> str:
    titles = [walkthrough_pack()[name].title for name in names if name in walkthrough_pack()]
    return "; ".join([*titles, *([_("also what is not done yet")] if ALSO_OPEN in names else [])])


def walkthroughs_to_take_back(names: Sequence[str]) -> list[Choice]:
    """Each walk-through that was shared, and all of them at once, as one tap."""
    known = [Choice(name, walkthrough_pack()[name].title) for name in names if name in walkthrough_pack()]
    return [*known, Choice("", _("All of it"))] if len(known) > 1 else known


def names_held(sheet: MarkSheet, mentor: Mentor | None, since: date | None) -> list[str]:
    """What this mentor has; where there is no mentor, what waits for one."""
    if mentor is None:
        return list(sheet.wishes)
    return list(sheet.shown.get(str(mentor.conversation_id), ())) if since else []
