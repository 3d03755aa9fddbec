"""Worries, walk-throughs and marks in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from handrail.capabilities.starting_point.conversation.presenters.result import StepCard, step_card
from handrail.capabilities.starting_point.queries import Mentor, SharedSection, step_pack
from handrail.capabilities.starting_point.walkthroughs import rules
from handrail.capabilities.starting_point.walkthroughs.pack import walkthrough_pack
from handrail.capabilities.starting_point.walkthroughs.rules import ALSO_OPEN
from handrail.capabilities.starting_point.walkthroughs.sheet import DONE, NOT_DONE, NOT_FOR_ME, MarkSheet
from handrail.design.parts import Choice, Task, Text
from handrail.formats.walkthroughs import NETWORKS, Item, WalkThrough

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
    "abuse": lazy("Unkind messages"),
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
    """What one worry is about, and the walk-throughs, or the step, that answer it."""

    topic: Text
    tasks: list[Task]
    step: StepCard | None = None


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


def worry_lists(sheet: MarkSheet, told: Sequence[str]) -> list[Worry]:
    """What each worry is about, with its walk-throughs; first those that the leader told."""
    ordered = sorted(TOPICS, key=lambda worry: worry not in told)
    tasks = {one.id: _task(one, sheet) for one in walkthrough_pack().values()}  # each stands under several worries
    steps = {worry: step_card(step_pack(), step) for worry, step in BY_A_STEP.items() if step in step_pack().texts}
    return [
        Worry(TOPICS[worry], [tasks[one.id] for one in rules.answering(worry)], steps.get(worry)) for worry in ordered
    ]


def _task(walkthrough: WalkThrough, sheet: MarkSheet) -> Task:
    done = rules.number_done(walkthrough, sheet)
    return Task(
        walkthrough.title,
        reverse("walkthrough", args=[walkthrough.id]),
        hint=minutes_in_words(walkthrough, sheet),
        status=done_in_words(done) if done else "",
        done=bool(done),
    )


def minutes_in_words(walkthrough: WalkThrough, sheet: MarkSheet) -> str:
    """How many small things are there for this leader, and their share of the time, to the next five minutes."""
    count = len(rules.items_for(walkthrough, sheet))
    minutes = -(-walkthrough.minutes * count // len(walkthrough.items) // 5) * 5
    small = ngettext("%(count)d small thing", "%(count)d small things", count) % {"count": count}
    return _("%(small)s, about %(minutes)d minutes in all") % {"small": small, "minutes": minutes}


def done_in_words(number: int) -> str:
    return ngettext("%(number)d done", "%(number)d done", number) % {"number": number}


def latest_of(sheet: MarkSheet) -> tuple[WalkThrough, Item] | None:
    """Where the leader may go on: the next open item of the walk-through they marked last."""
    walkthrough = walkthrough_pack().get(sheet.latest)
    item = rules.item_after(walkthrough, sheet) if walkthrough else None
    return (walkthrough, item) if walkthrough and item else None


def item_tasks(walkthrough: WalkThrough, sheet: MarkSheet) -> list[Task]:
    return [
        Task(
            item.title,
            reverse("walkthrough_item", args=[walkthrough.id, item.id]),
            status=MARK_WORDS.get(sheet.mark_of(walkthrough.id, item.id), ""),
            done=sheet.mark_of(walkthrough.id, item.id) == DONE,
        )
        for item in rules.items_for(walkthrough, sheet)
    ]


def other_parts(walkthrough: WalkThrough, sheet: MarkSheet, item: Item) -> list[Task]:
    """The rest of the walk-through, for whoever wants more than this one part."""
    here = reverse("walkthrough_item", args=[walkthrough.id, item.id])
    return [task for task in item_tasks(walkthrough, sheet) if task.href != here]


def marks_to_tap(mark: str) -> list[Choice]:
    """Three taps; what was tapped before says so."""
    return [Choice(one, words, _("Your mark so far") if one == mark else "") for one, words in MARK_WORDS.items()]


def place_in_words(walkthrough: WalkThrough, sheet: MarkSheet, item: Item) -> str:
    """Where in the walk-through one is; empty for an item that is not among one's own."""
    items = rules.items_for(walkthrough, sheet)
    if item not in items:
        return ""
    return _("%(number)d of %(all)d") % {"number": items.index(item) + 1, "all": len(items)}


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
    return [OnPaper(item.title, harmless(item.html), cases_of(item)) for item in walkthrough.items]


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
                if (mark := sheet.mark_of(one.id, item.id)) in shown
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
    if any(mark != DONE for one in begun for mark in sheet.marks[one.id].values()):
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
