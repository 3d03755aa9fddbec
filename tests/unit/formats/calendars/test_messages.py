"""What an invitation, a cancellation and a feed say, and what they cannot be made to say."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from handrail.formats.calendars import Party, Status, cancellation, cancelled, feed, invitation, moved
from tests.unit.formats.calendars.samples import LEADER, SENDER, event, unfolded, written

NASTY = [
    "\r\nATTENDEE:mailto:x@y.example",
    "\nEND:VEVENT\nBEGIN:VALARM",
    "\u2028X:1",
    "\x00\x1b\x7f",
    "\u0085A:b",
    "\ud800",
    "\u202e",
]


def test_an_invitation_is_private_busy_and_without_alarm_or_agenda() -> None:
    text = invitation(event())
    assert "METHOD:REQUEST" in unfolded(text)
    assert written(text, "CLASS") == "CLASS:PRIVATE"
    assert written(text, "TRANSP") == "TRANSP:OPAQUE"
    assert written(text, "STATUS") == "STATUS:CONFIRMED"
    assert written(text, "SEQUENCE") == "SEQUENCE:0"
    assert written(text, "DTSTART") == "DTSTART;TZID=Europe/London:20260327T100000"
    assert "VALARM" not in text
    assert written(text, "DESCRIPTION") == (
        r"DESCRIPTION:https://meet.example/abc\nhttps://handrail.example/pairings/sessions/7/"
    )


def test_an_event_without_links_has_no_description() -> None:
    text = invitation(event(meeting_link="", page="", place="Room 4; ground floor"))
    assert "DESCRIPTION" not in text
    assert "URL" not in text
    assert written(text, "LOCATION") == r"LOCATION:Room 4\; ground floor"


def test_replies_go_to_the_installation_and_not_to_a_person() -> None:
    (organiser,) = [line for line in unfolded(invitation(event())) if line.startswith("ORGANIZER")]
    assert organiser.replace('"', "") == "ORGANIZER;CN=Sam Okafor:mailto:handrail@council.example"
    (attendee,) = [line for line in unfolded(invitation(event())) if line.startswith("ATTENDEE")]
    assert "RSVP=FALSE" in attendee
    assert attendee.endswith("mailto:leader@home.example")


def test_a_move_keeps_the_uid_and_counts_up() -> None:
    first = event()
    later = moved(
        first,
        starts_at=first.starts_at + timedelta(days=7),
        ends_at=first.ends_at + timedelta(days=7),
        stamp=first.stamp + timedelta(hours=1),
    )
    assert written(invitation(first), "UID") == written(invitation(later), "UID")
    assert written(invitation(later), "SEQUENCE") == "SEQUENCE:1"
    # seven days later by the clock, over the change of 29 March: still ten o'clock
    assert written(invitation(later), "DTSTART") == "DTSTART;TZID=Europe/London:20260403T100000"


def test_a_cancellation_names_the_same_uid_with_the_next_sequence() -> None:
    off = cancelled(event(sequence=3), stamp=datetime(2026, 2, 1, tzinfo=UTC))
    text = cancellation(off)
    assert "METHOD:CANCEL" in unfolded(text)
    assert written(text, "STATUS") == "STATUS:CANCELLED"
    assert written(text, "SEQUENCE") == "SEQUENCE:4"
    assert written(text, "UID") == written(invitation(event()), "UID")


def test_each_method_refuses_the_other_status() -> None:
    with pytest.raises(ValueError, match="called off"):
        invitation(cancelled(event(), stamp=event().stamp))
    with pytest.raises(ValueError, match="called off"):
        cancellation(event())
    with pytest.raises(ValueError, match="somebody"):
        invitation(event(attendees=()))


def test_a_feed_has_a_name_a_pace_and_no_attendees() -> None:
    text = feed([event(), event(uid="second@handrail.example")], name="Handrail, sessions")
    lines = unfolded(text)
    assert "METHOD:PUBLISH" in lines
    assert r"X-WR-CALNAME:Handrail\, sessions" in lines
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in lines
    assert "X-PUBLISHED-TTL:PT1H" in lines
    assert "leader@home.example" not in text
    assert lines.count("BEGIN:VEVENT") == 2
    assert lines.count("BEGIN:VTIMEZONE") == 1
    assert lines.count("CLASS:PRIVATE") == 2


def test_a_feed_with_nothing_in_it_is_still_a_calendar() -> None:
    calendar = Calendar.from_ical(feed([], name="Handrail"))
    assert calendar.walk("VEVENT") == []
    assert calendar["VERSION"] == "2.0"


@pytest.mark.parametrize("nasty", NASTY)
def test_a_title_name_or_place_adds_no_line(nasty: str) -> None:
    plain = invitation(event(place="x", organiser=Party(SENDER.address, "x"), attendees=(Party(LEADER.address, "x"),)))
    text = invitation(
        event(
            title=f"Catch{nasty}up",
            place=f"Room{nasty}4",
            organiser=Party(SENDER.address, f"Sam{nasty}O"),
            attendees=(Party(LEADER.address, f"Siân{nasty}B"),),
        )
    )
    names = [line.partition(":")[0].partition(";")[0] for line in unfolded(text)]
    assert names == [line.partition(":")[0].partition(";")[0] for line in unfolded(plain)]
    assert all(part.isprintable() for part in unfolded(text))


@pytest.mark.parametrize(
    "address",
    ["", "a@b\r\nBCC:x@y", "no-at", "a b@c.d", 'a"@b.c', "a@b@c", "a@b,c@d", "<a@b.c>", "a@b\u2028c", "\x00@b"],
)
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="not an e-mail address"):
        Party(address)


@pytest.mark.parametrize(
    "link",
    [
        *("javascript:alert(1)", "https://", "http://a b/", "https://a.example/\r\nX:1", "ftp://a.example"),
        *("//a.example", "https://[::1", "https://a.example:port/", "https://a.example:99999/"),
    ],
)
def test_a_link_that_is_none_is_refused(link: str) -> None:
    with pytest.raises(ValueError, match="not a web address"):
        event(meeting_link=link)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"zone": "Nowhere/Town"}, "no time zone"),
        ({"zone": "../etc/passwd"}, "no time zone"),
        ({"ends_at": event().starts_at}, "ends after"),
        ({"stamp": datetime(2026, 1, 1)}, "need a time zone"),
        ({"uid": "a\nb"}, "uid"),
        ({"sequence": -1}, "sequence"),
    ],
)
def test_a_senseless_event_is_refused(changes: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        event(**{"zone": "Europe/London", "starts_at": event().starts_at, **changes})  # type: ignore[arg-type]


@pytest.mark.slow
@settings(max_examples=40)
@given(
    title=st.text(max_size=300), name=st.text(max_size=120), place=st.text(max_size=120), sequence=st.integers(0, 99)
)
def test_what_is_written_is_read_back(title: str, name: str, place: str, sequence: int) -> None:
    made = event(title=title, place=place, sequence=sequence, attendees=(Party(LEADER.address, name),))
    text = invitation(made)
    assert text.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    (read,) = Calendar.from_ical(text).walk("VEVENT")
    assert read["SUMMARY"] == made.title
    assert read.get("LOCATION", "") == made.location
    assert read["SEQUENCE"] == sequence
    assert read["ATTENDEE"] == "mailto:leader@home.example"
    assert read["ATTENDEE"].params.get("CN", "") == made.attendees[0].name
    assert read["DTSTART"].dt == made.starts_at
    assert read["DTEND"].dt == made.ends_at
    assert read["UID"] == made.uid


def test_a_cancelled_session_in_a_feed_blocks_no_time() -> None:
    text = feed([event(status=Status.CANCELLED)], name="Handrail")
    assert written(text, "TRANSP") == "TRANSP:TRANSPARENT"
