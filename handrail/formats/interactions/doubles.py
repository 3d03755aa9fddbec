"""Keeps the same act from counting twice, and equal rows of a table that names no acts from counting as one."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from handrail.formats.interactions.schema import INTERACTIONS


def told_apart(batches: list[pa.RecordBatch]) -> list[pa.RecordBatch]:
    """Plain rows without an id of their own: equal rows of one file are different acts, so number them."""
    if not batches:
        return batches
    table = pa.Table.from_batches(batches, INTERACTIONS)
    ids = table["id"].to_numpy()
    order = np.argsort(ids, kind="stable")
    ordered = ids[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    if len(starts) == len(ids):
        return batches
    nth = np.empty(len(ids), dtype=np.int64)
    nth[order] = np.arange(len(ids)) - np.repeat(starts, np.diff(np.r_[starts, len(ids)]))
    mixed = (ids.astype(np.uint64) + nth.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(1)
    again = np.where(nth > 0, mixed.astype(np.int64), ids)
    return list(table.set_column(0, INTERACTIONS.field("id"), pa.array(again)).to_batches())


def first_of_each(ids: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The places of the first row of every id, in order."""
    order = np.argsort(ids, kind="stable")
    ordered = ids[order]
    return np.sort(order[np.r_[True, ordered[1:] != ordered[:-1]]]) if len(ids) else order
