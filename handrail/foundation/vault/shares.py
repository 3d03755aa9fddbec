"""What the separate key store holds: a share for every person, and the key that vouches for rows.

The two stores have no common transaction, so the order makes them fit: a share is written before the rows that need it
(a share too many harms nobody and is used at the next try) and deleted after them (the ledger remembers to finish).
"""

import secrets
from typing import Any

from django.db.models import QuerySet, Subquery

from handrail.foundation.keystore.models import NamedKey, ServerShare
from handrail.foundation.prepared import prepared
from handrail.foundation.vault import cipher

VOUCHING = "vouching"


def share_and_vouching_key(account_id: int) -> tuple[bytes | None, bytes]:
    """Both in one read: whoever unwraps a key opens conversations with it next."""
    for share, vouching in _shares_and_vouching(account_id, VOUCHING):
        return bytes(share), bytes(vouching) if vouching else vouching_key()
    return None, b""


@prepared
def _shares_and_vouching(account_id: int, name: str) -> "QuerySet[ServerShare, Any]":
    vouching = NamedKey.objects.filter(name=name).values("key")[:1]
    return ServerShare.objects.filter(account_id=account_id).values_list("share", Subquery(vouching))


def share_of(account_id: int) -> bytes | None:
    found = _shares(account_id)
    return bytes(found[0]) if found else None


@prepared
def _shares(account_id: int) -> "QuerySet[ServerShare, Any]":
    return ServerShare.objects.filter(account_id=account_id).values_list("share", flat=True)


def share_made_for(account_id: int) -> bytes:
    """The person's share, made now if there is none."""
    made, _ = ServerShare.objects.get_or_create(
        account_id=account_id, defaults={"share": secrets.token_bytes(cipher.KEY_BYTES)}
    )
    return bytes(made.share)


def delete_share(account_id: int) -> None:
    ServerShare.objects.filter(account_id=account_id).delete()


def vouching_key() -> bytes:
    """The key under which public keys, epochs and their shares carry an HMAC."""
    return named_key(VOUCHING)


def named_key(name: str) -> bytes:
    """A key of the installation, made now if there is none."""
    if found := _named_keys(name):
        return bytes(found[0])
    made, _ = NamedKey.objects.get_or_create(name=name, defaults={"key": secrets.token_bytes(cipher.KEY_BYTES)})
    return bytes(made.key)


@prepared
def _named_keys(name: str) -> "QuerySet[NamedKey, Any]":
    return NamedKey.objects.filter(name=name).values_list("key", flat=True)
