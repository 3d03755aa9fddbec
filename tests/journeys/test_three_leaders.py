"""Each of the three leaders on a phone, from the first page to a first step: with what breaks programs typed into every
box, and the minutes it takes at an ordinary pace."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from handrail.capabilities.pairings.plan.models import Plan
from handrail.capabilities.starting_point.conversation.forms import LONGEST
from handrail.engines.approach import QUESTIONS
from tests.factories.world import World, build_world
from tests.nasty import KINDS

Check = Callable[[Page], None]
SignInWith = Callable[[Page, Any], None]
SEVERAL = {one.id for one in QUESTIONS if one.several}
WORDS_A_MINUTE, SECONDS_A_TAP = 238, 2.0  # how fast adults read English in silence, on average; and careful fingers
MOST_MINUTES = 5.5  # for the questions, every word of every option read
TYPED = [KINDS["markup"][1], KINDS["direction"][4], KINDS["emoji"][5], KINDS["combining"][0][:LONGEST], "’; --"]

# What each of them taps; what is not named is passed over.
LEADERS: dict[str, tuple[dict[str, list[str]], str]] = {
    "no time, online nowhere by choice": (
        {
            "role_goal": ["improve_a_service"],
            "audience": ["people_we_serve"],
            "audience_places": ["dont_know"],
            "online_now": ["nothing_by_choice"],
            "good_at": ["listening"],
            "team": ["they_do_some"],
            "how_it_lands": ["pressure", "tiring"],
            "in_a_meeting": ["leave_to_others"],
            "time": ["none_now"],
            "worries": ["time", "reputation"],
        },
        "Start from your role",
    ),
    "posts every day, and nobody answers": (
        {
            "role_goal": ["grow_support"],
            "audience": ["funders", "local_people"],
            "audience_places": ["linkedin"],
            "online_now": ["announce", "share_photos"],
            "last_answer": ["cannot_remember"],
            "what_next": ["nothing_to_answer"],
            "good_at": ["being_visible", "telling_stories"],
            "team": ["they_do_much"],
            "how_it_lands": ["gives_energy"],
            "in_a_meeting": ["i_lead_it"],
            "time": ["ten_a_day"],
            "worries": ["no_answer"],
            "hard_to_admit": ["nothing_comes_to_mind"],
        },
        "Work out loud",
    ),
    "strong, and unsure underneath": (
        {
            "role_goal": ["get_through_hard_times"],
            "audience": ["staff"],
            "online_now": ["somebody_posts_for_me"],
            "good_at": ["deciding"],
            "how_it_lands": ["useful"],
            "in_a_meeting": ["look_up_later"],
            "time": ["ten_a_week"],
            "worries": ["security", "looking_foolish"],
            "hard_to_admit": ["one_password", "asking_for_basics", "my_own_devices"],
        },
        "Take control",
    ),
}


class Pace:
    """What was read and tapped, as minutes."""

    def __init__(self, page: Page, fits: Check) -> None:
        self.page, self.fits, self.words, self.taps = page, fits, 0, 0

    @property
    def minutes(self) -> float:
        return self.words / WORDS_A_MINUTE + self.taps * SECONDS_A_TAP / 60

    def read(self) -> None:
        self.fits(self.page)
        self.words += len(self.page.locator("main").inner_text().split())

    def tap(self, selector: str, *, leads_on: bool = True) -> None:
        self.taps += 1
        if not leads_on:
            self.page.locator(selector).first.tap()
            return
        with self.page.expect_navigation():
            self.page.locator(selector).first.tap()


@pytest.mark.parametrize("who", LEADERS)
def test_each_of_the_three_on_a_phone(
    who: str, live_server: Any, phone: Page, fits: Check, axe: Check, sign_in: SignInWith
) -> None:
    world: World = build_world()
    sign_in(phone, world.account("outsider"))
    taps, way = LEADERS[who]
    pace = Pace(phone, fits)
    phone.goto(f"{live_server.url}/starting-point/")
    pace.read()
    pace.tap("main a[href*='/question/']")
    pace.words, pace.taps, typed = 0, 0, 0
    while "/question/" in phone.url:
        pace.read()
        question = phone.url.rstrip("/").rsplit("/", 1)[1]
        if box := phone.locator("textarea[name=words]").all():
            typed += 1
            types_what_breaks_programs(phone, box[0], question, TYPED[typed % len(TYPED)])
        answer(pace, question, taps.get(question, []))
    assert pace.minutes <= MOST_MINUTES, f"{pace.minutes:.1f} minutes: {pace.words} words, {pace.taps} taps"
    assert typed >= 3, "there were boxes to type into"
    fits(phone)
    axe(phone)
    assert phone.locator("h2", has_text=way).first.is_visible()
    assert phone.evaluate("document.querySelectorAll('main nastymark').length") == 0
    pace.tap("main form[action*='/plan/begin'] button")
    fits(phone)
    assert Plan.objects.count() == 1
    phone.goto(f"{live_server.url}/home/")
    fits(phone)
    assert phone.get_by_role("link", name="Open this step").is_visible() or "no time" in who


def types_what_breaks_programs(page: Page, box: Any, question: str, words: str) -> None:
    """First far too much, which comes back with a kind word; then what breaks programs, which is kept as it stands."""
    asked = page.url
    page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
    box.evaluate("box => box.removeAttribute('maxlength')")
    box.fill("long " * LONGEST)
    with page.expect_navigation():
        box.evaluate("box => box.form.requestSubmit()")
    assert f"/question/{question}/" in page.url
    assert page.title().startswith("Error:")
    again = page.locator("textarea[name=words]")
    assert again.input_value().startswith("long long"), "what was typed comes back"
    if question in SEVERAL:
        again.fill(words)
        with page.expect_navigation():
            again.evaluate("box => box.form.requestSubmit()")
        page.goto(asked)
        assert page.locator("textarea[name=words]").input_value() == words
    else:
        page.goto(asked)


def answer(pace: Pace, question: str, options: list[str]) -> None:
    if not options:
        pace.tap("button:has-text('Pass this one over')")
    elif question in SEVERAL:
        for option in options:
            pace.tap(f"label:has(input[value='{option}']), input[value='{option}']", leads_on=False)
        pace.tap("main form:has(input[name=options]) button[type=submit]")
    else:
        pace.tap(f"button[name=options][value='{options[0]}']")
