"""Who gives and takes which role, and what no one person may hold together."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from handrail.capabilities.people import actions, rules
from handrail.capabilities.people.models import Role
from handrail.foundation.audit.models import Event
from tests.factories.world import World, build_world, person
from tests.integration.page_forms import form_with

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]


@pytest.fixture
def world() -> World:
    cache.clear()
    return build_world()


def roles(world: World, who: str) -> set[str]:
    return set(world.persons[who].roles.values_list("name", flat=True))


def save_roles(client: Client, world: World, who: str, *wanted: str) -> str:
    """Choose these and no others on the page; what comes back."""
    page = client.get(reverse("person_roles", args=[world.persons[who].pk]))
    form = form_with(page, "once")
    response = form.send(client, roles=list(wanted))
    return "" if response.status_code == 302 else response.content.decode()


def test_a_coordinator_gives_and_takes_roles_and_both_are_noted(world: World) -> None:
    client = world.client_of("coordinator")
    assert save_roles(client, world, "outsider", "editor", "sponsor") == ""
    assert roles(world, "outsider") == {"editor", "sponsor"}
    assert save_roles(client, world, "outsider", "editor") == ""
    assert roles(world, "outsider") == {"editor"}
    noted = Event.objects.filter(by=world.account("coordinator"), what__startswith="role.").order_by("pk")
    assert [(event.what, event.detail) for event in noted] == [
        ("role.given", {"role": "editor"}),
        ("role.given", {"role": "sponsor"}),
        ("role.taken", {"role": "sponsor"}),
    ]


def test_the_same_role_again_and_one_never_held_are_not_noted(world: World) -> None:
    by, sponsor = world.account("coordinator"), world.persons["sponsor"]
    before = Event.objects.count()
    actions.give_role(by=by, person=sponsor, role=Role.Name.SPONSOR)
    actions.take_role(by=by, person=sponsor, role=Role.Name.EDITOR)
    assert Event.objects.count() == before
    assert roles(world, "sponsor") == {"sponsor"}


def test_a_role_brings_an_account_to_sign_in_with(world: World) -> None:
    someone = actions.add_person(by=None, organisation=world.organisation, name="New", email="new@example.org")
    assert someone.account is None
    actions.give_role(by=None, person=someone, role=Role.Name.EDITOR)
    assert someone.account is not None
    assert someone.account.email == "new@example.org"


@pytest.mark.parametrize(
    ("held", "administrator", "harmless"),
    [
        ({"coordinator", "sponsor"}, False, False),
        ({"coordinator", "sponsor", "editor"}, False, False),
        ({"sponsor"}, True, False),
        ({"coordinator"}, True, True),
        ({"sponsor", "editor"}, False, True),
        (set(), True, True),
    ],
)
def test_roles_that_break_a_promise_together(held: set[str], administrator: bool, harmless: bool) -> None:
    assert (rules.promise_at_risk(held, administrator) == "") is harmless


def test_the_page_says_why_and_changes_nothing(world: World) -> None:
    client = world.client_of("coordinator")
    assert "a sponsor is promised never to know about one person" in save_roles(
        client, world, "sponsor", "coordinator", "sponsor"
    )
    assert roles(world, "sponsor") == {"sponsor"}
    assert "You cannot take this role from yourself" in save_roles(client, world, "coordinator", "editor")
    assert roles(world, "coordinator") == {"coordinator"}


def test_nobody_of_another_organisation_is_found(world: World) -> None:
    client = world.client_of("foreign_coordinator")
    assert client.get(reverse("person_roles", args=[world.persons["sponsor"].pk])).status_code == 404
    assert client.post(reverse("person_letter", args=[world.persons["sponsor"].pk])).status_code == 404


def test_a_letter_brings_somebody_in_who_has_no_address(world: World) -> None:
    someone = actions.add_person(by=None, organisation=world.organisation, name="No Address")
    client = world.client_of("coordinator")
    assert client.get(reverse("person_letter", args=[someone.pk])).status_code == 405
    letter = client.post(reverse("person_letter", args=[someone.pk])).content.decode()
    assert "No Address" in letter
    someone.refresh_from_db()
    assert someone.account is not None
    assert someone.account.email is None


def test_two_people_of_one_organisation_behind_one_address_have_two_accounts(world: World) -> None:
    first = person(world.organisation, "First")
    second = actions.add_person(by=None, organisation=world.organisation, name="Second")
    second.email = first.email
    second.save()
    assert first.account is not None
    account = actions.ensure_account(by=None, person=second)
    assert account != first.account
    assert account.email is None
    assert actions.ensure_account(by=None, person=second) == account


def test_the_same_person_of_two_organisations_has_one_account(world: World) -> None:
    here = person(world.organisation, "Both")
    there = actions.add_person(by=None, organisation=world.elsewhere, name="Both", email=here.email.upper())
    assert actions.ensure_account(by=None, person=there) == here.account
