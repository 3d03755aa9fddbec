"""The request of somebody signed in, for type checking: the guard has made sure of it."""

from django.http import HttpRequest

from handrail.capabilities.accounts.models import Account


class SignedInRequest(HttpRequest):
    user: Account
