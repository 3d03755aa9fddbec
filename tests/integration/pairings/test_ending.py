"""A scheme ends: thought through, decided, taken back, and the day itself for everybody in it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from freezegun import freeze_time

from handrail.capabilities.pairings import actions as pairings
from handrail.capabilities.pairings import jobs
from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.people.models import Person
from handrail.capabilities.schemes.actions import scheme_to_pair_in
from handrail.capabilities.schemes.models import Scheme
from handrail.capabilities.schemes.queries import running_scheme_of
from handrail.capabilities.schemes.sign_up import actions as sign_ups
from handrail.capabilities.schemes.sign_up.models import SignUp
from handrail.foundation import clock
from handrail.foundation.access.refusal import Refused
from handrail.foundation.audit.models import Event
from handrail.foundation.mail.models import OutboxMessage
from tests.factories.world import World, build_world, person
from tests.integration.nasty_forms import question_for
from tests.integration.page_forms import PageForm, form_with, forms_of

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]
State = Pairing.State
WORDS = {"words": "It did what it was for. Thank you.", "why": "Bookings are online now."}


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def coordinator(world: World) -> Client:
    return world.client_of("coordinator")


def last_day() -> dict[str, int]:
    day = clock.today() + timedelta(days=30)
    return {"day-day": day.day, "day-month": day.month, "day-year": day.year}


def think(world: World, coordinator: Client) -> str:
    """The three questions, one after another; gives the page on which it is decided."""
    address = reverse("scheme_end_step", args=[world.pairing.scheme_id, "day"]) + "?guided"
    for name, answer in (("day-day", last_day()), ("words", {}), ("why", {})):
        typed = answer or {name: WORDS[name]}
        sent = form_with(coordinator.get(address), name).send(coordinator, **typed)
        assert sent.status_code == 302, address
        address = sent.headers["Location"]
    assert address == reverse("scheme_end", args=[world.pairing.scheme_id])
    return address


def waiting(world: World) -> SignUp:
    somebody = person(world.organisation, "Waits")
    assert somebody.account is not None
    answers = {"themes": ["voice"], "languages": ["en"]}
    return sign_ups.sign_up(
        by=somebody.account, scheme=world.pairing.scheme, person=somebody, side="leader", answers=answers
    )


def decide(world: World, coordinator: Client) -> str:
    page = think(world, coordinator)
    (form,) = [one for one in forms_of(coordinator.get(page)) if one.address.endswith("/decide/")]
    return after(form, coordinator)


def after(form: PageForm, client: Client) -> str:
    """What stands on the page that follows."""
    page: str = client.get(form.send(client).headers["Location"]).content.decode()
    return page


def told(name: str) -> list[str]:
    return [one.text for one in OutboxMessage.objects.filter(to_name=name, kind="changed").order_by("pk")]


def test_nothing_happens_before_it_is_decided(world: World, coordinator: Client) -> None:
    waiting(world)
    page = reverse("scheme_end", args=[world.pairing.scheme_id])
    assert "Answer the three questions" in coordinator.get(page).content.decode()
    too_soon = reverse("scheme_end_step", args=[world.pairing.scheme_id, "day"])
    tomorrow = clock.today() + timedelta(days=1)
    typed = {"day-day": tomorrow.day, "day-month": tomorrow.month, "day-year": tomorrow.year}
    assert "between a week and a year" in coordinator.post(too_soon, typed).content.decode()
    refused = coordinator.post(reverse("scheme_end_decide", args=[world.pairing.scheme_id]), follow=True)
    assert "between a week and a year" in refused.content.decode()
    shown = coordinator.get(think(world, coordinator)).content.decode()
    for words in (
        "1 pair runs.",
        "1 person waits.",
        *WORDS.values(),
        "three short questions",
        "Thank you for being ready",
    ):
        assert words in shown
    assert told("Leader") == told("Waits") == []
    assert Scheme.objects.get(pk=world.pairing.scheme_id).ends_on is None


def test_everybody_in_it_is_told_and_nobody_new_begins(world: World, coordinator: Client) -> None:
    waiting(world)
    assert "everybody in it is told" in decide(world, coordinator)
    for name, other in (("Leader", "Mentor"), ("Mentor", "Leader")):
        (text,) = told(name)
        assert WORDS["words"] in text
        assert f"you and {other} may meet" in text
        assert WORDS["why"] not in text
    assert "nobody new is proposed to you" in told("Waits")[0]
    assert told("Outsider") == [], "asked only: nobody who has not begun is bothered"
    shown = coordinator.get(reverse("scheme")).content.decode()
    assert "It ends on" in shown
    leader = world.client_of("leader").get(reverse("pairing", args=[world.pairing.pk])).content.decode()
    assert "The scheme ends on" in leader
    third, fourth = person(world.organisation, "Third"), person(world.organisation, "Fourth")
    asking = reverse("pairing_ask", args=[third.pk, fourth.pk])
    answer = coordinator.post(asking, {"words": "You two?", "reason_to_go_on": "Fits"}).content.decode()
    assert "nobody new begins in it" in answer
    signs_up = world.client_of("outsider").post(reverse("sign_up_leader", args=["themes"]), {"themes": ["voice"]})
    assert "nobody new begins in it" in signs_up.content.decode()
    step = coordinator.get(reverse("scheme_end_step", args=[world.pairing.scheme_id, "day"]))
    assert step.status_code == 302, "decided: it is taken back, not changed under everybody's eyes"


def test_until_the_day_it_is_taken_back(world: World, coordinator: Client) -> None:
    waiting(world)
    question_for(world)
    decide(world, coordinator)
    page = coordinator.get(reverse("scheme_end", args=[world.pairing.scheme_id]))
    (form,) = [one for one in forms_of(page) if one.address.endswith("/take-back/")]
    assert "reads that" in after(form, coordinator)
    assert "goes on after all" in told("Mentor")[-1]
    assert "still signed up" in told("Waits")[-1]
    again = coordinator.post(form.address, follow=True).content.decode()
    assert "changed in the meantime" in again
    assert len(told("Mentor")) == 2
    assert told("Outsider") == []
    with freeze_time(clock.now() + timedelta(days=40)):
        jobs.end_schemes_that_are_over.call()
    assert running_scheme_of(world.organisation) is not None
    trail = list(Event.objects.filter(what__startswith="scheme.end").order_by("pk").values_list("what", flat=True))
    assert trail == ["scheme.end_decided", "scheme.end_taken_back"]


def test_on_the_day_every_pairing_comes_to_its_end_and_private_text_stays(world: World, coordinator: Client) -> None:
    row = waiting(world)
    away = person(world.organisation, "Away")
    sign_ups.sign_up(
        by=away.account,  # type: ignore[arg-type]
        scheme=world.pairing.scheme,
        person=away,
        side="leader",
        answers={"themes": ["voice"], "languages": ["en"]},
    )
    Person.objects.filter(pk=away.pk).update(account=None)  # their account was erased, and the person stays
    asked = Pairing.objects.get(pk=question_for(world))
    proposed = pairings.propose_pair(
        by=None, scheme=world.pairing.scheme, leader=world.persons["leader"], mentor=row.person
    )
    leader = world.client_of("leader")
    form_with(leader.get(reverse("safe_open")), "device").send(leader, device="own")
    mentor = world.client_of("mentor")
    form_with(mentor.get(reverse("safe_open")), "device").send(mentor, device="own")
    leader.post(reverse("pairing_notes", args=[world.pairing.pk]), {"text": "Only for the two"})
    coordinator.post(
        reverse("scheme_outcome_add", args=[world.pairing.scheme_id]),
        {"name": "Visits online", "strategy_line": "3", "measure": "Per cent", "figure": "31 %", "owner": "Leader"}
        | {
            f"review_on-{part}": value
            for part, value in zip(("day", "month", "year"), (3, 4, clock.today().year + 1), strict=True)
        },
    )
    decide(world, coordinator)
    day = Scheme.objects.get(pk=world.pairing.scheme_id).ends_on
    assert day is not None
    with freeze_time(f"{day}T12:00:00Z"):
        jobs.end_schemes_that_are_over.call()
        assert running_scheme_of(world.organisation) is not None, "the last day is a day like any other"
    with freeze_time(f"{day + timedelta(days=1)}T12:00:00Z"):
        jobs.end_schemes_that_are_over.call()
        jobs.end_schemes_that_are_over.call()
        states = {one.pk: one.state for one in Pairing.objects.all()}
        assert states == {world.pairing.pk: State.ENDED, asked.pk: State.CANCELLED}
        assert not Pairing.objects.filter(pk=proposed.pk).exists()
        assert running_scheme_of(world.organisation) is None
        assert not SignUp.objects.exists()
        (_first, last) = told("Leader")
        assert "three short questions" in last
        assert reverse("closing", args=[world.pairing.pk]) in last
        fresh = world.client_of("leader")
        fresh.cookies = leader.cookies
        fresh.force_login(world.account("leader"), backend="handrail.capabilities.accounts.backends.AccountBackend")
        assert "Three questions" in fresh.get(reverse("closing", args=[world.pairing.pk])).content.decode()
        notes = fresh.get(reverse("pairing_notes", args=[world.pairing.pk])).content.decode()
        assert "Only for the two" in notes
        coordinator = world.client_of("coordinator")
        ended = coordinator.get(reverse("scheme")).content.decode()
        for words in ("has ended", WORDS["why"], "Visits online", "Not looked at yet"):
            assert words in ended
        assert coordinator.get(reverse("matching")).headers["Location"] == reverse("scheme")
        assert coordinator.get(reverse("scheme_contact")).status_code == 404
        leader, mentor = world.persons["outsider"].pk, world.persons["editor"].pk
        for address in (
            reverse("pairing_new"),
            reverse("pairing_ask", args=[leader, mentor]),
            reverse("pairing_propose", args=[leader, mentor]),
            reverse("pairs_files"),
            reverse("invitation_people"),
            reverse("invitation_write"),
        ):
            led_to = coordinator.post(address, {"words": "You two?", "people": [leader]}, follow=True)
            assert "Your scheme has ended, and no other runs." in led_to.content.decode(), address
        with pytest.raises(Refused, match="Prepare the next one"):
            scheme_to_pair_in(by=world.account("coordinator"), organisation=world.organisation)
        assert not Scheme.objects.filter(ended_on__isnull=True).exists(), "looking begins nothing"
        settle = reverse(
            "scheme_outcome_settle", args=[world.pairing.scheme_id, world.pairing.scheme.outcomes.get().pk]
        )
        coordinator.post(settle, {"state": "reached", "found": "64 %"})
        assert "64 %" in coordinator.get(settle, follow=True).content.decode()
        after = coordinator.post(
            reverse("scheme_next", args=[world.pairing.scheme_id]), {"name": "Once more"}, follow=True
        )
        assert "Nobody sees it before you start it" in after.content.decode()
        second = Scheme.objects.get(name="Once more")
        coordinator.post(reverse("scheme_start", args=[second.pk]))
        assert "Ended on" in coordinator.get(reverse("scheme")).content.decode(), "it can still be looked at"
        earlier = coordinator.get(reverse("scheme_ended", args=[world.pairing.scheme_id])).content.decode()
        assert "Visits online" in earlier
        assert coordinator.get(reverse("scheme_ended", args=[second.pk])).headers["Location"] == reverse(
            "scheme_set_up", args=[second.pk]
        )


def test_a_scheme_that_is_only_prepared_has_nothing_to_end(world: World, coordinator: Client) -> None:
    coordinator.post(reverse("scheme_next", args=[world.pairing.scheme_id]), {"name": "Second"})
    second = Scheme.objects.get(name="Second")
    assert coordinator.get(reverse("scheme_end", args=[second.pk])).status_code == 404
    unknown = reverse("scheme_end_step", args=[world.pairing.scheme_id, "none-such"])
    assert coordinator.get(unknown).status_code == 404
