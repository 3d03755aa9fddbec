"""What the vault refuses is told in words that say what to do."""

from collections.abc import Callable
from typing import Any

import pytest

from handrail.capabilities.accounts.safekeeping import actions
from handrail.foundation.access.refusal import Refused
from handrail.foundation.vault import keys
from handrail.foundation.vault.faults import Busy, MistypedCode, VaultClosed, VaultFault, WeakPhrase, WrongSecret

CASES: dict[str, tuple[str, Exception, Callable[[], Any], str]] = {
    "begin, though there is one": (
        "begin",
        VaultClosed(),
        lambda: actions.begin(None, own_device=True),  # type: ignore[arg-type]
        "have a private space already",
    ),
    "a wrong phrase": (
        "open_with_phrase",
        WrongSecret(),
        lambda: actions.open_with_phrase(None, phrase="x", own_device=True),  # type: ignore[arg-type]
        "Check each word",
    ),
    "too many at once": (
        "open_with_phrase",
        Busy(),
        lambda: actions.open_with_phrase(None, phrase="x", own_device=True),  # type: ignore[arg-type]
        "try again in a few seconds",
    ),
    "a slip in the code": (
        "open_with_recovery_code",
        MistypedCode((2,)),
        lambda: actions.open_with_recovery_code(None, typed="x", own_device=True),  # type: ignore[arg-type]
        "a slip in group 2",
    ),
    "slips in the code": (
        "open_with_recovery_code",
        MistypedCode((2, 4)),
        lambda: actions.open_with_recovery_code(None, typed="x", own_device=True),  # type: ignore[arg-type]
        "a slip in groups 2, 4",
    ),
    "half a code": (
        "open_with_recovery_code",
        MistypedCode(),
        lambda: actions.open_with_recovery_code(None, typed="x", own_device=True),  # type: ignore[arg-type]
        "25 letters and figures",
    ),
    "an earlier code": (
        "open_with_recovery_code",
        WrongSecret(),
        lambda: actions.open_with_recovery_code(None, typed="x", own_device=True),  # type: ignore[arg-type]
        "not your newest one",
    ),
    "another passkey": (
        "open_with_passkey",
        WrongSecret(),
        lambda: actions.open_with_passkey(None, credential="x", output=b"", own_device=True),  # type: ignore[arg-type]
        "Use your phrase or your recovery code",
    ),
    "a phrase that can be guessed": (
        "set_phrase",
        WeakPhrase(),
        lambda: actions.set_phrase(None, phrase="x"),  # type: ignore[arg-type]
        "could be guessed",
    ),
    "a phrase while many set theirs": (
        "set_phrase",
        Busy(),
        lambda: actions.set_phrase(None, phrase="x"),  # type: ignore[arg-type]
        "try again in a few seconds",
    ),
    "a code page that is too old": (
        "read_code",
        MistypedCode(),
        lambda: actions.confirm_recovery_code(None, code="x", typed={}),  # type: ignore[arg-type]
        "too old",
    ),
    "a passkey without an answer": (
        "add_passkey",
        ValueError(),
        lambda: actions.add_passkey(None, credential="x", salt=b"", output=b""),  # type: ignore[arg-type]
        "did not answer as expected",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_each_refusal_says_what_to_do(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    name, fault, act, words = CASES[case]
    assert isinstance(fault, VaultFault | ValueError)

    def refuse(*_arguments: Any, **_named: Any) -> None:
        raise fault

    monkeypatch.setattr(keys, name, refuse)
    with pytest.raises(Refused, match=words):
        act()


def test_a_device_that_was_ended_already_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "end_device", lambda *_: False)
    with pytest.raises(Refused, match="ended already"):
        actions.end_device(None, device_id=None)  # type: ignore[arg-type]
