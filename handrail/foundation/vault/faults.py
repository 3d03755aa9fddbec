"""What can go wrong with private text; each says what to do."""

from collections.abc import Iterable


class VaultFault(Exception):
    """Anything that keeps private text shut."""


class Tampered(VaultFault):
    """A row was changed, moved or swapped since it was written: refused, whatever the reason."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} is not as it was written. Nothing was opened.")


class VaultClosed(VaultFault):
    """The person has a key, and this device cannot open it: they open with a phrase or a recovery code first."""


class NoKeys(VaultFault):
    """Somebody has no key yet, so nothing can be sealed to them."""

    def __init__(self, account_ids: Iterable[int]) -> None:
        self.account_ids = tuple(sorted(account_ids))
        super().__init__(f"No key yet for account {', '.join(map(str, self.account_ids))}.")


class NotShared(VaultFault):
    """This conversation is not shared with the person's present key: another participant can share it again."""


class WrongSecret(VaultFault):
    """The phrase, code or passkey does not open this vault."""


class WeakPhrase(VaultFault):
    """The phrase would be guessed too easily."""


class KnownPhrase(WeakPhrase):
    """It would be, because its words belong together: a count, the days of the week, a saying."""


class MistypedCode(VaultFault):
    """A recovery code whose check characters do not fit; `groups` (1 to 5) names where, if that is known."""

    def __init__(self, groups: tuple[int, ...] = ()) -> None:
        self.groups = groups
        super().__init__("The recovery code has a slip in it.")


class Busy(VaultFault):
    """Too many phrases are being checked at this moment: try again in a few seconds."""
