"""A council with elected members, from an empty installation's first page to two meetings held, by the screens alone.

Nobody has a unit or a manager. Two members share their family's inbox: they come in by letter, one of them signs up and
is paired across an unknown line. The mentor has a personal address, and comes in by a code.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Page

from handrail.capabilities.pairings.models import Pairing, Session
from handrail.capabilities.people import actions as people
from handrail.capabilities.people.models import Person, Role
from handrail.foundation.mail.models import OutboxMessage
from tests.journeys.walker import Walker

SignIn = Callable[[Page, Any], None]
LETTER_CODE = re.compile(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}\b")
JOAN, RHYS, DEV, CHAIR = "Councillor Joan Marsh", "Councillor Rhys Marsh", "Dev Patel", "Reverend Ann Cole"
FAMILY = "the.marshes@home.example"


@pytest.fixture
def walker(live_server: Any, phone: Page, look_once: Callable[[Page], None], settings: Any) -> Walker:
    cache.clear()
    settings.EMAIL_BACKEND = "handrail.foundation.mail.backend.OutboxBackend"
    settings.SECOND_FACTOR_REQUIRED = False
    return Walker(phone, live_server.url, look_once)


@pytest.fixture
def coordinator(transactional_db: None) -> Person:
    organisation = people.create_organisation(by=None, name="Harbour Council")
    person = people.add_person(by=None, organisation=organisation, name="Kim Doyle", email="kim@example.org")
    people.give_role(by=None, person=person, role=Role.Name.COORDINATOR)
    return person


@pytest.mark.django_db(transaction=True, databases=["default", "keystore"])
def test_elected_members_from_set_up_to_two_meetings_held(walker: Walker, coordinator: Person, sign_in: SignIn) -> None:
    sign_in(walker.page, coordinator.account)
    set_up(walker)
    add_people(walker)
    name_the_contact(walker)
    ask_for_a_mentor(walker)
    code = invite_by_letter(walker)
    the_mentor_signs_up(walker)
    the_member_signs_up(walker, code)
    sign_in(walker.page, coordinator.account)
    pair_across_an_unknown_line(walker)
    for role in ("mentor", "leader"):
        as_one_of_the_two(walker, sign_in, role)
        say_yes(walker)
    for meeting in range(2):
        meet(walker, sign_in, first=not meeting)
    sign_in(walker.page, coordinator.account)
    walker.go("/home/")
    assert walker.sees("1 pair has agreed, 1 has met.")


def set_up(walker: Walker) -> None:
    """The guided form, most of it with its usual answers; and one outcome, before the first pair meets."""
    walker.go("/schemes/")
    walker.press("link", "Go through it, one question at a time")
    walker.type_into("What is the scheme called?", "Members and makers")
    walker.press("button", "Save")
    walker.type_into("What is it for, in a sentence?", "Members decide about services that they have used.")
    walker.press("button", "Save")
    walker.type_into("In whose name are people asked?", "Kim Doyle")
    for _question in range(3):
        walker.press("button", "Save")
    assert walker.page.get_by_role("heading", level=1).inner_text() == "Who may join, in your words?"
    walker.type_into("Who may join, in your words?", "Every member, and whoever can help.")
    walker.press("button", "Save")
    walker.choose("Those who are invited")
    while walker.page.get_by_role("button", name="Save").count():
        walker.press("button", "Save")
    assert walker.sees("Members decide about services that they have used.")
    assert walker.sees("Whoever is invited: 0 people")
    walker.press("link", "Add an outcome")
    for label, text in (
        ("What should be different?", "Residents report a fault online"),
        ("Which line of your strategy is that?", "Council plan, 4.1"),
        ("How would you see it?", "Faults reported online, of all"),
        ("Where does it stand today?", "12 %"),
        ("Who owns it?", "Kim Doyle"),
        *(("Day", "3"), ("Month", "4"), ("Year", "2028")),
    ):
        walker.type_into(label, text)
    walker.press("button", "Save")


def add_people(walker: Walker) -> None:
    """By hand: a name is enough. The second at one address is told what to do."""
    walker.go("/home/")
    walker.press("link", "Add a person by hand")
    add(walker, JOAN, FAMILY)
    walker.go("/people/add/")
    walker.type_into("Name", RHYS)
    walker.type_into("E-mail address (if there is one)", FAMILY)
    walker.press("button", "Add this person")
    assert walker.sees("leave the address empty")
    add(walker, RHYS, "")
    for name, address in ((DEV, "dev@home.example"), (CHAIR, "ann@chapel.example")):
        walker.go("/people/add/")
        add(walker, name, address)


def add(walker: Walker, name: str, address: str) -> None:
    walker.type_into("Name", name)
    walker.type_into("E-mail address (if there is one)", address)
    walker.press("button", "Add this person")
    assert walker.sees(f"{name} was added.")


def name_the_contact(walker: Walker) -> None:
    walker.go("/pairings/contact/")
    walker.type_into("Name, job or unit", "Cole")
    walker.press("button", "Search")
    walker.press("link", CHAIR)
    walker.press("button", "Name them")


def ask_for_a_mentor(walker: Walker) -> None:
    walker.go("/starting-point/invitations/")
    walker.press("link", "Invite mentors")
    walker.choose(DEV)
    send(walker)


def send(walker: Walker) -> None:
    walker.press("button", "Write the invitation")
    walker.press("button", "Show it as they will read it")
    walker.press("button", "Make the invitations")
    walker.press("link", "Invitations")


def invite_by_letter(walker: Walker) -> str:
    """Whose inbox others read gets a letter all the same; whoever has no address gets nothing else."""
    walker.go("/starting-point/invitations/")
    walker.press("link", "Invite leaders")
    for name in (JOAN, RHYS):
        walker.choose(name)
    send(walker)
    walker.press("link", JOAN)
    walker.press("button", "Make a letter")
    letter = walker.page.locator("main").inner_text()
    assert f"Dear {JOAN}" in letter
    found = LETTER_CODE.search(letter)
    assert found is not None, letter
    return found[0]


def the_mentor_signs_up(walker: Walker) -> None:
    """From the message to the form, with a code to a personal address; nobody has to agree to a volunteer's time."""
    assert OutboxMessage.objects.filter(to_address="dev@home.example", kind="invitation").count() == 1
    walker.sign_in("dev@home.example")
    walker.go("/home/")
    walker.press("link", "See what it is")
    walker.choose("Channels, audience and reputation")
    walker.press("button", "Save")
    walker.choose("No: I decide about my own time")
    walker.press("button", "Save")
    assert walker.sees("You are signed up.")


