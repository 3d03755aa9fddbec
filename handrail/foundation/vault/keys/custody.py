"""Two of three custodians can give a person back what opens their key. Off unless an organisation turns it on.

Whoever takes part has their secret key wrapped once more, for 32 random bytes which are kept nowhere: they are split
(`shamir`), and each share is sealed to one custodian's key. To recover, the owner asks from a browser, which gets a
cookie; two custodians each open their share and seal it to the request; after `WAIT` that browser, signed in as the
owner, can put the two together. Neither the custodians nor the databases ever hold the whole, and the wrapping needs
the owner's server share besides. Until it is used the owner can refuse.
"""

import base64
import binascii
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from handrail.foundation import clock
from handrail.foundation.audit.actions import record
from handrail.foundation.vault import cipher, shamir, shares
from handrail.foundation.vault.asking import asking
from handrail.foundation.vault.faults import NoKeys, Tampered, VaultClosed, WrongSecret
from handrail.foundation.vault.keys import devices, opening, pairs, wrappings
from handrail.foundation.vault.models import CustodyAnswer, CustodyRequest, CustodyShare, KeyPair, Wrapping

CUSTODIANS, NEEDED = 3, 2
WAIT = timedelta(days=3)  # from the second custodian's act until it works: time for the owner to refuse
LASTS = timedelta(days=14)
KIND = Wrapping.Kind.CUSTODY


@dataclass(frozen=True)
class Asked:
    """An open request, as the owner and the custodians see it."""

    id: UUID
    account_id: int
    organisation_id: int
    asked_at: datetime
    expires_at: datetime
    helped_by: tuple[int, ...]  # account ids, in the order of their acts
    works_from: datetime | None  # once enough have helped


# --- taking part ---------------------------------------------------------------------------------------------------


def take_part(request: HttpRequest, *, custodians: Sequence[int], organisation_id: int) -> None:
    """Split what opens the person's key among three custodians (account ids). Raises VaultClosed, NoKeys."""
    opened = opening.open_vault(request)
    if opened is None:
        raise VaultClosed
    found = pairs.current_pairs(custodians)
    if len(set(custodians)) != CUSTODIANS or len(found) != CUSTODIANS:
        raise NoKeys(set(custodians) - set(found))
    material, vouching = secrets.token_bytes(cipher.KEY_BYTES), shares.vouching_key()
    split = shamir.split(material, needed=NEEDED, number=CUSTODIANS)
    with transaction.atomic():
        leave(opened.account_id)
        wrappings.replace(pair=opened.pair, secret=opened.secret, kind=KIND, material=material)
        for number, account_id in enumerate(sorted(found), 1):
            holder = found[account_id]
            sealed = SealedBox(PublicKey(bytes(holder.public_key))).encrypt(split[number])
            share = CustodyShare(
                key_pair=opened.pair, holder=holder, organisation_id=organisation_id, number=number, sealed=sealed
            )
            share.mac = _share_mac(share, vouching)
            share.save()
        record(by=request.user, what="custody.taken_part", organisation_id=organisation_id)


def leave(account_id: int) -> None:
    """Stop taking part: shares, request and wrapping go."""
    CustodyShare.objects.filter(key_pair__account_id=account_id).delete()
    CustodyRequest.objects.filter(key_pair__account_id=account_id).delete()
    Wrapping.objects.filter(key_pair__account_id=account_id, kind=KIND).delete()


@transaction.atomic
def end_all(organisation_id: int) -> list[int]:
    """The organisation's custodians are no more, or are others: whose shares that ended."""
    rows = CustodyShare.objects.filter(organisation_id=organisation_id)
    ended = sorted(set(rows.values_list("key_pair__account_id", flat=True)))
    for account_id in ended:
        leave(account_id)
    return ended


def able_custodians(account_id: int) -> list[int]:
    """The account ids of the custodians who can still open their share for this person; empty: takes no part."""
    rows = CustodyShare.objects.filter(key_pair__account_id=account_id).select_related("holder")
    current = pairs.current_pairs([row.holder.account_id for row in rows])
    return [row.holder.account_id for row in rows if current[row.holder.account_id].pk == row.holder_id]


def takes_part(account_id: int) -> bool:
    return CustodyShare.objects.filter(key_pair__account_id=account_id).exists()


# --- asking, helping, refusing ----------------------------------------------------------------------------------------


