"""A calendar at the secret address its owner gave: fetched over https, bounded, never from inside our own network."""

import time
from urllib.parse import urljoin, urlsplit

import requests
from requests_hardened import Config, HTTPSession
from requests_hardened.ip_filter import InvalidIPAddress

MOST_BYTES = 3 << 20
SECONDS = 12  # in all
REDIRECTS = 3
PIECE = 1 << 16
FAULTS = ("inside", "not_there", "refused", "too_much")


class Unreachable(Exception):
    """`code` is one of FAULTS; whoever shows it has the words. The address is in none of it: it is a secret."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def fetch_calendar(address: str, *, may_be_inside: bool = False) -> bytes:
    """What lies there. Raises Unreachable. `may_be_inside`: for tests, whose only network is this machine."""
    session = HTTPSession(
        Config(
            ip_filter_enable=True,
            ip_filter_allow_loopback_ips=may_be_inside,
            never_redirect=True,
            default_timeout=(4, 4),
            user_agent_override="Handrail",
        )
    )
    session.trust_env = False  # a proxy would look addresses up by itself
    deadline = time.monotonic() + SECONDS
    with session:
        for _hop in range(REDIRECTS + 1):
            if urlsplit(address).scheme != "https" and not may_be_inside:
                raise Unreachable("inside")
            try:
                with session.get(address, stream=True, headers={"Accept": "text/calendar"}) as answer:
                    if answer.status_code == requests.codes.ok:
                        return _bounded(answer, deadline)
                    address = _next(address, answer)
            except InvalidIPAddress:
                raise Unreachable("inside") from None
            except (requests.RequestException, ValueError):  # what they say holds the address
                raise Unreachable("not_there") from None
    raise Unreachable("refused")


def _next(address: str, answer: requests.Response) -> str:
    to = answer.headers.get("Location", "")
    if answer.status_code not in (301, 302, 303, 307, 308) or not to:
        raise Unreachable("refused")
    return urljoin(address, to)


def _bounded(answer: requests.Response, deadline: float) -> bytes:
    found = bytearray()
    for piece in answer.iter_content(PIECE):
        found += piece
        if len(found) > MOST_BYTES or time.monotonic() > deadline:
            raise Unreachable("too_much")
    return bytes(found)
