"""Somebody connects their own calendar: it is fetched within bounds, and a time that clashes is said to them alone."""

import logging
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from handrail.capabilities.pairings.busy import jobs, queries, rules
from handrail.capabilities.pairings.busy.models import BusyCalendar, BusyTime
from handrail.capabilities.pairings.sessions import actions
from handrail.capabilities.people.models import Delegate
from handrail.connections import calendars
from handrail.connections.calendars import Unreachable, fetch_calendar
from handrail.foundation.vault import cipher
from tests.integration.sessions.conftest import FRIDAY, WEDNESDAY, Scene
from tests.integration.sessions.test_pages import words

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow, pytest.mark.postgres]
TITLE = "Board dinner née 7f3a"
ON_FRIDAY = "\r\n".join(
    (
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "BEGIN:VEVENT", "UID:1", "DTSTAMP:20260101T000000Z"),
        *("DTSTART:20260327T094500Z", "DTEND:20260327T101500Z", f"SUMMARY:{TITLE}", "END:VEVENT", "END:VCALENDAR", ""),
    )
)
INSIDE = (
    *("https://127.0.0.1/a.ics", "https://localhost/a.ics", "https://[::1]/a.ics", "https://0.0.0.0/a.ics"),
    *("https://10.1.2.3/a.ics", "https://192.168.0.1/a.ics", "https://172.16.0.9/a.ics", "https://100.64.0.1/a.ics"),
    *("https://169.254.169.254/latest/meta-data", "https://[::ffff:127.0.0.1]/a.ics", "https://[fd00::1]/a.ics"),
    *("http://192.0.2.1/a.ics", "ftp://192.0.2.1/a.ics", "file:///etc/passwd"),
)


class Calendars(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        places: dict[str, tuple[int, str, bytes]] = {
            "/own.ics": (200, "", ON_FRIDAY.encode()),
            "/page": (200, "", b"<html>"),
            "/moved": (302, "/own.ics", b""),
            "/round": (302, "/round", b""),
            "/inwards": (302, "http://10.1.2.3/own.ics", b""),
            "/nowhere": (302, "", b""),
            "/large": (200, "", b"x" * 5000),
        }
        status, to, content = places.get(self.path, (404, "", b""))
        self.send_response(status)
        if to:
            self.send_header("Location", to)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_said: Any) -> None:
        pass


@pytest.fixture
def base(settings: Any) -> Iterator[str]:
    """Calendars on this machine, which only tests may read."""
    settings.CALENDARS_MAY_BE_INSIDE = True
    with HTTPServer(("127.0.0.1", 0), Calendars) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def connect(scene: Scene, who: str, address: str) -> str:
    """Connects, lets the worker read, and what the page then says."""
    client = scene.client(who)
    assert client.post(reverse("calendar_busy"), {"address": address}).status_code == 302
    jobs.read_calendar.call(calendar_id=BusyCalendar.objects.get(account=scene.account(who)).pk)
    return words(client.get(reverse("calendar_busy")))  # type: ignore[arg-type]


def test_a_time_that_clashes_is_marked_to_its_owner_and_to_nobody_else(scene: Scene, base: str) -> None:
    said = connect(scene, "mentor", f"{base}/own.ics")
    assert "You are busy at 1 time in the next two months." in said
    Delegate.objects.create(person=scene.mentor, delegate=scene.delegate, since=FRIDAY.date())
    actions.offer_times(
        by=scene.account("leader"),
        pairing=scene.pairing,
        side="leader",
        times=[FRIDAY, WEDNESDAY],
        minutes=30,
        zone="Europe/London",
    )
    times = reverse("session_times", args=[scene.pairing.pk])
    seen = words(scene.client("mentor").get(times))  # type: ignore[arg-type]
    assert seen.count("You seem busy then") == 1
    assert seen.index("Friday 27 March") < seen.index("You seem busy then") < seen.index("Wednesday 1 April")
    for who in ("leader", "delegate"):
        assert "You seem busy" not in words(scene.client(who).get(times))  # type: ignore[arg-type]
    offer = reverse("session_offer", args=[scene.pairing.pk])
    assert "Friday 27 March, 10:00" not in words(scene.client("mentor").get(offer)), "the free ones first"  # type: ignore[arg-type]
    connect(scene, "leader", f"{base}/moved")
    own = words(scene.client("leader").get(times))  # type: ignore[arg-type]
    assert "Take this one back. You seem busy then" in own


