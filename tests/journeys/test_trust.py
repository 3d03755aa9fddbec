"""Taking one's data away, and showing a note to the named contact: on a phone, with axe; and without scripts."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.factories.world import World, build_world

SECRET = "You will do as I say"


@pytest.fixture
def world() -> World:
    made = build_world()
    made.pairing.scheme.contact = made.persons["outsider"]
    made.pairing.scheme.save()
    return made


@pytest.fixture
def begin(live_server: Any, sign_in: Callable[[Page, Any], None]) -> Callable[[Page, Any], None]:
    """Sign in, and make the private space that opens on this device."""

    def do(page: Page, account: Any) -> None:
        sign_in(page, account)
        page.goto(live_server.url + "/account/private/open/")
        page.get_by_role("button", name="Begin").click()
        page.wait_for_url("**/home/")

    return do


@pytest.mark.parametrize("scripts", [True, False])
def test_a_note_reaches_the_contact_and_ones_data_reaches_oneself(
    world: World, live_server: Any, open_page: Any, begin: Any, axe: Any, fits: Any, scripts: bool, tmp_path: Path
) -> None:
    options = {"width": 375} if scripts else {"width": 320, "java_script_enabled": False}
    mentor, contact = open_page(**options), open_page(**options)

    def look(page: Page) -> None:
        fits(page)
        if scripts:
            axe(page)

    begin(open_page(**options), world.account("leader"))  # so that there is a key on both sides
    begin(contact, world.account("outsider"))
    begin(mentor, world.account("mentor"))
    mentor.goto(f"{live_server.url}/pairings/{world.pairing.pk}/notes/")
    mentor.get_by_label("Write a note").fill(SECRET)
    mentor.get_by_role("button", name="Keep this note").click()
    mentor.get_by_role("link", name="Something here must not stay between you two?").click()
    look(mentor)
    mentor.get_by_role("link", name="Choose notes to show").click()
    look(mentor)
    mentor.get_by_role("checkbox").check()
    mentor.get_by_role("button", name="See what would be sent").click()
    expect(mentor.get_by_role("heading", name="Outsider will read this, and nobody else")).to_be_visible()
    look(mentor)
    mentor.get_by_role("button", name="Send to Outsider").click()
    expect(mentor.get_by_text("Sent. Only Outsider can read it.")).to_be_visible()

    contact.goto(live_server.url + "/home/")
    contact.get_by_role("link", name="Reported to you").click()
    look(contact)
    contact.get_by_role("link", name="Mentor").click()
    expect(contact.get_by_text(SECRET)).to_be_visible()
    look(contact)

    mentor.goto(live_server.url + "/account/")
    mentor.get_by_role("link", name="Your data").click()
    look(mentor)
    with mentor.expect_download() as download:
        mentor.get_by_role("button", name="Take my data").click()
    download.value.save_as(tmp_path / "data.zip")
    with zipfile.ZipFile(tmp_path / "data.zip") as archive:
        held = json.loads(archive.read("your-data.json"))["held"]
        (tmp_path / "your-data.html").write_bytes(archive.read("your-data.html"))
    assert [row["text"] for row in held["pairings.Note"]["rows"]] == [SECRET]
    mentor.goto((tmp_path / "your-data.html").as_uri())
    expect(mentor.get_by_role("heading", level=1)).to_have_text("What Handrail holds about Mentor")
    look(mentor)
