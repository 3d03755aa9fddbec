"""What a person types about their account."""

from collections.abc import Callable
from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, LoginForm, RequestLoginCodeForm
from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms as library
from allauth.socialaccount.forms import DisconnectForm
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from handrail.capabilities.accounts.queries import mail_leaves
from handrail.design.forms import CodeField, EmailField, Form, SelectField, TextField
from handrail.design.parts import Text
from handrail.formats.calendars import place_and_region, place_of, zones_to_choose
from handrail.formats.passkeys import NoAnswer, read_new_passkey, read_use_of_passkey


def _address_to_sign_in_with() -> EmailField:
    hint = _("The address you gave or were written to, at work or at home.")
    return EmailField(label=_("Your e-mail address"), hint=hint, maximum=254)


class _CodeByMail:
    """Where no mail leaves, no code is made, whoever asks: it would go nowhere."""

    def clean(self) -> dict[str, Any]:
        if not mail_leaves():
            raise ValidationError(_("No e-mail leaves from here yet. A passkey or a letter lets you in."))
        return dict(super().clean())  # type: ignore[misc]


class SignInForm(_CodeByMail, LoginForm):
    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["login"] = _address_to_sign_in_with()


class AskForCodeForm(_CodeByMail, RequestLoginCodeForm):
    email = _address_to_sign_in_with()


class CodeOfMessageForm(ConfirmLoginCodeForm):
    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["code"].label = _("The code from the message")
        self.fields["code"].help_text = _("Capitals, spaces and dashes do not matter.")


class LetterForm(Form):
    code = CodeField(
        label=_("The code in your letter"),
        hint=_("Twelve letters and figures. Spaces, dashes and small letters are fine."),
        maximum=40,
    )


def _time_zones() -> list[tuple[str, Text]]:
    own: str = settings.TIME_ZONE
    return [("", _("As it is set here: %(place)s") % {"place": place_of(own)}), *zones_to_choose(own)]


class DetailsForm(Form):
    name = TextField(label=_("Your name, as others should see it"), maximum=200, autocomplete="name")
    time_zone = SelectField(
        label=_("Whose clock you live by"),
        hint=_("The nearest and most common ones come first, then every place by its name."),
        choices=_time_zones,
        required=False,
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        held = self.initial.get("time_zone", "")
        listed = _time_zones()
        if held and held not in dict(listed):  # chosen under a name that is no longer offered
            self.fields["time_zone"].choices = [*listed, (held, place_and_region(held))]  # type: ignore[attr-defined]


class AddressForm(Form):
    email = EmailField(
        label=_("The address to use"),
        hint=_("It may be a private one that only you read. Sign-in codes and invitations go there."),
        maximum=254,
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if not mail_leaves():
            self.fields["email"].help_text = _(
                "It may be a private one that only you read. It is for when mail works: so far nothing is sent from "
                "here, and an address does not let you in."
            )


class FirstAdministratorForm(Form):
    name = TextField(label=_("Your name"), maximum=200, autocomplete="name")
    email = EmailField(
        label=_("Your address"),
        hint=_("Sign-in codes go there. You may leave it out and sign in with a passkey or a letter."),
        maximum=254,
        required=False,
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if not mail_leaves():
            self.fields["email"].help_text = _("For when mail works. You may leave it out.")


class ProviderDisconnectForm(DisconnectForm):
    def clean(self) -> dict[str, Any]:
        """The library would refuse whoever has no password, and nobody here has one: a code or a letter is enough."""
        return dict(self.cleaned_data)


class PasskeyField(forms.CharField):
    """What a page's script puts in for the browser. It is good for one question only, so it never comes back."""

    widget = forms.HiddenInput

    def __init__(self, *, read: Callable[[str], dict[str, Any]]) -> None:
        super().__init__(label="")
        self.read = read
        self.validators = []
        self.error_messages["required"] = get_adapter().error_messages["incorrect_code"]

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        try:
            return self.read(text) if text else text
        except NoAnswer:
            raise get_adapter().validation_error("incorrect_code") from None

    def prepare_value(self, value: Any) -> str:
        return ""


class AddPasskeyForm(library.AddWebAuthnForm):
    """Every passkey signs in alone: the library would ask, and make by default one that does not."""

    name = TextField(label=_("A name for it"), required=False)
    credential = PasskeyField(read=read_new_passkey)
    passwordless = None

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["passwordless"] = True
        return dict(super().clean())


class RenamePasskeyForm(library.EditWebAuthnForm):
    name = TextField(label=_("A name for it"))


class PasskeySignInForm(library.LoginWebAuthnForm):
    credential = PasskeyField(read=read_use_of_passkey)


class PasskeyAsSecondProofForm(library.AuthenticateWebAuthnForm):
    credential = PasskeyField(read=read_use_of_passkey)


class PasskeyAgainForm(library.ReauthenticateWebAuthnForm):
    credential = PasskeyField(read=read_use_of_passkey)
