"""An administrator brings a real Slack export in the browser; a leader sees what their own taking part comes to.

With scripts, without them, and by keyboard alone; the leader on a phone of 375 pixels.
"""

import io
import json
import threading
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from handrail.capabilities.participation.exports.actions import loading
from handrail.capabilities.participation.log_files import LogFiles
from handrail.capabilities.participation.models import Concern, ExportLoad, Picture
from handrail.capabilities.schemes.set_up.models import Outcome
from handrail.demo.slack_export import slack_export
from handrail.demo.talk import NAMES, Cast, acts_of
from handrail.foundation.jobs.worker import run_worker
from tests.factories.world import World, build_world
from tests.integration.participation.logs import load
from tests.journeys.walker import Walker
from tests.unit.formats.interactions.exports import SECRET, slack_message

WEEKS = 30
WAYS = [pytest.param("with scripts", marks=pytest.mark.long), "without scripts", "by keyboard"]  # keys need scripts too
COLLEAGUES = ("Amy Tran", "Kofi Mensah", "Luca Ferri", "Sofia Marin", "Dan Whitlow")


@pytest.fixture
def world(settings: Any, tmp_path: Path, transactional_db: None) -> World:
    cache.clear()
    settings.EMAIL_BACKEND = "handrail.foundation.mail.backend.OutboxBackend"
    settings.DATA_DIR = tmp_path / "data"
    world = build_world()
    outcome = Outcome.objects.create(
        scheme=world.pairing.scheme,
        name="Visits booked online",
        strategy_line="Services at any hour",
        measure="Visits booked online",
        review_on=timezone.localdate(),
    )
    Concern.objects.create(outcome=outcome, topics="visits")
    return world


@pytest.fixture(params=WAYS)
def how(request: Any) -> str:
    return str(request.param)


@pytest.fixture
def browse(live_server: Any, open_page: Callable[..., Page], axe: Any, fits: Any, how: str) -> Callable[[int], Walker]:
    def make(width: int) -> Walker:
        scripts = how != "without scripts"

        def check(page: Page) -> None:
            fits(page)
            if scripts:
                axe(page)

        page = open_page(width=width, height=812, java_script_enabled=scripts)
        return Walker(page, live_server.url, check, by_keyboard=how == "by keyboard")

    return make


def an_export(world: World) -> bytes:
    """As Slack gives it: a year of a leader who tells more than they answer, joins, a bot, a direct message, a day
    that is no JSON and a message that is none."""
    members = [world.persons[role] for role in ("leader", "mentor", "coordinator", "sponsor")]
    known = [(one.name, one.email or "") for one in members]
    people = [*known, *((name, f"{name.split()[0].lower()}@elsewhere.example") for name in COLLEAGUES)]
    habits = ["broadcaster", "engager", "engager", "observer", "engager", "engager", "responder", "engager", "observer"]
    cast = Cast(
        np.array([0, 1, 1, 0, 0, 0, 1, 1, 1], dtype=np.int32),
        np.array([NAMES.index(one) for one in habits], dtype=np.int8),
        np.zeros(len(people), dtype=bool),
    )
    first = timezone.localdate() - timedelta(weeks=WEEKS, days=timezone.localdate().weekday())
    channels = ["general", "home-visits", "open-data", "care", "roads"]
    made = slack_export(people, channels, acts_of(cast, weeks=WEEKS, first=first, seed=3))
    packed = io.BytesIO(made)
    joined = [slack_message("U0000004", number, subtype="channel_join") for number in range(3)]
    bot = {"type": "message", "subtype": "bot_message", "bot_id": "B1", "text": SECRET, "ts": "1767600120.000100"}
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("dms.json", json.dumps([{"id": "D1", "members": ["U0000000", "U0000001"]}]))
        archive.writestr("D1/2026-01-05.json", json.dumps([slack_message("U0000001", 5)]))
        archive.writestr("notices/2026-01-05.json", json.dumps([*joined, bot, {"type": "message", "text": SECRET}]))
        archive.writestr("notices/2026-01-06.json", "[{")
    return packed.getvalue()


def do_the_work() -> None:
    run_worker(threading.Event(), until_idle=True)


def choose(walker: Walker, world: World, path: Path) -> None:
    walker.go(reverse("exports", args=[world.organisation.pk]))
    walker.page.locator("input[type=file]").set_input_files(path)
    walker.press("button", "Load the export")


