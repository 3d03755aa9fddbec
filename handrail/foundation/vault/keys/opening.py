"""Opening: from a request and what the person holds to their secret key, for this request only."""

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from nacl.public import PrivateKey

from handrail.foundation import clock
from handrail.foundation.vault import shares
from handrail.foundation.vault.asking import asking
from handrail.foundation.vault.faults import VaultClosed, WrongSecret
from handrail.foundation.vault.keys import devices, pairs, phrases, recovery_codes, wrappings
from handrail.foundation.vault.keys.wrappings import OpenVault
from handrail.foundation.vault.models import KeyPair, Wrapping

ON_REQUEST = "_open_vault"


def open_vault(request: HttpRequest) -> OpenVault | None:
    """The signed-in person's vault if this browser opens it, else None. Opened once, kept on the request only."""
    if not request.user.is_authenticated:
        return None
    account_id = asking(request)
    kept: OpenVault | None = request.__dict__.get(ON_REQUEST)
    if kept is not None and kept.account_id == account_id:
        return kept
    if found := devices.unwrap_with_cookie(request, account_id):
        wrapping, opened = found
        devices.renew(request, wrapping)
        return keep_open(request, opened)
    if settings.DEMO and (demo := open_for_demo(account_id)):
        return keep_open(request, demo)
    return None


def is_open(request: HttpRequest) -> bool:
    return open_vault(request) is not None


def begin(request: HttpRequest, *, own_device: bool = True) -> OpenVault:
    """At the first private answer: the person's vault, made now if they have none and sealed to this device.

    Raises VaultClosed when they have one that this device cannot open.
    """
    if opened := open_vault(request):
        return opened
    if pairs.current_pair(asking(request)) is not None:
        raise VaultClosed
    return make_and_remember(request, own_device=own_device)


def make_and_remember(request: HttpRequest, *, own_device: bool) -> OpenVault:
    with transaction.atomic():
        pair, secret = pairs.make_pair(asking(request))
        devices.remember(request, pair, secret, own_device=own_device)
    return keep_open(request, _made(pair, secret))


def open_with_phrase(request: HttpRequest, phrase: str, *, own_device: bool) -> OpenVault:
    """Open, and remember this device. Raises WrongSecret or Busy."""
    wrapping = _wrapping_of(request, Wrapping.Kind.PHRASE)
    return _open(request, wrapping, phrases.stretch(phrase, bytes(wrapping.salt)), own_device=own_device)


def open_with_recovery_code(request: HttpRequest, typed: str, *, own_device: bool) -> OpenVault:
    """Open with the printed code. Raises MistypedCode (a slip) or WrongSecret (another code)."""
    code = recovery_codes.read_code(typed)
    return _open(request, _wrapping_of(request, Wrapping.Kind.RECOVERY), code.encode(), own_device=own_device)


def open_with_passkey(request: HttpRequest, credential: str, prf_output: bytes, *, own_device: bool) -> OpenVault:
    """Open with what a passkey's PRF extension gave for this wrapping's salt (32 bytes). Raises WrongSecret."""
    wrapping = _wrapping_of(request, Wrapping.Kind.PASSKEY, credential=credential)
    return _open(request, wrapping, prf_output, own_device=own_device)


def open_for_demo(account_id: int) -> OpenVault | None:
    """A demo person's vault, which opens itself; None where none was made, and always outside the demo."""
    if not settings.DEMO:
        return None
    wrapping = _find(account_id, Wrapping.Kind.DEMO)
    return None if wrapping is None else wrappings.unwrap(wrapping, b"demo")


def make_for_demo(account_id: int) -> OpenVault:
    """Make (or open) a vault that opens itself under the demo's banner. Refused outside the demo."""
    if not settings.DEMO:
        raise VaultClosed("Only the demo has vaults that open themselves.")
    if opened := open_for_demo(account_id):
        return opened
    with transaction.atomic():
        pair, secret = pairs.make_pair(account_id)
        wrappings.wrap(pair=pair, secret=secret, kind=Wrapping.Kind.DEMO, material=b"demo")
    return _made(pair, secret)


def _made(pair: KeyPair, secret: PrivateKey) -> OpenVault:
    return OpenVault(pair.account_id, pair, secret, shares.vouching_key())


def forget(request: HttpRequest) -> None:
    """Nothing unwrapped outlives a request."""
    request.__dict__.pop(ON_REQUEST, None)


def _open(request: HttpRequest, wrapping: Wrapping, material: bytes, *, own_device: bool) -> OpenVault:
    opened = wrappings.unwrap(wrapping, material)
    wrapping.used_on = clock.today()
    wrapping.save(update_fields=["used_on"])
    devices.remember(request, opened.pair, opened.secret, own_device=own_device)
    return keep_open(request, opened)


def keep_open(request: HttpRequest, opened: OpenVault) -> OpenVault:
    request.__dict__[ON_REQUEST] = opened
    return opened


def _generation(account_id: int) -> int | None:
    return (
        KeyPair.objects.filter(account_id=account_id)
        .order_by("-generation")
        .values_list("generation", flat=True)
        .first()
    )


def _wrapping_of(request: HttpRequest, kind: str, **more: str) -> Wrapping:
    wrapping = _find(asking(request), kind, **more)
    if wrapping is None:
        raise WrongSecret
    return wrapping


def _find(account_id: int, kind: str, **more: str) -> Wrapping | None:
    """The wrapping of this kind for the person's newest key pair."""
    rows = Wrapping.objects.select_related("key_pair").filter(key_pair__account_id=account_id, kind=kind, **more)
    return rows.filter(key_pair__generation=_generation(account_id) or 0).first()
