"""Pages for whoever keeps the installation healthy. None of them can show private text."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.installation import presenters
from handrail.capabilities.installation.queries import Weight, health
from handrail.foundation.access.guards import open_in_demo, open_to_administrators
from handrail.foundation.access.refusal import Refused
from handrail.foundation.jobs.queries import failed_jobs, jobs_state
from handrail.foundation.mail import rules
from handrail.foundation.mail.actions import send_again
from handrail.foundation.mail.composing import paragraphs_of
from handrail.foundation.mail.queries import messages_newest_first
from handrail.foundation.stores.backups import backups_made

PAGE = 10  # a phone shows them one below the other


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
    message = get_object_or_404(messages_newest_first(), pk=message_id)
    try:
        send_again(by=request.user, message=message)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("It is on its way again."))
    return redirect("post_box_message", message_id)


def _post_box(request: HttpRequest, view_name: str) -> HttpResponse:
    state = request.GET.get("state", "")
    state = state if state in presenters.STATE_WORDS else ""
    page = Paginator(messages_newest_first(state), PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Post box"),
        "mail_is_set": bool(settings.MAIL_URL),
        "filters": presenters.state_links(state, view_name),
        "page": page,
        "headers": presenters.MESSAGE_HEADERS,
        "rows": [presenters.message_row(message, f"{view_name}_message") for message in page],
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
        "details": presenters.message_details(message),
        "readable": readable,
        "paragraphs": paragraphs_of(message.text) if readable else [],
        "can_send_again": view_name == "post_box"
        and rules.can_send_again(message, mail_is_set=bool(settings.MAIL_URL)),
    }
    page = "post_box_letter" if "print" in request.GET else "post_box_message"
    return render(request, f"installation/{page}.html", context)


def _query(name: str, value: str) -> str:
    return f"{urlencode({name: value})}&" if value else ""
