"""The pages about times, walked by the two, by a delegate, and by people whom it does not concern."""

import re
from datetime import timedelta
from unittest import mock

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from handrail.capabilities.pairings.models import Pairing, Session, TimeOffer
from handrail.capabilities.pairings.sessions import actions
from handrail.capabilities.people.models import Delegate, Role
from handrail.capabilities.schemes.sign_up.models import SignUp
from handrail.foundation.access.refusal import Refused
from tests.integration.sessions.conftest import FRIDAY, NOW, WEDNESDAY, Scene, SetClock

BOTH = ["leader", "mentor"]
# Met is said of a pairing and stands in no column.
NOT_RUNNING = sorted(set(Pairing.State) - {Pairing.State.AGREED, Pairing.State.MET})
MOMENTS = {"friday": FRIDAY.isoformat()}


def post(client: Client, name: str, number: int, data: dict[str, object] | None = None) -> HttpResponse:
    return client.post(reverse(name, args=[number]), data or {})  # type: ignore[return-value]


def words(response: HttpResponse) -> str:
    """What a reader sees of the page's main part."""
    main = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)
    assert main
    return " ".join(re.sub(r"<[^>]+>", " ", main[0]).split())


def tapped(page: HttpResponse, label: str) -> tuple[str, str]:
    """The name and value of the box with this label, which stands before it."""
    found = re.search(rf'name="(suggested)" value="([^"]+)"[^>]*><label[^>]*>{label}', page.content.decode())
    assert found
    return found[1], found[2]


def test_from_the_offer_to_the_agreed_session_with_taps_alone(scene: Scene) -> None:
    leader, mentor = scene.client("leader"), scene.client("mentor")
    page = leader.get(reverse("session_offer", args=[scene.pairing.pk]))
    assert page.content.count(b'name="suggested"') == 6
    assert page.content.count(b'type="checkbox"') == 9, "six times, and the three parts of another day"
    (_name, first), (_again, second) = tapped(page, "Friday 27 March"), tapped(page, "Wednesday 1 April")
    answer = post(leader, "session_offer", scene.pairing.pk, {"suggested": [first, second], "minutes": "30"})
    assert answer.status_code == 302
    page = mentor.get(reverse("session_times", args=[scene.pairing.pk]))
    assert "Lena Price offers these" in words(page)
    assert "Wednesday 1 April, 15:00" in words(page)
    offer = TimeOffer.objects.get(starts_at=second)
    answer = post(mentor, "session_choose", scene.pairing.pk, {"offer": offer.pk})
    session = Session.objects.get()
    assert answer.headers["Location"] == reverse("session", args=[session.pk])
    assert session.starts_at.isoformat() == "2026-04-01T14:00:00+00:00"
    assert "Wednesday 1 April, 15:00" in words(leader.get(reverse("session_times", args=[scene.pairing.pk])))


def test_what_both_said_at_sign_up_is_suggested_first(scene: Scene) -> None:
    for side, times in (("leader", ["fri-midday", "mon-evening"]), ("mentor", ["fri-midday", "tue-morning"])):
        person = getattr(scene, side)
        SignUp.objects.create(
            scheme=scene.pairing.scheme, person=person, side=side, times=times, whom_not=b"", signed_up_at=NOW
        )
    page = scene.client("leader").get(reverse("session_offer", args=[scene.pairing.pk]))
    assert "Days on which you both said you are often free come first." in words(page)
    fridays = re.findall(r"Friday \d+ \w+, (\d\d:\d\d)", words(page))
    assert fridays == ["12:30", "12:30"]


def test_a_day_and_its_parts_can_be_tapped(scene: Scene) -> None:
    typed = {"day": "2026-04-01", "parts": ["morning", "afternoon"], "minutes": "30"}
    assert post(scene.client("delegate"), "session_offer", scene.pairing.pk, typed).status_code == 302
    offered = [offer.starts_at.hour for offer in TimeOffer.objects.all()]
    assert offered == [9, 14], "ten and three o'clock in London, in summer time"


