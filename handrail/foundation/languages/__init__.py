"""Which language a page or a message is in.

The settings offer languages (`LANGUAGES`), and name the parts of the program that are ready for each (`SPOKEN`). A page
or message of any other part is in English as a whole: half-translated is worse than not translated. A test sees to it
that whatever a ready part can show has its words.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.utils import translation

SOURCE = "en"  # the language that the program is written in


def speaks(language: str, module: str) -> bool:
    """Whether pages and messages of this module are ready for this language."""
    if language.partition("-")[0] == SOURCE:
        return True
    parts = settings.SPOKEN.get(language, ())
    return any(module == part or module.startswith(f"{part}.") for part in parts)


def language_of(account: Any) -> str:
    """The language to write to somebody in: what they chose, else the installation's. `account` may be None."""
    chosen = str(getattr(account, "language", ""))
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


@contextmanager
def in_language_of(account: Any, module: str) -> Iterator[str]:
    """While a message to somebody is written: in their language, if the module that writes it is ready for it."""
    language = language_of(account)
    with translation.override(language if speaks(language, module) else SOURCE):
        yield translation.get_language() or SOURCE
