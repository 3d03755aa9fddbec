"""The gate: rules by hand, every table of a small kind, and an attacker with integer programming."""

import random
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress, pairwise, product

import pytest

from handrail.engines import disclosure
from handrail.engines.disclosure import Group, Released, Told, TooFew, merged, release, size
from tests.engines.disclosure_attacker import Answer, Attacker, Line, Units, Wanted

Table = list[list[int]]
LEFT_OPEN = 3
OF_TAKING_PART = {"answered": ["took_part"], "both_ways": ["took_part"], "mostly": ["both_ways"]}
NOBODY: frozenset[Answer] = frozenset()


# --- by hand ---------------------------------------------------------------------------------------------------------


def test_small_groups_are_put_together_and_go_by_size_only() -> None:
    sizes = {"Place": 14, "Legal": 3, "Members": 8, "Press": 2, "Empty": 0}
    assert merged(sizes) == [Group(("Place",), 14), Group(("Legal", "Members", "Press"), 13)]


def test_what_is_left_over_joins_the_smallest_group_that_is_large_enough() -> None:
    assert merged({"A": 30, "B": 12, "C": 4}) == [Group(("A",), 30), Group(("B", "C"), 16)]


def test_everybody_is_in_exactly_one_group_whatever_the_sizes() -> None:
    rng = random.Random(4)
    for _ in range(300):
        sizes = {f"g{number}": rng.randint(0, 25) for number in range(rng.randint(1, 12))}
        if sum(sizes.values()) < 10:
            with pytest.raises(TooFew):
                merged(sizes)
            continue
        groups = merged(sizes)
        assert all(group.people >= 10 for group in groups)
        named = [name for group in groups for name in group.names]
        assert sorted(named) == sorted(name for name, people in sizes.items() if people)
        assert sum(group.people for group in groups) == sum(sizes.values())


def test_the_threshold_is_only_raisable() -> None:
    assert merged({"A": 12, "B": 18}, threshold=15) == [Group(("A", "B"), 30)]
    for lowered in (lambda: merged({"A": 20}, 9), lambda: release({"A": range(20)}, {}, {}, threshold=9)):
        with pytest.raises(ValueError, match="at least 10"):
            lowered()


def test_people_are_told_to_the_nearest_five() -> None:
    assert [size(people) for people in (0, 2, 3, 7, 8, 12, 13)] == [0, 0, 5, 5, 10, 10, 15]


def one_group(people: int, holding: int, earlier: Sequence[Sequence[Released]] = ()) -> Released:
    (group,) = release({"A": range(people)}, {"took_part": range(holding)}, {}, earlier)
    return group


@pytest.mark.parametrize(
    ("people", "holding", "told", "per_cent"),
    [
        (10, 0, Told(0, 4), (0, 40)),  # of ten: fewer than half, or half and more
        (10, 5, Told(5, 10), (50, 100)),
        (14, 3, Told(0, 3), (0, 25)),
        (14, 6, Told(4, 10), (25, 75)),
        (14, 14, Told(11, 14), (75, 100)),
        (40, 8, Told(0, 8), (0, 20)),
        (40, 9, Told(9, 13), (20, 35)),
        (1000, 999, Told(800, 1000), (80, 100)),
    ],
)
def test_a_count_is_told_in_a_class(people: int, holding: int, told: Told, per_cent: tuple[int, int]) -> None:
    group = one_group(people, holding)
    assert group.told == {"took_part": told}
    assert group.per_cent("took_part") == per_cent


def test_classes_cover_every_count_once_and_are_wide_enough_whatever_the_size() -> None:
    for people in (*range(10, 50), 99, 257):
        told = [one_group(people, holding).told["took_part"] for holding in range(people + 1)]
        assert all(one.low <= holding <= one.high for holding, one in enumerate(told))
        assert min(one.counts for one in told) >= disclosure.FEWEST, people
        assert told == sorted(told, key=lambda one: one.low)
        assert told[0].high * 100 >= people * 15
        assert len(set(told)) >= 2


def test_too_few_people_say_nothing() -> None:
    assert release({"A": range(4), "B": range(4, 9)}, {"took_part": range(9)}, {}) == []


def test_what_does_not_fit_together_is_refused() -> None:
    with pytest.raises(ValueError, match="two units"):
        release({"A": range(12), "B": range(11, 15)}, {}, {})
    with pytest.raises(ValueError, match="lies within"):
        release({"A": range(12)}, {"took_part": [1], "answered": [2]}, OF_TAKING_PART)
    with pytest.raises(ValueError, match="lies within"):  # through a figure that is not told
        release({"A": range(12)}, {"took_part": [1], "mostly": [2]}, OF_TAKING_PART)