def test_what_is_offered_already_is_not_suggested_again(scene: Scene) -> None:
    scene.agreed(FRIDAY)
    page = scene.client("leader").get(reverse("session_offer", args=[scene.pairing.pk])).content.decode()
    assert FRIDAY.isoformat() not in page.replace("+01:00", "+00:00")
    assert page.count('name="suggested"') == 6


def test_a_time_shown_a_while_ago_may_still_be_tapped(scene: Scene, now: SetClock) -> None:
    client = scene.client("leader")
    _name, value = tapped(client.get(reverse("session_offer", args=[scene.pairing.pk])), "Wednesday 25 March")
    now.tick(timedelta(hours=14))  # by now it is less than a day away
    assert value not in client.get(reverse("session_offer", args=[scene.pairing.pk])).content.decode()
    data = {"suggested": value, "minutes": "30"}
    assert post(client, "session_offer", scene.pairing.pk, data).status_code == 302
    assert TimeOffer.objects.count() == 1


def test_one_more_time_can_be_typed(scene: Scene) -> None:
    typed = {"on-day": "3", "on-month": "4", "on-year": "2026", "at": "2.30pm", "minutes": "45"}
    assert post(scene.client("leader"), "session_offer", scene.pairing.pk, typed).status_code == 302
    offer = TimeOffer.objects.get()
    assert (offer.starts_at.isoformat(), offer.minutes) == ("2026-04-03T13:30:00+00:00", 45)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Tap at least one time"),
        ({"at": "10:00"}, "both, the day and the time"),
        ({"on-day": "3", "on-month": "4", "on-year": "2026"}, "both, the day and the time"),
        ({"on-day": "29", "on-month": "3", "on-year": "2026", "at": "1:30"}, "clocks go forward"),
        ({"on-day": "3", "on-month": "3", "on-year": "2026", "at": "10:00"}, "has passed"),
        ({"on-day": "3", "on-month": "4", "on-year": "2200", "at": "10:00"}, "more than a year away"),
        ({"on-day": "31", "on-month": "2", "on-year": "2026", "at": "10:00"}, "Please check the day"),
        ({"suggested": "2026-03-28T10:00:00+00:00"}, "choose from these"),
        ({"suggested": "\x00"}, "choose from these"),
        ({"day": "2026-03-27"}, "both, the day and the part"),
        ({"parts": "morning"}, "both, the day and the part"),
        ({"day": "2027-03-27", "parts": "morning"}, "choose one of these"),
        ({"day": "\x00", "parts": "morning"}, "choose one of these"),
        ({"day": "2026-03-27", "parts": "night"}, "choose from these"),
    ],
)
def test_a_senseless_time_comes_back_with_a_kind_word(scene: Scene, typed: dict[str, str], said: str) -> None:
    answer = post(scene.client("leader"), "session_offer", scene.pairing.pk, {"minutes": "30", **typed})
    assert answer.status_code == 200
    assert said in words(answer)
    assert TimeOffer.objects.count() == 0


def test_an_offer_is_taken_back_by_its_own_side_only(scene: Scene) -> None:
    (offer,) = actions.offer_times(
        by=scene.account("leader"),
        pairing=scene.pairing,
        side="leader",
        times=[FRIDAY],
        minutes=30,
        zone="Europe/London",
    )
    post(scene.client("mentor"), "session_offer_withdraw", scene.pairing.pk, {"offer": offer.pk})
    assert TimeOffer.objects.count() == 1
    post(scene.client("leader"), "session_offer_withdraw", scene.pairing.pk, {"offer": offer.pk})
    assert TimeOffer.objects.count() == 0


@pytest.mark.parametrize("offer", ["", "0", "999", "-1", "9" * 40, "x", "\x00", "²"])
def test_an_offer_that_is_gone_is_explained(scene: Scene, offer: str) -> None:
    client = scene.client("mentor")
    answer = post(client, "session_choose", scene.pairing.pk, {"offer": offer})
    assert answer.status_code == 302
    assert "no longer on offer" in client.get(answer.headers["Location"]).content.decode()


