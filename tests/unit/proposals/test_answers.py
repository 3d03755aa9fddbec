"""Answers are packed and read again as they were."""

import pytest

from handrail.capabilities.schemes.matching_runs import answers as packing
from handrail.capabilities.schemes.matching_runs.answers import CANNOT, UNKNOWN, Answers, pack, unpack


@pytest.mark.parametrize("byteorder", ["little", "big"])
def test_what_is_packed_is_read_again(byteorder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing.sys, "byteorder", byteorder)
    made = Answers([[10, 0, -10], [2, 2, 300]], [0, 5, 0], [0, CANNOT, UNKNOWN])
    read = unpack(pack(made))
    assert [list(row) for row in read.points] == [[10, 0, -10], [2, 2, 300]]
    assert (list(read.against), list(read.cost), read.total) == ([0, 5, 0], [0, -1, -2], [12, 2, 290])
    assert read.rulings(1, ["line", "team", "named"]) == ["line", "named"]
    assert read.possible() == [2, 0]
