"""The one gate that every published group figure passes: what it lets through does not point at anybody.

    release(
        units={"Place": {1, 2, …}, "Legal": {…}},            who stands where
        holds={"took_part": {1, 2, …}, "answered": {2, …}},  of whom what is true
        within={"answered": ["took_part"]},                  whoever answered took part
        earlier=[…],                                         everything ever told of these figures
    ) -> [Released(names=("Place",), people={…}, of=14, told={"took_part": Told(4, 10)}), …]

`Told(4, 10)` says: from 4 to 10 people. A figure that cannot be told of a group is absent. Where a boundary between two
answers is drawn depends on what everybody may know (who is there, what was told before) and never on the counts, so a
reader learns the answer and nothing from its being given. Why this holds: docs/methods/disclosure.md.

    cells(begun={"spring": {1, 2, …}}, earlier=[…]) -> [Cell(names=("spring",), people={…}, of=12), …]

An effect is told of a cell: people who are told of together, always all of them and never with anybody else.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import floor, log10

THRESHOLD = 10
STEP = 5  # people in a band at least, where they are not fewer in all; also what sizes and per cents are rounded to
LOWEST = 20  # per cent: below it, and above 80, nothing is told apart
FINEST = 5  # per cent in a band at least
LEFT_OPEN = 3  # counts that stay possible, at least, to one of the group who knows their own
FEWEST = LEFT_OPEN + 1  # and so to everybody else, since one's own answer can rule out one of them
CHANGED = 2  # of those who stayed, so many may be known to have changed since a figure was last told anew
WHOLE = 100


class TooFew(ValueError):
    """Fewer people than the threshold in all: nothing can be said about groups of them."""


@dataclass(frozen=True)
class Group:
    """What stands in a table as one: the names that were put together, and how many people they are."""

    names: tuple[str, ...]
    people: int


@dataclass(frozen=True)
class Told:
    """From `low` to `high` people. Not `anew`: it holds everything that an earlier release left possible."""

    low: int
    high: int
    anew: bool = True

    @property
    def counts(self) -> int:
        return self.high - self.low + 1


@dataclass(frozen=True)
class Released:
    """A group with what was told of it. `of` people then; `people` are those of them who are not forgotten since."""

    names: tuple[str, ...]
    people: frozenset[int]
    of: int
    told: Mapping[str, Told]

    def per_cent(self, figure: str) -> tuple[int, int]:
        """The bounds of a told figure in per cent, each rounded outwards to five."""
        told = self.told[figure]
        step = self.of * STEP
        return WHOLE * told.low // step * STEP, -(-WHOLE * told.high // step) * STEP


@dataclass(frozen=True)
class Cell:
    """People of whom effects are told together. `of` people then; `people` are those not forgotten since."""

    names: tuple[str, ...]
    people: frozenset[int]
    of: int


@dataclass
class _Known:
    """What earlier releases bar for one figure of one group: boundaries within `spans`, and classes under `least`."""

    spans: list[Told] = field(default_factory=list)
    least: int = FEWEST


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


def release(
    units: Mapping[str, Collection[int]],
    holds: Mapping[str, Collection[int]],
    within: Mapping[str, Collection[str]],
    earlier: Sequence[Sequence[Released]] = (),
    threshold: int = THRESHOLD,
    *,
    since: Mapping[str, Collection[str]] | None = None,
) -> list[Released]:
    """Every group with what can be told of it; none where there are too few people in all.

    `within`: for a figure, those that hold of everybody of whom it holds. Each such fact must be named, since whoever
    knows it can reckon with it. `since`: the same over time; of whomever these held at an earlier release, the figure
    holds now (whoever took part in spring took part within the year). `earlier`: every release in which any of these
    people were told of, oldest first.
    """
    try:
        groups = merged({name: len(people) for name, people in units.items()}, threshold)
    except TooFew:
        return []
    wider = _wider(holds, within)
    given = []
    for group in groups:
        people = frozenset(person for name in group.names for person in units[name])
        if len(people) != group.people:
            raise ValueError("Somebody stands in two units, or twice in one.")
        counts = {figure: len(people & frozenset(those)) for figure, those in holds.items()}
        known = {figure: _known(people, figure, wider, (since or {}).get(figure, ()), earlier) for figure in holds}
        given.append(Released(group.names, people, len(people), _told(len(people), counts, wider, known)))
    return given


def _wider(holds: Mapping[str, Collection[int]], within: Mapping[str, Collection[str]]) -> dict[str, set[str]]:
    """For each figure the ones it lies within, directly or through others, whether they are told or not."""
    wider = {}
    for figure in {*holds, *within}:
        reached: set[str] = set()
        new = set(within.get(figure, ()))
        while new:
            reached |= new
            new = {further for one in new for further in within.get(one, ())} - reached
        wider[figure] = reached
    for figure, those in holds.items():
        if any(not set(those) <= set(holds[one]) for one in wider[figure] & holds.keys()):
            raise ValueError(f"“{figure}” holds of somebody of whom a figure that it lies within does not.")
    return wider


# --- effects: cells that stay as they are --------------------------------------------------------------------------


def cells(begun: Mapping[str, Collection[int]], earlier: Sequence[Cell] = (), threshold: int = THRESHOLD) -> list[Cell]:
    """Who may be told of together: cells of before that are whole, and new ones of those who are in none.

    Cells share nobody and never change, so that no two figures differ by a few people, in one release or in several.
    Whoever comes later waits until they are enough for a cell of their own; a cell that lost somebody is told of no
    more. `earlier`: every cell ever told of.
    """
    check_threshold(threshold)
    there = {person for people in begun.values() for person in people}
    if sum(map(len, begun.values())) != len(there):
        raise ValueError("Somebody stands in two groups.")
    whole = [one for one in earlier if len(one.people) == one.of >= threshold and one.people <= there]
    placed = {person for one in earlier for person in one.people}
    fresh = {name: frozenset(people) - placed for name, people in begun.items()}
    try:
        groups = merged({name: len(people) for name, people in fresh.items()}, threshold)
    except TooFew:
        return whole
    new = [Cell(one.names, frozenset().union(*(fresh[name] for name in one.names)), one.people) for one in groups]
    return whole + new


def two_digits(value: float) -> float:
    """A measured number to two digits that count: 0.2834 is 0.28, 118 is 120."""
    if value == 0:
        return 0.0
    return round(value, 1 - floor(log10(abs(value))))


# --- one release: classes of counts ----------------------------------------------------------------------------------


def _told(
    people: int, counts: Mapping[str, int], wider: Mapping[str, set[str]], known: Mapping[str, _Known]
) -> dict[str, Told]:
    """Each figure's class, one after the other: what is told of the first is known when the second is cut."""
    least = max((one.least for one in known.values()), default=FEWEST)
    told: dict[str, Told] = {}
    for figure, count in counts.items():
        cuts = _cuts(people, least, known[figure].spans)
        while (narrow := _too_narrow(figure, _classes(people, cuts), told, wider, least)) is not None:
            cuts = _without_an_edge(cuts, narrow, people)
        for one in _classes(people, cuts):
            if cuts and one.low <= count <= one.high:
                before = any(one.low <= span.low and span.high <= one.high for span in known[figure].spans)
                told[figure] = replace(one, anew=not before)
    return told


