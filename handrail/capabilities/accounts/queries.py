"""Reads about accounts."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from handrail.capabilities.accounts.models import Account, Letter, OneTimeLink
from handrail.foundation.prepared import prepared


def zone_of(account: Account | None) -> str:
    """Whose clock somebody's times follow: their own, or the installation's where they said none."""
    return (account.time_zone if account else "") or settings.TIME_ZONE


def has_second_factor(request: HttpRequest) -> bool:
    """Whether this session was opened with a passkey or a second factor, or has set one up since."""
    records = get_authentication_records(request, request.user)
    if not records or any(record.get("method") == "mfa" for record in records):
        return bool(records)
    signed_in_at = datetime.fromtimestamp(min(record["at"] for record in records), tz=UTC)
    factors = Authenticator.objects.filter(user=request.user, created_at__gte=signed_in_at)
    return bool(factors.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())


def kinds_of_factors(account_id: int) -> set[str]:
    """What this account has set up to prove itself with: passkeys, an app, recovery codes."""
    return set(_kinds_of_factors(account_id))


@prepared
def _kinds_of_factors(account_id: int) -> QuerySet[Authenticator, str]:
    kinds: QuerySet[Authenticator, str] = Authenticator.objects.filter(user=account_id).values_list("type", flat=True)
    return kinds.order_by()


def showed_passkey(request: HttpRequest) -> bool:
    """Whether this session was opened with a passkey, or one was made in it."""
    records = get_authentication_records(request, request.user)
    return any(record.get("type") == Authenticator.Type.WEBAUTHN for record in records)


def is_anybody_here() -> bool:
    return Account.objects.exists()


def link_digest(token: str) -> str:
    """What is kept of a one-time link."""
    return hashlib.sha256(token.encode()).hexdigest()


def first_administrator_link(token: str) -> OneTimeLink | None:
    return OneTimeLink.objects.filter(digest=link_digest(token)).first()


def administrators() -> QuerySet[Account]:
    return Account.objects.filter(is_administrator=True, is_active=True).order_by("pk")


def accounts_called(words: list[str]) -> QuerySet[Account]:
    """The accounts in whose name each word stands."""
    found = Account.objects.all()
    for word in words:
        found = found.filter(name__icontains=word)
    return found


def names_on_letters(letter_ids: list[int]) -> dict[int, list[str]]:
    """For whom each letter is."""
    found = Letter.objects.filter(pk__in=letter_ids).values_list("pk", "account__name")
    return {pk: [name] for pk, name in found}


def days_signed_in() -> int:
    """How long whoever signs in stays so on their device."""
    return timedelta(seconds=settings.SESSION_COOKIE_AGE).days


def after_letter(*, by_mail: bool, ask: str) -> str:
    """For paper: how one gets in once the code is used up. `ask`: who makes another letter."""
    days = _("After that you stay signed in on that device for %(days)d days.") % {"days": days_signed_in()}
    if by_mail and mail_leaves():
        return f"{days} {_('From then on a code by e-mail lets you in.')}"
    words = _(
        "Before then, make a passkey (your face, finger or PIN lets you in) or give an address of your own, under "
        "“Your account”. Or ask %(name)s for a new letter."
    )
    if not mail_leaves():
        words = _(
            "Before then, make a passkey (your face, finger or PIN lets you in), under “Your account”. Or ask %(name)s "
            "for a new letter."
        )
    return f"{days} {words % {'name': ask}}"


def accounts_with_letter() -> QuerySet[Letter, Any]:
    """Whom somebody has made a letter for that is kept: a query to look in. Used or not makes no difference."""
    return Letter.objects.order_by().values("account")


def letters_for(accounts: list[int]) -> QuerySet[Letter]:
    return Letter.objects.filter(account__in=accounts)


def has_letter_since(account_id: int, moment: datetime) -> bool:
    return Letter.objects.filter(account=account_id, made_at__gte=moment).exists()


@dataclass(frozen=True)
class WayBack:
    """How somebody gets in next time. `open`: nothing but another letter would let them in yet."""

    words: str
    open: bool = False
    mail: bool = True  # whether an address would help


def mail_leaves() -> bool:
    """Whether a code can come by e-mail at all; the demonstration behaves as if."""
    return bool(settings.MAIL_URL) or settings.DEMO


def way_back(request: HttpRequest) -> WayBack:
    """For the signed-in person. A passkey counts where it was used or made since they signed in."""
    account = cast(Account, request.user)
    if account.email and mail_leaves():
        return WayBack(_("With a code that we send to %(address)s. There is no password.") % {"address": account.email})
    if showed_passkey(request):
        return WayBack(_("With your passkey: your face, finger or PIN. There is no password."))
    stays = _("A letter’s code works once, and lets you stay signed in on this device for %(days)d days.")
    if mail_leaves():
        then = _("Before then, give an address of your own or make a passkey. Or ask whoever gave you your letter.")
    else:
        then = _("Before then, make a passkey. Or ask whoever gave you your letter.")
    return WayBack(f"{stays % {'days': days_signed_in()}} {then}", open=True, mail=mail_leaves())
