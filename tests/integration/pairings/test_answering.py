"""Being asked to meet somebody: one line why, yes, no, somebody else, or somebody from outside."""

import pytest
from django.urls import reverse

from handrail.capabilities.pairings import actions, jobs
from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.people.actions import make_letter
from handrail.capabilities.schemes.sign_up.actions import sign_up
from handrail.capabilities.schemes.sign_up.models import SignUp
from handrail.capabilities.schemes.sign_up.queries import has_mentors_beyond, whom_not_of
from handrail.foundation.audit.models import Event
from tests.factories.world import World, build_world, person

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]


@pytest.fixture
def world() -> World:
    made = build_world()
    SignUp.objects.all().delete()
    return made


@pytest.fixture
def asked(world: World) -> Pairing:
    return actions.ask_pair(
        by=world.account("coordinator"),
        scheme=world.pairing.scheme,
        leader=world.persons["leader"],
        mentor=person(world.organisation, "Ama Boateng"),
        asked_by=world.persons["coordinator"],
        words="You two?",
        reason_to_go_on="They know each other",
    )


def page(world: World, asked: Pairing) -> str:
    return world.client_of("leader").get(reverse("pairing_answer", args=[asked.pk])).content.decode()


def signs_up(world: World, asked: Pairing, side: str, *themes: str, **answers: object) -> SignUp:
    who = asked.leader if side == "leader" else asked.mentor
    assert who.account is not None
    said = {"themes": list(themes), **answers}
    return sign_up(by=who.account, scheme=asked.scheme, person=who, side=side, answers=said)


def test_one_line_says_why_this_person_from_what_was_signed_up_with(world: World, asked: Pairing) -> None:
    assert "Coordinator thought of you two." in page(world, asked)
    signs_up(world, asked, "mentor", "data", "ai", times=["mon-morning"])
    said = page(world, asked)
    assert "Ama Boateng offers help with this:" in said
    assert "thought of you two" not in said
    signs_up(world, asked, "leader", "ai", times=["mon-morning"])
    said = page(world, asked)
    assert "Ama Boateng can help with what you asked for:" in said
    assert "You are both often free:" in said


def test_somebody_else_is_an_answer_and_looks_like_any_no(world: World, asked: Pairing) -> None:
    said = page(world, asked)
    assert "Somebody else, please" in said
    assert "Somebody from outside my organisation" not in said
    assert "Nobody from outside your organisation is a mentor here yet" in said
    client, address = world.client_of("leader"), reverse("pairing_answer", args=[asked.pk])
    assert "Please choose" in client.post(address, {"answer": "outside"}).content.decode(), "it is not on offer"
    shown = client.post(address, {"answer": "another"}, follow=True).content.decode()
    assert "You said no. There is nothing more to do." in shown
    assert reverse("sign_up") in shown
    jobs.settle_noes.func()
    asked.refresh_from_db()
    assert asked.state == Pairing.State.ASKED, "only the leader could have answered: that would name them"
    make_letter(by=world.account("coordinator"), person=asked.mentor)
    jobs.settle_noes.func()
    asked.refresh_from_db()
    assert asked.state == Pairing.State.NOT_TAKEN_UP
    assert "This will not go ahead." in client.get(reverse("pairing", args=[asked.pk])).content.decode()
    assert client.post(address, {"answer": "another"}).status_code == 302, "settled already"


def test_one_from_outside_is_asked_for_without_a_trace_in_the_trail(world: World, asked: Pairing) -> None:
    asked.scheme.spans.add(world.elsewhere)
    assert not has_mentors_beyond(asked.scheme, world.organisation.pk), "nobody there offers it yet"
    beyond = person(world.elsewhere, "Bo Elsewhere")
    assert beyond.account is not None
    sign_up(by=beyond.account, scheme=asked.scheme, person=beyond, side="mentor", answers={"themes": ["ai"]})
    assert has_mentors_beyond(asked.scheme, world.organisation.pk)
    assert not has_mentors_beyond(asked.scheme, world.elsewhere.pk)
    row = signs_up(world, asked, "leader", "ai")
    before = set(Event.objects.values_list("what", "subject_id"))
    assert "Somebody from outside my organisation" in page(world, asked)
    client, address = world.client_of("leader"), reverse("pairing_answer", args=[asked.pk])
    client.post(address, {"answer": "outside"})
    row.refresh_from_db()
    assert whom_not_of(row).own_organisation
    after = set(Event.objects.values_list("what", "subject_id")) - before
    assert after == set()


def test_a_mentor_says_yes_or_no(world: World, asked: Pairing) -> None:
    client = world.client_of("mentor")
    theirs = actions.ask_pair(
        by=world.account("coordinator"),
        scheme=world.pairing.scheme,
        leader=person(world.organisation, "Another leader"),
        mentor=world.persons["mentor"],
        asked_by=None,
        words="You two?",
        reason_to_go_on="They know each other",
    )
    said = client.get(reverse("pairing_answer", args=[theirs.pk])).content.decode()
    assert "Somebody else, please" not in said
    assert "thought of you two" not in said, "nobody is named who asked"
