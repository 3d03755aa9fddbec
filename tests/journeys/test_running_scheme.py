"""A coordinator with twelve leaders, a messy spreadsheet, no mail server, and a chief executive's wary assistant.

By the screens alone: the list is brought, three pairs find a time (the chief executive through the assistant), meet and
say so. And a mentor who is talked down finds the way out, past everybody in the line.
"""

import re
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.cache import cache
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import Page

from handrail.capabilities.pairings.models import Pairing, Session
from handrail.capabilities.people import actions as people
from handrail.capabilities.people.models import Person, Role
from handrail.foundation.audit.models import Event
from handrail.foundation.jobs.worker import run_worker
from tests.factories.world import build_world
from tests.journeys.walker import Walker

LETTER_CODE = re.compile(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}\b")
CHIEF, CHIEFS_MENTOR, ASSISTANT = "Ada Quill", "Mentor 1", "Wary Assistant"
LEADERS = [CHIEF, *(f"Leader {number}" for number in range(2, 13))]
MESSY = [
    ["Reverse mentoring, v7 FINAL"],
    [],
    ["No.", "Exec", "", "Buddy (digital)", "Where are we?", "Matched", "Remarks"],
    *(
        [str(number), name if number % 3 else name.upper(), "", f"Mentor {number}", "matched", "1/3/2026", "private!"]
        for number, name in enumerate(LEADERS, start=1)
    ),
    ["13", "Leader 2", "", "", "?", "", ""],
    ["", "", "", "", "", "", "Total 12"],
]


@pytest.fixture
def walker(live_server: Any, open_page: Callable[..., Page], look_once: Callable[[Page], None], tmp_path: Path) -> Any:
    cache.clear()
    with override_settings(DATA_DIR=tmp_path):
        yield Walker(open_page(width=375, height=812), live_server.url, look_once)


@pytest.fixture
def coordinator(transactional_db: None) -> Person:
    organisation = people.create_organisation(by=None, name="Quill Council")
    person = people.add_person(by=None, organisation=organisation, name="Kim Doyle", email="kim@example.org")
    people.give_role(by=None, person=person, role=Role.Name.COORDINATOR)
    return person


def work_done(walker: Walker) -> None:
    run_worker(threading.Event(), until_idle=True)
    walker.page.reload()
    walker.look()


@pytest.mark.django_db(transaction=True, databases=["default", "keystore"])
def test_from_a_messy_spreadsheet_to_three_held_first_sessions(
    walker: Walker, coordinator: Person, sign_in: Any, tmp_path: Path
) -> None:
    sign_in(walker.page, coordinator.account)
    bring_the_list(walker, tmp_path)
    codes = print_the_letters(walker)
    pairs = {one.leader.name: one for one in Pairing.objects.select_related("leader__account", "mentor__account")}
    assert set(pairs) == set(LEADERS)
    codes[ASSISTANT] = a_letter_for_the_assistant(walker)
    come_in_by_letter(walker, codes[CHIEF])
    let_the_assistant_arrange_times(walker)
    for name in (CHIEF, "Leader 2", "Leader 3"):
        come_in_by_letter(walker, codes[ASSISTANT if name == CHIEF else name])
        offer_a_time(walker, pairs[name], by_assistant=name == CHIEF)
        come_in_by_letter(walker, codes[pairs[name].mentor.name])
        choose_and_meet(walker, pairs[name])
    sign_in(walker.page, coordinator.account)
    walker.go("/home/")
    assert walker.sees("12 pairs have agreed, 3 have met.")
    walker.press("link", "See the pairings")
    assert walker.page.get_by_role("cell", name="Met", exact=True).count() == 3
    assert walker.page.get_by_role("cell", name="Agreed", exact=True).count() == 9


def print_the_letters(walker: Walker) -> dict[str, str]:
    """No mail leaves: the page says what comes next, and home says it until it is done. The codes by name."""
    assert walker.sees("A letter with a code lets them in")
    walker.go("/home/")
    assert walker.sees("Let your pairs in")
    walker.press("link", "Print their letters")
    walker.press("button", "Make the 24 letters")
    letters = walker.page.locator("main").inner_text().split("Dear ")[1:]
    assert "you are paired with Mentor 1." in letters[0]
    codes = {letter.partition(",")[0]: found[0] for letter in letters if (found := LETTER_CODE.search(letter))}
    assert len(codes) == 24
    walker.go("/home/")
    assert walker.sees("12 pairs have agreed. Next, each pair finds a time.")
    return codes


def a_letter_for_the_assistant(walker: Walker) -> str:
    """Added by hand, with no address; a sheet with a code is all it takes."""
    walker.go("/people/add/")
    walker.type_into("Name", ASSISTANT)
    walker.press("button", "Add this person")
    walker.press("button", "Make a letter")
    found = LETTER_CODE.search(walker.page.locator("main").inner_text())
    assert found is not None
    return found[0]


