"""Offering, choosing, moving, calling off: what is written, and which messages go out with which entry."""

from datetime import timedelta
from unittest import mock

import pytest
from django.utils import translation
from django.utils.translation import get_language
from icalendar import Calendar, Event

from handrail.capabilities.pairings.calendars import actions as calendars
from handrail.capabilities.pairings.calendars import queries
from handrail.capabilities.pairings.models import CalendarSettings, Pairing, Session, TimeOffer
from handrail.capabilities.pairings.sessions import actions
from handrail.foundation.access.refusal import Refused
from handrail.foundation.audit.models import Event as AuditEvent
from handrail.foundation.mail.models import OutboxMessage
from tests.integration.sessions.conftest import FRIDAY, WEDNESDAY, Scene, SetClock

ZONE = "Europe/London"


def messages() -> dict[str, OutboxMessage]:
    """The messages waiting, by address; there is one for each."""
    found = list(OutboxMessage.objects.all())
    assert len({message.to_address for message in found}) == len(found)
    return {message.to_address: message for message in found}


def entry(message: OutboxMessage) -> Event:
    (event,) = Calendar.from_ical(message.calendar).walk("VEVENT")
    return event  # type: ignore[no-any-return]


def test_offered_times_reach_the_other_side_and_nobody_else_learns_the_names(scene: Scene) -> None:
    actions.offer_times(
        by=scene.account("mentor"),
        pairing=scene.pairing,
        side="mentor",
        times=[WEDNESDAY, FRIDAY, FRIDAY],
        minutes=20,
        zone=ZONE,
    )
    assert [offer.starts_at for offer in TimeOffer.objects.all()] == [FRIDAY, WEDNESDAY]
    sent = messages()
    assert set(sent) == {"lena@council.example", "dilys@council.example"}
    assert "Moses Adu" in sent["lena@council.example"].text
    to_delegate = sent["dilys@council.example"]
    assert "Lena Price" in to_delegate.text
    assert "Moses" not in to_delegate.text + to_delegate.subject
    assert AuditEvent.objects.get(what="times.offered").by == scene.account("mentor")


def test_times_offered_twice_are_offered_once(scene: Scene) -> None:
    for _again in range(2):
        actions.offer_times(
            by=scene.account("leader"), pairing=scene.pairing, side="leader", times=[FRIDAY], minutes=30, zone=ZONE
        )
    assert TimeOffer.objects.count() == 1
    assert OutboxMessage.objects.count() == 1


def test_choosing_a_time_invites_both_each_at_their_own_address_alone(scene: Scene) -> None:
    calendars.change_calendar(by=scene.account("leader"), address="lena@home.example", title=" Paned  a sgwrs\n")
    (offer,) = actions.offer_times(
        by=scene.account("mentor"), pairing=scene.pairing, side="mentor", times=[FRIDAY], minutes=45, zone=ZONE
    )
    OutboxMessage.objects.all().delete()
    session = actions.choose_time(by=scene.account("leader"), pairing=scene.pairing, side="leader", offer=offer)
    assert (session.starts_at, session.minutes, session.sequence) == (FRIDAY, 45, 0)
    assert TimeOffer.objects.count() == 0
    sent = messages()
    assert set(sent) == {"lena@home.example", "moses@council.example"}
    for address, message in sent.items():
        event = entry(message)
        assert message.calendar_method == "REQUEST"
        assert (event["SUMMARY"], event["CLASS"], event["SEQUENCE"]) == ("Paned a sgwrs", "PRIVATE", 0)
        assert event["ATTENDEE"] == f"mailto:{address}"
        assert event["ORGANIZER"] == "mailto:handrail@localhost"
    assert "lena@home.example" not in sent["moses@council.example"].calendar
    assert entry(sent["lena@home.example"])["ORGANIZER"].params["CN"] == "Moses Adu"
    assert "Friday 27 March, 10:00" in sent["lena@home.example"].text
    assert AuditEvent.objects.filter(what="session.agreed", subject_id=str(session.pk)).count() == 1


def test_a_time_is_agreed_once_even_when_two_choose_it(scene: Scene) -> None:
    (offer,) = actions.offer_times(
        by=scene.account("leader"), pairing=scene.pairing, side="leader", times=[FRIDAY], minutes=30, zone=ZONE
    )
    actions.choose_time(by=scene.account("mentor"), pairing=scene.pairing, side="mentor", offer=offer)
    with pytest.raises(Refused, match="no longer on offer"):
        actions.choose_time(by=scene.account("mentor"), pairing=scene.pairing, side="mentor", offer=offer)
    assert Session.objects.count() == 1


def test_moving_counts_up_keeps_the_local_hour_and_tells_both(scene: Scene) -> None:
    session = scene.agreed()
    moved = actions.move_session(
        by=scene.account("mentor"), session=session, side="mentor", starts_at=WEDNESDAY, zone=ZONE
    )
    assert (moved.uid, moved.sequence, moved.starts_at) == (session.uid, 1, WEDNESDAY)
    for message in messages().values():
        event = entry(message)
        assert message.calendar_method == "REQUEST"
        assert (event["UID"], event["SEQUENCE"]) == (session.uid, 1)
        assert event["DTSTART"].dt.hour == 10
        assert "Wednesday 1 April, 10:00" in message.text


