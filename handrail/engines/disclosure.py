"""The one gate that every published group figure passes: what it lets through does not point at anybody.

    groups = merged({"Place": 14, "Legal": 3, "Members": 8})     groups of at least the threshold
    size(43) -> 45                                               people, to the nearest five
    share(7, 22) -> Share(bound="about", percent=35)             told in bands of five people, ends at 20 and 80 %
    mean([0.2, 0.7, …]) -> 0.44 or None                          two digits, of at least the threshold
    split([4, 9, 12]) -> (5, 10, 10) or None                     a distribution; None where it would give a count away

A caller publishes one grouping at a time, no totals beside it, and each period once (docs/methods/disclosure.md).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, isfinite

THRESHOLD = 10
STEP = 5
LOWEST, HIGHEST = 20, 80  # per cent
FEWEST_POSSIBLE = 3  # counts that a published figure leaves possible, at least
REST = STEP // 2


class TooFew(ValueError):
    """Fewer people than the threshold in all: nothing can be said about groups of them."""


@dataclass(frozen=True)
class Group:
    """What stands in a table as one: the names that were put together, and how many people they are."""

    names: tuple[str, ...]
    people: int


@dataclass(frozen=True)
class Share:
    """`bound` is "at most" (20 %), "about" or "at least" (80 %)."""

    bound: str
    percent: int


def check_threshold(threshold: int) -> int:
    """The threshold itself; it is only raisable."""
    if threshold < THRESHOLD:
        raise ValueError(f"The threshold is at least {THRESHOLD}.")
    return threshold


def merged(sizes: Mapping[str, int], threshold: int = THRESHOLD) -> list[Group]:
    """Groups of at least `threshold`, largest first: small ones are put together, the smallest first.

    Goes by sizes and names only, never by what is measured. Raises TooFew where all together are too few.
    """
    check_threshold(threshold)
    there = sorted((size, name) for name, size in sizes.items() if size > 0)
    if sum(size for size, _ in there) < threshold:
        raise TooFew(f"Fewer than {threshold} people in all.")
    large = [Group((name,), size) for size, name in there if size >= threshold]
    pending: list[tuple[int, str]] = []
    for size, name in (one for one in there if one[0] < threshold):
        pending.append((size, name))
        if sum(each for each, _ in pending) >= threshold:
            large.append(_together(pending))
            pending = []
    if pending:
        # what is left over joins the smallest group that is large enough already
        joined = min(large, key=lambda group: (group.people, group.names))
        large.remove(joined)
        left = _together(pending)
        large.append(Group(tuple(sorted((*joined.names, *left.names))), joined.people + left.people))
    return sorted(large, key=lambda group: (-group.people, group.names))


def _together(parts: Sequence[tuple[int, str]]) -> Group:
    return Group(tuple(sorted(name for _, name in parts)), sum(size for size, _ in parts))


def size(people: int) -> int:
    """A number of people to the nearest five."""
    return STEP * floor(people / STEP + 0.5)


def share(part: int, people: int, threshold: int = THRESHOLD) -> Share | None:
    """How many of the people, in bands; None for fewer than the threshold.

    Every answer leaves at least three counts possible even to somebody who knows how many people there are: up to 20 %
    and from 80 % on are one band each, and between them every band is at least five people wide.
    """
    if people < check_threshold(threshold):
        return None
    if not 0 <= part <= people:
        raise ValueError("The part lies between nobody and everybody.")
    low, high = floor(people * LOWEST / 100), ceil(people * HIGHEST / 100)
    if part <= low:
        return Share("at most", LOWEST)
    if part >= high:
        return Share("at least", HIGHEST)
    between = high - low - 1
    bands = max(1, between // STEP)
    band = (part - low - 1) * bands // between
    first, last = _edge(band, bands, between), _edge(band + 1, bands, between) - 1
    middle = low + 1 + (first + last) / 2
    return Share("about", STEP * round(100 * middle / people / STEP))


def _edge(band: int, bands: int, between: int) -> int:
    """The first place (from 0) that falls into this band."""
    return ceil(band * between / bands)


def mean(values: Sequence[float], threshold: int = THRESHOLD) -> float | None:
    """The mean of shares between 0 and 1, to two digits and kept between 0.20 and 0.80; None for too few."""
    if len(values) < check_threshold(threshold):
        return None
    if not all(isfinite(value) and 0 <= value <= 1 for value in values):
        raise ValueError("A mean is published of shares between 0 and 1 only.")
    return round(min(HIGHEST / 100, max(LOWEST / 100, sum(values) / len(values))), 2)


def split(counts: Sequence[int], threshold: int = THRESHOLD) -> tuple[int, ...] | None:
    """How a group falls into parts, each to the nearest five; None where that would give a part away.

    Somebody who knows how many people there are can subtract: the parts are held against their sum here first.
    """
    people = sum(counts)
    if people < check_threshold(threshold):
        return None
    told = tuple(size(count) for count in counts)
    lows = [max(0, count - REST) for count in told]
    highs = [min(people, count + REST) for count in told]
    for low, high in zip(lows, highs, strict=True):
        least = max(low, people - (sum(highs) - high))
        most = min(high, people - (sum(lows) - low))
        if most - least + 1 < FEWEST_POSSIBLE:
            return None
    return told
