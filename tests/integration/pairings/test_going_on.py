"""Continue, pause, change or end: asked of the two alone, and what each of the three sees of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse
from freezegun import freeze_time

from handrail.capabilities.essentials.queries import essentials
from handrail.capabilities.pairings import jobs
from handrail.capabilities.pairings.going_on import actions
from handrail.capabilities.pairings.models import Pairing, Session
from handrail.capabilities.schemes.set_up.models import SetUp
from handrail.foundation import clock
from handrail.foundation.audit.models import Event
from handrail.foundation.mail.kinds import PASSED_ON
from handrail.foundation.mail.models import OutboxMessage
from tests.factories.world import World, build_world
from tests.integration.page_forms import forms_of

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]
State, Next = Pairing.State, Pairing.Next


@pytest.fixture
def world() -> World:
    cache.clear()
    made = build_world()
    Session.objects.all().delete()
    return made


def page(world: World, role: str, name: str) -> str:
    return world.client_of(role).get(reverse(name, args=[world.pairing.pk]), follow=True).content.decode()  # type: ignore[no-any-return]


def tap(world: World, role: str, name: str, answer: str = "") -> Any:
    return world.client_of(role).post(reverse(name, args=[world.pairing.pk]), {"answer": answer}, follow=True)


def stands(world: World) -> Pairing:
    return Pairing.objects.with_people().get(pk=world.pairing.pk)


def test_a_quiet_pair_is_asked_once_and_the_coordinator_sees_nothing_of_it(world: World) -> None:
    with freeze_time(clock.now() + timedelta(weeks=5)) as frozen:
        events = Event.objects.count()
        jobs.ask_quiet_pairs.func()
        assert actions.ask_quiet_pairs() == 0
        asked = OutboxMessage.objects.filter(subject="A short question")
        assert {one.to_name for one in asked} == {"Leader", "Mentor"}
        assert not {one.kind for one in asked} & PASSED_ON
        assert Event.objects.count() == events
        assert "You two are asked, and nobody else" in world.client_of("leader").get(reverse("home")).content.decode()
        assert "How shall it go on?" in page(world, "mentor", "pairing")
        for name in ("pairing_overview", "pairings"):
            shown = world.client_of("coordinator").get(
                reverse(name, args=[world.pairing.pk] if name == "pairing_overview" else [])
            )
            assert "asked, privately" not in shown.content.decode()
        frozen.tick(timedelta(weeks=2))
        assert "They were asked, privately" in page(world, "coordinator", "pairing_overview")
        assert "find a time" in tap(world, "leader", "pairing_how", "go_on").content.decode().lower()
        assert "They were asked, privately" not in page(world, "coordinator", "pairing_overview")
        assert (stands(world).asked_how_at, stands(world).state) == (None, State.AGREED)
        assert actions.ask_quiet_pairs() == 0, "they have just said that it goes on"


@pytest.mark.parametrize(("rhythm", "weeks"), [("week", 2), ("two_weeks", 4), ("month", 8)])
def test_the_rhythm_is_the_schemes(world: World, rhythm: str, weeks: int) -> None:
    SetUp.objects.update_or_create(scheme=world.pairing.scheme, defaults={"rhythm": rhythm})
    for wait, asked in ((timedelta(weeks=weeks, days=-1), 0), (timedelta(weeks=weeks, days=1), 1)):
        with freeze_time(world.pairing.agreed_at + wait):
            assert actions.ask_quiet_pairs() == asked


def test_from_the_first_held_session_on_there_is_a_guide_for_each_essential(world: World) -> None:
    assert "Get ready for the first time" in page(world, "leader", "pairing")
    Pairing.objects.filter(pk=world.pairing.pk).update(met_at=clock.now())
    assert "Get ready for the next time" in page(world, "leader", "pairing")
    guides = page(world, "mentor", "session_guides")
    assert guides.count("/guides/") >= len(essentials())
    guide = world.client_of("mentor").get(reverse("session_guide", args=[world.pairing.pk, "data-1"])).content.decode()
    for words in ("Do this together", "Take a real paper and ask", "How the half hour goes"):
        assert words in guide
    unknown = world.client_of("mentor").get(reverse("session_guide", args=[world.pairing.pk, "none-such"]))
    assert unknown.status_code == 404


@pytest.mark.parametrize(("answer", "state"), [("pause", State.PAUSED), ("end", State.ENDED)])
def test_a_pause_or_an_end_is_one_tap(world: World, answer: str, state: str) -> None:
    tap(world, "mentor", "pairing_how", answer)
    assert stands(world).state == state
    if state == State.PAUSED:
        assert 'value="pause"' not in page(world, "leader", "pairing_how")
        tap(world, "leader", "pairing_how", "go_on")
        assert stands(world).state == State.AGREED


def change(world: World, role: str = "mentor") -> None:
    preview = tap(world, role, "pairing_how", "change").content.decode()
    assert "Nothing is sent yet" in preview
    assert "What Leader reads" in preview
    assert "What Mentor reads" in preview
    assert stands(world).state == State.AGREED
    tap(world, role, "pairing_another")
    assert stands(world).state == State.CHANGING


def test_both_get_the_same_words_about_a_change_whoever_asked_for_it(world: World) -> None:
    change(world)
    sent = {one.to_name: one.text for one in OutboxMessage.objects.filter(subject="What would you like next?")}
    assert sent["Leader"].replace("Mentor", "X").replace("Leader", "Y") == sent["Mentor"].replace(
        "Leader", "X"
    ).replace("Mentor", "Y")
    assert "each asked, alone" in world.client_of("leader").get(reverse("home")).content.decode()
    overview = page(world, "coordinator", "pairing_overview")
    assert "Both are asked what they would like next" in overview
    assert "Would like to meet somebody else" not in overview
    alone = world.client_of("leader").post(reverse("pairing_go_on", args=[world.pairing.pk]), follow=True)
    assert "changed in the meantime" in alone.content.decode()


def test_it_ends_when_both_have_answered_and_the_coordinator_sees_what_each_would_like(world: World) -> None:
    change(world)
    tap(world, "leader", "pairing_next", Next.REST)
    assert stands(world).state == State.ENDED
    overview = page(world, "coordinator", "pairing_overview")
    assert "No longer available for now" in overview
    assert "Would like to meet somebody else" in overview
    assert reverse("pairing_new_leader", args=[stands(world).mentor_id]) in overview
    assert "No longer available" not in page(world, "mentor", "pairing")


def test_both_may_stay_together_after_all(world: World) -> None:
    change(world)
    tap(world, "mentor", "pairing_next", Next.STAY)
    assert stands(world).state == State.CHANGING
    tap(world, "leader", "pairing_next", Next.STAY)
    assert (stands(world).state, stands(world).leader_next, stands(world).mentor_next) == (State.AGREED, "", "")


def test_the_coordinator_asks_both_first_and_sees_what_they_read(world: World) -> None:
    preview = page(world, "coordinator", "pairing_propose_change")
    assert "What Leader reads" in preview
    assert stands(world).state == State.AGREED
    tap(world, "coordinator", "pairing_propose_change")
    assert (stands(world).state, stands(world).leader_next, stands(world).mentor_next) == (State.CHANGING, "", "")
    assert OutboxMessage.objects.filter(subject="What would you like next?").count() == 2
    assert world.client_of("coordinator").get(reverse("pairing_propose_change", args=[world.pairing.pk]))[
        "Location"
    ] == reverse("pairing_overview", args=[world.pairing.pk])


def test_whoever_waits_for_an_answer_is_not_kept_waiting(world: World) -> None:
    change(world)
    with freeze_time(clock.now() + timedelta(days=15)):
        assert actions.settle_changes_left_open() == 1
        assert stands(world).state == State.ENDED
        assert actions.settle_changes_left_open() == 0
        assert "Has not said" in page(world, "coordinator", "pairing_overview")


def test_what_is_over_is_not_asked_about(world: World) -> None:
    tap(world, "mentor", "pairing_how", "end")
    here = reverse("pairing", args=[world.pairing.pk])
    for name in ("pairing_how", "pairing_another", "pairing_next"):
        assert world.client_of("leader").get(reverse(name, args=[world.pairing.pk]))["Location"] == here
    assert not [form for form in forms_of(world.client_of("leader").get(here)) if form.address.endswith("/end/")]


@pytest.mark.parametrize("state", [State.CHANGING, State.ENDED])
def test_where_it_goes_no_further_nothing_is_left_to_do(world: World, state: str) -> None:
    """The rail of two who part holds what they did, and asks for no time and no preparation."""
    assert "Get ready for the first time" in page(world, "leader", "pairing")
    Pairing.objects.filter(pk=world.pairing.pk).update(state=state, closed_at=clock.now())
    for role in ("leader", "mentor"):
        shown = page(world, role, "pairing")
        assert "You both said yes" in shown
        for later in ("Get ready for the first time", "Find a time", "Agree how you work"):
            assert later not in shown
