"""Pages for whoever keeps the installation healthy. None of them can show private text."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.installation import presenters
from handrail.capabilities.installation.queries import Weight, health
from handrail.capabilities.people.queries import organisation_of
from handrail.foundation.access.guards import open_in_demo, open_to_administrators, open_to_coordinators
from handrail.foundation.access.refusal import Refused
from handrail.foundation.jobs.queries import failed_jobs, jobs_state
from handrail.foundation.mail import rules
from handrail.foundation.mail.actions import note_told, send_again
from handrail.foundation.mail.composing import paragraphs_of
from handrail.foundation.mail.queries import (
    ids_for_coordinator,
    messages_called,
    messages_for_coordinator,
    messages_newest_first,
    people_with_word,
)
from handrail.foundation.stores.backups import backups_made

MESSAGES = 10  # a page that a phone scrolls in a few strokes


@open_to_administrators
def installation(request: SignedInRequest) -> HttpResponse:
    jobs = jobs_state()
    findings = health(try_mail=False, jobs=jobs)
    context = {
        "title": _("Installation"),
        "wrong": [finding for finding in findings if finding.weight == Weight.WRONG],
        "advice": [finding for finding in findings if finding.weight == Weight.ADVICE],
        "well": [finding for finding in findings if finding.weight == Weight.WELL],
        "jobs": presenters.job_details(jobs),
        "failed": presenters.job_rows(failed_jobs(20) if jobs.failed else []),
        "job_headers": presenters.JOB_HEADERS,
        "backups": presenters.backup_details(backups_made()),
        "versions": presenters.versions(),
    }
    return render(request, "installation/installation.html", context)


@open_to_administrators
def post_box(request: SignedInRequest) -> HttpResponse:
    return _post_box(request, "post_box")


@open_to_administrators
def post_box_message(request: SignedInRequest, message_id: int) -> HttpResponse:
    return _post_box_message(request, message_id, "post_box")


@open_in_demo
def demo_post_box(request: HttpRequest) -> HttpResponse:
    """In the demonstration everyone may read every message: that is how the invented people get theirs."""
    return _post_box(request, "demo_post_box")


@open_in_demo
def demo_post_box_message(request: HttpRequest, message_id: int) -> HttpResponse:
    return _post_box_message(request, message_id, "demo_post_box")


@open_to_administrators
@require_POST
def post_box_send_again(request: SignedInRequest, message_id: int) -> HttpResponse:
    _send_again(request, get_object_or_404(messages_newest_first(), pk=message_id))
    return redirect("post_box_message", message_id)


def _send_again(request: SignedInRequest, message: Any) -> None:
    try:
        send_again(by=request.user, message=message)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("It is on its way again."))


@open_to_coordinators
def organisation_messages(request: SignedInRequest) -> HttpResponse:
    """What a coordinator may pass on by hand, and what did not arrive: of their own organisation only."""
    state = _state(request)
    found = ids_for_coordinator(organisation_of(request).pk, state)
    page = Paginator(found, MESSAGES).get_page(request.GET.get("page"))
    shown = messages_called(list(page))
    context = {
        "title": _("Messages"),
        "mail_is_set": bool(settings.MAIL_URL),
        "filters": presenters.state_links(state, "organisation_messages"),
        "to_tell": presenters.people_to_tell(people_with_word(organisation_of(request).pk)),
        "page": page,
        "lines": [presenters.message_line(one, "organisation_message", presenters.kind_to(one)) for one in shown],
        "query": _query("state", state),
    }
    return render(request, "installation/organisation_messages.html", context)


@open_to_coordinators
def organisation_message(request: SignedInRequest, message_id: int) -> HttpResponse:
    organisation_id = organisation_of(request).pk
    message = get_object_or_404(messages_for_coordinator(organisation_id), pk=message_id)
    readable = rules.can_pass_on(message, organisation_id)
    context = {
        "title": presenters.kind_to(message),
        "message": message,
        "back": "organisation_messages",
        "send_again": "organisation_message_send_again",
        "details": presenters.message_details(message),
        "readable": readable,
        "paragraphs": paragraphs_of(message.text) if readable else [],
        "can_send_again": rules.can_send_again(message, mail_is_set=bool(settings.MAIL_URL)),
    }
    page = "post_box_letter" if "print" in request.GET else "post_box_message"
    return render(request, f"installation/{page}.html", context)


@open_to_coordinators
def organisation_word(request: SignedInRequest, account_id: int) -> HttpResponse:
    """A note to copy or print for somebody who is written to by hand: that there is word about their meetings."""
    organisation_id = organisation_of(request).pk
    name = dict(people_with_word(organisation_id)).get(account_id)
    if name is None:
        raise Http404
    if request.method == "POST":
        note_told(by=request.user, organisation_id=organisation_id, account_id=account_id)
        messages.success(request, _("Noted. The next word for %(name)s stands here again.") % {"name": name})
        return redirect("organisation_messages")
    text = presenters.word_to_pass_on(name)
    context = {
        "title": _("A word for %(name)s") % {"name": name},
        "to_name": name,
        "text": text,
        "paragraphs": paragraphs_of(text),
    }
    page = "organisation_word_letter" if "print" in request.GET else "organisation_word"
    return render(request, f"installation/{page}.html", context)


@open_to_coordinators
@require_POST
def organisation_message_send_again(request: SignedInRequest, message_id: int) -> HttpResponse:
    message = get_object_or_404(messages_for_coordinator(organisation_of(request).pk), pk=message_id)
    _send_again(request, message)
    return redirect("organisation_message", message_id)


def _post_box(request: HttpRequest, view_name: str) -> HttpResponse:
    state = _state(request)
    page = Paginator(messages_newest_first(state), MESSAGES).get_page(request.GET.get("page"))
    context = {
        "title": _("Post box"),
        "mail_is_set": bool(settings.MAIL_URL),
        "filters": presenters.state_links(state, view_name),
        "page": page,
        "lines": [presenters.message_line(one, f"{view_name}_message", presenters.subject_to(one)) for one in page],
        "query": _query("state", state),
    }
    return render(request, "installation/post_box.html", context)


def _post_box_message(request: HttpRequest, message_id: int, view_name: str) -> HttpResponse:
    message = get_object_or_404(messages_newest_first(), pk=message_id)
    readable = rules.can_read_text(message, demo=settings.DEMO)
    context = {
        "title": message.subject,
        "message": message,
        "back": view_name,
        "send_again": "post_box_send_again",
        "details": presenters.message_details(message),
        "readable": readable,
        "paragraphs": paragraphs_of(message.text) if readable else [],
        "can_send_again": view_name == "post_box"
        and rules.can_send_again(message, mail_is_set=bool(settings.MAIL_URL)),
    }
    page = "post_box_letter" if "print" in request.GET else "post_box_message"
    return render(request, f"installation/{page}.html", context)


def _state(request: HttpRequest) -> str:
    state = request.GET.get("state", "")
    return state if state in presenters.STATE_WORDS else ""


def _query(name: str, value: str) -> str:
    return f"{urlencode({name: value})}&" if value else ""
