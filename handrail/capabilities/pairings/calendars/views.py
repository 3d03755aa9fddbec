"""One's own calendar, and the feed that calendar programmes fetch."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.pairings.calendars import actions, presenters, queries
from handrail.capabilities.pairings.calendars.forms import CalendarForm
from handrail.design.forms import sent
from handrail.foundation.access.guards import open_to_anyone, open_to_signed_in

COOKIE = "new-calendar-address"
SHOWN_WITHIN = 600  # seconds


@open_to_signed_in
def calendar_settings(request: SignedInRequest) -> HttpResponse:
    own = queries.settings_of(request.user)
    leads = queries.leads_somewhere(request.user)
    form = CalendarForm(sent(request), initial={"address": own.address, "title": own.title}, leads=leads)
    if request.method == "POST" and form.is_valid():
        title = form.cleaned_data.get("title", own.title)
        actions.change_calendar(by=request.user, address=form.cleaned_data["address"], title=title)
        messages.success(request, _("Saved. It holds from the next time you agree on or move."))
        return redirect("calendar_settings")
    context = {"title": _("Your calendar"), "form": form, "feed_made_at": own.feed_made_at}
    return render(request, "pairings/calendar_settings.html", context)


@open_to_signed_in
@require_POST
def calendar_feed_make(request: SignedInRequest) -> HttpResponse:
    """The secret waits in a cookie for the page that shows it: nothing of ours ever holds it."""
    token = actions.make_feed(by=request.user)
    shown_at = reverse("calendar_feed_made")
    answer = redirect(shown_at)
    answer.set_cookie(
        COOKIE,
        token,
        max_age=SHOWN_WITHIN,
        path=shown_at,
        secure=settings.SECURE_COOKIES,
        httponly=True,
        samesite="Lax",
    )
    return answer


@open_to_signed_in
@require_safe
def calendar_feed_made(request: SignedInRequest) -> HttpResponse:
    """Shows the new address once, and to nobody but whose feed it is."""
    token = request.COOKIES.get(COOKIE, "")
    if not queries.is_feed_of(request.user, token):
        messages.info(request, _("An address is shown once. If you no longer have it, make a new one."))
        return redirect("calendar_settings")
    address = settings.BASE_URL + reverse("calendar_feed", args=[token])
    context = {"title": _("Your calendar's address"), "address": address}
    answer = render(request, "pairings/calendar_feed_made.html", context)
    if request.method == "GET":
        answer.delete_cookie(COOKIE, path=request.path, samesite="Lax")
    return answer


@open_to_signed_in
@require_POST
def calendar_feed_revoke(request: SignedInRequest) -> HttpResponse:
    actions.revoke_feed(by=request.user)
    messages.success(request, _("The address no longer works. Calendars that used it get nothing more."))
    return redirect("calendar_settings")


@open_to_anyone
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The feed itself: whoever holds its address reads it, nobody else learns whether there is one."""
    account = queries.account_of_feed(token)
    if account is None:
        unknown = HttpResponseNotFound(content_type="text/plain")
        unknown._has_been_logged = True  # type: ignore[attr-defined]  # Django would log the address, and with it the secret
        return unknown
    sessions = queries.sessions_in_feed(account)
    mark = presenters.feed_mark(account, sessions)
    answer: HttpResponse
    if mark in parse_etags(request.headers.get("If-None-Match", "")):
        answer = HttpResponseNotModified()
    else:
        answer = HttpResponse(presenters.feed_text(account, sessions), content_type="text/calendar; charset=utf-8")
        answer.headers["Content-Disposition"] = 'inline; filename="handrail.ics"'
    answer.headers["ETag"] = mark
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
