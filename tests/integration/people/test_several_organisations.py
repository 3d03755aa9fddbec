"""Somebody in two organisations says in which they are; nobody else is asked."""

import pytest
from django.test import Client
from django.urls import reverse

from handrail.capabilities.people import actions
from handrail.capabilities.people.models import Person, Role
from tests.factories.world import World, build_world
from tests.pages import check_page

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]
ADDRESS = "/people/organisations/choose/"
LINK = "Change organisation"


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def both(world: World) -> Client:
    """The coordinator of Here, who also coordinates Elsewhere."""
    account = world.account("coordinator")
    second = Person.objects.create(organisation=world.elsewhere, name="Zoe Coordinator", account=account)
    actions.give_role(by=None, person=second, role=Role.Name.COORDINATOR)
    return world.client_of("coordinator")


def people_listed(client: Client) -> str:
    return str(client.get(reverse("people")).content.decode())


def test_choosing_changes_whose_lists_one_sees(world: World, both: Client) -> None:
    assert "Mentor" in people_listed(both)
    page = both.get(ADDRESS)
    check_page(page)
    assert "You are here now" in page.content.decode()
    answer = both.post(ADDRESS, {"organisation": world.elsewhere.pk}, follow=True)
    assert "You are at Elsewhere now." in answer.content.decode()
    assert LINK in answer.content.decode()
    assert "Foreign" in people_listed(both)
    assert "Mentor" not in people_listed(both)
    both.post(ADDRESS, {"organisation": world.organisation.pk})
    assert "Mentor" in people_listed(both)


def test_an_organisation_that_is_not_theirs_is_not_found(world: World, both: Client) -> None:
    third = actions.create_organisation(by=None, name="A third one")
    for number in (third.pk, "x", ""):
        assert both.post(ADDRESS, {"organisation": number}).status_code == 404
    assert "Mentor" in people_listed(both)


def test_whoever_is_in_one_has_nothing_to_choose(world: World) -> None:
    client = world.client_of("leader")
    assert LINK not in client.get(reverse("home")).content.decode()
    assert "nothing to choose" in client.get(ADDRESS).content.decode()
    assert client.post(ADDRESS, {"organisation": world.elsewhere.pk}).status_code == 404
