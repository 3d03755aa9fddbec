"""Who is asking, where proxies stand in front: the address that the outermost trusted proxy saw.

Each proxy appends the address it was asked from to X-Forwarded-For, so with N trusted ones the Nth entry from the right
is true; whatever stands further left came with the request and may be forged. The limits on tries count by it.
"""

import ipaddress
from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
FORWARDED_FOR, FORWARDED_PROTO = "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO"
NEVER_BELIEVED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PORT", "HTTP_X_REAL_IP")


def behind_proxies(application: Application, trusted: int) -> Application:
    """The WSGI application, told the asker's own address; with no trusted proxy all such headers are dropped."""

    def ask(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        settle_address(environ, trusted)
        return application(environ, start_response)

    return ask


def settle_address(environ: dict[str, Any], trusted: int) -> None:
    for name in NEVER_BELIEVED:
        environ.pop(name, None)
    addresses, protocols = (_entries(environ.pop(name, "")) for name in (FORWARDED_FOR, FORWARDED_PROTO))
    if not trusted:
        return
    if len(addresses) >= trusted and (address := _address(addresses[-trusted])):
        environ["REMOTE_ADDR"] = environ["REMOTE_HOST"] = address
    if protocols:
        environ[FORWARDED_PROTO] = protocols[-min(trusted, len(protocols))].lower()


def _entries(header: str) -> list[str]:
    return [entry.strip().strip('"') for entry in header.split(",") if entry.strip()]


def _address(entry: str) -> str:
    """The address without brackets and port; empty for what is none."""
    if entry.startswith("["):
        entry = entry[1:].partition("]")[0]
    elif entry.count(":") == 1:
        entry = entry.partition(":")[0]
    try:
        return str(ipaddress.ip_address(entry))
    except ValueError:
        return ""
