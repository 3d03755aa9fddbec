"""Words and links about accounts."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.capabilities.accounts.models import Account


@dataclass(frozen=True)
class Place:
    text: str
    href: str
    note: str


def places_of_account(account: Account) -> list[Place]:
    """What somebody can look after about their own account, in the order of use."""
    return [
        Place(_("Your private space"), reverse("safe_devices"), _("Devices, phrase and recovery code")),
        Place(_("Your address"), reverse("account_address"), account.email or _("None yet: you sign in by letter")),
        Place(_("Name, language and time"), reverse("account_details"), account.name),
        Place(_("Passkeys and second factor"), reverse("mfa_index"), _("Sign in with your face, finger or PIN")),
        Place(_("Where you are signed in"), reverse("usersessions_list"), _("See and end your sessions")),
        Place(_("Sign out"), reverse("account_logout"), ""),
    ]


def has_factor(account: Account) -> bool:
    return Authenticator.objects.filter(user=account).exists()
