"""The essentials are found in eighty-one decisions that were read by hand first: docs/methods/decisions.md."""

import re
from pathlib import Path

import pytest

from handrail.capabilities.essentials.queries import dictionary, essential_called, essentials
from handrail.capabilities.essentials.rules import essentials_touched, three_questions
from tests.unit.essentials.figures import Figures, decisions, figures, first_offered

METHOD = Path(__file__).resolve().parents[3] / "docs" / "methods" / "decisions.md"


def measured(*, held_out: bool) -> Figures:
    return figures([one for one in decisions() if one.held_out is held_out], dictionary())


def test_the_decisions_are_many_and_a_third_is_held_out() -> None:
    read = decisions()
    assert len({one.text for one in read}) == len(read) >= 60
    assert sum(one.held_out for one in read) * 3 == len(read)
    assert sum(not one.named for one in read) >= 6, "some have nothing digital in them"
    assert {essential for one in read for essential in one.named} == set(essentials())
    assert all(2 <= len(one.text.splitlines()) <= 8 for one in read)


@pytest.mark.parametrize(("held_out", "precision", "recall"), [(False, 0.70, 0.68), (True, 0.65, 0.65)])
def test_the_first_three_are_mostly_those_a_careful_reader_names(
    held_out: bool, precision: float, recall: float
) -> None:
    found = measured(held_out=held_out)
    assert found.precision >= precision
    assert found.recall >= recall
    assert found.helped >= 0.9
    assert found.left_alone == 1


def test_the_method_gives_the_figures_of_today() -> None:
    rows = re.findall(r"^\| after, (tuned on|held out) \| (.+) \|$", METHOD.read_text(), re.MULTILINE)
    for name, row in rows:
        found = measured(held_out=name == "held out")
        assert row.split(" | ") == [
            f"{value:.2f}" for value in (found.precision, found.recall, found.helped, found.left_alone)
        ]
    assert len(rows) == 2


def text_of(number: int) -> str:
    return next(one.text for one in decisions() if one.id == number)


def test_a_mailbox_broken_into_is_nothing_broken_and_a_false_invoice_nothing_to_pay() -> None:
    found = [one.essential.id for one in essentials_touched(text_of(73), dictionary())]
    assert {"security-1", "security-3", "security-5"} <= set(found[:4])
    assert not {"services-1", "ways-3", "voice-4"} & set(found)


def test_a_number_is_shown_whole() -> None:
    (measures,) = [one for one in essentials_touched(text_of(74), dictionary()) if one.essential.id == "data-2"]
    assert "500,000 views" in measures.words


@pytest.mark.parametrize("number", [74, 77, 80])
def test_a_film_or_an_advert_is_asked_what_would_show_that_it_worked(number: int) -> None:
    first = first_offered(text_of(number), dictionary())
    assert set(first) == {"value-1", "data-2", "voice-1"}, "not how to leave a supplier"
    for chosen in (first, ["value-1"], ["data-2", "value-1"]):
        asked = [one.question for one in three_questions([essential_called(one) for one in chosen])]
        assert "What would show that it worked, and what else could the same money do?" in asked
