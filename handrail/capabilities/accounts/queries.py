"""Reads about accounts."""

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest

from handrail.capabilities.accounts.models import Account


def has_second_factor(request: HttpRequest) -> bool:
    """Whether this session was opened with a passkey or a second factor."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


def is_anybody_here() -> bool:
    return Account.objects.exists()
