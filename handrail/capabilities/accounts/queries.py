"""Reads about accounts."""

from datetime import UTC, datetime

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.db.models import QuerySet
from django.http import HttpRequest

from handrail.capabilities.accounts.models import Account, Letter


def has_second_factor(request: HttpRequest) -> bool:
    """Whether this session was opened with a passkey or a second factor, or has set one up since."""
    records = get_authentication_records(request, request.user)
    if not records or any(record.get("method") == "mfa" for record in records):
        return bool(records)
    signed_in_at = datetime.fromtimestamp(min(record["at"] for record in records), tz=UTC)
    factors = Authenticator.objects.filter(user=request.user, created_at__gte=signed_in_at)
    return bool(factors.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())


def showed_passkey(request: HttpRequest) -> bool:
    """Whether this session was opened with a passkey, or one was made in it."""
    records = get_authentication_records(request, request.user)
    return any(record.get("type") == Authenticator.Type.WEBAUTHN for record in records)


def is_anybody_here() -> bool:
    return Account.objects.exists()


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
