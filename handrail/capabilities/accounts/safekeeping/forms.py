"""What a person types about their private space. None of it is ever kept as typed."""

import base64
import binascii
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from handrail.design.forms import ConsentField, Form, HiddenField, LongTextField, RadiosField, TextField

OWN, SHARED = "own", "shared"
DEVICES = [(OWN, _("Yes, it is my own")), (SHARED, _("No, it is shared or borrowed"))]
DEVICE_HINTS = {
    OWN: _("It stays open here for 90 days after you last used it. You can end that at any time."),
    SHARED: _("It closes when you sign out or close the browser."),
}
PHRASE_LENGTH, CODE_LENGTH = 300, 200
LONG_TEXT, LONG = 80, 8  # characters; rows


def device_field() -> RadiosField:
    return RadiosField(label=_("Is this your own device?"), choices=DEVICES, hints=DEVICE_HINTS, initial=OWN)


class DeviceForm(Form):
    device = device_field()

    @property
    def own_device(self) -> bool:
        return bool(self.cleaned_data["device"] == OWN)


class PhraseForm(DeviceForm):
    phrase = TextField(
        label=_("Your private phrase"),
        hint=_("The five words, in their order. Capitals and spaces do not matter."),
        maximum=PHRASE_LENGTH,
        autocomplete="off",
        spellcheck=False,
    )
    device = device_field()
    field_order = ["phrase", "device"]


class RecoveryForm(DeviceForm):
    code = TextField(
        label=_("Your recovery code"),
        hint=_("Five groups of five from your paper. Small letters, spaces and dashes are fine."),
        maximum=CODE_LENGTH,
        autocomplete="off",
        spellcheck=False,
    )
    device = device_field()
    field_order = ["code", "device"]


class DrawnPhraseForm(Form):
    """The phrase that the page shows, as the page sends it back."""

    drawn = HiddenField(maximum=PHRASE_LENGTH)


class OwnPhraseForm(Form):
    phrase = TextField(
        label=_("Your own phrase"),
        hint=_("At least five words that do not belong together. No names, dates or lines of a song."),
        maximum=PHRASE_LENGTH,
        autocomplete="off",
        spellcheck=False,
    )
    again = TextField(label=_("The same once more"), maximum=PHRASE_LENGTH, autocomplete="off", spellcheck=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("phrase") and cleaned.get("again") and cleaned["phrase"] != cleaned["again"]:
            self.add_error("again", _("The two are not the same. Please type it once more."))
        return cleaned


class ConfirmCodeForm(Form):
    """Two groups of the code, typed from the paper, before the code counts."""

    code = HiddenField(maximum=CODE_LENGTH)
    second = TextField(label=_("The second group"), width="10", maximum=20, autocomplete="off", spellcheck=False)
    fifth = TextField(label=_("The fifth group"), width="10", maximum=20, autocomplete="off", spellcheck=False)


class BeginAgainForm(DeviceForm):
    understood = ConsentField(
        label=_("I understand that what only I could read stays shut for good"),
        missing=_("Please tick the box if you want to begin again."),
    )
    device = device_field()
    field_order = ["understood", "device"]


class PasskeyForm(Form):
    """What the page's script sends: which passkey, and the 32 bytes that its PRF gave."""

    credential = HiddenField(maximum=1400)
    output = HiddenField(maximum=64)
    salt = HiddenField(maximum=64, required=False)

    def clean_output(self) -> bytes:
        return _bytes(self.cleaned_data["output"])

    def clean_salt(self) -> bytes:
        return _bytes(self.cleaned_data["salt"]) if self.cleaned_data["salt"] else b""


def kept_text_form(texts: dict[str, str], prefix: str) -> Form:
    """A form of the texts that were typed elsewhere, under the names they had there."""
    form = Form(auto_id=f"{prefix}-%s")
    for name, text in texts.items():
        label = _("What you wrote") if len(texts) == 1 else name.replace("_", " ").replace("-", " ").capitalize()
        form.fields[name] = LongTextField(label=label, initial=text, rows=LONG if len(text) > LONG_TEXT else 2)
    return form


def _bytes(text: str) -> bytes:
    """32 bytes from base64url."""
    try:
        found = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        found = b""
    if len(found) != 32:
        raise ValidationError(_("Your passkey did not answer as expected. Please use your phrase."))
    return found
