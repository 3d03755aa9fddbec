"""A leader and a mentor find a time with taps alone; an assistant moves it; axe is silent, nothing scrolls sideways."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from handrail.capabilities.accounts.models import Account
from handrail.capabilities.pairings.models import Session
from tests.factories.world import World, build_world


def signed_in(page: Page, address: str, account: Account) -> Page:
    client = Client()
    client.force_login(account, backend="handrail.capabilities.accounts.backends.AccountBackend")
    page.context.clear_cookies()
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}])
    return page


@pytest.fixture
def world() -> World:
    world = build_world()
    Session.objects.all().delete()
    return world


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without"])
def test_two_find_a_time_with_taps_alone(
    live_server: Any, open_page: Callable[..., Page], world: World, javascript: bool
) -> None:
    page = open_page(width=320, height=640, java_script_enabled=javascript)
    times = live_server.url + reverse("session_times", args=[world.pairing.pk])
    signed_in(page, live_server.url, world.account("leader"))
    page.goto(times)
    page.get_by_role("link", name="Offer times").or_(page.get_by_role("button", name="Offer times")).first.click()
    boxes = page.get_by_role("checkbox")
    for number in (0, 4):
        boxes.nth(number).check()
    page.get_by_role("button", name="Offer these").click()
    expect(page.get_by_role("heading", name="You offer these")).to_be_visible()

    signed_in(page, live_server.url, world.account("mentor"))
    page.goto(times)
    page.get_by_role("button", name=re.compile(r", \d\d:\d\d")).first.click()
    expect(page.get_by_role("button", name="Move it").or_(page.get_by_role("link", name="Move it"))).to_be_visible()
    assert Session.objects.get().starts_at > timezone.now()


def test_every_page_about_times_is_sound(
    live_server: Any,
    narrow: Page,
    world: World,
    axe: Callable[[Page], None],
    fits: Callable[[Page], None],
    screenshot: Callable[..., None],
) -> None:
    session = Session.objects.create(
        pairing=world.pairing,
        uid="one@localhost",
        starts_at=timezone.now() + timedelta(days=3),
        time_zone="Europe/London",
        title="Catch-up",
        place="Committee Room 4",
        meeting_link="https://meet.example/a-rather-long-name-of-a-room-that-does-not-break?with=parameters",
        agreed_at=timezone.now(),
        changed_at=timezone.now(),
    )
    pages = {
        name: reverse(name, args=[number])
        for name, number in [
            ("session_times", world.pairing.pk),
            ("session_offer", world.pairing.pk),
            *((name, session.pk) for name in ("session", "session_move", "session_place", "session_cancel")),
        ]
    }
    signed_in(narrow, live_server.url, world.account("leader"))
    for name, address in {**pages, "calendar_settings": reverse("calendar_settings")}.items():
        narrow.goto(live_server.url + address)
        axe(narrow)
        fits(narrow)
        screenshot(narrow, name)
    narrow.get_by_role("button", name="Make an address").click()
    expect(narrow.get_by_label("The address")).to_have_value(re.compile(r"/pairings/calendar/[\w-]{43}\.ics$"))
    axe(narrow)
