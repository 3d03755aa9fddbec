"""Words and links about accounts."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.capabilities.accounts.models import Account
from handrail.capabilities.accounts.queries import mail_leaves
from handrail.design.parts import Choice, Task
from handrail.foundation.languages import language_of


def places_of_account(account: Account) -> list[Task]:
    """What somebody can look after about their own account, in the order of use."""
    provider = [Task(_("Your organisation's sign-in"), reverse("socialaccount_connections"))]
    return [
        Task(_("Your private space"), reverse("safe_devices"), hint=_("Devices, phrase and recovery code")),
        Task(_("Your address"), reverse("account_address"), hint=_address_of(account)),
        Task(_("Name and time zone"), reverse("account_details"), hint=account.name),
        Task(_("Language"), reverse("language"), hint=dict(settings.LANGUAGES)[language_of(account)]),
        Task(_("Passkeys and second factor"), reverse("mfa_index"), hint=_("Sign in with your face, finger or PIN")),
        *(provider if settings.SOCIALACCOUNT_PROVIDERS else []),
        Task(_("Where you are signed in"), reverse("usersessions_list"), hint=_("See and end your sessions")),
        Task(_("Your data"), reverse("account_data"), hint=_("One file with all that is held about you")),
        Task(_("Sign out"), reverse("account_logout")),
    ]


def _address_of(account: Account) -> str:
    if mail_leaves():
        return account.email or _("None yet: you sign in by letter")
    return _("%(address)s, for when mail works") % {"address": account.email} if account.email else _("None yet")


def languages_to_choose() -> list[Choice]:
    return [Choice(code, name, lang=code) for code, name in settings.LANGUAGES]


def has_factor(account: Account) -> bool:
    return bool(Authenticator.objects.filter(user=account).exists())