@pytest.mark.parametrize("who", ["leader", "mentor", "delegate"])
def test_the_entry_is_there_to_take_where_no_mail_brings_it(scene: Scene, who: str) -> None:
    session = scene.agreed()
    address = reverse("session_entry", args=[session.pk])
    assert address in scene.client(who).get(reverse("session", args=[session.pk])).content.decode()
    taken = scene.client(who).get(address)
    assert taken.headers["Content-Type"] == "text/calendar; charset=utf-8"
    (entry,) = Calendar.from_ical(taken.content).walk("VEVENT")
    assert (entry["SUMMARY"], entry["UID"], entry["CLASS"]) == (session.title, session.uid, "PRIVATE")
    assert entry["DTSTART"].dt == session.starts_at
    assert scene.client("outsider").get(address).status_code == 404


def test_a_session_is_moved_placed_and_called_off(scene: Scene) -> None:
    session, client = scene.agreed(), scene.client("mentor")
    page = client.get(reverse("session_move", args=[session.pk]))
    name, value = tapped(page, "Wednesday 1 April")
    assert post(client, "session_move", session.pk, {name: value}).status_code == 302
    place = {"place": "Room 4", "meeting_link": "https://meet.example/abc"}
    assert post(client, "session_place", session.pk, place).status_code == 302
    session.refresh_from_db()
    assert (session.starts_at, session.place) == (WEDNESDAY, "Room 4")
    assert session.sequence == 2
    assert client.get(reverse("session_cancel", args=[session.pk])).status_code == 200
    session.refresh_from_db()
    assert session.state == Session.State.AGREED  # opening the page calls nothing off
    post(client, "session_cancel", session.pk)
    session.refresh_from_db()
    assert session.state == Session.State.CANCELLED
    assert "Called off" in words(client.get(reverse("session", args=[session.pk])))


def test_only_one_time_to_move_to(scene: Scene) -> None:
    session, client = scene.agreed(), scene.client("mentor")
    page = client.get(reverse("session_move", args=[session.pk]))
    name, value = tapped(page, "Wednesday 1 April")
    answer = post(client, "session_move", session.pk, {name: value, "day": "2026-04-02", "parts": "morning"})
    assert "one time only" in words(answer)


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "meet", "https://", "https://meet.example/\nX-A:b", "ftp://a.example"]
)
def test_a_link_that_is_none_is_refused(scene: Scene, link: str) -> None:
    session = scene.agreed()
    answer = post(scene.client("leader"), "session_place", session.pk, {"meeting_link": link})
    assert answer.status_code == 200
    assert "not a web address" in words(answer)


def test_afterwards_the_two_say_whether_they_met(scene: Scene, now: SetClock) -> None:
    session = scene.agreed()
    now.tick(timedelta(days=4))
    assert "Did you meet?" in words(scene.client("mentor").get(reverse("session_times", args=[scene.pairing.pk])))
    assert "Did you meet?" not in words(scene.client("delegate").get(reverse("session_times", args=[scene.pairing.pk])))
    post(scene.client("delegate"), "session_held", session.pk)
    session.refresh_from_db()
    assert session.state == Session.State.AGREED
    post(scene.client("mentor"), "session_held", session.pk)
    session.refresh_from_db()
    assert session.state == Session.State.HELD
    for said in ("You met.", "Note what to talk about then"):
        assert said in words(scene.client("leader").get(reverse("session", args=[session.pk])))
        assert said not in words(scene.client("delegate").get(reverse("session", args=[session.pk])))
    post(scene.client("leader"), "session_missed", session.pk)
    session.refresh_from_db()
    assert session.state == Session.State.MISSED
    assert "It happens. Nobody is told" in words(scene.client("mentor").get(reverse("session", args=[session.pk])))


