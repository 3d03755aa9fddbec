"""Nasty strings through every field of every form, every address and every parameter.

Never a fault of ours, never markup made of what was typed, never a way out through ?next=; and what was refused comes
back to the person, escaped, to be mended.
"""

from collections.abc import Iterator
from email import message_from_bytes
from itertools import cycle, islice
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest
from django.urls import reverse
from django.utils.http import urlencode
from lxml import html

from handrail.config.wsgi import application
from handrail.design.markup import presentable
from handrail.foundation.mail.composing import compose
from handrail.foundation.mail.models import OutboxMessage
from tests import nasty
from tests.factories.world import World
from tests.integration.demo_forms import forms_of_demo
from tests.integration.later_forms import later_forms
from tests.integration.nasty_forms import (
    PARAMETERS,
    Found,
    Visitors,
    faults_of_answer,
    forms,
    settled,
    standing,
    visitors,
)
from tests.integration.page_forms import form_with
from tests.integration.test_every_page import ADDRESS_PARTS, EVERY, address_of

__all__ = ["forms", "settled", "standing", "visitors"]
pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]
PARTS = 50
PARTS_OF_ADDRESSES = {  # by the kind of part
    "int": ["0", str(2**31), str(2**63), "9" * 30, "9" * 5000],
    "slug": ["-", "_" * 300, "9" * 4301, "__class__"],
    "str": ["\x00", "a\x00b", "\ufffd", "{{ 7*7 }}", "%00", "a" * 3000, "\u202e", "'"],
}
HEADERS = {
    *("From", "To", "Subject", "Message-ID", "Date", "Auto-Submitted", "X-Auto-Response-Suppress"),
    *("MIME-Version", "Content-Type"),
}
FORMS_OF_THE_WALK = {
    *("letter_sign_in", "account_details", "account_address", "person_add", "organisation_add"),
    *("calendar_settings", "people_import", "safe_open", "mfa_activate_totp"),
}


@pytest.fixture(scope="module")
def later(standing: Visitors) -> list[Found]:
    return later_forms(standing)


@pytest.fixture(scope="module")
def more_forms(standing: Visitors, forms: list[Found], later: list[Found]) -> list[Found]:
    """For the long test: what comes later, and what only the demonstration has."""
    return later + forms_of_demo(standing, forms + later)


