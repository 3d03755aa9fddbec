"""The audit trail speaks in sentences, and has words for everything that the program records."""

import ast
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from handrail.capabilities.accounts.models import Account
from handrail.capabilities.installation.trail.presenters import ROLES, SENTENCES, SENTENCES_OF_NOBODY
from handrail.capabilities.installation.trail.queries import MOST_FOUND
from handrail.capabilities.pairings.models import Session
from handrail.capabilities.people.models import Role
from handrail.foundation.audit.actions import record
from handrail.foundation.audit.models import Event
from tests.factories.world import World, build_world
from tests.pages import check_page

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow, pytest.mark.postgres]
PACKAGE = Path(__file__).resolve().parents[2] / "handrail"
STATES = {"pairing": ["agreed", "paused"], "session": ["held", "missed"]}  # what `f"….{state}"` may become


def kinds_recorded(tree: ast.AST) -> Iterator[str]:
    """Every `what` that is handed to `record`, to a `_record` beside it, or to an alias of it."""
    for call in ast.walk(tree):
        name = getattr(call.func, "id", getattr(call.func, "attr", "")) if isinstance(call, ast.Call) else ""
        if isinstance(call, ast.Call) and name in ("record", "_record", "record_event", "record_of"):
            given = [keyword.value for keyword in call.keywords if keyword.arg == "what"] or call.args[1:2]
            for value in given:
                yield from kinds_in(value)


def kinds_in(value: ast.expr) -> Iterator[str]:
    if isinstance(value, ast.Constant):
        yield str(value.value)
    elif isinstance(value, ast.IfExp):
        yield from (*kinds_in(value.body), *kinds_in(value.orelse))
    elif isinstance(value, ast.JoinedStr):
        beginning = value.values[0]
        assert isinstance(beginning, ast.Constant), ast.unparse(value)
        subject = str(beginning.value).rstrip(".")
        yield from (f"{subject}.{state}" for state in STATES[subject])
    else:  # handed through by a `_record` of its own, whose callers are read too
        assert ast.unparse(value) == "what", f"say the kind where it is recorded: {ast.unparse(value)}"


@cache
def every_kind() -> set[str]:
    return {
        kind
        for path in sorted(PACKAGE.rglob("*.py"))
        if "engines" not in path.parts and "formats" not in path.parts
        for kind in kinds_recorded(ast.parse(path.read_text()))
    }


def test_every_kind_that_is_recorded_has_its_words() -> None:
    assert len(every_kind()) > 30
    assert every_kind() - set(SENTENCES) == set()


def test_no_words_are_kept_for_what_nobody_records() -> None:
    assert set(SENTENCES) - every_kind() == set()
    assert set(SENTENCES_OF_NOBODY) <= set(SENTENCES)


def test_every_role_has_its_word() -> None:
    assert set(ROLES) == set(Role.Name.values)


@pytest.fixture
def world() -> World:
    return build_world()


def trail(world: World, words: str = "") -> str:
    response = world.client_of("administrator").get(reverse("audit_trail"), {"q": words})
    assert response.status_code == 200
    check_page(response)
    return response.content.decode()


def test_an_event_says_who_did_what_to_whom(world: World) -> None:
    Event.objects.all().delete()
    leader, mentor = world.pairing.leader, world.pairing.mentor
    by = world.account("coordinator")
    record(by=by, what="pairing.asked", subject=world.pairing)
    record(by=by, what="role.given", subject=leader, detail={"role": "sponsor"})
    record(by=None, what="pairing.ended", subject=world.pairing)
    record(by=None, what="session.cancelled", subject=world.session)
    record(by=leader.account, what="session.moved", subject=world.session)
    text = trail(world)
    assert f"{by.name} asked {leader.name} and {mentor.name} to work together." in text
    assert f"{by.name} gave {leader.name} the role of sponsor." in text
    assert f"The pairing of {leader.name} and {mentor.name} ended." in text
    assert f"A session of {leader.name} and {mentor.name} was called off." in text
    assert f"{leader.name} moved a session of {leader.name} and {mentor.name} to another time." in text
    assert "pairing.asked" not in text


def test_a_no_names_nobody_and_no_name_finds_it(world: World) -> None:
    Event.objects.all().delete()
    record(by=None, what="pairing.not_taken_up", subject=world.pairing)
    text = trail(world)
    assert "A question to two people was not taken up." in text
    assert world.pairing.leader.name not in text
    assert "Nothing of the kind" in trail(world, world.pairing.leader.name)


def test_what_is_gone_is_said_without_a_name(world: World) -> None:
    Event.objects.all().delete()
    gone = Account.objects.create_account(name="Gone Tomorrow")
    record(by=gone, what="letter.used")
    record(by=world.account("coordinator"), what="person.left", subject=gone)
    Event.objects.filter(what="person.left").update(subject_type="people.Person", subject_id="999999999")
    record(by=None, what="from.the.future")
    gone.delete()
    text = trail(world)
    assert "Handrail itself, or somebody who is no longer here, signed in with the code of a letter." in text
    assert "noted that somebody who is no longer here has left." in text
    assert "no words for: from.the.future" in text
    assert "Gone Tomorrow" not in text


def test_a_search_finds_words_and_people(world: World) -> None:
    Event.objects.all().delete()
    leader, by = world.pairing.leader, world.account("coordinator")
    record(by=by, what="letter.used")
    record(by=by, what="person.added", subject=leader)
    record(by=None, what="session.held", subject=world.session)
    record(by=world.account("sponsor"), what="account.changed")
    assert trail(world, "letter").count("<dt") == 1
    by_name = trail(world, leader.name)
    assert "to the list of people" in by_name
    assert "took place" in by_name
    assert "time zone" not in by_name
    assert "took place" not in trail(world, f"{leader.name} added")
    assert "Nothing of the kind" in trail(world, "letter role")
    assert "Nothing of the kind" in trail(world, "x\x00%' --")


def test_a_page_of_every_sort_of_subject_keeps_to_its_budget(world: World, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    people = [world.pairing.leader, world.pairing.leader.organisation, world.pairing, world.session]
    for subject in [*people, world.pairing.scheme]:
        record(by=world.account("coordinator"), what="person.added", subject=subject)
    Event.objects.filter(what="letter.made").update(at=timezone.now() - timedelta(minutes=1))
    client = world.client_of("administrator")
    with django_assert_max_num_queries(12):
        assert client.get(reverse("audit_trail"), {"q": world.pairing.leader.name}).status_code == 200
    with django_assert_max_num_queries(12):
        assert client.get(reverse("audit_trail")).status_code == 200


def test_it_is_the_administrators(client: Client, world: World) -> None:
    assert client.get(reverse("audit_trail")).status_code == 302
    assert world.client_of("coordinator").get(reverse("audit_trail")).status_code == 403
    assert Session.objects.exists()


def test_a_search_that_finds_more_than_is_listed_says_so() -> None:
    world = build_world()
    coordinator, more = world.account("coordinator"), "There is more than is listed here."
    browser = world.client_of("administrator")
    page = browser.get(reverse("audit_trail"), {"q": coordinator.name}).content.decode()
    assert more not in page
    Event.objects.bulk_create(
        Event(at=timezone.now(), by=coordinator, what="letter.made", organisation_id=world.organisation.pk)
        for _ in range(MOST_FOUND)
    )
    for number in (1, 2, 999):
        page = browser.get(reverse("audit_trail"), {"q": coordinator.name, "page": number}).content.decode()
        assert more in page
        assert "printed a letter" in page
