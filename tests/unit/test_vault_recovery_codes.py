"""Recovery codes: slips show, spelling does not matter."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.foundation.vault.faults import MistypedCode
from handrail.foundation.vault.keys.recovery_codes import ALPHABET, new_code, read_code, same_group

letters = st.sampled_from(ALPHABET)


def test_a_new_code_reads_back() -> None:
    codes = {new_code() for _ in range(100)}
    assert len(codes) == 100
    for code in codes:
        assert [len(group) for group in code.split("-")] == [5] * 5
        assert read_code(code) == code


@pytest.mark.parametrize(
    "how", [str.lower, lambda c: c.replace("-", " "), lambda c: c.replace("-", ""), lambda c: f"  {c} "]
)
def test_spelling_is_forgiven(how) -> None:  # type: ignore[no-untyped-def]
    code = new_code()
    assert read_code(how(code)) == code


def test_letters_that_look_like_figures_are_forgiven() -> None:
    for _ in range(40):
        code = new_code()
        assert read_code(code.replace("0", "O").replace("1", "I")) == code
        assert read_code(code.replace("0", "o").replace("1", "l")) == code


@pytest.mark.slow
@given(st.integers(0, 24), letters)
@settings(max_examples=80)
def test_every_single_slip_shows_where(place: int, letter: str) -> None:
    code = new_code().replace("-", "")
    if code[place] == letter:
        return
    with pytest.raises(MistypedCode) as slip:
        read_code(code[:place] + letter + code[place + 1 :])
    assert slip.value.groups == (place // 5 + 1,)


@given(st.integers(0, 23))
@settings(max_examples=60)
def test_neighbours_that_changed_places_show(place: int) -> None:
    code = new_code().replace("-", "")
    if place % 5 == 4 or code[place] == code[place + 1]:
        return
    with pytest.raises(MistypedCode):
        read_code(code[:place] + code[place + 1] + code[place] + code[place + 2 :])


def test_groups_in_another_order_nearly_always_show() -> None:
    shown = 0
    for _ in range(300):
        one, two, *rest = new_code().split("-")
        try:
            read_code("-".join([two, one, *rest]))
        except MistypedCode:
            shown += 1
    assert shown >= 290


@pytest.mark.parametrize("typed", ["", "ABC", "-" * 40, "0" * 26, "é" * 25, "\0" * 25, "9" * 10_000, "ÅÄÖ!?" * 5])
def test_anything_else_is_a_slip(typed: str) -> None:
    with pytest.raises(MistypedCode):
        read_code(typed)


def test_a_group_alone_is_as_forgiving() -> None:
    assert same_group(" o1-2 ab", "0" + "12AB")
    assert not same_group("", "012AB")
