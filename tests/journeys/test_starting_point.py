"""The starting point on a phone, counted in taps: once through, and once interrupted five times."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.sessions.models import Session as SignIn
from playwright.sync_api import Locator, Page

from handrail.capabilities.starting_point.models import SharedCopy, StartingPoint
from handrail.engines.approach import QUESTIONS
from handrail.foundation.vault.keys import state_of
from tests.factories.world import World, build_world
from tests.journeys import browser as browsers

SignInWith = Callable[[Page, Any], None]
Check = Callable[[Page], None]
TAPPED = {
    "role_goal": ["Make a service better", "Keep people safe"],
    "audience": ["The people we serve: customers, visitors, an audience"],
    "audience_places": ["I do not know"],
    "online_now": ["I read what others write", "I announce our news, or run campaigns"],
    "last_answer": ["I cannot remember"],
    "what_next": ["There was nothing to answer"],
    "good_at": ["Listening", "Deciding"],
    "team": ["Some things"],
    "how_it_lands": ["Vague", "Pressure"],
    "in_a_meeting": ["I nod and go on"],
    "time": ["Ten minutes a week"],
    "place": ["On my phone, between meetings"],
    "worries": ["My family being drawn in", "Looking foolish"],
    "hard_to_admit": ["Asking about what others seem to know"],
}
ONE_TAP = {one.id for one in QUESTIONS if not one.several}
SECRET = "Home visits that can be booked without a telephone"


@dataclass
class Thumb:
    """Somebody with a phone. Every tap counts."""

    page: Page
    base: str
    fits: Check
    taps: int = 0

    def tap(self, target: Locator, *, leads_on: bool = True) -> None:
        self.taps += 1
        if not leads_on:
            target.tap()
            return
        with self.page.expect_navigation():
            target.tap()
        self.fits(self.page)

    def link(self, name: str) -> None:
        self.tap(self.page.get_by_role("link", name=name, exact=True).first)

    def button(self, name: str) -> None:
        self.tap(self.page.get_by_role("button", name=name, exact=True).first)

    def answer(self, question: str) -> None:
        assert f"/question/{question}/" in self.page.url, self.page.url
        if question in ONE_TAP:
            self.tap(self.page.get_by_role("button", name=re.compile(f"^{TAPPED[question][0]}")))
            return
        for option in TAPPED[question]:
            self.tap(self.page.get_by_label(option, exact=True), leads_on=False)
        self.button("Go on")

    def says(self, words: str) -> bool:
        return self.page.get_by_text(words).first.is_visible()


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def thumb(live_server: Any, phone: Page, fits: Check) -> Thumb:
    return Thumb(phone, live_server.url, fits)


def test_once_through_on_a_phone_counted_in_taps(world: World, thumb: Thumb, sign_in: SignInWith, axe: Check) -> None:
    account, page = world.account("outsider"), thumb.page
    sign_in(page, account)
    page.goto(thumb.base + "/starting-point/")
    assert thumb.says("I ask now because the plans are being made.")
    axe(page)
    thumb.link("Begin")
    thumb.tap(page.get_by_label(TAPPED["role_goal"][0], exact=True), leads_on=False)
    thumb.button("Go on")
    assert thumb.taps == 3, "the first answer is sealed after three taps"
    assert state_of(account.pk).devices == 1
    assert not state_of(account.pk).has_phrase
    for number, question in enumerate(list(TAPPED)[1:], start=1):
        so_far = page.get_by_text("See what this says so far", exact=True)
        assert so_far.count() == (number >= 4), question
        if question in ("audience", "last_answer"):
            axe(page)
        thumb.answer(question)
    taps = thumb.taps
    assert taps <= 40, f"{taps} taps for fourteen questions"
    assert page.title().startswith("What would help you")
    axe(page)
    for words in (
        "People say you listen well.",
        "Start from your role",
        "Because you said that",
        "It rests on 14 answers.",
    ):
        assert thumb.says(words), words
    assert thumb.says("you answer again: five minutes.")
    height = page.evaluate("document.documentElement.scrollHeight")
    assert height <= 5 * browsers.PHONE["height"], f"{height} px: more than five screens of a phone"
    page.emulate_media(media="print")
    assert not thumb.says("you answer again: five minutes.")
    assert thumb.says("Start from your role")
    assert not thumb.says("What comes less easily to you:")
    page.emulate_media(media="screen")
    thumb.link("Choose what a mentor may see once you have one")
    thumb.tap(page.get_by_label("Your time, and where ten minutes fit", exact=True), leads_on=False)
    thumb.button("Show me first")
    assert thumb.says("Ten minutes a week")
    axe(page)
    thumb.button("Share this when I have a mentor")
    assert StartingPoint.objects.get().wish_waits
    assert not SharedCopy.objects.exists()


def test_interrupted_five_times_and_nothing_is_lost(
    world: World, thumb: Thumb, sign_in: SignInWith, open_page: Callable[..., Page]
) -> None:
    account, page = world.account("outsider"), thumb.page
    sign_in(page, account)
    page.goto(thumb.base + "/start/")
    thumb.link("Begin")
    questions = list(TAPPED)

    # 1. Somebody comes in: the page is left for home, and home goes on where one stopped.
    thumb.answer(questions[0])
    page.goto(thumb.base + "/home/")
    thumb.link("Go on")
    thumb.answer(questions[1])

    # 2. The telephone is put away: the browser is closed, and opened again.
    kept = [one for one in page.context.cookies() if one.get("expires", -1) != -1]
    page.context.close()
    page = thumb.page = open_page(width=375, height=812, has_touch=True, is_mobile=True)
    page.context.add_cookies(kept)  # type: ignore[arg-type]
    sign_in(page, account)
    page.goto(thumb.base + "/starting-point/")
    thumb.link("Go on")
    thumb.answer(questions[2])

    # 3. A train in a tunnel: one goes back, and forward again.
    page.go_back()
    page.goto(thumb.base + "/starting-point/go-on/")
    thumb.answer(questions[3])
    thumb.answer(questions[4])
    thumb.answer(questions[5])
    thumb.answer(questions[6])

    # 4. Signed out while typing: what was typed is there again.
    thumb.tap(page.get_by_text("In your own words", exact=True), leads_on=False)
    page.get_by_label("What they do, if you like", exact=True).fill(SECRET)
    SignIn.objects.all().delete()
    thumb.button("Go on")
    assert "/sign-in/login/" in page.url
    sign_in(page, account)
    page.goto(thumb.base + "/starting-point/go-on/")
    assert page.get_by_label("What they do, if you like", exact=True).input_value() == SECRET
    thumb.answer(questions[7])

    # 5. A tired evening: the rest is passed over, and one of them is answered days later.
    thumb.answer(questions[8])
    while "/question/" in page.url:
        thumb.button("Pass this one over")
    assert thumb.says("It rests on 9 answers.")
    thumb.link("Change an answer")
    assert thumb.says(SECRET)
    page.goto(thumb.base + "/starting-point/question/in_a_meeting/?from=answers")
    thumb.tap(page.get_by_role("button", name=re.compile("^I nod and go on")))
    assert page.url.endswith("/starting-point/answers/")
    assert page.get_by_text("I nod and go on").count(), "folded, as all that was told in confidence"
    assert SECRET.encode() not in bytes(StartingPoint.objects.get().sheet)


def test_boxes_know_of_one_another(world: World, thumb: Thumb, sign_in: SignInWith, axe: Check) -> None:
    """A fourth tick is not taken and a line says why; “I do not know” stands alone; “Something else” opens the box."""
    sign_in(thumb.page, world.account("outsider"))
    page = thumb.page
    page.goto(f"{thumb.base}/starting-point/question/role_goal/")
    for option in ("Spend less", "Keep people safe", "Keep good staff"):
        page.get_by_label(option, exact=True).tap()
    fourth = page.get_by_label("Win people’s trust", exact=True)
    fourth.tap()
    page.get_by_text("Three at most. Untap one first.").wait_for()
    assert not fourth.is_checked()
    axe(page)
    page.get_by_label("Spend less", exact=True).tap()
    assert not page.get_by_text("Three at most.").is_visible()
    page.get_by_label("Something else", exact=True).tap()
    assert page.get_by_label("In your own words, if you like").is_visible()
    page.goto(f"{thumb.base}/starting-point/question/audience_places/")
    page.get_by_label("On LinkedIn", exact=True).tap()
    page.get_by_label("I do not know", exact=True).tap()
    assert not page.get_by_label("On LinkedIn", exact=True).is_checked()
    page.get_by_label("On LinkedIn", exact=True).tap()
    assert not page.get_by_label("I do not know", exact=True).is_checked()
