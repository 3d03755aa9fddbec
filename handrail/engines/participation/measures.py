"""From a log to the measures of each person, each unit, each week and the whole network."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from handrail.engines.participation import definitions
from handrail.engines.participation.log import INTERACTIONS, Files, Log, Window, people_of, prepare

if TYPE_CHECKING:
    from handrail.engines.participation.kernel import Batches


class Query(Protocol):
    """Runs one SELECT over named Arrow tables. `elsewhere`: on other machines than this, whose work it then stays."""

    elsewhere: bool

    def __call__(self, sql: str, tables: Mapping[str, Any]) -> pa.Table: ...


class Elsewhere(Query, Protocol):
    """Reads files itself. `acts_in` names what the SELECT makes of them (as `stored`), to be a table of later ones."""

    def acts_in(self, files: Files, sql: str, tables: Mapping[str, Any]) -> Any: ...

    def let_go(self, acts: Any) -> None: ...


# Below this the compiled kernel's loading costs more than it saves.
KERNEL_FROM = 500_000

# What each measure needs from the source; a source that lacks one leaves the measures empty, never 0.
NEEDS = {
    "posts": (),
    "replies_given": ("replies",),
    "replies_received": ("replies", "received"),
    "reactions_given": ("reactions", "reactors"),
    "reactions_received": ("reactions", "received"),
    "reached": ("targets",),
    "heard_from": ("targets", "received"),
    "two_way": ("targets", "received"),
    "two_way_share": ("targets", "received"),
    "reciprocity": ("targets", "received"),
    "cross_unit_share": ("targets",),
    "threads_answered_share": ("threads", "replies", "received"),
    "first_reply_hours": ("threads", "replies", "received", "times"),
    "active_weeks": ("times",),
    "burstiness": ("times",),
    "pattern": ("replies", "received"),
}


@dataclass(frozen=True)
class Measures:
    """`people`: one row a person, the columns of COUNTS and SHARES (counts int64, shares in 0..1 or null, hours).

    `network`: totals and ratios of the whole log. `unmeasured`: {measure: why}; those columns must not be shown.
    """

    people: pa.Table
    network: dict[str, Any]
    unmeasured: dict[str, str]

    @property
    def reactions_known(self) -> bool:
        """Whether reactions can be set against one another: both those given and those received are known."""
        return not {"reactions_given", "reactions_received"} & set(self.unmeasured)

    def column(self, name: str) -> pa.ChunkedArray:
        """The column, all null where the source cannot tell."""
        column = self.people[name]
        return pa.chunked_array([pa.nulls(len(column), column.type)]) if name in self.unmeasured else column


def measure(log: Log, query: Query, *, with_kernel: bool | None = None) -> Measures:
    """All person measures of the log.

    `query` runs SQL over Arrow tables (see `handrail.compute.analytics`). The compiled kernel stands in for COUNTS on
    big logs that are measured on this machine (`with_kernel` forces it on or off): same numbers, less time.
    """
    stands_in = log.acts.num_rows >= KERNEL_FROM and not query.elsewhere
    if stands_in if with_kernel is None else with_kernel:
        # Loads the compiler: a second and 60 MB, which no server start and no small log should pay.
        from handrail.engines.participation import kernel

        counts = kernel.counts(log)
    else:
        counts = query(definitions.COUNTS, {"acts": log.acts, "people": log.people})
    return _from_counts(counts, query, unmeasured(log))


def measure_stored(
    batches: "Batches",
    units: npt.NDArray[np.int32],
    query: Query,
    *,
    lacking: Mapping[str, str] | None = None,
    files: Files | None = None,
) -> Measures:
    """The same for a log that need not fit into memory: `batches` gives its acts, in time order, as often as asked.

    See `kernel.counts_of` for what a batch holds. `lacking`: {what the source lacks: why}, as in `Log.unmeasured`.
    Where `query` runs elsewhere it reads the `files` itself; without any, the acts pass through this machine's memory.
    """
    if query.elsewhere and files is not None and files.months:
        counts = _counted_there(cast("Elsewhere", query), files, units)
        return _from_counts(counts, query, _empty(dict(lacking or {})))
    if query.elsewhere:
        log = prepare(_table_of(list(batches(("at", "source", "target", "kind", "thread", "outside")))), units)
        counts = query(definitions.COUNTS, {"acts": log.acts, "people": log.people})
        return _from_counts(counts, query, _empty(dict(lacking or {})))
    from handrail.engines.participation import kernel  # here for the reason above

    return _from_counts(kernel.counts_of(batches, units), query, _empty(dict(lacking or {})))


def _counted_there(query: Elsewhere, files: Files, units: npt.NDArray[np.int32]) -> pa.Table:
    acts = query.acts_in(files, stored_acts(files.window), {"voices": voices_of(files)})
    try:
        return query(definitions.COUNTS, {"acts": acts, "people": people_of(units)})
    finally:
        query.let_go(acts)


def stored_acts(window: Window) -> str:
    """STORED within the window; acts without a time are in none."""
    ends = {">=": window.start, "<": window.end}
    return definitions.STORED + "".join(f"  AND moment {sign} {end}\n" for sign, end in ends.items() if end is not None)


def voices_of(files: Files) -> pa.Table:
    numbers = np.arange(len(files.persons), dtype=np.int32)
    return pa.table({"number": numbers, "person": files.persons.astype(np.int32)})


def _table_of(batches: list[pa.RecordBatch]) -> pa.Table:
    acts = pa.Table.from_batches(batches) if batches else INTERACTIONS.empty_table()
    return acts.rename_columns(["at" if name == "moment" else name for name in acts.column_names])


def _from_counts(counts: pa.Table, query: Query, unmeasured: dict[str, str]) -> Measures:
    people = query(definitions.SHARES, {"counts": counts})
    network = query(definitions.NETWORK, {"counts": counts}).to_pylist()[0]
    return Measures(people, network, unmeasured)


def unmeasured(log: Log) -> dict[str, str]:
    """{measure: why it cannot be told}, from what the source lacks."""
    lacking = dict(log.unmeasured)
    if log.acts["moment"].null_count == log.acts.num_rows:
        lacking.setdefault("times", "no time is known for any act")
    if log.acts["thread"].null_count == log.acts.num_rows:
        lacking.setdefault("threads", "no threads are known")
    return _empty(lacking)


def _empty(lacking: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for name, needs in NEEDS.items():
        reasons = [lacking[need] for need in needs if need in lacking]
        if reasons:
            found[name] = reasons[0]
    return found


def weeks(log: Log, query: Query) -> pa.Table:
    """One row a person and week in which they gave or received: person, week, counts, people reached and heard from."""
    return query(definitions.WEEKS, {"acts": log.acts})


def units(log: Log, query: Query) -> pa.Table:
    """One row a unit. Small groups are not hidden here: publish only through the disclosure gate."""
    return query(definitions.UNITS, {"acts": log.acts, "people": log.people})


def health(log: Log, query: Query) -> pa.Table:
    """Month by month: people active in the month, in the twelve months up to it, and the share (reading excluded).

    `month` is years * 12 + (month of the year - 1). Acts without a time or a known person are left out.
    """
    known = log.acts.filter(pc.and_(log.acts["moment"].is_valid(), log.acts["source"].is_valid()))
    moments = np.asarray(known["moment"].to_numpy(), dtype="datetime64[us]").astype("datetime64[M]")
    month = pa.array(moments.astype(np.int64) + 1970 * 12)
    months = pa.table({"person": known["source"], "month": month}).group_by(["person", "month"]).aggregate([])
    return query(definitions.HEALTH, {"months": months})
