"""Pages to get ready as a mentor, and the mentors' circle."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.people.queries import me
from handrail.capabilities.schemes.preparation import actions, presenters, queries
from handrail.capabilities.schemes.preparation.forms import PostForm, ScenarioForm
from handrail.capabilities.schemes.preparation.scenarios import minutes_in_all, parts
from handrail.design.forms import sent
from handrail.foundation.access.guards import open_to_signed_in, open_to_those_concerned
from handrail.foundation.access.refusal import Refused


@open_to_signed_in
def preparation(request: SignedInRequest) -> HttpResponse:
    """What there is to get ready with, and where one stopped."""
    row = queries.preparation_of(me(request))
    context = {
        "title": _("Get ready as a mentor"),
        "row": row,
        "steps": presenters.steps_of(row),
        "next": presenters.next_part(row),
        "minutes": minutes_in_all(),
    }
    return render(request, "preparation/preparation.html", context)


@open_to_signed_in
def preparation_part(request: SignedInRequest, part_id: str) -> HttpResponse:
    """A text, a moment, something to choose; then what each choice leads to. The choice is kept nowhere."""
    part = next((one for one in parts() if one.id == part_id), None)
    if part is None:
        raise Http404
    person = me(request)
    form = ScenarioForm(sent(request), part=part)
    chosen = None
    if request.method == "POST" and form.is_valid():
        chosen = part.choices[int(form.cleaned_data["choice"])]
        actions.finish_part(by=request.user, person=person, number=part.number)
    context = {
        "title": part.title,
        "part": part,
        "html": SafeString(part.html),  # cleaned when it was read
        "form": form,
        "chosen": chosen,
        "others": [one for one in part.choices if one is not chosen],
        "following": presenters.part_after(part),
        "of": len(parts()),
    }
    return render(request, "preparation/preparation_part.html", context)


@open_to_those_concerned
def mentors_circle(request: SignedInRequest) -> HttpResponse:
    """What mentors tell one another about the craft."""
    reader = queries.reader(request)
    form = PostForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_post(by=request.user, reader=reader, text=form.cleaned_data["text"])
            return redirect("mentors_circle")
        except Refused as refusal:
            form.add_error("text", str(refusal))
    context = {
        "title": _("The mentors’ circle"),
        "reader": reader,
        "form": form,
        "posts": presenters.posts_shown(queries.posts_for(reader), reader),
    }
    return render(request, "preparation/mentors_circle.html", context)


@open_to_those_concerned
@require_POST
def craft_post(request: SignedInRequest, post_id: int, does: str) -> HttpResponse:
    """Hide a post that is about a person; show it again; take it away."""
    reader = queries.reader(request)
    post = queries.post_for(reader, post_id)
    try:
        if does == "hide":
            actions.hide_post(by=request.user, post=post)
            messages.success(request, _("It is hidden. Nobody is told who found so."))
        elif does == "show":
            actions.show_post(by=request.user, reader=reader, post=post)
        elif does == "delete":
            actions.delete_post(by=request.user, reader=reader, post=post)
            messages.success(request, _("Taken away."))
        else:
            raise Http404
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("mentors_circle")
