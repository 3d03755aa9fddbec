"""The hidden field that makes a form count once, and says under our signature for whom the form was rendered."""

import hmac
import secrets

from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html

FIELD = "once"
SIGNATURE = 16  # hexadecimal digits: 64 bits, checked online only


def once(request: HttpRequest) -> dict[str, object]:
    return {
        "once": SimpleLazyObject(
            lambda: format_html('<input type="hidden" name="{}" value="{}">', FIELD, _key(request))
        )
    }


def owner_of(key: str) -> int | None:
    """The account for whom the form with this key was rendered; None when our signature does not say."""
    random, _, rest = key.partition(".")
    owner, _, signature = rest.partition(".")
    if not (owner.isascii() and owner.isdigit() and len(owner) < 19):
        return None
    return int(owner) if hmac.compare_digest(_signature(random, owner).encode(), signature.encode()) else None


def _key(request: HttpRequest) -> str:
    random = secrets.token_urlsafe(15)
    if not (getattr(request, "user", None) and request.user.is_authenticated):
        return random
    owner = str(request.user.pk)
    return f"{random}.{owner}.{_signature(random, owner)}"


def _signature(random: str, owner: str) -> str:
    return salted_hmac("handrail.once.owner", f"{random}.{owner}", algorithm="sha256").hexdigest()[:SIGNATURE]
