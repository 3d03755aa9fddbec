"""The private feed: shown once, kept as a digest, ended at will, and silent to everybody without its address."""

import logging
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from handrail.capabilities.accounts.models import Account
from handrail.capabilities.pairings.calendars import tokens
from handrail.capabilities.pairings.calendars.actions import make_feed
from handrail.capabilities.pairings.models import CalendarSettings, Session
from handrail.capabilities.pairings.sessions import actions
from handrail.foundation.audit.models import Event as AuditEvent
from tests.integration.sessions.conftest import FRIDAY, WEDNESDAY, Scene, SetClock


def feed_of(scene: Scene, who: str) -> str:
    return reverse("calendar_feed", args=[make_feed(by=scene.account(who))])


def test_the_address_is_shown_once_and_only_its_digest_is_kept(scene: Scene) -> None:
    client = scene.client("leader")
    answer = client.post(reverse("calendar_feed_make"))
    assert answer.headers["Location"] == reverse("calendar_feed_made")
    page = client.get(answer.headers["Location"]).content.decode()
    found = re.search(r"http://localhost:8000(/pairings/calendar/([\w-]{43})\.ics)", page)
    assert found
    path, token = found[1], found[2]
    assert Client().get(path).status_code == 200
    assert token not in client.get(reverse("calendar_settings")).content.decode()
    kept = CalendarSettings.objects.values().get()
    assert kept["feed_digest"] == tokens.digest(token)
    assert token not in repr(kept) + repr(list(AuditEvent.objects.values()))


def test_a_reload_makes_no_second_address_and_shows_none(scene: Scene) -> None:
    client = scene.client("leader")
    shown = reverse("calendar_feed_made")
    assert client.get(shown).headers["Location"] == reverse("calendar_settings")
    client.post(reverse("calendar_feed_make"))
    digest = CalendarSettings.objects.get().feed_digest
    assert b".ics" in client.get(shown).content
    again = client.get(shown, follow=True)
    assert b".ics" not in again.content
    assert "An address is shown once" in again.content.decode()
    assert CalendarSettings.objects.get().feed_digest == digest


def test_the_new_address_is_shown_to_nobody_else_at_the_same_browser(scene: Scene) -> None:
    client = scene.client("leader")
    client.post(reverse("calendar_feed_make"))
    client.force_login(scene.account("mentor"), backend="handrail.capabilities.accounts.backends.AccountBackend")
    assert client.get(reverse("calendar_feed_made")).status_code == 302


def test_the_feed_holds_both_sides_sessions_at_the_right_hour_and_no_address(scene: Scene) -> None:
    scene.agreed(FRIDAY)
    scene.agreed(WEDNESDAY)
    for who, other in (("leader", "Moses Adu"), ("mentor", "Lena Price")):
        answer = Client().get(feed_of(scene, who))
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
        text = answer.content.decode()
        events = Calendar.from_ical(text).walk("VEVENT")
        assert [event["DTSTART"].dt.hour for event in events] == [10, 10]
        assert {event["ORGANIZER"].params["CN"] for event in events} == {other}
        assert "council.example" not in text
        assert "ATTENDEE" not in text


def test_what_is_called_off_or_long_past_is_not_in_it(scene: Scene, now: SetClock) -> None:
    scene.agreed(FRIDAY)
    session = scene.agreed(WEDNESDAY)
    path = feed_of(scene, "leader")
    actions.cancel_session(by=scene.account("leader"), session=session, side="leader")
    assert Client().get(path).content.count(b"BEGIN:VEVENT") == 1
    now.tick(timedelta(days=80))
    assert Client().get(path).content.count(b"BEGIN:VEVENT") == 0


def test_an_unchanged_feed_is_answered_with_its_mark_alone(scene: Scene) -> None:
    session = scene.agreed()
    path, client = feed_of(scene, "leader"), Client()
    mark = client.get(path).headers["ETag"]
    again = client.get(path, headers={"If-None-Match": f'"other", {mark}'})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", mark)
    actions.move_session(
        by=scene.account("leader"), session=session, side="leader", starts_at=WEDNESDAY, zone="Europe/London"
    )
    changed = client.get(path, headers={"If-None-Match": mark})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != mark
    assert client.get(path, headers={"If-None-Match": "nonsense, W/"}).status_code == 200


