"""What a person types about their account."""

from zoneinfo import available_timezones

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from handrail.design.forms import CodeField, EmailField, Form, SelectField, TextField


class LetterForm(Form):
    code = CodeField(
        label=_("The code in your letter"),
        hint=_("Twelve letters and figures. Spaces, dashes and small letters are fine."),
        maximum=40,
    )


class DetailsForm(Form):
    name = TextField(label=_("Your name, as others should see it"), maximum=200, autocomplete="name")
    language = SelectField(
        label=_("Language"), choices=[("", _("As the organisation set it")), *settings.LANGUAGES], required=False
    )
    time_zone = SelectField(
        label=_("Time zone"),
        choices=[("", _("As the organisation set it")), *((name, name) for name in sorted(available_timezones()))],
        required=False,
    )


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
