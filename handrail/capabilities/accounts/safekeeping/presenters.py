"""Words about one's private space: calm, plain, short."""

import base64
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from handrail.capabilities.accounts.safekeeping.forms import kept_text_form
from handrail.design.forms import Form
from handrail.design.parts import Row, Task
from handrail.foundation.vault.carried import Carried
from handrail.foundation.vault.keys import Device, Safekeeping


@dataclass(frozen=True)
class KeptForm:
    """A form that came back: what was typed to look over, and what goes along unseen."""

    id: str
    path: str
    form: Form
    unseen: list[tuple[str, str]]


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
            hint=_("Five words: they open it on another device"),
        ),
        Task(
            _("Recovery code"),
            reverse("safe_recovery"),
            status=_("On your paper") if state.has_recovery_code else _("Not made yet"),
            done=state.has_recovery_code,
            hint=_("A code on paper: it opens it when you have forgotten the words"),
        ),
    ]


def advice(state: Safekeeping) -> str:
    """One sentence for whoever has nothing but this device."""
    if state.safe:
        return ""
    return _(
        "Only the devices below open it now. Lose them before you set a phrase and nobody can open what only you read."
    )


def not_ones_own() -> str:
    return _(
        "As you said, this device is not your own: what you write closes here when you sign out or close the browser."
    )


def on_a_shared_device(devices: list[Device]) -> str:
    """What it changes that a device is not one's own, where it is open already."""
    here = next((device for device in devices if device.this_one), None)
    if here is None:
        return _(
            "Here in the demonstration your private space opens by itself. Elsewhere, on a device that is not your "
            "own, it closes when you sign out or close the browser."
        )
    if here.temporary:
        return not_ones_own()
    return _("It stays open here as on a device of your own. To close it: “Your account”, then “Your private space”.")


def kept_forms(forms: list[Carried]) -> list[KeptForm]:
    return [_kept_form(form, number) for number, form in enumerate(forms, 1)]


def _kept_form(carried: Carried, number: int) -> KeptForm:
    texts = {name: values[0] for name, values in carried.fields.items() if _is_text(values)}
    return KeptForm(
        id=str(carried.id),
        path=carried.path,
        form=kept_text_form(texts, f"kept-{number}"),
        unseen=[(name, value) for name, values in carried.fields.items() if name not in texts for value in values],
    )


def _is_text(values: list[str]) -> bool:
    """Whether somebody typed this, rather than tapped it."""
    return len(values) == 1 and bool(values[0].strip()) and not values[0].isdigit()


def salt_text(salt: bytes) -> str:
    """A passkey's salt as the page's script reads it: base64url without padding."""
    return base64.urlsafe_b64encode(salt).decode().rstrip("=")


def passkeys(state: Safekeeping) -> list[tuple[str, str]]:
    """Each passkey's id and salt, for the page's script."""
    return [(passkey.credential, salt_text(passkey.salt)) for passkey in state.passkeys]
