"""A coordinator brings a messy people file, on a phone of 320 pixels and by keyboard; a delegate arranges times."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import override_settings
from playwright.sync_api import Page, expect

from handrail.capabilities.pairings.models import TimeOffer
from handrail.capabilities.people import actions as people
from handrail.capabilities.people.models import Person, Role
from handrail.foundation.jobs.worker import run_worker
from tests.factories.world import build_world
from tests.journeys.walker import Walker

MESSY = (
    "\ufeffid;name;email;job title;unit;manager id\r\n"
    "1;Ada Quill;ada@example.org;Chief Executive;Office;none\r\n"
    '2;"Lindh; Bo";BO@example.org ;Director of Care;Care;1\r\n'
    "2;Bo Again;again@example.org;Director of Care;Care;1\r\n"
    "3;Cy Ökoro;;Service Designer;Technology;4\r\n"
    "4;Di Marsh;di@example.org;Head of Technology;Technology;3\r\n"
    "5;;;Vacant;Care;2\r\n"
    "6;<b>Eve</b>;not an address;=1+1;Care;99\r\n"
)


@pytest.fixture(autouse=True)
def files_kept_here(tmp_path: Path) -> object:
    with override_settings(DATA_DIR=tmp_path):
        yield


@pytest.fixture(params=["by touch", "by keyboard"])
def walker(request: Any, live_server: Any, open_page: Callable[..., Page], axe: Any, fits: Any) -> Walker:
    cache.clear()
    page = open_page(width=320, height=640)

    def check(page: Page) -> None:
        fits(page)
        axe(page)

    return Walker(page, live_server.url, check, by_keyboard=request.param == "by keyboard")


@pytest.fixture
def coordinator(transactional_db: None) -> Person:
    organisation = people.create_organisation(by=None, name="Walk Council")
    person = people.add_person(by=None, organisation=organisation, name="Kim Doyle", email="kim@example.org")
    people.give_role(by=None, person=person, role=Role.Name.COORDINATOR)
    return person


def do_the_work() -> None:
    run_worker(threading.Event(), until_idle=True)


def bring(walker: Walker, path: Path) -> None:
    walker.go("/people/import/")
    walker.page.locator("input[type=file]").set_input_files(path)
    walker.press("button", "Read the file")


@pytest.mark.django_db(transaction=True, databases=["default", "keystore"])
def test_a_messy_file_is_brought(walker: Walker, coordinator: Person, sign_in: Any, tmp_path: Path) -> None:
    sign_in(walker.page, coordinator.account)
    for name, content in (
        ("photo.png", b"\x89PNG\r\n\x1a\n" + bytes(400)),
        ("empty.csv", b""),
        ("x.csv", b"\x00\x01\x02"),
    ):
        wrong = tmp_path / name
        wrong.write_bytes(content)
        bring(walker, wrong)
        assert walker.page.title().startswith("Error: "), f"{name} is refused on the page it was chosen on"
    messy = tmp_path / "staff list.csv"
    messy.write_text(MESSY, encoding="utf-8", newline="")
    bring(walker, messy)
    expect(walker.page.locator("progress, [role=progressbar]").first).to_be_visible()
    do_the_work()
    walker.page.reload()
    walker.look()
    assert Person.objects.count() == 1, "nothing happens before it is confirmed"
    walker.press("button", "Load the file")
    do_the_work()
    walker.page.reload()
    walker.look()
    names = set(Person.objects.exclude(pk=coordinator.pk).values_list("name", flat=True))
    assert {"Ada Quill", "Cy Ökoro", "Di Marsh"} <= names
    assert "" not in names
    walker.go("/people/")
    assert walker.page.locator("main b").count() == 0, "a name of markup is text"


@pytest.mark.django_db(transaction=True, databases=["default", "keystore"])
def test_a_delegate_arranges_times_and_nothing_more(walker: Walker, sign_in: Any, transactional_db: None) -> None:
    world = build_world()
    leader, delegate = world.persons["leader"], world.persons["outsider"]
    people.name_delegate(by=world.account("leader"), person=leader, delegate=delegate)
    sign_in(walker.page, delegate.account)
    walker.go("/home/")
    walker.press("link", "Times to arrange")
    walker.go(f"/pairings/{world.pairing.pk}/times/offer/")
    box = walker.page.locator("input[type=checkbox]").first
    box.focus()
    walker.page.keyboard.press("Space")
    walker.page.locator("main form button[type=submit], main form button").first.focus()
    with walker.page.expect_navigation():
        walker.page.keyboard.press("Enter")
    walker.look()
    offer = TimeOffer.objects.get()
    assert offer.offered_by == leader, "in the leader's name"
    for shut in ("", "notes/", "answer/", "first-session/"):
        answer = walker.page.goto(f"{walker.base}/pairings/{world.pairing.pk}/{shut}")
        assert answer is not None
        assert answer.status == 404, shut
