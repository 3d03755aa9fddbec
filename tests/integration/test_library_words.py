"""What the sign-in library would say, we say in our own words."""

from pathlib import Path

import allauth
import pytest
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.totp.internal import auth as totp
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from handrail.capabilities.accounts.adapters import AccountAdapter, ProviderAdapter, SecondFactorAdapter
from handrail.capabilities.accounts.models import Account
from tests.pages import check_page

LIBRARY = Path(allauth.__file__).parent / "templates"
SHOWN = [
    *(
        f"{folder}/messages/{path.name}"
        for folder in ("mfa", "usersessions", "socialaccount")
        for path in sorted((LIBRARY / folder / "messages").glob("*.txt"))
    ),
    "account/messages/logged_in.txt",
    "account/messages/logged_out.txt",
    "account/messages/login_code_sent.txt",
]  # the others are about passwords, telephones and signing up, which nobody here does


@pytest.mark.parametrize("name", SHOWN)
def test_a_message_is_ours(name: str) -> None:
    template = get_template(name)
    assert "handrail" in Path(template.origin.name).parts, name  # type: ignore[attr-defined]
    words = template.render({"recipient": "lee@example.org"}).strip()
    # the page itself says where a code goes “if it is known here”: a second sentence beside it would know more
    assert not words or name != "account/messages/login_code_sent.txt"
    assert "\n" not in words


@pytest.mark.parametrize(
    ("ours", "library"),
    [(SecondFactorAdapter, DefaultMFAAdapter), (ProviderAdapter, DefaultSocialAccountAdapter)],
)
def test_a_refusal_is_ours(ours: type, library: type) -> None:
    assert set(ours.error_messages) == set(library.error_messages)  # type: ignore[attr-defined]
    for key, words in library.error_messages.items():  # type: ignore[attr-defined]
        assert str(ours.error_messages[key]) != str(words), key  # type: ignore[attr-defined]


@pytest.mark.parametrize("key", ["account_inactive", "incorrect_code", "rate_limited", "too_many_login_attempts"])
def test_a_refusal_at_sign_in_is_ours(key: str) -> None:
    assert str(AccountAdapter.error_messages[key]) != str(DefaultAccountAdapter.error_messages[key])


@pytest.mark.slow
@pytest.mark.django_db(databases=["default", "keystore"])
def test_after_setting_up_an_app_there_is_a_way_on(client: Client) -> None:
    account = Account.objects.create_account(name="Ada", email="ada@example.org", is_administrator=True)
    client.force_login(account, backend="handrail.capabilities.accounts.backends.AccountBackend")
    session = client.session
    session["account_authentication_methods"] = [{"method": "code", "at": timezone.now().timestamp()}]
    session.save()
    page = client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    assert page.status_code == 200
    code = totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))
    answer = client.post(reverse("mfa_activate_totp"), {"code": code}, follow=True)
    check_page(answer)
    text = answer.content.decode()
    assert "Print this page" in text
    assert f'href="{reverse("home")}"' in text
    assert "I have kept them: go on" in text
