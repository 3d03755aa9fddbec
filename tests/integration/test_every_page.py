"""Every URL × every role × every method, from the URL table: a page without a guard, or a wrong one, fails here."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from handrail.foundation.access import guards
from tests.factories.world import World, build_world, plan_without_a_key
from tests.pages import faults_of_page

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
UNUSED = ("put", "patch", "delete", "options", "trace")
ROLES = (
    "nobody",
    "leader",
    "mentor",
    "outsider",
    "coordinator",
    "sponsor",
    "editor",
    "administrator",
    "foreign_coordinator",
)
MAY = {
    guards.ANYONE: set(ROLES),
    guards.SIGNED_IN: set(ROLES) - {"nobody"},
    guards.RELATION: set(ROLES) - {"nobody"},
    guards.COORDINATOR: {"coordinator", "foreign_coordinator"},
    guards.SPONSOR: {"sponsor"},
    guards.EDITOR: {"editor"},
    guards.ADMINISTRATOR: {"administrator"},
    guards.DEMO_ONLY: set(),
}


def patterns(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, before + str(entry.pattern))
        else:
            yield before + str(entry.pattern), entry


EVERY = sorted(patterns(), key=lambda found: found[0])
NAMES = [f"{route} ({entry.name})" for route, entry in EVERY]


def test_there_are_pages() -> None:
    assert len(EVERY) > 30


@pytest.mark.parametrize(("route", "entry"), EVERY, ids=NAMES)
def test_every_page_has_a_guard(route: str, entry: URLPattern) -> None:
    word = guards.guard_of(entry.callback) or guards.library_guard(entry.name or "")
    assert word in guards.WORDS, f"{route} has no guard: put one above its view"


@pytest.fixture
def world() -> World:
    made = build_world()
    plan_without_a_key(made)
    return made


ADDRESS_PARTS = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")


def address_of(route: str, entry: URLPattern, world: World) -> str:
    """The page's address, with the ids of the world's one leader, pairing and session in it."""
    converters = {name: kind for kind, name in ADDRESS_PARTS.findall(route)}
    return reverse(entry.name, kwargs={name: world.value_for(name, kind) for name, kind in converters.items()})


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES)
def test_every_page_as_every_role_with_every_method(world: World, role: str) -> None:
    """Who may not, meets sign-in, 403 or 404; who may, never meets a fault. No method makes a 5xx.

    Methods that no link and no form of ours sends are refused before anybody asks who it is: one role after the other
    tries them in turn. The long test tries each page by every role.
    """
    deviations = []
    for place, (route, entry) in enumerate(EVERY):
        word = guards.guard_of(entry.callback) or guards.library_guard(entry.name or "")
        assert word is not None
        address = address_of(route, entry, world)
        client = world.client_again(role)
        unused = UNUSED if place % len(ROLES) == ROLES.index(role) else ()
        for method in ("get", "head", *unused, "post"):  # the last may end a session
            response = getattr(client, method)(address)
            allowed = role in MAY[word]
            said = f"{role} {method.upper()} {address}: {response.status_code}"
            if response.status_code >= 500 or (method in UNUSED and response.status_code != 405):
                deviations.append(said)
            elif method == "get" and is_page(response):
                deviations += [f"{said}: {fault}" for fault in faults_of_page(response)]
            elif not allowed and not is_refusal(response.status_code, response.headers.get("Location", "")):
                deviations.append(f"{said} although it is for {word}")
            elif word == guards.RELATION and role in world.strangers and not is_closed(response.status_code, route):
                deviations.append(f"{said} although it concerns others")
    assert deviations == []


@pytest.mark.long
@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES)
def test_no_role_gets_anywhere_by_a_method_that_nothing_sends(world: World, role: str) -> None:
    client = world.client_again(role)
    addresses = [address_of(route, entry, world) for route, entry in EVERY]
    answers = {(method, one): getattr(client, method)(one).status_code for one in addresses for method in UNUSED}
    assert {asked: status for asked, status in answers.items() if status != 405} == {}


def is_page(response: Any) -> bool:
    """A whole page: not a fragment that replaces part of one, and nothing of the gallery, which has its own tests."""
    kind = response.headers.get("Content-Type", "")
    return kind.startswith("text/html") and b"<!doctype html>" in response.content[:40]


def is_refusal(status: int, location: str) -> bool:
    return status in (403, 404, 405) or (status == 302 and location.startswith("/sign-in/login/"))


def is_closed(status: int, route: str) -> bool:
    """A relation's page about one thing is not found by a stranger; one without an id shows them only their own."""
    return "<" not in route or status in (403, 404, 405, 302)


def test_an_unknown_page_is_kind(client: Client) -> None:
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    assert b"There is no such page" in response.content