# --- by every table: what somebody learns who knows how the gate works -----------------------------------------------


def test_neither_the_answer_nor_its_absence_narrows_a_count() -> None:
    """Every pair of counts, one within the other, sorted by what the gate says of it: each pile is wide in each way."""
    for people in (10, 11, 14, 21):
        piles: dict[object, set[tuple[int, int]]] = defaultdict(set)
        for wide, narrow in product(range(people + 1), repeat=2):
            if narrow <= wide:
                holds = {"took_part": range(wide), "answered": range(narrow)}
                (group,) = release({"A": range(people)}, holds, OF_TAKING_PART)
                piles[tuple(group.told.items())].add((wide, narrow))
        assert len(piles) > 2
        for pile in piles.values():
            for counts in ({wide for wide, _ in pile}, {narrow for _, narrow in pile}, {w - n for w, n in pile}):
                assert len(counts) >= disclosure.FEWEST


def test_the_same_table_with_one_person_more_tells_nothing_of_that_person() -> None:
    for people in (10, 14, 30):
        piles: dict[object, set[tuple[int, int]]] = defaultdict(set)
        for holding, more in product(range(people + 1), range(2)):
            before = one_group(people, holding)
            those = [*range(holding), *([people] if more else [])]
            (after,) = release({"A": range(people + 1)}, {"took_part": those}, {}, [[before]])
            piles[(*before.told.items(), *after.told.items())].add((holding, more))
        assert len(piles) >= 2
        for pile in piles.values():
            assert {more for _, more in pile} == {0, 1}
            assert len({holding for holding, _ in pile}) >= disclosure.FEWEST


def piles_of_two_releases(people: int, since: Mapping[str, Collection[str]]) -> Iterable[set[tuple[int, ...]]]:
    """How many took part, and did within the year; then, with somebody more, within the year: all of the former did."""
    within = {"took_part": ["this_year"]}
    piles: dict[object, set[tuple[int, ...]]] = defaultdict(set)
    for took_part, this_year in product(range(people + 1), repeat=2):
        if took_part <= this_year:
            holds = {"took_part": range(took_part), "this_year": range(this_year)}
            (before,) = release({"A": range(people)}, holds, within)
            for later, more in product(range(took_part, people + 1), ([], [people])):
                those = {"this_year": [*range(later), *more]}
                (after,) = release({"A": range(people + 1)}, those, within, [[before]], since=since)
                piles[(*before.told.items(), *after.told.items())].add((took_part, this_year, later))
    return piles.values()


@pytest.mark.slow
@pytest.mark.parametrize(("since", "holds"), [({"this_year": ["took_part"]}, True), ({}, False)])
def test_what_lasts_beyond_a_release_is_reckoned_with(since: Mapping[str, Collection[str]], holds: bool) -> None:
    fewest = min(len(set(counts)) for pile in piles_of_two_releases(19, since) for counts in zip(*pile, strict=True))
    assert (fewest >= disclosure.FEWEST) is holds


def test_what_really_moved_is_told_anew() -> None:
    before = one_group(40, 6)
    after = one_group(40, 22, [[before]])
    assert before.told["took_part"] == Told(0, 8)
    assert after.told["took_part"].anew
    assert after.told["took_part"].low > 12
    still = one_group(40, 10, [[before]]).told["took_part"]
    assert still == Told(0, 10, anew=False)  # two of them may have changed: nothing new


def test_whoever_moves_to_another_group_counts_as_known() -> None:
    (place, law) = release({"Place": range(20), "Law": range(20, 34)}, {"took_part": range(9)}, {})
    people = {"Place": range(17), "Law": range(20, 34), "New": [17, 18, *range(50, 75)]}
    new = next(
        one for one in release(people, {"took_part": range(60, 64)}, {}, [[place, law]]) if one.names == ("New",)
    )
    assert new.told["took_part"].counts >= disclosure.FEWEST + 2


def test_a_figure_told_for_the_first_time_keeps_clear_of_what_is_known_of_its_relatives() -> None:
    before = one_group(40, 10)
    assert before.told["took_part"] == Told(9, 13)
    holds = {"took_part": range(10), "answered": range(9), "elsewhere": range(30)}
    (after,) = release({"A": range(40)}, holds, OF_TAKING_PART, [[before]])
    assert not any(7 <= edge < 15 for edge in (after.told["answered"].low - 1, after.told["answered"].high))
    assert after.told["elsewhere"] == one_group(40, 30).told["took_part"]


