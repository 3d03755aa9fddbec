"""The hidden field that makes a form count once."""

import secrets

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html

FIELD = "once"


def once(request: HttpRequest) -> dict[str, object]:
    return {"once": SimpleLazyObject(lambda: format_html('<input type="hidden" name="{}" value="{}">', FIELD, _key()))}


def _key() -> str:
    return secrets.token_urlsafe(18)
