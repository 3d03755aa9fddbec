"""What a person does to keep their vault openable: phrase, code, passkeys; and beginning again when all is lost."""

import secrets
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest

from handrail.foundation import clock
from handrail.foundation.audit.actions import record
from handrail.foundation.prepared import prepared
from handrail.foundation.vault.asking import asking
from handrail.foundation.vault.faults import VaultClosed
from handrail.foundation.vault.keys import custody, opening, pairs, phrases, recovery_codes, wrappings
from handrail.foundation.vault.models import KeyPair, Wrapping

KEEPS_SAFE = (Wrapping.Kind.PHRASE, Wrapping.Kind.RECOVERY, Wrapping.Kind.PASSKEY)


@dataclass(frozen=True)
class Passkey:
    """A passkey that opens the vault: its id (base64url), the salt that its PRF is asked with, its name in the list."""

    credential: str
    salt: bytes
    label: str


@dataclass(frozen=True)
class Safekeeping:
    """How a person's vault is kept. Says nothing about what is in it."""

    has_keys: bool
    has_phrase: bool = False
    has_recovery_code: bool = False
    passkeys: tuple[Passkey, ...] = ()
    devices: int = 0
    began_again: bool = False

    @property
    def safe(self) -> bool:
        """Whether something other than a device opens it."""
        return self.has_phrase or self.has_recovery_code or bool(self.passkeys)


def state_of(account_id: int) -> Safekeeping:
    pair = pairs.current_pair(account_id)
    if pair is None:
        return Safekeeping(has_keys=False)
    kept = list(pair.wrappings.all())
    kinds = {wrapping.kind for wrapping in kept}
    now = clock.now()
    return Safekeeping(
        has_keys=True,
        has_phrase=Wrapping.Kind.PHRASE in kinds,
        has_recovery_code=Wrapping.Kind.RECOVERY in kinds,
        passkeys=tuple(
            Passkey(wrapping.credential, bytes(wrapping.salt), wrapping.label)
            for wrapping in kept
            if wrapping.kind == Wrapping.Kind.PASSKEY
        ),
        devices=sum(
            wrapping.kind == Wrapping.Kind.DEVICE and wrapping.expires_at is not None and wrapping.expires_at > now
            for wrapping in kept
        ),
        began_again=pair.generation > 1,
    )


@dataclass(frozen=True)
class Keeping:
    """Whether a person has a key, and whether nothing but a device opens it: `has_keys and not safe`."""

    has_keys: bool
    devices_only: bool = False


def keeping_of(account_id: int) -> Keeping:
    """The same as `state_of` tells, in one narrow read."""
    kept = _kinds_kept(account_id)
    safe = any(kind in KEEPS_SAFE for generation, kind in kept if generation == kept[0][0])
    return Keeping(has_keys=bool(kept), devices_only=bool(kept) and not safe)


def opens_on_devices_only(account_id: int) -> bool:
    return keeping_of(account_id).devices_only


@prepared
def _kinds_kept(account_id: int) -> "QuerySet[KeyPair, Any]":
    """The generation of each key pair, newest first, with the kind of each of its wrappings."""
    pairs_of = KeyPair.objects.filter(account_id=account_id).order_by("-generation")
    return pairs_of.values_list("generation", "wrappings__kind")


def draw_phrase(request: HttpRequest) -> str:
    """A phrase to show to this person, which `set_phrase` takes."""
    return phrases.new_phrase(known=_known_about(request.user))


def set_phrase(request: HttpRequest, phrase: str) -> None:
    """Set or change the phrase; the earlier one opens nothing from then on. Raises WeakPhrase, Busy, VaultClosed."""
    opened = _opened(request)
    account = request.user
    phrases.check_phrase(phrase, known=_known_about(account))
    salt = phrases.new_salt()
    material = phrases.stretch(phrase, salt)
    with transaction.atomic():
        wrappings.replace(
            pair=opened.pair, secret=opened.secret, kind=Wrapping.Kind.PHRASE, material=material, salt=salt
        )
        record(by=account, what="vault.phrase_set")


def set_recovery_code(request: HttpRequest, typed: str) -> None:
    """Let this code open the vault; an earlier code opens nothing from then on. Raises MistypedCode, VaultClosed."""
    opened = _opened(request)
    code = recovery_codes.read_code(typed)
    with transaction.atomic():
        wrappings.replace(pair=opened.pair, secret=opened.secret, kind=Wrapping.Kind.RECOVERY, material=code.encode())
        record(by=request.user, what="vault.recovery_code_set")


def add_passkey(request: HttpRequest, *, credential: str, salt: bytes, prf_output: bytes, label: str) -> None:
    """Let a passkey's PRF open the vault: `prf_output` is what it gave for `salt`, both 32 bytes."""
    opened = _opened(request)
    if len(salt) != 32 or len(prf_output) != 32:
        raise ValueError("A passkey's salt and its answer are 32 bytes each.")
    with transaction.atomic():
        Wrapping.objects.filter(key_pair=opened.pair, kind=Wrapping.Kind.PASSKEY, credential=credential).delete()
        wrappings.wrap(
            pair=opened.pair,
            secret=opened.secret,
            kind=Wrapping.Kind.PASSKEY,
            material=prf_output,
            salt=salt,
            credential=credential,
            label=label[:80],
        )
        record(by=request.user, what="vault.passkey_added")


def new_passkey_salt() -> bytes:
    return secrets.token_bytes(32)


def begin_again(request: HttpRequest, *, own_device: bool) -> wrappings.OpenVault:
    """When everything that opened the vault is lost: a new key. What was one's own alone stays shut for good.

    What was shared becomes readable when another participant shares it again (`texts.reshare`). The earlier key's
    phrase and code are kept, and do nothing; its devices end.
    """
    opening.forget(request)
    with transaction.atomic():
        Wrapping.objects.filter(key_pair__account_id=asking(request), kind=Wrapping.Kind.DEVICE).delete()
        custody.leave(asking(request))
        opened = opening.make_and_remember(request, own_device=own_device)
        record(by=request.user, what="vault.began_again")
    return opened


def delete_expired_devices() -> int:
    """For a scheduled job: device wrappings whose time is over."""
    gone, _ = Wrapping.objects.filter(expires_at__lte=clock.now()).delete()
    return gone


def keyed_account_ids(account_ids: list[int]) -> set[int]:
    """Which of these people have a key, so that something can be sealed to them."""
    return set(_keyed(account_ids))


@prepared
def _keyed(accounts: list[int]) -> QuerySet[KeyPair, int]:
    return KeyPair.objects.filter(account_id__in=accounts).values_list("account_id", flat=True)


def _opened(request: HttpRequest) -> wrappings.OpenVault:
    opened = opening.open_vault(request)
    if opened is None:
        raise VaultClosed
    return opened


def _known_about(account: object) -> list[str]:
    return [getattr(account, "name", "") or "", getattr(account, "email", "") or "", "handrail password phrase secret"]
