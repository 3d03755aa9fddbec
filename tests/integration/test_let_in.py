"""`handrail let-in`: without mail an administrator who signed out gets in again, and by nothing less than before."""

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from django.urls import reverse
from freezegun import freeze_time

from handrail.capabilities.accounts.actions import let_administrator_in
from handrail.capabilities.accounts.models import Account, Letter
from handrail.commands import let_in
from handrail.commands.main import main
from handrail.foundation.access.refusal import Refused
from handrail.foundation.audit.models import Event
from handrail.foundation.mail.models import OutboxMessage

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]
CODE = re.compile(r"^ {4}([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})$", re.M)
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def no_mail_and_django_is_set_up(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MAIL_URL = ""
    monkeypatch.setattr(let_in, "set_up_django", lambda: None)


@pytest.fixture
def ada(db: None) -> Account:
    return Account.objects.create_account(name="Ada", email="ada@example.org", is_administrator=True)


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["let-in", *words]) == 0
    said = capsys.readouterr().out
    assert f"http://localhost:8000{reverse('letter_sign_in')}" in said
    found = CODE.search(said)
    assert found is not None, said
    return found[1]


def test_the_code_leads_to_the_second_proof_and_not_past_it(ada: Account, capsys: pytest.CaptureFixture[str]) -> None:
    TOTP.activate(ada, SECRET)
    RecoveryCodes.activate(ada)
    code, client = printed(capsys), Client()
    answer = client.post(reverse("letter_sign_in"), {"code": code})
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session, "the code alone is not enough"
    now = format_hotp_value(hotp_value(SECRET, next(iter(yield_hotp_counters_from_time()))))
    client.post(reverse("mfa_authenticate"), {"code": now})
    assert client.session["_auth_user_id"] == str(ada.pk)
    again = Client().post(reverse("letter_sign_in"), {"code": code})
    assert "This code has been used" in again.content.decode()


def test_it_lasts_a_day_and_a_newer_one_ends_it(ada: Account, capsys: pytest.CaptureFixture[str]) -> None:
    older, newer = printed(capsys, "Ada"), printed(capsys, "ada@example.org")
    assert "do not know this code" in Client().post(reverse("letter_sign_in"), {"code": older}).content.decode()
    with freeze_time(Letter.objects.get().made_at + timedelta(days=1)):
        assert "too old" in Client().post(reverse("letter_sign_in"), {"code": newer}).content.decode()


def test_it_is_in_the_trail_and_its_owner_is_told(ada: Account, capsys: pytest.CaptureFixture[str]) -> None:
    code, letter = printed(capsys), Letter.objects.get()
    event = Event.objects.get(what="letter.made_at_the_machine")
    assert (event.by, event.subject_id) == (None, str(letter.pk))
    message = OutboxMessage.objects.get(to_address="ada@example.org")
    assert message.subject == "A sign-in code was made for you at the machine"
    assert code not in message.text
    client = Client()
    client.force_login(ada, backend="handrail.capabilities.accounts.backends.AccountBackend")
    trail = client.get(reverse("audit_trail")).content.decode()
    assert "A code that lets Ada in was made at the machine itself." in trail


def test_who_is_meant_has_to_be_clear(ada: Account, capsys: pytest.CaptureFixture[str]) -> None:
    Account.objects.create_account(name="Bo", is_administrator=True)
    Account.objects.create_account(name="Lee", email="lee@example.org")
    for words in ([], ["lee@example.org"]):
        assert main(["let-in", *words]) == 2
        assert "say which administrator, by name or address as it stands here: ada@example.org, Bo." in (
            capsys.readouterr().err
        )
    printed(capsys, "Bo")


def test_on_an_empty_installation_the_first_link_is_the_way(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["let-in"]) == 2
    assert "handrail serve" in capsys.readouterr().err


def test_nobody_else_is_let_in(db: None) -> None:
    with pytest.raises(Refused, match="administrators only"):
        let_administrator_in(by=None, account=Account.objects.create_account(name="Lee"))
    assert not Letter.objects.exists()
