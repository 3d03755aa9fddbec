"""The demo's planted truths: the screens tell a true effect from a true nothing."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from handrail.capabilities.people.models import Person
from handrail.demo.hospitals import STRONG, Hospitals
from tests.pages import check_page

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow, pytest.mark.lengthy]


@pytest.fixture
def made(filled: tuple[Hospitals, Path], settings: Any) -> Hospitals:
    settings.DEMO, settings.DATA_DIR = True, filled[1]
    return filled[0]


def client_of(person: Person) -> Client:
    client = Client()
    person.refresh_from_db()
    assert person.account is not None
    client.force_login(person.account, backend="handrail.capabilities.accounts.backends.AccountBackend")
    return client


@pytest.mark.parametrize(("lift", "verdict"), [(STRONG, "A rise we can stand behind"), (0.0, "No sign of change")])
def test_a_leader_sees_what_was_planted(made: Hospitals, lift: float, verdict: str) -> None:
    page = client_of(made.one_with(lift)).get(reverse("own_impact"))
    check_page(page)
    text = page.content.decode()
    assert verdict in text
