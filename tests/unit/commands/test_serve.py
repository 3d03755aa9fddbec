"""`handrail serve` looks whether it can be reached before it makes anything."""

import argparse
import socket

import pytest

from handrail.commands import serve
from handrail.commands.files import WrongUse


def test_a_port_that_is_taken_is_said_before_anything_is_made(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    monkeypatch.setattr(serve, "prepare", lambda: made.append("everything"))
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(WrongUse, match=f"cannot listen on 127.0.0.1 port {port}"):
            serve.run(argparse.Namespace(host="127.0.0.1", port=port, threads=1))
    assert made == []
    assert capsys.readouterr().err.startswith("Starting.")


def test_a_free_port_is_left_free(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as once:
        once.bind(("127.0.0.1", 0))
        port = once.getsockname()[1]
    serve.begin("127.0.0.1", port)
    with socket.socket() as now:
        now.bind(("127.0.0.1", port))
    assert capsys.readouterr().err.splitlines() == ["Starting. The first time takes up to half a minute."]
