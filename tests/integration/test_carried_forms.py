"""A form that outlives its session, its CSRF cookie or its open vault: nothing is lost, nobody else sees it."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from freezegun import freeze_time

from handrail.capabilities.pairings.models import Note
from handrail.foundation.idempotency.context import owner_of
from handrail.foundation.vault import carried, keys
from handrail.foundation.vault.keys import phrases
from handrail.foundation.vault.models import CarriedForm, Wrapping
from tests.factories.world import World, build_world
from tests.integration.page_forms import PageForm, form_with
from tests.integration.vault_people import IPHONE
from tests.pages import check_page

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
BACKEND = "handrail.capabilities.accounts.backends.AccountBackend"
WRITTEN = "What I never dared to ask:\nhow does one “mute” a thread? <b>&amp; é \U0001f600"


@pytest.fixture
def world() -> World:
    return build_world()


class Writer:
    """The leader, writing a note on their own browser."""

    def __init__(self, world: World, role: str = "leader") -> None:
        self.world, self.role = world, role
        self.client = Client(headers={"user-agent": IPHONE}, enforce_csrf_checks=True)
        self.address = reverse("pairing_own_notes", args=[world.pairing.pk])
        self.sign_in()

    def sign_in(self, role: str | None = None) -> None:
        self.client.force_login(self.world.account(role or self.role), backend=BACKEND)

    def session_ends(self) -> None:
        Session.objects.all().delete()

    def form(self) -> PageForm:
        return form_with(self.client.get(self.address), "text")

    def kept_page(self) -> Any:
        return self.client.get(reverse("safe_carried"))

    def key_cookies(self) -> list[str]:
        return [
            name for name, cookie in self.client.cookies.items() if name.startswith(carried.COOKIE) and cookie.value
        ]


@pytest.fixture
def writer(world: World) -> Writer:
    return Writer(world)


def notes_read(writer: Writer) -> str:
    return writer.client.get(writer.address).content.decode()  # type: ignore[no-any-return]


@pytest.mark.slow
def test_a_note_written_after_the_session_ended_comes_back_whole(writer: Writer) -> None:
    form = writer.form()
    writer.session_ends()
    away = form.send(writer.client, text=WRITTEN)
    assert away["Location"] == f"{reverse('account_login')}?next={reverse('safe_carried')}"
    row = CarriedForm.objects.get()
    assert b"dared" not in bytes(row.sealed)
    assert b"notes" not in bytes(row.sealed)
    (name,) = writer.key_cookies()
    cookie = writer.client.cookies[name]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 24 * 3600)
    writer.sign_in()
    page = writer.kept_page()
    check_page(page)
    again = form_with(page, "kept_form")
    assert again.fields["text"].replace("\r\n", "\n") == WRITTEN
    assert again.address == writer.address
    assert again.send(writer.client)["Location"] == writer.address
    assert Note.objects.count() == 1
    assert "how does one" in notes_read(writer)
    assert not CarriedForm.objects.exists()
    assert writer.key_cookies() == []
    assert "Nothing is waiting" in writer.kept_page().content.decode()


@pytest.mark.slow
def test_it_is_shown_to_nobody_else_on_the_same_browser(writer: Writer) -> None:
    form = writer.form()
    writer.session_ends()
    form.send(writer.client, text=WRITTEN)
    writer.sign_in("mentor")
    assert "dared" not in writer.kept_page().content.decode()
    writer.sign_in()
    assert "dared" in writer.kept_page().content.decode()


@pytest.mark.slow
def test_without_the_cookie_the_row_is_of_no_use(writer: Writer) -> None:
    form = writer.form()
    writer.session_ends()
    form.send(writer.client, text=WRITTEN)
    (name,) = writer.key_cookies()
    writer.client.cookies[name] = "A" * 43 + "="
    writer.sign_in()
    assert "dared" not in writer.kept_page().content.decode()
    writer.client.cookies[name] = "é"
    assert "dared" not in writer.kept_page().content.decode()


@pytest.mark.slow
def test_it_is_kept_a_day_and_then_deleted(writer: Writer) -> None:
    form = writer.form()
    writer.session_ends()
    form.send(writer.client, text=WRITTEN)
    assert carried.delete_expired_forms() == 0
    with freeze_time(timezone.now() + timedelta(hours=25)):
        writer.sign_in()
        assert "dared" not in writer.kept_page().content.decode()
        assert carried.delete_expired_forms() == 1


@pytest.mark.slow
def test_a_lost_csrf_cookie_loses_nothing(writer: Writer) -> None:
    form = writer.form()
    del writer.client.cookies["csrftoken"]
    assert form.send(writer.client, text=WRITTEN)["Location"] == reverse("safe_carried")
    assert form_with(writer.kept_page(), "kept_form").send(writer.client)["Location"] == writer.address
    assert Note.objects.count() == 1


@pytest.mark.slow
def test_a_browser_that_cleared_every_cookie_loses_nothing(writer: Writer) -> None:
    form = writer.form()
    keys.set_recovery_code(_opened(writer), code := keys.new_code())
    writer.client.cookies.clear()
    assert reverse("safe_carried") in form.send(writer.client, text=WRITTEN)["Location"]
    writer.sign_in()
    sent = form_with(writer.kept_page(), "kept_form").send(writer.client)
    assert sent["Location"].startswith(reverse("safe_open"))
    opening = form_with(writer.client.get(sent["Location"] + "&way=code"), "code")
    back = opening.send(writer.client, code=code, device="own")
    assert back["Location"] == reverse("safe_carried")
    assert CarriedForm.objects.count() == 1
    assert form_with(writer.kept_page(), "kept_form").send(writer.client)["Location"] == writer.address
    assert "how does one" in notes_read(writer)


def _opened(writer: Writer) -> Any:
    from tests.integration.vault_people import Browser

    browser = Browser(writer.world.account(writer.role))
    browser.cookies = {name: cookie.value for name, cookie in writer.client.cookies.items()}
    return browser.request()


@pytest.mark.slow
def test_a_closed_vault_asks_to_open_and_then_shows_the_text(writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phrases, "MEMORY", 64 * 1024)
    form = writer.form()
    keys.set_phrase(_opened(writer), "violin gravel teapot meadow lantern")
    Wrapping.objects.filter(kind="device").delete()
    away = form.send(writer.client, text=WRITTEN)
    assert away["Location"].startswith(reverse("safe_open"))
    opening = form_with(writer.client.get(away["Location"]), "phrase")
    back = opening.send(writer.client, phrase="violin gravel teapot meadow lantern", device="own")
    assert back["Location"] == reverse("safe_carried")
    assert form_with(writer.kept_page(), "kept_form").send(writer.client)["Location"] == writer.address
    assert "how does one" in notes_read(writer)


@pytest.mark.slow
def test_two_forms_of_two_tabs_both_come_back(writer: Writer) -> None:
    one, two = writer.form(), writer.form()
    writer.session_ends()
    one.send(writer.client, text="first tab")
    two.send(writer.client, text="second tab")
    writer.sign_in()
    page = writer.kept_page()
    check_page(page)
    text = page.content.decode()
    assert "first tab" in text
    assert "second tab" in text
    form_with(page, "text", "second tab").send(writer.client)
    assert form_with(writer.kept_page(), "text").fields["text"].strip() == "first tab"


@pytest.mark.slow
def test_it_can_be_let_go(writer: Writer) -> None:
    form = writer.form()
    writer.session_ends()
    form.send(writer.client, text=WRITTEN)
    writer.sign_in()
    (kept,) = CarriedForm.objects.all()
    form_with(writer.kept_page(), "form_id").send(writer.client, form_id=str(uuid4()))  # let go of in another tab
    assert CarriedForm.objects.get() == kept
    form_with(writer.kept_page(), "form_id").send(writer.client)
    assert not CarriedForm.objects.exists()
    assert writer.key_cookies() == []


@pytest.mark.slow
@pytest.mark.parametrize("once", ["", "x", "x.1.y", "x.{owner}.0123456789abcdef"])
def test_only_a_form_that_was_rendered_for_somebody_is_kept(writer: Writer, once: str) -> None:
    form = writer.form()
    writer.session_ends()
    owner = writer.world.account("leader").pk
    form.send(writer.client, text=WRITTEN, once=once.format(owner=owner))
    assert not CarriedForm.objects.exists()


@pytest.mark.slow
def test_what_another_site_posts_is_not_kept(writer: Writer) -> None:
    form = writer.form()
    writer.session_ends()
    writer.client.post(form.address, {**form.fields, "text": WRITTEN}, headers={"origin": "https://evil.example"})
    assert not CarriedForm.objects.exists()


@pytest.mark.slow
@pytest.mark.parametrize("header", ["origin", "referer"])
@pytest.mark.parametrize("sender", ["https://[::1", "https://[::1]:99999/", "https://ex\u2100mple.org/"])
def test_what_comes_from_no_address_at_all_is_refused_and_not_kept(writer: Writer, header: str, sender: str) -> None:
    """Such an address ended in a fault of ours."""
    form = writer.form()
    writer.session_ends()
    answer = writer.client.post(form.address, {**form.fields, "text": WRITTEN}, headers={header: sender})
    assert answer.status_code in (302, 403)
    assert not CarriedForm.objects.exists()


@pytest.mark.slow
def test_sign_in_and_phrase_forms_are_never_kept(writer: Writer) -> None:
    once = writer.form().fields["once"]
    writer.session_ends()
    typed = {"once": once, "phrase": "violin gravel teapot", "code": "x", "login": "x", "csrfmiddlewaretoken": "x"}
    for name in (
        "account_login",
        "safe_open",
        "safe_keep",
        "safe_phrase",
        "safe_recovery",
        "safe_lost",
        "safe_passkey",
    ):
        writer.client.post(reverse(name), typed)
    writer.client.post("/no/such/page/", typed)
    assert not CarriedForm.objects.exists()


@pytest.mark.slow
def test_a_form_rendered_for_somebody_else_is_not_taken_over(writer: Writer) -> None:
    form = writer.form()
    assert owner_of(form.fields["once"]) == writer.world.account("leader").pk
    writer.sign_in("mentor")
    del writer.client.cookies["csrftoken"]
    form.send(writer.client, text=WRITTEN)
    assert not CarriedForm.objects.exists()


@pytest.mark.slow
def test_a_browser_keeps_only_so_many(writer: Writer) -> None:
    form = writer.form()
    writer.session_ends()
    for number in range(carried.MOST_AT_ONCE + 2):
        form.send(writer.client, text=f"{number}")
    assert CarriedForm.objects.count() == carried.MOST_AT_ONCE


@pytest.mark.slow
def test_a_page_may_fill_itself(writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.test import RequestFactory

    from handrail.capabilities.pairings.notes import views

    monkeypatch.setattr(views.pairing_own_notes, "fills_itself", True, raising=False)
    form = writer.form()
    writer.session_ends()
    assert form.send(writer.client, text=WRITTEN)["Location"].endswith(f"next={writer.address}")
    request = RequestFactory().get(writer.address)
    request.user = writer.world.account("leader")
    request.COOKIES.update({name: cookie.value for name, cookie in writer.client.cookies.items()})
    initial = carried.initial_for(request)
    assert str(initial["text"]).replace("\r\n", "\n") == WRITTEN
    request.path = request.path_info = "/elsewhere/"
    assert carried.initial_for(request) == {}
