"""Signing in, on a phone, by a tired person."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Page

from tests.mail_set import with_mail


@pytest.fixture
def morgan() -> Any:
    return get_user_model().objects.create_account(name="Morgan Ellis", email="morgan@example.org")


@with_mail()
def test_sign_in_is_obvious_on_a_phone(live_server: Any, phone: Page, axe: Any, fits: Any) -> None:
    phone.goto(f"{live_server.url}/sign-in/login/")
    fits(phone)
    axe(phone)
    button = phone.get_by_role("button", name="Send me a code").bounding_box()
    assert button is not None
    assert button["y"] + button["height"] < 812, "without scrolling"
    phone.get_by_label("Your e-mail address").fill("nobody@example.org")
    phone.get_by_role("button", name="Send me a code").tap()
    phone.wait_for_url("**/confirm/")
    assert phone.title() == "Type the code · Handrail"
    fits(phone)
    axe(phone)
    phone.get_by_text("No message came?").tap()
    with phone.expect_navigation():
        phone.get_by_role("button", name="Try another address or another way").tap()
    assert phone.title() == "Sign in · Handrail"
    assert phone.get_by_label("Your e-mail address").is_visible()


@with_mail()
def test_sign_in_without_javascript_offers_what_works(live_server: Any, without_javascript: Page) -> None:
    page = without_javascript
    page.goto(f"{live_server.url}/sign-in/login/")
    assert page.get_by_label("Your e-mail address").is_visible()
    assert not page.get_by_role("button", name="Sign in with a passkey").is_visible()
    assert page.get_by_role("link", name="I have a letter with a code").is_visible()


def test_a_passkey_is_added_renamed_used_and_removed(
    live_server: Any, open_page: Callable[..., Page], sign_in: Callable[..., None], axe: Any, morgan: Any
) -> None:
    page = open_page()
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    sign_in(page, morgan)

    page.goto(f"{live_server.url}/sign-in/2fa/")
    page.get_by_role("link", name="Add a passkey").click()
    axe(page)
    page.get_by_label("A name for it").fill("My phone")
    page.get_by_role("button", name="Add the passkey").click()
    page.wait_for_url(lambda url: "add" not in url)

    page.goto(f"{live_server.url}/sign-in/logout/")
    axe(page)
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{live_server.url}/sign-in/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(lambda url: "login" not in url)

    page.goto(f"{live_server.url}/sign-in/2fa/webauthn/")
    assert page.get_by_role("heading", name="My phone").is_visible()
    axe(page)
    page.get_by_role("link", name="Rename").click()
    assert page.title() == "Show us it is you · Handrail"
    axe(page)
    page.get_by_role("link", name="Use a passkey").click()
    axe(page)
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_label("A name for it").fill("My old phone")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Remove").click()
    axe(page)
    page.get_by_role("button", name="Remove it").click()
    assert page.get_by_role("heading", name="No passkey yet").is_visible()


def test_a_passkey_that_fails_says_so(live_server: Any, phone: Page) -> None:
    phone.goto(f"{live_server.url}/sign-in/login/")
    devices = phone.context.new_cdp_session(phone)
    devices.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": False, "automaticPresenceSimulation": True}
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    phone.get_by_role("button", name="Sign in with a passkey").click()
    phone.get_by_text("The passkey did not work, or you stopped.").wait_for()
