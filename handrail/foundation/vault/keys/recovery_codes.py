"""The printed recovery code: 100 random bits in five groups of five, each group ending in a check character.

The alphabet is Crockford's base 32 (no I, L, O, U). The check character is a weighted sum in the field of 32 elements
(x^5 + x^2 + 1), with other weights in each group: every single slip, every swap of neighbours in a group, and nearly
every swap of groups shows, and shows in which group.
"""

import secrets
import unicodedata

from handrail.foundation.vault.faults import MistypedCode

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS = 5
DATA = 4
SIZE = DATA + 1
_MEANT = str.maketrans("OILU", "011V")
_POLYNOMIAL = 0b100101


def _times(one: int, other: int) -> int:
    product = 0
    while other:
        if other & 1:
            product ^= one
        one <<= 1
        if one & 0b100000:
            one ^= _POLYNOMIAL
        other >>= 1
    return product


def _power(exponent: int) -> int:
    value = 1
    for _ in range(exponent % 31):
        value = _times(value, 2)
    return value


def _check(values: list[int], group: int) -> int:
    total = group + 1  # so that groups in another order show
    for place, value in enumerate(values):
        total ^= _times(value, _power(1 + place + 5 * group))
    return total


def new_code() -> str:
    """A code as it is shown and printed: `XXXXX-XXXXX-XXXXX-XXXXX-XXXXX`."""
    groups = []
    for group in range(GROUPS):
        values = [secrets.randbelow(32) for _ in range(DATA)]
        groups.append("".join(ALPHABET[value] for value in [*values, _check(values, group)]))
    return "-".join(groups)


def read_code(typed: str) -> str:
    """The code as printed, from what somebody typed: spaces, dashes, case and O/0, I/L/1 do not matter.

    Raises MistypedCode, with the numbers of the groups that have a slip where they can be told.
    """
    letters = _folded(typed)
    if len(letters) != GROUPS * SIZE:
        raise MistypedCode
    groups = [letters[start : start + SIZE] for start in range(0, len(letters), SIZE)]
    wrong = tuple(number for number, group in enumerate(groups, 1) if not _is_whole(group, number - 1))
    if wrong:
        raise MistypedCode(wrong)
    return "-".join(groups)


def same_group(typed: str, group: str) -> bool:
    """Whether somebody typed this group of a code, as forgiving as `read_code`."""
    return _folded(typed) == group


def _folded(typed: str) -> str:
    folded = unicodedata.normalize("NFKC", typed[:200]).upper().translate(_MEANT)
    return "".join(letter for letter in folded if letter.isalnum())


def _is_whole(group: str, index: int) -> bool:
    values = [ALPHABET.find(letter) for letter in group]
    return -1 not in values and _check(values[:DATA], index) == values[DATA]
