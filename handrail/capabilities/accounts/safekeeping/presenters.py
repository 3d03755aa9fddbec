"""Words about one's private space: calm, plain, short."""

import base64
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from handrail.design.parts import Row, Task
from handrail.foundation.vault.carried import Carried
from handrail.foundation.vault.keys import Device, Safekeeping

LONG_TEXT = 80


@dataclass(frozen=True)
class KeptField:
    name: str
    label: str
    value: str
    long: bool
    shown: bool


@dataclass(frozen=True)
class KeptForm:
    id: str
    path: str
    fields: list[KeptField]


def device_rows(devices: list[Device]) -> list[Row]:
    return [
        Row(
            key=_("%(name)s, this one") % {"name": device.name} if device.this_one else device.name,
            value=_when(device),
            action_text=_("End"),
            action_href=reverse("safe_device_end", args=[device.id]),
        )
        for device in devices
    ]


def _when(device: Device) -> str:
    day = date_format(device.used_on or device.made_on, "j F Y")
    if device.temporary:
        return _("Last used %(day)s. Not your own: it ends by itself") % {"day": day}
    return _("Last used %(day)s") % {"day": day}


def keeping_tasks(state: Safekeeping) -> list[Task]:
    """What keeps the private space openable, and what is not done yet."""
    return [
        Task(
            _("Private phrase"),
            reverse("safe_phrase" if state.has_phrase else "safe_keep"),
            status=_("Set") if state.has_phrase else _("Not set yet"),
            done=state.has_phrase,
            hint=_("Opens it on another device"),
        ),
        Task(
            _("Recovery code"),
            reverse("safe_recovery"),
            status=_("On your paper") if state.has_recovery_code else _("Not made yet"),
            done=state.has_recovery_code,
            hint=_("Opens it when you have forgotten the phrase"),
        ),
    ]


def advice(state: Safekeeping) -> str:
    """One sentence for whoever has nothing but this device."""
    if state.safe:
        return ""
    return _("Only your remembered devices open it now. Lose them before you set a phrase and you repeat five minutes.")


def kept_forms(forms: list[Carried]) -> list[KeptForm]:
    return [
        KeptForm(
            id=str(form.id),
            path=form.path if urlsplit(form.path).netloc == "" and form.path.startswith("/") else "/",
            fields=[
                KeptField(
                    name=name,
                    label=name.replace("_", " ").replace("-", " ").capitalize(),
                    value=value,
                    long=len(value) > LONG_TEXT or "\n" in value,
                    shown=len(values) == 1 and bool(value.strip()) and not value.isdigit(),
                )
                for name, values in form.fields.items()
                for value in values
            ],
        )
        for form in forms
    ]


def salt_text(salt: bytes) -> str:
    """A passkey's salt as the page's script reads it: base64url without padding."""
    return base64.urlsafe_b64encode(salt).decode().rstrip("=")


def passkeys(state: Safekeeping) -> list[tuple[str, str]]:
    """Each passkey's id and salt, for the page's script."""
    return [(passkey.credential, salt_text(passkey.salt)) for passkey in state.passkeys]
