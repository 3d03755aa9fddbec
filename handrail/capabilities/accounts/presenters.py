"""Words and links about accounts."""

from dataclasses import dataclass
from datetime import timedelta
from typing import cast

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.capabilities.accounts.models import Account
from handrail.capabilities.accounts.queries import showed_passkey
from handrail.design.parts import Choice, Task
from handrail.foundation.languages import language_of


def places_of_account(account: Account) -> list[Task]:
    """What somebody can look after about their own account, in the order of use."""
    provider = [Task(_("Your organisation's sign-in"), reverse("socialaccount_connections"))]
    return [
        Task(_("Your private space"), reverse("safe_devices"), hint=_("Devices, phrase and recovery code")),
        Task(_("Your address"), reverse("account_address"), hint=account.email or _("None yet: you sign in by letter")),
        Task(_("Name and time zone"), reverse("account_details"), hint=account.name),
        Task(_("Language"), reverse("language"), hint=dict(settings.LANGUAGES)[language_of(account)]),
        Task(_("Passkeys and second factor"), reverse("mfa_index"), hint=_("Sign in with your face, finger or PIN")),
        *(provider if settings.SOCIALACCOUNT_PROVIDERS else []),
        Task(_("Where you are signed in"), reverse("usersessions_list"), hint=_("See and end your sessions")),
        Task(_("Your data"), reverse("account_data"), hint=_("One file with all that is held about you")),
        Task(_("Sign out"), reverse("account_logout")),
    ]


def languages_to_choose() -> list[Choice]:
    return [Choice(code, name, lang=code) for code, name in settings.LANGUAGES]


def days_signed_in() -> int:
    """How long whoever signs in stays so on their device."""
    return timedelta(seconds=settings.SESSION_COOKIE_AGE).days


def after_letter(*, by_mail: bool, ask: str) -> str:
    """For paper: how one gets in once the code is used up. `ask`: who makes another letter."""
    days = _("After that you stay signed in on that device for %(days)d days.") % {"days": days_signed_in()}
    if by_mail and mail_leaves():
        return f"{days} {_('From then on a code by e-mail lets you in.')}"
    words = _(
        "Before then, make a passkey (your face, finger or PIN lets you in) or give an address of your own, under "
        "“Your account”. Or ask %(name)s for a new letter."
    )
    return f"{days} {words % {'name': ask}}"


@dataclass(frozen=True)
class WayBack:
    """How somebody gets in next time. `open`: nothing but another letter would let them in yet."""

    words: str
    open: bool = False
    mail: bool = True  # whether an address would help


def mail_leaves() -> bool:
    """Whether a code can come by e-mail at all; the demonstration behaves as if."""
    return bool(settings.MAIL_URL) or settings.DEMO


def way_back(request: HttpRequest) -> WayBack:
    """For the signed-in person. A passkey counts where it was used or made since they signed in."""
    account = cast(Account, request.user)
    if account.email and mail_leaves():
        return WayBack(_("With a code that we send to %(address)s. There is no password.") % {"address": account.email})
    if showed_passkey(request):
        return WayBack(_("With your passkey: your face, finger or PIN. There is no password."))
    stays = _("A letter’s code works once, and lets you stay signed in on this device for %(days)d days.")
    if mail_leaves():
        then = _("Before then, give an address of your own or make a passkey. Or ask for a new letter.")
    else:
        then = _("Before then, make a passkey. Or ask for a new letter.")
    return WayBack(f"{stays % {'days': days_signed_in()}} {then}", open=True, mail=mail_leaves())


def has_factor(account: Account) -> bool:
    return bool(Authenticator.objects.filter(user=account).exists())