# --- the attacker ----------------------------------------------------------------------------------------------------


def random_table(rng: random.Random, answers: int = 0) -> Table:
    """A few units, many of them small, by two to five answers, or so many as are asked for."""
    answers = answers or rng.randint(2, 5)
    table = []
    for _ in range(rng.randint(2, 8)):
        people = rng.choice([rng.randint(1, 9), rng.randint(1, 9), rng.randint(10, 40)])
        weights = [rng.random() ** 2 + 0.01 for _ in range(answers)]
        chosen = rng.choices(range(answers), weights, k=people)
        table.append([chosen.count(answer) for answer in range(answers)])
    return table


@dataclass(frozen=True)
class Asked:
    """Figures, how they lie within one another, and every way to answer that can be."""

    figures: list[str]
    within: Mapping[str, Collection[str]]
    answers: list[Answer]


def parts_of_a_whole(number: int) -> Asked:
    """A distribution over so many parts is told as figures within one another: up to the first, up to the second, …"""
    figures = [f"up to {part}" for part in range(number - 1)]
    within = {one: [other] for one, other in pairwise(figures)}
    return Asked(figures, within, [frozenset(figures[part:]) for part in range(number)])


def taking_part() -> Asked:
    figures = ["took_part", "answered", "both_ways", "mostly"]
    ways = [frozenset(compress(figures, way)) for way in product((0, 1), repeat=len(figures))]
    fit = [way for way in ways if all(set(OF_TAKING_PART.get(one, ())) <= way for one in way)]
    return Asked(figures, OF_TAKING_PART, fit)


class Organisation:
    """People in units, each with an answer (the columns of the table); told of month by month through the gate."""

    def __init__(self, table: Table, asked: Asked | None = None) -> None:
        asked = asked or parts_of_a_whole(len(table[0]))
        self.figures, self.within, self.answers = asked.figures, asked.within, asked.answers
        self.units: dict[str, set[int]] = {}
        self.answer_of: dict[int, Answer] = {}
        for number, row in enumerate(table):
            given = [answer for answer, count in zip(self.answers, row, strict=True) for _ in range(count)]
            first = len(self.answer_of)
            self.units[f"g{number}"] = set(range(first, first + len(given)))
            self.answer_of |= dict(enumerate(given, first))
        self.releases: list[list[Released]] = []
        self.waves: list[Units] = []
        self.answered: list[dict[int, Answer]] = []

    def told(self) -> "Organisation":
        holds = {
            figure: [person for person, answer in self.answer_of.items() if figure in answer] for figure in self.figures
        }
        self.releases.append(release(self.units, holds, self.within, self.releases))
        self.waves.append({unit: frozenset(people) for unit, people in self.units.items()})
        self.answered.append(dict(self.answer_of))
        return self

    def month(self, rng: random.Random, *, change: int = 0) -> "Organisation":
        """Some come, go, or move to another unit; seldom units are put together or made anew; few or none change."""
        for _ in range(rng.choice([0, 1, 1, 2, 5])):
            self._join(rng)
        for person in rng.sample(sorted(self._present()), min(rng.choice([0, 0, 1, 1, 3]), len(self._present()) - 1)):
            self._unit_of(person).discard(person)
            if rng.random() < 0.4:
                rng.choice(list(self.units.values())).add(person)
        event = rng.random()
        if event < 0.1:
            one, other = rng.sample(sorted(self.units), 2)
            self.units[one] |= self.units[other]
            self.units[other] = set()
        elif event > 0.85:  # another table of the same people
            everybody = sorted(self._present())
            rng.shuffle(everybody)
            self.units = {unit: set(everybody[number::4]) for number, unit in enumerate(("w", "x", "y", "z"))}
        if change:
            for person in rng.sample(sorted(self._present()), rng.randint(0, min(change, len(self._present())))):
                self.answer_of[person] = rng.choice(self.answers)
        return self

    def _join(self, rng: random.Random) -> None:
        person = len(self.answer_of)
        self.answer_of[person] = rng.choice(self.answers)
        rng.choice(list(self.units.values())).add(person)

    def _present(self) -> set[int]:
        return set().union(*self.units.values())

    def _unit_of(self, person: int) -> set[int]:
        return next(people for people in self.units.values() if person in people)

    # what the attacker is given, and wants

    def lines(self) -> list[Line]:
        return [
            Line(wave, self._people(wave, group.names), figure, told.low, told.high)
            for wave, groups in enumerate(self.releases)
            for group in groups
            for figure, told in group.told.items()
        ]

    def _people(self, wave: int, names: Iterable[str]) -> frozenset[int]:
        return frozenset().union(*(self.waves[wave][name] for name in names))

    def attacker(self, rng: random.Random, changed: int = 0) -> Attacker:
        """Anybody who was there all the time, by chance."""
        me = rng.choice(sorted(self._present()))
        path = tuple(answered.get(me, self.answer_of[me]) for answered in self.answered)
        return Attacker(self.waves, self.lines(), self.answers, changed, (me, path))

    def wanted(self) -> list[Wanted]:
        """Every cell of every unit and group, what groups come to, and those who came, left or moved."""
        found = []
        for wave, units in enumerate(self.waves):
            groups = [self._people(wave, group.names) for group in self.releases[wave]]
            moved = [
                people & others if there else people - frozenset().union(*then.values())
                for then in self.waves
                for people in units.values()
                for there, others in [(False, frozenset()), *((True, others) for others in then.values())]
            ]
            for people in {*units.values(), *groups, *moved} - {frozenset()}:
                ways = [[answer] for answer in self.answers]
                ways += [[answer for answer in self.answers if figure in answer] for figure in self.figures]
                found += [Wanted(wave, people, frozenset(way)) for way in ways]
        return found


