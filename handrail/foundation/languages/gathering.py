"""Finds the words that go through gettext, in Python files and templates, and words in templates that do not.

For script/words and the tests; nothing of it runs while pages are served. Python is read as a syntax tree, so that an
alias (`gettext_lazy as lazy`) and a string in several pieces are seen for what they are; templates as Django's own
tokens.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from django.template.base import Lexer, TokenType
from django.utils.translation import trim_whitespace

# The places of the message, its plural and its context among the arguments.
FUNCTIONS: dict[str, tuple[int, int | None, int | None]] = {
    "gettext": (0, None, None),
    "gettext_lazy": (0, None, None),
    "gettext_noop": (0, None, None),
    "ngettext": (0, 1, None),
    "ngettext_lazy": (0, 1, None),
    "pgettext": (1, None, 0),
    "pgettext_lazy": (1, None, 0),
    "npgettext": (1, 2, 0),
    "npgettext_lazy": (1, 2, 0),
}
TEXT = r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'"
TRANSLATE = re.compile(rf"(?:trans|translate)\s+({TEXT})(?:.*?\bcontext\s+({TEXT}))?")
IN_TAG = re.compile(rf"\b_\(({TEXT})\)")
BLOCK = re.compile(r"(?:blocktrans|blocktranslate)\b(.*)", re.DOTALL)
BLOCK_CONTEXT = re.compile(rf"\bcontext\s+({TEXT})")
END_BLOCK = ("endblocktrans", "endblocktranslate")
LETTERS = re.compile(r"[^\W\d_]{2,}")
SPOKEN_ATTRIBUTES = {"alt", "aria-label", "placeholder", "title"}
SAME_EVERYWHERE = {"Handrail"}


@dataclass(frozen=True)
class Word:
    """One message: what is looked up in a catalogue, and where it stands."""

    text: str
    plural: str
    context: str
    path: Path
    line: int

    @property
    def key(self) -> tuple[str, str]:
        return self.context, self.text


class NotConstant(Exception):
    """A message that is put together while the program runs: no catalogue can hold it."""


def words_in(paths: Iterable[Path]) -> list[Word]:
    """Every message of these files."""
    found: list[Word] = []
    for path in paths:
        text = path.read_text(encoding="utf-8")
        found += words_of_python(text, path) if path.suffix == ".py" else words_of_template(text, path)
    return found


def source_files(folder: Path) -> list[Path]:
    """The files below this folder that may hold messages, in a fixed order."""
    kinds = {".py", ".html", ".txt"}
    files = (path for path in folder.rglob("*") if path.suffix in kinds and "migrations" not in path.parts)
    return sorted(path for path in files if path.suffix != ".txt" or "templates" in path.parts)


def words_of_python(text: str, path: Path) -> Iterator[Word]:
    tree = ast.parse(text)
    known = dict(_names_for_gettext(tree))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if isinstance(node.func, ast.Attribute) and node.func.attr in FUNCTIONS:
            name = node.func.attr
        places = FUNCTIONS.get(known.get(name, ""))
        if places is None:
            continue
        message, plural, context = (_constant(node, place, path) for place in places)
        if message:
            yield Word(message, plural, context, path, node.lineno)


def _names_for_gettext(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Under which name this file calls each function of gettext."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            for one in node.names:
                if one.name in FUNCTIONS:
                    yield one.asname or one.name, one.name


def _constant(node: ast.Call, place: int | None, path: Path) -> str:
    if place is None:
        return ""
    value = node.args[place]
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return value.value
    if isinstance(value, ast.JoinedStr | ast.BinOp):
        raise NotConstant(f"{path}, line {node.lineno}: this message is put together; mark constant text only.")
    return ""  # a name: what it stands for is marked where it is written


def words_of_template(text: str, path: Path) -> Iterator[Word]:
    tokens = iter(Lexer(text).tokenize())
    for token in tokens:
        if token.token_type not in (TokenType.BLOCK, TokenType.VAR):
            continue
        inside = token.contents
        for marked in IN_TAG.finditer(inside):
            yield Word(_unquoted(marked[1]), "", "", path, token.lineno or 0)
        if token.token_type is TokenType.VAR:
            continue
        if found := TRANSLATE.match(inside):
            context = _unquoted(found[2]) if found[2] else ""
            yield Word(_unquoted(found[1]), "", context, path, token.lineno or 0)
        elif found := BLOCK.match(inside):
            yield _block(found[1], tokens, path, token.lineno or 0)


def _block(options: str, tokens: Iterator, path: Path, line: int) -> Word:  # type: ignore[type-arg]
    """The message between blocktranslate and its end, as Django looks it up."""
    parts: list[list[str]] = [[]]
    for token in tokens:
        if token.token_type is TokenType.BLOCK and token.contents.strip() in END_BLOCK:
            break
        if token.token_type is TokenType.BLOCK:
            parts.append([])  # {% plural %}
        elif token.token_type is TokenType.VAR:
            parts[-1].append(f"%({token.contents})s")
        else:
            parts[-1].append(token.contents.replace("%", "%%"))
    texts = ["".join(part) for part in parts]
    if re.search(r"\btrimmed\b", options):
        texts = [trim_whitespace(text) for text in texts]
    context = BLOCK_CONTEXT.search(options)
    return Word(texts[0], texts[1] if len(texts) > 1 else "", _unquoted(context[1]) if context else "", path, line)


def _unquoted(literal: str) -> str:
    return re.sub(r"\\(.)", r"\1", literal[1:-1])


def words_outside(text: str) -> list[str]:
    """What a template says without gettext: text between tags, and attributes that are read out."""
    bare: list[str] = []
    tokens = iter(Lexer(text).tokenize())
    for token in tokens:
        if token.token_type is TokenType.TEXT:
            bare.append(token.contents)
            continue
        if token.token_type is TokenType.VAR:
            bare.append("\x00")
        if token.token_type is TokenType.BLOCK and token.contents.split()[0] in (
            "comment",
            "blocktrans",
            "blocktranslate",
        ):
            ends = ("endcomment", *END_BLOCK)
            while not (token.token_type is TokenType.BLOCK and token.contents.strip() in ends):
                token = next(tokens)
    reader = _Bare()
    reader.feed("".join(bare))
    reader.close()
    return [said for said in reader.said if LETTERS.search(said) and said not in SAME_EVERYWHERE]


class _Bare(HTMLParser):
    """Text that a reader sees or hears; not what stands in a script or a style."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.mute = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.mute = tag in ("script", "style")
        self.said += [(value or "").strip() for name, value in attrs if name in SPOKEN_ATTRIBUTES]

    def handle_endtag(self, tag: str) -> None:
        self.mute = False

    def handle_data(self, data: str) -> None:
        if not self.mute:
            self.said.append(data.strip(" \n\t\x00·.,:;–-()“”"))
