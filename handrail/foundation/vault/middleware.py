"""Cookies of remembered devices, and the end of everything opened when a request ends."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from handrail.foundation.vault.keys import devices, opening


class VaultMiddleware:
    """Stands after authentication."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        before = request.user.pk if request.method == "POST" and request.user.is_authenticated else None
        try:
            response = self.get_response(request)
            if before is not None and not request.user.is_authenticated:
                devices.end_temporary(request, before)
            devices.set_cookies(request, response)
        finally:
            opening.forget(request)
        return response