def test_a_delegate_arranges_times_for_their_side(scene: Scene) -> None:
    client = scene.client("delegate")
    assert "Lena Price" in words(client.get(reverse("arranging")))
    page = client.get(reverse("session_offer", args=[scene.pairing.pk]))
    name, value = tapped(page, "Friday 27 March")
    post(client, "session_offer", scene.pairing.pk, {name: value, "minutes": "30"})
    assert TimeOffer.objects.get().offered_by == scene.leader
    session = scene.agreed(WEDNESDAY)
    assert post(client, "session_place", session.pk, {"place": "Room 4"}).status_code == 302
    post(client, "session_cancel", session.pk)
    session.refresh_from_db()
    assert session.state == Session.State.CANCELLED


def test_a_delegate_sees_times_and_nothing_else(scene: Scene) -> None:
    session, client = scene.agreed(), scene.client("delegate")
    shown = words(client.get(reverse("session", args=[session.pk])))
    shown += words(client.get(reverse("session_times", args=[scene.pairing.pk]))) + words(
        client.get(reverse("arranging"))
    )
    assert "housing" not in shown
    for name in ("pairing", "pairing_answer", "pairing_overview"):
        assert client.get(reverse(name, args=[scene.pairing.pk])).status_code in (403, 404)


@pytest.mark.parametrize("state", NOT_RUNNING)
def test_a_delegate_learns_of_no_pairing_that_does_not_run(scene: Scene, state: str) -> None:
    Pairing.objects.update(state=state)
    client = scene.client("delegate")
    assert client.get(reverse("session_times", args=[scene.pairing.pk])).status_code == 404
    assert "Lena Price" not in words(client.get(reverse("arranging")))


def test_a_question_still_open_has_no_times_page_even_for_the_two(scene: Scene) -> None:
    Pairing.objects.update(state=Pairing.State.ASKED, agreed_at=None)
    assert scene.client("leader").get(reverse("session_times", args=[scene.pairing.pk])).status_code == 404


def test_a_delegate_who_is_dismissed_finds_nothing(scene: Scene) -> None:
    session, client = scene.agreed(), scene.client("delegate")
    assert client.get(reverse("session", args=[session.pk])).status_code == 200
    Delegate.objects.all().delete()
    assert client.get(reverse("session", args=[session.pk])).status_code == 404


@pytest.mark.parametrize("role", ["", Role.Name.COORDINATOR])
def test_for_everybody_else_there_are_no_such_pages(scene: Scene, role: str) -> None:
    session, client = scene.agreed(), scene.client("outsider")
    if role:
        Role.objects.create(person=scene.outsider, name=role)
    else:
        account = scene.account("outsider")
        account.is_administrator = True
        account.save()
    before = Session.objects.values().get()
    for name, number in [
        *(
            (name, scene.pairing.pk)
            for name in ("session_times", "session_offer", "session_choose", "session_offer_withdraw")
        ),
        *(
            (name, session.pk)
            for name in ("session", "session_move", "session_place", "session_cancel", "session_held")
        ),
    ]:
        assert post(client, name, number).status_code in (404, 405), name
        assert client.get(reverse(name, args=[number])).status_code in (404, 405), name
    assert Session.objects.values().get() == before
    assert "Lena" not in words(client.get(reverse("arranging")))


@pytest.mark.parametrize("who", [*BOTH, "delegate"])
def test_opening_a_page_changes_nothing(scene: Scene, who: str) -> None:
    session, client = scene.agreed(), scene.client(who)
    before = list(Session.objects.values()), list(TimeOffer.objects.values())
    for name, number in [("session_times", scene.pairing.pk), ("session_offer", scene.pairing.pk)]:
        assert client.get(reverse(name, args=[number])).status_code == 200
    for name in ("session", "session_move", "session_place", "session_cancel"):
        assert client.get(reverse(name, args=[session.pk])).status_code == 200
    assert (list(Session.objects.values()), list(TimeOffer.objects.values())) == before


