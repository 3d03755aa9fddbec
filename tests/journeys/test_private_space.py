"""The private space in a real browser: sealed in three taps, opened elsewhere, ended, lost, and never in the way.

At 320 px; axe looks at every page that is met with scripts.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session as SignIn
from django.core.cache import cache
from playwright.sync_api import Page, expect

from handrail.capabilities.pairings.models import Note
from handrail.foundation.vault import keys
from handrail.foundation.vault.keys import phrases
from handrail.foundation.vault.models import CarriedForm, Wrapping
from tests.factories.world import World, build_world
from tests.journeys.walker import Walker

SECRET = "I have not told the board about the merger"
WORDS = "violin gravel teapot meadow lantern"
OTHER_WORDS = "saddle copper window biscuit harbour"
Browsers = Callable[..., Walker]


@pytest.fixture
def world(settings: Any, monkeypatch: pytest.MonkeyPatch) -> World:
    cache.clear()  # limits on asking for codes are kept there
    settings.EMAIL_BACKEND = "handrail.foundation.mail.backend.OutboxBackend"  # the test runner puts its own there
    monkeypatch.setattr(phrases, "MEMORY", 1024 * 1024)
    return build_world()


@pytest.fixture
def another(live_server: Any, open_page: Callable[..., Page], axe: Any, fits: Any) -> Browsers:
    """Another browser on another device, with cookies of its own."""

    def make(*, scripts: bool = True, by_keyboard: bool = False, **options: Any) -> Walker:
        page = open_page(width=320, height=640, java_script_enabled=scripts, **options)

        def check(page: Page) -> None:
            fits(page)
            if scripts:
                axe(page)

        return Walker(page, live_server.url, check, by_keyboard=by_keyboard)

    return make


def leader_of(world: World) -> str:
    return str(world.account("leader").email)


def own_notes(world: World) -> str:
    return f"/pairings/{world.pairing.pk}/notes/own/"


def shared_notes(world: World) -> str:
    return f"/pairings/{world.pairing.pk}/notes/"


def write(walker: Walker, path: str, text: str = SECRET) -> None:
    walker.go(path)
    walker.type_into("Write a note", text)
    walker.press("button", "Keep this note")
    assert walker.sees(text)


def is_closed(walker: Walker, path: str) -> None:
    walker.go(path)
    assert walker.page.title().startswith("Open your private space")
    assert SECRET not in walker.page.content()


def set_words(walker: Walker, words: str, *, path: str = "/account/private/phrase/") -> None:
    walker.go(path)
    walker.press("link", "I would rather choose my own words")
    walker.type_into("Your own phrase", words)
    walker.type_into("The same once more", words)
    walker.press("button", "Set this phrase")


def open_with(walker: Walker, words: str, *, device: str = "Yes, it is my own") -> None:
    walker.type_into("Your private phrase", words)
    walker.choose(device)
    walker.press("button", "Open")


def browser_closes(walker: Walker, another: Browsers, *, clears_everything: bool = False) -> Walker:
    """The same device when its browser is opened again: session cookies are gone, or, where it is managed, all."""
    left = [] if clears_everything else [one for one in walker.page.context.cookies() if one.get("expires", -1) != -1]
    walker.page.context.close()
    reopened = another()
    reopened.page.context.add_cookies(left)  # type: ignore[arg-type]
    return reopened


@pytest.mark.parametrize("how", ["with scripts", "without scripts", "by keyboard"])
def test_the_first_note_asks_for_nothing_and_home_offers_to_keep_it_safe(
    world: World, another: Browsers, how: str
) -> None:
    here = another(scripts=how != "without scripts", by_keyboard=how == "by keyboard")
    here.sign_in(leader_of(world))
    here.go(own_notes(world))
    assert not re.search("phrase|recovery|key", here.page.locator("main").inner_text(), re.I), "nothing about secrets"
    write(here, own_notes(world))
    assert SECRET.encode() not in bytes(Note.objects.get().text)

    here.go("/")
    here.press("link", "Keep it safe")
    shown = here.page.locator("input[name=drawn]").input_value()
    here.press("button", "I have them: set this phrase")
    here.press("button", "Show my code")
    code = here.page.locator("input[name=code]").first.input_value()
    here.press("button", "Show it as a page to print")
    assert here.sees(code)
    here.page.emulate_media(media="print")
    assert not here.page.get_by_text("go back in your browser").is_visible(), "not on the paper"
    here.page.emulate_media(media="screen")
    here.press("button", "I have printed it: confirm the code")  # going back would ask to send a form again
    assert here.sees(code)
    here.type_into("The second group", code.split("-")[1].lower())
    here.type_into("The fifth group", "WRONG")
    here.press("button", "Confirm")
    assert not keys.state_of(world.account("leader").pk).has_recovery_code, "a slip confirms nothing"
    here.type_into("The fifth group", code.split("-")[4])
    here.press("button", "Confirm")
    state = keys.state_of(world.account("leader").pk)
    assert (state.has_phrase, state.has_recovery_code) == (True, True)
    here.go("/")
    assert here.page.get_by_role("link", name="Keep it safe").count() == 0, "offered once, not forever"

    elsewhere = another(scripts=how != "without scripts", by_keyboard=how == "by keyboard")
    elsewhere.sign_in(leader_of(world))
    is_closed(elsewhere, own_notes(world))
    open_with(elsewhere, f"  {shown.upper().replace(' ', ' - ')} ")
    assert elsewhere.sees(SECRET)


def begun(world: World, another: Browsers, *, words: str = WORDS) -> Walker:
    """The leader has written, and has set a phrase on their own device."""
    here = another()
    here.sign_in(leader_of(world))
    write(here, own_notes(world))
    set_words(here, words)
    return here
