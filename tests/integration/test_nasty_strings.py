"""Nasty strings through every field of every form, every address and every parameter; and invented requests.

Never a fault of ours, never markup made of what was typed, never a way out through ?next=; and what was refused comes
back to the person, escaped, to be mended.
"""

import json
import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from itertools import cycle, islice
from typing import Any
from urllib.parse import quote
from wsgiref.util import setup_testing_defaults

import pytest
from django.urls import reverse
from django.utils.http import urlencode
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from lxml import html

from handrail.config.wsgi import application
from handrail.design.markup import presentable
from handrail.foundation.mail.composing import compose
from handrail.foundation.mail.models import OutboxMessage
from tests import nasty
from tests.factories.world import World
from tests.integration.demo_forms import forms_of_demo
from tests.integration.later_forms import later_forms
from tests.integration.nasty_forms import VISITORS, Found, Visitors, faults_of_answer, forms, standing, visitors
from tests.integration.page_forms import form_with
from tests.integration.test_every_page import ADDRESS_PARTS, EVERY, address_of

__all__ = ["forms", "standing", "visitors"]
pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]
CASES = int(os.environ.get("HANDRAIL_FUZZ_CASES", "50000"))  # of the long run
PARTS = 50
WORST = ("\x00", "a\x00b", "\ud800", "-1", str(2**63), "9" * 4301)
PARTS_OF_ADDRESSES = {  # by the kind of part
    "int": ["0", str(2**31), str(2**63), "9" * 30, "9" * 5000],
    "slug": ["-", "_" * 300, "9" * 4301, "__class__"],
    "str": ["\x00", "a\x00b", "\ufffd", "{{ 7*7 }}", "%00", "a" * 3000, "\u202e", "'"],
}
PARAMETERS = ("page", "q", "next", "state", "print", "kept", "device", "process")
HEADERS = {
    *("From", "To", "Subject", "Message-ID", "Date", "Auto-Submitted", "X-Auto-Response-Suppress"),
    *("MIME-Version", "Content-Type"),
}
FORMS_OF_THE_WALK = {
    *("account_login", "letter_sign_in", "account_details", "account_address", "person_add", "organisation_add"),
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
    strings, faults = cycle(WORST), []
    for found in later:
        for name in found.names:
            faults += left_out(settled, found, name)
            for text in islice(strings, 2):
                faults += try_field(settled, found, name, text)
    assert faults == []


def the_walk_is_among(forms: list[Found]) -> None:
    sent_to = {one.form.address.partition("?")[0] for one in forms}
    assert {reverse(name) for name in FORMS_OF_THE_WALK} <= sent_to
    for part in ("/roles/", "/answer/", "/notes/", "/times/offer/", "/move/", "/place/", "/letter/", "/account/first/"):
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
METHODS = ("GET", "GET", "POST", "POST", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW")
KINDS_OF_BODY = ("form", "form", "multipart", "broken multipart", "JSON", "deep JSON", "bytes", "nothing")
CONTENT_TYPES = (
    *("application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=", "application/json"),
    *("multipart/form-data; boundary=x; charset=utf-7", "text/plain; charset=utf-7", "text/plain; charset=rot13"),
    *("application/x-www-form-urlencoded; charset=utf-16", "application/json; charset=idna", "x/y; charset=hex", ""),
    *("multipart/mixed; boundary=x", "a", ";;;", "text/html; charset=\x00", "application/xml", "\xff/\xff"),
)
HEADER_NAMES = (
    *(
        "HTTP_COOKIE",
        "HTTP_ACCEPT_LANGUAGE",
        "HTTP_REFERER",
        "HTTP_ORIGIN",
        "HTTP_HOST",
        "HTTP_USER_AGENT",
        "HTTP_ACCEPT",
    ),
    *("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_IF_NONE_MATCH", "HTTP_RANGE"),
    *("HTTP_HX_REQUEST", "HTTP_X_REQUESTED_WITH", "HTTP_IF_MODIFIED_SINCE", "HTTP_AUTHORIZATION", "CONTENT_LENGTH"),
)
FIELDS = (
    *(
        "name",
        "email",
        "text",
        "code",
        "login",
        "answer",
        "words",
        "roles",
        "q",
        "page",
        "next",
        "offer",
        "minutes",
        "once",
    ),
    *(
        "place",
        "meeting_link",
        "title",
        "address",
        "phrase",
        "device",
        "file",
        "form_id",
        "left",
        "csrfmiddlewaretoken",
    ),
    *("day_0", "on_0", "on_1", "on_2", "at", "organisation", "credential", "output", "kept_form", "action", "session"),
)
COOKIES = ("sessionid", "csrftoken", "messages", "kept-00", "handrail-device", "django_language")


def texts() -> st.SearchStrategy[str]:
    return st.one_of(st.sampled_from(nasty.everything()).map(lambda text: text[:3000]), st.text(max_size=40))


@dataclass(frozen=True)
class Invented:
    role: str
    method: str
    page: int
    query: list[tuple[str, str]]
    kind: str
    fields: list[tuple[str, str]]
    raw: bytes
    content_type: str
    headers: dict[str, str]
    strict: bool
    tail: str


def invented() -> st.SearchStrategy[Invented]:
    pairs = st.lists(st.tuples(st.sampled_from(FIELDS), texts()), max_size=5)
    return st.builds(
        Invented,
        role=st.sampled_from(VISITORS),
        method=st.sampled_from(METHODS),
        page=st.integers(0, len(EVERY) - 1),
        query=st.lists(st.tuples(st.sampled_from([*PARAMETERS, *FIELDS]), texts()), max_size=3),
        kind=st.sampled_from(KINDS_OF_BODY),
        fields=pairs,
        raw=st.binary(max_size=300),
        content_type=st.sampled_from(CONTENT_TYPES),
        headers=st.dictionaries(st.sampled_from(HEADER_NAMES), texts(), max_size=2),
        strict=st.booleans(),
        tail=st.one_of(st.just(""), st.just(""), st.just(""), texts()),
    )


def body_of(case: Invented) -> tuple[bytes, str]:
    """The body, and a content type that fits it, or (for bytes) any."""
    pairs = [(name, text.encode("utf-8", "surrogatepass")) for name, text in case.fields]
    parts = b"".join(
        b'--x\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n'
        % (name.encode(), b'; filename="a\x00.csv"' if name == "file" else b"", text)
        for name, text in pairs
    )
    words = dict(case.fields)
    return {
        "form": (urlencode(pairs).encode(), "application/x-www-form-urlencoded"),
        "multipart": (parts + b"--x--\r\n", "multipart/form-data; boundary=x"),
        "broken multipart": (
            parts[: len(parts) * 2 // 3] + case.raw,
            case.content_type or "multipart/form-data; boundary=x",
        ),
        "JSON": (json.dumps(words).encode(), "application/json"),
        "deep JSON": (b"[" * 20_000, "application/json"),
        "bytes": (case.raw, case.content_type),
        "nothing": (b"", case.content_type),
    }[case.kind]


def answer_to(visitors: Visitors, case: Invented) -> list[str]:
    route, entry = EVERY[case.page]
    address = address_of(route, entry, visitors.world)
    tail = quote(case.tail.encode("utf-8", "surrogatepass")[:400])
    query = urlencode([(name, text.encode("utf-8", "surrogatepass")) for name, text in case.query])
    body, content_type = body_of(case)
    headers = {name: value.encode("utf-8", "surrogatepass").decode("latin-1") for name, value in case.headers.items()}
    if "HTTP_COOKIE" in headers:  # a nasty value under one of our own names, as a quoted cookie may carry it
        octal = "".join(f"\\{ord(one):03o}" for one in headers.pop("HTTP_COOKIE")[:60])
        headers["HTTP_COOKIE"] = f'{COOKIES[len(octal) % len(COOKIES)]}="{octal}"'
    response = visitors.ask(
        case.role,
        "generic",
        case.method,
        path=f"{address}{tail}?{query}",
        data=body,
        content_type=content_type,
        strict=case.strict,
        **headers,
    )
    return faults_of_answer(response)


@pytest.fixture
def settled(visitors: Visitors) -> Iterator[Visitors]:
    """Logs of refused requests are long, and nobody reads them here."""
    logging.disable(logging.CRITICAL)
    yield visitors
    logging.disable(logging.NOTSET)


HOW = settings(
    max_examples=500,
    database=None,
    derandomize=True,
    print_blob=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


@HOW
@given(case=invented())
def test_five_hundred_invented_requests_make_no_fault(settled: Visitors, case: Invented) -> None:
    assert answer_to(settled, case) == []


@pytest.mark.long
@pytest.mark.postgres
@pytest.mark.parametrize("part", range(PARTS))
def test_fifty_thousand_invented_requests_make_no_fault(settled: Visitors, part: int) -> None:
    """In parts that run by themselves, each from its own seed."""

    @seed(part)
    @settings(HOW, max_examples=CASES // PARTS, derandomize=False)
    @given(case=invented())
    def no_fault(case: Invented) -> None:
        assert answer_to(settled, case) == []

    no_fault()
