"""“Your conversations”: for whoever asked, and for nobody else unless they show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.participation.own import actions, presenters, queries
from handrail.capabilities.people.queries import me
from handrail.foundation.access.guards import open_to_those_concerned
from handrail.foundation.access.refusal import Refused
from handrail.foundation.vault.texts import needs_open_vault

if TYPE_CHECKING:
    from handrail.capabilities.participation.models import Picture


@open_to_those_concerned
@require_safe
def conversations(request: SignedInRequest) -> HttpResponse:
    """What one's own come to; the question whether one wants to know, where nobody asked yet."""
    person = me(request)
    picture = queries.own_picture(request)
    if picture is not None:
        return _shown(request, picture)
    context = {
        "title": _("Your conversations"),
        "has_log": queries.has_log(person.organisation_id),
        "counted_in": presenters.counted_in(queries.places(person.organisation_id)),
    }
    return render(request, "participation/own/conversations_ask.html", context)


@needs_open_vault
def _shown(request: SignedInRequest, picture: Picture) -> HttpResponse:
    sheet = queries.sheet_of(queries.opened(request), picture)
    context = {"title": _("Your conversations"), "picture": picture}
    if sheet is None:
        context |= {"has_log": queries.has_log(me(request).organisation_id), "lost": bool(picture.sheet)}
        return render(request, "participation/own/conversations_waiting.html", context)
    own, around = sheet.own, queries.around(request)
    context |= {
        "sheet": sheet,
        "counted_in": presenters.counted_in(queries.places(me(request).organisation_id)),
        "lead": presenters.lead(sheet),
        "next": presenters.next_thing_of(own, sheet) if own else None,
        "axes": presenters.axes(sheet, around.began_on),
        "served": presenters.served_rows(own) if own else [],
        "served_headers": presenters.SERVED_HEADERS,
        "moved": presenters.moved_since(own, around.began_on) if own else None,
        "circle": presenters.circle(sheet),
        "rests_on": presenters.rests_on(sheet),
        "sharing": presenters.sharing_tasks(around.sharing) if own else [],
    }
    return render(request, "participation/own/conversations.html", context)


@open_to_those_concerned
@require_safe
def conversations_progress(request: SignedInRequest) -> HttpResponse:
    """Asked again and again while the picture is being made; then the page is loaded anew."""
    picture = queries.own_picture(request)
    response = render(request, "participation/own/conversations_progress.html", {})
    if picture is None or picture.sheet:
        response.headers["HX-Refresh"] = "true"
    return response


@open_to_those_concerned
@require_POST
@needs_open_vault
def conversations_ask_for(request: SignedInRequest) -> HttpResponse:
    actions.ask_for_picture(by=request.user, person=me(request))
    return redirect("conversations")


@open_to_those_concerned
def conversations_stop(request: SignedInRequest) -> HttpResponse:
    picture = queries.own_picture(request)
    if picture is None:
        return redirect("conversations")
    if request.method == "POST":
        actions.forget_picture(by=request.user, picture=picture)
        messages.success(request, _("Deleted. Nothing about your conversations is measured any more."))
        return redirect("conversations")
    return render(request, "participation/own/conversations_stop.html", {"title": _("Stop and delete it")})


@open_to_those_concerned
@needs_open_vault
def conversations_share(request: SignedInRequest, pairing_id: int) -> HttpResponse:
    """Show one's mentor: first as they would see it."""
    shared = queries.share_with(request, pairing_id)
    picture = queries.own_picture(request)
    sheet = queries.sheet_of(queries.opened(request), picture) if picture else None
    if sheet is None or sheet.own is None:
        return redirect("conversations")
    if request.method == "POST":
        try:
            actions.share_picture(by=request.user, vault=queries.opened(request), own=shared.own, sheet=sheet)
        except Refused as refusal:
            messages.warning(request, str(refusal))
        else:
            words = _("%(name)s can see it now. You can take it back.") % {"name": shared.own.other.name}
            messages.success(request, words)
        return redirect("conversations")
    name = shared.own.other.name
    context = {
        "title": _("Show %(name)s") % {"name": name},
        "name": name,
        "shared": shared,
        "counted_in": presenters.counted_in(queries.places(me(request).organisation_id)),
        "lead": presenters.lead(sheet),
        "figures": presenters.figures(sheet.own),
    }
    return render(request, "participation/own/conversations_share.html", context)


@open_to_those_concerned
@require_POST
def conversations_take_back(request: SignedInRequest, pairing_id: int) -> HttpResponse:
    shared = queries.share_with(request, pairing_id)
    actions.take_back_picture(by=request.user, own=shared.own)
    messages.success(request, _("Taken back. It may have been read meanwhile."))
    return redirect("conversations")


@open_to_those_concerned
@require_safe
@needs_open_vault
def conversations_shown(request: SignedInRequest, pairing_id: int) -> HttpResponse:
    """What a leader chose to show, for their mentor."""
    own = queries.shown_pairing(request, pairing_id)
    sheet, shared_on = queries.shared_sheet(queries.opened(request), own)
    context = {
        "title": _("Conversations of %(name)s") % {"name": own.other.name},
        "pairing": own.pairing,
        "name": own.other.name,
        "shared_on": shared_on,
        "figures": presenters.figures(sheet.own) if sheet.own else [],
        "axes": presenters.axes(sheet, None),
        "next": presenters.next_thing_of(sheet.own, sheet) if sheet.own else None,
        "rests_on": presenters.rests_on(sheet),
    }
    return render(request, "participation/own/conversations_shown.html", context)
