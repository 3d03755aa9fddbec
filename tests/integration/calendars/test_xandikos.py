"""Mail out by SMTP, in by Xandikos's iMIP: the invitation, its move and its cancellation do what they say.

Xandikos 0.4 puts what `import-imip` hands to a schedule inbox straight into the owner's calendar.
"""

import argparse
import asyncio
import smtplib
from datetime import UTC, datetime, timedelta

import caldav
import pytest
from icalendar import Event
from xandikos import import_imip

from handrail.formats.calendars import cancellation, cancelled, invitation, moved
from tests.integration.calendars.post import as_mail, letter_box
from tests.unit.formats.calendars.samples import event

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("calendar_servers")]


def through_the_post(text: str, method: str) -> bytes:
    """Sent over SMTP and taken out of the letter box again, byte for byte as it came."""
    with letter_box() as box, smtplib.SMTP("127.0.0.1", box.port) as post:
        post.send_message(as_mail(text, method))
        (raw,) = box.raw
    return raw


def import_mail(xandikos: str, raw: bytes) -> int:
    parser = argparse.ArgumentParser()
    import_imip.add_parser(parser)
    options = parser.parse_args(["--principal-url", f"{xandikos}user/"])
    status: int = asyncio.run(import_imip.main(options, parser, data=raw))
    return status


def found(xandikos: str, start: datetime, minutes: int = 5) -> list[Event]:
    """What the server's own search finds in these minutes."""
    with caldav.DAVClient(xandikos) as client:
        calendar = client.calendar(url=f"{xandikos}user/calendars/calendar/")
        hits = calendar.search(start=start, end=start + timedelta(minutes=minutes), event=True)
        return [part for hit in hits for part in hit.icalendar_instance.walk("VEVENT")]


def test_an_invitation_by_mail_a_move_and_a_cancellation(xandikos: str) -> None:
    first = event(uid="by-mail@handrail.example")
    ten, ten_after_the_change = datetime(2026, 3, 27, 10, tzinfo=UTC), datetime(2026, 4, 3, 9, tzinfo=UTC)
    assert import_mail(xandikos, through_the_post(invitation(first), "REQUEST")) == 0
    (read,) = found(xandikos, ten)
    assert (read["UID"], read["SEQUENCE"], read["CLASS"]) == (first.uid, 0, "PRIVATE")
    assert read["DTSTART"].dt.hour == 10

    later = moved(
        first,
        starts_at=first.starts_at + timedelta(days=7),  # by the clock: ten o'clock again
        ends_at=first.ends_at + timedelta(days=7),
        stamp=datetime(2026, 2, 1, tzinfo=UTC),
    )
    assert import_mail(xandikos, through_the_post(invitation(later), "REQUEST")) == 0
    assert found(xandikos, ten) == []
    (read,) = found(xandikos, ten_after_the_change)
    assert (read["UID"], read["SEQUENCE"], read["DTSTART"].dt.hour) == (first.uid, 1, 10)

    off = cancellation(cancelled(later, stamp=datetime(2026, 2, 2, tzinfo=UTC)))
    assert import_mail(xandikos, through_the_post(off, "CANCEL")) == 0
    assert [part["STATUS"] for part in found(xandikos, ten_after_the_change)] == ["CANCELLED"]


def test_a_stored_invitation_is_found_at_its_instant(xandikos: str) -> None:
    sent = event("Australia/Lord_Howe", datetime(2026, 6, 8, 23, 30, tzinfo=UTC), uid="stored@handrail.example")
    with caldav.DAVClient(xandikos) as client:
        address = f"{xandikos}user/calendars/calendar/stored.ics"
        answer = client.put(address, invitation(sent), {"Content-Type": "text/calendar; charset=utf-8"})
    assert answer.status == 201
    (read,) = found(xandikos, datetime(2026, 6, 8, 23, 30, tzinfo=UTC))
    assert (read["UID"], read["DTSTART"].dt.hour) == ("stored@handrail.example", 10)
    assert found(xandikos, datetime(2026, 6, 8, 23, 25, tzinfo=UTC)) == []
