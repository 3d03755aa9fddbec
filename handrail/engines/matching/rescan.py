"""Which pairs are worth more than their prices, looking only where prices fell since all pairs were last proven.

If every pair was worth at most its two prices then, a pair can be worth more now only if its prices fell together. For
any number c, that is only where the leader's price fell by more than c, or the mentor's by more than -c: all other
pairs stay proven by what was proven before. So no pair goes unproven, and the later passes are short.
"""

import numpy as np

from handrail.engines.matching.assignment import Prices
from handrail.engines.matching.features import FORBIDDEN, FeatureTable, Small
from handrail.engines.matching.flow import Array
from handrail.engines.matching.problem import Integers
from handrail.engines.matching.scan import Runner, best_mentors

CHOICES = 33


def underrated(table: FeatureTable, proven: Prices | None, now: Prices, most: int, run: Runner) -> tuple[Small, Array]:
    """(n, most) points less the mentor's price, descending, where they exceed the leader's price, and the mentors;
    FORBIDDEN and -1 elsewhere. proven: prices that no pair exceeds, if there are any."""
    if proven is None:
        return best_mentors(table, now.column, now.row, most, run)
    leaders, mentors = where_to_look(proven.row - now.row, proven.column - now.column)
    gains = np.full((table.leaders, most), FORBIDDEN, dtype=np.int16)
    who = np.full((table.leaders, most), -1, dtype=np.int32)
    everyone = np.arange(table.mentors)
    others = np.setdiff1d(np.arange(table.leaders), leaders, assume_unique=True)
    for rows, columns in ((leaders, everyone), (others, mentors)):
        if rows.size and columns.size:
            part = table.part(rows, columns)
            best, found = best_mentors(part, now.column[columns], now.row[rows], min(most, columns.size), run)
            gains[rows, : best.shape[1]] = best
            who[rows, : best.shape[1]] = np.where(found >= 0, columns[found], -1)
    return gains, who


def where_to_look(leader_fall: Integers, mentor_fall: Integers) -> tuple[Integers, Integers]:
    """(leaders to look at with all mentors, mentors to look at with all other leaders) for the c with the fewest pairs.

    Every pair with leader_fall (n,) + mentor_fall (m,) above 0 is looked at.
    """
    falls = np.sort(leader_fall)
    places = np.linspace(0, falls.size - 1, min(CHOICES, falls.size)).astype(np.int64)
    candidates = np.unique(np.append(falls[places], falls[:1] - 1))
    rows = falls.size - np.searchsorted(falls, candidates, side="right")
    columns = mentor_fall.size - np.searchsorted(np.sort(mentor_fall), -candidates, side="right")
    best = candidates[np.argmin(rows * mentor_fall.size + (falls.size - rows) * columns)]
    return np.flatnonzero(leader_fall > best), np.flatnonzero(mentor_fall > -best)
