"""Every form of the program, found from the URL table, with somebody at a browser who may fill it in."""

import functools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.test.client import ClientHandler
from django.urls import resolve, reverse
from lxml import html

from handrail.capabilities.accounts.actions import make_first_administrator_link
from handrail.capabilities.accounts.models import Account
from handrail.capabilities.pairings import actions as pairings
from handrail.capabilities.pairings.models import Note, TimeOffer
from handrail.capabilities.people import actions as people
from handrail.capabilities.starting_point.decisions.models import Decision
from handrail.foundation import clock
from handrail.foundation.access import guards
from handrail.foundation.access.readable import make_plain
from tests.factories.world import World, person
from tests.integration.page_forms import PageForm, form_with, forms_of
from tests.integration.test_every_page import EVERY, MAY, address_of

LEAVE = {"csrfmiddlewaretoken", "once"}  # sent as the page has them; once has tests of its own
VISITORS = ("stranger", "nobody", "leader", "mentor", "coordinator", "administrator")


class ReadableHandler(ClientHandler):
    """What the WSGI application does before Django sees a request, which the test client leaves out."""

    def __call__(self, environ: dict[str, Any]) -> Any:
        make_plain(environ)
        return super().__call__(environ)


@functools.cache
def handler(strict: bool) -> ReadableHandler:
    """Loads the middleware, which takes as long as a small page."""
    return ReadableHandler(enforce_csrf_checks=strict)


@dataclass
class Found:
    """One form, and who may send it."""

    role: str
    page: str
    form: PageForm

    @property
    def names(self) -> list[str]:
        return [name for name in self.form.fields if name not in LEAVE]

    def __str__(self) -> str:
        return f"{self.role} {self.page} → {self.form.address}"


@dataclass
class Visitors:
    """A browser per role; each sending starts from the same cookies and leaves nothing behind."""

    world: World
    clients: dict[str, Client] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for role in VISITORS:
            self.clients[role] = self.world.client_of("nobody" if role == "stranger" else role)
        for role in ("leader", "mentor"):  # their private space is open in this browser
            form_with(self.clients[role].get(reverse("safe_open")), "device").send(self.clients[role])
        self._plan()
        # nobody was sent a code; a stranger comes for the first time
        form = form_with(self.clients["nobody"].get(reverse("account_login")), "login")
        form.send(self.clients["nobody"], login="nobody@example.org")

    def _plan(self) -> None:
        """A plan of the leader's, which they made the pair's; its first step is done."""
        leader = self.clients["leader"]
        step = leader.post(reverse("plan_begin"))["Location"]
        leader.get(reverse("pairing_notes", args=[self.world.pairing.pk]))
        leader.post(reverse("plan_share"), {"pairing": self.world.pairing.pk, "parts": ["done", "lines"]})
        self.world.parts.update(resolve(step).kwargs)
        leader.post(reverse("plan_note_hour") + "?day=2", {"hour": "8"})

    def browser(self, role: str) -> Client:
        fresh = Client(raise_request_exception=False)
        fresh.cookies = self.clients[role].cookies.copy()
        return fresh

    def ask(self, role: str, method: str, *address: str, strict: bool = False, **how: Any) -> Any:
        """What the page answers; whatever it did is taken back. `strict`: with the check against forged forms."""
        cache.clear()  # limits of tries are kept there
        with transaction.atomic(), transaction.atomic(using="keystore"):
            browser = self.browser(role)
            browser.handler = handler(strict)
            response = getattr(browser, method)(*address, **how)
            response.content  # noqa: B018  reads a streamed answer while its rows are there
            for using in ("default", "keystore"):
                transaction.set_rollback(True, using=using)
        return response

    def send(self, found: Found, **changes: Any) -> Any:
        return self.ask(found.role, "post", found.form.address, data={**found.form.fields, **changes})


def addresses(world: World) -> Iterator[str]:
    """Every page, and again those that look otherwise in another state."""
    for route, entry in EVERY:
        yield address_of(route, entry, world)
    asked = question_for(world)
    yield reverse("pairing_answer", args=[asked])
    yield reverse("pairing_overview", args=[asked])
    note = Note.objects.filter(author=world.persons["leader"]).first()
    assert note is not None
    yield reverse("pairing_note", args=[world.pairing.pk, note.pk])
    decision = Decision.objects.get()
    for name in ("decision", "decision_touches", "decision_day", "decision_outcome", "decision_delete"):
        yield reverse(name, args=[decision.pk])
    link = make_first_administrator_link()
    yield link[link.index("/account/") :]


