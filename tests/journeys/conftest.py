"""Fixtures of the journeys: a real browser at several widths, axe, screenshots.

    def test_something(live_server, phone, axe):
        phone.goto(live_server.url + "/design/")
        axe(phone)

phone 375 px · narrow 320 px · wide 1280 px · without_javascript (375 px) · open_page(width=…, color_scheme="dark", …)
sign_in(page, account) · axe(page) · fits(page): no sideways scrolling · screenshot(page, name)
look_once(page): both, axe once for pages of the same parts
Scripts that fail and anything the content security policy refuses make the test fail.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.journeys import browser as browsers

browsers.prepare_environment()
OpenPage = Callable[..., Page]
PARTS = """() => [...new Set([...document.querySelectorAll('main *')].map(
    part => `${part.localName}.${part.getAttribute('class')}`))].sort().join()"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/journeys/" in item.path.as_posix():
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.slow)
            if item.get_closest_marker("django_db") is None:
                item.add_marker(pytest.mark.django_db(transaction=True, databases=["default", "keystore"]))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = browsers.launch(playwright)
        yield launched
        launched.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Opens pages with playwright's context options; each has its own cookies."""
    contexts = []
    faults: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            faults.append(message.text)

    def make(width: int = 375, height: int = 812, locale: str = "en-GB", **options: Any) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale=locale, timezone_id="Europe/London", **options
        )
        contexts.append(context)
        if options.get("java_script_enabled", True):
            context.add_init_script(browsers.axe_at_hand())
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"script: {error}"))
        page.on("console", note)
        return page

    yield make
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    return open_page(**browsers.PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def narrow(open_page: OpenPage) -> Page:
    return open_page(**browsers.NARROW)


@pytest.fixture
def wide(open_page: OpenPage) -> Page:
    return open_page(**browsers.WIDE)


@pytest.fixture
def without_javascript(open_page: OpenPage) -> Page:
    return open_page(**browsers.PHONE, java_script_enabled=False)


@pytest.fixture
def sign_in(live_server: Any) -> Callable[[Page, Any], None]:
    """Gives a page the session of an account, without walking through sign-in."""

    def give(page: Page, account: Any) -> None:
        client = Client()
        client.force_login(account, backend="handrail.capabilities.accounts.backends.AccountBackend")
        cookie = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])

    return give


@pytest.fixture
def axe() -> Callable[..., None]:
    """Fails with one line for each thing that axe finds."""

    def check(page: Page, rules: dict[str, Any] | None = None) -> None:
        faults = browsers.axe_faults(page, rules)
        assert not faults, f"{page.url}\n" + "\n".join(faults)

    return check


@pytest.fixture
def fits() -> Callable[[Page], None]:
    """Fails when the page scrolls sideways."""

    def check(page: Page) -> None:
        assert not browsers.overflow_of(page), f"{page.url} at {page.viewport_size}: {browsers.overflow_of(page)}"

    return check


@pytest.fixture
def look_once(axe: Callable[..., None], fits: Callable[[Page], None]) -> Callable[[Page], None]:
    """fits, and axe once for pages that are made of the same parts: a long journey comes by many such."""
    looked_at: set[str] = set()

    def check(page: Page) -> None:
        fits(page)
        if (parts := page.evaluate(PARTS)) not in looked_at:
            looked_at.add(parts)
            axe(page)

    return check


@pytest.fixture
def screenshot() -> Callable[..., None]:
    """Saves var/screenshots/NAME.png (the whole page)."""

    def save(page: Page, name: str, **options: Any) -> None:
        browsers.SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=browsers.SCREENSHOTS / f"{name}.png", full_page=True, **options)

    return save