def test_only_begin_and_end_are_kept_and_disconnecting_deletes_all_of_it(scene: Scene, base: str) -> None:
    address = f"{base}/own.ics"
    connect(scene, "leader", address)
    (calendar,) = BusyCalendar.objects.all()
    assert address.encode() not in bytes(calendar.address)
    assert queries.address_behind(calendar) == address
    calendar.account_id += 1
    with pytest.raises(cipher.Unreadable):
        queries.address_behind(calendar)
    (time,) = BusyTime.objects.values()
    assert TITLE not in repr(time)
    assert set(time) == {"id", "calendar_id", "starts_at", "ends_at"}
    client = scene.client("leader")
    assert address not in client.get(reverse("calendar_busy")).content.decode()
    client.post(reverse("calendar_busy_end"))
    client.post(reverse("calendar_busy_end"))
    assert not BusyCalendar.objects.exists()
    assert not BusyTime.objects.exists()
    jobs.read_calendar.call(calendar_id=calendar.pk)
    assert not BusyTime.objects.exists()


def test_a_calendar_disconnected_while_it_is_read_leaves_nothing(
    scene: Scene, base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect(scene, "leader", f"{base}/own.ics")
    (pk,) = queries.ids_connected()

    def gone_meanwhile(*_said: Any, **_more: Any) -> bytes:
        BusyCalendar.objects.all().delete()
        return ON_FRIDAY.encode()

    monkeypatch.setattr("handrail.capabilities.pairings.busy.actions.fetch_calendar", gone_meanwhile)
    jobs.read_calendar.call(calendar_id=pk)
    assert not BusyTime.objects.exists()


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/page", "There is no calendar at the address"),
        ("/none", "did not let itself be read"),
        ("/nowhere", "did not let itself be read"),
        ("/round", "did not let itself be read"),
        ("/inwards", "leads into a private network"),
        ("/large", "too large or too slow"),
    ],
)
def test_what_cannot_be_read_is_said_and_no_hour_looks_taken(
    scene: Scene, base: str, monkeypatch: pytest.MonkeyPatch, path: str, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    connect(scene, "leader", f"{base}/own.ics")
    assert BusyTime.objects.count() == 1
    monkeypatch.setattr(calendars, "MOST_BYTES", 4000)
    with caplog.at_level(logging.WARNING):
        assert said in connect(scene, "leader", f"{base}{path}")
    assert not BusyTime.objects.exists()
    assert path not in caplog.text, "an address is a secret"


@pytest.mark.parametrize("address", INSIDE)
def test_nothing_inside_our_own_network_is_ever_read(address: str) -> None:
    with pytest.raises(Unreachable) as fault:
        fetch_calendar(address)
    assert fault.value.code == "inside"


def test_a_server_that_is_not_there_and_one_that_dribbles_are_given_up(
    base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Unreachable, match="not_there"):
        fetch_calendar("http://127.0.0.1:9/own.ics", may_be_inside=True)
    monkeypatch.setattr(calendars, "SECONDS", -1)
    with pytest.raises(Unreachable, match="too_much"):
        fetch_calendar(f"{base}/own.ics", may_be_inside=True)


@pytest.mark.parametrize(
    "typed",
    [
        *("calendar", "http://example.org/a.ics", "https://", "https://me:secret@example.org/a.ics", "ftp://a.b/c"),
        *("https://example.org/a b.ics", "https://[::1/a.ics", "https://example.org:99999/a.ics"),
    ],
)
def test_what_is_no_address_is_said_kindly_and_comes_back(scene: Scene, typed: str) -> None:
    answer = scene.client("leader").post(reverse("calendar_busy"), {"address": typed})
    assert "This is no calendar’s address." in answer.content.decode()
    assert not BusyCalendar.objects.exists()


def test_the_scheme_that_calendar_programmes_write_is_https() -> None:
    assert rules.usual_address(" webcal://example.org/a.ics ") == "https://example.org/a.ics"
    assert rules.usual_address("https://example.org/a.ics") == "https://example.org/a.ics"


def test_every_hour_each_connected_calendar_is_read_again(scene: Scene, base: str) -> None:
    for who in ("leader", "mentor"):
        connect(scene, who, f"{base}/own.ics")
    first = DBTaskResult.objects.filter(task_path__endswith="busy.jobs.read_calendar").count()
    jobs.read_calendars.call()
    assert DBTaskResult.objects.filter(task_path__endswith="busy.jobs.read_calendar").count() == first + 2
    connected = BusyCalendar.objects.get(account=scene.account("leader"))
    assert connected.read_at is not None
    assert timedelta(0) <= connected.read_at - connected.connected_at < timedelta(minutes=1)
