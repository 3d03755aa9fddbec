"""A device that makes a passkey and uses it, as far as a browser shows of one; and answers that no device sends."""

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256, CoseKey
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

FLAG = AuthenticatorData.FLAG
NUMBER = b"a passkey of the tests"


@dataclass
class Device:
    origin: str = "http://testserver"
    site: str = "testserver"
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    verifies: bool = True  # asks for a finger, a face or a PIN

    def make(self, challenge: str, public: dict[int, Any] | None = None, **members: Any) -> dict[str, Any]:
        """The answer to being asked for a new passkey; `public` is another key than its own."""
        own = ES256.from_cryptography_key(self.key.public_key())
        credential = AttestedCredentialData.create(Aaguid.NONE, NUMBER, CoseKey(public or own))
        seen = AuthenticatorData.create(sha256(self.site.encode()), self._flags | FLAG.AT, 0, credential)
        response = {
            "clientDataJSON": self._client_data(CollectedClientData.TYPE.CREATE, challenge),
            "attestationObject": websafe_encode(AttestationObject.create("none", seen, {})),
            "transports": ["internal"],
        }
        return self._answer(response) | {"clientExtensionResults": {"credProps": {"rk": True}, "prf": {}}} | members

    def use(self, challenge: str, user: int | None = None) -> dict[str, Any]:
        """The answer to being asked who it is; `user` where the device must say it itself."""
        data = AuthenticatorData.create(sha256(self.site.encode()), self._flags, 1)
        client_data = self._client_data(CollectedClientData.TYPE.GET, challenge)
        signed = data + sha256(base64.urlsafe_b64decode(client_data + "=" * (-len(client_data) % 4)))
        response = {
            "clientDataJSON": client_data,
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(self.key.sign(signed, ec.ECDSA(hashes.SHA256()))),
        }
        if user is not None:
            response["userHandle"] = websafe_encode(handle(user))
        return self._answer(response) | {"clientExtensionResults": {}}

    @property
    def _flags(self) -> AuthenticatorData.FLAG:
        return FLAG.UP | FLAG.UV if self.verifies else FLAG.UP

    def _client_data(self, kind: str, challenge: str) -> str:
        return websafe_encode(CollectedClientData.create(kind, challenge, self.origin))

    def _answer(self, response: dict[str, Any]) -> dict[str, Any]:
        number = websafe_encode(NUMBER)
        return {
            "type": "public-key",
            "id": number,
            "rawId": number,
            "authenticatorAttachment": "platform",
            "response": response,
        }


def handle(user: int) -> bytes:
    """An account as the sign-in library names it to devices: its number to the base of 36."""
    figures, named = "0123456789abcdefghijklmnopqrstuvwxyz", ""
    while user:
        user, rest = divmod(user, 36)
        named = figures[rest] + named
    return (named or "0").encode()


NO_JSON = {
    "endless digits": "9" * 5000,
    "endless digits within": '{"rawId": -' + "9" * 5000 + "}",
    "deep lists": "[" * 30_000,
    "deep objects": '{"a":' * 5_000,
    "too long": '{"rawId": "' + "A" * 100_000 + '"}',
    "NaN": "NaN",
    "infinity": '{"rawId": -Infinity, "response": 1e999}',
    "a lone surrogate": '"\\ud800"',
    "a NUL": '{"\\u0000": "\\u0000"}',
    "a word": '"undefined"',
    "true": "true",
    "null": "null",
    "a list": "[1]",
    "an empty list": "[]",
    "an empty object": "{}",
    "cut short": '{"rawId": "AA',
    "another quote": "{'rawId': 1}",
    "bytes": "ÿþ",
}
WRONG: list[Any] = [
    None,
    True,
    0,
    -1,
    10**12,
    1.5,
    "",
    "A",
    "\x00",
    "\ud800",
    "AA==",
    "A B",
    "é",
    [],
    ["AA"],
    {},
    {"a": {}},
]


def spoiled(answer: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The answer with one of its parts of another kind, or missing; and what the parts say within spoiled too."""
    for name in ("type", "rawId", "response"):
        for wrong in WRONG:
            yield f"{name} {wrong!r}", {**answer, name: wrong}
    for name in answer["response"]:
        yield f"without {name}", {**answer, "response": {k: v for k, v in answer["response"].items() if k != name}}
        for wrong in WRONG:
            yield f"{name} {wrong!r}", _with(answer, name, wrong)
    for said in ("9" * 5000, "[" * 30_000, "{}", "null", "\xff", *_spoiled_client_data(answer)):
        yield f"the browser says {said[:60]}", _with(answer, "clientDataJSON", websafe_encode(said.encode("latin-1")))
    for name in ("attestationObject", "authenticatorData", "signature"):
        if name in answer["response"]:
            for bytes_ in _spoiled_bytes(base64.urlsafe_b64decode(answer["response"][name] + "==")):
                yield f"{name} is {bytes_[:20]!r}… of {len(bytes_)}", _with(answer, name, websafe_encode(bytes_))


def _with(answer: dict[str, Any], name: str, value: Any) -> dict[str, Any]:
    return {**answer, "response": {**answer["response"], name: value}}


def _spoiled_client_data(answer: dict[str, Any]) -> Iterator[str]:
    encoded = answer["response"]["clientDataJSON"]
    said = json.loads(base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)))
    for name in ("type", "challenge", "origin"):
        for wrong in WRONG:
            yield json.dumps({**said, name: wrong})


def _spoiled_bytes(good: bytes) -> Iterator[bytes]:
    """Cut short anywhere, each byte another one; lists in lists, tags, and lengths that no memory has."""
    yield from (good[:length] for length in range(len(good)))
    yield from (
        good[:at] + bytes([good[at] ^ flip]) + good[at + 1 :] for at in range(len(good)) for flip in (1, 32, 255)
    )
    yield from (b"\x81" * 20_000, b"\xa1" * 20_000, b"\xc0" * 9, b"\xa0", b"\x9b" + b"\xff" * 8, b"\x5b" + b"\xff" * 8)
