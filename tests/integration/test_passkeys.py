"""Passkeys through the pages, with a device of the tests; and what somebody sends instead of a device's answer."""

import json
import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from lxml import html

from handrail.capabilities.accounts.models import Account
from tests.factories.passkeys import NO_JSON, NUMBER, Device, spoiled
from tests.integration.nasty_forms import faults_of_answer
from tests.mail_set import with_mail
from tests.pages import check_page

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow, pytest.mark.postgres]
TOLD = "That did not work. Try once more, with the newest code or the same passkey."
CODE = re.compile(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", re.M)


@pytest.fixture
def kim() -> Account:
    return Account.objects.create_account(name="Kim", email="kim@example.org")


@pytest.fixture
def device() -> Device:
    return Device()


@pytest.fixture
def browser(kim: Account) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(kim, backend="handrail.capabilities.accounts.backends.AccountBackend")
    return client


def asked_by(page: Any) -> str:
    """The challenge that the page gives to the browser."""
    data = json.loads(html.document_fromstring(page.content.decode()).get_element_by_id("js_data").text)
    options = data.get("creation_options") or data["request_options"]
    challenge: str = options["publicKey"]["challenge"]
    return challenge


def add(browser: Client, device: Device) -> Any:
    address = reverse("mfa_add_webauthn")
    answer = device.make(asked_by(browser.get(address)))
    return browser.post(address, {"name": "My phone", "credential": json.dumps(answer)})


@pytest.fixture
def with_passkey(browser: Client, device: Device) -> Client:
    assert add(browser, device).headers["Location"] == reverse("mfa_view_recovery_codes")
    return browser


def challenge_at_the_door(client: Client) -> str:
    answered = client.get(reverse("mfa_login_webauthn"), HTTP_ACCEPT="application/json").json()
    challenge: str = answered["request_options"]["publicKey"]["challenge"]
    return challenge


def at_second_proof(kim: Account) -> Client:
    """A browser that has typed the code and is asked for the passkey too."""
    client = Client(raise_request_exception=False)
    with with_mail():
        client.post(reverse("account_login"), {"login": kim.email})
    client.post(reverse("account_confirm_login_code"), {"code": code_sent()})
    return client


def code_sent() -> str:
    found = CODE.search(str(mail.outbox[-1].body))
    assert found is not None
    return found[1]


def test_a_passkey_is_added_and_only_what_is_known_of_it_is_kept(with_passkey: Client) -> None:
    kept = Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN).data
    assert kept["name"] == "My phone"
    assert set(kept["credential"]) == {"id", "rawId", "type", "response", "clientExtensionResults"}
    assert set(kept["credential"]["response"]) == {"clientDataJSON", "attestationObject"}
    assert "My phone" in with_passkey.get(reverse("mfa_list_webauthn")).content.decode()


def test_the_device_is_asked_for_a_passkey_that_signs_in_alone(browser: Client) -> None:
    """The library's default is one that needs a code beside it: whoever took it stood before a closed door."""
    page = html.document_fromstring(browser.get(reverse("mfa_add_webauthn")).content.decode())
    wanted = json.loads(page.get_element_by_id("js_data").text)["creation_options"]["publicKey"]
    assert wanted["authenticatorSelection"]["residentKey"] == "required"
    assert wanted["authenticatorSelection"]["userVerification"] == "required"
    assert page.xpath("//main//input[@type='checkbox']") == []
    assert page.get_element_by_id("id_name").value == "My passkey"


def test_a_key_that_asks_for_nothing_is_no_passkey(browser: Client) -> None:
    address, device = reverse("mfa_add_webauthn"), Device(verifies=False)
    answer = device.make(asked_by(browser.get(address)))
    response = browser.post(address, {"name": "", "credential": json.dumps(answer)})
    assert TOLD in html.document_fromstring(response.content.decode()).text_content()
    assert not Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).exists()


def test_passkeys_without_a_name_are_counted(with_passkey: Client) -> None:
    page = with_passkey.get(reverse("mfa_add_webauthn")).content.decode()
    assert "My passkey 2" in page


