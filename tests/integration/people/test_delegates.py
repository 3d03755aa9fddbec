"""Who may arrange somebody's times: named by themselves, of their own organisation, and ended at any time."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from handrail.capabilities.people import actions, rules
from handrail.capabilities.people.models import Delegate
from handrail.foundation.access.refusal import Refused
from handrail.foundation.audit.models import Event
from tests.factories.world import World, build_world
from tests.integration.page_forms import form_with

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]


@pytest.fixture
def world() -> World:
    cache.clear()
    return build_world()


def test_somebody_searched_for_is_named_on_a_page_that_asks_once_more_and_ended(world: World) -> None:
    client, outsider = world.client_of("leader"), world.persons["outsider"]
    assert "Outsider" not in client.get(reverse("delegates")).content.decode()
    found = client.get(reverse("delegates"), {"q": "outsi"}).content.decode()
    assert reverse("delegate_name", args=[outsider.pk]) in found
    asked = client.get(reverse("delegate_name", args=[outsider.pk]))
    assert "Let Outsider arrange your times?" in asked.content.decode()
    form_with(asked, "once").send(client)
    delegate = Delegate.objects.get()
    assert (delegate.person, delegate.delegate) == (world.persons["leader"], outsider)
    listed = client.get(reverse("delegates"))
    assert "Outsider" in listed.content.decode()
    client.post(reverse("delegate_end", args=[delegate.pk]))
    assert not Delegate.objects.exists()
    noted = Event.objects.filter(what__startswith="delegate.").order_by("pk")
    assert [event.what for event in noted] == ["delegate.named", "delegate.ended"]


def test_naming_twice_names_once(world: World) -> None:
    for _again in range(2):
        actions.name_delegate(
            by=world.account("leader"), person=world.persons["leader"], delegate=world.persons["outsider"]
        )
    assert Delegate.objects.count() == 1
    assert Event.objects.filter(what="delegate.named").count() == 1


def test_a_delegate_is_somebody_else_of_the_same_organisation(world: World) -> None:
    leader, foreign = world.persons["leader"], world.persons["foreign_coordinator"]
    assert rules.can_be_delegate(leader, world.persons["outsider"])
    for other, words in ((leader, "you arrange your own times already"), (foreign, "from your own organisation")):
        assert not rules.can_be_delegate(leader, other)
        with pytest.raises(Refused, match=words):
            actions.name_delegate(by=world.account("leader"), person=leader, delegate=other)
    assert not Delegate.objects.exists()


def test_the_page_refuses_oneself_kindly_and_knows_nobody_elsewhere(world: World) -> None:
    client = world.client_of("leader")
    answer = client.post(reverse("delegate_name", args=[world.persons["leader"].pk]), follow=True)
    assert "you arrange your own times already" in answer.content.decode()
    foreign = world.persons["foreign_coordinator"].pk
    assert client.get(reverse("delegate_name", args=[foreign])).status_code == 404
    assert not Delegate.objects.exists()


def test_only_the_person_concerned_ends_it(world: World) -> None:
    leader, outsider = world.persons["leader"], world.persons["outsider"]
    actions.name_delegate(by=world.account("leader"), person=leader, delegate=outsider)
    delegate = Delegate.objects.get()
    for role in ("outsider", "mentor", "coordinator"):
        assert world.client_of(role).post(reverse("delegate_end", args=[delegate.pk])).status_code == 404, role
    assert Delegate.objects.filter(pk=delegate.pk).exists()
