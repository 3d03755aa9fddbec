"""Signing in with the organisation's provider (OpenID Connect): a real small one on this machine.

The provider is `oidc-provider-mock` from PyPI, where it is installed beside us or HANDRAIL_OIDC_PROVIDER names its
program; without it only the settings are tested.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from handrail.capabilities.accounts.models import Account
from handrail.config.environment import Environment
from tests.pages import check_page

pytestmark = pytest.mark.slow
PROGRAM = os.environ.get("HANDRAIL_OIDC_PROVIDER") or shutil.which(
    "oidc-provider-mock", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
)
ROOT = Path(__file__).resolve().parents[2]
SHOW = "from handrail.config import settings; print(' '.join(settings.FORM_ACTION))"
SECRET = "a-secret-of-the-tests-and-nothing-else-0123456789"


@pytest.mark.parametrize(
    ("issuer", "allowed"),
    [
        ("", "'self'"),
        ("https://login.example.org/realms/council", "'self' https://login.example.org"),
        ("https://login.example.org:8443/", "'self' https://login.example.org:8443"),
    ],
)
def test_forms_may_lead_to_the_provider_and_nowhere_else(issuer: str, allowed: str) -> None:
    ours = {name: value for name, value in os.environ.items() if not name.startswith("HANDRAIL_")}
    said = {"HANDRAIL_SECRET_KEY": SECRET, "HANDRAIL_OIDC_URL": issuer}
    said["HANDRAIL_OIDC_CLIENT_ID"] = "handrail" if issuer else ""
    done = subprocess.run(
        [sys.executable, "-c", SHOW], env={**ours, **said}, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == allowed, done.stderr


@pytest.mark.parametrize(
    "issuer", ["login.example.org", "ftp://x.example", "https://", "https://x.example; script-src *"]
)
def test_a_senseless_issuer_stops_the_start(issuer: str) -> None:
    with pytest.raises(ValueError, match="must look like https"):
        Environment(secret_key=SECRET, oidc_url=issuer, oidc_client_id="handrail")


@pytest.fixture(scope="module")
def running() -> Iterator[str]:
    if PROGRAM is None:
        pytest.skip("oidc-provider-mock is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    people = [
        {"sub": "ada", "email": "ada@example.org", "email_verified": True},
        {"sub": "eve", "email": "ada@example.org", "email_verified": False},
        {"sub": "word", "email": "ada@example.org", "email_verified": "false"},
        {"sub": "entra", "email": "ada@example.org"},
        {"sub": "new", "email": "stranger@example.org", "email_verified": True},
    ]
    claims = [word for person in people for word in ("--user-claims", json.dumps(person))]
    process = subprocess.Popen(
        [PROGRAM, "--port", str(port), *claims], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/.well-known/openid-configuration")
        yield address
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture
def provider(running: str, settings: Any) -> str:
    app = {"provider_id": "organisation", "name": "Council", "client_id": "handrail", "secret": "x"}
    app |= {"settings": {"server_url": running}}  # type: ignore[dict-item]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    return running


def wait_for(address: str) -> None:
    for _try in range(200):
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except urllib.error.URLError:
            time.sleep(0.1)
    raise AssertionError("the provider does not start")


class StopAtRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_arguments: Any) -> None:
        return None


def come_back_as(client: Client, who: str, **query: str) -> Any:
    """Press the button, say who one is at the provider, and come back."""
    start = client.post(reverse("openid_connect_login", args=["organisation"]) + "?" + urllib.parse.urlencode(query))
    assert start.status_code == 302
    try:
        there = urllib.request.build_opener(StopAtRedirect).open(
            start.headers["Location"], data=urllib.parse.urlencode({"sub": who}).encode(), timeout=10
        )
    except urllib.error.HTTPError as answer:
        there = answer
    back = urllib.parse.urlsplit(there.headers["Location"])
    return client.get(f"{back.path}?{back.query}")


@pytest.mark.django_db(databases=["default", "keystore"])
def test_who_is_not_matched_is_told_the_way_round(client: Client) -> None:
    page = client.get(reverse("provider_not_matched"))
    check_page(page)
    assert "done nothing wrong" in page.content.decode()


@pytest.mark.django_db(databases=["default", "keystore"])
class TestProvider:
    @pytest.fixture
    def ada(self) -> Account:
        return Account.objects.create_account(name="Ada", email="ada@example.org")

    def test_somebody_known_is_signed_in(self, provider: str, ada: Account, client: Client) -> None:
        answer = come_back_as(client, "ada", next="/account/")
        assert answer.headers["Location"] == "/account/"
        assert client.session["_auth_user_id"] == str(ada.pk)

    def test_nobody_is_added_or_let_in_unverified(self, provider: str, ada: Account, client: Client) -> None:
        for who in ("new", "eve", "word", "entra"):
            assert come_back_as(client, who).headers["Location"] == reverse("provider_not_matched")
            assert "_auth_user_id" not in client.session, who
        assert Account.objects.count() == 1

    def test_where_the_administrator_vouches_for_the_domain_it_is_enough(
        self, provider: str, ada: Account, client: Client, settings: Any
    ) -> None:
        settings.OIDC_DOMAINS = ["example.org"]
        come_back_as(client, "entra")
        assert client.session["_auth_user_id"] == str(ada.pk)

    def test_whoever_is_signed_in_connects_it_and_ends_it(self, provider: str, ada: Account, client: Client) -> None:
        client.force_login(ada, backend="handrail.capabilities.accounts.backends.AccountBackend")
        connections = reverse("socialaccount_connections")
        assert "Connect Council" in client.get(connections).content.decode()
        come_back_as(client, "entra", process="connect")
        client.logout()
        come_back_as(client, "entra")
        assert client.session["_auth_user_id"] == str(ada.pk)
        connected = ada.socialaccount_set.get()  # type: ignore[attr-defined]
        client.post(connections, {"account": connected.pk})
        assert not ada.socialaccount_set.exists()  # type: ignore[attr-defined]

    def test_an_answer_nobody_asked_for_is_not_taken(self, provider: str, ada: Account, client: Client) -> None:
        callback = reverse("openid_connect_callback", args=["organisation"])
        for query in ("", "?code=x&state=y", "?error=access_denied", "?state=&code="):
            assert client.get(callback + query).status_code < 500
        assert "_auth_user_id" not in client.session

    def test_opening_the_address_asks_first(self, provider: str, ada: Account, client: Client) -> None:
        assert client.get(reverse("openid_connect_login", args=["organisation"])).status_code == 200
