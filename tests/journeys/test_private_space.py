"""The private space in a real browser: sealed in three taps, opened elsewhere, ended, lost, and never in the way.

At 320 px; axe looks at every page that is met with scripts, once for each shape it has.
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
from tests.mail_set import with_mail

SECRET = "I have not told the board about the merger"
WORDS = "violin gravel teapot meadow lantern"
OTHER_WORDS = "saddle copper window biscuit harbour"
SHAPE = "[...document.querySelectorAll('main *')].map(one => one.tagName + one.className).join()"
seen_by_axe: set[str] = set()  # a page of the same shape again has nothing new to find
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
            if scripts and (shape := f"{page.title()} {page.evaluate(SHAPE)}") not in seen_by_axe:
                axe(page)
                seen_by_axe.add(shape)

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


@pytest.mark.parametrize(
    "how", [pytest.param("with scripts", marks=pytest.mark.long), "without scripts", "by keyboard"]
)
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


def test_another_device_opens_with_the_phrase_and_a_borrowed_one_keeps_nothing(world: World, another: Browsers) -> None:
    begun(world, another)
    borrowed = another()
    borrowed.sign_in(leader_of(world))
    is_closed(borrowed, own_notes(world))
    open_with(borrowed, "violin gravel teapot lantern meadow", device="No, it is shared or borrowed")
    assert borrowed.sees("This phrase does not open it. Check each word and their order.")
    open_with(borrowed, WORDS, device="No, it is shared or borrowed")
    assert borrowed.sees(SECRET)
    assert borrowed.page.evaluate("localStorage.length") == 0
    assert SECRET not in borrowed.page.evaluate("JSON.stringify(sessionStorage)"), "htmx keeps an address, no page"

    reopened = browser_closes(borrowed, another)
    is_closed(reopened, own_notes(world))
    assert not [one for one in reopened.page.context.cookies() if "device" in one["name"]]
    reopened.page.go_back()
    assert SECRET not in reopened.page.content(), "no copy in the browser's own store"


def test_the_recovery_code_opens_however_sloppily_it_is_typed(world: World, another: Browsers) -> None:
    here = begun(world, another)
    here.go("/account/private/recovery-code/")
    here.press("button", "Show my code")
    code = here.page.locator("input[name=code]").first.input_value()
    here.type_into("The second group", code.split("-")[1])
    here.type_into("The fifth group", code.split("-")[4])
    here.press("button", "Confirm")

    elsewhere = another()
    elsewhere.sign_in(leader_of(world))
    elsewhere.go(own_notes(world))
    elsewhere.press("link", "Forgotten it? Use your recovery code, the one on paper")
    elsewhere.type_into("Your recovery code", code[:9])
    elsewhere.press("button", "Open")
    assert elsewhere.sees("The code has 25 letters and figures.")
    elsewhere.type_into("Your recovery code", code.lower().replace("-", "  ").replace("0", "o").replace("1", "l"))
    elsewhere.press("button", "Open")
    assert elsewhere.sees(SECRET)


def test_a_managed_browser_that_clears_cookies_loses_nothing_and_asks_once(world: World, another: Browsers) -> None:
    managed = browser_closes(begun(world, another), another, clears_everything=True)
    managed.sign_in(leader_of(world))
    is_closed(managed, own_notes(world))
    open_with(managed, WORDS)
    assert managed.sees(SECRET)

    kept = browser_closes(managed, another)  # the same day; this time it keeps what is not of the session
    kept.sign_in(leader_of(world))
    kept.go(own_notes(world))
    assert kept.sees(SECRET), "not asked twice"


def test_a_browser_that_cleared_everything_before_a_phrase_says_plainly_what_opens_it(
    world: World, another: Browsers
) -> None:
    here = another()
    here.sign_in(leader_of(world))
    write(here, own_notes(world))
    here.go("/account/private/")
    here.press("link", "End Chrome on Linux, this one")
    assert here.sees("Nothing else opens it")
    elsewhere = another()
    elsewhere.sign_in(leader_of(world))
    is_closed(elsewhere, own_notes(world))
    assert elsewhere.sees("You have not set your five words yet")
    assert elsewhere.page.get_by_role("textbox").count() == 0, "no question that nobody can answer"


def test_a_device_ended_from_another_closes_at_once_and_an_old_phrase_opens_nothing(
    world: World, another: Browsers
) -> None:
    here = begun(world, another)
    stolen = another(user_agent="Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1")
    stolen.sign_in(leader_of(world))
    stolen.go(own_notes(world))
    open_with(stolen, WORDS)
    assert stolen.sees(SECRET)

    here.go("/account/private/")
    row = here.page.locator(".hr-summary__row, .govuk-summary-list__row, dl > div").filter(has_text="Safari on iPhone")
    with here.page.expect_navigation():
        row.get_by_role("link").click()
    here.look()
    here.press("button", "End it")
    is_closed(stolen, own_notes(world))

    set_words(here, OTHER_WORDS)
    stolen.go(own_notes(world))
    open_with(stolen, WORDS)
    assert stolen.sees("This phrase does not open it.")
    open_with(stolen, OTHER_WORDS)
    assert stolen.sees(SECRET)


def test_when_everything_is_lost_the_other_shares_again_and_own_notes_are_gone(world: World, another: Browsers) -> None:
    mentor = another()
    mentor.sign_in(str(world.account("mentor").email))
    mentor.go(own_notes(world))
    leader = another()
    leader.sign_in(leader_of(world))
    write(leader, own_notes(world), "Mine alone")
    write(leader, shared_notes(world))

    lost = browser_closes(leader, another, clears_everything=True)
    lost.sign_in(leader_of(world))
    is_closed(lost, shared_notes(world))
    lost.press("link", "I no longer have that device")
    assert lost.sees("Nobody here can open it for you.")
    lost.press("button", "Begin again")
    assert lost.sees("Please tick the box if you want to begin again.")
    lost.choose("I understand that what only I could read stays shut for good")
    lost.press("button", "Begin again")
    lost.go(shared_notes(world))
    assert SECRET not in lost.page.content()

    mentor.go(shared_notes(world))
    mentor.press("button", "Share our notes again")
    assert mentor.sees("can read your earlier notes again")
    lost.go(shared_notes(world))
    assert lost.sees(SECRET)
    lost.go(own_notes(world))
    assert lost.sees("This note is gone.")
    write(lost, own_notes(world), "A new page")


@pytest.mark.parametrize("lost", ["the session", "the cookie against forgery", "both, and the device"])
def test_a_note_that_outlives_its_session_is_not_lost(world: World, another: Browsers, lost: str) -> None:
    here = begun(world, another) if "device" in lost else another()
    if "device" not in lost:
        here.sign_in(leader_of(world))
    here.go(own_notes(world))
    here.type_into("Write a note", SECRET)
    if lost != "the cookie against forgery":
        SignIn.objects.all().delete()
    if lost != "the session":
        here.page.context.clear_cookies(name="csrftoken")
    if "device" in lost:
        Wrapping.objects.filter(kind=Wrapping.Kind.DEVICE).delete()
    here.press("button", "Keep this note")
    assert SECRET.encode() not in bytes(CarriedForm.objects.get().sealed)
    if lost != "the cookie against forgery":
        assert here.sees("What you wrote is kept in this browser")
        with with_mail():
            here.page.reload()
            here.type_into("Your e-mail address", leader_of(world))
            here.press("button", "Send me a code")
        here.type_code(leader_of(world))
        assert here.page.title().startswith("What you wrote is here")
    expect(here.page.get_by_role("textbox")).to_have_value(SECRET)
    here.press("button", "Send it now")
    if "device" in lost:
        open_with(here, WORDS)
        here.press("button", "Send it now")
    assert here.sees(SECRET)
    assert not CarriedForm.objects.exists()
    assert Note.objects.count() == (2 if "device" in lost else 1)


AUTHENTICATOR = {
    "protocol": "ctap2",
    "ctap2Version": "ctap2_1",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "hasPrf": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_a_passkey_opens_it_in_place_of_the_phrase(world: World, another: Browsers) -> None:
    here = begun(world, another)
    devices = here.page.context.new_cdp_session(here.page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    here.go("/sign-in/2fa/webauthn/add/")
    here.type_into("A name for it", "My phone")
    here.press("button", "Add the passkey")
    here.go("/account/private/")
    here.press("button", "Use my passkey")
    assert here.sees("Your passkey opens your private space now.")

    here.page.context.clear_cookies(name=re.compile("device"))
    is_closed(here, own_notes(world))
    here.choose("No, it is shared or borrowed")
    here.press("button", "Open with your passkey: face, finger or PIN")
    assert here.sees(SECRET)
    assert [one for one in here.page.context.cookies() if "device" in one["name"] and one["expires"] == -1], "asked for"
