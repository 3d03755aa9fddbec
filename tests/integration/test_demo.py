"""The invented organisation: filled by the program's own actions, once, and closed to production."""

from typing import Any

import pytest
from django.test import Client

from handrail.capabilities.pairings.models import Note, Pairing, Session
from handrail.capabilities.pairings.rules import standing
from handrail.capabilities.people.models import Organisation, Person
from handrail.demo import generate, people, roles

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]


@pytest.fixture
def demo(settings: Any) -> Organisation:
    settings.DEMO = True
    return generate.fill()


def test_it_is_lively_and_made_once(demo: Organisation) -> None:
    assert generate.fill() == demo
    assert Person.objects.count() == len(people.PEOPLE)
    assert {standing(pairing).value for pairing in Pairing.objects.all()} == {
        *("proposed", "asked", "agreed_by_one", "agreed", "met", "paused", "changing", "not_taken_up", "ended")
    }
    assert Session.objects.exists()
    assert Note.objects.count() == len(people.NOTES)


@pytest.mark.parametrize("role", roles.NAMES)
def test_one_tap_signs_in_as_each_role(demo: Organisation, role: str) -> None:
    client = Client()
    assert client.get(f"/demo/{role}/").status_code == 405, "opening a link signs nobody in"
    answer = client.post(f"/demo/{role}/", follow=True)
    assert answer.status_code == 200
    assert roles.NAMES[role] in answer.content.decode()


def test_demo_vaults_open_themselves(demo: Organisation) -> None:
    client = Client()
    client.post("/demo/leader/")
    pairing = Pairing.objects.get(leader__name=people.LEADER)
    page = client.get(f"/pairings/{pairing.pk}/notes/")
    assert "fax number" in page.content.decode()
    assert b"fax" not in b"".join(bytes(note.text) for note in Note.objects.all())


def test_production_has_no_such_door(demo: Organisation, settings: Any) -> None:
    settings.DEMO = False
    client = Client()
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/leader/").status_code == 404
