"""Reads of how a scheme ends."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from handrail.capabilities.schemes.ending.models import Ending
from handrail.capabilities.schemes.models import Scheme
from handrail.capabilities.schemes.queries import running_scheme_of

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Organisation


def ending_of(scheme: Scheme) -> Ending:
    """What was thought of so far; empty at first."""
    return Ending.objects.filter(scheme=scheme).first() or Ending(scheme=scheme)


def last_ended(organisation: Organisation) -> Scheme | None:
    """The organisation's own that ended last."""
    return Scheme.objects.filter(organisation=organisation, ended_on__isnull=False).order_by("-ended_on", "-pk").first()


def has_only_ended(organisation: Organisation) -> bool:
    """Whether a page that only looks must not begin a new scheme by being opened: none runs, and one has ended."""
    return running_scheme_of(organisation) is None and last_ended(organisation) is not None


def schemes_over(today: date) -> list[Scheme]:
    """Those whose last day has passed, and that have not ended yet."""
    return list(Scheme.objects.filter(ends_on__lt=today, ended_on__isnull=True).select_related("asked_by"))
