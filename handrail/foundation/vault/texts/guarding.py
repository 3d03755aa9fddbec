"""A view that needs an open vault sends people to open it first, and loses nothing that they typed."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from handrail.foundation.vault.carried import carry
from handrail.foundation.vault.faults import VaultClosed
from handrail.foundation.vault.keys.opening import begin, open_vault

OPENING_PAGE = "safe_open"


def needs_open_vault(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Below the access guard. The view calls `open_vault(request)` itself, and finds it open."""

    @wraps(view)
    def opened_first(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        if open_vault(request) is not None or _began(request):
            return view(request, *arguments, **named)
        if request.method == "POST" and (carried := carry(request, through=OPENING_PAGE)):
            return carried
        address = f"{reverse(OPENING_PAGE)}?{urlencode({'next': request.get_full_path()})}"
        return HttpResponseRedirect(address if request.method in ("GET", "HEAD") else reverse(OPENING_PAGE))

    return opened_first


def _began(request: HttpRequest) -> bool:
    """Whoever has no key yet meets no page about secrets: one is made, sealed to this device."""
    try:
        begin(request)
    except VaultClosed:
        return False
    return True
