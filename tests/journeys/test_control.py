"""A wary leader on a phone: from a worry to one thing done and passed on; a decision and three questions to ask."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from handrail.capabilities.starting_point.decisions.models import Decision
from handrail.capabilities.starting_point.walkthroughs.models import Marks
from tests.factories.world import World, build_world
from tests.journeys.walker import Walker

SignInWith = Callable[[Page, Any], None]
Check = Callable[[Page], None]
PAPER = "Shall we extend the contract for the repairs line?\nThe supplier asks for two years."


@pytest.fixture
def world() -> World:
    return build_world()


def test_from_a_worry_to_control_and_from_a_decision_to_one_line_on_a_phone(
    live_server: Any, world: World, phone: Page, open_page: Any, sign_in: SignInWith, axe: Check, fits: Check
) -> None:
    def check(page: Page) -> None:
        fits(page)
        axe(page)

    walker = Walker(phone, live_server.url, check)
    sign_in(phone, world.account("outsider"))
    walker.go("/home/")
    walker.press("link", "Stay in control online")
    phone.get_by_text("Accounts and passwords", exact=True).tap()
    assert walker.sees("About 3 minutes")
    phone.get_by_text("More on this, to choose from", exact=True).first.tap()
    walker.press("link", "Check your way back in")
    walker.go("/walk-throughs/who-sees-what/")
    walker.press("link", "Begin")
    assert walker.sees("You then see only what is yours.")
    walker.choose("LinkedIn")
    walker.press("button", "Go on")
    assert phone.title().startswith("Change one thing on the account you use most")
    walker.press("button", "WhatsApp")
    assert walker.sees("1 of 3")
    assert not walker.sees("Facebook")
    walker.press("button", "Done")
    walker.press("link", "Back")
    assert walker.sees("1 of 3")
    walker.press("link", "Forward again")
    walker.press("link", "It is not here")
    assert walker.sees("It is not you.")
    walker.press("button", "I found it")
    walker.press("button", "Stop for now")
    assert walker.sees("It waits where you stopped")
    walker.press("link", "Go on")
    assert walker.sees("3 of 3")
    walker.press("button", "Done")
    assert walker.sees("That is enough for one day.")
    phone.emulate_media(media="print")
    assert not phone.get_by_text("Done", exact=True).first.is_visible()
    phone.emulate_media(media="screen")
    walker.press("link", "If you like: one sentence for somebody else, which says nothing about you")
    expect(phone.get_by_role("textbox", name="To your team")).to_have_value(re.compile("while you are signed out"))
    walker.press("button", "I have passed it on")
    assert walker.sees("You have passed this on.")
    assert b"one-setting" not in bytes(Marks.objects.get().sheet)

    walker.go("/home/")
    walker.press("link", "A decision on my desk")
    walker.type_into("What is the decision?", PAPER)
    walker.press("button", "Find my questions")
    assert walker.sees("Found in it: “extend the contract”, “supplier”")
    assert walker.sees("Nobody has read them.")
    walker.press("link", "It is about something else")
    assert walker.sees("What would change hands?")
    phone.go_back()
    walker.choose("Buying, and getting out again")
    walker.press("button", "Give me three questions")
    assert phone.locator("main ol li").count() == 3
    phone.locator("button", has_text="In a week").click()
    assert walker.sees("Home has these ready before then.")
    phone.emulate_media(media="print")
    assert walker.sees("How would we leave this supplier, and at what cost?")
    assert not walker.sees("Shall we extend the contract")
    phone.emulate_media(media="screen")
    walker.press("link", "Write the line")
    walker.type_into("What was decided differently?", "One year in place of two.")
    walker.press("button", "Keep this line")
    assert walker.sees("One year in place of two.")
    assert b"contract" not in bytes(Decision.objects.get().paper)

    lost = open_page(width=375, height=812)  # the device is gone: this one opens nothing private
    sign_in(lost, world.account("outsider"))
    elsewhere = Walker(lost, live_server.url, check)
    elsewhere.go("/walk-throughs/")
    assert elsewhere.sees("Your marks are locked away")
    elsewhere.go("/walk-throughs/who-sees-what/do/stranger/")
    assert elsewhere.sees("Open a private window in your browser.")
    lost.goto(live_server.url + "/decisions/")
    assert "/account/private/open/" in lost.url
    assert not elsewhere.sees("Shall we extend the contract")


def test_by_keyboard_alone_without_scripts(
    live_server: Any, world: World, without_javascript: Page, sign_in: SignInWith, fits: Check
) -> None:
    page = without_javascript
    walker = Walker(page, live_server.url, fits)
    sign_in(page, world.account("outsider"))
    walker.go("/decisions/")
    walker.press("button", "Rather not type: choose by tapping")
    assert walker.sees("What would change hands?")
    page.get_by_role("button", name="Who decides, or how").press("Enter")
    page.wait_for_url("**/decisions/*/")
    assert walker.sees("How can somebody challenge it?")
    page.go_back()
    walker.press("link", "None of these: show me every theme")
    page.locator("summary", has_text="Data").first.press("Enter")
    walker.choose("Where the numbers come from")
    page.get_by_role("button", name="Give me three questions").press("Enter")
    page.wait_for_url("**/decisions/*/")
    assert walker.sees("Who is missing from them?")
    walker.go("/walk-throughs/recovery-details/")
    page.get_by_role("link", name="Begin", exact=True).press("Enter")
    page.wait_for_url("**/do/**")
    page.get_by_role("button", name="Apple").press("Enter")
    page.get_by_role("button", name="Done").press("Enter")
    expect(page.get_by_text("2 of 4")).to_be_visible()
    page.locator("summary", has_text="Not this one").press("Enter")
    page.get_by_role("button", name="Not for me").press("Enter")
    page.wait_for_url("**/do/spare-email/")
    page.get_by_role("button", name="Stop for now").press("Enter")
    page.wait_for_url("**/walk-throughs/")
    walker.press("link", "Go on")
    assert page.url.endswith("/walk-throughs/recovery-details/do/spare-email/")
