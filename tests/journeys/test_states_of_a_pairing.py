"""Every state of a pairing, reached and left by what people tap; and two coordinators who ask in the same moment."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from freezegun import freeze_time
from playwright.sync_api import Page

from handrail.capabilities.pairings import jobs
from handrail.capabilities.pairings.models import Pairing, Session
from handrail.capabilities.pairings.rules import standing
from handrail.capabilities.people import actions as people
from handrail.capabilities.people.models import Person, Role
from tests.factories.world import World, build_world, person
from tests.journeys.walker import Walker

SignIn = Callable[[Page, Any], None]
State = Pairing.State


class Pairs:
    """The small world at one browser, as each of the three in turn; which states were met on the way."""

    def __init__(self, walker: Walker, sign_in: SignIn) -> None:
        self.walker, self.sign_in, self.world = walker, sign_in, build_world()
        self.world.persons["top"] = Person.objects.get(name="Top")
        self.seen: set[State] = set()

    def as_(self, role: str, path: str = "") -> None:
        self.sign_in(self.walker.page, self.world.account(role))
        if path:
            self.walker.go(path)

    def ask(self, leader: str, mentor: str, *, button: str = "Ask both") -> Pairing:
        persons = self.world.persons
        self.as_("coordinator", f"/pairings/new/{persons[leader].pk}/{persons[mentor].pk}/")
        if self.walker.page.get_by_label("Why this pairing is right all the same").count():
            self.walker.type_into("Why this pairing is right all the same", "They asked for it.")
        self.walker.press("button", button)
        return self.now(Pairing.objects.latest("pk"))

    def answer(self, role: str, pairing: Pairing, label: str) -> Pairing:
        self.as_(role, f"/pairings/{pairing.pk}/answer/")
        self.walker.page.get_by_label(label).first.check()
        self.walker.press("button", "Send my answer")
        return self.now(pairing)

    def change(self, pairing: Pairing, button: str) -> Pairing:
        self.walker.go(f"/pairings/{pairing.pk}/")
        self.walker.page.get_by_text("Pause, change or end").click()
        self.walker.press("button", button)
        return self.now(pairing)

    def now(self, pairing: Pairing) -> Pairing:
        fresh = Pairing.objects.with_people().get(pk=pairing.pk)
        self.seen.add(standing(fresh))
        return fresh


@pytest.fixture
def pairs(live_server: Any, phone: Page, look_once: Callable[[Page], None], sign_in: SignIn, settings: Any) -> Pairs:
    settings.SECOND_FACTOR_REQUIRED = False
    return Pairs(Walker(phone, live_server.url, look_once), sign_in)


def test_every_state_is_reached_and_left_by_taps(pairs: Pairs) -> None:
    walker = pairs.walker
    pairs.ask("outsider", "editor", button="Not yet: keep it as a proposal")
    walker.press("link", "Outsider")
    walker.press("button", "Put it aside")
    assert walker.sees("Neither of the two has heard of it.")
    refused = pairs.ask("outsider", "editor")
    pairs.answer("editor", refused, "No")
    assert walker.sees("You said no. There is nothing more to do.")
    with freeze_time(timezone.now() + timedelta(days=7)):
        jobs.settle_noes.call()
    pairs.now(refused)
    again = pairs.ask("outsider", "mentor")
    walker.press("button", "Take the question back")
    pairs.now(again)
    gone = pairs.ask("outsider", "top")
    Person.objects.filter(pk=gone.mentor_id).update(left_on=timezone.localdate())
    jobs.settle_what_cannot_go_on.call()
    pairs.now(gone)
    walker.page.reload()
    assert walker.sees("Not taken up"), "like every other question that came to nothing"
    pairing = pairs.ask("outsider", "sponsor")
    pairs.answer("sponsor", pairing, "Yes")
    pairs.answer("outsider", pairing, "Yes")
    for button in ("Pause", "Go on"):
        pairs.change(pairing, button)
    meet(pairs, pairing)
    walker.go(f"/pairings/{pairing.pk}/")
    walker.page.get_by_text("Pause, change or end").click()
    walker.press("link", "Somebody else?")
    walker.press("button", "Ask us both")
    assert pairs.now(pairing).state == State.CHANGING
    pairs.change(pairing, "End this pairing")
    walker.go(f"/pairings/{pairing.pk}/closing/")
    with freeze_time(timezone.now() + timedelta(days=40)):
        jobs.forget_closed_pairings.call()
    pairs.now(pairing)
    walker.go(f"/pairings/{pairing.pk}/closing/")
    assert walker.sees("This pairing is closed.")
    assert pairs.seen == set(State)


def meet(pairs: Pairs, pairing: Pairing) -> None:
    """One offers, the other chooses, the hour comes, and somebody says that they met."""
    walker = pairs.walker
    walker.go(f"/pairings/{pairing.pk}/times/offer/")
    walker.page.get_by_role("checkbox").first.check()
    walker.press("button", "Offer these")
    pairs.as_("sponsor", f"/pairings/{pairing.pk}/times/")
    with walker.page.expect_navigation():
        walker.page.locator("form[action$='/times/choose/'] button").first.click()
    Session.objects.filter(pairing=pairing).update(starts_at=timezone.now() - timedelta(hours=1))
    walker.page.reload()
    walker.press("button", "We met")
    pairs.now(pairing)


def test_two_coordinators_at_once_ask_two_people_once(
    pairs: Pairs, open_page: Callable[..., Page], axe: Callable[[Page], None], live_server: Any
) -> None:
    """Both have the page open; the second reads who asked, and nothing is sent twice."""
    world: World = pairs.world
    second: Person = person(world.organisation, "Second Coordinator")
    people.give_role(by=None, person=second, role=Role.Name.COORDINATOR)
    other = Walker(open_page(width=375, height=812), live_server.url, axe)
    pairs.sign_in(other.page, second.account)
    pairs.as_("coordinator")
    path = f"/pairings/new/{world.persons['outsider'].pk}/{world.persons['editor'].pk}/"
    for walker in (pairs.walker, other):
        walker.go(path)
        assert walker.sees("They are paired in “Scheme”.")
        walker.type_into("Why this pairing is right all the same", "They asked for it.")
    before = Pairing.objects.count()
    pairs.walker.press("button", "Ask both")
    other.press("button", "Ask both")
    assert other.sees("Coordinator asked Outsider and Editor on")
    assert other.sees("Nothing was sent twice.")
    assert Pairing.objects.count() == before + 1
    other.press("link", "About the scheme")
    pairs.walker.go("/schemes/")
    for walker, name in ((pairs.walker, "From the first"), (other, "From the second")):
        walker.go(f"/schemes/{world.pairing.scheme_id}/step/name/")
        walker.type_into("What is the scheme called?", name)
    pairs.walker.press("button", "Save")
    other.press("button", "Save")
    assert other.sees("From the second")
