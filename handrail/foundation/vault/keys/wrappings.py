"""Wrapping a secret key for something a person holds, and unwrapping it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from nacl.public import PrivateKey

from handrail.foundation import clock
from handrail.foundation.vault import cipher, shares
from handrail.foundation.vault.faults import Tampered, WrongSecret
from handrail.foundation.vault.models import KeyPair, Wrapping


@dataclass(frozen=True)
class OpenVault:
    """A person's key while one request lasts. Never store it, pass it to a job, or put it in a session."""

    account_id: int
    pair: KeyPair = field(repr=False)
    secret: PrivateKey = field(repr=False)
    vouching: bytes = field(repr=False)  # the installation's key that vouches for what this one opens


def _bound_to(wrapping: Wrapping, pair: KeyPair) -> bytes:
    return cipher.context("wrapping", wrapping.id.bytes, wrapping.kind, pair.account_id, pair.generation)


def wrap(
    *, pair: KeyPair, secret: PrivateKey, kind: str, material: bytes, expires_at: datetime | None = None, **fields: Any
) -> Wrapping:
    """Keep `secret` so that `material` (what the person holds, at least as strong as a phrase) opens it."""
    wrapping = Wrapping(id=uuid4(), key_pair=pair, kind=kind, made_at=clock.now(), expires_at=expires_at, **fields)
    key = cipher.mix(shares.share_made_for(pair.account_id), kind, pair.account_id, material)
    wrapping.sealed = cipher.VERSION + cipher.encrypt(key, bytes(secret), _bound_to(wrapping, pair))
    wrapping.save(force_insert=True)
    return wrapping


def unwrap(wrapping: Wrapping, material: bytes) -> OpenVault:
    """The person's vault. WrongSecret: `material` is not what it was wrapped for, or the server share is gone."""
    pair = wrapping.key_pair
    share, vouching = shares.share_and_vouching_key(pair.account_id)
    sealed = bytes(wrapping.sealed)
    if share is None or sealed[:1] != cipher.VERSION:
        raise WrongSecret
    try:
        opened = cipher.decrypt(
            cipher.mix(share, wrapping.kind, pair.account_id, material), sealed[1:], _bound_to(wrapping, pair)
        )
    except cipher.Unreadable:
        raise WrongSecret from None
    secret = PrivateKey(opened)
    if not cipher.same(bytes(secret.public_key), pair.public_key):
        raise Tampered("Your public key")
    return OpenVault(pair.account_id, pair, secret, vouching)


def replace(*, pair: KeyPair, secret: PrivateKey, kind: str, material: bytes, **fields: Any) -> Wrapping:
    """Wrap again, in place of what there was of this kind (a changed phrase, a new code)."""
    Wrapping.objects.filter(key_pair=pair, kind=kind).delete()
    return wrap(pair=pair, secret=secret, kind=kind, material=material, **fields)
