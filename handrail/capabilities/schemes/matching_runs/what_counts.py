"""What can count for a pair, and what can rule it out: each a plain sentence and what the engine makes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from handrail.design.parts import Text

WEIGHTS = (0, 2, 5, 10)  # points: does not count, a little, counts, counts most
LEVELS = (0, 1, 2, 3, 4)
DEFAULT_LEVELS = 2
DOUBT = 10  # points that a line costs where it is not known, or cannot be avoided
PREFERENCE = "preference"
LINE = "line"
# What a search does one after the other; the middle ones are the engine's levels, by its own names.
STAGES = ("possible pairs", "most pairs", "best worst-off", "highest total", "why", "written")


@dataclass(frozen=True)
class Counting:
    """A criterion. `reason` is said of a pair, with the words the two share where there are any."""

    key: str
    sentence: Text
    test: str
    weight: int
    most: int = 0


@dataclass(frozen=True)
class Ruling:
    """A rule that a switch turns on. `forbids` says of a pair why it may not be."""

    key: str
    sentence: Text
    kind: str
    forbids: Text
    on: bool = True


CRITERIA = (
    Counting("themes", _("The mentor can help with what the leader asks for"), "shared", 3),
    Counting("channels", _("The mentor knows the channels the leader wants to understand"), "shared", 2),
    Counting("times", _("They have several times in common"), "shared", 1, most=3),
    Counting("place", _("They work in the same place"), "same", 1),
    Counting("unit", _("They come from different parts of the organisation"), "different", 1),
    Counting("waited", _("Whoever went without last time comes first"), "waited", 3),
)
RULES = (
    Ruling(LINE, _("Nobody mentors in their own reporting line"), "line", _("one stands above the other")),
    Ruling("team", _("Nobody mentors in their own team"), "not_same", _("they are in the same team")),
    Ruling("languages", _("They need a language in common"), "share", _("they have no language in common")),
    Ruling("times", _("They need a time of the week in common"), "share", _("they have no time in common")),
    Ruling(
        "meeting",
        _("They need a way to meet: the same place, or both by video or telephone"),
        "share",
        _("they have no way to meet"),
    ),
)
# Always kept, never counted, never suggested for relaxing: whose preference it is is shown to nobody.
PREFERENCES = Ruling(
    PREFERENCE, _("What people said they would rather not"), "unwanted", _("ruled out by a preference")
)
EVERY_RULE = (*RULES, PREFERENCES)
RULE_OF = {rule.key: rule for rule in EVERY_RULE}
CRITERION_OF = {criterion.key: criterion for criterion in CRITERIA}


@dataclass(frozen=True)
class WhatCounts:
    """What a coordinator set: a weight (0 to 3) for each criterion, a switch for each rule, a line's levels."""

    weights: Mapping[str, int]
    rules: Mapping[str, bool]
    levels: int = DEFAULT_LEVELS

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any]) -> "WhatCounts":
        weights, rules = settings.get("weights", {}), settings.get("rules", {})
        return cls(
            {one.key: int(weights.get(one.key, one.weight)) for one in CRITERIA},
            {one.key: bool(rules.get(one.key, one.on)) for one in RULES},
            int(settings.get("levels", DEFAULT_LEVELS)),
        )

    def as_settings(self) -> dict[str, Any]:
        return {"weights": dict(self.weights), "rules": dict(self.rules), "levels": self.levels}
