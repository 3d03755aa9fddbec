"""An engine that reads the month files itself finds what the kernel and the slow twin find."""

from pathlib import Path

import numpy as np
import pytest

from handrail.engines.participation import measures, reference
from handrail.engines.participation.log import Window
from handrail.engines.participation.reference import Act
from tests.engines.participation import stored
from tests.engines.participation.logs import START
from tests.engines.participation.stored import Filed, filed
from tests.engines.participation.test_measures import QUERY, assert_same

HERE = stored.ReadsFiles()


def made() -> list[Act]:
    """Two months and unknown times, equal moments, unknown people, acts on oneself under another number."""
    return [
        Act(
            None if number % 11 == 0 else START + (number * 7_919 % 5_000_000) // 36_000 * 36_000_000_000,
            None if number % 29 == 0 else number * 13 % stored.PEOPLE,
            None if number % 4 == 0 else number * 5 % stored.PEOPLE,
            number % 4,
            None if number % 5 == 0 else number % 9,
            [None, True, False][number % 3],
            None,
        )
        for number in range(500)
    ]


def agree(case: Filed, elsewhere: measures.Query) -> None:
    """Elsewhere from the files, the kernel from batches, and the twin from plain acts."""
    there = measures.measure_stored(lambda _: pytest.fail("handed over"), case.units, elsewhere, files=case.files)
    here = measures.measure_stored(lambda _: case.batches(), case.units, QUERY)
    assert_same(there.people.to_pylist(), here.people.to_pylist())
    assert_same([there.network], [here.network])
    units = [None if unit < 0 else int(unit) for unit in case.units]
    assert_same(there.people.to_pylist(), reference.measure(case.acts, units))


@pytest.mark.parametrize("window", [Window(), stored.WINDOW], ids=["all of it", "a window"])
def test_read_from_the_files_it_is_the_same(tmp_path: Path, window: Window) -> None:
    case = filed(made(), tmp_path, window)
    assert len(case.files.months) == 3
    assert len({act.at for act in case.acts}) < len(case.acts), "equal moments"
    agree(case, HERE)


def test_without_a_file_there_is_nothing_to_read(tmp_path: Path) -> None:
    case = filed([], tmp_path, Window())
    found = measures.measure_stored(lambda _: [], case.units, HERE, files=case.files)
    assert np.sum(found.people["posts"].to_numpy()) == 0
