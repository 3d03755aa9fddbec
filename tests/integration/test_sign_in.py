"""Every way to sign in, and every way it must not work."""

import re
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from freezegun import freeze_time

from handrail.capabilities.accounts.actions import make_first_administrator_link, make_letter
from handrail.capabilities.accounts.models import Account, Letter
from handrail.capabilities.accounts.queries import after_letter
from handrail.capabilities.people import actions as people
from handrail.capabilities.people.models import Organisation, Person, Role
from handrail.foundation.mail.models import OutboxMessage
from tests.integration.nasty_forms import stays_here
from tests.integration.page_forms import form_with, forms_of
from tests.mail_set import MAIL_URL
from tests.nasty import WORST
from tests.pages import check_page

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]
CODE = re.compile(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", re.M)
MAIN = re.compile(r"<main.*</main>", re.S)
BACKEND = "handrail.capabilities.accounts.backends.AccountBackend"


@pytest.fixture(autouse=True)
def mail_goes_to_the_outbox(settings: Any) -> Iterator[None]:
    settings.EMAIL_BACKEND = "handrail.foundation.mail.backend.OutboxBackend"
    settings.MAIL_URL = MAIL_URL
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def organisation(db: None) -> Organisation:
    return people.create_organisation(by=None, name="Here")


@pytest.fixture
def kim(organisation: Organisation) -> Account:
    person = people.add_person(by=None, organisation=organisation, name="Kim", email="kim@example.org")
    people.give_role(by=None, person=person, role=Role.Name.COORDINATOR)
    assert person.account is not None
    return person.account


def main_of(page: str) -> str:
    found = MAIN.search(page)
    assert found is not None
    return found[0]


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def ask_for_code(client: Client, email: str = "kim@example.org", **query: str) -> Any:
    return form_with(client.get(reverse("account_login"), query), "login").send(client, login=email)


def code_sent_to(email: str = "kim@example.org") -> str:
    message = OutboxMessage.objects.filter(to_address=email, kind="sign_in").latest("id")
    found = CODE.search(message.text)
    assert found is not None, message.text
    return found[1]


def type_code(client: Client, code: str, after: Any = None) -> Any:
    """Type the code into the page that asking for it led to."""
    if after is None:
        return client.post(reverse("account_confirm_login_code"), {"code": code})
    return form_with(client.get(after.headers["Location"]), "code").send(client, code=code)


class TestByCode:
    def test_the_code_signs_in_once(self, kim: Account, client: Client) -> None:
        ask_for_code(client)
        code = code_sent_to()
        assert type_code(client, code).headers["Location"] == reverse("home")
        assert signed_in(client)
        client.post(reverse("account_logout"))
        ask_for_code(client)
        type_code(client, code)
        assert not signed_in(client)

    def test_spaces_and_small_letters_are_fine(self, kim: Account, client: Client) -> None:
        ask_for_code(client)
        type_code(client, f" {code_sent_to().lower()} ")
        assert signed_in(client)

    def test_a_wrong_code_is_said_kindly_and_five_end_it(self, kim: Account, client: Client) -> None:
        ask_for_code(client)
        code = code_sent_to()
        first = type_code(client, "AAA-AAA")
        assert "not the code we sent" in first.content.decode()
        check_page(first)
        for _try in range(4):
            type_code(client, "AAA-AAA")
        type_code(client, code)
        assert not signed_in(client), "after five wrong ones the right one is too late"

    def test_a_code_is_too_old_after_a_quarter_of_an_hour(self, kim: Account, client: Client) -> None:
        with freeze_time("2026-01-05 10:00:00") as frozen:
            ask_for_code(client)
            frozen.tick(timedelta(minutes=15, seconds=1))
            type_code(client, code_sent_to())
            assert not signed_in(client)

    def test_the_code_works_only_in_the_browser_that_asked(self, kim: Account, client: Client) -> None:
        ask_for_code(client)
        other = Client()
        ask_for_code(other, "nobody@example.org")
        type_code(other, code_sent_to())
        assert not signed_in(other)

    def test_an_unknown_address_looks_the_same(self, kim: Account, client: Client) -> None:
        known, unknown = ask_for_code(client), ask_for_code(Client(), "nobody@example.org")
        assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])

    def test_an_unknown_address_gets_calm_words_and_no_code(self, kim: Account) -> None:
        for address in ("kim@example.org", "nobody@example.org"):
            ask_for_code(Client(), address)
        known, unknown = OutboxMessage.objects.order_by("id")
        assert (known.kind, unknown.kind) == ("sign_in", "sign_in"), "one row each: neither is quicker"
        assert unknown.subject == "Your question to Handrail"
        assert unknown.text.startswith("Somebody typed this address to sign in to Handrail. It is not known there")
        assert CODE.search(unknown.text) is None
        for theirs in ("Hello from", "sign up", "account", "localhost", "database"):
            assert theirs not in unknown.text

    def test_another_address_or_another_way_is_a_tap_away(self, kim: Account, client: Client) -> None:
        asked = ask_for_code(client, "kim@wrong.example", next="/people/")
        page = client.get(asked.headers["Location"])
        (other,) = [form for form in forms_of(page) if form.address == reverse("account_logout")]
        back = other.send(client)
        assert back.headers["Location"] == f"{reverse('account_login')}?next=%2Fpeople%2F"
        again = client.get(back.headers["Location"])
        assert reverse("letter_sign_in") in again.content.decode()
        sent = form_with(again, "login").send(client, login="kim@example.org")
        assert type_code(client, code_sent_to(), after=sent).headers["Location"] == "/people/"

    def test_nasty_addresses_are_answered_kindly(self, client: Client) -> None:
        for text in WORST:
            answer = ask_for_code(client, text.encode("utf-8", "surrogatepass").decode("utf-8", "replace"))
            assert answer.status_code == 200, text
            check_page(answer)

    def test_a_closed_account_stays_out(self, kim: Account, client: Client) -> None:
        ask_for_code(client)
        Account.objects.update(is_active=False)
        type_code(client, code_sent_to())
        assert client.get(reverse("home")).status_code == 302


