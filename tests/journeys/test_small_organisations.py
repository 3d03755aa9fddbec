"""A charity of twelve sets up its scheme, and a council's elected member signs up: on a phone, also without scripts."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.pairings.stories.models import Story
from handrail.capabilities.people import actions as people
from handrail.capabilities.people.models import Organisation, Person
from handrail.capabilities.schemes.actions import start_scheme
from handrail.capabilities.schemes.queries import running_scheme_of
from handrail.capabilities.schemes.sign_up.queries import ready_to_match
from handrail.capabilities.schemes.sign_up.rules import ruled_out
from handrail.capabilities.starting_point.invitations.actions import invite
from tests.journeys.walker import Walker

SignIn = Callable[[Page, Any], None]


def organisation_of(names: list[str]) -> tuple[Organisation, dict[str, Person]]:
    """Everybody with a personal address, nobody with a unit or a manager."""
    organisation = people.create_organisation(by=None, name="Harbour Friends")
    found = {}
    for number, name in enumerate(names):
        address = f"someone{number}@home.example"
        found[name] = people.add_person(by=None, organisation=organisation, name=name, email=address)
        people.ensure_account(by=None, person=found[name])
    people.give_role(by=None, person=found[names[0]], role="coordinator")
    return organisation, found


@pytest.fixture
def no_second_factor(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.mark.usefixtures("no_second_factor")
def test_a_charity_of_twelve(live_server: Any, phone: Page, axe: Callable[[Page], None], sign_in: SignIn) -> None:
    names = ["Cora Lane", "Ada Moss", "Ben Reed", *(f"Volunteer {number}" for number in range(9))]
    organisation, found = organisation_of(names)
    walker = Walker(phone, live_server.url, axe)
    sign_in(phone, found["Cora Lane"].account)
    walker.go("/pairings/")
    walker.press("link", "About the scheme")
    walker.press("link", "Go through it, one question at a time")
    walker.type_into("What is the scheme called?", "Ten minutes at the Friends")
    walker.press("button", "Save")
    walker.type_into("What is it for, in a sentence?", "Trustees decide with those who do.")
    walker.press("button", "Save")
    scheme = running_scheme_of(organisation)
    assert scheme is not None
    walker.by_keyboard = True
    walker.go(f"/schemes/{scheme.pk}/step/leaders/")
    walker.choose("Those on a list of yours")
    walker.press("button", "Save")
    walker.type_into("Who is on your list of leaders?", "ada moss")
    walker.press("button", "Save")
    assert walker.sees("As leaders: The people on the coordinator’s list: 1 person.")
    walker.by_keyboard = False
    walker.go("/schemes/")
    walker.press("link", "Add an outcome")
    for label, text in (
        ("What should be different?", "People book a lift online"),
        ("Which line of your strategy is that?", "Our plan, page 2"),
        ("How would you see it?", "Lifts booked online"),
        ("Where does it stand today?", "4 of 30 a week"),
        ("Who owns it?", "Ada Moss"),
        ("Day", "3"),
        ("Month", "4"),
        ("Year", "2028"),
    ):
        walker.type_into(label, text)
    walker.press("button", "Save")
    assert walker.sees("People book a lift online")
    sign_in(phone, found["Ada Moss"].account)
    walker.go("/schemes/sign-up/")
    walker.press("link", "Sign up as a leader")
    walker.choose("Data")
    walker.press("button", "Save and go on")
    walker.go("/pairings/stories/")
    assert walker.sees("This is a small scheme.")
    walker.press("link", "Tell your story")
    walker.type_into("What is different now, in two sentences?", "I ask where a number comes from. People like it.")
    walker.press("button", "Show it as they will read it")
    walker.press("button", "Tell it")
    expect(phone.get_by_text("A leader here")).to_be_visible()
    assert Story.objects.get().person == found["Ada Moss"]
    scheme = running_scheme_of(organisation)
    assert scheme is not None
    assert scheme.name == "Ten minutes at the Friends"


@pytest.mark.usefixtures("no_second_factor")
def test_an_elected_member_and_a_mentor_who_keeps_apart_without_scripts(
    live_server: Any, without_javascript: Page, axe: Callable[[Page], None], sign_in: SignIn
) -> None:
    organisation, found = organisation_of(["Cora Lane", "Cllr Joan Marsh", "Priya Raman"])
    scheme = start_scheme(by=None, organisation=organisation, name="Members and makers")
    coordinator = found["Cora Lane"]
    assert coordinator.account is not None
    people_asked = [found["Priya Raman"]]
    invite(
        by=coordinator.account,
        scheme=scheme,
        people=people_asked,
        asked_by=coordinator,
        words="Will you?",
        side="mentor",
    )
    page = without_javascript
    walker = Walker(page, live_server.url, lambda _page: None)  # axe needs scripts; the other journeys have it
    sign_in(page, coordinator.account)
    walker.go(f"/schemes/{scheme.pk}/step/mentors/")
    walker.choose("Those who are invited")
    walker.press("button", "Save")
    assert walker.sees("As mentors: Whoever is invited: 1 person.")
    sign_in(page, found["Cllr Joan Marsh"].account)
    walker.go("/schemes/sign-up/")
    assert walker.sees("Who may join as a mentor: whoever is invited. If you would like to take part all the same")
    walker.press("link", "Sign up as a leader")
    walker.choose("Channels, audience and reputation")
    walker.press("button", "Save and go on")
    page.get_by_label("Tuesday, Evening").check()
    walker.press("button", "Save and go on")
    walker.press("button", "Save and go on")
    walker.type_into("The party or group you sit for", "Harbour Independents")
    walker.press("button", "Save and finish")
    assert walker.sees("Tuesday: evening")
    sign_in(page, found["Priya Raman"].account)
    walker.go("/home/")
    assert walker.sees("Cora Lane asks whether you could be a mentor")
    walker.press("link", "See what it is")
    walker.choose("Channels, audience and reputation")
    walker.type_into("Parties or groups you would rather not be paired with", "harbour independents")
    walker.press("button", "Save")
    walker.choose("No: I decide about my own time")
    walker.press("button", "Save")
    assert walker.sees("You are signed up.")
    ready = ready_to_match(scheme)
    (leader,), (mentor,) = ready.leaders, ready.mentors
    assert ruled_out(leader.side, mentor.side)


@pytest.mark.usefixtures("no_second_factor")
def test_an_umbrella_body_and_the_three_small_organisations_it_runs_a_scheme_for(
    live_server: Any, phone: Page, axe: Callable[[Page], None], sign_in: SignIn
) -> None:
    """One runs it. Another's coordinator asks their own people and sees nobody else's; a pair comes of two houses."""
    places = {name: people.create_organisation(by=None, name=name) for name in ("Umbrella", "Ferry", "Mill", "Quay")}
    found = {}
    for name, place in (("Una", "Umbrella"), ("Finn", "Ferry"), ("Fay", "Ferry"), ("Mo", "Mill"), ("Quinn", "Quay")):
        found[name] = people.add_person(
            by=None, organisation=places[place], name=f"{name} {place}", email=f"{name}@home.example", line="known"
        )
        people.ensure_account(by=None, person=found[name])
    for name in ("Una", "Finn"):
        people.give_role(by=None, person=found[name], role="coordinator")
    administrator = found["Quinn"].account
    assert administrator is not None
    administrator.is_administrator = True
    administrator.save()
    outside = people.create_organisation(by=None, name="Elsewhere")
    people.add_person(by=None, organisation=outside, name="Eve Elsewhere")
    scheme = start_scheme(by=None, organisation=places["Umbrella"], name="Small houses")
    walker = Walker(phone, live_server.url, axe)
    sign_in(phone, administrator)
    walker.go("/schemes/all/")
    walker.press("link", "Small houses (Umbrella)")
    for name in ("Ferry", "Mill", "Quay"):
        walker.choose(name)
    walker.press("button", "Save")
    assert walker.sees("Spans Ferry, Mill, Quay")

    sign_in(phone, found["Finn"].account)
    walker.go("/schemes/")
    assert walker.sees("This scheme is run by Umbrella and spans your organisation.")
    walker.go("/starting-point/invitations/people/")
    assert not phone.get_by_text("Mo Mill").count(), "another house's people are not to be seen"
    walker.choose("Fay Ferry")
    walker.press("button", "Write the invitation")
    walker.press("button", "Show it as they will read it")
    assert walker.sees("They are invited to “Small houses”.")
    walker.press("button", "Make the invitations")
    walker.press("link", "Invitations")
    expect(phone.get_by_role("link", name="Fay Ferry")).to_be_visible()

    sign_in(phone, found["Una"].account)
    walker.go("/starting-point/invitations/")
    expect(phone.get_by_role("link", name="Fay Ferry")).to_be_visible()
    walker.go("/pairings/new/")
    assert not phone.get_by_text("Eve Elsewhere").count(), "nobody of an organisation that the scheme does not span"
    walker.press("link", "Fay Ferry")
    walker.press("link", "Mo Mill")
    walker.press("button", "Ask both")
    for name in ("Fay", "Mo"):
        sign_in(phone, found[name].account)
        walker.go("/home/")
        walker.press("link", "Read and answer")
        phone.get_by_label("Yes, I would like to meet").check()
        walker.press("button", "Send my answer")
    assert walker.sees("Fay Ferry")
    sign_in(phone, found["Finn"].account)
    walker.go("/pairings/")
    assert not phone.get_by_text("Mo Mill").count(), "pairs are seen where the scheme is run"
    assert Pairing.objects.get(scheme=scheme).state == Pairing.State.AGREED
