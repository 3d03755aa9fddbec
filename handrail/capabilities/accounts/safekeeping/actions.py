"""Acts on one's private space. Each refuses in words that say what to do; the vault keeps the audit."""

from typing import cast
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handrail.foundation.access.refusal import Refused
from handrail.foundation.vault import carried, keys
from handrail.foundation.vault.faults import Busy, KnownPhrase, MistypedCode, VaultClosed, WeakPhrase, WrongSecret

CONFIRMED_GROUPS = {"second": 1, "fifth": 4}


def begin(request: HttpRequest, *, own_device: bool) -> None:
    try:
        keys.begin(request, own_device=own_device)
    except VaultClosed:
        raise Refused(_("You have a private space already. Open it with your phrase.")) from None


def open_with_phrase(request: HttpRequest, *, phrase: str, own_device: bool) -> None:
    try:
        keys.open_with_phrase(request, phrase, own_device=own_device)
    except WrongSecret:
        raise Refused(_("This phrase does not open it. Check each word and their order.")) from None
    except Busy:
        raise Refused(_busy()) from None


def open_with_recovery_code(request: HttpRequest, *, typed: str, own_device: bool) -> None:
    try:
        keys.open_with_recovery_code(request, typed, own_device=own_device)
    except MistypedCode as slip:
        raise Refused(_slip(slip)) from None
    except WrongSecret:
        raise Refused(_("This is a code, but not your newest one. Look for a later paper.")) from None


def open_with_passkey(request: HttpRequest, *, credential: str, output: bytes, own_device: bool) -> None:
    try:
        keys.open_with_passkey(request, credential, output, own_device=own_device)
    except WrongSecret:
        raise Refused(_("This passkey does not open it. Use your phrase or your recovery code.")) from None


def set_phrase(request: HttpRequest, *, phrase: str) -> None:
    try:
        keys.set_phrase(request, phrase)
    except KnownPhrase:
        raise Refused(
            _(
                "Some of these words belong together, as in a count or a saying: others think of them too. "
                "Take five others."
            )
        ) from None
    except WeakPhrase:
        raise Refused(
            _("This could be guessed. Add words until there are five or more, without names, dates or a known saying.")
        ) from None
    except Busy:
        raise Refused(_busy()) from None


def confirm_recovery_code(request: HttpRequest, *, code: str, typed: dict[str, str]) -> None:
    """Make the shown code count, once two of its groups were typed from the paper. Raises Refused for a slip."""
    try:
        groups = keys.read_code(code).split("-")
    except MistypedCode:
        raise Refused(_("This page is too old. Ask for a new code and start once more.")) from None
    for name, index in CONFIRMED_GROUPS.items():
        if not keys.same_group(typed.get(name, ""), groups[index]):
            raise Refused(_("This is not what the paper should say. Look at the code once more."))
    keys.set_recovery_code(request, code)


def add_passkey(request: HttpRequest, *, credential: str, salt: bytes, output: bytes) -> None:
    try:
        keys.add_passkey(request, credential=credential, salt=salt, prf_output=output, label=_("Passkey"))
    except ValueError:
        raise Refused(_("Your passkey did not answer as expected. Please use your phrase.")) from None


def end_device(request: HttpRequest, *, device_id: UUID) -> None:
    if not keys.end_device(request, device_id):
        raise Refused(_("This device was ended already."))


def close_here(request: HttpRequest) -> None:
    """End the device in one's hand. Raises Refused where nothing else would open it again."""
    if not keys.state_of(cast(int, request.user.pk)).safe:
        raise Refused(_("Set your five words first. Nothing but this device opens it so far."))
    if not keys.close_here(request):
        raise Refused(
            _("The demonstration opens it by itself, so it cannot be closed here. Elsewhere it closes at once.")
        )


def begin_again(request: HttpRequest, *, own_device: bool) -> None:
    keys.begin_again(request, own_device=own_device)


def let_go_of_kept_form(request: HttpRequest, *, form_id: str) -> None:
    for kept in carried.carried_forms(request):
        if str(kept.id) == form_id:
            carried.let_go(request, kept)


def _busy() -> str:
    return _("Many people are opening theirs at this moment. Please try again in a few seconds.")


def _slip(slip: MistypedCode) -> str:
    if not slip.groups:
        return _("The code has 25 letters and figures. Check that none is missing.")
    numbers = ", ".join(map(str, slip.groups))
    return ngettext(
        "There is a slip in group %(numbers)s. Compare it with your paper.",
        "There is a slip in groups %(numbers)s. Compare them with your paper.",
        len(slip.groups),
    ) % {"numbers": numbers}
