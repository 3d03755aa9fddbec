"""A page speaks one language. Whatever a part that is ready for a language can show has its words there.

“Can show” is taken widely: every message of every module that the part imports, directly or not, and of every template
that one of these names. A part is made ready by naming it in settings.SPOKEN; others stay in English as a whole.
"""

import ast
import re
from functools import cache
from html import unescape
from pathlib import Path

import frontmatter
import grimp
import pytest
from babel.messages.catalog import Catalog
from django.conf import settings

from handrail.formats.steps import fingerprint, read_translations
from handrail.foundation.languages import SOURCE
from handrail.foundation.languages.gathering import Word, source_files, words_in, words_outside
from tests.repository.made import ROOT, script

PACKAGE = ROOT / "handrail"
STEPS, GUIDES = ROOT / "content" / "steps", ROOT / "content" / "guides"
FRAME = (  # around every page, whatever its part
    "handrail.config.context",
    "handrail.foundation",
    "handrail.design",
)
NO_PAGES = ("urls", "lifecycle", "samples")
GALLERY = ("examples.html", "design/gallery")
SHOWN_GUIDES = ("first-session-", "fits-", "what-can-reach-it", "working-together")  # by parts that are ready
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}|%s")
NOT_FRENCH = re.compile(  # straight apostrophes, English quotes, median points, and marks without their space
    r"['“”·](?!\s)|(?<![\u202f(!?…])[;!?»](?!\w)|«(?!\u202f)|(?<![\u00a0\d]):(?!\d)"
)
NAMED_TEMPLATE = re.compile(r"[\"']([\w/]+\.(?:html|txt))[\"']")
BLANKS = " \n"
OTHERS = [code for code, _name in settings.LANGUAGES if code != SOURCE]
words_tool = script("words")


@cache
def catalogue(language: str) -> Catalog:
    return words_tool.catalogue_in(words_tool.po_of(language))  # type: ignore[no-any-return]


@cache
def all_words() -> tuple[Word, ...]:
    return tuple(words_in(source_files(PACKAGE)))


@cache
def imports() -> grimp.ImportGraph:
    return grimp.build_graph("handrail", exclude_type_checking_imports=True, cache_dir=None)


@cache
def templates() -> dict[str, Path]:
    """Every template by the name it is asked for with."""
    found = [*PACKAGE.rglob("templates/**/*.html"), *PACKAGE.rglob("templates/**/*.txt")]
    return {str(path).rpartition("/templates/")[2]: path for path in found}


def modules_of(part: str) -> set[str]:
    named = {one for one in imports().modules if one == part or one.startswith(f"{part}.")}
    return {one for one in named if one.rpartition(".")[2] not in NO_PAGES}


def files_shown_by(parts: tuple[str, ...]) -> set[Path]:
    """The files whose words these parts can show. Messages out are parts of their own."""
    reached = {one for part in parts for one in modules_of(part)}
    for module in list(reached):
        reached |= {one for one in imports().find_upstream_modules(module) if not one.endswith(".emails")}
    files = {path for module in reached for path in _files_of(module)}
    waiting = [*files, *(path for name, path in templates().items() if PACKAGE / "design" in path.parents)]
    components = (PACKAGE / "design" / "components").rglob("*.html")
    files |= {path for path in [*waiting, *components] if not any(part in str(path) for part in GALLERY)}
    while waiting:
        for name in NAMED_TEMPLATE.findall(waiting.pop().read_text(encoding="utf-8")):
            path = templates().get(name)
            if path is not None and path not in files:
                files.add(path)
                waiting.append(path)
    return files


def _files_of(module: str) -> list[Path]:
    place = ROOT.joinpath(*module.split("."))
    return [path for path in (place.with_suffix(".py"), place / "__init__.py") if path.is_file()]


@pytest.mark.parametrize("language", OTHERS)
def test_what_is_ready_for_a_language_has_its_words(language: str) -> None:
    """If this fails: run script/words, then fill in what it names in django.po (docs/guides/translators.md)."""
    shown = files_shown_by((*FRAME, *settings.SPOKEN[language]))
    assert len(shown) > 200, "the search itself works"
    without = []
    for word in all_words():
        message = catalogue(language).get(word.text, word.context or None)
        if word.path in shown and (message is None or words_tool.is_missing(message)):
            without.append(f"{word.path.relative_to(ROOT)}:{word.line}: {word.text!r}")
    assert without == []


@pytest.mark.parametrize("language", OTHERS)
def test_every_part_that_is_ready_is_there(language: str) -> None:
    parts = [part for part in settings.SPOKEN[language] if part.startswith("handrail.")]
    assert [part for part in parts if part not in imports().modules] == []


