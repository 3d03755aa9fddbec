"""Reads about how a person's private space is kept."""

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.foundation.vault import carried, keys


def safekeeping_of(request: SignedInRequest) -> keys.Safekeeping:
    return keys.state_of(request.user.pk)


def is_open(request: SignedInRequest) -> bool:
    return keys.is_open(request)


def devices_of(request: SignedInRequest) -> list[keys.Device]:
    return keys.devices_of(request)


def kept_forms(request: SignedInRequest) -> list[carried.Carried]:
    return carried.carried_forms(request)
