"""One note a week: nothing private in it, never a second, never while paused, and ended with one tap."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.pairings.plan import jobs, presenters
from handrail.capabilities.pairings.plan.models import Plan, WeeklyNote
from handrail.capabilities.pairings.plan.weekly import actions, emails
from handrail.foundation import clock
from handrail.foundation.mail.composing import compose
from handrail.foundation.mail.models import OutboxMessage
from tests.factories.world import World
from tests.integration.plan.conftest import Planner

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]
MONDAY = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)  # 7:00 in London
THURSDAY_8 = datetime(2026, 12, 3, 8, 0, tzinfo=UTC)
WEEK = timedelta(days=7)


class Clock:
    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.at = MONDAY
        monkeypatch.setattr(clock, "now", lambda: self.at)
        monkeypatch.setattr(clock, "today", lambda: self.at.date())


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def note(leader: Planner, at: Clock, settings: Any) -> WeeklyNote:
    """Thursdays at eight, chosen on a Monday with two taps."""
    settings.MAIL_URL = "smtp://127.0.0.1:1"
    assert "?day=3" in leader.post("plan_note", day="3")["Location"]
    leader.client.post(reverse("plan_note_hour") + "?day=3", {"hour": "8"})
    return WeeklyNote.objects.get()


def sent() -> list[OutboxMessage]:
    return list(OutboxMessage.objects.filter(kind=emails.KIND).order_by("pk"))


def run_due() -> None:
    for note_id in actions.notes_due():
        jobs.send_weekly_note.func(note_id.hex)


def test_it_goes_out_at_the_chosen_hour_once_and_says_nothing(leader: Planner, note: WeeklyNote, at: Clock) -> None:
    assert note.next_at == THURSDAY_8
    at.at = THURSDAY_8 - timedelta(minutes=1)
    run_due()
    jobs.send_weekly_note.func(note.pk.hex)  # asked for when it was due, and run when it had been put off
    assert sent() == []
    at.at = THURSDAY_8 + timedelta(minutes=4)
    for _twice in range(2):
        run_due()
    (message,) = sent()
    assert message.subject == "Your ten minutes is ready"
    assert reverse("plan") in message.text
    for item in leader.sheet.items:
        assert item.id not in message.text
        assert item.step not in message.text
    assert str(leader.row.pk) not in message.text
    assert "Make a service" not in message.text
    mail = compose(message)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message.organisation_id is None, "no coordinator's post box tells of it"
    note.refresh_from_db()
    assert note.next_at == THURSDAY_8 + WEEK


def test_the_job_asks_for_each_that_is_due(note: WeeklyNote, at: Clock) -> None:
    from django_tasks_db.models import DBTaskResult

    at.at = THURSDAY_8
    jobs.send_weekly_notes.func()
    queued = DBTaskResult.objects.filter(task_path__contains="send_weekly_note").get()
    assert queued.args_kwargs["kwargs"] == {"note_id": note.pk.hex}


def test_never_a_second_in_one_week_whatever_is_chosen_anew(leader: Planner, note: WeeklyNote, at: Clock) -> None:
    at.at = THURSDAY_8
    run_due()
    leader.client.post(reverse("plan_note_hour") + "?day=4", {"hour": "9"})
    at.at = THURSDAY_8 + timedelta(days=1, hours=2)
    run_due()
    assert len(sent()) == 1
    at.at += WEEK
    run_due()
    assert len(sent()) == 2


def test_whoever_has_been_at_their_plan_this_week_gets_none(leader: Planner, note: WeeklyNote, at: Clock) -> None:
    leader.tap_step("done", leader.sheet.todo[0])
    note.refresh_from_db()
    assert note.next_at == THURSDAY_8 + WEEK, "the only trace of it: put off, as by many other things"
    at.at = THURSDAY_8
    run_due()
    assert sent() == []


def test_chosen_after_this_weeks_step_it_begins_next_week(leader: Planner, at: Clock) -> None:
    leader.tap_step("done", leader.sheet.todo[0])
    leader.client.post(reverse("plan_note_hour") + "?day=3", {"hour": "8"})
    assert WeeklyNote.objects.get().next_at == THURSDAY_8 + WEEK


def test_what_the_mentor_does_puts_nothing_off(
    together: World, leader: Planner, mentor: Planner, note: WeeklyNote
) -> None:
    mentor.post("plan_write", leader.row.pk, title="Look at page two together")
    note.refresh_from_db()
    assert note.next_at == THURSDAY_8


@pytest.mark.parametrize("days", ["14", "open"])
def test_none_while_paused_and_the_plan_waits(leader: Planner, note: WeeklyNote, at: Clock, days: str) -> None:
    assert "nobody asks for a reason" in leader.text("plan_pause")
    leader.post("plan_pause", **{"for": days})
    assert "Paused until" in leader.text("plan")
    assert "I am back" in leader.text("home")
    assert "Nothing for you to do today" not in leader.text("home"), "the pause says so already"
    at.at = THURSDAY_8
    run_due()
    at.at = THURSDAY_8 + WEEK
    run_due()
    assert sent() == []
    leader.post("plan_come_back")
    assert "Paused" not in leader.text("plan").partition("<h2>")[0]
    at.at = THURSDAY_8 + 2 * WEEK
    run_due()
    assert len(sent()) == 1


def test_a_pause_until_a_day_ends_by_itself(leader: Planner, note: WeeklyNote, at: Clock) -> None:
    leader.post("plan_pause", **{"day-day": "10", "day-month": "12", "day-year": "2026"})
    note.refresh_from_db()
    assert note.next_at == THURSDAY_8 + WEEK
    at.at = THURSDAY_8 + WEEK
    run_due()
    assert len(sent()) == 1
    assert "Paused until" not in leader.text("home")
    leader.client.post(reverse("plan_note_hour") + "?day=3", {"hour": "8"})
    assert WeeklyNote.objects.get().next_at == THURSDAY_8 + 2 * WEEK


@pytest.mark.parametrize("typed", [("1", "11", "2026"), ("1", "1", "2199"), ("", "", ""), ("99", "1", "2027")])
def test_a_pause_until_an_impossible_day_is_refused_kindly(leader: Planner, at: Clock, typed: tuple[str, ...]) -> None:
    answer = leader.post("plan_pause", **dict(zip(("day-day", "day-month", "day-year"), typed, strict=True)))
    assert answer.status_code == 200
    assert not Plan.objects.get().paused
    assert leader.post("plan_pause", **{"for": "ever"}).status_code == 200


def test_none_while_the_pair_pauses(together: World, leader: Planner, note: WeeklyNote, at: Clock) -> None:
    Pairing.objects.filter(pk=together.pairing.pk).update(state=Pairing.State.PAUSED)
    at.at = THURSDAY_8
    run_due()
    assert sent() == []


def test_nor_long_after_its_hour_nor_without_an_address_nor_without_a_plan(
    leader: Planner, note: WeeklyNote, at: Clock
) -> None:
    at.at = THURSDAY_8 + timedelta(hours=13)
    run_due()
    assert sent() == []
    account = leader.world.account("leader")
    email, account.email = account.email, None
    account.save()
    at.at = THURSDAY_8 + WEEK
    run_due()
    assert "No e-mail reaches you from here yet." in leader.text("plan_note")
    account.email = email
    account.save()
    Plan.objects.all().delete()
    at.at = THURSDAY_8 + 2 * WEEK
    run_due()
    assert sent() == []


def test_without_a_mail_server_home_says_it_and_nothing_waits_in_the_post_box(
    leader: Planner, note: WeeklyNote, at: Clock, settings: Any
) -> None:
    settings.MAIL_URL = ""
    at.at = THURSDAY_8
    run_due()
    assert sent() == []
    assert presenters.title_of(leader.sheet.todo[0]) in leader.text("home")


def test_its_own_link_ends_it_and_looking_does_not(note: WeeklyNote, at: Clock) -> None:
    at.at = THURSDAY_8
    run_due()
    address = sent()[0].unsubscribe_url
    path = address[address.index("/plan/") :]
    scanner = Client(enforce_csrf_checks=True)
    page = scanner.get(path)
    assert "Opening this page has changed nothing." in page.content.decode()
    assert "Leader" not in page.content.decode()
    note.refresh_from_db()
    assert note.on
    for _twice in range(2):
        answer = scanner.post(path, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
    note.refresh_from_db()
    assert not note.on
    at.at = THURSDAY_8 + WEEK
    run_due()
    assert len(sent()) == 1
    for wrong in ("x", emails.token_of(note.pk)[:-1] + "!", emails.token_of(UUID(int=0)).replace("0", "g", 1)):
        assert scanner.post(reverse("weekly_note_end", args=[wrong])).status_code == 404
    assert scanner.post(reverse("weekly_note_end", args=[emails.token_of(UUID(int=0))])).status_code == 200


def test_one_tap_ends_it_on_the_page_too(leader: Planner, note: WeeklyNote) -> None:
    assert "Now: Thursdays at 08:00." in leader.text("plan_note").replace("\n", "")
    leader.post("plan_note_stop")
    note.refresh_from_db()
    assert not note.on
    assert ">Off<" in leader.text("plan")
    leader.tap_step("done", leader.sheet.todo[0])
    leader.post("plan_come_back")
    leader.post("plan_pause", **{"for": "14"})
    note.refresh_from_db()
    assert note.next_at == THURSDAY_8
    for wrong in ("9", "x", "-1", "٣"):
        assert leader.post("plan_note", day=wrong).status_code == 200
        assert leader.client.post(reverse("plan_note_hour") + "?day=3", {"hour": f"9{wrong}"}).status_code == 200
        assert leader.client.get(reverse("plan_note_hour") + f"?day={wrong}").status_code == 302
