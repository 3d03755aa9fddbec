"""When a scheduled job is due."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from handrail.foundation.jobs.schedules import parse

LONDON = ZoneInfo("Europe/London")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("every", "now", "due"),
    [
        ("15 minutes", "2026-01-05T10:00:00", "2026-01-05T10:15:00"),
        ("1 hour", "2026-01-05T10:00:00", "2026-01-05T11:00:00"),
        ("30 3 * * *", "2026-01-05T10:00:00", "2026-01-06T03:30:00"),
        ("30 3 * * *", "2026-01-05T03:29:59", "2026-01-05T03:30:00"),
        ("30 3 * * *", "2026-01-05T03:30:00", "2026-01-06T03:30:00"),
        ("30 3 * * *", "2026-07-05T10:00:00", "2026-07-06T02:30:00"),  # British summer time
        ("*/20 9-17 * * mon-fri", "2026-01-02T17:45:00", "2026-01-05T09:00:00"),
        ("0 0 1 jan *", "2026-01-05T10:00:00", "2027-01-01T00:00:00"),
        ("0 0 29 2 *", "2026-01-05T10:00:00", "2028-02-29T00:00:00"),
        ("0 8 13 * fri", "2026-01-05T10:00:00", "2026-01-09T08:00:00"),  # either day will do
        ("0 8 * * 7", "2026-01-05T10:00:00", "2026-01-11T08:00:00"),
        ("30 1 * * *", "2026-03-28T12:00:00", "2026-03-29T01:30:00"),  # 01:30 is skipped that night: just after
        ("30 1 * * *", "2026-10-24T12:00:00", "2026-10-25T00:30:00"),  # 01:30 comes twice: the first counts
        ("30 1 * * *", "2026-10-25T00:30:00", "2026-10-26T01:30:00"),
    ],
)
def test_next_due_time(every: str, now: str, due: str) -> None:
    assert parse(every, LONDON).after(at(now)) == at(due)


def test_an_interval_is_first_due_at_once_and_a_cron_time_when_it_comes() -> None:
    now = at("2026-01-05T10:00:00")
    assert parse("1 day", LONDON).first(now) == now
    assert parse("0 12 * * *", LONDON).first(now) == now + timedelta(hours=2)


@pytest.mark.parametrize(
    "every",
    [
        "",
        "soon",
        "0 minutes",
        "* * * *",
        "60 * * * *",
        "* * 0 * *",
        "5-3 * * * *",
        "* * * foo *",
        "*/0 * * * *",
    ],
)
def test_a_senseless_schedule_is_refused(every: str) -> None:
    with pytest.raises(ValueError):
        parse(every, LONDON)


def test_a_day_that_never_comes_is_refused() -> None:
    with pytest.raises(ValueError, match="never due"):
        parse("0 0 31 2 *", LONDON).after(at("2026-01-05T10:00:00"))
