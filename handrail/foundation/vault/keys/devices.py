"""Remembered devices: a cookie holds an id and 32 random bytes; useless without sign-in as that person."""

import base64
import binascii
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from nacl.public import PrivateKey

from handrail.foundation import clock
from handrail.foundation.prepared import prepared
from handrail.foundation.vault.asking import asking
from handrail.foundation.vault.faults import WrongSecret
from handrail.foundation.vault.keys import wrappings
from handrail.foundation.vault.keys.agents import name_of
from handrail.foundation.vault.models import KeyPair, Wrapping

REMEMBERED = timedelta(days=90)
TEMPORARY = timedelta(hours=12)  # "not my device": until the browser closes, the person signs out, or this long
RENEWED_AFTER = timedelta(days=1)
SECRET_BYTES = 32
PENDING = "_vault_cookies"


@dataclass(frozen=True)
class Device:
    """One remembered device, as its owner sees it listed."""

    id: UUID
    name: str
    temporary: bool
    made_on: date
    used_on: date | None
    this_one: bool


def cookie_name(account_id: int) -> str:
    """One cookie per person, so that a shared browser keeps people apart."""
    return f"{'__Host-' if settings.SESSION_COOKIE_SECURE else ''}device-{account_id}"


def remember(request: HttpRequest, pair: KeyPair, secret: PrivateKey, *, own_device: bool) -> Wrapping:
    """Wrap the key for this browser and have the answer set its cookie. An earlier wrapping of this browser ends."""
    earlier = _from_cookie(request, pair.account_id)
    material = secrets.token_bytes(SECRET_BYTES)
    with transaction.atomic():
        if earlier is not None:
            _devices(pair.account_id).filter(pk=earlier[0]).delete()
        wrapping = wrappings.wrap(
            pair=pair,
            secret=secret,
            kind=Wrapping.Kind.DEVICE,
            material=material,
            label=name_of(request.headers.get("User-Agent", "")),
            temporary=not own_device,
            used_on=clock.today(),
            expires_at=clock.now() + (REMEMBERED if own_device else TEMPORARY),
        )
    value = base64.urlsafe_b64encode(wrapping.id.bytes + material).decode()
    _set_later(request, pair.account_id, value, temporary=not own_device)
    return wrapping


def unwrap_with_cookie(request: HttpRequest, account_id: int) -> tuple[Wrapping, wrappings.OpenVault] | None:
    """The vault of the newest key as this browser's cookie opens it for this person; None when it does not."""
    held = _from_cookie(request, account_id)
    if held is None:
        return None
    device_id, material = held
    found: list[Wrapping] = _device_of_newest_key(account_id, device_id, clock.now())
    try:
        return (found[0], wrappings.unwrap(found[0], material)) if found else None
    except WrongSecret:
        return None


@prepared
def _device_of_newest_key(account_id: int, device_id: UUID, now: datetime) -> QuerySet[Wrapping]:
    newest = KeyPair.objects.filter(account_id=account_id).order_by("-generation").values("pk")[:1]
    rows = _devices(account_id).filter(pk=device_id, key_pair=Subquery(newest), expires_at__gt=now)
    return rows.select_related("key_pair").order_by()


def renew(request: HttpRequest, wrapping: Wrapping) -> None:
    """Whoever keeps coming types the phrase once per device: the 90 days count from the last day of use."""
    if wrapping.used_on is not None and clock.today() - wrapping.used_on < RENEWED_AFTER:
        return
    wrapping.used_on = clock.today()
    if not wrapping.temporary:
        wrapping.expires_at = clock.now() + REMEMBERED
        account_id = wrapping.key_pair.account_id
        _set_later(request, account_id, request.COOKIES[cookie_name(account_id)], temporary=False)
    wrapping.save(update_fields=["used_on", "expires_at"])


def devices_of(request: HttpRequest) -> list[Device]:
    """The signed-in person's remembered devices, the latest used first."""
    held = _from_cookie(request, asking(request))
    rows = _devices(asking(request)).filter(expires_at__gt=clock.now())
    return [
        Device(
            id=row.id,
            name=row.label,
            temporary=row.temporary,
            made_on=row.made_at.date(),
            used_on=row.used_on,
            this_one=held is not None and held[0] == row.id,
        )
        for row in rows
    ]


def end_device(request: HttpRequest, device_id: UUID) -> bool:
    """Forget one of the signed-in person's devices; False when they have no such device."""
    held = _from_cookie(request, asking(request))
    gone, _ = _devices(asking(request)).filter(pk=device_id).delete()
    if gone and held is not None and held[0] == device_id:
        forget_cookie(request, asking(request))
    return bool(gone)


def close_here(request: HttpRequest) -> bool:
    """Forget the browser in one's hand, whether it is one's own or not; False when it is none that opens."""
    held = _from_cookie(request, asking(request))
    return held is not None and end_device(request, held[0])


def end_temporary(request: HttpRequest, account_id: int) -> None:
    """At sign-out: a browser that is not the person's own keeps nothing."""
    held = _from_cookie(request, account_id)
    if held is None:
        return
    gone, _ = _devices(account_id).filter(pk=held[0], temporary=True).delete()
    if gone:
        forget_cookie(request, account_id)


def forget_cookie(request: HttpRequest, account_id: int) -> None:
    _pending(request)[cookie_name(account_id)] = None


def set_cookies(request: HttpRequest, response: HttpResponse) -> None:
    """Put what this request decided about cookies into its answer."""
    for name, decided in _pending(request).items():
        value, temporary = decided or ("", False)
        age = 0 if decided is None else None if temporary else int(REMEMBERED.total_seconds())
        response.set_cookie(
            name, value, max_age=age, path="/", secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
        )


def _devices(account_id: int) -> QuerySet[Wrapping]:
    return Wrapping.objects.filter(key_pair__account_id=account_id, kind=Wrapping.Kind.DEVICE)


def _pending(request: HttpRequest) -> dict[str, tuple[str, bool] | None]:
    pending: dict[str, tuple[str, bool] | None] = request.__dict__.setdefault(PENDING, {})
    return pending


def _set_later(request: HttpRequest, account_id: int, value: str, *, temporary: bool) -> None:
    _pending(request)[cookie_name(account_id)] = (value, temporary)
    request.COOKIES[cookie_name(account_id)] = value  # the rest of this request sees it too


def _from_cookie(request: HttpRequest, account_id: int) -> tuple[UUID, bytes] | None:
    try:
        held = base64.b64decode(request.COOKIES.get(cookie_name(account_id), ""), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    if len(held) != 16 + SECRET_BYTES:
        return None
    return UUID(bytes=held[:16]), held[16:]