@pytest.mark.parametrize("language", OTHERS)
def test_translations_keep_their_placeholders_and_are_looked_at(language: str) -> None:
    faults = []
    for message in catalogue(language):
        if not message.id or words_tool.is_missing(message):
            continue
        originals = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        allowed = [sorted(PLACEHOLDER.findall(one)) for one in originals]
        faults += [f"{one!r}: other placeholders" for one in strings if sorted(PLACEHOLDER.findall(one)) not in allowed]
        if message.fuzzy:
            faults.append(f"{originals[0]!r}: fuzzy")
        faults += [f"{one!r}: blanks" for one in strings if one[0] in BLANKS and originals[0][0] not in BLANKS]
    assert faults == []


def french_texts() -> list[str]:
    """Every text of the catalogue and of the steps, as a reader gets it."""
    strings = [message.string for message in catalogue("fr") if message.id and not words_tool.is_missing(message)]
    words = [one for each in strings for one in (each if isinstance(each, tuple) else (each,))]
    steps = read_translations(STEPS, "fr").values()
    return words + [text for one in steps for text in (one.title, one.why_html, one.how_html, one.worked_html)]


def test_french_is_set_as_french() -> None:
    """Apostrophes, and the narrow space before ; ! ? » and after «, the wider one before a colon."""
    faults = []
    for text in french_texts():
        plain = re.sub(r"https?://\S*|%\(\w+\)[sd]|\{\w+\}|<[^>]*>", "", unescape(text))
        faults += [f"{found[0]!r} in {plain!r}" for found in NOT_FRENCH.finditer(plain)]
    assert faults == []


@pytest.mark.parametrize("language", OTHERS)
def test_every_step_is_translated_from_its_present_text(language: str) -> None:
    """An original that has changed since is named: look its translation over, then put in the new fingerprint."""
    without, older = words_tool.missing_steps(language)
    assert (without, older) == ([], [])


@pytest.mark.parametrize("language", OTHERS)
def test_the_guides_that_pages_show_are_translated_from_their_present_text(language: str) -> None:
    shown = [path for kind in SHOWN_GUIDES for path in sorted(GUIDES.glob(f"{kind}*.md"))]
    assert len(shown) >= 7, "the search itself works"
    pairs = [(path, GUIDES / language / path.name) for path in shown]
    assert [path.stem for path, other in pairs if not other.is_file() or _made_from(other) != fingerprint(path)] == []


def _made_from(path: Path) -> str:
    return str(frontmatter.load(str(path)).metadata["original"])


@pytest.mark.parametrize("language", OTHERS)
def test_a_translated_step_has_as_many_parts_as_its_original(language: str) -> None:
    def shape(path: Path) -> list[str]:
        text = path.read_text(encoding="utf-8").partition("\n---\n")[2]
        return re.findall(r"^(?:## |- |\d+\. )|https?://\S+", text, flags=re.MULTILINE)

    pairs = [(path, STEPS / language / path.name) for path in sorted(STEPS.glob("*.md"))]
    assert [path.stem for path, other in pairs if other.is_file() and shape(path) != shape(other)] == []


def test_no_template_speaks_outside_gettext() -> None:
    spoken = {}
    for path in source_files(PACKAGE):
        if path.suffix != ".py" and not any(part in str(path) for part in GALLERY):
            spoken[str(path.relative_to(ROOT))] = words_outside(path.read_text(encoding="utf-8"))
    assert {name: words for name, words in spoken.items() if words} == {}


def test_no_lazy_message_is_settled_while_a_module_is_read() -> None:
    """`lazy(…) % {…}` outside a function is put into words once, in English, for everybody."""
    for path in source_files(PACKAGE):
        if path.suffix == ".py":
            waiting = list(ast.parse(path.read_text()).body)
            while waiting:
                node = waiting.pop()
                if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod) and isinstance(node.left, ast.Call):
                    assert "lazy" not in ast.unparse(node.left.func), f"{path}, line {node.lineno}"
                if not isinstance(node, ast.FunctionDef | ast.Lambda):
                    waiting += ast.iter_child_nodes(node)


def test_every_message_is_written_in_its_readers_language() -> None:
    """A module that puts messages into the outbox says in whose language."""
    without = []
    for path in sorted((PACKAGE / "capabilities").rglob("*.py")):
        calls = {node.func.id for node in ast.walk(ast.parse(path.read_text())) if _calls_a_name(node)}
        if "queue_message" in calls and "in_language_of" not in calls:
            without.append(str(path.relative_to(ROOT)))
    assert without == []


def _calls_a_name(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
