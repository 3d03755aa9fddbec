"""Which pairs to ask how to go on."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, Max, OuterRef, Q

from handrail.capabilities.pairings.going_on import rules
from handrail.capabilities.pairings.models import Pairing, Session
from handrail.capabilities.pairings.rules import State
from handrail.capabilities.schemes.queries import rhythms_of
from handrail.foundation import clock


def pairs_to_ask() -> list[Pairing]:
    """The running pairs that have not met for a while, have no time agreed, and have not been asked."""
    now = clock.now()
    coming = Session.objects.filter(pairing=OuterRef("pk"), state=Session.State.AGREED, starts_at__gte=now)
    running = list(
        Pairing.objects.filter(state__in=(State.AGREED, State.PAUSED), asked_how_at__isnull=True)
        .annotate(
            last_met=Max("sessions__starts_at", filter=Q(sessions__state=Session.State.HELD)), is_coming=Exists(coming)
        )
        .with_people()
    )
    rhythms = rhythms_of({pairing.scheme_id for pairing in running})
    return [pairing for pairing in running if _is_due(pairing, rhythms[pairing.scheme_id], now)]


def _is_due(pairing: Pairing, rhythm: timedelta, now: datetime) -> bool:
    return rules.is_due(pairing, last_met=_met(pairing), has_session=_coming(pairing), rhythm=rhythm, now=now)


def _met(pairing: Pairing) -> datetime | None:
    found: datetime | None = pairing.last_met  # type: ignore[attr-defined]
    return found


def _coming(pairing: Pairing) -> bool:
    return bool(pairing.is_coming)  # type: ignore[attr-defined]


def changes_left_open(before: datetime) -> list[Pairing]:
    """Changes that one of the two has not answered since then."""
    return list(Pairing.objects.filter(state=State.CHANGING, heard_at__lt=before).with_people())
