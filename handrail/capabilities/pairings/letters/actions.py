"""Letters are made one by one, as everywhere: each ends an earlier one to the same person, and is noted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction

from handrail.capabilities.people.actions import make_letter

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account
    from handrail.capabilities.pairings.letters.queries import ToLetIn


@transaction.atomic
def make_letters(*, by: Account, people: Iterable[ToLetIn]) -> list[tuple[ToLetIn, str]]:
    """Each with the code that signs them in once; it is kept nowhere."""
    return [(one, make_letter(by=by, person=one.person)) for one in people]
