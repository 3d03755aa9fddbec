"""Reads for somebody's copy of what is held about them."""

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.foundation.lifecycle.own_data import OwnData, own_data_of
from handrail.foundation.vault import keys


def has_private_space(request: SignedInRequest) -> bool:
    return keys.state_of(request.user.pk).has_keys


def is_open(request: SignedInRequest) -> bool:
    return keys.is_open(request)


def own_data(request: SignedInRequest) -> OwnData:
    """With the sealed texts where this browser opens them."""
    return own_data_of(request, with_private=keys.is_open(request))
