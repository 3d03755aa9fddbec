"""Reads of what pairs saw together, with the key of either of the two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handrail.capabilities.pairings.plan.models import SeenTogether
from handrail.capabilities.pairings.plan.seen.sheet import SeenSheet, Sighting, seen_from
from handrail.engines.approach import OBSERVED, Observation
from handrail.foundation.prepared import prepared
from handrail.foundation.vault.faults import NotShared
from handrail.foundation.vault.texts import OpenVault, open_conversation, read

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from handrail.capabilities.pairings.models import Pairing


def seen_by_pair(vault: OpenVault, pairing: Pairing) -> SeenSheet | None:
    """What these two noted so far; None where this person's present key does not open it."""
    row = SeenTogether.objects.filter(pairing=pairing).first()
    if row is None:
        return SeenSheet()
    return sheet_in(vault, row)


def sheet_in(vault: OpenVault, row: SeenTogether) -> SeenSheet | None:
    try:
        return seen_from(read(open_conversation(vault, row.conversation_id), row, "sheet"))
    except NotShared:
        return None


def sightings_about(vault: OpenVault) -> list[Sighting]:
    """All that was noted about this leader, with every mentor they had, oldest first."""
    sheets = (sheet_in(vault, row) for row in _about_leader(vault.account_id))
    found = [one for sheet in sheets if sheet is not None for one in sheet.sightings if one.what in OBSERVED]
    return sorted(found, key=lambda one: one.on)


@prepared
def _about_leader(account_id: int) -> QuerySet[SeenTogether]:
    return SeenTogether.objects.filter(pairing__leader__account=account_id).order_by("pairing__asked_at", "pk")


def observations_of(vault: OpenVault) -> tuple[Observation, ...]:
    """The same as the engine takes them."""
    return observations_in(sightings_about(vault))


def observations_in(sightings: list[Sighting]) -> tuple[Observation, ...]:
    return tuple(Observation(one.by, one.what, order) for order, one in enumerate(sightings))
