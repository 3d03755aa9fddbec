"""Pages about keeping one's private space openable. What is typed here is never carried, logged or kept."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.accounts.safekeeping import actions, presenters, queries
from handrail.capabilities.accounts.safekeeping.forms import (
    OWN,
    SHARED,
    BeginAgainForm,
    ConfirmCodeForm,
    DeviceForm,
    DrawnPhraseForm,
    OwnPhraseForm,
    PasskeyForm,
    PhraseForm,
    RecoveryForm,
)
from handrail.design.forms import sent
from handrail.foundation.access.guards import open_to_signed_in
from handrail.foundation.access.refusal import Refused
from handrail.foundation.idempotency.middleware import may_repeat
from handrail.foundation.vault.carried import never_carried
from handrail.foundation.vault.keys import draw_phrase, new_code, new_passkey_salt

OPENINGS = {"phrase": PhraseForm, "code": RecoveryForm}


@open_to_signed_in
@never_carried
@may_repeat
def safe_open(request: SignedInRequest) -> HttpResponse:
    """Open with the phrase, the recovery code or a passkey; or begin, where there is nothing yet."""
    state = queries.safekeeping_of(request)
    if queries.is_open(request):
        if request.GET.get("device") == SHARED:
            messages.info(request, presenters.on_a_shared_device(queries.devices_of(request)))
        return redirect(_next(request))
    if not state.has_keys:
        return _begin(request)
    way = request.POST.get("way") or request.GET.get("way") or "phrase"
    if way == "passkey":
        return _open_with_passkey(request)
    form = OPENINGS.get(way, PhraseForm)(sent(request))
    if request.method == "POST" and form.is_valid():
        field = "code" if way == "code" else "phrase"
        try:
            if way == "code":
                actions.open_with_recovery_code(request, typed=form.cleaned_data["code"], own_device=form.own_device)
            else:
                actions.open_with_phrase(request, phrase=form.cleaned_data["phrase"], own_device=form.own_device)
        except Refused as refusal:
            form.add_error(field, str(refusal))
        else:
            return redirect(_next(request))
    return _opening_page(request, form, way)


def _opening_page(request: SignedInRequest, form: DeviceForm, way: str) -> HttpResponse:
    state = queries.safekeeping_of(request)
    context = {
        "title": _("Open your private space"),
        "form": form,
        "way": way,
        "state": state,
        "passkeys": presenters.passkeys(state),
        "other_way": f"?{_with(request, way='code' if way == 'phrase' else 'phrase')}",
    }
    return render(request, "accounts/safekeeping/safe_open.html", context)


def _begin(request: SignedInRequest) -> HttpResponse:
    wanted = SHARED if request.GET.get("device") == SHARED else OWN
    form = DeviceForm(sent(request), initial={"device": wanted})
    if request.method == "POST" and form.is_valid():
        actions.begin(request, own_device=form.own_device)
        if not form.own_device:
            messages.info(request, presenters.not_ones_own())
        return redirect(_next(request))
    context = {"title": _("Your private space"), "form": form}
    return render(request, "accounts/safekeeping/safe_begin.html", context)


def _open_with_passkey(request: SignedInRequest) -> HttpResponse:
    form = PasskeyForm(sent(request))
    device = DeviceForm(sent(request))
    if request.method == "POST" and form.is_valid() and device.is_valid():
        try:
            actions.open_with_passkey(
                request,
                credential=form.cleaned_data["credential"],
                output=form.cleaned_data["output"],
                own_device=device.own_device,
            )
            return redirect(_next(request))
        except Refused as refusal:
            messages.error(request, str(refusal))
    elif request.method == "POST":
        messages.error(request, _("Your passkey did not answer as expected. Please use your phrase."))
    return redirect(f"{reverse('safe_open')}?{_with(request, way='phrase')}")


@open_to_signed_in
@never_carried
@may_repeat
def safe_keep(request: SignedInRequest) -> HttpResponse:
    """At the end of the first answers: a phrase, then the recovery code."""
    return _phrase_page(request, title=_("Keep it safe"), after="safe_recovery", first=True)


@open_to_signed_in
@never_carried
@may_repeat
def safe_phrase(request: SignedInRequest) -> HttpResponse:
    """Another phrase in place of the one there is."""
    return _phrase_page(request, title=_("Change your private phrase"), after="safe_devices", first=False)


def _phrase_page(request: SignedInRequest, *, title: str, after: str, first: bool) -> HttpResponse:
    if not queries.is_open(request):
        return redirect(f"{reverse('safe_open')}?next={request.path}")
    does = request.POST.get("does", "")
    own = OwnPhraseForm(request.POST if does == "own" else None)
    drawn = DrawnPhraseForm(request.POST if does == "keep" else None)
    refused = ""
    chosen = own if does == "own" else drawn
    if request.method == "POST" and does in ("own", "keep") and chosen.is_valid():
        try:
            actions.set_phrase(request, phrase=chosen.cleaned_data["phrase" if does == "own" else "drawn"])
        except Refused as refusal:
            if does == "own":
                own.add_error("phrase", str(refusal))
            else:
                refused = str(refusal)
        else:
            messages.success(request, _("Your phrase is set. It opens your private space on any device."))
            return redirect(after)
    context = {
        "title": title,
        "first": first,
        "phrase": draw_phrase(request),
        "form": own,
        "writing_own": does == "own" or request.GET.get("own") == "1",
        "refused": refused,
    }
    return render(request, "accounts/safekeeping/safe_phrase.html", context)


@open_to_signed_in
@never_carried
def safe_recovery(request: SignedInRequest) -> HttpResponse:
    """Show a new code once, for paper; it counts when two of its groups were typed back."""
    if not queries.is_open(request):
        return redirect(f"{reverse('safe_open')}?next={request.path}")
    does = request.POST.get("does", "")
    context = {"title": _("Your recovery code"), "state": queries.safekeeping_of(request)}
    if does not in ("show", "print", "printed", "confirm"):
        return render(request, "accounts/safekeeping/safe_recovery.html", context)
    code = request.POST.get("code", "")[:40] if does != "show" else new_code()
    if does == "print":
        return render(request, "accounts/safekeeping/safe_recovery_print.html", {**context, "code": code})
    form = ConfirmCodeForm(request.POST if does == "confirm" else None, initial={"code": code})
    if does == "confirm" and form.is_valid():
        try:
            actions.confirm_recovery_code(request, code=code, typed=form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Done. Keep the paper where you keep your passport."))
            return redirect("safe_devices")
    return render(request, "accounts/safekeeping/safe_recovery_code.html", {**context, "form": form, "code": code})


@open_to_signed_in
@never_carried
def safe_devices(request: SignedInRequest) -> HttpResponse:
    """How one's private space is kept: devices, phrase, recovery code, passkeys."""
    state = queries.safekeeping_of(request)
    context = {
        "title": _("Your private space"),
        "state": state,
        "open": queries.is_open(request),
        "devices": presenters.device_rows(queries.devices_of(request)),
        "tasks": presenters.keeping_tasks(state),
        "advice": presenters.advice(state),
        "salt": presenters.salt_text(new_passkey_salt()),
    }
    return render(request, "accounts/safekeeping/safe_devices.html", context)


