"""Every form of the program, found from the URL table, with somebody at a browser who may fill it in."""

import copy
import functools
import logging
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import QueryDict
from django.test import Client, override_settings
from django.test.client import ClientHandler
from django.urls import resolve, reverse
from lxml import html
from pytest_django.plugin import DjangoDbBlocker

from handrail.capabilities.accounts.actions import make_first_administrator_link
from handrail.capabilities.accounts.models import Account
from handrail.capabilities.pairings import actions as pairings
from handrail.capabilities.pairings.models import Note, TimeOffer
from handrail.capabilities.people import actions as people
from handrail.capabilities.starting_point.decisions.models import Decision
from handrail.foundation import clock
from handrail.foundation.access import guards
from handrail.foundation.access.readable import make_plain
from tests.factories.world import World, build_world, person
from tests.integration.page_forms import PageForm, form_with, forms_of
from tests.integration.test_every_page import EVERY, MAY, address_of
from tests.mail_set import with_mail

LEAVE = {"csrfmiddlewaretoken", "once"}  # sent as the page has them; once has tests of its own
DEMO = "demo "  # before a role: the demonstration's person, while the program is one
PARAMETERS = ("page", "q", "next", "state", "print", "kept", "device", "process")
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


class Heard(QueryDict):
    """What was sent, and every name that the page asked it for: a browser sends nothing of a circle nobody chose."""

    def __init__(self, sent: QueryDict, names: set[str]) -> None:
        self.names = names
        super().__init__("", mutable=True)
        for name, values in sent.lists():
            self.setlist(name, values)

    def __getitem__(self, name: str) -> Any:
        self.names.add(name)
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        self.names.add(str(name))
        return super().__contains__(name)

    def get(self, name: str, default: Any = None) -> Any:
        self.names.add(name)
        return super().get(name, default)

    def getlist(self, name: str, default: Any = None) -> Any:
        self.names.add(name)
        return super().getlist(name, default)


class HearingHandler(ReadableHandler):
    names: set[str]

    def get_response(self, request: Any) -> Any:
        request.POST = Heard(request.POST, self.names)
        return super().get_response(request)


@functools.cache
def hearing() -> HearingHandler:
    return HearingHandler(enforce_csrf_checks=False)


@dataclass
class Found:
    """One form, who may send it by which of its buttons, and the names to try."""

    role: str
    page: str
    form: PageForm
    button: tuple[str, str] | None = None
    names: list[str] = field(default_factory=list)

    @property
    def fields(self) -> dict[str, Any]:
        return self.form.fields | dict([self.button] if self.button else [])

    def __str__(self) -> str:
        return f"{self.role} {self.page} → {self.form.address}{' ' + '='.join(self.button) if self.button else ''}"


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

    def again(self) -> "Visitors":
        """The same in browsers of their own, for one test: what it does to the stores is taken back after it."""
        cache.clear()
        fresh = copy.copy(self)
        fresh.clients = {role: self.browser(role) for role in self.clients}
        # nobody was sent a code just now, for a code grows old; a stranger comes for the first time
        with with_mail():
            form = form_with(fresh.clients["nobody"].get(reverse("account_login")), "login")
            form.send(fresh.clients["nobody"], login="nobody@example.org")
        return fresh

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

    def ask(
        self, role: str, method: str, *address: str, strict: bool = False, heard: set[str] | None = None, **how: Any
    ) -> Any:
        """What the page answers; whatever it did is taken back. `strict`: with the check against forged forms."""
        cache.clear()  # limits of tries are kept there
        place = override_settings(DEMO=True) if role.startswith(DEMO) else nullcontext()
        with place, transaction.atomic(), transaction.atomic(using="keystore"):
            browser = self.browser(role)
            browser.handler = handler(strict)
            if heard is not None:
                browser.handler = hearing()
                browser.handler.names = heard
            response = getattr(browser, method)(*address, **how)
            response.content  # noqa: B018  reads a streamed answer while its rows are there
            for using in ("default", "keystore"):
                transaction.set_rollback(True, using=using)
        return response

    def send(self, found: Found, /, **changes: Any) -> Any:
        return self.ask(found.role, "post", found.form.address, data=found.fields | changes)

    def with_names(self, found: Found) -> Found:
        """Those of the form as the page has it, and those that are asked for when it is sent."""
        heard: set[str] = set()
        self.ask(found.role, "post", found.form.address, data=found.fields, heard=heard)
        names = dict.fromkeys([*found.form.fields, *sorted(heard)])
        return replace(found, names=[name for name in names if name not in LEAVE])


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
    met: dict[tuple[str, tuple[str, ...]], list[Found]] = {}
    for address in addresses(visitors.world):
        for role in visitors_of(address):
            for form in forms_on(visitors.ask(role, "get", address)):
                known = (form.address.partition("?")[0], tuple(form.fields))
                if known not in met:
                    met[known] = each_way(visitors, Found(role, address, form))
    return [found for ways in met.values() for found in ways]


def forms_on(response: Any) -> list[PageForm]:
    is_page = response.status_code == 200 and response.headers["Content-Type"].startswith("text/html")
    return forms_of(response) if is_page else []


def each_way(visitors: Visitors, found: Found) -> list[Found]:
    """By each of its buttons that say something: what only that one asks for is tried with it."""
    tried: set[str] = set()
    ways = []
    for button in found.form.buttons or [None]:
        way = visitors.with_names(replace(found, button=button))
        way.names = [name for name in way.names if name not in tried]
        tried.update(way.names)
        if way.names or not ways:
            ways.append(way)
    return ways


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


@pytest.fixture(scope="module")
def standing(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Visitors]:
    """Made once for all tests of a module, in a transaction around theirs."""
    with django_db_blocker.unblock(), transaction.atomic(), transaction.atomic(using="keystore"):
        made = Visitors(build_world())
        set_the_scene(made)
        yield made
        for using in ("default", "keystore"):
            transaction.set_rollback(True, using=using)


@pytest.fixture
def visitors(standing: Visitors, db: None) -> Visitors:
    return standing.again()


@pytest.fixture(scope="module")
def forms(standing: Visitors) -> list[Found]:
    return every_form(standing.again())


@pytest.fixture
def settled(visitors: Visitors) -> Iterator[Visitors]:
    """Logs of refused requests are long, and nobody reads them here."""
    logging.disable(logging.CRITICAL)
    yield visitors
    logging.disable(logging.NOTSET)
