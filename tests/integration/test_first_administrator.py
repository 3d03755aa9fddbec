"""The one-time link of an empty installation."""

from datetime import timedelta

import pytest
from django.test import Client
from freezegun import freeze_time

from handrail.capabilities.accounts.actions import make_first_administrator_link
from handrail.capabilities.accounts.models import Account, OneTimeLink
from handrail.capabilities.accounts.queries import is_anybody_here

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]
ADA = {"name": "Ada", "email": "Ada@example.org"}


def path_of(link: str) -> str:
    return link.removeprefix("http://localhost:8000")


def test_opening_the_link_changes_nothing_and_the_form_uses_it_up(client: Client) -> None:
    link = make_first_administrator_link()
    assert link.split("/")[-2] not in str(list(OneTimeLink.objects.values())), "only a digest of it is kept"
    for _ in range(2):
        assert client.get(path_of(link)).status_code == 200
    assert not is_anybody_here()
    assert client.post(path_of(link), ADA).status_code == 302
    account = Account.objects.get()
    assert (account.name, account.email, account.is_administrator) == ("Ada", "ada@example.org", True)
    assert client.session["_auth_user_id"] == str(account.pk)


def test_the_link_works_once(client: Client) -> None:
    link = make_first_administrator_link()
    client.post(path_of(link), ADA)
    response = Client().post(path_of(link), {"name": "Eve", "email": ""})
    assert "has been used" in response.content.decode()
    assert Account.objects.count() == 1


def test_a_newer_link_ends_the_older_and_a_day_ends_both(client: Client) -> None:
    with freeze_time("2026-01-05 10:00:00") as frozen:
        older, newer = make_first_administrator_link(), make_first_administrator_link()
        assert "a newer one took its place" in client.post(path_of(older), ADA).content.decode()
        frozen.tick(timedelta(hours=25))
        assert "too old" in client.post(path_of(newer), ADA).content.decode()
    assert not is_anybody_here()


def test_the_link_is_nothing_once_somebody_is_here(client: Client) -> None:
    link = make_first_administrator_link()
    Account.objects.create_account(name="Lee")
    client.post(path_of(link), ADA)
    assert not Account.objects.filter(is_administrator=True).exists()


def test_an_invented_link_is_nothing(client: Client) -> None:
    assert "has been used" in client.post("/account/first/invented/", ADA).content.decode()
