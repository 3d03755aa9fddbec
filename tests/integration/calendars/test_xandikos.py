"""Mail out by SMTP, in by Xandikos's iMIP: the invitation, its move and its cancellation do what they say.

Xandikos 0.4 puts what `import-imip` hands to a schedule inbox straight into the owner's calendar.
"""

import argparse
import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import caldav
import pytest
from icalendar import Event
from xandikos import import_imip

from handrail.capabilities.pairings.sessions import actions
from handrail.formats.calendars import invitation
from handrail.foundation import clock
from handrail.foundation.mail import delivery
from handrail.foundation.mail.models import OutboxMessage
from tests.integration.calendars.post import letter_box
from tests.integration.sessions.conftest import FRIDAY, NOW, WEDNESDAY, make_scene
from tests.unit.formats.calendars.samples import event

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("calendar_servers")]


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


@pytest.mark.django_db(databases=["default"])
def test_what_the_outbox_sends_is_put_moved_and_called_off_in_a_calendar(
    xandikos: str, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    scene = make_scene()
    leader = {"by": scene.account("leader"), "side": "leader"}
    with letter_box() as box:
        settings.MAIL_URL = f"smtp+plain://127.0.0.1:{box.port}"

        def posted() -> bytes:
            """What arrives for the leader of what waits in the outbox."""
            (message,) = OutboxMessage.objects.filter(state="waiting", to_address="lena@council.example")
            box.raw.clear()
            delivery.deliver(message.pk)
            (raw,) = box.raw
            return raw

        session = scene.agreed(FRIDAY, keep_messages=True)
        assert import_mail(xandikos, posted()) == 0
        (read,) = found(xandikos, FRIDAY)
        assert (read["UID"], read["SEQUENCE"], read["CLASS"]) == (session.uid, 0, "PRIVATE")
        assert read["DTSTART"].dt.hour == 10

        session = actions.move_session(**leader, session=session, starts_at=WEDNESDAY, zone="Europe/London")
        assert import_mail(xandikos, posted()) == 0
        assert found(xandikos, FRIDAY) == []
        (read,) = found(xandikos, WEDNESDAY)
        assert (read["UID"], read["SEQUENCE"], read["DTSTART"].dt.hour) == (session.uid, 1, 10)

        actions.cancel_session(**leader, session=session)
        assert import_mail(xandikos, posted()) == 0
        assert [part["STATUS"] for part in found(xandikos, WEDNESDAY)] == ["CANCELLED"]


def test_a_stored_invitation_is_found_at_its_instant(xandikos: str) -> None:
    sent = event("Australia/Lord_Howe", datetime(2026, 6, 8, 23, 30, tzinfo=UTC), uid="stored@handrail.example")
    with caldav.DAVClient(xandikos) as client:
        address = f"{xandikos}user/calendars/calendar/stored.ics"
        answer = client.put(address, invitation(sent), {"Content-Type": "text/calendar; charset=utf-8"})
    assert answer.status == 201
    (read,) = found(xandikos, datetime(2026, 6, 8, 23, 30, tzinfo=UTC))
    assert (read["UID"], read["DTSTART"].dt.hour) == ("stored@handrail.example", 10)
    assert found(xandikos, datetime(2026, 6, 8, 23, 25, tzinfo=UTC)) == []
