"""A coordinator says whom somebody reports to, on a page."""

import pytest
from django.urls import reverse

from handrail.capabilities.people import actions
from handrail.capabilities.people.lines.rules import can_report_to, check_can_report_to
from handrail.capabilities.people.models import Person
from handrail.foundation.access.refusal import Refused
from handrail.foundation.audit.models import Event
from tests.factories.world import World, build_world
from tests.integration.page_forms import form_with
from tests.pages import check_page

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow, pytest.mark.postgres]


@pytest.fixture
def world() -> World:
    return build_world()


def say(world: World, person: Person, manager: str, search: str = "") -> str:
    """Through the page, after a search; what it answers, or where it leads."""
    browser = world.client_of("coordinator")
    address = reverse("person_line", args=[person.pk]) + (f"?q={search}" if search else "")
    page = browser.get(address)
    check_page(page)
    form_with(page, "manager")
    answer = browser.post(address, {"manager": manager})
    person.refresh_from_db()
    return str(answer.headers.get("Location") or answer.content.decode())


def test_a_manager_is_searched_for_and_said(world: World) -> None:
    person = actions.add_person(by=None, organisation=world.organisation, name="Amy")
    shown = world.client_of("coordinator").get(reverse("person", args=[person.pk])).content.decode()
    assert reverse("person_line", args=[person.pk]) in shown
    top = Person.objects.get(name="Top")
    assert say(world, person, str(top.pk), search="top") == reverse("person", args=[person.pk])
    assert (person.manager, person.line) == (top, Person.Line.KNOWN)
    event = Event.objects.get(what="person.line_set")
    assert (event.by, event.subject_id) == (world.account("coordinator"), str(person.pk))


@pytest.mark.parametrize(("said", "line"), [("nobody", "known"), ("unknown", "unknown")])
def test_nobody_and_not_known_are_two_things(world: World, said: str, line: str) -> None:
    person = world.persons["leader"]
    assert person.manager is not None
    say(world, person, said)
    assert (person.manager, person.line) == (None, line)
    page = world.client_of("coordinator").get(reverse("person_line", args=[person.pk]))
    assert form_with(page, "manager").fields["manager"] == said


def test_a_circle_is_refused_kindly_and_nothing_changes(world: World) -> None:
    top = Person.objects.get(name="Top")
    answer = say(world, top, str(world.persons["leader"].pk), search="leader")
    assert "Leader reports to Top, straight or through others, so the line would go round in a circle." in answer
    assert (top.manager, top.line) == (None, Person.Line.KNOWN)
    assert not Event.objects.filter(what="person.line_set").exists()


@pytest.mark.parametrize("made_up", ["", "999999", "x"])
def test_only_somebody_found_can_be_said(world: World, made_up: str) -> None:
    person = world.persons["leader"]
    before = person.manager
    assert "Error: " in say(world, person, made_up)
    assert person.manager == before


def test_the_rule_by_itself() -> None:
    me, other = Person(pk=1, organisation_id=7), Person(pk=2, organisation_id=7)
    assert can_report_to(me, other, above_manager={3})
    for manager, above, said in (
        (me, set[int](), "Nobody reports to themselves"),
        (other, {1}, "go round in a circle"),
        (Person(pk=3, organisation_id=8), set[int](), "another organisation"),
        (Person(pk=3, organisation_id=7, left_on="2026-01-01"), set[int](), "has left"),
    ):
        assert not can_report_to(me, manager, above_manager=above)
        with pytest.raises(Refused, match=said):
            check_can_report_to(me, manager, above_manager=above)