def test_the_mark_changes_with_everything_the_feed_says(scene: Scene) -> None:
    scene.agreed()
    path, client = feed_of(scene, "leader"), Client()
    seen = {client.get(path).headers["ETag"]}
    scene.mentor.name = "Moses Adu-Jones"
    scene.mentor.save()
    seen.add(client.get(path).headers["ETag"])
    Session.objects.update(state=Session.State.CANCELLED)
    seen.add(client.get(path).headers["ETag"])
    assert len(seen) == 3


def test_the_feed_is_quick_and_asks_two_questions_of_the_database(
    scene: Scene, django_assert_num_queries: object
) -> None:
    scene.agreed(FRIDAY)
    scene.agreed(WEDNESDAY)
    path, client = feed_of(scene, "leader"), Client()
    with django_assert_num_queries(2):  # type: ignore[operator]
        client.get(path)


def test_ended_replaced_closed_or_never_there_all_look_alike(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    replaced, ended, closed = feed_of(scene, "leader"), feed_of(scene, "leader"), feed_of(scene, "mentor")
    assert Client().get(ended).status_code == 200
    scene.client("leader").post(reverse("calendar_feed_revoke"))
    Account.objects.filter(pk=scene.account("mentor").pk).update(is_active=False)
    never = [reverse("calendar_feed", args=[token]) for token in (tokens.new_token(), "x", "%00", "é" * 300)]
    answers = [Client().get(path) for path in (replaced, ended, closed, *never)]
    assert {(answer.status_code, answer.content, tuple(sorted(answer.headers))) for answer in answers} == {
        (404, b"", tuple(sorted(answers[0].headers)))
    }
    secret = ended.rpartition("/")[2].removesuffix(".ics")
    assert secret not in caplog.text


def test_fetching_a_feed_changes_nothing(scene: Scene) -> None:
    scene.agreed()
    path = feed_of(scene, "leader")
    before = repr([list(model.objects.values()) for model in (CalendarSettings, Session, AuditEvent)])
    assert Client().get(path).status_code == 200
    assert Client().head(path).status_code == 200
    assert [Client().generic(method, path).status_code for method in ("POST", "PUT", "DELETE")] == [405, 405, 405]
    assert repr([list(model.objects.values()) for model in (CalendarSettings, Session, AuditEvent)]) == before


def test_making_and_ending_a_feed_needs_a_press(scene: Scene) -> None:
    client = scene.client("leader")
    for name in ("calendar_feed_make", "calendar_feed_revoke"):
        assert client.get(reverse(name)).status_code == 405
        assert Client().post(reverse(name)).status_code == 302
    assert not CalendarSettings.objects.exists()
    client.post(reverse("calendar_feed_revoke"))  # nothing to end: nothing noted
    assert not AuditEvent.objects.filter(what="calendar.feed_revoked").exists()


def test_a_delegate_or_a_stranger_gets_none_of_it_in_their_own_feed(scene: Scene) -> None:
    scene.agreed()
    for who in ("delegate", "outsider"):
        assert b"BEGIN:VEVENT" not in Client().get(feed_of(scene, who)).content


def test_the_leader_picks_the_title_and_each_their_address(scene: Scene) -> None:
    client, mentor = scene.client("leader"), scene.client("mentor")
    client.post(reverse("calendar_settings"), {"address": "lena@home.example", "title": "Paned"})
    mentor.post(reverse("calendar_settings"), {"address": "", "title": "Mentoring the boss"})
    session = scene.agreed()
    assert session.title == "Paned"
    assert CalendarSettings.objects.get(account=scene.account("mentor")).title == ""
    answer = client.post(reverse("calendar_settings"), {"address": "no address", "title": ""})
    assert answer.status_code == 200
    assert CalendarSettings.objects.get(account=scene.account("leader")).address == "lena@home.example"


def test_without_a_choice_the_title_is_neutral(scene: Scene) -> None:
    assert scene.agreed().title == "Catch-up"
