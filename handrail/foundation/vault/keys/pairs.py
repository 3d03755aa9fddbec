"""Key pairs: made once, vouched for, looked up."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from nacl.public import PrivateKey

from handrail.foundation import clock
from handrail.foundation.vault import cipher, shares
from handrail.foundation.vault.faults import Tampered
from handrail.foundation.vault.models import KeyPair, Wrapping


def make_pair(account_id: int) -> tuple[KeyPair, PrivateKey]:
    """A new generation of the person's key. The caller wraps the secret in the same transaction, or it is lost."""
    shares.share_made_for(account_id)
    vouching = shares.vouching_key()
    with transaction.atomic():
        last = current_pair(account_id)
        generation = last.generation + 1 if last else 1
        secret = PrivateKey.generate()
        public = bytes(secret.public_key)
        pair = KeyPair.objects.create(
            account_id=account_id,
            generation=generation,
            public_key=public,
            mac=cipher.vouch(vouching, "public key", account_id, generation, public),
            made_at=clock.now(),
        )
    return pair, secret


def current_pair(account_id: int) -> KeyPair | None:
    return KeyPair.objects.filter(account_id=account_id).order_by("-generation").first()


def current_pairs(account_ids: Iterable[int]) -> dict[int, KeyPair]:
    """Each person's newest key pair, checked; whoever has none is left out."""
    pairs = {
        pair.account_id: pair for pair in KeyPair.objects.filter(account_id__in=account_ids).order_by("generation")
    }
    vouching = shares.vouching_key()
    for pair in pairs.values():
        check_pair(pair, vouching)
    return pairs


def check_pair(pair: KeyPair, vouching: bytes) -> None:
    """Refuse a public key that this installation did not write for this person."""
    expected = cipher.vouch(vouching, "public key", pair.account_id, pair.generation, bytes(pair.public_key))
    if not cipher.same(expected, pair.mac):
        raise Tampered("A public key")


def forget_unused(account_id: int, *, since: datetime) -> None:
    """Undo a key made since then with which nothing is sealed and which only a device opens: as if it never was."""
    made = KeyPair.objects.filter(account_id=account_id)
    if made.filter(
        Q(made_at__lt=since) | Q(epoch_keys__isnull=False) | ~Q(wrappings__kind=Wrapping.Kind.DEVICE)
    ).exists():
        return
    made.delete()
    transaction.on_commit(lambda: _forget_share(account_id))


def _forget_share(account_id: int) -> None:
    if not KeyPair.objects.filter(account_id=account_id).exists():
        shares.delete_share(account_id)
