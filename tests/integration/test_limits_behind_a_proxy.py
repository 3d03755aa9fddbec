"""Tries are counted by the asker's own address: one office's tries are not another's, and no header resets them."""

from typing import Any

import pytest
from django.test import Client
from django.test.client import ClientHandler

from handrail.foundation.access.proxies import settle_address

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]
LIMIT = 10  # ACCOUNT_RATE_LIMITS["letter"]
TOO_MANY = "Too many tries"


class BehindOneProxy(ClientHandler):
    def __call__(self, environ: dict[str, Any]) -> Any:
        settle_address(environ, 1)
        return super().__call__(environ)


def try_a_letter(forwarded: str) -> str:
    client = Client()
    client.handler = BehindOneProxy(enforce_csrf_checks=False)
    answer = client.post("/letter/", {"code": "AAAA-BBBB-CCCC"}, HTTP_X_FORWARDED_FOR=forwarded)
    return str(answer.content.decode())


def test_another_address_has_its_own_tries() -> None:
    for _number in range(LIMIT):
        assert TOO_MANY not in try_a_letter("198.51.100.7")
    assert TOO_MANY in try_a_letter("198.51.100.7")
    assert TOO_MANY not in try_a_letter("198.51.100.8")


def test_a_forged_address_wins_no_tries() -> None:
    for number in range(LIMIT):
        assert TOO_MANY not in try_a_letter(f"203.0.113.{number}, 198.51.100.7")
    assert TOO_MANY in try_a_letter("203.0.113.99, 198.51.100.7")
