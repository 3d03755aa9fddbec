"""What can count for a pair, and what can rule it out: each a plain sentence and what the engine makes of it."""

from collections.abc import Mapping
from dataclasses import astuple, dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from handrail.design.parts import Text

WEIGHTS = (0, 2, 5, 10)  # points: does not count, a little, counts, counts most
LEVELS = (0, 1, 2, 3, 4)
DEFAULT_LEVELS = 2
LEASTS = (0, 1, 2)  # leaders that each mentor has at least, and no more than they have room for
NO_LIMIT = -1
MOST_NUMBERS = 6
DOUBT = 10  # points that a line costs where it is not known, or cannot be avoided
PREFERENCE = "preference"
LINE, PARTY, PREPARED, CARE = "line", "party", "prepared", "care"
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
    rare: bool = False  # set on the page of more rules


@dataclass(frozen=True)
class Ruling:
    """A rule that a switch turns on. `forbids` says of a pair why it may not be."""

    key: str
    sentence: Text
    kind: str
    forbids: Text
    on: bool = True
    rare: bool = False  # set on the page of more rules


CRITERIA = (
    Counting("themes", _("The mentor can help with what the leader asks for"), "shared", 3),
    Counting("channels", _("The mentor knows the channels the leader wants to understand"), "shared", 2),
    Counting("times", _("They have several times in common"), "shared", 1, most=3),
    Counting("place", _("They work in the same place"), "same", 1),
    Counting("unit", _("They come from different parts of the organisation"), "different", 1),
    Counting("waited", _("Whoever went without last time comes first"), "waited", 3),
    Counting("leader_wish", _("The leader named the mentor as somebody they would like"), "leader_wish", 2, rare=True),
    Counting("mentor_wish", _("The mentor named the leader as somebody they would like"), "mentor_wish", 2, rare=True),
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
    Ruling(
        PARTY,
        _("Nobody is paired with somebody who sits for another party or group"),
        "not_different",
        _("they sit for different parties or groups"),
        on=False,
        rare=True,
    ),
    Ruling(
        PREPARED,
        _("Only mentors who have got ready: the twenty minutes of preparation"),
        "flag",
        _("the mentor has not finished the preparation"),
        on=False,
        rare=True,
    ),
)
# Always kept, never counted, never suggested for relaxing: whose preference it is is shown to nobody.
PREFERENCES = Ruling(
    PREFERENCE, _("What people said they would rather not"), "unwanted", _("ruled out by a preference")
)
# Always kept too. Coordinators set it for single people, and only they see it.
CARES = Ruling(
    CARE,
    _("Where a leader needs special care: only mentors approved for it"),
    "flag",
    _("the leader needs special care, and the mentor is not approved for it"),
)
EVERY_RULE = (*RULES, CARES, PREFERENCES)
RULE_OF = {rule.key: rule for rule in EVERY_RULE}
CRITERION_OF = {criterion.key: criterion for criterion in CRITERIA}


@dataclass(frozen=True)
class Number:
    """Between `low` and `high` pairs of a leader and a mentor of these units; "" for any. high: -1 for as many as may
    be."""

    leaders: str
    mentors: str
    low: int = 0
    high: int = NO_LIMIT


@dataclass(frozen=True)
class WhatCounts:
    """What a coordinator set: a weight (0 to 3) for each criterion, a switch for each rule, a line's levels, how many
    leaders each mentor has at least, numbers between units."""

    weights: Mapping[str, int]
    rules: Mapping[str, bool]
    levels: int = DEFAULT_LEVELS
    least: int = 0
    numbers: tuple[Number, ...] = ()

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any]) -> "WhatCounts":
        weights, rules = settings.get("weights", {}), settings.get("rules", {})
        return cls(
            {one.key: int(weights.get(one.key, one.weight)) for one in CRITERIA},
            {one.key: bool(rules.get(one.key, one.on)) for one in RULES},
            int(settings.get("levels", DEFAULT_LEVELS)),
            int(settings.get("least", 0)),
            tuple(Number(*number) for number in settings.get("numbers", ())),
        )

    def as_settings(self) -> dict[str, Any]:
        return {
            "weights": dict(self.weights),
            "rules": dict(self.rules),
            "levels": self.levels,
            "least": self.least,
            "numbers": [list(astuple(number)) for number in self.numbers],
        }
