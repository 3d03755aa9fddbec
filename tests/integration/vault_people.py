"""People at browsers, for tests of the vault."""

from typing import Any

from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.test import RequestFactory

from handrail.foundation.vault import keys, texts
from handrail.foundation.vault.keys import devices, opening

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19.0 Safari/604.1"


class Browser:
    """A person at one browser: each request sees the cookies that the answers before it set."""

    def __init__(self, account: Any) -> None:
        self.account = account
        self.cookies: dict[str, str] = {}

    def request(self) -> Any:
        request = RequestFactory(headers={"user-agent": IPHONE}).get("/")
        request.user = self.account
        request.COOKIES.update(self.cookies)
        return request

    def done(self, request: Any) -> HttpResponse:
        """The request ends: its cookies reach the browser, and nothing opened is left."""
        response = HttpResponse()
        devices.set_cookies(request, response)
        opening.forget(request)
        for name, morsel in response.cookies.items():
            if morsel.value:
                self.cookies[name] = morsel.value
            else:
                self.cookies.pop(name, None)
        return response

    def begin(self) -> texts.OpenVault:
        request = self.request()
        opened = keys.begin(request)
        self.done(request)
        return opened

    def opened(self) -> texts.OpenVault:
        opened = texts.open_vault(self.request())
        assert opened is not None
        return opened


def person(name: str) -> Any:
    return get_user_model().objects.create_account(name=name.title(), email=f"{name}@example.org")


def begun(name: str) -> Browser:
    """Somebody whose vault is made and opens on their browser."""
    browser = Browser(person(name))
    browser.begin()
    return browser


def begins_again(browser: Browser) -> Browser:
    """The same person, with everything lost, at a new browser with a new key."""
    fresh = Browser(browser.account)
    request = fresh.request()
    keys.begin_again(request, own_device=True)
    fresh.done(request)
    return fresh