class TestWithoutMail:
    """A code would go nowhere, so none is made, whoever asks, and the page says what lets one in."""

    @pytest.fixture(autouse=True)
    def no_mail_server(self, settings: Any) -> None:
        settings.MAIL_URL = ""

    @pytest.mark.parametrize("name", ["account_login", "account_request_login_code"])
    def test_the_page_says_so_and_names_passkey_and_letter(self, client: Client, name: str) -> None:
        page = client.get(reverse(name), {"next": "/people/"})
        check_page(page)
        text = page.content.decode()
        assert "No e-mail leaves from here yet, so no code can be sent to anybody." in text
        assert "Send me a code" not in text
        if name == "account_login":
            assert f'href="{reverse("letter_sign_in")}?next=%2Fpeople%2F"' in text
            assert "Sign in with a passkey" in text
            assert "handrail let-in" in text

    def test_whoever_asks_all_the_same_reads_the_same(self, kim: Account) -> None:
        bodies = []
        for name, box in (("account_login", "login"), ("account_request_login_code", "email")):
            for address in ("kim@example.org", "nobody@example.org"):
                answer = Client().post(reverse(name), {box: address})
                assert answer.status_code == 200
                check_page(answer)
                text = answer.content.decode()
                assert "No e-mail leaves from here yet. A passkey or a letter lets you in." in text
                assert "We have sent" not in text
                assert address not in text
                bodies.append(main_of(text))
        assert (bodies[0], bodies[2]) == (bodies[1], bodies[3])
        assert not OutboxMessage.objects.exists()

    def test_the_letter_page_names_what_there_is(self, client: Client) -> None:
        text = client.get(reverse("letter_sign_in")).content.decode()
        assert "Use a passkey instead" in text
        assert f'href="{reverse("account_login")}"' in text
        assert "e-mail" not in main_of(text)

    def test_an_address_is_for_when_mail_works(self, kim: Account, client: Client) -> None:
        client.force_login(kim, backend=BACKEND)
        page = client.get(reverse("account_address"))
        assert "so far nothing is sent from here, and an address does not let you in" in page.content.decode()
        form_with(page, "email").send(client, email="own@example.org")
        saved = client.get(reverse("account"))
        assert "Saved, for when mail works." in saved.content.decode()
        assert "own@example.org, for when mail works" in saved.content.decode()

    def test_home_names_a_passkey_to_whoever_has_an_address(self, kim: Account, client: Client, settings: Any) -> None:
        client.force_login(kim, backend=BACKEND)
        assert "No e-mail leaves from here yet: make a passkey" in client.get(reverse("home")).content.decode()
        settings.MAIL_URL = MAIL_URL
        assert "How you get in next time" not in client.get(reverse("home")).content.decode()

    def test_a_letter_names_no_address(self) -> None:
        assert "address" not in after_letter(by_mail=True, ask="Kim")
        assert "make a passkey" in after_letter(by_mail=True, ask="Kim")

    def test_an_app_alone_is_warned_of(self, kim: Account, client: Client, settings: Any) -> None:
        client.force_login(kim, backend=BACKEND)
        warning = "A passkey lets you in again; an authenticator app alone does not."
        assert warning in client.get(reverse("mfa_index")).content.decode()
        settings.MAIL_URL = MAIL_URL
        assert warning not in client.get(reverse("mfa_index")).content.decode()


