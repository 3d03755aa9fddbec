"""Holidays and known events: stated by a coordinator, left out by the engine, and said beside the figures."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from handrail.capabilities.impact import jobs
from handrail.capabilities.impact.events.actions import state_event
from handrail.capabilities.impact.groups.presenters import how_worked_out, measured, plan_lines
from handrail.capabilities.impact.models import KnownEvent, OwnAnswer, Plan
from handrail.capabilities.impact.panels import compared
from handrail.demo.hospitals import STRONG, Hospitals
from tests.factories.effects import told_effects
from tests.factories.world import World, build_world
from tests.integration.impact.test_planted import client_of
from tests.pages import check_page

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]


@pytest.fixture
def made(filled: tuple[Hospitals, Path], settings: Any) -> Hospitals:
    settings.DEMO, settings.DATA_DIR = True, filled[1]
    return filled[0]


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Path) -> World:
    settings.DATA_DIR = tmp_path
    return build_world()


def days(first: str, last: str) -> dict[str, str]:
    parts = {}
    for name, text in (("first_day", first), ("last_day", last)):
        parts |= dict(zip((f"{name}-{part}" for part in ("year", "month", "day")), text.split("-"), strict=True))
    return parts


def test_one_is_stated_and_taken_back(world: World) -> None:
    client = world.client_of("coordinator")
    check_page(client.get(reverse("known_event_new")))
    typed = {"name": "Move to the new offices", "unit": ""}
    for wrong, words in (
        (days("2026-05-04", "2026-04-04"), "before the first"),
        (days("2026-01-04", "2026-05-04"), "twelve weeks"),
        ({}, "Please write the first day."),
    ):
        page = client.post(reverse("known_event_new"), typed | wrong)
        check_page(page)
        assert words in page.content.decode()
        assert "Move to the new offices" in page.content.decode(), "nothing typed is lost"
    client.post(reverse("known_event_new"), typed | days("2026-05-04", "2026-05-08"))
    event = KnownEvent.objects.get(name="Move to the new offices")
    page = client.get(reverse("known_events"))
    check_page(page)
    assert "4 May 2026 to 8 May 2026, everywhere" in page.content.decode()
    check_page(client.get(reverse("known_event", args=[event.pk])))
    for role in ("sponsor", "leader"):
        assert world.client_of(role).get(reverse("known_events")).status_code == 403
    assert world.client_of("foreign_coordinator").post(reverse("known_event", args=[event.pk])).status_code == 404
    client.post(reverse("known_event", args=[event.pk]))
    assert not KnownEvent.objects.filter(pk=event.pk).exists()
    assert client.get(reverse("known_event", args=[event.pk])).status_code == 404


@pytest.mark.lengthy
def test_what_fell_together_with_a_start_is_not_answered_and_a_holiday_is_left_out(made: Hospitals) -> None:
    leader, by = made.one_with(STRONG), made.persons[1].account
    assert by is not None
    before = compared(made.organisation.pk)
    began = before.began[leader.pk]
    state_event(
        by=by, organisation=made.organisation, name="Move next door", unit=leader.unit,
        first_day=began + timedelta(days=9), last_day=began + timedelta(days=12),
    )  # fmt: skip
    state_event(
        by=by, organisation=made.organisation, name="Christmas",
        first_day=began + timedelta(days=30), last_day=began + timedelta(days=40),
    )  # fmt: skip
    after = compared(made.organisation.pk)
    assert len(after.settings.holidays) == 2
    assert [event.what for event in after.settings.events] == ["Move next door"]
    jobs.make_own_answer.call(answer_id=str(OwnAnswer.objects.get(person=leader).pk))
    page = client_of(leader).get(reverse("own_impact"))
    check_page(page)
    text = page.content.decode()
    assert "Not enough data to say" in text
    assert "“Move next door” happened in your team within two weeks of when you began" in text
    assert "Left out everywhere: “Christmas”" in text
    assert "Left out in your team: “Move next door”" in text
    other = made.one_with(0.0)
    jobs.make_own_answer.call(answer_id=str(OwnAnswer.objects.get(person=other).pk))
    text = client_of(other).get(reverse("own_impact")).content.decode()
    assert "No sign of change" in text
    assert "Left out everywhere: “Christmas”" in text
    assert "Move next door" not in text, "another team's"


@pytest.mark.lengthy
def test_a_plan_keeps_what_was_stated_when_it_was_frozen(made: Hospitals) -> None:
    by = made.persons[1].account
    assert by is not None
    day = compared(made.organisation.pk).panel.periods[10]
    assert not isinstance(day, int)
    event = state_event(by=by, organisation=made.organisation, name="Strike", first_day=day, last_day=day)
    client = client_of(made.persons[1])
    typed = {"outcome": "messages", "teams": "10", "weeks": "20", "turns": "2"}
    address = client.post(reverse("impact_plan_new"), typed).headers["Location"]
    plan = Plan.objects.exclude(state="frozen").get(organisation=made.organisation)
    jobs.work_out_plan.call(plan_id=plan.pk)
    client.post(reverse("impact_plan_freeze", args=[plan.pk]))
    event.delete()
    page = client.get(address)
    check_page(page)
    assert "Strike" in page.content.decode()
    assert client.get(reverse("impact_plan_file", args=[plan.pk])).json()["events"][0]["name"] == "Strike"


def test_a_release_says_what_was_left_out_and_what_may_be_chance() -> None:
    said = " ".join(how_worked_out(told_effects()))
    assert "Left out everywhere: “Christmas”, 24 December 2025 to 2 January 2026." in said
    assert "it is not in these figures" in said
    plan = {
        "frozen_on": "2025-09-15", "digest": "cb29ff9b247c", "measure": "replies", "weeks": 26, "reach": 0.12,
        "kept": "all", "added": False, "stated_later": True,
    }  # fmt: skip
    assert any("stated after it was frozen" in line for line in plan_lines({"plan": plan}))
    first = measured(told_effects())[0]
    assert first.verdict == "A rise we can stand behind"
    assert [str(point.label) for point in first.plot.rows] == [
        "Oct to Dec 2025, about 15", "Jan to Mar 2026, about 10 (may be chance)",
    ]  # fmt: skip
