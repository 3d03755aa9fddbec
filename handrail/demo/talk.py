"""Invented conversations: a year of acts among invented people, with patterns and effects planted in it. No Django.

    cast = a_cast(people=5_000, seed=1)          who is in which unit, how they take part, which leaders begin when
    for week in acts_of(cast, weeks=52, first=date(2025, 12, 1), seed=1): …     one Arrow table a week, in time order

The same seed gives the same acts, at any size. `Start.lift` is what was planted: people of that leader's unit write so
much more from that week on (0.3 = 30 %), or, for a true nothing, exactly as before.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import numpy as np
import numpy.typing as npt
import pyarrow as pa

DAY = 86_400_000_000
WEEK = 7 * DAY
HOUR = 3_600_000_000
POST, REPLY, REACTION = 0, 1, 2
CHANNELS = ("general", "home-visits", "open-data")  # beside one for each unit
NOBODY = -1

SCHEMA = pa.schema(
    [
        pa.field("at", pa.timestamp("us", tz="UTC")),
        pa.field("source", pa.int32()),
        pa.field("target", pa.int32()),
        pa.field("kind", pa.int8()),
        pa.field("channel", pa.int32()),
        pa.field("thread", pa.int64()),
        pa.field("outside", pa.bool_()),
    ]
)


@dataclass(frozen=True)
class Habit:
    """Posts, replies and reactions in an ordinary week, and how readily others answer."""

    posts: float
    replies: float
    reactions: float
    draws: float


HABITS = {
    "broadcaster": Habit(2.4, 0.1, 0.2, 0.5),
    "engager": Habit(0.8, 2.2, 1.8, 3.0),
    "responder": Habit(0.15, 2.2, 0.8, 1.0),
    "observer": Habit(0.04, 0.1, 0.3, 0.4),
    "silent": Habit(0.0, 0.0, 0.01, 0.2),
}
NAMES = tuple(HABITS)


@dataclass(frozen=True)
class Start:
    """A leader begins in week `week`: their habit becomes `then`, and their unit writes (1 + lift) times as much."""

    leader: int
    week: int
    then: str
    lift: float = 0.0


@dataclass(frozen=True)
class Cast:
    """`units[person]`, `habits[person]` (a place in NAMES), people outside, and who begins when."""

    units: npt.NDArray[np.int32]
    habits: npt.NDArray[np.int8]
    outside: npt.NDArray[np.bool_]
    starts: tuple[Start, ...] = ()

    @property
    def size(self) -> int:
        return len(self.units)


def a_cast(people: int, *, seed: int = 1, unit_size: int = 20) -> Cast:
    """Units of about twenty, each with a leader (its first); one unit in seven is silent, one person in thirty outside.

    A third of the leaders begin with a true effect, a third with a true nothing, a third never begin.
    """
    rng = np.random.default_rng([seed, 1])
    units = (np.arange(people) // unit_size).astype(np.int32)
    habits = rng.choice(len(NAMES), people, p=[0.12, 0.2, 0.18, 0.4, 0.1]).astype(np.int8)
    silent = np.flatnonzero(rng.random(int(units[-1]) + 1) < 1 / 7)
    habits[np.isin(units, silent)] = NAMES.index("silent")
    outside = rng.random(people) < 1 / 30
    starts = []
    for unit in range(int(units[-1]) + 1):
        leader, fate = unit * unit_size, rng.integers(3)
        outside[leader] = False
        week, lift = int(rng.integers(16, 37)), float(rng.choice([0.2, 0.4, 0.6]))
        if fate == 0:
            habits[leader] = NAMES.index("broadcaster")
            starts.append(Start(leader, week, "engager", lift))
        elif fate == 1:
            starts.append(Start(leader, week, NAMES[habits[leader]]))
    return Cast(units, habits, outside, tuple(starts))


def pace_of(cast: Cast, *, weeks: int, acts: int) -> float:
    """The pace at which this cast comes to about so many acts in so many weeks."""
    talk = _Talk(cast, np.random.default_rng(0))
    expected = sum(float(sum(rates.sum() for rates in talk.rates(week)[:3])) for week in range(weeks))
    return acts / max(expected, 1e-9)


def acts_of(
    cast: Cast, *, weeks: int = 52, first: date, seed: int = 1, pace: float = 1.0, course: Sequence[float] = ()
) -> Iterator[pa.Table]:
    """One table a week in time order (SCHEMA): people are places in the cast, channels CHANNELS, then one a unit.

    `pace`: how much more than usual everybody does. `course`: the same for each week; where it is not given, always
    as much.
    """
    rng = np.random.default_rng([seed, 2])
    talk = _Talk(cast, rng, pace, course)
    monday = int(datetime(first.year, first.month, first.day, tzinfo=UTC).timestamp()) * 1_000_000
    for week in range(weeks):
        yield talk.week(week, monday + week * WEEK)


class _Talk:
    """What is remembered from week to week: the last post of everybody, which replies answer."""

    def __init__(self, cast: Cast, rng: np.random.Generator, pace: float = 1.0, course: Sequence[float] = ()) -> None:
        self._cast, self._rng, self._pace, self._course = cast, rng, pace, course
        self._last_thread = np.full(cast.size, NOBODY, dtype=np.int64)
        self._last_post = np.zeros(cast.size, dtype=np.int64)
        self._last_channel = np.zeros(cast.size, dtype=np.int32)
        self._threads = 0
        # people in the order of their units, so that one draw finds somebody of a unit
        self._order = np.argsort(cast.units, kind="stable")
        sizes = np.bincount(cast.units)
        self._unit_ends = np.concatenate([[0], np.cumsum(sizes)])

    def week(self, week: int, monday: int) -> pa.Table:
        posts, replies, reactions, draws = self.rates(week)
        post = self._posts(self._rng.poisson(posts), monday)
        parts = [post]
        for kind, rates in ((REPLY, replies), (REACTION, reactions)):
            parts.append(self._answers(kind, self._rng.poisson(rates), draws, monday))
        columns = [np.concatenate(pieces) for pieces in zip(*parts, strict=True)]
        order = np.argsort(columns[0], kind="stable")
        at, source, target, kinds, channel, thread = (column[order] for column in columns)
        beyond = self._cast.outside[source] | ((target >= 0) & self._cast.outside[target])
        arrays = [
            pa.array(at).cast(pa.timestamp("us", "UTC")),
            pa.array(source, pa.int32()),
            pa.array(target, pa.int32(), mask=target < 0),
            pa.array(kinds, pa.int8()),
            pa.array(channel, pa.int32()),
            pa.array(thread, pa.int64(), mask=thread < 0),
            pa.array(beyond),
        ]
        return pa.Table.from_arrays(arrays, schema=SCHEMA)

    def rates(self, week: int) -> tuple[npt.NDArray[np.float64], ...]:
        """Posts, replies and reactions to be expected of each, and how readily others answer them."""
        habits = self._cast.habits.copy()
        lifted = np.ones(int(self._cast.units.max()) + 1)
        for start in self._cast.starts:
            if week >= start.week:
                habits[start.leader] = NAMES.index(start.then)
                lifted[self._cast.units[start.leader]] += start.lift
        table = np.array([[one.posts, one.replies, one.reactions, one.draws] for one in HABITS.values()])
        rates = table[habits]
        rates[:, :3] *= self._pace * lifted[self._cast.units][:, None]
        if self._course:
            rates[:, :3] *= self._course[week]
        return tuple(rates[:, column].copy() for column in range(4))

    def _posts(self, counts: npt.NDArray[np.int64], monday: int) -> tuple[npt.NDArray[np.int64], ...]:
        source = np.repeat(np.arange(len(counts)), counts)
        at = monday + self._moments(len(source))
        channel = self._channels(source)
        order = np.argsort(at, kind="stable")
        source, at, channel = source[order], at[order], channel[order]
        thread = self._threads + np.arange(len(source))
        self._threads += len(source)
        # the last one of each person stays: later assignments win
        self._last_thread[source], self._last_post[source], self._last_channel[source] = thread, at, channel
        return at, source, np.full(len(source), NOBODY), np.full(len(source), POST), channel, thread

    def _answers(
        self, kind: int, counts: npt.NDArray[np.int64], draws: npt.NDArray[np.float64], monday: int
    ) -> tuple[npt.NDArray[np.int64], ...]:
        source = np.repeat(np.arange(len(counts)), counts)
        target = self._targets(source, draws)
        there = target != source
        source, target = source[there], target[there]
        posted = self._last_thread[target] >= 0
        after = np.maximum(self._last_post[target], monday)
        wait = self._rng.exponential(6 * HOUR, len(source)).astype(np.int64)
        at = np.where(
            posted, np.minimum(after + HOUR // 60 + wait, monday + WEEK - 1), monday + self._moments(len(source))
        )
        channel = np.where(posted, self._last_channel[target], self._channels(source))
        thread = self._last_thread[target] if kind == REPLY else np.full(len(source), NOBODY)
        return at, source, target, np.full(len(source), kind), channel, thread

    def _targets(self, source: npt.NDArray[np.int64], draws: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
        """Mostly somebody of one's own unit, and rather who answers others."""
        sums = np.concatenate([[0.0], np.cumsum(draws[self._order])])
        units = self._cast.units[source]
        near = self._rng.random(len(source)) < 0.65
        low = np.where(near, sums[self._unit_ends[units]], 0.0)
        high = np.where(near, sums[self._unit_ends[units + 1]], sums[-1])
        drawn = low + self._rng.random(len(source)) * (high - low)
        places = np.clip(np.searchsorted(sums, drawn, side="right") - 1, 0, len(self._order) - 1)
        return np.asarray(self._order[places])

    def _channels(self, source: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        own = len(CHANNELS) + self._cast.units[source]
        drawn = self._rng.random(len(source))
        common = np.searchsorted([0.25, 0.35, 0.45], drawn, side="right")
        return np.where(common < len(CHANNELS), common, own)

    def _moments(self, number: int) -> npt.NDArray[np.int64]:
        """A working hour of a working day."""
        return self._rng.integers(0, 5, number) * DAY + 8 * HOUR + self._rng.integers(0, 9 * HOUR, number)
