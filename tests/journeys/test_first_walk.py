"""The first walk: a coordinator brings a file and pairs two; they agree, and write what nobody else reads.

Walked on a phone of 320 pixels with scripts, without them, and by keyboard alone; axe looks at every page.
"""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Page

from handrail.capabilities.pairings.models import Note, Pairing, Session
from handrail.capabilities.people import actions as people
from handrail.capabilities.people.models import Person, Role
from handrail.foundation.jobs.worker import run_worker
from handrail.foundation.mail.models import OutboxMessage
from tests.journeys.walker import Walker

FILE = """id,name,email,job title,unit,manager id
1,Ada Quill,ada@example.org,Chief Executive,Office,
2,Bo Lindh,bo@example.org,Director of Care,Care,1
3,Cy Okoro,cy@example.org,Service Designer,Technology,4
4,Di Marsh,di@example.org,Head of Technology,Technology,1
5,,nobody@example.org,Vacant,Care,2
"""
SECRET = "Ask about the fax number on page two"


@pytest.fixture
def coordinator(transactional_db: None) -> Person:
    organisation = people.create_organisation(by=None, name="Walk Council")
    person = people.add_person(by=None, organisation=organisation, name="Kim Doyle", email="kim@example.org")
    people.give_role(by=None, person=person, role=Role.Name.COORDINATOR)
    return person


WAYS = [pytest.param("with scripts", marks=pytest.mark.long), "without scripts", "by keyboard"]  # keys need scripts too


@pytest.fixture(params=WAYS)
def walker(
    request: Any, live_server: Any, open_page: Callable[..., Page], axe: Any, fits: Any, settings: Any
) -> Walker:
    cache.clear()  # limits on asking for codes are kept there
    settings.EMAIL_BACKEND = "handrail.foundation.mail.backend.OutboxBackend"  # the test runner puts its own there
    page = open_page(width=320, height=640, java_script_enabled=request.param != "without scripts")

    def check(page: Page) -> None:
        fits(page)
        if request.param != "without scripts":
            axe(page)

    return Walker(page, live_server.url, check, by_keyboard=request.param == "by keyboard")


def do_the_work() -> None:
    """What the worker beside the web server does."""
    run_worker(threading.Event(), until_idle=True)


@pytest.mark.django_db(transaction=True, databases=["default", "keystore"])
def test_the_first_walk(walker: Walker, coordinator: Person, tmp_path: Path) -> None:
    walker.sign_in("kim@example.org")
    bring_the_file(walker, tmp_path)
    pair_the_two(walker)
    for address in ("cy@example.org", "bo@example.org"):
        say_yes(walker, address)
    assert Pairing.objects.get().state == Pairing.State.AGREED
    write_a_note(walker, "Cy Okoro")
    read_the_note(walker)
    the_coordinator_reads_nothing(walker)


def bring_the_file(walker: Walker, folder: Path) -> None:
    source = folder / "people.csv"
    source.write_text(FILE)
    walker.go("/people/")
    walker.press("link", "Bring a people file")
    walker.page.locator("input[type=file]").set_input_files(source)
    walker.press("button", "Read the file")
    do_the_work()
    walker.page.reload()
    walker.look()
    assert Person.objects.filter(source__gt="").count() == 0, "nothing happens before it is confirmed"
    walker.press("button", "Load the file")
    do_the_work()
    walker.page.reload()
    walker.look()
    assert Person.objects.filter(source__gt="").count() == 4


def pair_the_two(walker: Walker) -> None:
    walker.go("/pairings/")
    walker.press("link", "Pair two people")
    walker.press("link", "Bo Lindh")
    walker.press("link", "Cy Okoro")
    walker.press("button", "Ask both")
    assert walker.sees("The question to both is ready")


def say_yes(walker: Walker, address: str) -> None:
    message = OutboxMessage.objects.filter(to_address=address, kind="asked").get()
    walker.sign_in(address)
    path = next(word for word in message.text.split() if "/pairings/" in word).removeprefix("http://localhost:8000")
    walker.go(path)
    assert Pairing.objects.get().state == Pairing.State.ASKED, "opening the link answers nothing"
    walker.choose("Yes, I would like to meet")
    walker.press("button", "Send my answer")


def write_a_note(walker: Walker, other: str) -> None:
    """The leader, signed in last, writes; this device opens the private space by itself."""
    walker.press("link", "Notes of you two")
    walker.press("button", "Keep this note")
    assert walker.page.title().startswith("Error: "), "an empty note is asked about, kindly"
    walker.type_into("Write a note", SECRET)
    walker.press("button", "Keep this note")
    assert walker.sees(SECRET)
    assert SECRET.encode() not in bytes(Note.objects.get().text)


def read_the_note(walker: Walker) -> None:
    walker.sign_in("cy@example.org")
    walker.go(f"/pairings/{Pairing.objects.get().pk}/notes/")
    assert walker.sees(SECRET)
    walker.go(f"/pairings/{Pairing.objects.get().pk}/first-session/")
    assert walker.sees("The half hour")


def the_coordinator_reads_nothing(walker: Walker) -> None:
    walker.sign_in("kim@example.org")
    pairing = Pairing.objects.get()
    for path in (f"/pairings/{pairing.pk}/notes/", f"/pairings/{pairing.pk}/"):
        assert walker.page.goto(walker.base + path).status == 404  # type: ignore[union-attr]
    walker.go(f"/pairings/{pairing.pk}/overview/")
    assert SECRET not in walker.page.content()
    assert Session.objects.count() == 0