def question_for(world: World) -> int:
    """A question that the leader has not answered yet."""
    coordinator = world.persons["coordinator"]
    assert coordinator.account is not None
    asked = pairings.ask_pair(
        by=coordinator.account,
        scheme=world.pairing.scheme,
        leader=world.persons["leader"],
        mentor=person(world.organisation, "Second mentor"),
        asked_by=coordinator,
        words="And you two?",
        reason_to_go_on="They know each other",
    )
    return asked.pk


def visitors_of(address: str) -> list[str]:
    """Those the page's guard lets in."""
    found = resolve(address)
    word = guards.guard_of(found.func) or guards.library_guard(found.url_name or "")
    return [
        role for role in VISITORS if role in MAY[word or ""] or (role == "stranger" and "nobody" in MAY[word or ""])
    ]


def set_the_scene(visitors: Visitors) -> None:
    """A note, an offer and a delegate, so that their forms are there to fill in."""
    world = visitors.world
    notes = reverse("pairing_notes", args=[world.pairing.pk])
    form_with(visitors.clients["leader"].get(notes), "text").send(visitors.clients["leader"], text="A first note")
    for role in ("leader", "mentor"):
        TimeOffer.objects.create(
            pairing=world.pairing,
            offered_by=world.persons[role],
            starts_at=clock.now().replace(microsecond=0) + (world.session.starts_at - clock.now()) * 2,
            time_zone="Europe/London",
            offered_at=clock.now(),
        )
    answer_four(visitors.clients["leader"])
    mark_and_bring(visitors.clients["leader"])
    leader = world.persons["leader"]
    assert isinstance(leader.account, Account)
    people.name_delegate(by=leader.account, person=leader, delegate=world.persons["outsider"])


def answer_four(browser: Client) -> None:
    """Enough of a starting point for its pages to have their forms."""
    for question in ("role_goal", "audience", "team", "worries"):
        page = browser.get(reverse("starting_point_question", args=[question]))
        form_with(page, "words").send(browser, words="In my own words")


def mark_and_bring(browser: Client) -> None:
    """A mark in a walk-through, and a decision."""
    browser.post(reverse("walkthrough_item", args=["who-sees-what", "phone"]), {"mark": "done"})
    form_with(browser.get(reverse("decisions")), "paper").send(browser, paper="A contract with a supplier")


def every_form(visitors: Visitors) -> list[Found]:
    """Each form once, by the address it is sent to and the fields it has, for the first visitor who meets it."""
    met: dict[tuple[str, tuple[str, ...]], Found] = {}
    for address in addresses(visitors.world):
        for role in visitors_of(address):
            response = visitors.ask(role, "get", address)
            if response.status_code != 200 or not response.headers["Content-Type"].startswith("text/html"):
                continue
            for form in forms_of(response):
                found = Found(role, address, form)
                met.setdefault((form.address.partition("?")[0], tuple(found.names)), found)
    return list(met.values())


def stays_here(location: str) -> bool:
    """As a browser reads it: backslashes count as slashes, line breaks and tabs as nothing."""
    read = location.replace("\\", "/").translate({9: None, 10: None, 13: None}).strip()
    try:
        parts = urlsplit(urljoin("http://testserver/here/", read))
    except ValueError:
        return False
    return (parts.scheme, parts.netloc) == ("http", "testserver") or read.startswith(settings.BASE_URL + "/")


def faults_of_answer(response: Any) -> list[str]:
    """What an answer to nasty text must never be: a fault of ours, or a page where the text became markup."""
    if response.status_code >= 500:
        return [f"status {response.status_code}: {response.exc_info[1]!r}" if response.exc_info else "5xx"]
    faults = [f"a header with a line break: {name}" for name, value in response.headers.items() if "\n" in value]
    if response.headers.get("Content-Type", "").startswith("text/html") and response.content:
        page = html.document_fromstring(response.content.decode())
        if page.xpath("//nastymark | //@nastymark | //@onload | //@onerror | //svg[@onload]"):
            faults.append("typed text became markup")
        if page.xpath("//a[starts-with(normalize-space(@href), 'javascript:')]"):
            faults.append("typed text became a link that runs")
    location = response.headers.get("Location", "")
    if location and not stays_here(location):
        faults.append(f"leads away: {location[:80]!r}")
    return faults


@pytest.fixture
def visitors(world: World) -> Visitors:
    cache.clear()
    made = Visitors(world)
    set_the_scene(made)
    return made
