"""The secret in a feed's address. It is shown once; only its digest is kept."""

import hashlib
import secrets

BYTES = 32  # 256 random bits: nothing to guess, so a plain digest is enough
LENGTH = 43


def new_token() -> str:
    return secrets.token_urlsafe(BYTES)


def digest(token: str) -> str:
    return hashlib.sha256(f"handrail feed {token}".encode()).hexdigest()
