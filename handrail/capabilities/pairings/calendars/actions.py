"""Writes about one's own calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from handrail.capabilities.pairings.calendars import queries, tokens
from handrail.foundation import clock
from handrail.foundation.audit.actions import record

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account


@transaction.atomic
def change_calendar(*, by: Account, address: str, title: str) -> None:
    """Where invitations go and what entries are called, from the next time agreed or moved on."""
    settings = queries.settings_of(by)
    settings.address, settings.title = address.strip(), " ".join(title.split())
    settings.save()
    record(by=by, what="calendar.changed", subject=settings)


@transaction.atomic
def make_feed(*, by: Account) -> str:
    """The secret of a new feed; an earlier one stops working. It is kept nowhere: show it now."""
    settings = queries.settings_of(by)
    token = tokens.new_token()
    settings.feed_digest, settings.feed_made_at = tokens.digest(token), clock.now()
    settings.save()
    record(by=by, what="calendar.feed_made", subject=settings)
    return token


@transaction.atomic
def revoke_feed(*, by: Account) -> None:
    settings = queries.settings_of(by)
    if settings.feed_digest is None:
        return
    settings.feed_digest = settings.feed_made_at = None
    settings.save()
    record(by=by, what="calendar.feed_revoked", subject=settings)
