"""Where the patterns of taking part are parted, as an installation sets it.

HANDRAIL_PATTERNS="acts_a_fortnight=1 much_more=2 sharpness=4" (the defaults); what is not named keeps its default.
"""

import os
from dataclasses import fields, replace

from handrail.engines.participation.patterns import Cuts

SETTING = "HANDRAIL_PATTERNS"


class UnknownCuts(ValueError):
    """The setting cannot be read; the message says how to write it."""


def cuts_for(setting: str | None = None) -> Cuts:
    """The cut-offs that are set."""
    chosen = setting if setting is not None else os.environ.get(SETTING, "")
    given: dict[str, float] = {}
    for part in chosen.split():
        name, _, value = part.partition("=")
        try:
            given[name] = float(value)
        except ValueError as error:
            raise UnknownCuts(_wrong(chosen)) from error
    known = {field.name for field in fields(Cuts)}
    positive = all(0 < value < 1_000 for value in given.values()) and given.get("much_more", 2) > 1
    if set(given) - known or not positive:
        raise UnknownCuts(_wrong(chosen))
    return replace(Cuts(), **given)


def _wrong(chosen: str) -> str:
    return (
        f"{SETTING}={chosen!r} cannot be read. Write it as “acts_a_fortnight=1 much_more=2 sharpness=4”: numbers above "
        "0, and much_more above 1."
    )
