"""Every page each role may open, in a real browser at 320 pixels: axe is silent, nothing scrolls sideways.

A page that is made of the same parts for a role before is looked at there only: looking takes half a second.
"""

import re
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
ROLES = ("leader", "coordinator", "mentor", "administrator", "sponsor")
PARTS = re.compile(rb'<(\w+)(?:[^>]*? class="([^"]*)")?')


def pages_of(role: str, world: World) -> dict[str, list[tuple[bytes, bytes]]]:
    """The addresses that answer this role with a page, as the test client sees them, and what each is made of."""
    client = Client(raise_request_exception=False)
    client.force_login(world.account(role), backend=BACKEND)
    found = {}
    for route, entry in EVERY:
        word = guards.guard_of(entry.callback) or guards.library_guard(entry.name or "")
        if role not in MAY[word or ""] or (entry.name or "").startswith(LEFT_OUT):
            continue
        address = address_of(route, entry, world)
        response = client.get(address)
        if response.status_code == 200 and b"<!doctype html>" in response.content[:40]:
            found[address] = PARTS.findall(response.content.partition(b"<main")[2])
    return found


@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_a_role_is_sound_on_a_small_phone(
    live_server: Any, narrow: Page, axe: Callable[[Page], None], fits: Callable[[Page], None], role: str
) -> None:
    world = build_world()
    pages = pages_of(role, world)
    assert len(pages) > 10
    before = [pages_of(earlier, world) for earlier in ROLES[: ROLES.index(role)]]
    addresses = [one for one, parts in pages.items() if all(seen.get(one) != parts for seen in before)]
    client = Client()
    client.force_login(world.account(role), backend=BACKEND)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    for address in addresses:
        narrow.context.clear_cookies()
        narrow.context.add_cookies([cookie])  # type: ignore[list-item]
        narrow.goto(live_server.url + address)
        axe(narrow)
        fits(narrow)
