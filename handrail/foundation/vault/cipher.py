"""Authenticated encryption: XChaCha20-Poly1305 (libsodium), unambiguous contexts, padding.

Source: libsodium documentation, "XChaCha20-Poly1305-IETF construction" and "Padding" (ISO/IEC 7816-4).
"""

import hashlib
import hmac
import secrets

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
    sodium_pad,
    sodium_unpad,
)
from nacl.exceptions import CryptoError

KEY_BYTES = 32
NONCE_BYTES = 24
TAG_BYTES = 16
BLOCK = 256  # a text's length shows only in steps of this many bytes
VERSION = b"\x01"


class Unreadable(Exception):
    """The ciphertext, its key or its context do not fit one another."""


def context(*parts: str | int | bytes) -> bytes:
    """The parts as bytes, each with its length before it, so that no two lists give the same bytes."""
    encoded = [part if isinstance(part, bytes) else str(part).encode() for part in parts]
    return b"".join(len(part).to_bytes(4, "big") + part for part in encoded)


def encrypt(key: bytes, plain: bytes, bound_to: bytes) -> bytes:
    """Nonce and ciphertext of `plain`, which opens only with the same key and the same `bound_to`."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + crypto_aead_xchacha20poly1305_ietf_encrypt(plain, bound_to, nonce, key)


def decrypt(key: bytes, sealed: bytes, bound_to: bytes) -> bytes:
    """What `encrypt` was given; raises Unreadable."""
    if len(sealed) < NONCE_BYTES + TAG_BYTES:
        raise Unreadable
    nonce, ciphertext = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    try:
        return crypto_aead_xchacha20poly1305_ietf_decrypt(ciphertext, bound_to, nonce, key)
    except CryptoError:
        raise Unreadable from None


def pad(plain: bytes) -> bytes:
    return sodium_pad(plain, BLOCK)


def unpad(padded: bytes) -> bytes:
    return sodium_unpad(padded, BLOCK)


def vouch(key: bytes, *parts: str | int | bytes) -> bytes:
    """HMAC-SHA-256 over the parts: says that this installation wrote them."""
    return hmac.digest(key, context(*parts), "sha256")


def same(one: bytes, other: bytes | memoryview) -> bool:
    return hmac.compare_digest(bytes(one), bytes(other))


def mix(share: bytes, kind: str, account_id: int, material: bytes) -> bytes:
    """The wrapping key made of what the person holds and the server share; neither alone says anything about it."""
    mixed = hashlib.blake2b(digest_size=KEY_BYTES, key=share, person=b"handrail-wrap-01")
    mixed.update(context(kind, account_id, material))
    return mixed.digest()
