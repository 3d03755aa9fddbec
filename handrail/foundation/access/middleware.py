"""Holds every request against its view's guard before the view runs."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.module_loading import import_string

from handrail.foundation.access import guards

GetResponse = Callable[[HttpRequest], HttpResponse]
SECOND_FACTOR_ROLES = {guards.COORDINATOR, guards.ADMINISTRATOR}
LARGEST = 2**63 - 1


class AccessMiddleware:
    """A page without a guard is refused; the others ask for sign-in, a role, or a second factor."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.roles_of = import_string(settings.ACCESS_ROLES)
        self.has_second_factor = import_string(settings.ACCESS_SECOND_FACTOR)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        zone = getattr(request.user, "time_zone", "")
        with timezone.override(ZoneInfo(zone) if zone else None):
            response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], arguments: Any, named: Any
    ) -> HttpResponse | None:
        if any(map(_names_nothing, named.values())):
            raise Http404
        word = guards.word_for(request, view)
        if word is None:
            raise PermissionDenied("This page has no guard.")
        if word == guards.ANYONE:
            return None
        if word == guards.DEMO_ONLY:
            if not settings.DEMO:
                raise Http404
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")
        if word in (guards.SIGNED_IN, guards.RELATION):
            return None
        if word not in self.roles_of(request):
            raise PermissionDenied("This page belongs to another role.")
        if word in SECOND_FACTOR_ROLES and settings.SECOND_FACTOR_REQUIRED and not self.has_second_factor(request):
            return redirect("second_factor_needed")
        return None


def _names_nothing(part: Any) -> bool:
    """Of an address: a number or a text that no row can have, and that a database will not even look for."""
    return part > LARGEST if isinstance(part, int) else isinstance(part, str) and "\x00" in part
