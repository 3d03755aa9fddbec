"""The sign-in library's pages are ours: our markup, our words, and nothing about passwords or security keys."""

import re
from typing import Any

import pytest
from allauth.account.internal.flows import login
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from django.test import Client, override_settings
from django.urls import reverse
from lxml import html

from handrail.design.templatetags.devices import device_name
from tests.mail_set import MAIL_URL
from tests.pages import check_page

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]
FORBIDDEN = re.compile(r"security key|two-factor|third-party|log ?in\b", re.IGNORECASE)
PROVIDER = {
    "openid_connect": {
        "APPS": [{"provider_id": "organisation", "name": "Northshire", "client_id": "x", "secret": "y", "settings": {}}]
    }
}


def check(client: Client, path: str, *, data: dict[str, str] | None = None, follow: bool = False) -> str:
    """The page's text, once it keeps what every page must keep."""
    response = client.post(path, data, follow=follow) if data is not None else client.get(path, follow=follow)
    assert response.status_code == 200, (path, response.status_code, response.headers)
    check_page(response)
    text = response.content.decode()
    visible = html.document_fromstring(text).find(".//main").text_content()
    assert not FORBIDDEN.search(visible), (path, FORBIDDEN.findall(visible))
    assert 'type="password"' not in text
    return text


@pytest.fixture(autouse=True)
def mail_is_set(settings: Any) -> None:
    settings.MAIL_URL = MAIL_URL


@pytest.fixture
def signed_in(client: Client) -> Client:
    account = get_user_model().objects.create_account(name="Morgan Ellis", email="morgan@example.org")
    client.force_login(account, backend="handrail.capabilities.accounts.backends.AccountBackend")
    return client


@pytest.fixture
def with_everything(signed_in: Client) -> Client:
    """Signed in, with an authenticator app and recovery codes; the journey of the passkeys has their pages."""
    account = get_user_model().objects.get(email="morgan@example.org")
    TOTP.activate(account, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(account)
    session = signed_in.session
    session[login.AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "at": 9e9, "reauthenticated": True}]
    session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(account.pk)
    session.save()
    return signed_in


def test_sign_in_offers_code_passkey_and_letter(client: Client) -> None:
    text = check(client, reverse("account_login"))
    assert "There is no password." in text
    assert "Sign in with a passkey" in text
    assert f'href="{reverse("letter_sign_in")}"' in text
    assert 'data-allauth-onload="allauth.webauthn.forms.loginForm"' in text, "without this, passkeys silently fail"
    assert 'autocomplete="email"' in text


@override_settings(SOCIALACCOUNT_PROVIDERS=PROVIDER)
def test_sign_in_offers_the_organisations_provider(client: Client) -> None:
    assert "Sign in with Northshire" in check(client, reverse("account_login"))


def test_an_address_that_is_missing_is_asked_for_by_name(client: Client) -> None:
    text = check(client, reverse("account_login"), data={"login": ""})
    assert "<title>Error: Sign in · Handrail</title>" in text
    assert text.count("“Your e-mail address” still needs an answer.") == 2, "above, and beside the box"
    assert 'href="#id_login"' in text


@pytest.mark.parametrize(("name", "box"), [("account_login", "login"), ("account_request_login_code", "email")])
def test_an_address_that_is_none_is_answered_in_our_words(client: Client, name: str, box: str) -> None:
    text = check(client, reverse(name), data={box: "morgan at example"})
    assert text.count("Please enter an e-mail address like name@example.org.") == 2
    assert 'value="morgan at example"' in text


def test_a_code_that_is_missing_is_asked_for_by_name(client: Client) -> None:
    check(client, reverse("account_login"), data={"login": "nobody@example.org"}, follow=True)
    text = check(client, reverse("account_confirm_login_code"), data={"code": ""})
    assert text.count("“The code from the message” still needs an answer.") == 2


def test_the_code_page_does_not_say_whether_an_address_is_known(client: Client) -> None:
    text = check(client, reverse("account_login"), data={"login": "nobody@example.org"}, follow=True)
    assert "If nobody@example.org is known here" in text
    assert 'autocomplete="one-time-code"' in text
    wrong = check(client, reverse("account_confirm_login_code"), data={"code": "000000"})
    assert "<title>Error: Type the code · Handrail</title>" in wrong


@pytest.mark.parametrize(
    "name", ["account_signup", "account_inactive", "account_request_login_code", "socialaccount_login_cancelled"]
)
def test_pages_before_sign_in(client: Client, name: str) -> None:
    check(client, reverse(name))


@pytest.mark.parametrize(
    "name",
    ["account_logout", "usersessions_list", "mfa_index", "mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn"],
)
def test_pages_of_a_person_without_a_second_factor(signed_in: Client, name: str) -> None:
    check(signed_in, reverse(name))


@pytest.mark.parametrize(
    "name",
    [
        "mfa_index",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_reauthenticate",
        "account_reauthenticate",
        "socialaccount_connections",
    ],
)
def test_pages_of_a_person_with_every_factor(with_everything: Client, name: str) -> None:
    response = with_everything.get(reverse(name))
    if response.status_code == 302:
        check(with_everything, response.headers["Location"])
    else:
        check(with_everything, reverse(name))


def test_recovery_codes_can_be_read(with_everything: Client) -> None:
    codes = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()
    text = check(with_everything, reverse("mfa_view_recovery_codes"))
    assert all(code in text for code in codes)


def test_where_i_am_signed_in_names_the_device(signed_in: Client) -> None:
    agent = (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile Safari/604.1"
    )
    account = get_user_model().objects.get(email="morgan@example.org")
    phone = Client()
    phone.force_login(account, backend="handrail.capabilities.accounts.backends.AccountBackend")
    UserSession.objects.filter(user=account).delete()
    key = phone.session.session_key
    UserSession.objects.create(user=account, ip="192.0.2.1", user_agent=agent, session_key=key)
    assert "Safari on iPhone" in check(signed_in, reverse("usersessions_list"))


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/150.0 Safari/537.36 Edg/150.0", "Edge on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0", "Firefox on Linux"),
        ("Mozilla/5.0 (Linux; Android 16) Chrome/150.0 Mobile Safari/537.36", "Chrome on Android"),
        ("curl/8", "A browser we do not know"),
        ("", "A browser we do not know"),
    ],
)
def test_device_names(agent: str, name: str) -> None:
    assert device_name(agent) == name