def test_an_administrator_brings_an_export_sees_what_was_left_out_and_deletes_by_date(
    world: World,
    browse: Callable[[int], Walker],
    how: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    screenshot: Any,
) -> None:
    walker = browse(1280)
    walker.sign_in(str(world.account("administrator").email))
    photo = tmp_path / "photo.png"
    photo.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(400))
    choose(walker, world, photo)
    assert walker.page.title().startswith("Error: ")
    assert walker.sees("“photo.png” is not an export that Handrail knows")
    assert not ExportLoad.objects.exclude(pk=world.load.pk).exists()

    export = tmp_path / "Slack export.zip"
    export.write_bytes(an_export(world))
    choose(walker, world, export)
    assert walker.sees("You may leave this page; the work goes on.")
    seen_on_the_way = watch(walker, monkeypatch, how)
    do_the_work()
    assert any("Found so far" in words for words in seen_on_the_way), "how far it is can be seen meanwhile"
    if how == "without scripts":
        walker.press("link", "Look again")
    expect(walker.page.get_by_role("heading", name="The export is loaded")).to_be_visible()
    walker.look()
    said = walker.page.locator("main").inner_text()
    for words in ("What was read", "Slack export", "Found among your members", "What was left out, and why"):
        assert words in said, words
    for words in ("Joins and leaves", "Messages of bots", "Days of direct messages, not opened"):
        assert words in said, words
    walker.page.get_by_text("Which records could not be read").click()
    assert walker.sees("notices/2026-01-06.json: is not JSON.")
    assert walker.sees("notices/2026-01-05.json, record 5: lacks “ts”.")
    assert SECRET not in walker.page.content()
    screenshot(walker.page, f"export-loaded-{how.replace(' ', '-')}")

    choose(walker, world, export)
    do_the_work()
    if how == "without scripts":  # else the page loads itself anew, which a second loading would get in the way of
        walker.page.reload()
    expect(walker.page.get_by_text("All of it was there already. Nothing was doubled.")).to_be_visible()

    delete_by_date(walker, world)
    held = LogFiles(world.organisation.pk)
    before = held.number_of_acts()
    do_the_work()
    assert 0 < held.number_of_acts() < before
    assert held.kept_from is not None
    assert held.kept_from.strftime("%Y-%m") <= held.months[0]
    choose(walker, world, export)
    do_the_work()
    assert held.kept_from.strftime("%Y-%m") <= held.months[0], "an export that still holds it does not bring it back"


def watch(walker: Walker, monkeypatch: pytest.MonkeyPatch, how: str) -> list[str]:
    """Look at the page, as the administrator would, while the worker reads: what stood there."""
    seen: list[str] = []
    monkeypatch.setattr("handrail.formats.interactions.reading.TELL_EVERY", 0.0)
    monkeypatch.setattr("handrail.formats.interactions.collector.BATCH_ROWS", 200)
    real = loading.read

    def read(path: Path, spool: Path, tell: Callable[[int, int, int], None], **more: Any) -> Any:
        def tell_and_look(size: int, total: int, acts: int) -> None:
            tell(size, total, acts)
            if acts and not seen:
                walker.page.reload()
                walker.look()
                seen.append(walker.page.locator("main").inner_text())
                expect(walker.page.get_by_role("progressbar")).to_be_visible()

        return real(path, spool, tell_and_look, **more)

    monkeypatch.setattr(loading, "read", read)
    return seen


def delete_by_date(walker: Walker, world: World) -> None:
    walker.go(reverse("exports", args=[world.organisation.pk]))
    walker.press("link", "Delete by date")
    tomorrow, day = (timezone.localdate() + timedelta(days=gap) for gap in (2, -70))
    for wanted in (tomorrow, day):
        for label, number in (("Day", wanted.day), ("Month", wanted.month), ("Year", wanted.year)):
            walker.type_into(label, str(number))
        walker.press("button", "Delete")
        if wanted == tomorrow:
            assert walker.page.title().startswith("Error: "), "a day that has not come yet, and what was typed is kept"
            assert walker.page.get_by_label("Year").input_value() == str(tomorrow.year)
    assert walker.sees("It is being deleted now, and later exports do not bring it back.")


def test_a_leader_on_a_phone_sees_their_conversations_and_what_to_do_next(
    world: World, browse: Callable[[int], Walker], how: str, tmp_path: Path, screenshot: Any
) -> None:
    phone = browse(375)
    phone.sign_in(str(world.account("leader").email))
    load(world, an_export(world), "export.zip")
    do_the_work()
    phone.go("/")
    phone.press("link", "Your conversations")
    assert not Picture.objects.exists(), "nothing is made before it is asked for"
    phone.press("button", "Show me mine")
    assert phone.sees("Being made. This takes a moment.")
    do_the_work()
    if how == "without scripts":
        phone.press("link", "Look again")
    expect(phone.page.get_by_role("heading", name="The one thing that would help next")).to_be_visible()
    phone.look()
    screenshot(phone.page, f"conversations-{how.replace(' ', '-')}")
    main = phone.page.locator("main")
    assert "There, in the last three months, you wrote" in main.inner_text(), "one plain sentence"
    next_thing = main.get_by_text("Before the next post, answer somebody.")
    assert next_thing.is_visible(), "and what somebody who tells more than they answer could do"
    top = next_thing.bounding_box()
    assert top is not None
    assert top["y"] < 812, "what to do stands on the first screen"
    assert main.locator("figure.hr-chart").count() == 4, "three charts and the picture of those one is in touch with"
    walk_around(phone, how)
    assert SECRET not in phone.page.content()
    assert "U0000004" not in phone.page.content()


def walk_around(phone: Walker, how: str) -> None:
    """Everybody in the picture is reached with the Tab key and named; the same stands in a table."""
    places = phone.page.locator(".hr-ego__one")
    names = [str(one.get_attribute("aria-label")) for one in places.all()]
    assert len(names) >= 3
    if how == "by keyboard":
        phone.reach(places.first.evaluate("element => { window.__wanted = element; return true }"))
        for index, name in enumerate(names):
            expect(places.nth(index)).to_be_focused()
            assert places.nth(index).locator(".hr-ego__said").is_visible(), name
            said = phone.page.locator(".hr-ego__said:visible")
            assert [one for one in said.all_text_contents() if one] == [name]
            phone.page.keyboard.press("Tab")
        phone.page.keyboard.press("Enter")  # what stands after the picture: its table
    else:
        phone.page.get_by_text("Show the same as a table").click()
    rows = phone.page.locator("figure", has=phone.page.locator(".hr-ego")).locator("tbody tr")
    expect(rows.first).to_be_visible()
    assert rows.count() == len(names)
