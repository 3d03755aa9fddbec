"""A form that outlives its session: its text is kept 24 hours, encrypted under a key in a cookie, and shown again.

A form is carried when it was rendered for a signed-in person (its `once` field says for whom, under our signature) and
arrives after the session, the CSRF cookie or the vault closed. The row holds ciphertext only; the browser holds the key
only; the text comes back only to the person for whom the form was rendered. So sign-in forms are never carried, nor
anything that another site posts, nor views marked with `never_carried` (those where a phrase or a code is typed).

A view shows the text again by `Form(initial=initial_for(request))` on the address it posts to, marked with
`@fills_itself`; every other form comes back on the page `safe_carried`.
"""

import base64
import binascii
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from handrail.foundation import clock
from handrail.foundation.access import guards
from handrail.foundation.idempotency.context import FIELD, owner_of
from handrail.foundation.vault import cipher
from handrail.foundation.vault.asking import asking
from handrail.foundation.vault.models import CarriedForm

KEPT = timedelta(hours=24)
COOKIE = "kept-"
MOST_AT_ONCE = 8  # in one browser
KEPT_PAGE = "safe_carried"
LARGEST = 2_000_000  # bytes of text
KEPT_FIELD = "kept_form"  # on the page that shows kept forms: which one is sent again
WITHOUT = ("csrfmiddlewaretoken", FIELD, KEPT_FIELD)
_DONE, _KEPT_NOW = "_forms_let_go", "_form_kept"

View = TypeVar("View", bound=Callable[..., Any])
Fields = dict[str, list[str]]


@dataclass(frozen=True)
class Carried:
    """A form that came back: where it goes, and what was typed, field by field."""

    id: UUID
    path: str
    fields: Fields


def never_carried(view: View) -> View:
    view.never_carried = True  # type: ignore[attr-defined]
    return view


def fills_itself(view: View) -> View:
    """The view's own page shows a carried form again (see `initial_for`)."""
    view.fills_itself = True  # type: ignore[attr-defined]
    return view


