"""The design system in a real browser: light, dark, narrow, forced colours, on paper, by keyboard."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from handrail.design.gallery import components

OpenPage = Callable[..., Page]
LAYOUTS = [f"/design/layouts/{name}/" for name in ("page", "wide", "question", "print")]
LIGHT = {"width": 375, "height": 812}
DARK = {"width": 1280, "height": 900, "color_scheme": "dark"}


@pytest.mark.parametrize("options", [pytest.param(LIGHT, id="phone"), pytest.param(DARK, id="dark")])
def test_axe_is_silent(live_server: Any, open_page: OpenPage, axe: Any, fits: Any, options: dict[str, Any]) -> None:
    page = open_page(**options)
    for path in ("/design/everything/", *LAYOUTS):
        page.goto(live_server.url + path)
        fits(page)
        axe(page)


@pytest.mark.long
@pytest.mark.parametrize("options", [pytest.param(LIGHT, id="phone"), pytest.param(DARK, id="dark")])
def test_axe_is_silent_on_every_page(live_server: Any, open_page: OpenPage, axe: Any, options: dict[str, Any]) -> None:
    page = open_page(**options)
    for path in ("/design/", *(f"/design/{name}/" for name in sorted(components()))):
        page.goto(live_server.url + path)
        axe(page)


def test_everything_fits_320_pixels(live_server: Any, narrow: Page, fits: Any) -> None:
    for path in ("/design/", "/design/everything/", *LAYOUTS):
        narrow.goto(live_server.url + path)
        fits(narrow)


FOCUS = """() => {
  const element = document.activeElement, style = getComputedStyle(element), drawn = element.nextElementSibling;
  const ring = drawn && getComputedStyle(drawn, '::before').boxShadow !== 'none';
  return {tag: element.tagName, text: (element.innerText || element.name || '').slice(0, 40),
    seen: (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none' || ring}
}"""


@pytest.mark.parametrize("path", ["/design/layouts/page/", "/design/field/", "/design/choice_list/"])
def test_the_keyboard_reaches_everything_and_shows_where_it_is(live_server: Any, phone: Page, path: str) -> None:
    phone.goto(live_server.url + path)
    wanted = phone.locator("a[href]:visible, button:visible, select:visible, summary:visible, textarea:visible").count()
    assert phone.locator("main").count() == 1
    met = []
    for _ in range(80):
        phone.keyboard.press("Tab")
        focus = phone.evaluate(FOCUS)
        if focus["tag"] == "BODY":
            break
        assert focus["seen"], f"no visible focus on {focus}"
        met.append(focus)
    assert met[0]["text"].startswith("Skip to"), met[0]
    assert len(met) >= wanted


def test_the_skip_link_skips(live_server: Any, wide: Page) -> None:
    wide.goto(f"{live_server.url}/design/layouts/page/")
    wide.keyboard.press("Tab")
    assert wide.locator(".govuk-skip-link").is_visible()
    wide.keyboard.press("Enter")
    wide.keyboard.press("Tab")
    assert wide.evaluate("document.activeElement.closest('main') !== null")


def test_a_question_without_javascript(live_server: Any, without_javascript: Page) -> None:
    page = without_javascript
    page.goto(f"{live_server.url}/design/layouts/question/")
    page.get_by_role("button", name="Continue").click()
    assert page.title() == "Error: How often do you look? · Handrail"
    assert "still needs an answer" in page.locator(".govuk-error-summary").inner_text()
    page.locator(".govuk-error-summary a").click()
    assert page.url.endswith("#id_often")
    page.get_by_label("Hardly ever").check()
    page.get_by_role("button", name="Continue").click()
    assert page.title() == "How often do you look? · Handrail"


def test_the_error_summary_takes_the_focus(live_server: Any, phone: Page, axe: Any) -> None:
    phone.goto(f"{live_server.url}/design/layouts/question/")
    phone.get_by_role("button", name="Continue").click()
    phone.wait_for_function("document.activeElement.classList.contains('govuk-error-summary')")
    axe(phone)


def test_the_rail_is_one_line_from_the_header_to_its_end(live_server: Any, phone: Page) -> None:
    phone.goto(f"{live_server.url}/design/layouts/page/")
    places = phone.evaluate(
        """() => { const frame = document.querySelector('.hr-frame').getBoundingClientRect();
        return [...document.querySelectorAll('main .hr-column .hr-rail__step')].map(step =>
          Math.abs(step.getBoundingClientRect().left - frame.left)) }"""
    )
    assert places
    assert max(places) < 0.6, places


def test_forced_colours_and_reduced_motion_keep_the_knots(live_server: Any, open_page: OpenPage) -> None:
    page = open_page(forced_colors="active", reduced_motion="reduce")
    page.goto(f"{live_server.url}/design/rail/")
    knot = page.locator(".hr-rail__knot").first
    assert knot.evaluate("knot => getComputedStyle(knot).borderTopWidth") == "4px"
    assert page.locator(".hr-rail").evaluate("rail => getComputedStyle(rail).transitionDuration") == "0s"


def test_paper_has_no_navigation(live_server: Any, wide: Page) -> None:
    wide.goto(f"{live_server.url}/design/rail/")
    wide.emulate_media(media="print")
    assert not wide.locator(".hr-footer").is_visible()
    assert not wide.locator(".govuk-back-link").is_visible()
    assert wide.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_copying_says_so(live_server: Any, open_page: OpenPage) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{live_server.url}/design/copy_text/")
    page.get_by_role("button", name="Copy").click()
    page.get_by_text("Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").startswith("Dear Morgan")
    page.evaluate("delete Navigator.prototype.clipboard")
    page.reload()
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.get_by_role("button", name="Copy").click()
    page.get_by_text("Copied").wait_for()
    plain = open_page(java_script_enabled=False)
    plain.goto(f"{live_server.url}/design/copy_text/")
    assert plain.locator(".hr-copy__hint").is_visible()
    assert not plain.get_by_role("button", name="Copy").is_visible()


def test_a_live_bar_asks_again_until_all_is_done(live_server: Any, phone: Page) -> None:
    phone.goto(f"{live_server.url}/design/progress/")
    assert phone.locator(".hr-progress__text", has_text="read so far").is_visible()
    phone.get_by_text("All 1,000 rows read").wait_for()
    assert phone.locator("[hx-get]").count() == 0, "it asks no more"
