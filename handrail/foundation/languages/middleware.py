"""Each page in the reader's language, or in English as a whole."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from handrail.foundation.languages import SOURCE, speaks

GetResponse = Callable[[HttpRequest], HttpResponse]


class LanguageMiddleware:
    """What somebody signed in chose; else this browser's cookie; else what the browser asks for."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        wanted = wanted_by(request)
        request.language_wanted = wanted  # type: ignore[attr-defined]
        with translation.override(wanted):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or SOURCE)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response

    def process_view(self, request: HttpRequest, view: Callable[..., Any], arguments: Any, named: Any) -> None:
        if not speaks(translation.get_language() or SOURCE, _module_of(view)):
            translation.activate(SOURCE)  # until the override above ends


def wanted_by(request: HttpRequest) -> str:
    chosen = getattr(request.user, "language", "")
    if chosen in dict(settings.LANGUAGES):
        return str(chosen)
    return translation.get_language_from_request(request)


def _module_of(view: Callable[..., Any]) -> str:
    return str(getattr(getattr(view, "view_class", view), "__module__", ""))
