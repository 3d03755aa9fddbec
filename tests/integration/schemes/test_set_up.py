"""A scheme is set up one question at a time; its outcomes, the next cohort, handing over and covering."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from freezegun import freeze_time

from handrail.capabilities.people import actions as people
from handrail.capabilities.people.queries import roles_held_by
from handrail.capabilities.schemes.handover import actions as handover
from handrail.capabilities.schemes.handover import jobs
from handrail.capabilities.schemes.handover.models import Cover
from handrail.capabilities.schemes.models import Scheme
from handrail.capabilities.schemes.queries import running_scheme_of
from handrail.capabilities.schemes.set_up.models import Outcome
from handrail.foundation import clock
from handrail.foundation.mail.models import OutboxMessage
from tests.factories.world import World, build_world
from tests.integration.page_forms import form_with, forms_of

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]
ANSWERS: dict[str, dict[str, str]] = {
    "name": {"name": "Ten minutes"},
    "purpose": {"purpose": "To decide with those who build."},
    "asker": {"asked_by": "top"},
    "weeks": {"weeks": "12"},
    "rhythm": {"rhythm": "week"},
    "joining": {"who_may_join": "Heads of service", "sign_ups": "closed"},
    "leaders": {"leaders": "invited"},
    "mentors": {"mentors": "outside"},
    "threshold": {"threshold": "12"},
    "data": {"about_data": "Ask Ada in Legal."},
    "agreement": {"pairs_agree": "We keep our times."},
}


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def coordinator(world: World) -> Client:
    return world.client_of("coordinator")


def test_one_question_after_another_to_the_summary(world: World, coordinator: Client) -> None:
    number = world.pairing.scheme_id
    address = reverse("scheme_step", args=[number, "name"]) + "?guided"
    for number_asked, step in enumerate(ANSWERS, start=1):
        page = coordinator.get(address)
        assert f"Question {number_asked} of {len(ANSWERS)}" in page.content.decode()
        form = form_with(page, next(iter(ANSWERS[step])))
        answer = form.send(coordinator, **ANSWERS[step])
        assert answer.status_code == 302, step
        address = answer.headers["Location"]
    assert address == reverse("scheme_set_up", args=[number])
    shown = coordinator.get(address).content.decode()
    for words in (
        "Ten minutes",
        "To decide with those who build.",
        "Top",
        "12 weeks",
        "Every week",
        "Heads of service",
    ):
        assert words in shown
    assert "Ask Ada in Legal." in shown
    outsider = world.client_of("outsider")
    assert "Nobody can sign up at the moment." in outsider.get(reverse("sign_up")).content.decode()
    first = outsider.post(reverse("sign_up_leader", args=["themes"]), {"themes": ["voice"]})
    assert "Nobody can sign up at the moment." in first.content.decode()


@pytest.mark.parametrize(
    ("step", "typed", "said"),
    [
        ("threshold", {"threshold": "9"}, "Ten is the least"),
        ("threshold", {"threshold": "ten"}, "Write a whole number"),
        ("threshold", {"threshold": "٣٠"}, "Write a whole number"),
        ("weeks", {"weeks": "9" * 5}, "between 6 and 104"),
        ("asker", {"asked_by": "Nobody Atall"}, "Nobody of that name"),
        ("asker", {"asked_by": "o"}, "Several people fit"),
    ],
)
def test_what_cannot_be_kept_is_said_kindly(
    world: World, coordinator: Client, step: str, typed: dict[str, str], said: str
) -> None:
    address = reverse("scheme_step", args=[world.pairing.scheme_id, step])
    assert said in coordinator.post(address, typed).content.decode()


def outcome(**changes: str) -> dict[str, str]:
    year = str(clock.today().year + 1)
    day = {"review_on-day": "3", "review_on-month": "4", "review_on-year": year}
    said = {"name": "Visits booked online", "strategy_line": "Line 3", "measure": "Per cent booked online"}
    return {**said, "figure": "31 %", "owner": "Leader", **day, **changes}


def test_an_outcome_is_written_changed_and_settled(world: World, coordinator: Client) -> None:
    number = world.pairing.scheme_id
    add = reverse("scheme_outcome_add", args=[number])
    said = coordinator.post(add, outcome(**{"review_on-year": "2020"})).content.decode()
    assert "Choose a day to come" in said
    assert coordinator.post(add, outcome(figure="")).status_code == 302
    one = Outcome.objects.get()
    assert (one.owner, one.figure_on) == (world.persons["leader"], None)
    page = coordinator.get(reverse("scheme")).content.decode()
    assert "Afterwards it cannot be measured." in page
    change = reverse("scheme_outcome", args=[number, one.pk])
    assert form_with(coordinator.get(change), "measure").send(coordinator, figure="28 %").status_code == 302
    one.refresh_from_db()
    assert (one.figure, one.figure_on) == ("28 %", clock.today())
    settle = reverse("scheme_outcome_settle", args=[number, one.pk])
    assert "28 %" in coordinator.get(settle).content.decode()
    coordinator.post(settle, {"state": "running"})
    assert "One sentence is enough" in coordinator.post(settle, {"state": "stopped"}).content.decode()
    one.refresh_from_db()
    assert one.state == "running"
    coordinator.post(settle, {"state": "stopped", "found": "27 %", "said": "Nobody books at night."})
    coordinator.post(settle, {"state": "reached"})
    one.refresh_from_db()
    assert (one.state, one.found, one.settled_on) == ("stopped", "27 %", clock.today()), "what is settled stays"
    settled = coordinator.get(change).content.decode()
    for words in ("28 %, written on", "27 %", "Nobody books at night."):
        assert words in settled
    assert coordinator.get(reverse("scheme_outcome", args=[number, 0])).status_code == 404
    for _more in range(7):
        coordinator.post(add, outcome())
    assert "Eight outcomes at most" in coordinator.post(add, outcome()).content.decode()


def test_the_next_cohort_is_prepared_unseen_and_then_started(world: World, coordinator: Client) -> None:
    first = world.pairing.scheme
    coordinator.post(reverse("scheme_step", args=[first.pk, "weeks"]), {"weeks": "12"})
    coordinator.post(reverse("scheme_outcome_add", args=[first.pk]), outcome())
    coordinator.post(reverse("scheme_next", args=[first.pk]), {"name": "Second year"})
    second = Scheme.objects.get(name="Second year")
    assert second.draft
    assert running_scheme_of(world.organisation) == first
    assert (second.set_up.weeks, second.contact) == (12, first.contact)
    (copied,) = Outcome.objects.filter(scheme=second)
    assert (copied.measure, copied.figure) == ("Per cent booked online", "")
    assert not second.sign_ups.exists()
    assert "Being prepared" in coordinator.get(reverse("scheme")).content.decode()
    coordinator.post(reverse("scheme_start", args=[second.pk]))
    assert running_scheme_of(world.organisation) == second
    again = coordinator.post(reverse("scheme_start", args=[second.pk]), follow=True).content.decode()
    assert "This scheme runs already." in again
    assert "An earlier one, whose pairs go on" in again


def test_another_organisations_scheme_is_not_found(world: World) -> None:
    foreign = world.client_of("foreign_coordinator")
    assert foreign.get(reverse("scheme_set_up", args=[world.pairing.scheme_id])).status_code == 404


def days(first: int, last: int) -> dict[str, Any]:
    said: dict[str, Any] = {"how": "cover"}
    for name, number in (("from_on", first), ("until_on", last)):
        day = clock.today() + timedelta(days=number)
        said |= {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}
    return said


def test_a_colleague_covers_between_two_days(
    world: World, coordinator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    colleague = world.persons["outsider"]
    found = coordinator.get(reverse("handover") + "?q=outsider").content.decode()
    address = reverse("handover_to", args=[colleague.pk])
    assert address in found
    assert "needed when it is for a while" in coordinator.post(address, {"how": "cover"}).content.decode()
    assert "the last day is before" in coordinator.post(address, days(3, 2)).content.decode().lower()
    assert coordinator.post(address, days(2, 9)).status_code == 302
    assert roles_held_by(colleague) == set()
    assert OutboxMessage.objects.get(subject="You cover for Coordinator").recipient == colleague.account
    today = clock.today()
    monkeypatch.setattr(clock, "today", lambda: today + timedelta(days=2))
    jobs.settle_covers.call()
    assert roles_held_by(colleague) == {"coordinator"}
    handover.settle_covers()
    assert "Outsider covers for Coordinator" in coordinator.get(reverse("handover")).content.decode()
    monkeypatch.setattr(clock, "today", lambda: today + timedelta(days=10))
    handover.settle_covers()
    assert roles_held_by(colleague) == set()
    assert not Cover.objects.exists()


def test_whoever_becomes_a_coordinator_before_they_cover_stays_one(world: World, coordinator: Client) -> None:
    colleague = world.persons["outsider"]
    coordinator.post(reverse("handover_to", args=[colleague.pk]), days(2, 3))
    people.give_role(by=None, person=colleague, role="coordinator")
    for day in (2, 4):
        with freeze_time(clock.now() + timedelta(days=day)):
            handover.settle_covers()
    assert not Cover.objects.exists()
    assert roles_held_by(colleague) == {"coordinator"}


def test_covering_is_ended_early_and_begins_at_once(world: World, coordinator: Client) -> None:
    colleague = world.persons["outsider"]
    coordinator.post(reverse("handover_to", args=[colleague.pk]), days(0, 3))
    assert roles_held_by(colleague) == {"coordinator"}
    (end,) = [one for one in forms_of(coordinator.get(reverse("handover"))) if "/end/" in one.address]
    end.send(coordinator)
    assert roles_held_by(colleague) == set()
    assert coordinator.post(end.address).status_code == 404


def test_a_role_one_had_before_stays_after_covering(world: World) -> None:
    cover = handover.have_covered(
        by=world.account("coordinator"),
        person=world.persons["coordinator"],
        colleague=world.persons["outsider"],
        from_on=clock.today() + timedelta(days=1),
        until_on=clock.today() + timedelta(days=2),
    )
    people.give_role(by=None, person=world.persons["outsider"], role="coordinator")
    handover.end_cover(by=None, cover=cover)
    assert roles_held_by(world.persons["outsider"]) == {"coordinator"}


def test_handing_over_for_good(world: World, coordinator: Client) -> None:
    refused = coordinator.post(reverse("handover_to", args=[world.persons["sponsor"].pk]), {"how": "over"})
    assert "a sponsor is promised never to know about one person" in refused.content.decode()
    answer = coordinator.post(reverse("handover_to", args=[world.persons["outsider"].pk]), {"how": "over"})
    assert answer.headers["Location"] == reverse("home")
    assert roles_held_by(world.persons["outsider"]) == {"coordinator"}
    assert roles_held_by(world.persons["coordinator"]) == set()
    assert coordinator.get(reverse("scheme")).status_code == 403
