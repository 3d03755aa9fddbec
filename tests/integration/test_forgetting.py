"""What the lifecycle declarations say is kept so long, and no longer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from handrail.capabilities.accounts import actions as accounts
from handrail.capabilities.accounts.models import Account, Letter
from handrail.capabilities.pairings import actions as pairings
from handrail.capabilities.pairings.models import Pairing, Session
from handrail.capabilities.people import actions as people
from handrail.capabilities.people.models import Person
from tests.factories.world import World, build_world

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]


@pytest.fixture
def world() -> World:
    return build_world()


def test_old_letters_go_and_good_ones_stay(world: World) -> None:
    accounts.make_letter(by=world.account("coordinator"), account=world.account("leader"))
    accounts.forget_old_letters()
    assert Letter.objects.count() == 1
    Letter.objects.update(expires_at=timezone.now() - timedelta(days=31))
    accounts.forget_old_letters()
    assert Letter.objects.count() == 0


def test_who_left_a_year_ago_is_forgotten_with_the_account(world: World) -> None:
    leader = world.persons["leader"]
    today = timezone.localdate()
    Person.objects.filter(pk=leader.pk).update(left_on=today - timedelta(days=300))
    assert people.forget_who_left() == 0
    Person.objects.filter(pk=leader.pk).update(left_on=today - timedelta(days=366))
    assert people.forget_who_left() == 1
    assert not Account.objects.filter(pk=leader.account_id).exists()
    assert not Pairing.objects.exists()


def test_an_account_in_another_organisation_stays(world: World) -> None:
    leader = world.persons["leader"]
    there = people.add_person(by=None, organisation=world.elsewhere, name="Leader", email=leader.email)
    people.ensure_account(by=None, person=there)
    Person.objects.filter(pk=leader.pk).update(left_on=timezone.localdate() - timedelta(days=366))
    people.forget_who_left()
    assert Account.objects.filter(pk=leader.account_id).exists()


def test_a_pairing_closed_two_years_ago_is_forgotten(world: World) -> None:
    pairings.change_pairing(by=world.account("leader"), pairing=world.pairing, state=Pairing.State.ENDED)
    assert pairings.forget_closed_pairings() == 0
    Pairing.objects.update(closed_at=timezone.now() - timedelta(days=731))
    assert pairings.forget_closed_pairings() == 1
    assert not Session.objects.exists()
