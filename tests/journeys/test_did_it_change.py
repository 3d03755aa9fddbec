"""“Did it change anything?” in the larger demo organisation, whose truth is known: by keyboard and without scripts.

A leader of whose team a true effect is planted, one of a true nothing; the coordinator who states an event, plans,
freezes and looks at what was released; the sponsor who takes the page along and opens it as a file.
"""

import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import override_settings
from playwright.sync_api import Page, expect

from handrail.capabilities.people.models import Person
from handrail.demo import hospitals
from handrail.foundation.jobs.worker import run_worker
from tests.journeys.walker import Walker

pytestmark = pytest.mark.lengthy
SEEN = "A rise we can stand behind", "No sign of change"


@pytest.fixture
def made(tmp_path: Path, transactional_db: None, settings: Any) -> hospitals.Hospitals:
    cache.clear()
    settings.DEMO, settings.DATA_DIR = True, tmp_path
    with override_settings(DEMO=True, DATA_DIR=tmp_path):
        return hospitals.fill()


@pytest.fixture
def walk(live_server: Any, open_page: Callable[..., Page], axe: Any, fits: Any, sign_in: Any) -> Callable[..., Walker]:
    """Somebody at a browser: by keyboard, or without scripts (where axe cannot look)."""

    def make(person: Person, width: int, *, scripts: bool) -> Walker:
        def check(page: Page) -> None:
            fits(page)
            if scripts:
                axe(page)

        page = open_page(width=width, height=900, java_script_enabled=scripts)
        person.refresh_from_db()
        sign_in(page, person.account)
        return Walker(page, live_server.url, check, by_keyboard=scripts)

    return make


def test_the_screens_tell_the_planted_effect_from_the_planted_nothing(
    made: hospitals.Hospitals, walk: Callable[..., Walker], tmp_path: Path
) -> None:
    for width, scripts in ((375, True), (375, False), (1280, True)):
        for lift, verdict in zip((hospitals.STRONG, 0.0), SEEN, strict=True):
            a_leader_looks(walk(made.one_with(lift), width, scripts=scripts), verdict)
    for width, scripts in ((375, False), (1280, True)):
        the_coordinator_plans(walk(made.persons[1], width, scripts=scripts))
        the_sponsor_reads(walk(made.persons[2], width, scripts=scripts), tmp_path)


def a_leader_looks(walker: Walker, verdict: str) -> None:
    walker.go("/conversations/")
    walker.press("link", "Did it change anything?")
    page = walker.page
    expect(page.locator(".hr-panel h2")).to_have_text(verdict)
    course = page.locator("figure", has_text="how the change came about")
    expect(course.locator(".hr-chart__plot")).to_have_attribute("aria-label", _starts("Before the start"))
    expect(course.locator(".hr-line__band")).to_have_count(1)
    expect(page.get_by_text("Before and after alone would say")).to_be_visible()
    table = course.locator("details")
    if walker.by_keyboard:
        walker.reach(table.locator("summary").evaluate("element => { window.__wanted = element; return true }"))
        page.keyboard.press("Enter")
    else:
        table.locator("summary").click()
    expect(table.get_by_role("cell", name="start", exact=True)).to_be_visible()
    walker.look()
    walker.press("link", "Look Messages")
    walker.press("link", "Did it change anything?")
    expect(page.locator(".hr-panel h2")).to_have_text(verdict)


def the_coordinator_plans(walker: Walker) -> None:
    walker.go("/impact/groups/waves/")
    walker.press("link", "Holidays and known events")
    walker.press("link", "State an event")
    walker.type_into("What was it?", "Strike")
    for place, part in enumerate(("4", "5", "2026") * 2):
        walker.page.locator("main input[inputmode=numeric]").nth(place).fill(part)
    walker.press("button", "Note it")
    assert walker.sees("4 May 2026, everywhere")
    walker.press("link", "Look Strike")
    walker.press("button", "Take it back")
    walker.press("link", "Did it change anything?")
    walker.press("link", "Plan before leaders begin")
    walker.press("link", "Make a plan")
    walker.choose("Answers")
    for label, text in (("In how many teams", "8"), ("How many weeks", "26"), ("In how many turns", "2")):
        walker.page.get_by_label(label).fill(text)
    walker.press("button", "Work it out")
    assert walker.sees("Being worked out")
    run_worker(threading.Event(), until_idle=True)
    walker.page.reload()
    walker.look()
    assert walker.sees("With these 8 teams and 26 weeks you could see a change of")
    assert walker.sees("in which a leader has signed up and none has begun")
    walker.press("button", "Freeze this plan")
    assert walker.sees("a later change would show")
    walker.go("/impact/groups/waves/")
    walker.press("link", "Look Last three months")
    the_release(walker)


def the_sponsor_reads(walker: Walker, folder: Path) -> None:
    walker.go("/impact/groups/released/")
    walker.press("link", "Look Last three months")
    the_release(walker)
    page = walker.page
    for kind in ("HTML", "CSV", "JSON", "Parquet"):
        with page.expect_download() as taken:
            page.get_by_role("link", name=f"({kind})").click()
        taken.value.save_as(folder / f"taken.{kind.lower()}")
        assert (folder / f"taken.{kind.lower()}").stat().st_size > 500
    page.goto((folder / "taken.html").as_uri())
    expect(page.get_by_role("heading", level=1)).to_contain_text("Did it change anything?")
    expect(page.locator("figure", has_text="how the change came about").first).to_be_visible()
    walker.check(page)


def the_release(walker: Walker) -> None:
    page = walker.page
    expect(page.locator(".hr-panel h2")).to_have_text(SEEN[0])
    expect(page.get_by_text("The plan it is held against")).to_be_visible()
    expect(page.get_by_text("Figures looked at together:")).to_be_visible()
    for figure in page.locator("figure").all():
        assert figure.locator(".hr-chart__sentence").inner_text().strip()
        assert figure.locator("details table").count() == 1
    walker.look()


def _starts(words: str) -> Any:
    return re.compile(f"^{re.escape(words)}")
