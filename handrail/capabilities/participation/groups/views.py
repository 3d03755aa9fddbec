"""Groups: coordinators name and close waves; sponsors and team leaders see what was released, and nothing else."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.participation import rules
from handrail.capabilities.participation.groups import actions, presenters, queries
from handrail.capabilities.participation.groups.forms import WaveForm
from handrail.capabilities.people.queries import me, organisation_of
from handrail.design.forms import sent
from handrail.foundation import clock
from handrail.foundation.access.guards import open_to_coordinators, open_to_sponsors, open_to_those_concerned
from handrail.foundation.access.refusal import Refused

SCANNED = 6  # groups that can be taken in one below the other


@open_to_coordinators
@require_safe
def waves(request: SignedInRequest) -> HttpResponse:
    rows = presenters.wave_rows(queries.waves_of(organisation_of(request)), clock.today())
    return render(request, "participation/groups/waves.html", {"title": _("Waves"), "rows": rows})


@open_to_coordinators
def wave_new(request: SignedInRequest) -> HttpResponse:
    form = WaveForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            wave = actions.begin_wave(by=request.user, organisation=organisation_of(request), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("wave", wave.pk)
    return render(request, "participation/groups/wave_new.html", {"title": _("Name a wave"), "form": form})


@open_to_coordinators
@require_safe
def wave(request: SignedInRequest, wave_id: int) -> HttpResponse:
    found = queries.wave_in(organisation_of(request), wave_id)
    released = queries.release_of(found)
    context = {
        "title": found.name,
        "wave": found,
        "days": presenters.days_of(found),
        "released": released,
        "may_close": rules.can_close(found, clock.today()),
        **(_shown(released.content) if released else {}),
    }
    return render(request, "participation/groups/wave.html", context)


@open_to_coordinators
@require_POST
def wave_close(request: SignedInRequest, wave_id: int) -> HttpResponse:
    found = queries.wave_in(organisation_of(request), wave_id)
    try:
        actions.close_wave(by=request.user, wave=found)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("wave", found.pk)


@open_to_sponsors
@require_safe
def releases(request: SignedInRequest) -> HttpResponse:
    rows = presenters.release_rows(queries.releases_of(organisation_of(request)))
    return render(request, "participation/groups/releases.html", {"title": _("Figures about groups"), "rows": rows})


@open_to_sponsors
@require_safe
def release(request: SignedInRequest, wave_id: int) -> HttpResponse:
    found = queries.release_in(organisation_of(request), wave_id)
    context = {"title": found.wave.name, "days": presenters.days_of(found.wave), **_shown(found.content)}
    return render(request, "participation/groups/release.html", context)


@open_to_those_concerned
@require_safe
def team_conversations(request: SignedInRequest) -> HttpResponse:
    """For whoever leads a team: the group it stands in, of the newest release."""
    person, leads = me(request), queries.leads_a_team(request)
    newest = next(iter(queries.releases_of(person.organisation)), None) if leads else None
    context: dict[str, object] = {"title": _("Your team’s conversations"), "newest": newest, "leads": leads}
    if newest is not None:
        context |= {"name": newest.wave.name, "days": presenters.days_of(newest.wave)}
        context |= _shown(newest.content, person.unit)
    return render(request, "participation/groups/team_conversations.html", context)


def _shown(content: dict[str, Any], unit: str | None = None) -> dict[str, object]:
    shown = presenters.tables(content, unit)
    return {
        "few": content["few"],
        "counted": any(unit in group["names"] for group in content["groups"]),
        "headers": presenters.headers(),
        "tables": shown,
        "many": len(shown) > SCANNED,
        "untold": presenters.something_untold(shown),
        "careful": presenters.careful(shown),
        "unmeasured": content.get("unmeasured", []),
    }
