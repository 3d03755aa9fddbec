"""The rarer rules of a search in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handrail.capabilities.schemes.matching_runs import queries as found
from handrail.design.parts import Task

if TYPE_CHECKING:
    from handrail.capabilities.schemes.matching_runs.queries import Number, WhatCounts


def units_to_choose(units: Sequence[tuple[int, str, str]]) -> list[tuple[str, str]]:
    """With the organisation's name where there are several."""
    several = len({organisation for organisation, _name, _unit in units}) > 1
    return [(f"{organisation}/{unit}", f"{unit}, {name}" if several else unit) for organisation, name, unit in units]


def number_in_words(number: Number) -> str:
    """For example “Leaders from Finance with mentors from Technology: at most 3 pairs”."""
    low = ngettext("at least %(low)s pair", "at least %(low)s pairs", number.low) % {"low": number.low}
    high = ngettext("at most %(high)s pair", "at most %(high)s pairs", max(number.high, 0)) % {"high": number.high}
    wanted = [*([low] if number.low else []), *([high] if number.high != found.NO_LIMIT else [])]
    said = {
        (True, True): _("Leaders from %(leaders)s with mentors from %(mentors)s: %(wanted)s"),
        (True, False): _("Leaders from %(leaders)s: %(wanted)s"),
        (False, True): _("Mentors from %(mentors)s: %(wanted)s"),
        (False, False): _("Everybody together: %(wanted)s"),
    }[bool(number.leaders), bool(number.mentors)]
    leaders, mentors = (unit.partition("/")[2] for unit in (number.leaders, number.mentors))
    return said % {"leaders": leaders, "mentors": mentors, "wanted": found.listed(wanted)}


def least_in_words(least: int) -> str:
    words = ngettext(
        "Every mentor has at least %(number)s leader", "Every mentor has at least %(number)s leaders", least
    )
    return words % {"number": least}


def two_in_words(two: int) -> str:
    words = ngettext("%(number)s leader may have two mentors", "%(number)s leaders may have two mentors", two)
    return words % {"number": two}


def care_counted(people: Sequence[tuple[int, str, str, bool]]) -> tuple[int, int]:
    """Leaders who need special care, mentors approved for it."""
    marked = [side for _pk, _name, side, is_set in people if is_set]
    return marked.count("leader"), marked.count("mentor")


def in_force(counts: WhatCounts, two: int, care: tuple[int, int]) -> list[str]:
    """The rarer rules that are on; none as a scheme begins."""
    said = [str(rule.sentence) for rule in found.RULES if rule.rare and counts.rules[rule.key]]
    said += [least_in_words(counts.least)] if counts.least else []
    said += [number_in_words(number) for number in counts.numbers]
    said += [_("Special care: %(words)s") % {"words": care_in_words(*care)}] if any(care) else []
    return [*said, two_in_words(two)] if two else said


def care_in_words(leaders: int, mentors: int) -> str:
    needing = ngettext("%(number)s leader needs it", "%(number)s leaders need it", leaders) % {"number": leaders}
    words = ngettext(
        "%(needing)s, %(number)s mentor is approved", "%(needing)s, %(number)s mentors are approved", mentors
    )
    return words % {"needing": needing, "number": mentors}


def cared_for(people: Sequence[tuple[int, str, str, bool]]) -> list[tuple[int, str, str]]:
    """Whom it is set for: who, the side, and the name with what it means."""
    words = {"leader": _("%(name)s: needs special care"), "mentor": _("%(name)s: approved for it")}
    return [(pk, side, words[side] % {"name": name}) for pk, name, side, is_set in people if is_set]


def ways(counts: WhatCounts, two: int, care: tuple[int, int]) -> list[Task]:
    numbers = "; ".join(number_in_words(number) for number in counts.numbers)
    nobody = _("Everybody has one. Nobody gets a second before everybody has a first.")
    return [
        Task(
            _("Numbers between units"),
            reverse("matching_numbers"),
            hint=numbers or _("For example: at most three mentors from one team. None is set."),
        ),
        Task(_("Leaders with two mentors"), reverse("matching_two"), hint=two_in_words(two) if two else nobody),
        Task(
            _("Pairs that need special care"),
            reverse("matching_care"),
            hint=care_in_words(*care) if any(care) else _("Nobody is marked."),
        ),
    ]


def cannot_in_words(names: Sequence[str], counts: WhatCounts, *, no_fewer: bool) -> str:
    """Which numbers and rules contradict each other."""
    listed = found.listed([_("“%(rule)s”") % {"rule": _demand(name, counts)} for name in names])
    if len(names) == 1:
        return _("With those who have signed up, this cannot be kept: %(rules)s.") % {"rules": listed}
    words = _(
        "With those who have signed up, these cannot all be kept: %(rules)s. Without any one of them it would work."
    )
    said = words % {"rules": listed}
    return _("%(said)s No fewer contradict each other.") % {"said": said} if no_fewer else said


def _demand(name: str, counts: WhatCounts) -> str:
    kind, _space, which = name.partition(" ")
    if kind == "rule":
        return found.sentence_of(name)
    if kind == "number":
        return number_in_words(counts.numbers[int(which)])
    return least_in_words(counts.least) if kind == "least" else _("The pairs you fixed")
