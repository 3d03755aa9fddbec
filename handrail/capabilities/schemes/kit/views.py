"""The kit's pages: anybody may read, print, copy and download them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from handrail.capabilities.schemes.kit import presenters, queries
from handrail.foundation.access.guards import open_to_anyone


@open_to_anyone
@require_safe
def kit(request: HttpRequest) -> HttpResponse:
    context = {"title": _("The scheme kit"), "pieces": presenters.pieces_to_choose(queries.kit().values())}
    return render(request, "kit/kit.html", context)


@open_to_anyone
@require_safe
def kit_piece(request: HttpRequest, name: str) -> HttpResponse:
    piece = queries.kit_piece(name)
    context = {
        "title": piece.title,
        "piece": piece,
        "html": presenters.as_markup(piece),
        "text": queries.text_to_copy(piece),
    }
    return render(request, "kit/kit_piece.html", context)


@open_to_anyone
@require_safe
def kit_download(request: HttpRequest, name: str) -> HttpResponse:
    """The file as it is kept: Markdown, with its licence."""
    piece = queries.kit_piece(name)
    answer = HttpResponse(queries.as_written(piece), content_type="text/markdown; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{piece.id}.md"'
    return answer
