"""Walk-throughs: one Markdown file each, read strictly. docs/reference/walkthroughs.md describes the format."""

import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from handrail.formats.pages import ID, Page, nearest, open_page, read_each
from handrail.formats.pieces import FaultyPiece, harmless_html

WORRIES = ("security", "reputation", "abuse", "family", "looking_foolish", "time")
NETWORKS = ("linkedin", "facebook", "instagram", "whatsapp", "x", "bluesky", "mastodon", "tiktok")
REQUIRED = ("id", "title", "worries", "checked_on", "licence", "pass_on", "sources")
KNOWN = (*REQUIRED, "in_order")
LONGEST = 5  # minutes, one item
FEWEST = 3  # items
LAST = "If you get stuck"
THEN = "Then"
SEES = "You see: "
HEADING = re.compile(r"(?P<title>[^{}]+?)\s*(?:\{(?P<about>[^{}]*)\})?\s*")
ACTION = re.compile(r"^- (.+(?:\n {2}.+)*)", re.MULTILINE)
NAMED = re.compile(r"\*\*(.+?)\*\*")


@dataclass(frozen=True)
class Source:
    """Where what a walk-through says can be checked."""

    title: str
    address: str


@dataclass(frozen=True)
class Action:
    """One thing to do: on a phone, one screen. `sees`: what is there then; `names`: what to look for, word by word."""

    html: str
    sees: str = ""
    names: tuple[str, ...] = ()

    @property
    def is_looked_for(self) -> bool:
        """Whether it is to be found by its name, and so may not be there; else it fits somebody or does not."""
        return bool(self.names)


@dataclass(frozen=True)
class Fold:
    """What one case needs, under its own heading. `asks_again`: it only helps to tell which case it is."""

    id: str
    title: str
    html: str
    actions: tuple[Action, ...] = ()
    asks_again: bool = False


@dataclass(frozen=True)
class Item:
    """One small thing to do, two to five minutes long. With `networks` it is for whoever uses one of them.

    `home`: the walk-through where it is written; others may have it too. `lead`: what stands before the first thing to
    do. `folds`: where it differs from case to case; `then`: what follows in every case. `html` and `then_html` hold
    what stands before and after the cases.
    """

    id: str
    home: str
    title: str
    html: str
    minutes: int = 0
    networks: tuple[str, ...] = ()
    lead: str = ""
    actions: tuple[Action, ...] = ()
    folds: tuple[Fold, ...] = ()
    then: tuple[Action, ...] = ()
    then_html: str = ""


@dataclass(frozen=True)
class WalkThrough:
    """A walk-through: its front matter, what stands before the first item, the items, and what helps when stuck.

    `in_order`: something has happened, and one item follows on another; else each stands alone.
    """

    id: str
    title: str
    worries: tuple[str, ...]
    checked_on: date
    to_team: str
    to_family: str
    sources: tuple[Source, ...]
    about_html: str
    items: tuple[Item, ...]
    stuck_html: str
    in_order: bool = False