def _cuts(people: int, least: int, barred: Sequence[Told]) -> list[int]:
    """After which counts a boundary is drawn: up to 20 %, from 80 % on, bands between, moved off what is barred."""
    end = max(least - 1, people * LOWEST // WHOLE)
    width = max(STEP, least, people * FINEST // WHOLE)
    between = people - 2 * end - 1
    if between < least:  # no room for a band of its own: fewer than half, or half and more
        wanted = [(people - 1) // 2]
    else:
        bands = max(1, between // width)
        wanted = [end + between * number // bands for number in range(bands + 1)]
    shut = {count for span in barred for count in range(span.low, span.high)}
    free = [count for count in range(end, people - end) if count not in shut]
    apart = min(width, between)
    cuts: list[int] = []
    for want in wanted:
        left = [count for count in free if not cuts or count - cuts[-1] >= apart]
        if left:
            cuts.append(min(left, key=lambda count: (abs(count - want), count)))
    return cuts


def _classes(people: int, cuts: Sequence[int]) -> list[Told]:
    return [Told(low, high) for low, high in zip([0, *(cut + 1 for cut in cuts)], [*cuts, people], strict=True)]


def _too_narrow(
    figure: str, classes: Sequence[Told], told: Mapping[str, Told], wider: Mapping[str, set[str]], least: int
) -> Told | None:
    """The first class that, were it told, would leave fewer than `least` counts of some figure possible.

    All classes are looked at, not only the one that will be told: otherwise its being told would say something.
    """
    if len(classes) == 1:
        return None
    for one in classes:
        fewest = min(left.counts for left in _left({**told, figure: one}, wider))
        if 1 <= fewest < least:  # under 1: it cannot come about beside what was told, as everybody knows
            return one
    return None


def _left(told: Mapping[str, Told], wider: Mapping[str, set[str]]) -> list[Told]:
    """What stays possible of each figure, once it is reckoned with that some lie within others."""
    return [
        Told(
            max(told[one].low for one in told if one == figure or figure in wider[one]),
            min(told[one].high for one in told if one == figure or one in wider[figure]),
        )
        for figure in told
    ]


def _without_an_edge(cuts: Sequence[int], narrow: Told, people: int) -> list[int]:
    """The cuts without one beside this class: the one that makes the smaller class of two."""
    beside = [cut for cut in cuts if cut in (narrow.low - 1, narrow.high)]

    def width_without(gone: int) -> int:
        return max(one.counts for one in _classes(people, [cut for cut in cuts if cut != gone]) if one.low <= gone)

    gone = min(beside, key=width_without)
    return [cut for cut in cuts if cut != gone]


# --- releases over time ----------------------------------------------------------------------------------------------


def _known(
    people: frozenset[int],
    figure: str,
    wider: Mapping[str, set[str]],
    since: Collection[str],
    earlier: Sequence[Sequence[Released]],
) -> _Known:
    """What was told before about these people, and so must not be cut through now.

    A release about most of them bars boundaries within what it leaves possible today, if those who stayed are as they
    were. One about few of them makes these few count as people whose answers are all known.
    """
    found = _Known()
    few: set[int] = set()
    for groups in earlier:
        told_of = {person for group in groups if group.told for person in people & group.people}
        if 2 * len(told_of) < len(people):
            few |= told_of
            continue
        figures = {one for group in groups for one in group.told}
        spans = {one: span for one in figures if (span := _today(people, one, groups))}
        bearing = {figure} if figure in spans else {one for one in spans if _related(one, figure, wider)}
        found.spans += [span for one, span in spans.items() if one in bearing or one in since]
    found.least += len(few)
    return found


def _related(one: str, other: str, wider: Mapping[str, set[str]]) -> bool:
    return one in wider[other] or other in wider.get(one, ())


def _today(people: frozenset[int], figure: str, groups: Sequence[Released]) -> Told | None:
    """What a release leaves possible of these people today; None where it told this figure of none of them.

    Whoever left may have been among those it holds of, or not; so may whoever came.
    """
    low, high, came, known = 0, 0, len(people), False
    for group in groups:
        here = len(people & group.people)
        if here and figure in group.told:
            told = group.told[figure]
            changed = CHANGED if told.anew else 0
            low += max(0, told.low - changed - (group.of - here))
            high += min(here, told.high + changed)
            came -= here
            known = True
    return Told(low, high + came) if known else None
