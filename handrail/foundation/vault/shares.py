"""What the separate key store holds: a share for every person, and the key that vouches for rows.

The two stores have no common transaction, so the order makes them fit: a share is written before the rows that need it
(a share too many harms nobody and is used at the next try) and deleted after them (the ledger remembers to finish).
"""

import secrets

from handrail.foundation.keystore.models import NamedKey, ServerShare
from handrail.foundation.vault import cipher

VOUCHING = "vouching"


def share_of(account_id: int) -> bytes | None:
    share = ServerShare.objects.filter(account_id=account_id).values_list("share", flat=True).first()
    return None if share is None else bytes(share)


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
    key = NamedKey.objects.filter(name=VOUCHING).values_list("key", flat=True).first()
    if key is None:
        made, _ = NamedKey.objects.get_or_create(name=VOUCHING, defaults={"key": secrets.token_bytes(32)})
        key = made.key
    return bytes(key)