def encodable(text: str) -> str:
    """As a browser or an attacker can send it: the surrogates travel as the bytes that stand for them."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def try_field(visitors: Visitors, found: Found, name: str, text: str) -> list[str]:
    response = visitors.send(found, **{name: encodable(text)})
    faults = faults_of_answer(response)
    if not faults and response.status_code == 200 and "html" in response.headers["Content-Type"]:
        faults += lost_text(response, name, encodable(text))
    return [f"{found} {name}={text[:40]!r}: {fault}" for fault in faults]


def left_out(visitors: Visitors, found: Found, name: str) -> list[str]:
    fields = {other: value for other, value in found.fields.items() if other != name}
    response = visitors.ask(found.role, "post", found.form.address, data=fields)
    return [f"{found} without {name}: {fault}" for fault in faults_of_answer(response)]


def lost_text(response: Any, name: str, text: str) -> list[str]:
    """A form that comes back with a question brings what was typed, as far as a page can show it."""
    page = html.document_fromstring(response.content.decode())
    boxes = page.xpath("//textarea | //input[@type='text' or @type='email' or @type='search' or @type='url']")
    shown = [box.value or "" for box in boxes if box.name == name]
    if not shown or b'class="govuk-error-summary"' not in response.content:
        return []
    typed = "".join(map(str, presentable(text).split()))
    back = ["".join(one.split()) for one in shown]
    visible = "".join(character for character in typed if character.isprintable())
    if any(visible in one or one in typed for one in back):
        return []
    return [f"{visible[:40]!r} came back as {back[0][:40]!r}"]


def test_every_field_of_every_form_meets_nasty_strings(visitors: Visitors, forms: list[Found]) -> None:
    """Two strings a field, in rotation through the kinds, and none; the long test sends all of them to each."""
    strings, faults = nasty.rotation(), []
    the_walk_is_among(forms)
    for found in forms:
        for name in found.names:
            faults += left_out(visitors, found, name)
            for text in islice(strings, 2):
                faults += try_field(visitors, found, name, text)
    assert faults == []


@pytest.mark.postgres
def test_forms_that_come_later_bear_the_worst(settled: Visitors, later: list[Found]) -> None:
    """Two of the worst a field, in rotation, and none."""
    strings, faults = cycle(nasty.WORST), []
    for found in later:
        for name in found.names:
            faults += left_out(settled, found, name)
            for text in islice(strings, 2):
                faults += try_field(settled, found, name, text)
    assert faults == []


def the_walk_is_among(forms: list[Found]) -> None:
    sent_to = {one.form.address.partition("?")[0] for one in forms}
    assert {reverse(name) for name in FORMS_OF_THE_WALK} <= sent_to
    for part in ("/roles/", "/answer/", "/notes/", "/times/offer/", "/move/", "/place/", "/letter/"):
        assert any(part in address for address in sent_to), part
    assert len(forms) > 30


@pytest.mark.long
@pytest.mark.postgres
@pytest.mark.parametrize("part", range(PARTS))
def test_every_field_of_every_form_meets_five_hundred_nasty_strings(
    settled: Visitors, forms: list[Found], more_forms: list[Found], part: int
) -> None:
    """In parts that run by themselves: each takes every fiftieth field, and all the strings."""
    strings = nasty.everything()
    assert len(strings) >= 500
    faults = []
    fields = [(found, name) for found in forms + more_forms for name in found.names]
    for found, name in fields[part::PARTS]:
        for text in strings:
            faults += try_field(settled, found, name, text)
    assert faults == []


@pytest.mark.parametrize("role", ["leader", "coordinator", "administrator"])
def test_every_page_bears_nasty_parameters(visitors: Visitors, role: str) -> None:
    strings, faults = nasty.rotation(), []
    for route, entry in EVERY:
        address = address_of(route, entry, visitors.world)
        values = [text[:3000].encode("utf-8", "surrogatepass") for text in islice(strings, len(PARAMETERS))]
        query = urlencode(list(zip(PARAMETERS, values, strict=True)))
        response = visitors.ask(role, "get", f"{address}?{query}")
        faults += [f"{role} {address}?{query[:200]}: {fault}" for fault in faults_of_answer(response)]
    assert faults == []


def nasty_addresses(world: World) -> Iterator[str]:
    for route, entry in EVERY:
        kinds = {name: kind for kind, name in ADDRESS_PARTS.findall(route)}
        for name, kind in kinds.items():
            for text in PARTS_OF_ADDRESSES.get(kind, ()):
                whole = {one: text if one == name else world.value_for(one, of) for one, of in kinds.items()}
                yield reverse(entry.name, kwargs=whole)


def faults_there(visitors: Visitors, role: str, address: str) -> list[str]:
    answers = {method: visitors.ask(role, method, address) for method in ("get", "post")}
    return [
        f"{role} {method} {address[:200]}: {fault}" for method in answers for fault in faults_of_answer(answers[method])
    ]


@pytest.mark.postgres
def test_every_part_of_an_address_may_be_nasty(settled: Visitors) -> None:
    """By one role or another; the long test asks for each by every role."""
    roles = cycle(["coordinator", "leader", "stranger", "administrator"])
    both = zip(roles, nasty_addresses(settled.world), strict=False)
    assert [fault for role, address in both for fault in faults_there(settled, role, address)] == []


@pytest.mark.long
@pytest.mark.postgres
@pytest.mark.parametrize("role", ["stranger", "leader", "coordinator", "administrator"])
def test_every_part_of_an_address_may_be_nasty_by_every_role(settled: Visitors, role: str) -> None:
    faults = [fault for address in nasty_addresses(settled.world) for fault in faults_there(settled, role, address)]
    assert faults == []


KEPT = {
    "people/add": ("coordinator", "person_add", "name", "people"),
    "organisations/add": ("administrator", "organisation_add", "name", "organisations"),
    "account/details": ("leader", "account_details", "name", "account"),
}


@pytest.mark.parametrize(("role", "page", "field", "shown_on"), KEPT.values(), ids=KEPT)
def test_what_is_kept_is_shown_escaped(visitors: Visitors, role: str, page: str, field: str, shown_on: str) -> None:
    """A name of markup, of templates, of formulas: kept as typed, shown as text."""
    client = visitors.clients[role]
    form = form_with(client.get(reverse(page)), field)
    for kind in ("markup", "templates", "SQL", "spreadsheets", "headers", "emoji"):
        for text in nasty.KINDS[kind][:4]:
            other = {"name": "Somebody", "coordinator_name": text, "coordinator_email": "new@example.org", field: text}
            form.send(client, once="", **{name: value for name, value in other.items() if name in form.fields})
            shown = client.get(reverse(shown_on))
            assert faults_of_answer(shown) == [], text
            assert shown.status_code == 200
    for message in OutboxMessage.objects.all():
        composed = message_from_bytes(compose(message).as_bytes())
        assert set(composed.keys()) <= HEADERS, composed.keys()


@pytest.mark.parametrize("charset", ["utf-7", "utf-16", "rot13", "idna", "hex", "punycode", "no-such", ""])
def test_another_charset_is_not_believed(charset: str) -> None:
    environ: dict[str, Any] = {"CONTENT_TYPE": f"text/plain; charset={charset}", "QUERY_STRING": "q=%2B2AA-"}
    setup_testing_defaults(environ)
    answered: list[str] = []
    b"".join(application(environ | {"PATH_INFO": "/letter/"}, lambda status, headers: answered.append(status)))
    assert answered == ["200 OK"]


def test_a_cookie_that_cannot_be_printed_is_not_read(visitors: Visitors) -> None:
    response = visitors.ask("stranger", "get", reverse("home"), HTTP_COOKIE='sessionid="aaaaaaaaaaaa\\000"')
    assert response.status_code == 302
    assert response.wsgi_request.COOKIES == {}


# --- invented requests ---------------------------------------------------------------------------------------------
