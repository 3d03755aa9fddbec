"""What a browser answers about a passkey is read whole or refused; nothing of it surprises the library behind."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from handrail.formats.passkeys import MOST, NoAnswer, read_new_passkey, read_use_of_passkey
from tests.factories.passkeys import NO_JSON, Device, spoiled

Read = Callable[[str], dict[str, Any]]
DEVICE = Device()
CHALLENGE = "AAAAAAAAAAAAAAAAAAAAAA"
KINDS: dict[str, tuple[Read, dict[str, Any]]] = {
    "made": (read_new_passkey, DEVICE.make(CHALLENGE)),
    "used": (read_use_of_passkey, DEVICE.use(CHALLENGE, user=1)),
}


def test_of_a_new_passkey_only_what_is_known_is_kept() -> None:
    answer = DEVICE.make(CHALLENGE, more={"\x00": "\ud800", "large": 10**4000, "none": float("nan")})
    kept = read_new_passkey(json.dumps(answer))
    response = {name: answer["response"][name] for name in ("clientDataJSON", "attestationObject")}
    assert kept == {
        **{name: answer[name] for name in ("id", "rawId", "type")},
        "response": response,
        "clientExtensionResults": {"credProps": {"rk": True}},
    }


@pytest.mark.parametrize(
    "results", [None, [], {"credProps": []}, {"credProps": {"rk": "yes"}}, {"credProps": {"rk": {}}}]
)
def test_what_a_device_says_of_itself_is_believed_only_as_yes_or_no(results: Any) -> None:
    kept = read_new_passkey(json.dumps(DEVICE.make(CHALLENGE, clientExtensionResults=results)))
    assert kept["clientExtensionResults"] == {}


@pytest.mark.parametrize("user", [None, 7])
def test_a_use_says_whose_it_is_or_does_not(user: int | None) -> None:
    kept = read_use_of_passkey(json.dumps(DEVICE.use(CHALLENGE, user=user)))
    assert ("userHandle" in kept["response"]) == (user is not None)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", NO_JSON.values(), ids=NO_JSON)
def test_what_is_no_answer_is_refused(kind: str, text: str) -> None:
    with pytest.raises(NoAnswer):
        KINDS[kind][0](text)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_spoiled_answer_is_refused_or_bears_being_kept(kind: str) -> None:
    """Never another error; what is let through could be kept by any database, and is small."""
    read, answer = KINDS[kind]
    refused = let_through = 0
    for how, wrong in spoiled(answer):
        try:
            kept = json.dumps(read(json.dumps(wrong)), allow_nan=False)
        except NoAnswer:
            refused += 1
        else:
            let_through += 1
            assert kept.isascii(), how
            assert "\\u" not in kept, how
            assert len(kept) <= MOST + 200, how
    assert refused > 200, (refused, let_through)
    assert let_through > 20, "of a number or a signature each byte may be any"


@pytest.mark.parametrize("name", ["type", "rawId", "response"])
def test_each_part_is_needed_or_has_one_meaning(name: str) -> None:
    for read, answer in KINDS.values():
        without = json.dumps({key: value for key, value in answer.items() if key != name})
        if name == "type":
            assert read(without)["type"] == "public-key"
        else:
            with pytest.raises(NoAnswer):
                read(without)


@pytest.mark.parametrize("key", [{1: 2, 3: -7, -1: 9}, {3: -99}, {3: -7, -1: 1, -2: b"", -3: b""}], ids=str)
def test_a_key_that_nothing_can_be_held_against_is_refused(key: dict[int, Any]) -> None:
    """Kept, it would keep its owner out for ever: no signature of theirs could be looked at."""
    with pytest.raises(NoAnswer):
        read_new_passkey(json.dumps(DEVICE.make(CHALLENGE, public=key)))
