"""Which address of a calendar can be read."""

from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from handrail.foundation.access.refusal import Refused

LONGEST = 1000


def usual_address(typed: str) -> str:
    """Without spaces around it, and with the scheme that calendar programmes write for https."""
    scheme, between, rest = typed.strip().partition("://")
    return f"https://{rest}" if between and scheme.lower() in ("webcal", "webcals") else typed.strip()


def check_address(address: str, *, may_be_plain: bool = False) -> None:
    """`may_be_plain`: for tests, whose calendars lie on this machine."""
    if not can_be_read(address, may_be_plain=may_be_plain):
        raise Refused(_("This is no calendar’s address. Copy the one that begins with “https” or “webcal”, all of it."))


def can_be_read(address: str, *, may_be_plain: bool = False) -> bool:
    try:
        parts = urlsplit(address)
        named = bool(parts.hostname) and not (parts.username or parts.password) and (parts.port or 443) > 0
    except ValueError:
        return False
    known = ("https", "http") if may_be_plain else ("https",)
    return named and parts.scheme in known and len(address) <= LONGEST and address.isprintable() and " " not in address
