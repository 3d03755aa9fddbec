"""Pages to show a mentor what is done in some walk-throughs, previewed first, and to take it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.starting_point.queries import Mentor, mentors_of, opened
from handrail.capabilities.starting_point.walkthroughs import actions, presenters, queries, rules
from handrail.capabilities.starting_point.walkthroughs.forms import ShareMarksForm
from handrail.capabilities.starting_point.walkthroughs.sheet import MarkSheet
from handrail.design.forms import sent
from handrail.design.parts import Task
from handrail.foundation.access.guards import open_to_those_concerned
from handrail.foundation.access.refusal import Refused
from handrail.foundation.vault.carried import fills_itself, initial_for
from handrail.foundation.vault.faults import NotShared
from handrail.foundation.vault.texts import needs_open_vault


@open_to_those_concerned
@fills_itself
def walkthroughs_share(request: SignedInRequest) -> HttpResponse:
    """With the only mentor there is; a choice where there are several; a wish where there is none yet."""
    return _share(request, None) if queries.has_marks(request) else redirect("walkthroughs")


@open_to_those_concerned
@fills_itself
def walkthroughs_share_with(request: SignedInRequest, conversation_id: int) -> HttpResponse:
    mentor = _mentor(request, conversation_id)
    return _share(request, mentor) if queries.has_marks(request) else redirect("walkthroughs")


def _mentor(request: SignedInRequest, conversation_id: int) -> Mentor:
    """One of the owner's own mentors; anybody else is not found."""
    for mentor in mentors_of(request.user.pk):
        if mentor.conversation_id == conversation_id:
            return mentor
    raise Http404


@needs_open_vault
def _share(request: SignedInRequest, mentor: Mentor | None) -> HttpResponse:
    if said := actions.seal_waiting_marks(request):
        messages.success(request, said)
    mentors = [one for one in mentors_of(request.user.pk) if one.conversation_id is not None]
    if mentor is None and len(mentors) > 1:
        tasks = [Task(one.name, f"{request.path}{one.conversation_id}/") for one in mentors]
        whom = {"title": _("With whom do you want to share?"), "tasks": tasks}
        return render(request, "walkthroughs/walkthroughs_share_whom.html", whom)
    mentor = mentor or (mentors[0] if mentors else None)
    sheet = queries.own_mark_sheet(request)
    since = queries.marks_shared_since(mentor.conversation_id) if mentor else None
    held = presenters.names_held(sheet, mentor, since)
    choices = presenters.choices_to_share(sheet)
    form = ShareMarksForm(sent(request), choices=choices, initial={"names": held, **initial_for(request)})
    if request.method == "POST" and form.is_valid():
        try:
            return _after_choosing(request, sheet, form.chosen, mentor)
        except Refused as refusal:
            form.add_error("names", str(refusal))
        except NotShared:
            form.add_error("names", _("This cannot be sealed for the two of you yet. Nothing was shared."))
    context = {
        "title": _("Show %(name)s what you did") % {"name": mentor.name} if mentor else _("Show your mentor"),
        "form": form,
        "mentor": mentor,
        "since": since,
        "held": presenters.names_in_words(held),
        "parts": presenters.walkthroughs_to_take_back(held),
        "can_share": bool(choices),
    }
    return render(request, "walkthroughs/walkthroughs_share.html", context)


def _after_choosing(
    request: SignedInRequest, sheet: MarkSheet, names: list[str], mentor: Mentor | None
) -> HttpResponse:
    """First the preview, exactly as it will be read; then, on a second tap, it is done."""
    sections = presenters.chosen_sections(sheet, names)
    rules.check_can_share(names, [one.id for one in sections])
    if request.POST.get("does") != "share":
        context = {
            "title": _("This is what %(name)s will see") % {"name": mentor.name}
            if mentor
            else _("This is what your mentor will see"),
            "mentor": mentor,
            "sections": sections,
            "names": names,
        }
        return render(request, "walkthroughs/walkthroughs_share_preview.html", context)
    vault = opened(request)
    if mentor is None or mentor.conversation_id is None:
        actions.wish_to_share_marks(by=request.user, vault=vault, names=names)
        said = _("Kept for later. Nobody else can read it yet: it is given to your mentor once you have one.")
        messages.success(request, said)
    else:
        actions.share_marks(by=request.user, vault=vault, conversation_id=mentor.conversation_id, names=names)
        messages.success(request, _("Given to %(name)s, who can read it now.") % {"name": mentor.name})
    return redirect(request.path)


@open_to_those_concerned
@require_POST
def walkthroughs_take_back(request: SignedInRequest, conversation_id: int) -> HttpResponse:
    return _take_back(request, _mentor(request, conversation_id), conversation_id)


@needs_open_vault
def _take_back(request: SignedInRequest, mentor: Mentor, conversation_id: int) -> HttpResponse:
    names = [one for one in request.POST.getlist("walkthrough") if one]
    actions.take_marks_back(by=request.user, vault=opened(request), conversation_id=conversation_id, names=names)
    said = _("Taken back: the copy is deleted. %(name)s may have read it before.")
    messages.success(request, said % {"name": mentor.name})
    return redirect("walkthroughs_share")


@open_to_those_concerned
@require_POST
def walkthroughs_wish_drop(request: SignedInRequest) -> HttpResponse:
    """The wish is taken back before anything was shared."""
    return _drop_wish(request) if queries.has_marks(request) else redirect("walkthroughs")


@needs_open_vault
def _drop_wish(request: SignedInRequest) -> HttpResponse:
    actions.wish_to_share_marks(by=request.user, vault=opened(request), names=())
    messages.success(request, _("Taken back. Nothing had been shared."))
    return redirect("walkthroughs_share")
