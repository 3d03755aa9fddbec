"""The code on a printed letter: easy to read aloud and to type, hard to guess (58 bits)."""

import secrets

from django.utils.crypto import salted_hmac

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
GROUP = 4


def new_code() -> str:
    """Twelve characters, in groups of four."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(letters[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def digest(code: str) -> str:
    """What is kept of a code. Spaces, dashes and case do not matter."""
    plain = "".join(character for character in code.upper() if character.isalnum())
    return salted_hmac("handrail.letter", plain, algorithm="sha256").hexdigest()
