"""One-way marks of what an export calls somebody, under a key that lies in the key store.

With them the next export of the same system finds the same people, and the index holds nobody's name or address.
"""

import hashlib
import secrets

from handrail.foundation.keystore.models import NamedKey

KEY = "voices"


class Marks:
    """The marks of one organisation."""

    def __init__(self, organisation_id: int) -> None:
        made, _ = NamedKey.objects.get_or_create(name=KEY, defaults={"key": secrets.token_bytes(32)})
        self._key = bytes(made.key)
        self._organisation = str(organisation_id)

    def of_person(self, system: str, key: str) -> str:
        return self._mark("person", system, key)

    def of_address(self, email: str | None) -> str:
        """Empty where there is no address."""
        return self._mark("address", email.strip().casefold()) if email and "@" in email else ""

    def _mark(self, *parts: str) -> str:
        mark = hashlib.blake2b(digest_size=16, key=self._key)
        for part in (self._organisation, *parts):
            text = part.encode("utf-8", "replace")
            mark.update(len(text).to_bytes(4, "big") + text)
        return mark.hexdigest()
