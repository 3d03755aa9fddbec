"""The checker of pages finds what it is for: a sound page passes, and each fault is named."""

from types import SimpleNamespace

import pytest

from tests.pages import check_page, faults_of_page

SOUND = """<!doctype html><html lang="en"><head><title>People · Handrail</title>
<script src="/a.js" nonce="n1"></script></head><body><main><h1>People</h1>
<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="t">
<label for="a">Name</label><input id="a" name="a"><button>Save</button></form>
<script type="application/json">{"a": 1}</script><img src="x.png" alt=""></main></body></html>"""


def answer(text: str) -> SimpleNamespace:
    headers = {"Content-Security-Policy": "script-src 'self' 'nonce-n1'", "Content-Type": "text/html; charset=utf-8"}
    return SimpleNamespace(content=text.encode(), headers=headers)


def test_a_sound_page_passes() -> None:
    check_page(answer(SOUND))


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("<h1>People</h1>", "<h2>People</h2>", "0 h1"),
        ("<h1>People</h1>", "<h1>People</h1><h1>More</h1>", "2 h1"),
        ("People · Handrail", "People", "is not the h1"),
        ('lang="en"', "", "no language"),
        ('nonce="n1"', "", "without nonce"),
        ('nonce="n1"', 'nonce="n2"', "not that of the policy"),
        ("<main>", "<main><script>x()</script>", "inline script"),
        ("<main>", '<main style="color:red">', "inline style"),
        ("<main>", "<main><style>p{}</style>", "inline style"),
        ("<button>", '<button onclick="x()">', "event handler"),
        ('<label for="a">Name</label>', "", "no label"),
        ("<main>", '<main><p id="a"></p>', "occurs twice"),
        ('alt=""', "", "without alt"),
        ('id="a"', 'id="a" aria-describedby="b"', "not there"),
        ('id="a"', 'id="a" aria-invalid="true"', "does not begin"),
        ('name="csrfmiddlewaretoken"', 'name="other"', "forgery"),
        ("<button>Save</button>", "<button></button>", "nothing to read"),
        ("<main>", '<main><a href="javascript:x()">x</a>', "script address"),
    ],
)
def test_each_fault_is_named(before: str, after: str, fault: str) -> None:
    faults = faults_of_page(answer(SOUND.replace(before, after)))
    assert any(fault in one for one in faults), faults


def test_what_is_not_a_page_is_refused() -> None:
    with pytest.raises(AssertionError, match="not a page"):
        check_page(SimpleNamespace(content=b"{}", headers={"Content-Type": "application/json"}))
