"""Dates and times as people write them."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from handrail.design.dates import date_from, time_from


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        (("27", "", "2027"), "needs a month."),
        (("", "", "2027"), "needs a day and a month."),
        (("27", "March", "2027"), "in numbers"),
        (("9" * 5000, "3", "2027"), "in numbers"),
        (("٣", "3", "2027"), "in numbers"),
        (("27", "13", "2027"), "from 1 to 12"),
        (("29", "2", "2027"), "28 days"),
        (("0", "2", "2027"), "28 days"),
        (("1", "2", "27"), "four digits"),
    ],
)
def test_a_date_that_is_none_says_why(texts: tuple[str, str, str], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        date_from(texts)


def test_dates() -> None:
    assert date_from(("29", "02", "2028")) == datetime.date(2028, 2, 29)
    assert date_from(("", "", "")) is None
    assert date_from(None) is None


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("14:30", (14, 30)),
        ("9.05", (9, 5)),
        ("2pm", (14, 0)),
        ("2.30 p.m.", (14, 30)),
        ("12am", (0, 0)),
        ("12 PM", (12, 0)),
        ("noon", (12, 0)),
        ("Midnight", (0, 0)),
        ("0:00", (0, 0)),
    ],
)
def test_times(text: str, time: tuple[int, int]) -> None:
    assert time_from(text) == datetime.time(*time)


@pytest.mark.parametrize("text", ["25:00", "9", "9:60", "13pm", "0am", "soon", "9:5", "٩:٠٠"])
def test_a_time_that_is_none_says_how(text: str) -> None:
    with pytest.raises(ValidationError, match="like 14:30"):
        time_from(text)