def ask(request: HttpRequest, response: HttpResponse) -> Asked:
    """Ask the custodians from this browser; an earlier request ends. Raises WrongSecret for who takes no part."""
    account_id = asking(request)
    pair = pairs.current_pair(account_id)
    server_share = shares.share_of(account_id)
    if pair is None or server_share is None or not pair.custody_shares.exists():
        raise WrongSecret
    secret, material, request_id = PrivateKey.generate(), secrets.token_bytes(cipher.KEY_BYTES), uuid4()
    public, now = bytes(secret.public_key), clock.now()
    key = cipher.mix(server_share, KIND, account_id, material)
    with transaction.atomic():
        CustodyRequest.objects.filter(key_pair__account_id=account_id).delete()
        asked = CustodyRequest.objects.create(
            id=request_id,
            key_pair=pair,
            public_key=public,
            mac=_request_mac(request_id, pair, public, shares.vouching_key()),
            sealed=cipher.encrypt(key, bytes(secret), _bound_to(request_id, pair)),
            asked_at=now,
            expires_at=now + LASTS,
        )
        record(by=request.user, what="custody.asked", organisation_id=_described(asked).organisation_id)
    response.set_cookie(
        cookie_name(account_id),
        base64.urlsafe_b64encode(request_id.bytes + material).decode(),
        max_age=int(LASTS.total_seconds()),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return _described(asked)


def request_of(account_id: int) -> Asked | None:
    """The person's open request."""
    row = _open_requests().filter(key_pair__account_id=account_id).first()
    return _described(row) if row else None


def requests_for(custodian_id: int) -> list[Asked]:
    """The open requests in which this person holds a share that they can open."""
    pair = pairs.current_pair(custodian_id)
    rows = _open_requests().filter(key_pair__custody_shares__holder=pair) if pair else []
    return [_described(row) for row in rows]


def help_with(request: HttpRequest, request_id: UUID) -> Asked:
    """A custodian's act: open one's share and seal it to the request. Raises VaultClosed, WrongSecret, Tampered."""
    opened = opening.open_vault(request)
    if opened is None:
        raise VaultClosed
    with transaction.atomic():
        asked = _open_requests().select_for_update(of=("self",)).filter(pk=request_id).first()
        share = CustodyShare.objects.filter(key_pair=asked.key_pair, holder=opened.pair).first() if asked else None
        if asked is None or share is None:
            raise WrongSecret
        vouching = shares.vouching_key()
        public = _checked_public(asked, vouching)
        if not cipher.same(_share_mac(share, vouching), share.mac):
            raise Tampered("A share")
        try:
            plain = SealedBox(opened.secret).decrypt(bytes(share.sealed))
        except CryptoError:
            raise Tampered("A share") from None
        sealed, now = SealedBox(PublicKey(public)).encrypt(plain), clock.now()
        CustodyAnswer.objects.get_or_create(
            request=asked,
            share=share,
            defaults={
                "sealed": sealed,
                "mac": _answer_mac(request_id, share.number, sealed, now, vouching),
                "given_at": now,
            },
        )
        record(by=request.user, what="custody.helped", subject=asked, organisation_id=share.organisation_id)
    return _described(asked)


@transaction.atomic
def refuse(request: HttpRequest) -> Asked | None:
    """The owner ends their open request: nothing that was given for it works any more."""
    asked = request_of(asking(request))
    if asked is not None:
        CustodyRequest.objects.filter(pk=asked.id).delete()
        record(by=request.user, what="custody.refused", organisation_id=asked.organisation_id)
    return asked


def recover(request: HttpRequest, *, own_device: bool) -> wrappings.OpenVault:
    """Open with two shares, in the browser that asked, once the wait is over. Raises WrongSecret, Tampered."""
    account_id = asking(request)
    held = _from_cookie(request, account_id)
    row = _open_requests().filter(key_pair__account_id=account_id).first()
    if row is None or held is None or held[0] != row.id:
        raise WrongSecret
    described = _described(row)
    if described.works_from is None or described.works_from > clock.now():
        raise WrongSecret
    vouching = shares.vouching_key()
    _checked_public(row, vouching)
    given = _given(row, _request_secret(row, held[1]), vouching)
    wrapping = Wrapping.objects.select_related("key_pair").get(key_pair=row.key_pair, kind=KIND)
    opened = wrappings.unwrap(wrapping, shamir.combine(given))
    with transaction.atomic():
        row.delete()
        devices.remember(request, opened.pair, opened.secret, own_device=own_device)
        record(by=request.user, what="custody.opened", organisation_id=described.organisation_id)
    return opening.keep_open(request, opened)


def asked_here(request: HttpRequest, asked: Asked) -> bool:
    """Whether this browser holds what the request needs."""
    held = _from_cookie(request, asking(request))
    return held is not None and held[0] == asked.id


def delete_expired_requests() -> int:
    """For a scheduled job."""
    gone, _rows = CustodyRequest.objects.filter(expires_at__lte=clock.now()).delete()
    return gone


# --- inside -----------------------------------------------------------------------------------------------------------


def _open_requests() -> QuerySet[CustodyRequest]:
    rows = CustodyRequest.objects.filter(expires_at__gt=clock.now()).select_related("key_pair")
    return rows.order_by("asked_at")


def _described(row: CustodyRequest) -> Asked:
    answers = list(row.answers.select_related("share__holder"))
    times = sorted(answer.given_at for answer in answers)
    return Asked(
        id=row.id,
        account_id=row.key_pair.account_id,
        organisation_id=row.key_pair.custody_shares.values_list("organisation_id", flat=True).first() or 0,
        asked_at=row.asked_at,
        expires_at=row.expires_at,
        helped_by=tuple(answer.share.holder.account_id for answer in answers),
        works_from=times[NEEDED - 1] + WAIT if len(times) >= NEEDED else None,
    )


def _given(row: CustodyRequest, secret: PrivateKey, vouching: bytes) -> dict[int, bytes]:
    """The first shares that came, by their number."""
    given = {}
    for answer in row.answers.select_related("share")[:NEEDED]:
        number, sealed = answer.share.number, bytes(answer.sealed)
        if not cipher.same(_answer_mac(row.id, number, sealed, answer.given_at, vouching), answer.mac):
            raise Tampered("A custodian's answer")
        try:
            given[number] = SealedBox(secret).decrypt(sealed)
        except CryptoError:
            raise Tampered("A custodian's answer") from None
    return given


def _request_secret(row: CustodyRequest, material: bytes) -> PrivateKey:
    account_id = row.key_pair.account_id
    server_share = shares.share_of(account_id)
    if server_share is None:
        raise WrongSecret
    key = cipher.mix(server_share, KIND, account_id, material)
    try:
        return PrivateKey(cipher.decrypt(key, bytes(row.sealed), _bound_to(row.id, row.key_pair)))
    except cipher.Unreadable:
        raise WrongSecret from None


def _checked_public(row: CustodyRequest, vouching: bytes) -> bytes:
    """The request's public key, after making sure that this installation wrote it for this person."""
    public = bytes(row.public_key)
    if not cipher.same(_request_mac(row.id, row.key_pair, public, vouching), row.mac):
        raise Tampered("The request")
    return public


def _request_mac(request_id: UUID, pair: KeyPair, public: bytes, vouching: bytes) -> bytes:
    return cipher.vouch(vouching, "custody request", request_id.bytes, pair.account_id, pair.generation, public)


def _answer_mac(request_id: UUID, number: int, sealed: bytes, given_at: datetime, vouching: bytes) -> bytes:
    """With the time of the act, so that nobody shortens the wait in the database."""
    at = given_at.astimezone(UTC).isoformat()
    return cipher.vouch(vouching, "custody answer", request_id.bytes, number, sealed, at)


def _share_mac(share: CustodyShare, vouching: bytes) -> bytes:
    owner, holder = share.key_pair, share.holder
    of_whom = (owner.account_id, owner.generation, holder.account_id, holder.generation)
    return cipher.vouch(vouching, "custody share", *of_whom, share.organisation_id, share.number, bytes(share.sealed))


def _bound_to(request_id: UUID, pair: KeyPair) -> bytes:
    return cipher.context("custody request", request_id.bytes, pair.account_id, pair.generation)


def cookie_name(account_id: int) -> str:
    return f"{'__Host-' if settings.SESSION_COOKIE_SECURE else ''}custody-{account_id}"


def _from_cookie(request: HttpRequest, account_id: int) -> tuple[UUID, bytes] | None:
    try:
        value = base64.b64decode(request.COOKIES.get(cookie_name(account_id), ""), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    return (UUID(bytes=value[:16]), value[16:]) if len(value) == 16 + cipher.KEY_BYTES else None
