"""Pages of stories: what was told, and telling one's own, previewed first."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.pairings.stories import actions, queries
from handrail.capabilities.pairings.stories.forms import NAMED, UNNAMED, StoryForm
from handrail.design.forms import sent
from handrail.foundation.access.guards import open_to_those_concerned


@open_to_those_concerned
def stories(request: SignedInRequest) -> HttpResponse:
    """What leaders chose to tell; in a small scheme there are no figures about people beside it."""
    reader = queries.reader(request)
    context = {
        "title": _("What leaders tell"),
        "reader": reader,
        "stories": queries.approved_stories(reader.scheme),
        "own": queries.own_story(reader) if reader.leads else None,
    }
    return render(request, "stories/stories.html", context)


@open_to_those_concerned
def story(request: SignedInRequest) -> HttpResponse:
    """A leader's own: written, shown as others would read it, and only then told."""
    reader = queries.reader(request)
    if not reader.leads:
        raise Http404
    own = queries.own_story(reader)
    initial = {"text": own.text, "named": NAMED if own.named else UNNAMED} if own else {}
    form = StoryForm(sent(request), initial=initial)
    preview = None
    if request.method == "POST" and form.is_valid() and request.POST.get("does") != "change":
        text, named = form.cleaned_data["text"], form.cleaned_data["named"] == NAMED
        if request.POST.get("does") == "tell":
            actions.tell_story(by=request.user, reader=reader, text=text, named=named, approved=True)
            messages.success(request, _("Told. You can change it or take it back."))
            return redirect("stories")
        preview = {
            "text": text,
            "by": reader.person.name if named else _("A leader here"),
            "named": request.POST["named"],
        }
    context = {
        "title": _("This is what others will read") if preview else _("Tell your story"),
        "form": form,
        "preview": preview,
        "own": own,
    }
    return render(request, "stories/story.html", context)


@open_to_those_concerned
@require_POST
def story_take_back(request: SignedInRequest) -> HttpResponse:
    actions.take_story_back(by=request.user, reader=queries.reader(request))
    messages.success(request, _("Taken back and deleted. Somebody may have read it before."))
    return redirect("stories")
