"""The vault from a request to a text and back, as capabilities use it."""

from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.test import RequestFactory

from handrail.foundation.vault import keys, texts
from handrail.foundation.vault.faults import NotShared, Tampered, WrongSecret
from handrail.foundation.vault.keys import devices, opening

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])


class Browser:
    """A person at one browser: requests that keep their cookies."""

    def __init__(self, account: Any) -> None:
        self.account, self.cookies = account, {}

    def request(self) -> Any:
        request = RequestFactory(headers={"user-agent": "Mozilla/5.0 (iPhone) Safari"}).get("/")
        request.user = self.account
        request.COOKIES.update(self.cookies)
        return request

    def done(self, request: Any) -> HttpResponse:
        response = HttpResponse()
        devices.set_cookies(request, response)
        opening.forget(request)
        for name, morsel in response.cookies.items():
            self.cookies[name] = morsel.value
        return response


def person(name: str) -> Any:
    return get_user_model().objects.create_account(name=name, email=f"{name}@example.org")


def test_first_answer_is_sealed_to_this_device() -> None:
    browser = Browser(person("ann"))
    request = browser.request()
    opened = keys.begin(request)
    browser.done(request)
    again = texts.open_vault(browser.request())
    assert again is not None
    assert bytes(again.secret) == bytes(opened.secret)
    assert texts.open_vault(Browser(browser.account).request()) is None


def test_a_pair_writes_and_reads() -> None:
    ann, ben = Browser(person("ann")), Browser(person("ben"))
    for browser in (ann, ben):
        request = browser.request()
        keys.begin(request)
        browser.done(request)
    conversation = texts.start_conversation(subject="pair", participants=[ann.account.pk, ben.account.pk])
    row = uuid4()
    opened = texts.open_vault(ann.request())
    assert opened is not None
    sealed = texts.seal(texts.open_conversation(opened, conversation.pk), "pairings.Note", row, "text", "Dear Ben")
    other = texts.open_vault(ben.request())
    assert other is not None
    theirs = texts.open_conversation(other, conversation.pk)
    assert texts.unseal(theirs, "pairings.Note", row, "text", sealed) == "Dear Ben"
    with pytest.raises(Tampered):
        texts.unseal(theirs, "pairings.Note", uuid4(), "text", sealed)


def test_phrase_opens_another_device() -> None:
    ann = Browser(person("ann"))
    request = ann.request()
    keys.begin(request)
    phrase = keys.new_phrase()
    keys.set_phrase(request, phrase)
    ann.done(request)
    phone = Browser(ann.account)
    request = phone.request()
    with pytest.raises(WrongSecret):
        keys.open_with_phrase(request, phrase + " no", own_device=True)
    keys.open_with_phrase(request, phrase.upper().replace(" ", " - "), own_device=True)
    phone.done(request)
    assert texts.open_vault(phone.request()) is not None


def test_stranger_is_not_let_in() -> None:
    ann, eve = Browser(person("ann")), Browser(person("eve"))
    opened = {}
    for browser in (ann, eve):
        request = browser.request()
        opened[browser] = keys.begin(request)
    own = texts.own_conversation(opened[ann], "journal")
    with pytest.raises(NotShared):
        texts.open_conversation(opened[eve], own.id)
