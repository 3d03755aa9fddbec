"""Where the sign-in library asks what we want."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _

from handrail.capabilities.accounts import rules
from handrail.capabilities.accounts.models import Account
from handrail.capabilities.accounts.qr_code import qr_svg
from handrail.capabilities.accounts.queries import kinds_of_factors

TOO_OFTEN = _("That was too often in a short time. Wait five minutes, then try again.")


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the organisation; nobody signs up alone."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. Ask the person who runs this for your organisation."),
        "incorrect_code": _("This is not the code we sent. Look at the newest message, and type it once more."),
        "rate_limited": TOO_OFTEN,
        "too_many_login_attempts": TOO_OFTEN,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the language its reader chose; else in that of the page they asked on."""
        account = Account.objects.filter(email__iexact=email).first()
        with override((account.language if account else "") or get_language()):
            super().send_mail(template_prefix, email, context)

    def is_safe_url(self, url: str) -> bool:
        """Whether somebody may be sent on to it; the library falls over an address that is none, such as //[."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages: ClassVar[dict[str, Any]] = {
        "add_email_blocked": _("This address cannot be added while a second proof is set up."),
        "cannot_delete_authenticator": _("This is the only second proof you have. Set up another one first."),
        "cannot_generate_recovery_codes": _("Recovery codes go with a passkey or an app. Set up one of them first."),
        "incorrect_code": _("That did not work. Try once more, with the newest code or the same passkey."),
        "unverified_email": _("First sign in with a code sent to your address, then come back here."),
    }

    def _get_site_name(self) -> str:
        return "Handrail"

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """What a new passkey is called until its owner calls it something else."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("My passkey") if number == 1 else gettext("My passkey %(number)d") % {"number": number}

    def build_totp_svg(self, url: str) -> str:
        return qr_svg(url)

    def is_mfa_enabled(self, user: Any, types: Any = None) -> bool:
        """The library asks this again and again on each of its pages, so a page that is only read remembers it."""
        if user.is_anonymous:
            return False
        request = context.request
        kept = getattr(request, "kinds_of_factors", None) if request is not None else None
        kinds = kinds_of_factors(user.pk) if kept is None else kept
        if request is not None and request.method in ("GET", "HEAD"):
            request.kinds_of_factors = kinds
        return bool(kinds if types is None else kinds.intersection(types))


class ProviderAdapter(DefaultSocialAccountAdapter):
    """The organisation's provider signs in people who are already here; it adds nobody."""

    error_messages: ClassVar[dict[str, Any]] = {
        "connected_other": _("This sign-in belongs to somebody else's account here. Nothing was changed."),
        "disconnect_last": _("This is your only way in. Add another one first."),
        "email_taken": _("Sign in with a code first, then connect %s under “Your account”."),
        "invalid_token": _("Your organisation's sign-in sent an answer that we cannot read. Try again later."),
        "no_password": _("This is your only way in. Add another one first."),
        "no_verified_email": _("This is your only way in. Add another one first."),
    }

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def authenticate_by_email(self, sociallogin: Any) -> tuple[Any, str] | None:
        """The account whose address the provider vouches for; the library would take the word "false" for a yes."""
        email = rules.vouched_address(sociallogin.account.extra_data, settings.OIDC_DOMAINS)
        found = Account.objects.filter(email__iexact=email).first() if email else None
        return (found, email) if found else None

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Whoever is not known, or not surely the one they seem, is told what to do."""
        if not sociallogin.is_existing and sociallogin.state.get("process") == AuthProcess.LOGIN:
            raise ImmediateHttpResponse(redirect("provider_not_matched"))
