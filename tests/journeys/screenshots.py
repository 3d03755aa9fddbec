"""Takes the README's pictures from a running demo: `script/screenshots`."""

import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.journeys import browser as browsers

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
PICTURES = [("pairing", "leader", "/pairings/1/"), ("home", "leader", "/home/"), ("people", "coordinator", "/people/")]


def take(browser: Browser, address: str) -> None:
    for name, role, path in PICTURES:
        page = browser.new_page(viewport={"width": 375, "height": 812}, locale="en-GB")
        page.goto(f"{address}/demo/")
        page.click(f'form[action="/demo/{role}/"] button')
        page.goto(address + path)
        page.screenshot(path=FOLDER / f"{name}.png")
        page.close()


if __name__ == "__main__":
    browsers.prepare_environment()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        chromium = browsers.launch(playwright)
        take(chromium, sys.argv[1])
        chromium.close()
