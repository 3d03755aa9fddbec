"""Words as they are compared, not as they were written."""

import unicodedata


def plain(words: str) -> str:
    """Small letters without accents, which are often left out in typing."""
    if words.isascii():
        return words.lower()
    apart = unicodedata.normalize("NFKD", words.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
