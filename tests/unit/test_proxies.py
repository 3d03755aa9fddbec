"""The asker's address behind proxies: the one a trusted proxy saw, never one that came with the request."""

from typing import Any

import pytest

from handrail.foundation.access.proxies import behind_proxies, settle_address

PEER, FORGED = "127.0.0.1", "203.0.113.66"


def settled(trusted: int, forwarded: str = "", proto: str = "", **others: str) -> dict[str, Any]:
    environ: dict[str, Any] = {"REMOTE_ADDR": PEER, **others}
    if forwarded:
        environ["HTTP_X_FORWARDED_FOR"] = forwarded
    if proto:
        environ["HTTP_X_FORWARDED_PROTO"] = proto
    settle_address(environ, trusted)
    return environ


@pytest.mark.parametrize(
    ("trusted", "forwarded", "address"),
    [
        (0, FORGED, PEER),
        (1, "", PEER),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, f"{FORGED}, 198.51.100.7", "198.51.100.7"),
        (1, f"{FORGED}, {FORGED}, 2001:db8::7", "2001:db8::7"),
        (2, f"{FORGED}, 198.51.100.7, 10.0.0.2", "198.51.100.7"),
        (2, FORGED, PEER),  # it did not come through both
        (1, "198.51.100.7:4711", "198.51.100.7"),
        (1, "[2001:db8::7]:4711", "2001:db8::7"),
        (1, '"[2001:db8::7]"', "2001:db8::7"),
        (1, "unknown", PEER),
        (1, f"{FORGED}, _hidden", PEER),
        (1, ", ,", PEER),
    ],
)
def test_only_what_a_trusted_proxy_added_is_believed(trusted: int, forwarded: str, address: str) -> None:
    environ = settled(trusted, forwarded)
    assert environ["REMOTE_ADDR"] == address
    assert "HTTP_X_FORWARDED_FOR" not in environ


@pytest.mark.parametrize(
    ("trusted", "proto", "kept"),
    [(0, "https", None), (1, "https", "https"), (1, "https, http", "http"), (2, "HTTPS", "https"), (1, "", None)],
)
def test_the_protocol_is_the_trusted_proxys(trusted: int, proto: str, kept: str | None) -> None:
    assert settled(trusted, proto=proto).get("HTTP_X_FORWARDED_PROTO") == kept


def test_other_ways_to_say_it_are_never_believed() -> None:
    others = {"HTTP_FORWARDED": f"for={FORGED}", "HTTP_X_FORWARDED_HOST": "evil.example", "HTTP_X_REAL_IP": FORGED}
    environ = settled(1, "198.51.100.7", **others)
    assert not set(others) & set(environ)
    assert FORGED not in environ.values()


def test_the_application_is_asked_with_it() -> None:
    asked: list[str] = []

    def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        asked.append(environ["REMOTE_ADDR"])
        return []

    environ = {"REMOTE_ADDR": PEER, "HTTP_X_FORWARDED_FOR": f"{FORGED}, 198.51.100.7"}
    behind_proxies(application, 1)(environ, lambda *_: None)
    assert asked == ["198.51.100.7"]
