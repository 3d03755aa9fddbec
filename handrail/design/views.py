"""The gallery: every component with its variants and how to call it."""

from functools import cache

from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from handrail.design.colours import PALETTE
from handrail.design.forms import sent
from handrail.design.gallery import Component, components
from handrail.design.markup import render as render_component
from handrail.design.markup import render_source
from handrail.design.samples import OneQuestion, samples

TOKEN = "the-token-of-whoever-reads"  # noqa: S105  stands in the examples until somebody does
LAYOUTS = ("page", "wide", "question", "print")


def gallery(request: HttpRequest) -> HttpResponse:
    context = {"title": _("Design system"), "components": components().values(), "palette": PALETTE, "layouts": LAYOUTS}
    return render(request, "design/gallery/gallery.html", context)


def gallery_component(request: HttpRequest, name: str) -> HttpResponse:
    component = components().get(name)
    if component is None:
        raise Http404
    context = samples() | {"csrf_token": get_token(request)}
    shown = [(example, render_source(example.source, context)) for example in component.examples]
    page = {"title": component.title, "component": component, "shown": shown}
    return render(request, "design/gallery/gallery_component.html", page)


def gallery_everything(request: HttpRequest) -> HttpResponse:
    """Every example on one long page: to look over, to print, and for axe."""
    token = get_token(request)
    shown = [
        (component, [SafeString(markup.replace(TOKEN, token)) for markup in examples])
        for component, examples in _everything(get_language() or "")
    ]
    context = {"title": _("Everything on one page"), "shown": shown}
    return render(request, "design/gallery/gallery_everything.html", context)


@cache
def _everything(language: str) -> list[tuple[Component, list[str]]]:
    """Every component with the markup of its examples: the same for everybody who reads this language."""
    token = {"csrf_token": TOKEN}
    return [
        (
            component,
            [
                render_source(example.source, samples(f"{component.name}-{index}") | token)
                for index, example in enumerate(component.examples)
            ],
        )
        for component in components().values()
    ]


def gallery_progress(request: HttpRequest) -> HttpResponse:
    """The fragment that the gallery's live bar asks for: all done, so it asks no more."""
    return HttpResponse(render_component("progress", value=1000, maximum=1000, text=_("All 1,000 rows read"), poll=""))


def gallery_layout(request: HttpRequest, name: str) -> HttpResponse:
    """A layout with invented content; the question page also answers."""
    if name not in LAYOUTS:
        raise Http404
    form = OneQuestion(sent(request)) if name == "question" else None
    title = str(OneQuestion.base_fields["often"].label) if form else _("Good morning, Morgan")
    context = {"title": title, "form": form, **{key: samples()[key] for key in ("steps", "rows", "one_line")}}
    return render(request, f"design/gallery/layout_{name}.html", context)