class TestByLetter:
    def send(self, client: Client, code: str) -> Any:
        return client.post(reverse("letter_sign_in"), {"code": code})

    def test_it_works_once_with_spaces_and_small_letters(self, kim: Account, client: Client) -> None:
        code = make_letter(by=kim, account=kim)
        assert self.send(client, f"  {code.lower().replace('-', ' ')} ").headers["Location"] == reverse("home")
        assert signed_in(client)
        again = self.send(Client(), code)
        assert "This code has been used" in again.content.decode()

    def test_a_newer_letter_ends_the_older(self, kim: Account, client: Client) -> None:
        older, newer = (make_letter(by=kim, account=kim) for _letter in range(2))
        assert "do not know this code" in self.send(client, older).content.decode()
        self.send(client, newer)
        assert signed_in(client)

    def test_after_thirty_days_it_is_too_old(self, kim: Account, client: Client) -> None:
        with freeze_time("2026-01-05 10:00:00") as frozen:
            code = make_letter(by=kim, account=kim)
            frozen.tick(timedelta(days=30))
            answer = self.send(client, code)
        assert "too old" in answer.content.decode()
        check_page(answer)
        assert not signed_in(client)

    def test_an_unknown_code_and_a_closed_account_stay_out(self, kim: Account, client: Client) -> None:
        code = make_letter(by=kim, account=kim)
        assert "do not know this code" in self.send(client, "2345-6789-ABCD").content.decode()
        Account.objects.update(is_active=False)
        assert "account is closed" in self.send(client, code).content.decode()
        assert not Letter.objects.filter(used_at__isnull=False).exists()

    def test_too_many_tries_stop_the_right_code_too(self, kim: Account, client: Client) -> None:
        code = make_letter(by=kim, account=kim)
        for _try in range(10):
            self.send(client, "2345-6789-ABCD")
        assert "Too many tries" in self.send(client, code).content.decode()
        assert not signed_in(client)

    def test_opening_the_page_uses_nothing_up(self, kim: Account, client: Client) -> None:
        code = make_letter(by=kim, account=kim)
        client.get(reverse("letter_sign_in"), {"code": code})
        assert Letter.objects.get().used_at is None


def test_the_first_administrators_link_bears_scanners_and_works_once(client: Client) -> None:
    path = make_first_administrator_link().removeprefix("http://localhost:8000")
    for scanner in (Client(), Client(HTTP_USER_AGENT="scanner")):
        for method in ("get", "head", "options"):
            getattr(scanner, method)(path)
    assert form_with(client.get(path), "name").send(client, name="Ada", email="").status_code == 302
    assert signed_in(client)
    Client().post(path, {"name": "Eve"})
    assert list(Account.objects.values_list("name", "is_administrator")) == [("Ada", True)]


def test_sessions_are_listed_and_ended(kim: Account) -> None:
    phone, desk = Client(HTTP_USER_AGENT="Firefox on a phone"), Client(HTTP_USER_AGENT="Chrome on a desk")
    for browser in (phone, desk):
        ask_for_code(browser)
        type_code(browser, code_sent_to())
        browser.get(reverse("home"))
        cache.clear()
    page = desk.get(reverse("usersessions_list"))
    check_page(page)
    (form,) = [form for form in forms_of(page) if form.address == reverse("usersessions_list")][:1]
    form.send(desk)
    assert desk.get(reverse("home")).status_code == 200
    assert phone.get(reverse("home")).status_code == 302, "ended from the other"


def test_signing_out_needs_a_press(kim: Account, client: Client) -> None:
    client.force_login(kim, backend=BACKEND)
    client.get(reverse("account_logout"))
    assert signed_in(client)
    client.post(reverse("account_logout"))
    assert not signed_in(client)


