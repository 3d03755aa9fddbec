"""A long address in a sentence breaks between its parts."""

import pytest

from handrail.design.templatetags.addresses import breaks_kindly


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
