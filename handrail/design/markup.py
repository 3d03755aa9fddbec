"""Renders a component's markup: `components/NAME/NAME.html`.

Components have a template engine of their own, so that a component is one folder and needs no setting. The engine has
no context processors: a component sees only what its tag hands it.
"""

import re
from functools import cache
from html import escape as escape_plain
from pathlib import Path
from typing import Any

from django.template import Context, Engine, Template
from django.template.base import (
    Variable,
    VariableDoesNotExist,
    VariableNode,
    render_value_in_context,
)
from django.template.defaulttags import IfNode, TemplateLiteral
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

COMPONENTS = Path(__file__).resolve().parent / "components"
UNPRESENTABLE = re.compile("[\x00\ud800-\udfff]")


@cache
def _engine() -> Engine:
    return Engine(
        dirs=[str(COMPONENTS)],
        builtins=[
            "django.templatetags.i18n",
            "django.templatetags.l10n",
            "handrail.design.templatetags.addresses",
            "handrail.design.templatetags.design",
        ],
    )


# What a plain name stands for where there is nothing to call, to translate or to look up behind it.
AS_IT_IS = frozenset({str, SafeString, bool, int, float, list, tuple, dict})


def _name_in(expression: Any) -> str:
    """The name where an expression is nothing else, neither an attribute nor a filter; else empty."""
    variable = expression.var
    if expression.filters or not isinstance(variable, Variable) or variable.translate:
        return ""
    lookups = variable.lookups or ()
    return str(lookups[0]) if len(lookups) == 1 else ""


class _Shown(VariableNode):
    """A variable of a component. Text and figures that are as they should be go out at once; a page shows hundreds."""

    name: str

    def render(self, context: Context) -> SafeString:
        value: Any = context.get(self.name) if self.name else None
        if type(value) not in AS_IT_IS:
            value = self.filter_expression.resolve(context)
        kind = type(value)
        if kind is str:
            return SafeString(escape_plain(value))
        if kind is SafeString:
            return SafeString(value)
        if kind in (int, float) and context.use_l10n is False:
            return SafeString(value)
        return SafeString(render_value_in_context(value, context))


class _When(IfNode):
    """An `if` of a component: most ask only whether something was handed in, and a page asks hundreds of times."""

    names: tuple[str, ...]

    def render(self, context: Context) -> SafeString:
        for name, (condition, nodelist) in zip(self.names, self.conditions_nodelists, strict=True):
            if condition is None or _holds(name, condition, context):
                return nodelist.render(context)
        return SafeString("")


def _holds(name: str, condition: Any, context: Context) -> bool:
    value = context.get(name) if name else None
    if type(value) in AS_IT_IS:
        return bool(value)
    try:
        return bool(condition.eval(context))
    except VariableDoesNotExist:
        return False


@cache
def _template(name: str) -> Template:
    template = _engine().get_template(f"{name}/{name}.html")
    shown: Any  # nodes whose class is another from here on
    for shown in template.nodelist.get_nodes_by_type(VariableNode):
        shown.__class__, shown.name = _Shown, _name_in(shown.filter_expression)
    for shown in template.nodelist.get_nodes_by_type(IfNode):
        asked = [one for one, _nodes in shown.conditions_nodelists]
        names = [_name_in(one.value) if isinstance(one, TemplateLiteral) else "" for one in asked]
        shown.__class__, shown.names = _When, tuple(names)
    return template


def render(name: str, /, **context: Any) -> SafeString:
    """The markup of component `name` with this context."""
    return SafeString(_template(name).render(Context(context)).strip())


def escaped(value: Any) -> str:
    """What stands for a value in markup, as `conditional_escape` gives it: which looks at each for words to be
    translated later first, and so takes five times as long for the plain text that most of it is."""
    return escape_plain(value) if type(value) is str else conditional_escape(value)


def presentable(value: Any) -> Any:
    """Text without what cannot be sent to a browser (NUL, lone surrogates); anything else as it is."""
    return UNPRESENTABLE.sub("\N{REPLACEMENT CHARACTER}", value) if isinstance(value, str) else value


def render_source(source: str, context: dict[str, Any]) -> SafeString:
    """A piece of template text rendered as a component would be; for the gallery, whose examples stand in files."""
    return SafeString(_from(source).render(Context(context)).strip())


@cache
def _from(source: str) -> Template:
    return _engine().from_string(source)
