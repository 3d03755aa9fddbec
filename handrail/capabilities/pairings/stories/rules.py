"""When a scheme is small, and what a story may be."""

import re

from django.utils.translation import gettext as _

from handrail.foundation.access.refusal import Refused

SMALL = 12  # people: below that, figures about groups hide everything or tell everything
MOST_SENTENCES = 2
END = re.compile(r"[.!?…]+[”’\"')]*(?=\s|$)")


def is_small(people: int) -> bool:
    return people <= SMALL


def sentences_in(text: str) -> int:
    """How many sentences; what stands after the last full stop counts as one."""
    parts = [part for part in END.split(text.strip()) if part.strip(" \"'”’)")]
    return len(parts)


def check_story(text: str) -> None:
    if sentences_in(text) > MOST_SENTENCES:
        raise Refused(_("Two sentences at most. Which two matter most?"))


def can_be_story(text: str) -> bool:
    return sentences_in(text) <= MOST_SENTENCES
