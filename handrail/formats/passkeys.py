"""What a browser answers about a passkey (WebAuthn's JSON form), read before the library that checks it sees it.

The library is made for what devices send. Of what somebody invented it makes numbers without end, memory without end
and every kind of error, and it would keep whatever else the answer brought. So an answer is measured here, only what is
known of it goes on, and the library takes that apart once on trial.
"""

import base64
import json
import re
from collections.abc import Callable
from typing import Any

from cryptography.exceptions import InvalidSignature
from fido2.webauthn import AuthenticationResponse, RegistrationResponse

MOST = 32_768  # characters; an answer with its maker's certificates has some 10,000
BASE64URL = re.compile("[A-Za-z0-9_-]+")


class NoAnswer(ValueError):
    """No device sends this."""


def read_new_passkey(text: str) -> dict[str, Any]:
    """The answer of a device that made a passkey. Raises NoAnswer."""
    answer = _object(text)
    kept = _kept(answer, "attestationObject")
    properties = _inner(_inner(answer, "clientExtensionResults"), "credProps")
    if isinstance(properties.get("rk"), bool):
        kept["clientExtensionResults"] = {"credProps": {"rk": properties["rk"]}}
    _tried(lambda: _can_be_checked(RegistrationResponse.from_dict(kept)))
    return kept


def read_use_of_passkey(text: str) -> dict[str, Any]:
    """The answer of a device that used a passkey. Raises NoAnswer."""
    answer = _object(text)
    kept = _kept(answer, "authenticatorData", "signature")
    if _inner(answer, "response").get("userHandle") is not None:
        kept["response"]["userHandle"] = _encoded(answer["response"], "userHandle")
    _tried(lambda: AuthenticationResponse.from_dict(kept))
    return kept


def _kept(answer: dict[str, Any], *names: str) -> dict[str, Any]:
    response = _inner(answer, "response")
    if answer.get("type", "public-key") != "public-key":
        raise NoAnswer("not about a passkey")
    _check_client_data(_encoded(response, "clientDataJSON"))
    return {
        "id": _encoded(answer, "rawId"),
        "rawId": _encoded(answer, "rawId"),
        "type": "public-key",
        "response": {name: _encoded(response, name) for name in ("clientDataJSON", *names)},
        "clientExtensionResults": {},
    }


def _check_client_data(encoded: str) -> None:
    """A second answer within the first: what the browser saw."""
    try:
        text = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)).decode()
    except ValueError:
        raise NoAnswer("the browser's own part cannot be read") from None
    seen = _object(text)
    _encoded(seen, "challenge")  # of a number the library would make that many bytes
    if not (isinstance(seen.get("type"), str) and isinstance(seen.get("origin"), str)):
        raise NoAnswer("the browser's own part lacks something")


def _can_be_checked(made: RegistrationResponse) -> None:
    """A key that no signature can be held against would keep its owner out."""
    try:
        made.response.attestation_object.auth_data.credential_data.public_key.verify(b"", b"")
    except InvalidSignature:
        return


def _tried(take_apart: Callable[[], Any]) -> None:
    try:
        take_apart()
    except (
        Exception
    ) as error:  # the library promises no kind of error for invented bytes, and raises nearly all there are
        raise NoAnswer(f"cannot be taken apart: {type(error).__name__}") from None


def _object(text: str) -> dict[str, Any]:
    if len(text) > MOST:
        raise NoAnswer("too long")
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):  # no JSON, endless digits; nested too deeply
        raise NoAnswer("not JSON") from None
    if not isinstance(found, dict):
        raise NoAnswer("not an object")
    return found


def _inner(answer: dict[str, Any], name: str) -> dict[str, Any]:
    found = answer.get(name)
    return found if isinstance(found, dict) else {}


def _encoded(answer: dict[str, Any], name: str) -> str:
    found = answer.get(name)
    if not (isinstance(found, str) and BASE64URL.fullmatch(found)):
        raise NoAnswer(f"{name} is not bytes")
    return found