class FaultyWalkThroughs(FaultyPiece):
    """A folder with faults; `faults` has one sentence for each, naming file and line."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def read_walkthroughs(folder: Path) -> tuple[WalkThrough, ...]:
    """Every walk-through in this folder, by id. Raises FaultyWalkThroughs with all faults of all files at once."""
    found, faults = read_each(folder, read_walkthrough)
    written = {(one.id, item.id): item for one in found for item in one.items if item.home == one.id}
    faults += [
        f"{one.id}.md: “{item.title}” is not written under “{item.home}#{item.id}” with just this heading."
        for one in found
        for item in one.items
        if not _is_there(item, written)
    ]
    if faults:
        raise FaultyWalkThroughs(faults)
    whole = [replace(one, items=tuple(written[item.home, item.id] for item in one.items)) for one in found]
    return tuple(sorted(whole, key=lambda one: one.id))


def _is_there(item: Item, written: dict[tuple[str, str], Item]) -> bool:
    there = written.get((item.home, item.id))
    return there is not None and there.title == item.title


def read_walkthrough(path: Path) -> WalkThrough:
    """The walk-through in this file. Raises FaultyPiece, naming the file and the line of the first fault.

    An item that is written elsewhere has its heading only: `read_walkthroughs` puts the whole of it in.
    """
    page = open_page(path, known=KNOWN, required=REQUIRED)
    facts = page.piece.facts
    if type(facts["checked_on"]) is not date:
        page.fault("checked_on", "“checked_on” should be a day, as in 2026-11-22")
    if type(facts.get("in_order", True)) is not bool:
        page.fault("in_order", "“in_order” is true or false: true where one item should follow on another")
    about, items, stuck = _items(page)
    to_team, to_family = _pass_on(page)
    return WalkThrough(
        id=page.piece.id,
        title=page.piece.title,
        worries=page.words("worries", WORRIES),
        checked_on=facts["checked_on"],
        to_team=to_team,
        to_family=to_family,
        sources=tuple(_source(page, one) for one in _list(page, "sources")),
        about_html=about,
        items=items,
        stuck_html=stuck,
        in_order=facts.get("in_order", False),
    )


def _list(page: Page, key: str) -> list[Any]:
    given = page.piece.facts[key]
    if not isinstance(given, list) or not given:
        page.fault(key, f"“{key}” should be a list with at least one entry")
    return given


def _source(page: Page, given: Any) -> Source:
    if not isinstance(given, dict) or set(given) != {"title", "address"}:
        page.fault("sources", "each source has a “title” and an “address”, and nothing else")
    title, address = given["title"], given["address"]
    if not isinstance(title, str) or not isinstance(address, str) or not address.startswith("https://"):
        page.fault("sources", "a source's title is text, and its address begins with “https://”")
    return Source(title, address)


def _pass_on(page: Page) -> tuple[str, str]:
    """The sentences that a leader may pass on: to the team, to the family. One of the two is enough."""
    given = page.piece.facts["pass_on"]
    if not isinstance(given, dict) or not given or set(given) - {"team", "family"}:
        page.fault("pass_on", "“pass_on” has a sentence under “team”, under “family”, or both")
    if not all(isinstance(one, str) and one.strip() for one in given.values()):
        page.fault("pass_on", "what to pass on should be one sentence of text")
    return str(given.get("team", "")), str(given.get("family", ""))


def _items(page: Page) -> tuple[str, tuple[Item, ...], str]:
    """What stands before the first heading, an item for each heading, and what stands under the last."""
    parts = re.split(r"^## (.*)$", page.piece.text, flags=re.MULTILINE)
    about, headings, texts = parts[0].strip(), parts[1::2], [text.strip() for text in parts[2::2]]
    lines = [number for number, line in enumerate(page.lines, 1) if line.startswith("## ")]
    if not about:
        raise FaultyPiece(f"{page.name}: a few sentences should stand before the first heading.")
    if not headings or headings[-1].strip() != LAST:
        raise FaultyPiece(f"{page.name}, line {len(page.lines)}: the last heading should be “## {LAST}”.")
    if len(headings) <= FEWEST:
        raise FaultyPiece(f"{page.name}: a walk-through has at least {FEWEST} headings before the last.")
    items = tuple(
        _item(page, heading, text, line)
        for heading, text, line in zip(headings[:-1], texts[:-1], lines[:-1], strict=True)
    )
    if not texts[-1]:
        raise FaultyPiece(f"{page.name}, line {lines[-1]}: there is no text under this heading.")
    ids = [item.id for item in items]
    for one, line in zip(ids, lines, strict=False):
        if ids.count(one) > 1:
            raise FaultyPiece(
                f"{page.name}, line {line}: “{one}” names two headings; give one of them its own {{#id}}."
            )
    return harmless_html(about), items, harmless_html(texts[-1])


@dataclass
class _About:
    """What the braces of a heading say."""

    id: str
    home: str
    minutes: int = 0
    networks: tuple[str, ...] = ()


def _item(page: Page, heading: str, text: str, line: int) -> Item:
    """`## Choose what X shows {#x for=x minutes=3}`; for one that is written elsewhere, `{same=its-home#its-id}`."""
    name = page.name
    found = HEADING.fullmatch(heading)
    if found is None:
        raise FaultyPiece(f"{name}, line {line}: braces in a heading stand once, at its end: “{{#id minutes=3}}”.")
    title = found["title"]
    about = _about(page, title, found["about"] or "", line)
    if about.home != page.piece.id:
        if text:
            raise FaultyPiece(f"{name}, line {line}: this stands under “{about.home}”: leave its text there.")
        return Item(about.id, about.home, title, "")
    if not text:
        raise FaultyPiece(f"{name}, line {line}: there is no text under this heading.")
    if not 1 <= about.minutes <= LONGEST:
        raise FaultyPiece(f"{name}, line {line}: say how long it takes, from 1 to {LONGEST}: “{{minutes=3}}”.")
    before, folds, after = _folds(name, text, line)
    actions, then = _actions(before), _actions(after)
    if not (actions or folds):
        raise FaultyPiece(f"{name}, line {line}: there should be something to do under this heading: “- Look for …”.")
    return Item(
        id=about.id,
        home=about.home,
        title=title,
        html=harmless_html(before),
        minutes=about.minutes,
        networks=about.networks,
        lead=harmless_html(ACTION.sub("", before).strip()),
        actions=actions,
        folds=folds,
        then=then,
        then_html=harmless_html(after),
    )


def _about(page: Page, title: str, braces: str, line: int) -> _About:
    about = _About(_id_of(title), page.piece.id)
    for word in braces.split():
        key, _equals, value = word.partition("=")
        if word.startswith("#") and ID.fullmatch(word[1:]):
            about.id = word[1:]
        elif key == "for" and value:
            about.networks = tuple(value.split(","))
        elif key == "minutes" and re.fullmatch(r"[0-9]{1,3}", value):
            about.minutes = int(value)
        elif key == "same" and re.fullmatch(rf"{ID.pattern}#{ID.pattern}", value):
            about.home, _hash, about.id = value.partition("#")
        else:
            known = "“#id”, “minutes=3”, “for=network” or “same=walk-through#id”"
            raise FaultyPiece(f"{page.name}, line {line}: “{word}” is not known in braces; write {known}.")
    for network in about.networks:
        if network not in NETWORKS:
            near = nearest(network, NETWORKS)
            raise FaultyPiece(f"{page.name}, line {line}: “{network}” is no network known here{near}.")
    return about


def _id_of(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")


def _actions(text: str) -> tuple[Action, ...]:
    """Each line of the list is one thing to do; a line under it may say what one sees then."""
    made = []
    for one in ACTION.findall(text):
        does, _mark, sees = re.sub(r"\n {2}", "\n", one).partition(f"\n{SEES}")
        made.append(Action(harmless_html(does), harmless_html(sees), tuple(NAMED.findall(does))))
    return tuple(made)


def _folds(name: str, text: str, line: int) -> tuple[str, tuple[Fold, ...], str]:
    """What stands before the first `### Case`; a fold for each; and what stands under `### Then`, for all of them."""
    before, *parts = re.split(r"^### (.*)$", text, flags=re.MULTILINE)
    after = ""
    if len(parts) > 1 and parts[-2].strip() == THEN:
        *parts, _then, after = parts
    if parts and not before.strip():
        raise FaultyPiece(f"{name}, line {line}: a line should stand before the first “###”: what is asked there.")
    folds = tuple(_fold(title, case) for title, case in zip(parts[::2], parts[1::2], strict=True))
    for one in folds:
        if not one.title or not one.actions:
            raise FaultyPiece(f"{name}, line {line}: each “###” under this heading needs words, and something to do.")
    if len({one.id for one in folds}) < len(folds):
        raise FaultyPiece(f"{name}, line {line}: two “###” under this heading have the same words.")
    return before, folds, after


def _fold(title: str, text: str) -> Fold:
    """`### I am not sure {again}`: whoever has read it chooses once more."""
    words = title.strip().removesuffix("{again}").strip()
    return Fold(_id_of(words), words, harmless_html(text), _actions(text), asks_again=words != title.strip())
