"""The same press twice does the thing once, and both presses get the same answer."""

import threading
from collections.abc import Callable
from typing import Any
from unittest import mock

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from handrail.capabilities.people import actions as people
from handrail.capabilities.people.models import Organisation, Person, Role
from handrail.foundation.idempotency.models import HandledForm
from handrail.foundation.mail.models import OutboxMessage
from tests.integration.page_forms import PageForm, form_with

BOTH = ["default", "keystore"]
pytestmark = [pytest.mark.django_db(databases=BOTH), pytest.mark.slow]
ADD = "person_add"
BACKEND = "handrail.capabilities.accounts.backends.AccountBackend"


@pytest.fixture
def organisation(db: None) -> Organisation:
    return people.create_organisation(by=None, name="Here")


@pytest.fixture
def coordinator(organisation: Organisation) -> Callable[[str], Client]:
    def make(name: str) -> Client:
        person = people.add_person(by=None, organisation=organisation, name=name, email=f"{name}@example.org")
        people.give_role(by=None, person=person, role=Role.Name.COORDINATOR)
        client = Client(raise_request_exception=False)
        assert person.account is not None
        client.force_login(person.account, backend=BACKEND)
        return client

    return make


def form_of(client: Client) -> PageForm:
    return form_with(client.get(reverse(ADD)), "name")


def named(name: str) -> int:
    return Person.objects.filter(name=name).count()


def test_the_same_form_twice_does_it_once_and_answers_alike(coordinator: Callable[[str], Client]) -> None:
    client = coordinator("kim")
    form = form_of(client)
    first, second = (form.send(client, name="Ada") for _press in range(2))
    assert named("Ada") == 1
    assert (first.status_code, first.headers["Location"]) == (second.status_code, second.headers["Location"])
    form_of(client).send(client, name="Ben")
    assert named("Ben") == 1, "a fresh page is another wish"


def test_messages_of_a_repeated_form_go_out_once(coordinator: Callable[[str], Client]) -> None:
    client = coordinator("kim")
    leader, mentor = Person.objects.get(name="kim"), None
    mentor = people.add_person(by=None, organisation=leader.organisation, name="Mo", email="mo@example.org")
    page = client.get(reverse("pairing_ask", args=[leader.pk, mentor.pk]))
    form = form_with(page, "words")
    for _press in range(3):
        assert form.send(client, reason_to_go_on="They chose it").status_code == 302
    assert OutboxMessage.objects.filter(kind="asked").count() == 2, "one to each"


def test_a_form_with_an_error_may_be_sent_again(coordinator: Callable[[str], Client]) -> None:
    client = coordinator("kim")
    form = form_of(client)
    assert form.send(client, name="").status_code == 200
    assert HandledForm.objects.count() == 0
    assert form.send(client, name="Ada").status_code == 302
    assert named("Ada") == 1


def test_a_form_that_met_a_fault_may_be_sent_again(coordinator: Callable[[str], Client]) -> None:
    """The fault takes back the key together with what was half done."""
    client = coordinator("kim")
    form = form_of(client)
    with mock.patch("handrail.capabilities.people.actions.record", side_effect=RuntimeError):
        assert form.send(client, name="Ada").status_code == 500
    assert (named("Ada"), HandledForm.objects.count()) == (0, 0)
    assert form.send(client, name="Ada").status_code == 302
    assert named("Ada") == 1


def test_the_key_of_one_never_matches_that_of_another(coordinator: Callable[[str], Client]) -> None:
    kim, lee = coordinator("kim"), coordinator("lee")
    key = form_of(kim).fields["once"]
    assert form_of(kim).send(kim, name="Ada", once=key).status_code == 302
    assert form_of(lee).send(lee, name="Bo", once=key).status_code == 302
    assert (named("Ada"), named("Bo")) == (1, 1)


def test_a_key_counts_for_its_own_page_only(coordinator: Callable[[str], Client]) -> None:
    client = coordinator("kim")
    key = form_of(client).fields["once"]
    form_of(client).send(client, name="Ada", once=key)
    other = form_with(client.get(reverse("account_details")), "time_zone").send(client, name="Kim D.", once=key)
    assert other.headers["Location"] == reverse("account")
    assert Person.objects.get(name="kim").account.name == "Kim D."  # type: ignore[union-attr]


@pytest.mark.parametrize("key", ["", "x" * 65, "é", "a\x00b", "a\nb", "☂" * 10])
def test_a_key_that_is_none_is_left_aside(coordinator: Callable[[str], Client], key: str) -> None:
    client = coordinator("kim")
    for name in ("Ada", "Ben"):
        assert form_of(client).send(client, name=name, once=key).status_code == 302
        assert named(name) == 1
    assert HandledForm.objects.count() == 0


def test_what_is_kept_of_a_form_names_nobody(coordinator: Callable[[str], Client]) -> None:
    client = coordinator("kim")
    form = form_of(client)
    form.send(client, name="Ada")
    row = HandledForm.objects.get()
    assert form.fields["once"] not in str(vars(row))
    assert len(row.digest) == 64


def shares_one_memory() -> bool:
    """SQLite in memory gives threads one cache, which does not wait for a lock as files do."""
    return connection.vendor == "sqlite" and connection.is_in_memory_db()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True, databases=BOTH)
@pytest.mark.parametrize("presses", [2, 5])
def test_presses_at_the_same_moment_do_it_once(coordinator: Callable[[str], Client], presses: int) -> None:
    if shares_one_memory():
        pytest.skip("needs a database that bears threads: held on PostgreSQL, and on files by the kill drill")
    client = coordinator("kim")
    form = form_of(client)
    together, answers = threading.Barrier(presses), []

    def press() -> None:
        browser = Client(raise_request_exception=False)
        browser.cookies = client.cookies.copy()
        together.wait()
        response: Any = form.send(browser, name="Ada")
        answers.append((response.status_code, response.headers.get("Location")))
        connections.close_all()

    threads = [threading.Thread(target=press) for _press in range(presses)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert named("Ada") == 1
    assert answers == [(302, reverse("person", args=[Person.objects.get(name="Ada").pk]))] * presses
