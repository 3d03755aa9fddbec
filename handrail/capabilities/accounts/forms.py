"""What a person types about their account."""

from typing import Any
from zoneinfo import available_timezones

from allauth.socialaccount.forms import DisconnectForm
from django.utils.translation import gettext_lazy as _

from handrail.design.forms import CodeField, EmailField, Form, SelectField, TextField
from handrail.design.parts import Text

TIME_ZONES: list[tuple[str, Text]] = [(name, name) for name in sorted(available_timezones())]


class LetterForm(Form):
    code = CodeField(
        label=_("The code in your letter"),
        hint=_("Twelve letters and figures. Spaces, dashes and small letters are fine."),
        maximum=40,
    )


def _time_zones() -> list[tuple[str, Text]]:
    return [("", _("As the organisation set it")), *TIME_ZONES]


class DetailsForm(Form):
    name = TextField(label=_("Your name, as others should see it"), maximum=200, autocomplete="name")
    time_zone = SelectField(label=_("Time zone"), choices=_time_zones, required=False)


class AddressForm(Form):
    email = EmailField(
        label=_("The address to use"),
        hint=_("It may be a private one that only you read. Sign-in codes and invitations go there."),
        maximum=254,
    )


class FirstAdministratorForm(Form):
    name = TextField(label=_("Your name"), maximum=200, autocomplete="name")
    email = EmailField(
        label=_("Your address"),
        hint=_("Sign-in codes go there. You may leave it out and sign in with a passkey or a letter."),
        maximum=254,
        required=False,
    )


class ProviderDisconnectForm(DisconnectForm):
    def clean(self) -> dict[str, Any]:
        """The library would refuse whoever has no password, and nobody here has one: a code or a letter is enough."""
        return dict(self.cleaned_data)