def test_a_passkey_signs_in_alone_and_no_log_names_it(
    with_passkey: Client, kim: Account, device: Device, caplog: pytest.LogCaptureFixture
) -> None:
    client = Client()
    answer = device.use(challenge_at_the_door(client), user=kim.pk)
    sent = client.post(reverse("mfa_login_webauthn"), {"credential": json.dumps(answer)})
    assert sent.headers["Location"] == reverse("home")
    assert client.session["_auth_user_id"] == str(kim.pk)
    assert NUMBER.hex() not in caplog.text


def test_a_passkey_is_the_second_proof_and_shows_again_who_it_is(
    with_passkey: Client, kim: Account, device: Device
) -> None:
    client = at_second_proof(kim)
    answer = device.use(asked_by(client.get(reverse("mfa_authenticate"))))
    client.post(reverse("mfa_authenticate"), {"credential": json.dumps(answer)})
    assert client.session["_auth_user_id"] == str(kim.pk)
    again = reverse("mfa_reauthenticate_webauthn")
    answer = device.use(asked_by(client.get(again)))
    assert client.post(again, {"credential": json.dumps(answer)}).headers["Location"] == reverse("home")


# --- what no device sends ------------------------------------------------------------------------------------------
Doors = dict[str, Callable[[], tuple[Client, str, dict[str, Any]]]]


@pytest.fixture
def doors(with_passkey: Client, kim: Account, device: Device) -> Doors:
    """Each form that takes an answer: a browser that stands before it, its address, and a right answer."""

    def page(client: Client, name: str, answer: Callable[[str], dict[str, Any]]) -> tuple[Client, str, dict[str, Any]]:
        return client, reverse(name), answer(asked_by(client.get(reverse(name))))

    def at_the_door() -> tuple[Client, str, dict[str, Any]]:
        client = Client(raise_request_exception=False)
        answer = device.use(challenge_at_the_door(client), user=kim.pk)
        return client, reverse("mfa_login_webauthn"), answer

    return {
        "add": lambda: page(with_passkey, "mfa_add_webauthn", Device().make),
        "sign in": at_the_door,
        "second proof": lambda: page(at_second_proof(kim), "mfa_authenticate", device.use),
        "once more": lambda: page(with_passkey, "mfa_reauthenticate_webauthn", device.use),
    }


def invented(answer: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What is no JSON; and of the spoiled answers, which the reading of them meets all, some."""
    yield from NO_JSON.items()
    yield from ((how, json.dumps(wrong)) for how, wrong in islice(spoiled(answer), 0, None, 40))


@pytest.mark.parametrize("door", ["add", "sign in", "second proof", "once more"])
def test_what_no_device_sends_is_refused_kindly(doors: Doors, door: str) -> None:
    client, address, answer = doors[door]()
    cookies = client.cookies.copy()
    faults: list[str] = []
    for how, text in invented(answer):
        cache.clear()  # how often somebody tried is counted there
        client.cookies = cookies.copy()
        response = client.post(address, {"name": "Another", "credential": text})
        faults += [f"{how}: {fault}" for fault in faults_of_answer(response)]
        if response.status_code == 302 and response.headers["Location"] in (reverse("account_login"), reverse("home")):
            response = client.get(reverse("account_login"), follow=True)
        if TOLD not in html.document_fromstring(response.content.decode()).text_content():
            faults.append(f"{how}: nothing is said ({response.status_code}, {response.headers.get('Location')})")
    assert faults == []
    assert Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).count() == 1


def test_an_empty_answer_is_asked_for_and_an_endless_name_comes_back(browser: Client) -> None:
    address = reverse("mfa_add_webauthn")
    response = browser.post(address, {"name": "x" * 300, "credential": ""})
    check_page(response)
    text = html.document_fromstring(response.content.decode()).text_content()
    assert TOLD in text
    assert "Please shorten this to 200 characters or fewer. It has 300 now." in text
