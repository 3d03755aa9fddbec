"""How preparation goes on, and who may do what in the mentors' circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from handrail.foundation.access.refusal import Refused

if TYPE_CHECKING:
    from handrail.capabilities.schemes.preparation.models import CraftPost

KEPT_DAYS = 365


def reached_after(reached: int, number: int) -> int:
    """Parts may be read in any order; the furthest counts."""
    return max(reached, number)


def is_through(reached: int, of: int) -> bool:
    return of > 0 and reached >= of


def check_can_write(*, is_mentor: bool) -> None:
    if not is_mentor:
        raise Refused(_("Only mentors write here. Sign up as one first."))


def can_write(*, is_mentor: bool) -> bool:
    return is_mentor


def check_can_delete(post: CraftPost, person_id: int, *, coordinates: bool) -> None:
    if not can_delete(post, person_id, coordinates=coordinates):
        raise Refused(_("Only whoever wrote it, or the coordinator, can take it away."))


def can_delete(post: CraftPost, person_id: int, *, coordinates: bool) -> bool:
    return coordinates or post.author_id == person_id
