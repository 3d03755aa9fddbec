"""The interaction log that the engine reads: one row an act, in time order, people and units as dense integers.

The column names and types are shared with `handrail.formats.interactions.schema`; a test holds both together.
"""

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

KINDS = ("post", "reply", "reaction", "mention")
POST, REPLY, REACTION, MENTION = range(4)

INTERACTIONS = pa.schema(
    [
        pa.field("id", pa.int64(), nullable=False),
        pa.field("at", pa.timestamp("us", tz="UTC")),
        pa.field("source", pa.int32()),
        pa.field("target", pa.int32()),
        pa.field("kind", pa.int8(), nullable=False),
        pa.field("channel", pa.int32()),
        pa.field("thread", pa.int64()),
        pa.field("outside", pa.bool_()),
        pa.field("inferred", pa.bool_(), nullable=False),
    ]
)

ENDS = ("source", "target")
DAY = 86_400_000_000
WEEK = 7 * DAY
FORTNIGHT = 14 * DAY
UNKNOWN_TIME = np.iinfo(np.int64).min


@dataclass(frozen=True)
class Window:
    """Microseconds since 1970 (UTC); `end` is exclusive; None leaves that side open."""

    start: int | None = None
    end: int | None = None

    def __bool__(self) -> bool:
        return self.start is not None or self.end is not None


@dataclass(frozen=True)
class Files:
    """Where a log lies, for an engine that reads it itself: `folder`/month=2026-03/acts.parquet for each of `months`.

    `persons[number]`: under whom the acts of that number count. The window is cut out of the months.
    """

    folder: str
    months: list[str]
    persons: "np.typing.NDArray[np.int32]"
    window: Window


@dataclass(frozen=True)
class Log:
    """Acts ready to be measured.

    `acts` (n rows, time order, unknown times last): row int64, moment int64 µs or null, week int32 (whole weeks since
    Monday 29 December 1969) or null, source, target int32 or null, kind int8, channel int32, thread int64,
    outside bool. `people` (p rows): person int32 = 0..p-1, unit int32 or null.
    `left_out`: acts not measured, by reason. `unmeasured`: {measure: why the source cannot tell}.
    """

    acts: pa.Table
    people: pa.Table
    window: Window = field(default_factory=Window)
    left_out: dict[str, int] = field(default_factory=dict)
    unmeasured: dict[str, str] = field(default_factory=dict)

    @property
    def span(self) -> tuple[int, int] | None:
        """First moment and the moment after the last, in µs: the window where it is set, else what the acts show."""
        known = self.acts["moment"].drop_null()
        first = self.window.start if self.window.start is not None else (known[0].as_py() if len(known) else None)
        last = self.window.end if self.window.end is not None else (known[-1].as_py() + 1 if len(known) else None)
        return None if first is None or last is None else (first, max(first + 1, last))


def prepare(
    interactions: pa.Table,
    units: "np.typing.NDArray[np.int32]",
    *,
    window: Window | None = None,
    unmeasured: dict[str, str] | None = None,
) -> Log:
    """Order the acts in time, keep the window, drop acts on oneself and doubled ids.

    `interactions` has the columns of INTERACTIONS (`id`, `channel`, `outside` may be missing); `units[person]` is the
    unit's number or -1. Raises ValueError for a person number outside 0..len(units)-1 or an unknown kind.
    """
    window = window or Window()
    left_out: dict[str, int] = {}
    _check_numbers(interactions, len(units))
    at = pc.cast(interactions["at"].combine_chunks(), pa.int64())
    keep = np.ones(len(at), dtype=bool)
    source, target = (filled(interactions[name], -1) for name in ("source", "target"))
    itself = (source == target) & (source >= 0)
    _leave_out(left_out, keep, itself, "acts on oneself")
    if window:
        times = filled(at, UNKNOWN_TIME)
        known = times != UNKNOWN_TIME
        _leave_out(left_out, keep, ~known, "time unknown, so not in the dates asked for")
        outside = np.zeros(len(keep), dtype=bool)
        if window.start is not None:
            outside |= times < window.start
        if window.end is not None:
            outside |= times >= window.end
        _leave_out(left_out, keep, outside, "outside the dates asked for")
    acts = _acts(interactions, at)
    if not keep.all():
        acts = acts.filter(pa.array(keep))
    acts = _in_time_order(acts)
    return Log(acts, people_of(units), window, left_out, dict(unmeasured or {}))


def people_of(units: "np.typing.NDArray[np.int32]") -> pa.Table:
    """`Log.people`."""
    person = pa.array(np.arange(len(units), dtype=np.int32))
    return pa.table({"person": person, "unit": pa.array(units, type=pa.int32(), mask=units < 0)})


def filled(column: pa.ChunkedArray | pa.Array, value: int) -> "np.typing.NDArray[np.int64]":
    """The column as a numpy array with `value` in place of nulls."""
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if whole.null_count:
        whole = pc.fill_null(whole, pa.scalar(value, type=whole.type))
    return np.asarray(whole.to_numpy(zero_copy_only=False))


def _check_numbers(interactions: pa.Table, people: int) -> None:
    for name in ("source", "target"):
        bounds = pc.min_max(interactions[name]).as_py()
        if bounds["min"] is not None and (bounds["min"] < 0 or bounds["max"] >= people):
            raise ValueError(f"{name} must lie in 0..{people - 1}, found {bounds['min']}..{bounds['max']}")
    bounds = pc.min_max(interactions["kind"]).as_py()
    if bounds["min"] is not None and (bounds["min"] < 0 or bounds["max"] >= len(KINDS)):
        raise ValueError(f"kind must lie in 0..{len(KINDS) - 1}")


def _leave_out(
    left_out: dict[str, int], keep: "np.typing.NDArray[np.bool_]", which: "np.typing.NDArray[np.bool_]", why: str
) -> None:
    count = int((keep & which).sum())
    if count:
        left_out[why] = count
        keep &= ~which


def _acts(interactions: pa.Table, at: pa.Array) -> pa.Table:
    # Monday 29 December 1969 is three days before the epoch
    weeks = (filled(at, 0) + 3 * DAY) // WEEK
    missing = at.is_null().to_numpy(zero_copy_only=False)
    columns = {
        "moment": at,
        "week": pa.array(weeks.astype(np.int32), mask=missing if missing.any() else None),
        "source": interactions["source"],
        "target": interactions["target"],
        "kind": interactions["kind"],
        "thread": interactions["thread"],
    }
    for name, kind in (("channel", pa.int32()), ("outside", pa.bool_())):
        known = name in interactions.column_names
        columns[name] = interactions[name] if known else pa.nulls(len(at), kind)
    return pa.table(columns)


def _in_time_order(acts: pa.Table) -> pa.Table:
    times = filled(acts["moment"], np.iinfo(np.int64).max)
    if len(times) > 1 and bool((times[1:] < times[:-1]).any()):
        acts = acts.take(pa.array(np.argsort(times, kind="stable")))
    return acts.append_column("row", pa.array(np.arange(acts.num_rows, dtype=np.int64)))
