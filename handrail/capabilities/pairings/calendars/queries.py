"""Reads about calendars. Nothing here writes: a feed that is fetched leaves no trace."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from handrail.capabilities.pairings.calendars import tokens
from handrail.capabilities.pairings.models import CalendarSettings, Pairing, Session
from handrail.foundation import clock
from handrail.foundation.languages import in_language_of

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account
    from handrail.capabilities.people.models import Person

LOOKING_BACK = timedelta(days=60)


def settings_of(account: Account) -> CalendarSettings:
    """What the account chose, or what holds as long as it has chosen nothing (unsaved)."""
    return CalendarSettings.objects.filter(account=account).first() or CalendarSettings(account=account)


def title_for(leader: Person) -> str:
    """What entries of the leader's sessions are called: the leader's own words, or neutral ones in their language."""
    chosen = settings_of(leader.account).title if leader.account else ""
    with in_language_of(leader.account, __name__):
        return chosen or _("Catch-up")


def address_for(person: Person) -> str:
    """Where invitations go: the address chosen for them, else that of the account, else the organisation's; or ""."""
    account = person.account
    if account is None:
        return person.email
    return settings_of(account).address or account.email or person.email


def leads_somewhere(account: Account) -> bool:
    return Pairing.objects.open().filter(leader__account=account).exists()


def is_feed_of(account: Account, token: str) -> bool:
    """Whether this is the secret of the account's feed, as it stands now."""
    return bool(token) and settings_of(account).feed_digest == tokens.digest(token)


def account_of_feed(token: str) -> Account | None:
    """Whose feed this is; None for an unknown, withdrawn or misspelt address and for a closed account alike."""
    found = (
        CalendarSettings.objects.select_related("account")
        .filter(feed_digest=tokens.digest(token), account__is_active=True)
        .first()
    )
    return found.account if found else None


def sessions_in_feed(account: Account) -> list[Session]:
    """The account's sessions from two months ago on, without those called off."""
    mine = Q(pairing__leader__account=account, pairing__leader__left_on__isnull=True)
    mine |= Q(pairing__mentor__account=account, pairing__mentor__left_on__isnull=True)
    return list(
        Session.objects.arranged_here()
        .filter(mine, starts_at__gte=clock.now() - LOOKING_BACK)
        .exclude(state=Session.State.CANCELLED)
        .select_related("pairing__leader__account", "pairing__mentor__account")
    )
