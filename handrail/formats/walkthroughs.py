"""Walk-throughs: one Markdown file each, read strictly. docs/reference/walkthroughs.md describes the format."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from handrail.formats.pages import ID, Page, nearest, open_page, read_each
from handrail.formats.pieces import FaultyPiece, harmless_html

WORRIES = ("security", "reputation", "abuse", "family", "looking_foolish", "time")
NETWORKS = ("linkedin", "facebook", "instagram", "whatsapp", "x", "bluesky", "mastodon", "tiktok")
REQUIRED = ("id", "title", "worries", "minutes", "checked_on", "licence", "pass_on", "sources")
LONGEST = 30  # minutes, all items together
FEWEST = 3  # items
LAST = "If you get stuck"
HEADING = re.compile(r"(?P<title>[^{}]+?)\s*(?:\{(?P<about>[^{}]*)\})?\s*")


@dataclass(frozen=True)
class Source:
    """Where what a walk-through says can be checked."""

    title: str
    address: str


@dataclass(frozen=True)
class Fold:
    """What one case needs, under its own heading: on a screen it opens with one tap, and nothing is told by tapping."""

    title: str
    html: str


@dataclass(frozen=True)
class Item:
    """One small thing to do. With `networks` it is for whoever uses one of them, else for everybody. `folds`: where it
    differs from case to case, each case under `html`."""

    id: str
    title: str
    html: str
    networks: tuple[str, ...] = ()
    folds: tuple[Fold, ...] = ()


@dataclass(frozen=True)
class WalkThrough:
    """A walk-through: its front matter, what stands before the first item, the items, and what helps when stuck."""

    id: str
    title: str
    worries: tuple[str, ...]
    minutes: int
    checked_on: date
    to_team: str
    to_family: str
    sources: tuple[Source, ...]
    about_html: str
    items: tuple[Item, ...]
    stuck_html: str


class FaultyWalkThroughs(FaultyPiece):
    """A folder with faults; `faults` has one sentence for each, naming file and line."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def read_walkthroughs(folder: Path) -> tuple[WalkThrough, ...]:
    """Every walk-through in this folder, by id. Raises FaultyWalkThroughs with all faults of all files at once."""
    found, faults = read_each(folder, read_walkthrough)
    if faults:
        raise FaultyWalkThroughs(faults)
    return tuple(sorted(found, key=lambda one: one.id))


def read_walkthrough(path: Path) -> WalkThrough:
    """The walk-through in this file. Raises FaultyPiece, naming the file and the line of the first fault."""
    page = open_page(path, known=REQUIRED, required=REQUIRED)
    facts = page.piece.facts
    minutes = facts["minutes"]
    if type(minutes) is not int or not 1 <= minutes <= LONGEST:
        page.fault("minutes", f"“minutes” should be a whole number from 1 to {LONGEST}")
    if type(facts["checked_on"]) is not date:
        page.fault("checked_on", "“checked_on” should be a day, as in 2026-11-22")
    about, items, stuck = _items(page)
    to_team, to_family = _pass_on(page)
    return WalkThrough(
        id=page.piece.id,
        title=page.piece.title,
        worries=page.words("worries", WORRIES),
        minutes=minutes,
        checked_on=facts["checked_on"],
        to_team=to_team,
        to_family=to_family,
        sources=tuple(_source(page, one) for one in _list(page, "sources")),
        about_html=about,
        items=items,
        stuck_html=stuck,
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
    for text, line in zip(texts, lines, strict=True):
        if not text:
            raise FaultyPiece(f"{page.name}, line {line}: there is no text under this heading.")
    items = tuple(
        _item(page.name, heading, text, line)
        for heading, text, line in zip(headings[:-1], texts[:-1], lines[:-1], strict=True)
    )
    ids = [item.id for item in items]
    for one, line in zip(ids, lines, strict=False):
        if ids.count(one) > 1:
            raise FaultyPiece(
                f"{page.name}, line {line}: “{one}” names two headings; give one of them its own {{#id}}."
            )
    return harmless_html(about), items, harmless_html(texts[-1])


def _item(name: str, heading: str, text: str, line: int) -> Item:
    """`## Choose what X shows {#x for=x}`: the part in braces may be left out."""
    found = HEADING.fullmatch(heading)
    if found is None:
        raise FaultyPiece(f"{name}, line {line}: braces in a heading stand once, at its end: “{{#id for=network}}”.")
    item_id = re.sub(r"[^a-z0-9]+", "-", found["title"].lower()).strip("-")
    networks: tuple[str, ...] = ()
    for word in (found["about"] or "").split():
        if word.startswith("#") and ID.fullmatch(word[1:]):
            item_id = word[1:]
        elif word.startswith("for="):
            networks = tuple(word[4:].split(","))
        else:
            raise FaultyPiece(f"{name}, line {line}: “{word}” is not known in braces; write “#id” or “for=network”.")
    for network in networks:
        if network not in NETWORKS:
            raise FaultyPiece(f"{name}, line {line}: “{network}” is no network known here{nearest(network, NETWORKS)}.")
    before, folds = _folds(name, text, line)
    return Item(item_id, found["title"], harmless_html(before), networks, folds)


def _folds(name: str, text: str, line: int) -> tuple[str, tuple[Fold, ...]]:
    """What stands before the first `### Case`, and a fold for each."""
    before, *parts = re.split(r"^### (.*)$", text, flags=re.MULTILINE)
    if parts and not before.strip():
        raise FaultyPiece(f"{name}, line {line}: a line should stand before the first “###”: what is asked there.")
    folds = tuple(Fold(title.strip(), harmless_html(case)) for title, case in zip(parts[::2], parts[1::2], strict=True))
    for one in folds:
        if not one.title or not one.html:
            raise FaultyPiece(f"{name}, line {line}: each “###” under this heading needs words, and text under it.")
    return before, folds
