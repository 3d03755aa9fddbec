"""A form that carries a key is handled once, and in one transaction."""

import hashlib
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from handrail.foundation import clock
from handrail.foundation.idempotency.context import FIELD
from handrail.foundation.idempotency.models import HandledForm

MAXIMUM_KEY = 64
View = TypeVar("View", bound=Callable[..., Any])


def may_repeat(view: View) -> View:
    """For a view that bears being sent twice and takes long: it runs outside the transaction, which on SQLite would
    keep every other writer waiting meanwhile."""
    view.may_repeat = True  # type: ignore[attr-defined]
    return view


class OnceMiddleware:
    """Runs every keyed POST in a transaction; a repeated key gets the first answer's address again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], arguments: Any, named: Any
    ) -> HttpResponse | None:
        if request.method != "POST" or getattr(view, "may_repeat", False):
            return None
        key = request.POST.get(FIELD, "")
        if not key or len(key) > MAXIMUM_KEY or not key.isascii() or not key.isprintable():
            return None
        owner = request.user.pk if request.user.is_authenticated else "-"
        digest = hashlib.sha256(f"{owner}:{key}:{request.path}".encode()).hexdigest()
        return self._handled_once(request, digest, lambda: view(request, *arguments, **named))

    def _handled_once(self, request: HttpRequest, digest: str, run: Callable[[], HttpResponse]) -> HttpResponse:
        with transaction.atomic():
            try:
                with transaction.atomic():
                    handled = HandledForm.objects.create(digest=digest, at=clock.now())
            except IntegrityError:
                earlier = HandledForm.objects.get(digest=digest)
                return HttpResponseRedirect(earlier.location or request.path)
            response = run()
            if response.status_code in (301, 302, 303):
                handled.location = response.headers["Location"][:400]
                handled.save(update_fields=["location"])
            else:
                handled.delete()  # the form came back with a question: it may be sent again
            return response
