"""An address of one's own choice, and letters that get old."""

from datetime import timedelta

import pytest
from freezegun import freeze_time

from handrail.capabilities.accounts import actions
from handrail.capabilities.accounts.models import Account, Letter, OneTimeLink
from handrail.foundation import clock
from handrail.foundation.access.refusal import Refused
from handrail.foundation.audit.models import Event
from handrail.foundation.mail.models import OutboxMessage

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


def test_the_old_address_is_told_and_codes_go_to_the_new_one() -> None:
    account = Account.objects.create_account(name="Ann", email="ann@work.example")
    actions.change_address(by=account, email=" Ann@Home.example ")
    account.refresh_from_db()
    assert account.email == "ann@home.example"
    assert "ann@work.example" in set(OutboxMessage.objects.values_list("to_address", flat=True))
    assert Event.objects.get(what="account.address_changed").by == account


def test_an_address_of_somebody_else_is_refused_without_saying_whose_it_is() -> None:
    Account.objects.create_account(name="Bo", email="bo@x.example")
    account = Account.objects.create_account(name="Ann", email="ann@x.example")
    with pytest.raises(Refused, match="cannot be used here"):
        actions.change_address(by=account, email="BO@x.example")
    account.refresh_from_db()
    assert account.email == "ann@x.example"
    assert not OutboxMessage.objects.exists()
    actions.change_address(by=account, email="ann@x.example")  # one's own again is no fault


def test_an_unknown_code_a_used_one_and_one_replaced_by_a_newer_are_refused() -> None:
    by = Account.objects.create_account(name="Cora")
    account = Account.objects.create_account(name="No Address")
    replaced = actions.make_letter(by=by, account=account)
    code = actions.make_letter(by=by, account=account)
    for wrong, words in (("AAAA-AAAA", "do not know this code"), (replaced, "do not know this code")):
        with pytest.raises(Refused, match=words):
            actions.use_letter(code=wrong)
    assert actions.use_letter(code=code) == account
    with pytest.raises(Refused, match="works once"):
        actions.use_letter(code=code)


def test_letters_and_links_are_forgotten_when_they_are_old() -> None:
    by = Account.objects.create_account(name="Cora")
    actions.make_letter(by=by, account=by)
    actions.make_first_administrator_link()
    ages = [timedelta(days=2), actions.LETTER_LASTS * 2 + timedelta(hours=1)]
    kept = []
    for age in ages:
        with freeze_time(clock.now() + age):
            actions.forget_old_letters()
            kept.append((Letter.objects.count(), OneTimeLink.objects.count()))
    assert kept == [(1, 0), (0, 0)]