def test_where_they_meet_is_sent_once_when_it_changes(scene: Scene) -> None:
    session = scene.agreed()
    for _again in range(2):
        session = actions.change_place(
            by=scene.account("leader"),
            session=session,
            side="leader",
            place="Room 4",
            meeting_link="https://meet.example/a",
        )
    assert session.sequence == 1
    assert len(messages()) == 2
    assert entry(messages()["moses@council.example"])["LOCATION"] == "Room 4"


def test_calling_off_cancels_the_same_entry_in_both_calendars(scene: Scene) -> None:
    session = scene.agreed()
    actions.cancel_session(by=scene.account("leader"), session=session, side="leader")
    session.refresh_from_db()
    assert (session.state, session.sequence) == (Session.State.CANCELLED, 1)
    for message in messages().values():
        event = entry(message)
        assert message.calendar_method == "CANCEL"
        assert (event["UID"], event["STATUS"], event["SEQUENCE"]) == (session.uid, "CANCELLED", 1)
        assert "leader" not in message.text.lower()
    with pytest.raises(Refused):
        actions.cancel_session(by=scene.account("leader"), session=session, side="leader")


def test_a_pairing_that_ends_takes_its_sessions_out_of_both_calendars(scene: Scene) -> None:
    scene.agreed(FRIDAY)
    scene.agreed(WEDNESDAY)
    Pairing.objects.update(state=Pairing.State.ENDED)
    assert actions.cancel_upcoming(by=None, pairing=scene.pairing) == 2
    assert {message.calendar_method for message in OutboxMessage.objects.all()} == {"CANCEL"}
    assert actions.cancel_upcoming(by=None, pairing=scene.pairing) == 0


def test_whether_they_met_changes_no_calendar_and_sends_nothing(scene: Scene, now: SetClock) -> None:
    session = scene.agreed()
    now.tick(timedelta(days=4))
    facts = {"by": scene.account("mentor"), "session": session, "side": "mentor"}
    with pytest.raises(Refused, match="Only the two"):
        actions.settle_session(**facts, is_delegate=True, state=Session.State.HELD)
    settled = actions.settle_session(**facts, is_delegate=False, state=Session.State.HELD)
    assert (settled.state, settled.sequence) == (Session.State.HELD, 0)
    assert OutboxMessage.objects.count() == 0
    assert AuditEvent.objects.filter(what="session.held").count() == 1


def test_somebody_without_an_address_is_written_to_without_an_entry(scene: Scene) -> None:
    scene.account("leader").delete()
    scene.leader.refresh_from_db()
    scene.leader.email = ""
    scene.leader.save()
    (offer,) = actions.offer_times(
        by=scene.account("mentor"), pairing=scene.pairing, side="mentor", times=[FRIDAY], minutes=30, zone=ZONE
    )
    OutboxMessage.objects.all().delete()
    actions.choose_time(by=scene.account("delegate"), pairing=scene.pairing, side="leader", offer=offer)
    assert messages()[""].calendar == ""
    assert messages()["moses@council.example"].calendar


@pytest.mark.parametrize("address", ["lena at council", "a@b@c", "lena@council.example, moses@council.example"])
def test_an_address_that_is_none_stops_nobody(scene: Scene, address: str) -> None:
    CalendarSettings.objects.create(account=scene.account("leader"), address=address)
    session = scene.agreed()
    actions.cancel_session(by=scene.account("mentor"), session=session, side="mentor")
    assert messages()[address].calendar == ""
    assert messages()["moses@council.example"].calendar_method == "CANCEL"


def test_the_neutral_title_is_in_the_leaders_language_whoever_chooses(scene: Scene) -> None:
    with translation.override("fr"), mock.patch.object(queries, "_", lambda words: f"{get_language()}: {words}"):
        assert scene.agreed().title == "en: Catch-up"


def test_a_message_tells_the_time_by_its_readers_clock(scene: Scene) -> None:
    mentor = scene.account("mentor")
    mentor.time_zone = "America/New_York"
    mentor.save()
    (offer,) = actions.offer_times(
        by=scene.account("leader"), pairing=scene.pairing, side="leader", times=[FRIDAY], minutes=30, zone=ZONE
    )
    actions.choose_time(by=mentor, pairing=scene.pairing, side="mentor", offer=offer)
    sent = OutboxMessage.objects.get(to_address="moses@council.example", kind="invitation")
    assert "Friday 27 March, 06:00 (New York)" in sent.text
    assert entry(sent)["DTSTART"].params["TZID"] == ZONE


def test_refusals_leave_nothing_behind(scene: Scene) -> None:
    session = scene.agreed()
    before = AuditEvent.objects.count()
    with pytest.raises(Refused):
        actions.offer_times(
            by=scene.account("outsider"), pairing=scene.pairing, side="", times=[WEDNESDAY], minutes=30, zone=ZONE
        )
    with pytest.raises(Refused):
        actions.move_session(
            by=scene.account("leader"),
            session=session,
            side="leader",
            starts_at=FRIDAY.min.replace(tzinfo=FRIDAY.tzinfo),
            zone=ZONE,
        )
    assert (AuditEvent.objects.count(), OutboxMessage.objects.count(), TimeOffer.objects.count()) == (before, 0, 0)
