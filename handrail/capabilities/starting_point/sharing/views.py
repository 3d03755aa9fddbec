"""Pages to share, part by part, to take it back, and to make words ordinary."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.people.queries import me
from handrail.capabilities.starting_point import queries, rules
from handrail.capabilities.starting_point.queries import Mentor
from handrail.capabilities.starting_point.sharing import actions, presenters
from handrail.capabilities.starting_point.sharing.forms import LinesForm, ShareForm, WordsForm
from handrail.capabilities.starting_point.sheet import Sheet
from handrail.capabilities.starting_point.steps import step_pack
from handrail.design.forms import sent
from handrail.design.parts import Task
from handrail.foundation.access.guards import open_to_signed_in, open_to_those_concerned
from handrail.foundation.access.refusal import Refused
from handrail.foundation.vault.carried import fills_itself, initial_for
from handrail.foundation.vault.faults import NotShared
from handrail.foundation.vault.texts import needs_open_vault


@open_to_those_concerned
@fills_itself
def starting_point_share(request: SignedInRequest) -> HttpResponse:
    """With the only mentor there is; a choice where there are several; a wish where there is none yet."""
    return _share(request, None) if queries.has_begun(request) else redirect("starting_point")


@open_to_those_concerned
@fills_itself
def starting_point_share_with(request: SignedInRequest, conversation_id: int) -> HttpResponse:
    return _share(request, _mentor(request, conversation_id))


def _mentor(request: SignedInRequest, conversation_id: int) -> Mentor:
    """One of the owner's own mentors; anybody else is not found."""
    for mentor in queries.mentors_of(request.user.pk):
        if mentor.conversation_id == conversation_id:
            return mentor
    raise Http404


