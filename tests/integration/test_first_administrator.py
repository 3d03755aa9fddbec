"""The one-time link of an empty installation."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from freezegun import freeze_time

from handrail.capabilities.accounts.actions import make_first_administrator_link
from handrail.capabilities.accounts.models import Account, OneTimeLink
from handrail.capabilities.accounts.queries import is_anybody_here
from tests.mail_set import MAIL_URL
from tests.nasty import WORST
from tests.pages import check_page

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]
MAIN = re.compile(r"<main.*</main>", re.S)
ADA = {"name": "Ada", "email": "Ada@example.org"}


def main_of(page: str) -> str:
    found = MAIN.search(page)
    assert found is not None
    return found[0]


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
    for answer in (client.get(path_of(link)), client.get("/account/first/anything/"), client.post(path_of(link), ADA)):
        assert answer.status_code == 410
        check_page(answer)
        text = answer.content.decode()
        assert "This link is no longer good" in text
        assert "Nobody uses this installation yet" not in text
        assert "<form" not in main_of(text)
        assert "handrail let-in" in text
    assert not Account.objects.filter(is_administrator=True).exists()


def test_an_invented_link_is_nothing(client: Client) -> None:
    assert "has been used" in client.post("/account/first/invented/", ADA).content.decode()


def test_what_is_missing_is_asked_for_once_and_nasty_names_are_borne(client: Client) -> None:
    path = path_of(make_first_administrator_link())
    answer = client.post(path, {"name": "", "email": "no address"})
    check_page(answer)
    assert answer.content.decode().count("govuk-error-summary__title") == 1
    for text in WORST:
        sent = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
        answer = client.post(path, {"name": "Ada", "email": sent + "@"})
        assert answer.status_code == 200
        check_page(answer)
    assert not is_anybody_here()


def test_without_mail_a_passkey_is_named_before_the_app(client: Client, settings: Any) -> None:
    path = path_of(make_first_administrator_link())
    warning = "A passkey lets you in again; an authenticator app alone does not."
    assert warning in client.get(path).content.decode()
    settings.MAIL_URL = MAIL_URL
    assert warning not in client.get(path).content.decode()
