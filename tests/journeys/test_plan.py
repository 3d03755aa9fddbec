"""The plan on a phone: the first step within the first visit, and what comes after."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.factories.world import World, build_world
from tests.journeys.test_starting_point import Thumb

SignInWith = Callable[[Page, Any], None]
Check = Callable[[Page], None]


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def thumb(live_server: Any, phone: Page, fits: Check) -> Thumb:
    return Thumb(phone, live_server.url, fits)


def test_the_first_step_within_the_first_visit_after_four_answers(
    world: World, thumb: Thumb, sign_in: SignInWith, axe: Check, screenshot: Callable[..., None]
) -> None:
    account, page = world.account("outsider"), thumb.page
    sign_in(page, account)
    page.goto(thumb.base + "/starting-point/")
    thumb.link("Begin")
    for question in ("role_goal", "audience", "audience_places", "online_now"):
        thumb.answer(question)
    thumb.link("See what this says so far")
    screenshot(page, "plan-0-result")
    thumb.button("Begin with these three")
    screenshot(page, "plan-1-step")
    axe(page)
    thumb.button("Done")
    axe(page)
    screenshot(page, "plan-2-done")
    assert thumb.taps <= 16, thumb.taps
    thumb.tap(page.get_by_label("What happened, in a line"), leads_on=False)
    page.keyboard.type("Two answers within the hour")
    thumb.button("Keep this line")
    axe(page)
    screenshot(page, "plan-3-plan")
    thumb.link("One note a week")
    axe(page)
    screenshot(page, "plan-4-day")
    thumb.button("Thursday")
    screenshot(page, "plan-5-hour")
    thumb.button("08:00")
    thumb.link("Choose another step")
    screenshot(page, "plan-6-choose")
    page.goto(thumb.base + "/home/")
    screenshot(page, "plan-7-home")
    page.goto(thumb.base + "/plan/pause/")
    screenshot(page, "plan-8-pause")
    page.goto(thumb.base + "/plan/for/")
    screenshot(page, "plan-9-for")