def totp_now(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def add_second_factor(client: Client) -> str:
    """Through the pages, as a person with an authenticator program does."""
    page = client.get(reverse("mfa_activate_totp"))
    check_page(page)
    secret = re.search(r"\b[A-Z2-7]{32}\b", page.content.decode().replace(" ", ""))
    assert secret is not None, "the secret can be typed by hand"
    assert form_with(page, "code").send(client, code=totp_now(secret[0])).status_code == 302
    return secret[0]


@pytest.mark.parametrize("role", ["coordinator", "administrator"])
def test_a_second_factor_is_asked_for_where_it_is_required(
    kim: Account, client: Client, settings: Any, role: str
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    if role == "administrator":
        Account.objects.filter(pk=kim.pk).update(is_administrator=True)
        Role.objects.all().delete()
    page = reverse("people" if role == "coordinator" else "installation")
    ask_for_code(client)
    type_code(client, code_sent_to())
    refused = client.get(page)
    assert refused.headers["Location"] == reverse("second_factor_needed")
    check_page(client.get(reverse("second_factor_needed")))
    assert client.get(reverse("home")).status_code == 200, "one's own pages need none"
    secret = add_second_factor(client)

    fresh = Client()
    cache.clear()
    ask_for_code(fresh)
    assert type_code(fresh, code_sent_to()).headers["Location"] == reverse("mfa_authenticate")
    assert not signed_in(fresh), "the code alone is not enough any more"
    wrong = fresh.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert wrong.status_code == 200
    cache.clear()  # the code just used to add it counts as used
    assert fresh.post(reverse("mfa_authenticate"), {"code": totp_now(secret)}).status_code == 302
    assert fresh.get(page).status_code == 200


def test_no_second_factor_is_asked_for_where_it_is_not_required(kim: Account, client: Client) -> None:
    client.force_login(kim, backend=BACKEND)
    assert client.get(reverse("people")).status_code == 200
    assert not Authenticator.objects.exists()


def test_an_account_in_two_organisations_sees_one_at_a_time(kim: Account, organisation: Organisation) -> None:
    """The same address in a second organisation: one account, two people, and only the first's list until chosen."""
    second = people.create_organisation(by=None, name="There")
    there = people.add_person(by=None, organisation=second, name="Kim", email="kim@example.org")
    people.ensure_account(by=None, person=there)
    assert there.account == kim
    people.add_person(by=None, organisation=second, name="Somebody There", email="x@example.org")
    client = Client()
    client.force_login(kim, backend=BACKEND)
    assert b"Somebody There" not in client.get(reverse("people")).content
    session = client.session
    session["organisation"] = second.pk
    session.save()
    assert client.get(reverse("people")).status_code == 403, "coordinator here is not coordinator there"
    assert Person.objects.filter(account=kim).count() == 2


AWAY = [
    "https://evil.example/",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
]
AWAY += ["javascript:alert(1)", "http:evil.example", "https:///evil.example", "\x00//evil.example", " //evil.example"]
AWAY += [
    "https://localhost:8000@evil.example",
    "/%2f/evil.example",
    "//testserver.evil.example",
    "//evil.example\\@testserver",
    "https://[::1",
    "//[",
    "//ex\u2100mple.org",
]


@pytest.mark.parametrize("away", AWAY)
def test_nobody_is_led_away_after_signing_in(kim: Account, client: Client, away: str) -> None:
    asked = ask_for_code(client, next=away)
    answer = type_code(client, code_sent_to(), after=asked)
    assert signed_in(client)
    assert stays_here(answer.headers["Location"]), answer.headers["Location"]
    for name in ("account_login", "safe_open", "account_logout"):
        for answer in (client.get(reverse(name), {"next": away}), client.post(reverse(name) + "?next=" + away)):
            assert stays_here(answer.headers.get("Location", "/")), answer.headers["Location"]


def test_somebody_turned_away_comes_back_to_where_they_were(kim: Account, client: Client) -> None:
    turned = client.get(reverse("people") + "?q=ada")
    page = form_with(client.get(turned.headers["Location"]), "login").send(client, login="kim@example.org")
    assert type_code(client, code_sent_to(), page).headers["Location"] == "/people/?q=ada"


def test_time_of_a_code_is_real() -> None:
    """The clock of the second factor is the machine's, or these tests would hold by accident."""
    assert abs(next(iter(yield_hotp_counters_from_time())) - int(time.time()) // 30) <= 1
