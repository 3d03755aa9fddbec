"""Going on, ending, looking back, one's calendar, and a scheme's end: by the keyboard alone, and without scripts."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from handrail.capabilities.pairings.models import CalendarSettings, Pairing
from handrail.capabilities.schemes.models import Scheme
from tests.factories.world import build_world
from tests.journeys.walker import Walker

SignIn = Callable[[Page, Any], None]
State = Pairing.State


class Way:
    """The small world at one browser, each role in turn."""

    def __init__(self, walker: Walker, sign_in: SignIn) -> None:
        self.walker, self.sign_in, self.world = walker, sign_in, build_world()

    @property
    def state(self) -> str:
        return Pairing.objects.get(pk=self.world.pairing.pk).state

    def as_(self, role: str, path: str) -> None:
        self.sign_in(self.walker.page, self.world.account(role))
        self.walker.go(path.format(pairing=self.world.pairing.pk, scheme=self.world.pairing.scheme_id))

    def unfold(self, words: str) -> None:
        """A part of the page that opens on Enter, with scripts or without."""
        summary = self.walker.page.locator("summary", has_text=words)
        if self.walker.by_keyboard:
            self.walker.reach(summary.evaluate("element => { window.__wanted = element; return true }"))
            self.walker.page.keyboard.press("Enter")
        else:
            summary.click()

    def write(self, text: str) -> None:
        """Into the one field of the page."""
        field = self.walker.page.locator("main textarea")
        if self.walker.by_keyboard:
            self.walker.reach(field.evaluate("element => { window.__wanted = element; return true }"))
            self.walker.page.keyboard.type(text)
        else:
            field.fill(text)

    def open_what_is_private(self) -> None:
        if self.walker.page.get_by_role("button", name="Begin", exact=True).count():
            self.walker.press("button", "Begin")


@pytest.fixture(params=["by keyboard", "without scripts"])
def way(
    request: Any, live_server: Any, open_page: Any, look_once: Any, fits: Any, sign_in: SignIn, settings: Any
) -> Way:
    settings.SECOND_FACTOR_REQUIRED = False
    scripts = request.param == "by keyboard"
    page = open_page(width=375, height=812, java_script_enabled=scripts)
    walker = Walker(page, live_server.url, look_once if scripts else fits, by_keyboard=scripts)
    return Way(walker, sign_in)


def test_continue_pause_change_and_end(way: Way) -> None:
    """Each answer from the page that asks; the other reads that it changed, and nobody whose wish it was."""
    walker = way.walker
    way.as_("mentor", "/pairings/{pairing}/how/")
    walker.press("button", "That is my answer")
    assert walker.page.title().startswith("Error: "), "an empty answer is asked about, kindly"
    walker.choose("Pause")
    walker.press("button", "That is my answer")
    assert way.state == State.PAUSED
    way.unfold("Pause, change or end")
    walker.press("button", "Go on")
    assert way.state == State.AGREED
    walker.go(f"/pairings/{way.world.pairing.pk}/how/")
    walker.choose("Change")
    walker.press("button", "That is my answer")
    assert way.state == State.AGREED, "what each will read comes first"
    walker.press("button", "Ask us both")
    assert way.state == State.CHANGING
    way.as_("coordinator", "/pairings/{pairing}/overview/")
    assert walker.sees("Changing")
    assert not walker.page.get_by_text("Would like to meet somebody else").count()
    way.as_("leader", "/pairings/{pairing}/next/")
    walker.choose("To stay together")
    walker.press("button", "That is my wish")
    assert way.state == State.ENDED
    way.as_("coordinator", "/pairings/{pairing}/overview/")
    assert walker.sees("Would like to meet somebody else"), "once it is settled"


def test_it_ends_and_the_two_look_back(way: Way) -> None:
    walker = way.walker
    way.as_("leader", "/pairings/{pairing}/")
    way.unfold("Pause, change or end")
    walker.press("button", "End this pairing")
    assert way.state == State.ENDED
    walker.go(f"/pairings/{way.world.pairing.pk}/closing/")
    way.open_what_is_private()
    assert walker.sees("Three questions, each of which may stay empty.")
    walker.press("link", "What do you do differently now?")
    way.write("I ask where a number comes from.")
    walker.press("button", "Keep it")
    assert walker.sees("I ask where a number comes from.")
    walker.press("link", "Say what you would like next")
    walker.choose("To be a mentor to somebody")
    walker.press("button", "That is my wish")
    assert walker.page.url.endswith("/schemes/sign-up/mentor/"), "leaders are invited to become mentors"
    way.as_("mentor", "/pairings/{pairing}/")
    assert walker.sees("This pairing has ended.")
    way.as_("coordinator", "/pairings/{pairing}/overview/")
    assert walker.sees("Would like to be a mentor") or walker.sees("To be a mentor to somebody")
    assert not walker.page.get_by_text("I ask where a number comes from.").count(), "sealed, until she lets it be read"


def test_ones_calendar(way: Way) -> None:
    walker = way.walker
    way.as_("leader", "/pairings/calendar/")
    walker.type_into("Send invitations to", "not an address")
    walker.press("button", "Save")
    assert walker.page.title().startswith("Error: ")
    expect(walker.page.get_by_label("Send invitations to")).to_have_value("not an address")
    walker.type_into("Send invitations to", "only.i@home.example")
    walker.type_into("What the entry is called in both calendars", "Ten minutes")
    walker.press("button", "Save")
    walker.press("button", "Make an address")
    assert walker.sees("This is shown once.")
    walker.press("link", "Your calendar")
    walker.press("button", "End the address")
    assert not CalendarSettings.objects.filter(feed_digest__isnull=False).exists()
    walker.press("link", "Look at how")
    walker.type_into("Your calendar’s secret address", "my calendar")
    walker.press("button", "Connect")
    assert walker.sees("This is no calendar’s address.")
    walker.type_into("Your calendar’s secret address", "webcal://calendar.invalid/secret.ics")
    walker.press("button", "Connect")
    assert walker.sees("Connected. It is being read; that takes a minute.")
    walker.press("button", "Disconnect it")
    assert walker.sees("Disconnected. The address and the times are deleted.")


def test_a_scheme_ends_and_the_end_is_taken_back(way: Way) -> None:
    walker, day = way.walker, timezone.localdate() + timedelta(days=30)
    way.as_("coordinator", "/pairings/ending/{scheme}/")
    walker.press("link", "Answer the three questions")
    walker.press("button", "Save")
    assert walker.page.title().startswith("Error: ")
    for label, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        walker.type_into(label, str(number))
    walker.press("button", "Save")
    way.write("Thank you, all of you.")
    walker.press("button", "Save")
    way.write("It did what it was for.")
    walker.press("button", "Save")
    assert Scheme.objects.get(pk=way.world.pairing.scheme_id).ends_on is None, "nobody is told yet"
    walker.press("button", walker.page.get_by_role("button", name="End it on").inner_text())
    assert Scheme.objects.get(pk=way.world.pairing.scheme_id).ends_on == day
    walker.press("button", "Take it back: it goes on")
    assert Scheme.objects.get(pk=way.world.pairing.scheme_id).ends_on is None
