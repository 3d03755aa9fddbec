"""Pages about one's own account, and signing in with a printed letter."""

from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.internal.auth import begin_registration
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from handrail.capabilities.accounts import actions, presenters, queries, rules
from handrail.capabilities.accounts.forms import AddressForm, DetailsForm, FirstAdministratorForm, LetterForm
from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.design.forms import sent
from handrail.foundation import clock
from handrail.foundation.access.guards import open_to_anyone, open_to_signed_in
from handrail.foundation.access.refusal import Refused


@open_to_anyone
def letter_sign_in(request: HttpRequest) -> HttpResponse:
    form = LetterForm(sent(request))
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, action="letter", dry_run=True):
            form.add_error("code", _("Too many tries. Wait five minutes, then try again."))
        else:
            try:
                account = actions.use_letter(code=form.cleaned_data["code"])
            except Refused as refusal:
                ratelimit.consume(request, action="letter")  # an office behind one address may use many good letters
                form.add_error("code", str(refusal))
            else:
                record_authentication(request, account, method="letter")
                answer: HttpResponse = perform_login(request, Login(user=account))
                return answer
    context = {"title": _("Sign in with your letter"), "form": form, "days": queries.days_signed_in()}
    return render(request, "accounts/letter_sign_in.html", context)


@open_to_signed_in
def account(request: SignedInRequest) -> HttpResponse:
    context = {"title": _("Your account"), "places": presenters.places_of_account(request.user)}
    return render(request, "accounts/account.html", context)


@open_to_signed_in
def account_details(request: SignedInRequest) -> HttpResponse:
    who = request.user
    form = DetailsForm(sent(request), initial={"name": who.name, "time_zone": who.time_zone})
    if request.method == "POST" and form.is_valid():
        actions.change_details(by=who, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("account")
    return render(request, "accounts/account_details.html", {"title": _("Name and time zone"), "form": form})


@open_to_anyone
def language(request: HttpRequest) -> HttpResponse:
    """Looking changes nothing; one tap chooses: for the account of whoever is signed in, and for this browser."""
    chosen = request.POST.get("language", "")
    if request.method == "POST" and chosen in dict(settings.LANGUAGES):
        if request.user.is_authenticated:
            actions.choose_language(by=request.user, language=chosen)
        answer = redirect(_way_back(request))
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
        )
        return answer
    context = {
        "title": _("Language"),
        "languages_to_choose": presenters.languages_to_choose(),
        "here": request.get_full_path(),
    }
    return render(request, "accounts/language.html", context)


def _way_back(request: HttpRequest) -> str:
    wanted = request.GET.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else "/"


@open_to_signed_in
def account_address(request: SignedInRequest) -> HttpResponse:
    form = AddressForm(sent(request), initial={"email": request.user.email or ""})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_address(by=request.user, email=form.cleaned_data["email"])
        except Refused as refusal:
            form.add_error("email", str(refusal))
        else:
            leaves = queries.mail_leaves()
            saved = _("Saved. Messages go there from now on.") if leaves else _("Saved, for when mail works.")
            messages.success(request, saved)
            return redirect("account")
    return render(request, "accounts/account_address.html", {"title": _("Your address"), "form": form})


@open_to_signed_in
def second_factor_needed(request: SignedInRequest) -> HttpResponse:
    context = {"title": _("One more lock before you go on"), "has_one": presenters.has_factor(request.user)}
    return render(request, "accounts/second_factor_needed.html", context)


@open_to_anyone
def provider_not_matched(request: HttpRequest) -> HttpResponse:
    """The provider knows them, but we may not let them in: says the way round, and nothing about who is here."""
    return render(request, "accounts/provider_not_matched.html", {"title": _("We could not match you yet")})


@open_to_anyone
def first_administrator(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link shows a form and changes nothing; sending the form uses the link up."""
    form = FirstAdministratorForm(sent(request))
    try:
        link = queries.first_administrator_link(token)
        rules.check_can_use_first_link(link, clock.now(), somebody_is_here=queries.is_anybody_here())
        if request.method == "POST" and form.is_valid():
            account = actions.use_first_administrator_link(token=token, **form.cleaned_data)
            record_authentication(request, account, method="first_link")
            answer: HttpResponse = perform_login(request, Login(user=account))
            return answer
    except Refused as refusal:
        told = {"title": _("This link is no longer good"), "why": str(refusal)}
        return render(request, "accounts/first_link_used.html", told, status=410)
    context = {"title": _("Become the administrator"), "form": form}
    return render(request, "accounts/first_administrator.html", context)


class _Proved:
    """Whoever has just set up a second proof has shown it: the page of recovery codes need not ask for it again."""

    proof: str

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        request: HttpRequest = self.request  # type: ignore[attr-defined]
        record_authentication(request, request.user, method="mfa", type=self.proof, reauthenticated=True)
        return answer


class ActivateApp(_Proved, ActivateTOTPView):
    proof = Authenticator.Type.TOTP


class AddPasskey(_Proved, AddWebAuthnView):
    """The device is asked for a passkey that it finds without a name, and that asks for a finger, a face or a PIN."""

    proof = Authenticator.Type.WEBAUTHN

    def get_context_data(self, **options: Any) -> dict[str, Any]:
        # not what the library adds: it would ask for a passkey of another kind first, at the same price
        context: dict[str, Any] = super(AddWebAuthnView, self).get_context_data(**options)
        return context | {"js_data": {"creation_options": begin_registration(self.request.user, True)}}