def the_member_signs_up(walker: Walker, code: str) -> None:
    walker.page.context.clear_cookies()
    walker.go("/letter/")
    walker.page.locator("input[name=code]").fill(code)
    walker.press("button", "Continue")
    walker.go("/schemes/sign-up/")
    walker.press("link", "Sign up as a leader")
    walker.choose("Channels, audience and reputation")
    for _page in range(3):
        walker.press("button", "Save and go on")
    walker.type_into("The party or group you sit for", "Harbour Independents")
    walker.press("button", "Save and finish")


def pair_across_an_unknown_line(walker: Walker) -> None:
    walker.go("/pairings/new/")
    walker.press("link", JOAN)
    walker.press("link", DEV)
    assert walker.sees("The reporting line between them is not known.")
    walker.press("button", "Ask both")
    assert walker.sees("Say in a few words why this pairing is right all the same.")
    walker.type_into("Why this pairing is right all the same", "Members have no line; Dev works for nobody here.")
    walker.press("button", "Ask both")


def as_one_of_the_two(walker: Walker, sign_in: SignIn, role: str) -> None:
    pairing = Pairing.objects.select_related("leader__account", "mentor__account").get()
    sign_in(walker.page, (pairing.leader if role == "leader" else pairing.mentor).account)
    walker.go("/home/")


def say_yes(walker: Walker) -> None:
    walker.press("link", "Read and answer")
    walker.choose("Yes, I would like to meet")
    walker.press("button", "Send my answer")


def meet(walker: Walker, sign_in: SignIn, *, first: bool) -> None:
    """She offers, he chooses, the day comes, he says that they met."""
    as_one_of_the_two(walker, sign_in, "leader")
    if first:
        walker.press("link", f"Find a time with {DEV}")
    else:
        walker.press("link", f"You and {DEV}")
        walker.press("link", "Find a time")
    walker.press("link", "Offer times")
    walker.page.get_by_role("checkbox").first.check()
    walker.press("button", "Offer these")
    as_one_of_the_two(walker, sign_in, "mentor")
    walker.press("link", "Choose a time")
    with walker.page.expect_navigation():
        walker.page.locator("form[action$='/times/choose/'] button").first.click()
    coming = Session.objects.filter(state=Session.State.AGREED)
    assert coming.update(starts_at=timezone.now() - timedelta(hours=1)) == 1, "the day has come"
    walker.page.reload()
    walker.press("button", "We met")
    assert walker.sees("What did you see together?")