@open_to_signed_in
def safe_close(request: SignedInRequest) -> HttpResponse:
    """Close it on the device in one's hand: from the next page on it asks again for what opens it."""
    if request.method == "POST":
        try:
            actions.close_here(request)
            messages.success(
                request, _("Closed on this device. It asks for your words, your code or your passkey now.")
            )
            return redirect("home")
        except Refused as refusal:
            messages.info(request, str(refusal))
    return redirect("safe_devices")


@open_to_signed_in
def safe_device_end(request: SignedInRequest, device_id: UUID) -> HttpResponse:
    device = next((device for device in queries.devices_of(request) if device.id == device_id), None)
    if request.method == "POST":
        try:
            actions.end_device(request, device_id=device_id)
            messages.success(request, _("Ended. That device no longer opens your private space."))
        except Refused as refusal:
            messages.info(request, str(refusal))
        return redirect("safe_devices")
    if device is None:
        return redirect("safe_devices")
    state = queries.safekeeping_of(request)
    title = _("End %(name)s?") % {"name": device.name}
    context = {"title": title, "device": device, "last": not state.safe and state.devices == 1}
    return render(request, "accounts/safekeeping/safe_device_end.html", context)


@open_to_signed_in
@never_carried
def safe_passkey(request: SignedInRequest) -> HttpResponse:
    """Let a passkey open it, too. Only the page's script can ask a passkey; without it there is the phrase."""
    form = PasskeyForm(sent(request))
    if request.method == "POST" and queries.is_open(request):
        if form.is_valid():
            try:
                actions.add_passkey(
                    request,
                    credential=form.cleaned_data["credential"],
                    salt=form.cleaned_data["salt"],
                    output=form.cleaned_data["output"],
                )
                messages.success(request, _("Your passkey opens your private space now."))
            except Refused as refusal:
                messages.error(request, str(refusal))
        else:
            messages.error(request, _("Your passkey did not answer as expected. Please use your phrase."))
    return redirect("safe_devices")


@open_to_signed_in
@never_carried
def safe_lost(request: SignedInRequest) -> HttpResponse:
    """Honest words when phrase, code and devices are all gone; and the way to begin again."""
    form = BeginAgainForm(sent(request))
    state = queries.safekeeping_of(request)
    if request.method == "POST" and state.has_keys and not queries.is_open(request) and form.is_valid():
        actions.begin_again(request, own_device=form.own_device)
        messages.success(request, _("You have a new private space. Ask the people you write with to share again."))
        return redirect("safe_keep")
    context = {"title": _("When everything is lost"), "form": form, "state": state, "open": queries.is_open(request)}
    return render(request, "accounts/safekeeping/safe_lost.html", context)


@open_to_signed_in
@never_carried
def safe_carried(request: SignedInRequest) -> HttpResponse:
    """Forms that outlived their session, filled in as they were."""
    if request.method == "POST":
        actions.let_go_of_kept_form(request, form_id=request.POST.get("form_id", ""))
        return redirect("safe_carried")
    context = {"title": _("What you wrote is here"), "forms": presenters.kept_forms(queries.kept_forms(request))}
    return render(request, "accounts/safekeeping/safe_carried.html", context)


def _next(request: SignedInRequest) -> str:
    """Where the person was going; a form of theirs that was kept; or home."""
    wanted = request.GET.get("next", "")
    # A path, or `redirect` would look a page of that name up.
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return wanted
    return reverse("safe_carried") if queries.kept_forms(request) else reverse("home")


def _with(request: SignedInRequest, **more: str) -> str:
    query = request.GET.copy()
    for name, value in more.items():
        query[name] = value
    return query.urlencode()
