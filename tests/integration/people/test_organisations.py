"""Opening an organisation: its first coordinator gets in by mail or by letter, and nobody sees across."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from handrail.capabilities.people import actions
from handrail.capabilities.people.models import Organisation, Person, Role
from handrail.foundation.access.refusal import Refused
from handrail.foundation.mail.models import OutboxMessage
from tests.factories.world import World, build_world
from tests.integration.page_forms import form_with

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]
TYPED = {"name": "Third", "coordinator_name": "Cora Third", "coordinator_email": "cora@third.example"}


@pytest.fixture
def world() -> World:
    cache.clear()
    return build_world()


def test_an_administrator_opens_one_and_its_coordinator_is_told(world: World) -> None:
    client = world.client_of("administrator")
    answer = form_with(client.get(reverse("organisation_add")), "coordinator_email").send(client, **TYPED)
    coordinator = Person.objects.get(name="Cora Third")
    assert answer["Location"] == reverse("coordinator_letter", args=[coordinator.pk])
    assert coordinator.organisation.name == "Third"
    assert set(coordinator.roles.values_list("name", flat=True)) == {Role.Name.COORDINATOR}
    message = OutboxMessage.objects.get(to_address="cora@third.example")
    assert message.organisation_id == coordinator.organisation_id
    listed = client.get(reverse("organisations")).content.decode()
    assert "Third" in listed
    assert f'<a href="{reverse("coordinator_letter", args=[coordinator.pk])}">Cora Third</a>' in listed


def test_the_same_form_twice_opens_one(world: World) -> None:
    client = world.client_of("administrator")
    form = form_with(client.get(reverse("organisation_add")), "coordinator_email")
    first, second = form.send(client, **TYPED), form.send(client, **TYPED)
    assert first["Location"] == second["Location"]
    assert Organisation.objects.filter(name="Third").count() == 1
    assert OutboxMessage.objects.filter(to_address="cora@third.example").count() == 1


def test_what_is_missing_is_asked_for_and_nothing_is_made(world: World) -> None:
    client = world.client_of("administrator")
    form = form_with(client.get(reverse("organisation_add")), "coordinator_email")
    answer = form.send(client, **{**TYPED, "coordinator_email": "no address"})
    assert answer.status_code == 200
    assert "govuk-error-summary" in answer.content.decode()
    assert not Organisation.objects.filter(name="Third").exists()


def test_a_letter_for_a_coordinator_and_for_nobody_else(world: World) -> None:
    client, foreign = world.client_of("administrator"), world.persons["foreign_coordinator"]
    page = client.get(reverse("coordinator_letter", args=[foreign.pk]))
    assert "Letter for Foreign" in page.content.decode()
    assert "Letter for Foreign" in form_with(page, "once").send(client).content.decode()
    assert client.get(reverse("coordinator_letter", args=[world.persons["leader"].pk])).status_code == 404


@pytest.mark.parametrize("role", ["coordinator", "sponsor", "leader", "foreign_coordinator"])
def test_only_administrators_see_the_organisations(world: World, role: str) -> None:
    client = world.client_of(role)
    assert client.get(reverse("organisations")).status_code == 403
    assert client.post(reverse("organisation_add"), TYPED).status_code == 403
    assert not Organisation.objects.filter(name="Third").exists()


def test_nobody_is_listed_twice_under_one_address(world: World) -> None:
    once = actions.add_person(by=None, organisation=world.organisation, name="Once", email="Once@Example.org ")
    assert once.email == "once@example.org"
    with pytest.raises(Refused, match="has this address already"):
        actions.add_person(by=None, organisation=world.organisation, name="Twice", email="ONCE@example.org")
    assert actions.add_person(by=None, organisation=world.elsewhere, name="There", email="once@example.org").pk
    once.left_on = once.created_at.date()
    once.save()
    assert actions.add_person(by=None, organisation=world.organisation, name="Later", email="once@example.org").pk


def test_a_coordinator_is_told_at_the_page_that_somebody_is_there_already(world: World) -> None:
    client = world.client_of("coordinator")
    form = form_with(client.get(reverse("person_add")), "name")
    answer = form.send(client, name="Leader again", email=world.persons["leader"].email)
    assert "has this address already" in answer.content.decode()
    assert not Person.objects.filter(name="Leader again").exists()