def let_the_assistant_arrange_times(walker: Walker) -> None:
    """The chief executive's own act, once; they read what it lets somebody see."""
    walker.go("/home/")
    walker.page.locator("summary", has_text="More, for now and then").click()
    walker.press("link", "Who arranges your times")
    assert walker.sees("They see times and places, and nothing else: no notes, no reasons.")
    walker.type_into("Their name", "wary")
    walker.press("button", "Search")
    walker.press("link", ASSISTANT)
    walker.press("button", "Yes, let them")
    assert walker.sees(f"{ASSISTANT} can arrange your times now.")


def look_where_an_assistant_may_not(walker: Walker, pairing: Pairing) -> None:
    """Wary: what else would they read? Times, and nothing of the two."""
    for path in ("", "notes/", "agreement/", "agenda/", "first-session/", "seen-together/", "how/"):
        answer = walker.page.goto(f"{walker.base}/pairings/{pairing.pk}/{path}")
        assert answer is not None
        assert answer.status == 404, path


def come_in_by_letter(walker: Walker, code: str) -> None:
    walker.page.context.clear_cookies()
    walker.go("/letter/")
    walker.page.locator("input[name=code]").fill(code)
    walker.press("button", "Continue")


def bring_the_list(walker: Walker, folder: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in MESSY:
        book.active.append(row)
    book.save(folder / "v7 FINAL.xlsx")
    walker.go("/home/")
    walker.press("link", "You have pairs in a spreadsheet?")
    walker.page.locator("input[type=file]").set_input_files(folder / "v7 FINAL.xlsx")
    walker.press("button", "Read the list")
    work_done(walker)
    assert walker.sees("There is a leader and no mentor.")
    walker.press("link", "Add the people who are missing")
    walker.press("button", "Add them")
    assert Pairing.objects.count() == 0, "nothing happens before it is said"
    walker.press("button", "Bring these pairs")
    work_done(walker)
    assert walker.sees("12 pairs were brought.")


def offer_a_time(walker: Walker, pairing: Pairing, *, by_assistant: bool) -> None:
    walker.go("/home/")
    if by_assistant:
        look_where_an_assistant_may_not(walker, pairing)
        walker.go("/home/")
        walker.press("link", "See the times")
        walker.press("link", f"Times of {CHIEF} with {CHIEFS_MENTOR}")
    else:
        walker.press("link", "Choose times")
    walker.press("link", "Offer times")
    walker.page.get_by_role("checkbox").first.check()
    walker.press("button", "Offer these")
    assert pairing.offers.count() == 1


def choose_and_meet(walker: Walker, pairing: Pairing) -> None:
    walker.go("/home/")
    walker.press("link", "Choose a time")
    with walker.page.expect_navigation():
        walker.page.locator("form[action$='/times/choose/'] button").first.click()
    walker.look()
    session = Session.objects.get(pairing=pairing)
    Session.objects.filter(pk=session.pk).update(starts_at=timezone.now() - timedelta(hours=1))  # the day has come
    walker.page.reload()
    walker.press("button", "We met")
    assert walker.sees("What did you see together?")
    walker.press("link", "Find the next time")


@pytest.mark.django_db(transaction=True, databases=["default", "keystore"])
def test_a_mentor_who_is_talked_down_has_a_way_out(walker: Walker, sign_in: Any, transactional_db: None) -> None:
    """One tap to the contact outside the line; a change whose wish nobody can tell; nothing in the trail names them."""
    world = build_world()
    world.pairing.scheme.contact = world.persons["outsider"]
    world.pairing.scheme.save()
    sign_in(walker.page, world.account("mentor"))
    walker.go(f"/pairings/{world.pairing.pk}/")
    walker.press("link", "Somebody else to talk to")
    assert walker.sees("Nobody needs to know that you do")
    walker.go(f"/pairings/{world.pairing.pk}/")
    walker.page.get_by_text("Pause, change or end").click()
    walker.press("link", "Somebody else?")
    assert walker.sees("so that nobody can tell whose wish it was")
    before = Event.objects.count()
    walker.press("button", "Ask us both")
    assert walker.sees("The next pairing is being looked for, for each of you.")
    assert set(Event.objects.order_by("pk")[before:].values_list("by", flat=True)) == {None}
    sign_in(walker.page, world.account("coordinator"))
    walker.go(f"/pairings/{world.pairing.pk}/overview/")
    assert walker.sees("Both are asked what they would like next, each alone. You see it once it is settled.")
    assert not walker.page.get_by_text("somebody else").count(), "before that it would say whose wish it was"
    sign_in(walker.page, world.account("leader"))
    walker.go("/home/")
    walker.press("link", "Say it")
    walker.choose("To stay together")
    walker.press("button", "That is my wish")
    assert Pairing.objects.get(pk=world.pairing.pk).state == Pairing.State.ENDED
    sign_in(walker.page, world.account("coordinator"))
    walker.go(f"/pairings/{world.pairing.pk}/overview/")
    assert walker.sees("Would like to meet somebody else")
    walker.page.get_by_role("link", name="Pair again").click()
    assert walker.sees("Who could be the leader for Mentor?")
