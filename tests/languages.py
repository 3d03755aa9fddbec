"""Finds English on a page that should be in another language, by the program's own messages."""

import re
from functools import cache

from lxml import html
from lxml.html import HtmlElement

from tests.repository.made import script

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}|%s|\n")
EVERYWHERE = {"Handrail"}


@cache
def _english(language: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Whole messages, and pieces of two words or more, that this language says otherwise."""
    words = script("words")
    catalogue = words.catalogue_in(words.po_of(language))
    messages = [one for one in catalogue if one.id and not words.is_missing(one)]
    said = " ".join(text for one in messages for text in _texts(one.string))
    ours = [text for one in messages for text in _texts(one.id) if text not in _texts(one.string)]
    whole = frozenset(text for text in ours if text not in said) - EVERYWHERE
    pieces = {piece.strip(" .,:;?!“”()") for text in ours for piece in PLACEHOLDER.split(text)}
    return whole, tuple(piece for piece in pieces if len(piece.split()) > 1 and len(piece) > 9 and piece not in said)


def _texts(one: str | tuple[str, ...]) -> tuple[str, ...]:
    return one if isinstance(one, tuple) else (one,)


def english_on(page: str, language: str = "fr", typed: frozenset[str] = frozenset()) -> list[str]:
    """What the page still says in English. Left out: what people are called or typed, and parts in another language."""
    whole, pieces = _english(language)
    tree = html.document_fromstring(page)
    if tree.get("lang") != language:
        return [f"the page is in {tree.get('lang')!r}"]
    for part in tree.xpath(f"//*[@lang and not(@lang='{language}')] | //script | //textarea"):
        part.drop_tree()
    texts = [text.strip() for text in _said(tree)]
    everything = " ".join(" ".join(texts).split())
    return [*(text for text in texts if text in whole - typed), *(piece for piece in pieces if piece in everything)]


def _said(tree: HtmlElement) -> list[str]:
    attributes = tree.xpath("//@aria-label | //@title | //@alt | //@placeholder")
    return [str(text) for text in [*tree.xpath("//text()"), *attributes]]
