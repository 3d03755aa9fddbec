"""The gallery's components: read from their folders.

`components/NAME/examples.html` begins with `{# about: … #}`; each example starts with a line `{# Its heading #}`.
"""

import re
from dataclasses import dataclass
from functools import cache

from handrail.design.markup import COMPONENTS

ABOUT = re.compile(r"\A\{# about: (.+?) #\}\n", re.DOTALL)
HEADING = re.compile(r"^\{# (.+?) #\}\n", re.MULTILINE)


@dataclass(frozen=True)
class Example:
    heading: str
    source: str


@dataclass(frozen=True)
class Component:
    name: str
    about: str
    examples: tuple[Example, ...]

    @property
    def title(self) -> str:
        return self.name.replace("_", " ").capitalize()


@cache
def components() -> dict[str, Component]:
    """Every component that has examples, by name."""
    found = {}
    for path in sorted(COMPONENTS.glob("*/examples.html")):
        text = path.read_text(encoding="utf-8")
        about = ABOUT.match(text)
        if about is None:
            raise ValueError(f"{path}, line 1: begin with {{# about: what it is for #}}")
        pieces = HEADING.split(text[about.end() :])[1:]
        examples = tuple(
            Example(heading, source.strip()) for heading, source in zip(pieces[::2], pieces[1::2], strict=True)
        )
        found[path.parent.name] = Component(path.parent.name, about[1], examples)
    return found
