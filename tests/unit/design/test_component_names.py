"""A component's plain names and conditions go a short way, and say what Django's long one would."""

from typing import Any

import pytest
from django.template import Context, Engine
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from handrail.design.markup import _engine, render

VALUES: list[Any] = [
    *("", "text", "a < b & “c”", mark_safe("<b>x</b>"), 0, 1, 2.5, True, False, None, [], ["x"], (), {}, {"a": 1}),
    *(gettext_lazy("Home"), lambda: "called", lambda: "", str),
]


@pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
@pytest.mark.parametrize("name", ["text", "kind", "href", "name"])
def test_a_button_is_what_django_makes_of_it(name: str, value: Any) -> None:
    handed = {"text": "Go on", "kind": "", "href": "", name: value}
    assert render("button", **handed) == by_django("button", handed)


@pytest.mark.parametrize("left_out", ["text", "kind", "href"])
def test_what_is_not_handed_in_is_not_there(left_out: str) -> None:
    handed = {one: "x" for one in ("text", "kind", "href") if one != left_out}
    assert render("button", **handed) == by_django("button", handed)


def by_django(component: str, handed: dict[str, Any]) -> str:
    """The same file, and none of our nodes."""
    ours = _engine()
    plain = Engine(dirs=ours.dirs, builtins=ours.builtins)
    return plain.get_template(f"{component}/{component}.html").render(Context(handed)).strip()