@pytest.mark.parametrize("who", [*BOTH, "delegate"])
def test_a_page_says_its_title_as_heading_and_asks_few_questions_of_the_database(
    scene: Scene, who: str, django_assert_max_num_queries: object
) -> None:
    session, client = scene.agreed(), scene.client(who)
    for name, number in [
        ("session_times", scene.pairing.pk),
        ("session_offer", scene.pairing.pk),
        ("session", session.pk),
        ("session_move", session.pk),
        ("session_place", session.pk),
        ("session_cancel", session.pk),
    ]:
        with django_assert_max_num_queries(12):  # type: ignore[operator]
            page = client.get(reverse(name, args=[number])).content.decode()
        (heading,) = re.findall(r"<h1[^>]*>(.*?)</h1>", page)
        assert f"<title>{heading} · Handrail</title>" in " ".join(page.split()).replace("<title> ", "<title>"), name
        assert 'style="' not in page


def test_the_pages_keep_to_the_readers_clock(scene: Scene) -> None:
    mentor = scene.account("mentor")
    mentor.time_zone = "America/New_York"
    mentor.save()
    session = scene.agreed()
    assert "06:00 (New York)" in words(scene.client("mentor").get(reverse("session", args=[session.pk])))
    assert "10:00" in words(scene.client("leader").get(reverse("session", args=[session.pk])))


def test_paused_means_no_new_times(scene: Scene) -> None:
    session = scene.agreed()
    Pairing.objects.update(state=Pairing.State.PAUSED)
    client = scene.client("leader")
    assert "while the pairing runs" in words(client.get(reverse("session_times", args=[scene.pairing.pk])))
    for name, number in [("session_offer", scene.pairing.pk), ("session_move", session.pk)]:
        assert client.get(reverse(name, args=[number])).status_code == 302
    post(client, "session_cancel", session.pk)
    session.refresh_from_db()
    assert session.state == Session.State.AGREED
    assert session.starts_at > NOW


def test_somebody_without_a_person_here_finds_nothing(scene: Scene) -> None:
    client = scene.client("outsider")
    scene.outsider.delete()
    assert client.get(reverse("session_times", args=[scene.pairing.pk])).status_code == 404
    assert client.get(reverse("session", args=[999_999])).status_code == 404


def test_a_time_in_the_afternoon_is_named_again_where_both_met_then(scene: Scene, now: SetClock) -> None:
    scene.agreed(FRIDAY + timedelta(hours=5))
    page = scene.client("leader").get(reverse("session_offer", args=[scene.pairing.pk])).content.decode()
    assert "Afternoons suited you both before." in page
    assert "Mornings suited" not in page


@pytest.mark.parametrize(
    ("name", "action", "data"),
    [
        ("session_move", "move_session", {"on-day": "1", "on-month": "4", "on-year": "2026", "at": "10:00"}),
        ("session_place", "change_place", {"place": "Room 4"}),
        ("session_cancel", "cancel_session", {}),
    ],
)
def test_what_changed_in_the_meantime_is_said(scene: Scene, name: str, action: str, data: dict[str, object]) -> None:
    session, client = scene.agreed(), scene.client("leader")
    with mock.patch.object(actions, action, side_effect=Refused("This has changed in the meantime.")):
        answer = client.post(reverse(name, args=[session.pk]), data, follow=True)
    assert "This has changed in the meantime." in words(answer)  # type: ignore[arg-type]


def test_opening_the_question_about_a_session_called_off_leads_back_to_it(scene: Scene) -> None:
    session, client = scene.agreed(), scene.client("leader")
    actions.cancel_session(by=scene.account("leader"), session=session, side="leader")
    for name in ("session_cancel", "session_place"):
        answer = client.get(reverse(name, args=[session.pk]))
        assert answer.headers["Location"] == reverse("session", args=[session.pk])


def test_taking_back_an_offer_that_is_gone_is_no_fault(scene: Scene) -> None:
    answer = post(scene.client("leader"), "session_offer_withdraw", scene.pairing.pk, {"offer": "7"})
    assert answer.status_code == 302