@needs_open_vault
def _share(request: SignedInRequest, mentor: Mentor | None) -> HttpResponse:
    if said := actions.seal_waiting(request):
        messages.success(request, said)
    mentors = [one for one in queries.mentors_of(request.user.pk) if one.conversation_id is not None]
    if mentor is None and len(mentors) > 1:
        return _choose_mentor(request, mentors)
    mentor = mentor or (mentors[0] if mentors else None)
    sheet = queries.own_sheet(request)
    day = queries.shared_since(mentor.conversation_id) if mentor else None
    held = presenters.names_held(sheet, mentor, day)
    choices = presenters.choices_to_share(sheet, step_pack()) if rules.says_enough(sheet) else []
    form = ShareForm(
        sent(request), choices=choices, initial={"sections": held, "confidence": held, **initial_for(request)}
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _after_choosing(request, sheet, form.names, mentor)
        except Refused as refusal:
            form.add_error("sections", str(refusal))
        except NotShared:
            form.add_error("sections", _("This cannot be sealed for the two of you yet. Nothing was shared."))
    context = {
        "title": _("Share with %(name)s") % {"name": mentor.name} if mentor else _("What a mentor may see"),
        "form": form,
        "mentor": mentor,
        "since": day,
        "held": presenters.headings_of(held),
        "parts": presenters.parts_to_take_back(held),
        "can_share": bool(choices),
    }
    return render(request, "starting_point/sharing/starting_point_share.html", context)


def _after_choosing(request: SignedInRequest, sheet: Sheet, names: list[str], mentor: Mentor | None) -> HttpResponse:
    """First the preview, exactly as it will be read, each line with a tick; then, on a second tap, it is done."""
    rules.check_can_share(sheet, names)
    vault, does = queries.opened(request), request.POST.get("does")
    parts = presenters.chosen_sections(sheet, step_pack(), queries.since_then(vault), names)
    form = LinesForm(request.POST if does == "share" else None, parts=parts, left_out=sheet.left_out)
    if does != "share" or not form.is_valid():
        context = {
            "title": _("This is what %(name)s will see") % {"name": mentor.name}
            if mentor
            else _("This is what a mentor will see"),
            "mentor": mentor,
            "form": form,
            "chosen": [("confidence" if name in rules.IN_CONFIDENCE else "sections", name) for name in names],
        }
        return render(request, "starting_point/sharing/starting_point_share_preview.html", context)
    lines = {line for part in parts for line in part.lines}
    left_out = (sheet.left_out - lines) | (lines - form.kept)
    if mentor is None or mentor.conversation_id is None:
        actions.wish_to_share(by=request.user, vault=vault, names=names, left_out=left_out)
        said = _("Kept for later. Nobody else can read it yet: it is given to your mentor once you have one.")
        messages.success(request, said)
    else:
        actions.share_sections(
            by=request.user, vault=vault, conversation_id=mentor.conversation_id, names=names, left_out=left_out
        )
        messages.success(request, _("Given to %(name)s, who can read it now.") % {"name": mentor.name})
    return redirect(request.path)


def _choose_mentor(request: SignedInRequest, mentors: list[Mentor]) -> HttpResponse:
    tasks = [Task(one.name, f"{request.path}{one.conversation_id}/") for one in mentors]
    context = {"title": _("With whom do you want to share?"), "tasks": tasks}
    return render(request, "starting_point/sharing/starting_point_share_whom.html", context)


@open_to_those_concerned
@require_POST
def starting_point_take_back(request: SignedInRequest, conversation_id: int) -> HttpResponse:
    mentor = _mentor(request, conversation_id)
    return _take_back(request, mentor)


@needs_open_vault
def _take_back(request: SignedInRequest, mentor: Mentor) -> HttpResponse:
    if mentor.conversation_id is not None:
        actions.take_back(
            by=request.user,
            vault=queries.opened(request),
            conversation_id=mentor.conversation_id,
            names=[one for one in request.POST.getlist("section") if one] or rules.SECTIONS,
        )
    said = _("Taken back: the copy is deleted. %(name)s may have read it before.")
    messages.success(request, said % {"name": mentor.name})
    return redirect("starting_point_share")


@open_to_those_concerned
@require_POST
def starting_point_wish_drop(request: SignedInRequest) -> HttpResponse:
    """The wish is taken back before anything was shared."""
    return _drop_wish(request) if queries.has_begun(request) else redirect("starting_point")


@needs_open_vault
def _drop_wish(request: SignedInRequest) -> HttpResponse:
    actions.wish_to_share(by=request.user, vault=queries.opened(request), names=())
    messages.success(request, _("Taken back. Nothing had been shared."))
    return redirect("starting_point_share")


@open_to_those_concerned
@fills_itself
def starting_point_words(request: SignedInRequest) -> HttpResponse:
    """At most three words, previewed, made ordinary, and removable."""
    return _words(request) if queries.has_begun(request) else redirect("starting_point")


@needs_open_vault
def _words(request: SignedInRequest) -> HttpResponse:
    person = me(request)
    held = queries.words_of(person)
    suggested = presenters.words_to_find_by(queries.own_sheet(request))
    offered = list(dict.fromkeys([*held, *suggested]))
    form = WordsForm(sent(request), words=offered, initial={"chosen": held, **initial_for(request)})
    if request.method == "POST" and form.is_valid():
        if request.POST.get("does") != "write":
            context = {
                "title": _("This is what they will read"),
                "name": person.name,
                "line": presenters.words_in_a_line(form.words),
                "chosen": form.cleaned_data.get("chosen") or [],
                "own": form.cleaned_data.get("own") or "",
            }
            return render(request, "starting_point/sharing/starting_point_words_preview.html", context)
        actions.write_words(by=request.user, person=person, words=form.words)
        messages.success(request, _("Written. Remove any of them here whenever you like."))
        return redirect("starting_point_words")
    context = {"title": _("Use this to find my mentor"), "form": form, "held": presenters.words_to_remove(held)}
    return render(request, "starting_point/sharing/starting_point_words.html", context)


@open_to_signed_in
@require_POST
def starting_point_word_remove(request: SignedInRequest) -> HttpResponse:
    actions.remove_word(by=request.user, person=me(request), word=request.POST.get("word", "")[: rules.LONGEST_WORD])
    messages.success(request, _("Removed. It may have been read before."))
    return redirect("starting_point_words")
