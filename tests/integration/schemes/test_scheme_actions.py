"""Starting, changing and widening a scheme; each is noted for every organisation concerned."""

import pytest

from handrail.capabilities.accounts.models import Account
from handrail.capabilities.people.models import Organisation
from handrail.capabilities.schemes import actions
from handrail.capabilities.schemes.queries import organisations_in
from handrail.foundation.audit.models import Event

pytestmark = pytest.mark.django_db


def test_pairing_by_hand_starts_one_plain_scheme_and_then_uses_it() -> None:
    by, here = Account.objects.create_account(name="Cora"), Organisation.objects.create(name="Here")
    started = actions.scheme_to_pair_in(by=by, organisation=here)
    assert started.name == "Mentoring at Here"
    assert actions.scheme_to_pair_in(by=by, organisation=here) == started
    assert Event.objects.get(what="scheme.started").by == by


def test_a_scheme_spans_exactly_the_organisations_said_and_each_is_told() -> None:
    by = Account.objects.create_account(name="Ada", is_administrator=True)
    here, there, third = (Organisation.objects.create(name=name) for name in ("Here", "There", "Third"))
    scheme = actions.start_scheme(by=by, organisation=here, name="Wide")
    actions.let_scheme_span(by=by, scheme=scheme, organisation_ids=[here.pk, there.pk, third.pk])
    assert set(organisations_in(scheme)) == {here.pk, there.pk, third.pk}
    told = Event.objects.filter(what="scheme.spans")
    assert {event.organisation_id for event in told} == {here.pk, there.pk, third.pk}
    actions.let_scheme_span(by=by, scheme=scheme, organisation_ids=[])
    assert set(organisations_in(scheme)) == {here.pk}
