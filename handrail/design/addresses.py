"""Addresses of many rows of one list."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

_STANDS_FOR = 7_340_001_230_000


def address_of_each(view: str) -> Callable[[Any], str]:
    """What `reverse(view, args=[number])` says, for a list: asking it for every row takes longer than the row."""
    head, _, tail = reverse(view, args=[_STANDS_FOR]).partition(str(_STANDS_FOR))
    return lambda number: f"{head}{int(number)}{tail}"
