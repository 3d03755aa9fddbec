"""The invented organisation: filled by the program's own actions, once, and closed to production."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from handrail.capabilities.pairings.models import Note, Pairing, Session
from handrail.capabilities.pairings.rules import standing
from handrail.capabilities.participation.models import ExportLoad, Wave
from handrail.capabilities.people.models import Organisation, Person
from handrail.commands.main import main
from handrail.demo import conversations, generate, people, roles

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]


@pytest.fixture(scope="module")
def filled(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Organisation]:
    """Once for all of these: what a test does to it is taken back."""
    with django_db_blocker.unblock(), transaction.atomic(), transaction.atomic(using="keystore"):
        with override_settings(DEMO=True):
            made = generate.fill()
        yield made
        for using in ("default", "keystore"):
            transaction.set_rollback(True, using=using)


@pytest.fixture
def demo(filled: Organisation, settings: Any) -> Organisation:
    settings.DEMO = True
    return filled


def test_it_is_lively_and_made_once(demo: Organisation) -> None:
    assert generate.fill() == demo
    assert Person.objects.filter(organisation=demo).count() == len(people.PEOPLE)
    assert {standing(pairing).value for pairing in Pairing.objects.all()} == {
        *("proposed", "asked", "agreed", "met", "paused", "changing", "not_taken_up", "ended")
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


def test_a_year_of_conversations_is_read_as_a_real_export_would_be(
    demo: Organisation,
    settings: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings.DATA_DIR, settings.STATIC_ROOT = tmp_path, tmp_path / "static"
    conversations.fill(demo)
    monkeypatch.setattr("os.environ", os.environ | {"HANDRAIL_DATA_DIR": str(tmp_path)})
    os.environ.pop("HANDRAIL_SECRET_KEY")
    assert main(["demo", "--port", "8123"]) == 0, "filled once, and found again by the command"
    said = capsys.readouterr().err
    assert "/demo/ and tap a role" in said
    assert roles.NAMES["leader"] in said
    assert os.environ["HANDRAIL_SECRET_KEY"] == (tmp_path / "secret").read_text()
    assert (os.environ["HANDRAIL_MODE"], os.environ["PORT"]) == ("demo", "8123")
    assert ExportLoad.objects.get(organisation=demo).state == ExportLoad.State.DONE
    leader, sponsor = Client(), Client()
    leader.post("/demo/leader/")
    sponsor.post("/demo/sponsor/")
    own = leader.get(reverse("conversations")).content.decode()
    assert "answers came back to you" in own
    latest = Wave.objects.filter(organisation=demo).latest("starts_on")
    assert "How many of them" in sponsor.get(reverse("release", args=[latest.pk])).content.decode()


def test_production_has_no_such_door(demo: Organisation, settings: Any) -> None:
    settings.DEMO = False
    client = Client()
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/leader/").status_code == 404
