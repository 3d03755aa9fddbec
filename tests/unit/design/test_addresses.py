"""A long address in a sentence breaks between its parts."""

import pytest
from django.utils.safestring import mark_safe

from handrail.design.templatetags.addresses import breaks_kindly


def test_markup_and_figures_stay_as_they_are() -> None:
    link = mark_safe('<a href="mailto:somebody.with.a.long.name@somewhere.example">x</a>')
    assert breaks_kindly(link) is link
    assert breaks_kindly(12) == 12


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (
            "To councillor.bill.sutter@saltmarsh.example. Soon",
            "To councillor<wbr>.bill<wbr>.sutter@<wbr>saltmarsh<wbr>.example. Soon",
        ),
        ("To bo@north.example.", "To bo@north.example."),
        (
            "<b>&a long one.of.these@somewhere.example",
            "&lt;b&gt;&amp;a long one<wbr>.of<wbr>.these@<wbr>somewhere<wbr>.example",
        ),
    ],
)
def test_it_breaks_after_the_at_or_before_a_dot(words: str, shown: str) -> None:
    assert breaks_kindly(words) == shown
