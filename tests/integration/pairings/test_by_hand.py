"""Two people paired by hand: who is offered first, what is said of the line and of the mentor's places, and to whom."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from handrail.capabilities.pairings import actions
from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.people import actions as people
from handrail.capabilities.people.models import Person
from handrail.capabilities.schemes.preparation.models import Preparation
from handrail.capabilities.schemes.sign_up.models import SignUp
from handrail.foundation import clock
from tests.factories.signed_up import keep, sign_up_row
from tests.factories.world import World, build_world, person
from tests.pages import check_page

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow, pytest.mark.postgres]


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def coordinator(world: World) -> Client:
    return world.client_of("coordinator")


def words(client: Client, name: str, *arguments: object) -> str:
    response = client.get(reverse(name, args=arguments))
    check_page(response)
    return re.sub(r"\s+", " ", response.content.decode())


def under(world: World, manager: Person | None, *names: str) -> list[Person]:
    """People one below the other; the last of them first."""
    made: list[Person] = []
    for name in names:
        manager = people.add_person(
            by=None, organisation=world.organisation, name=name, email=f"{name.lower()}@example.org", manager=manager
        )
        made.insert(0, manager)
    return made


UNKNOWN, NEAR = "The reporting line between them is not known", "One of the two stands above the other"
HEAD = "stands at the head of the organisation"


def test_what_is_above_a_manager_whom_both_have_does_not_matter(world: World, coordinator: Client) -> None:
    lena = people.add_person(by=None, organisation=world.organisation, name="Lena")  # whose line nobody knows
    (amy,), (dan,) = under(world, lena, "Amy"), under(world, lena, "Dan")
    far, *_between = under(world, lena, "One", "Two", "Three")
    for other in (dan, far):
        page = words(coordinator, "pairing_ask", amy.pk, other.pk)
        assert UNKNOWN not in page
        assert NEAR not in page
        assert 'name="reason_to_go_on"' not in page
    assert NEAR in words(coordinator, "pairing_ask", lena.pk, dan.pk)
    stranger = people.add_person(by=None, organisation=world.organisation, name="Stranger")
    assert UNKNOWN in words(coordinator, "pairing_ask", amy.pk, stranger.pk)


def test_the_head_of_the_organisation_is_warned_about_and_needs_no_reason(world: World, coordinator: Client) -> None:
    top = Person.objects.get(name="Top")
    luca, _yusuf, graham = under(world, top, "Graham", "Yusuf", "Luca")
    page = words(coordinator, "pairing_ask", top.pk, luca.pk)
    assert HEAD in page
    assert 'name="reason_to_go_on"' not in page
    assert HEAD not in words(coordinator, "pairing_ask", graham.pk, luca.pk), "two levels are near, whoever it is"
    answer = coordinator.post(reverse("pairing_ask", args=[top.pk, luca.pk]), {"words": "Would you two?"})
    assert answer.status_code == 302
    assert Pairing.objects.filter(leader=top, mentor=luca, state="asked").exists()


def test_it_is_said_who_is_asked_to_be_what(world: World, coordinator: Client) -> None:
    amy, dan = person(world.organisation, "Amy Tran"), person(world.organisation, "Dan Whitlow")
    page = words(coordinator, "pairing_ask", amy.pk, dan.pk)
    assert "<h1>Ask Amy Tran as the leader and Dan Whitlow as the mentor</h1>" in re.sub("<h1[^>]*>", "<h1>", page)
    pairing = asked(world, amy, dan)
    after = words(coordinator, "pairing_overview", pairing.pk)
    assert re.search(r"<dt>Leader</dt><dd>Amy Tran", after)
    assert re.search(r"<dt>Mentor</dt><dd>Dan Whitlow", after)


def asked(world: World, leader: Person, mentor: Person) -> Pairing:
    return actions.ask_pair(
        by=world.account("coordinator"),
        scheme=world.pairing.scheme,
        leader=leader,
        mentor=mentor,
        asked_by=world.persons["coordinator"],
        words="Would you two like to meet?",
        reason_to_go_on="All the same",
    )


def test_a_mentor_who_is_taken_or_asked_is_said_to_be(world: World, coordinator: Client) -> None:
    leader, mentor = person(world.organisation, "New leader"), world.persons["mentor"]
    page = words(coordinator, "pairing_ask", leader.pk, mentor.pk)
    assert "Mentor is a mentor to one leader already. They signed up for one leader." in page
    unsigned = person(world.organisation, "Unsigned")
    assert "Unsigned is" not in words(coordinator, "pairing_ask", leader.pk, unsigned.pk)
    question = asked(world, world.persons["editor"], unsigned)
    page = words(coordinator, "pairing_ask", leader.pk, unsigned.pk)
    assert "Unsigned is asked for one other leader now." in page
    assert "They signed up" not in page
    before = page
    account = world.persons["editor"].account
    assert account is not None
    actions.accept_pairing(by=account, pairing=question, side="leader")
    now = words(coordinator, "pairing_ask", leader.pk, unsigned.pk)
    assert ("Unsigned is asked for one other leader now." in now) == ("asked for one" in before), "whoever has answered"


def signed_up(world: World, name: str, side: str, **said: Any) -> Person:
    who = person(world.organisation, name)
    keep([sign_up_row(world.pairing.scheme, who, side, **said)])
    return who


def test_whoever_signed_up_and_has_no_pair_comes_first(world: World, coordinator: Client) -> None:
    today, heading = clock.today(), "Signed up, and without a pair yet"
    assert heading not in words(coordinator, "pairing_new")
    leader, mentor = signed_up(world, "Zoe Leader", "leader"), signed_up(world, "Zed Mentor", "mentor")
    paused = signed_up(world, "Zack Paused", "mentor", paused_on=today - timedelta(days=8))
    page = words(coordinator, "pairing_new")
    assert page.index(heading) < page.index("Zoe Leader") < page.index("Everybody else") < page.index("Coordinator<")
    assert page.count("Zoe Leader") == 1
    more = "There are more."
    assert more not in page
    for number in range(12 - Person.objects.filter(organisation=world.organisation).count() + 2):
        people.add_person(by=None, organisation=world.organisation, name=f"Aa {number}")
    assert more in words(coordinator, "pairing_new")
    page = words(coordinator, "pairing_new_mentor", leader.pk)
    first, rest = page[page.index(heading) :].split("Everybody else")
    assert mentor.name in first
    assert paused.name in rest
    assert "Mentor<" in rest.replace(mentor.name, ""), "whose places are taken"
    assert heading not in coordinator.get(reverse("pairing_new"), {"q": "zoe"}).content.decode()
    asked(world, leader, mentor)
    assert heading not in words(coordinator, "pairing_new")


def test_a_pause_of_this_week_does_not_show(world: World, coordinator: Client) -> None:
    mentor = signed_up(world, "Zed Mentor", "mentor")
    for paused_on in (None, clock.today()):
        SignUp.objects.filter(person=mentor).update(paused_on=paused_on)
        page = words(coordinator, "pairing_new_mentor", world.persons["editor"].pk)
        assert page.index("without a pair yet") < page.index("Zed Mentor") < page.index("Everybody else"), paused_on


def test_a_mentor_paired_by_hand_is_offered_the_preparation_and_not_asked_to_become_one(world: World) -> None:
    SignUp.objects.all().delete()
    mentor, leader = world.client_of("mentor"), world.client_of("leader")
    preparation = reverse("preparation")
    page = words(mentor, "sign_up")
    assert "Could you be a mentor?" not in page
    assert "You are a mentor" in page
    assert preparation in page
    assert "Would you like a mentor?" in page
    page = words(leader, "sign_up")
    assert "You have a mentor" in page
    assert "Could you be a mentor?" in page
    assert preparation in words(mentor, "home")
    assert preparation in words(mentor, "pairing", world.pairing.pk)
    assert preparation not in words(leader, "home")
    assert preparation not in words(leader, "pairing", world.pairing.pk)
    Preparation.objects.create(person=world.persons["mentor"], prepared=True)
    assert preparation not in words(mentor, "home")
    outsider = words(world.client_of("outsider"), "sign_up")
    assert "Could you be a mentor?" in outsider


def test_a_question_names_who_reads_nothing_and_supposes_nothing_written(world: World) -> None:
    pairing = asked(world, world.persons["editor"], world.persons["outsider"])
    home = words(world.client_of("outsider"), "home")
    assert "Neither Coordinator nor Editor reads what you write here, unless you show it." in home
    question = words(world.client_of("outsider"), "pairing_answer", pairing.pk)
    assert "you wrote here" not in home + question
