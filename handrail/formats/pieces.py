"""Pieces of open content: Markdown with front matter, read and made safe for a page."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import frontmatter
import markdown
import nh3
import yaml

TAGS = {"a", "blockquote", "code", "em", "h2", "h3", "li", "ol", "p", "strong", "ul"}
LINKS = {"http", "https", "mailto"}


@dataclass(frozen=True)
class Piece:
    """One piece: what its front matter says, and its text, also as harmless HTML (headings from h2 down)."""

    id: str
    title: str
    facts: dict[str, Any]
    html: str
    text: str


class FaultyPiece(Exception):
    """A piece that cannot be read; names the file and says what is missing."""


def read_piece(path: Path) -> Piece:
    """The piece in this file. Raises FaultyPiece when it cannot be read or has no id or title."""
    try:
        post = frontmatter.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise FaultyPiece(f"{path.name}: cannot be read ({type(error).__name__}).") from error
    facts = dict(post.metadata)
    for name in ("id", "title"):
        if not isinstance(facts.get(name), str) or not facts[name]:
            raise FaultyPiece(f"{path.name}: “{name}” is missing from the lines between the dashes.")
    return Piece(facts["id"], facts["title"], facts, harmless_html(post.content), post.content)


def harmless_html(text: str) -> str:
    """Markdown as HTML that can do nothing but be read."""
    return nh3.clean(markdown.markdown(text), tags=TAGS, url_schemes=LINKS, link_rel="noopener")