def recovered(organisation: Organisation, rng: random.Random, changed: int = 0) -> int:
    return len(organisation.attacker(rng, changed).recovers(organisation.wanted(), LEFT_OPEN))


def told_once(table: Table, rng: random.Random) -> int:
    return recovered(Organisation(table).told(), rng)


def told_month_after_month(table: Table, rng: random.Random) -> int:
    """Those who stay are as they were, which is known."""
    organisation = Organisation(table).told()
    for _ in range(rng.randint(1, 3)):
        organisation.month(rng).told()
    return recovered(organisation, rng)


def told_again_after_a_few_changed(table: Table, rng: random.Random) -> int:
    """And it is known that they are few."""
    organisation = Organisation(table).told().month(rng, change=disclosure.CHANGED).told()
    return recovered(organisation, rng, disclosure.CHANGED)


def told_of_figures_that_overlap(_: Table, rng: random.Random) -> int:
    asked = taking_part()
    organisation = Organisation(random_table(rng, len(asked.answers)), asked).told().month(rng).told()
    return recovered(organisation, rng)


def with_small_cells_hidden(table: Table, _: random.Random) -> int:
    """The usual way instead of the gate: cells under five left out, all totals shown."""
    organisation = Organisation(table).told()
    parts = [frozenset({f"part {number}"}) for number in range(len(organisation.answers))]
    units, everybody = organisation.waves[0].values(), frozenset(organisation.answer_of)
    lines = []
    for people, (number, answer) in product([*units, everybody], enumerate(organisation.answers)):
        count = sum(organisation.answer_of[person] == answer for person in people)
        open_to = (1, 4) if people != everybody and 0 < count < 5 else (count, count)
        lines.append(Line(0, people, f"part {number}", *open_to))
    hidden = [
        Wanted(0, line.people, frozenset([parts[int(line.figure[5:])]])) for line in lines if line.low != line.high
    ]
    return len(Attacker(organisation.waves, lines, parts).recovers(hidden, 2))


def attack(tables: int, seed: int, *ways: Callable[[Table, random.Random], int]) -> int:
    """In how many tables something is recovered; each is told in one of these ways, in turn."""
    rng = random.Random(seed)
    return sum(
        ways[number % len(ways)](random_table(rng), random.Random(seed * 100_000 + number)) > 0
        for number in range(tables)
    )


OVER_TIME = (told_month_after_month, told_again_after_a_few_changed, told_of_figures_that_overlap)


@pytest.mark.slow
def test_the_attacker_gets_nothing_through_the_gate() -> None:
    assert attack(8, 11, told_once, *OVER_TIME) == 0


@pytest.mark.slow
def test_the_same_attacker_undoes_hidden_cells_beside_totals() -> None:
    assert attack(12, 12, with_small_cells_hidden) > 6


@pytest.mark.slow
def test_the_same_attacker_undoes_releases_that_know_nothing_of_earlier_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disclosure, "_known", lambda *_: disclosure._Known())
    assert attack(5, 16, told_month_after_month) > 1


@pytest.mark.long
@pytest.mark.parametrize("seed", [13, 101, 202, 303])
def test_a_thousand_tables(seed: int) -> None:
    assert attack(1_000, seed, told_once) == 0


@pytest.mark.long
@pytest.mark.parametrize("seed", [13, 404])
def test_five_hundred_tables_told_on(seed: int) -> None:
    assert attack(500, seed, *OVER_TIME) == 0