def carry(request: HttpRequest, *, through: str = "") -> HttpResponse | None:
    """Keep this POST's text and answer with the way back to it; None when it is not one to carry.

    through: the URL name of a page that comes first and takes `next`, such as the one that opens the vault.
    """
    view = _view_of(request.path)
    word = guards.guard_of(view) if view else None
    if word in (None, guards.ANYONE, guards.DEMO_ONLY) or getattr(view, "never_carried", False):
        return None
    owner = owner_of(request.POST.get(FIELD, ""))
    if owner is None or (request.user.is_authenticated and request.user.pk != owner):
        return None
    fields = {name: request.POST.getlist(name) for name in request.POST if name not in WITHOUT}
    typed = json.dumps({"path": request.get_full_path(), "fields": fields}).encode()
    kept_already = [name for name, value in request.COOKIES.items() if name.startswith(COOKIE) and value]
    if len(typed) > LARGEST or len(kept_already) >= MOST_AT_ONCE or not _known(owner):
        return None
    row_id, key = uuid4(), secrets.token_bytes(cipher.KEY_BYTES)
    sealed = cipher.encrypt(key, cipher.pad(typed), _bound_to(row_id, owner))
    CarriedForm.objects.create(id=row_id, account_id=owner, sealed=sealed, expires_at=clock.now() + KEPT)
    if request.user.is_authenticated:
        _let_go_of_what_was_sent(request)  # it was shown, and is being kept once more
    request.__dict__[_KEPT_NOW] = True
    address = _way_back(request, view)
    if not request.user.is_authenticated:
        said = _("You were signed out. What you wrote is kept in this browser: sign in and it is there.")
        messages.info(request, said)
    if through:
        address = f"{reverse(through)}?{urlencode({'next': address})}"
    response = HttpResponseRedirect(address) if request.user.is_authenticated else redirect_to_login(address)
    response.set_cookie(
        f"{COOKIE}{row_id.hex}",
        base64.urlsafe_b64encode(key).decode(),
        max_age=int(KEPT.total_seconds()),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def carried_forms(request: HttpRequest) -> list[Carried]:
    """The signed-in person's forms that this browser can open, oldest first."""
    keys = dict(filter(None, map(_cookie, request.COOKIES.items())))
    rows = CarriedForm.objects.filter(pk__in=keys, account_id=asking(request), expires_at__gt=clock.now())
    found = []
    for row in rows.order_by("expires_at"):
        try:
            plain = cipher.decrypt(keys[row.id], bytes(row.sealed), _bound_to(row.id, row.account_id))
        except cipher.Unreadable:
            continue
        typed = json.loads(cipher.unpad(plain))
        found.append(Carried(row.id, typed["path"], typed["fields"]))
    return found


def initial_for(request: HttpRequest) -> dict[str, str | list[str]]:
    """What was typed into this very page's form when its session ended; empty otherwise."""
    if request.method != "GET" or not request.user.is_authenticated or not _has_cookie(request):
        return {}
    here = [carried for carried in carried_forms(request) if carried.path == request.get_full_path()]
    if not here:
        return {}
    return {name: values[0] if len(values) == 1 else values for name, values in here[-1].fields.items()}


def let_go(request: HttpRequest, carried: Carried) -> None:
    """Forget a carried form: it was sent, or its writer does not want it."""
    CarriedForm.objects.filter(pk=carried.id, account_id=asking(request)).delete()
    request.__dict__.setdefault(_DONE, []).append(carried.id)


def delete_expired_forms() -> int:
    """For a scheduled job: what nobody came back for."""
    gone, _rows = CarriedForm.objects.filter(expires_at__lte=clock.now()).delete()
    return gone


class CarriedMiddleware:
    """Stands after authentication and before the access guard; sees the answers of both and of the CSRF check."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST":
            if _is_turned_away(request, response):
                with transaction.atomic():
                    response = carry(request) or response
            elif _was_accepted(request, response):
                _let_go_of_what_was_sent(request)
        for done in request.__dict__.get(_DONE, ()):
            response.delete_cookie(f"{COOKIE}{done.hex}", samesite="Lax")
        return response


def _let_go_of_what_was_sent(request: HttpRequest) -> None:
    if not _has_cookie(request):
        return
    wanted = request.POST.get(KEPT_FIELD, "")
    for carried in reversed(carried_forms(request)):
        if str(carried.id) == wanted or (not wanted and carried.path == request.get_full_path()):
            let_go(request, carried)
            return


def _is_turned_away(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether a POST was refused for want of a session or of its CSRF cookie, and was not our own to begin with."""
    if not _same_origin(request):
        return False
    if response.status_code == 403 and not getattr(request, "csrf_processing_done", False):
        return True
    return response.status_code == 302 and not request.user.is_authenticated


def _was_accepted(request: HttpRequest, response: HttpResponse) -> bool:
    return response.status_code in (302, 303) and request.user.is_authenticated and _KEPT_NOW not in request.__dict__


def _same_origin(request: HttpRequest) -> bool:
    sent_from = request.headers.get("Origin") or request.headers.get("Referer")
    try:
        return sent_from is None or urlsplit(sent_from).netloc == request.get_host()
    except ValueError:  # no address at all, such as https://[::1
        return False


def _view_of(path: str) -> Callable[..., Any] | None:
    try:
        return resolve(path).func
    except Resolver404:
        return None


def _way_back(request: HttpRequest, view: Callable[..., Any] | None) -> str:
    if getattr(view, "fills_itself", False):
        if request.user.is_authenticated:
            messages.info(request, _("Nothing is lost: your text is filled in again. Please send it once more."))
        return request.get_full_path()
    return reverse(KEPT_PAGE)


def _known(account_id: int) -> bool:
    return get_user_model().objects.filter(pk=account_id).exists()


def _has_cookie(request: HttpRequest) -> bool:
    return any(name.startswith(COOKIE) for name in request.COOKIES)


def _cookie(item: tuple[str, str]) -> tuple[UUID, bytes] | None:
    name, value = item
    try:
        key = base64.b64decode(value, altchars=b"-_", validate=True)
        return (UUID(hex=name.removeprefix(COOKIE)), key) if name.startswith(COOKIE) and len(key) == 32 else None
    except (ValueError, binascii.Error):
        return None


def _bound_to(row_id: UUID, account_id: int) -> bytes:
    return cipher.context("carried", row_id.bytes, account_id)
