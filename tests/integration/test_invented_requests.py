"""Requests that hypothesis invents: any method, page, header and body, by every role. Never a fault of ours."""

import json
import os
from dataclasses import dataclass
from urllib.parse import quote

import pytest
from django.utils.http import urlencode
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from tests import nasty
from tests.integration.nasty_forms import PARAMETERS, VISITORS, Visitors, faults_of_answer, settled, standing, visitors
from tests.integration.test_every_page import EVERY, address_of

__all__ = ["settled", "standing", "visitors"]
pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]
CASES = int(os.environ.get("HANDRAIL_FUZZ_CASES", "50000"))  # of the long run
PARTS = 50
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
