"""A coordinator mends what the list says of somebody; the address they sign in with follows only where it may."""

import pytest
from django.urls import reverse

from handrail.capabilities.people import actions
from handrail.capabilities.people.models import Person
from handrail.foundation.audit.models import Event
from handrail.foundation.mail.models import OutboxMessage
from tests.factories.world import World, build_world
from tests.integration.page_forms import form_with
from tests.pages import check_page

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow, pytest.mark.postgres]


@pytest.fixture
def world() -> World:
    return build_world()


def correct(world: World, person: Person, **typed: str) -> str:
    """Through the page, as the coordinator; what it answers, or where it leads."""
    browser = world.client_of("coordinator")
    page = browser.get(reverse("person_correct", args=[person.pk]))
    check_page(page)
    answer = form_with(page, "job_title").send(browser, **typed)
    person.refresh_from_db()
    return str(answer.headers.get("Location") or answer.content.decode())


def added(world: World, **known: str) -> Person:
    return actions.add_person(by=None, organisation=world.organisation, **{"name": "Pryia Sha", **known})


def test_a_name_and_an_address_are_mended_and_that_is_recorded(world: World) -> None:
    person = added(world, email="priya.sha@example.org", unit="Care")
    led_to = correct(world, person, name="Priya Shah", email=" Priya.Shah@example.org ")
    assert led_to == reverse("person", args=[person.pk])
    assert (person.name, person.email, person.unit) == ("Priya Shah", "priya.shah@example.org", "Care")
    assert list(Person.objects.found_by("priya shah")) == [person]
    event = Event.objects.get(what="person.corrected")
    assert (event.by, event.subject_id, event.detail) == (world.account("coordinator"), str(person.pk), {})


def test_an_address_that_somebody_has_is_refused_with_their_name(world: World) -> None:
    person = added(world)
    taken = world.persons["mentor"].email or "mentor@example.org"
    Person.objects.filter(pk=world.persons["mentor"].pk).update(email=taken)
    answer = correct(world, person, name="Priya Shah", email=taken.upper())
    assert "Mentor has this address already." in answer
    assert 'value="Priya Shah"' in answer
    assert person.name == "Pryia Sha"
    with pytest.raises(Exception, match="Mentor has this address already"):
        added(world, email=taken)


@pytest.mark.parametrize("wrong", ["", "x" * 201, "   "])
def test_without_a_name_nothing_changes(world: World, wrong: str) -> None:
    person = added(world)
    assert "govuk-error-summary" in correct(world, person, name=wrong)
    assert person.name == "Pryia Sha"


def test_the_address_to_sign_in_with_follows_and_the_old_one_is_told(world: World) -> None:
    person = added(world, email="wrong@example.org")
    account = actions.ensure_account(by=None, person=person)
    correct(world, person, email="right@example.org")
    account.refresh_from_db()
    assert account.email == "right@example.org"
    assert OutboxMessage.objects.get(kind="account").to_address == "wrong@example.org"
    assert Event.objects.filter(what="account.address_corrected").count() == 1
    correct(world, person, email="")
    account.refresh_from_db()
    assert account.email is None


def test_an_address_of_their_own_and_one_used_elsewhere_stay_theirs(world: World) -> None:
    person = added(world, email="office@example.org")
    account = actions.ensure_account(by=None, person=person)
    account.email = "own@example.net"
    account.save()
    correct(world, person, email="other@example.org")
    account.refresh_from_db()
    assert account.email == "own@example.net"
    shared = added(world, name="In two places", email="both@example.org")
    held = actions.ensure_account(by=None, person=shared)
    Person.objects.create(organisation=world.elsewhere, name="In two places", account=held)
    correct(world, shared, email="new@example.org")
    held.refresh_from_db()
    assert (shared.email, held.email) == ("new@example.org", "both@example.org")


def test_an_address_of_another_account_is_refused_and_nothing_is_half_done(world: World) -> None:
    person = added(world, email="wrong@example.org")
    actions.ensure_account(by=None, person=person)
    foreign = world.account("foreign_coordinator").email
    assert foreign
    answer = correct(world, person, name="Priya Shah", email=foreign)
    assert "This address cannot be used here." in answer
    assert (person.name, person.email) == ("Pryia Sha", "wrong@example.org")


def test_nobody_else_may_and_elsewhere_is_not_found(world: World) -> None:
    address = reverse("person_correct", args=[world.persons["leader"].pk])
    assert world.client_of("foreign_coordinator").get(address).status_code == 404
    assert world.client_of("leader").get(address).status_code == 403


def test_a_second_person_of_one_name_is_asked_about_and_what_was_typed_stays(world: World) -> None:
    first = added(world, name="Sioned Pugh", job_title="Head of Care", unit="Care")
    browser = world.client_of("coordinator")
    typed = {"name": "sioned  PUGH", "email": "", "job_title": "Clerk", "unit": "Roads"}
    asked = browser.post(reverse("person_add"), typed)
    check_page(asked)
    page = asked.content.decode()
    assert "There is already Sioned Pugh, Head of Care, Care. Is it somebody else?" in page
    assert 'value="Clerk"' in page
    assert 'value="Roads"' in page
    assert not Person.objects.filter(job_title="Clerk").exists()
    answer = browser.post(reverse("person_add"), {**typed, "somebody_else": "on"}, follow=True)
    assert "was added." in answer.content.decode()
    second = Person.objects.get(job_title="Clerk")
    assert second.pk != first.pk
    page = browser.post(reverse("person_add"), {"name": "Sion Pugh"}, follow=True).content.decode()
    assert "Sion Pugh was added." in page, "nobody is called just so"
