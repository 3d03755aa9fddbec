"""Every page each role may open, in a real browser at 320 pixels: axe is silent, nothing scrolls sideways."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page

from handrail.foundation.access import guards
from tests.factories.world import World, build_world
from tests.integration.test_every_page import EVERY, MAY, address_of

BACKEND = "handrail.capabilities.accounts.backends.AccountBackend"
# The gallery is walked by its own journeys; the others answer with something that is no page of ours to look at.
LEFT_OUT = ("gallery", "calendar_feed", "mfa_view_recovery_codes", "mfa_download_recovery_codes", "openid_connect")


def addresses_for(role: str, world: World) -> list[str]:
    """The addresses that answer this role with a page, as the test client sees them."""
    client = Client(raise_request_exception=False)
    client.force_login(world.account(role), backend=BACKEND)
    found = []
    for route, entry in EVERY:
        word = guards.guard_of(entry.callback) or guards.library_guard(entry.name or "")
        if role not in MAY[word or ""] or (entry.name or "").startswith(LEFT_OUT):
            continue
        address = address_of(route, entry, world)
        response = client.get(address)
        if response.status_code == 200 and b"<!doctype html>" in response.content[:40]:
            found.append(address)
    return found


@pytest.mark.parametrize("role", ["leader", "mentor", "coordinator", "sponsor", "administrator"])
def test_every_page_of_a_role_is_sound_on_a_small_phone(
    live_server: Any, narrow: Page, axe: Callable[[Page], None], fits: Callable[[Page], None], role: str
) -> None:
    world = build_world()
    addresses = addresses_for(role, world)
    assert len(addresses) > 10
    client = Client()
    client.force_login(world.account(role), backend=BACKEND)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    for address in addresses:
        narrow.context.clear_cookies()
        narrow.context.add_cookies([cookie])  # type: ignore[list-item]
        narrow.goto(live_server.url + address)
        axe(narrow)
        fits(narrow)
