"""A coordinator chooses two, asks them, and prints the question where no mail leaves."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from handrail.capabilities.accounts.models import Account, Letter
from handrail.capabilities.pairings.letters.queries import number_without_letter
from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.people import actions as people
from handrail.capabilities.people.models import Person
from handrail.capabilities.people.queries import people_to_choose
from handrail.foundation import clock
from tests.factories.world import World, build_world, person

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def coordinator(world: World) -> Client:
    return world.client_of("coordinator")


def somebody(world: World, name: str, **fields: Any) -> Person:
    return people.add_person(by=None, organisation=world.organisation, name=name, line=Person.Line.KNOWN, **fields)


def words(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def ask(client: Client, leader: Person, mentor: Person) -> str:
    address = reverse("pairing_ask", args=[leader.pk, mentor.pk])
    response = client.post(address, {"words": "You two would get on.", "reason_to_go_on": "All the same."}, follow=True)
    return response.content.decode()


def test_the_beginning_of_a_word_comes_before_its_middle(world: World) -> None:
    for name, job in (
        ("Joanne Lind", ""), ("Bo Annan", ""), ("Ann Vaughan", ""), ("Cy Bell", "Annalist"), ("Susanne Ek", ""),
    ):  # fmt: skip
        somebody(world, name, job_title=job)
    found = [person.name for person in people_to_choose([world.organisation.pk], "ann", 9)]
    assert found == ["Ann Vaughan", "Bo Annan", "Cy Bell", "Joanne Lind", "Susanne Ek"]
    assert [person.name for person in people_to_choose([world.organisation.pk], "ann vaug", 9)] == ["Ann Vaughan"]


def test_a_scheme_that_spans_organisations_is_paired_where_it_runs_and_open_to_both_sides(
    world: World, coordinator: Client
) -> None:
    """A leader here, a mentor there: each page is there for whom it is for, and pairs are made in one place."""
    world.pairing.scheme.spans.add(world.elsewhere)
    far = person(world.elsewhere, "Far")
    leader = world.persons["leader"]
    assert "Leader and Far" in ask(coordinator, leader, far)
    pairing = Pairing.objects.get(mentor=far)
    clients = {"leader": Client(), "mentor": Client()}
    for (role, client), who in zip(clients.items(), (leader, far), strict=True):
        assert who.account is not None
        client.force_login(who.account, backend="handrail.capabilities.accounts.backends.AccountBackend")
        question = client.get(reverse("pairing", args=[pairing.pk]), follow=True)
        assert question.status_code == 200, role
        accepted = client.post(reverse("pairing_answer", args=[pairing.pk]), {"answer": "accept"}, follow=True)
        assert accepted.status_code == 200, role
    for role, client in clients.items():
        for page in ("pairing", "session_times", "pairing_contact", "first_session"):
            assert client.get(reverse(page, args=[pairing.pk])).status_code == 200, (role, page)
    assert coordinator.get(reverse("pairing_overview", args=[pairing.pk])).status_code == 200
    foreign = world.client_of("foreign_coordinator")
    for page, ids in (
        ("pairing_new", []), ("pairing_new_leader", [far.pk]), ("pairing_new_mentor", [leader.pk]),
        ("pairing_ask", [leader.pk, far.pk]),
    ):  # fmt: skip
        assert "is run by Here" in words(foreign, reverse(page, args=ids)), page
    number = Pairing.objects.count()
    said = foreign.post(reverse("pairing_ask", args=[far.pk, leader.pk]), {"words": "You two?"})
    assert "is run by Here" in said.content.decode()
    assert "is run by Here" in foreign.post(reverse("pairing_propose", args=[far.pk, leader.pk])).content.decode()
    assert Pairing.objects.count() == number


def test_choosing_another_keeps_the_other_one(world: World, coordinator: Client) -> None:
    leader, mentor, third = (somebody(world, name) for name in ("Lee", "Max", "Noa"))
    asking = words(coordinator, reverse("pairing_ask", args=[leader.pk, mentor.pk]))
    other_mentor, other_leader = (
        reverse("pairing_new_mentor", args=[leader.pk]),
        reverse("pairing_new_leader", args=[mentor.pk]),
    )
    assert other_mentor in asking
    assert other_leader in asking
    assert reverse("pairing_ask", args=[leader.pk, third.pk]) in words(coordinator, other_mentor)
    choosing = words(coordinator, other_leader)
    assert "Who could be the leader for Max?" in choosing
    assert reverse("pairing_ask", args=[third.pk, mentor.pk]) in choosing
    assert reverse("pairing_ask", args=[mentor.pk, mentor.pk]) not in choosing


def test_one_letter_holds_the_question_the_address_and_the_code(world: World, coordinator: Client) -> None:
    leader, mentor = somebody(world, "Lee", email="lee@example.org"), somebody(world, "Max")
    said = ask(coordinator, leader, mentor)
    assert "The question to both is ready" in said, "no mail leaves the tests"
    assert "Both have been asked" not in said
    pairing = Pairing.objects.get(leader=leader)
    assert "Has no e-mail address" in said
    address = reverse("pairing_letter_mentor", args=[pairing.pk])
    assert coordinator.get(address).status_code == 405, "opening a page makes no code"
    assert not Letter.objects.filter(account__people=mentor).exists()
    letter = coordinator.post(address).content.decode()
    for part in ("Dear Max", "You two would get on.", "you and Lee to meet", "localhost:8000/letter", "Coordinator"):
        assert part in letter
    (code,) = set(re.findall(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}\b", letter))
    reader = Client()
    home = reader.post(reverse("letter_sign_in"), {"code": code}, follow=True).content.decode()
    assert "Coordinator suggests it" in home


def test_with_mail_both_have_been_asked(world: World, coordinator: Client, settings: Any) -> None:
    settings.MAIL_URL = "smtp+plain://127.0.0.1:9"
    leader, mentor, third = (somebody(world, name, email=f"{name}@x.example") for name in ("Lee", "Max", "Noa"))
    assert "Both have been asked." in ask(coordinator, leader, mentor)
    people_without = somebody(world, "Paper")
    assert "Print it for Paper." in ask(coordinator, third, people_without)


def test_a_letter_is_made_for_nobody_elses_people_and_not_after_the_answer(world: World, coordinator: Client) -> None:
    leader = somebody(world, "Lee")
    foreign = world.persons["foreign_coordinator"]
    ask(coordinator, leader, somebody(world, "Max"))
    pairing = Pairing.objects.get(leader=leader)
    Pairing.objects.filter(pk=pairing.pk).update(mentor=foreign)
    address = reverse("pairing_letter_mentor", args=[pairing.pk])
    assert "is in another organisation" in coordinator.post(address, follow=True).content.decode()
    assert address not in words(coordinator, reverse("pairing_overview", args=[pairing.pk]))
    assert not Letter.objects.filter(account=foreign.account).exists()
    assert world.client_of("foreign_coordinator").post(address).status_code == 404
    settled = reverse("pairing_letter_leader", args=[world.pairing.pk])
    assert "There is nothing left to ask" in coordinator.post(settled, follow=True).content.decode()
    assert not Letter.objects.filter(account=world.account("leader")).exists()


def test_a_coordinators_home_names_those_asked_and_no_more(world: World, coordinator: Client) -> None:
    leader = somebody(world, "Lee")
    ask(coordinator, leader, somebody(world, "Max"))
    home = words(coordinator, reverse("home"))
    assert "Lee and Max" in home
    assert "Asked" in home
    assert "Leader and Mentor" in home
    assert reverse("people_import") in home
    assert reverse("pairing_new") in home
    assert "Lee and Max" not in words(world.client_of("foreign_coordinator"), reverse("home"))


def test_letters_for_pairs_that_have_not_met_are_printed_at_once_for_ones_own_people(
    world: World, coordinator: Client, settings: Any
) -> None:
    """Without mail for everybody; with it for those without an address. Nobody of another organisation, and nobody
    whose pair has met: a letter signs somebody in."""
    page = reverse("pairing_letters")
    assert "Make the 2 letters" in words(coordinator, page)
    assert number_without_letter(world.organisation) == 2
    settings.MAIL_URL = "smtp://localhost"
    assert "There is nothing to print." in words(coordinator, page)
    assert number_without_letter(world.organisation) == 0
    assert "Not everybody" not in words(coordinator, reverse("home"))
    lee, max_ = somebody(world, "Lee"), somebody(world, "Max")
    far = person(world.elsewhere, "Far", line=Person.Line.KNOWN)
    world.pairing.scheme.spans.add(world.elsewhere)
    for mentor in (max_, far):
        ask(coordinator, lee, mentor)
    Pairing.objects.filter(leader=lee).update(state="agreed")
    Account.objects.filter(people=far).update(email=None)
    Person.objects.filter(pk=far.pk).update(email="")
    assert number_without_letter(world.organisation) == 2
    assert "Let your pairs in" in words(coordinator, reverse("home"))
    printed = coordinator.post(page).content.decode()
    assert "you are paired with Max and Far." in printed
    assert printed.count("which works once") == 2
    assert "Dear Far" not in printed
    assert number_without_letter(world.organisation) == 0
    assert "Let your pairs in" not in words(coordinator, reverse("home"))
    assert "has a letter, or can be written to" in words(coordinator, page)
    anew = words(coordinator, page + "?again=yes")
    assert "Make the 2 letters" in anew
    assert "earlier stops working" in anew
    Pairing.objects.filter(leader=lee).update(met_at=clock.now())
    assert "There is nothing to print." in words(coordinator, page)
