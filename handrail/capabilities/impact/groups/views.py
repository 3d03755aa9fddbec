"""Effects of groups: coordinators have them released; sponsors see what was released, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from handrail.capabilities.accounts.requests import SignedInRequest
from handrail.capabilities.impact import rules
from handrail.capabilities.impact.groups import actions, files, presenters, queries
from handrail.capabilities.people.queries import organisation_of
from handrail.foundation.access.guards import open_to_coordinators, open_to_sponsors
from handrail.foundation.access.refusal import Refused

if TYPE_CHECKING:
    from handrail.capabilities.impact.models import Effects


@open_to_coordinators
@require_safe
def effects_waves(request: SignedInRequest) -> HttpResponse:
    rows = presenters.wave_rows(queries.closed_waves(organisation_of(request)))
    return render(request, "impact/groups/effects_waves.html", {"title": _("Did it change anything?"), "rows": rows})


@open_to_coordinators
@require_safe
def effects(request: SignedInRequest, wave_id: int) -> HttpResponse:
    found = queries.wave_effects(organisation_of(request), wave_id)
    context = {
        "title": _("Did it change anything?"),
        "wave": found.wave,
        "days": presenters.days_of(found.wave),
        "effects": found.effects,
        "may_release": rules.can_release(found.wave, found.effects),
    }
    if found.effects is not None and found.effects.released_at is not None:
        context |= _shown(found.effects) | {"file_address": "effects_file"}
    return render(request, "impact/groups/effects.html", context)


@open_to_coordinators
@require_safe
def effects_progress(request: SignedInRequest, wave_id: int) -> HttpResponse:
    """The bar alone, asked for again and again; when there is something else to see, the page is loaded anew."""
    found = queries.wave_effects(organisation_of(request), wave_id)
    context = {"wave": found.wave, "effects": found.effects}
    response = render(request, "impact/groups/effects_progress.html", context)
    if found.effects is None or found.effects.released_at is not None:
        response.headers["HX-Refresh"] = "true"
    return response


@open_to_coordinators
@require_POST
def effects_release(request: SignedInRequest, wave_id: int) -> HttpResponse:
    found = queries.wave_effects(organisation_of(request), wave_id)
    try:
        actions.release_effects(by=request.user, wave=found.wave)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("effects", found.wave.pk)


@open_to_coordinators
@require_safe
def effects_file(request: SignedInRequest, wave_id: int, file_kind: str) -> HttpResponse:
    return _file(queries.released_in(organisation_of(request), wave_id), file_kind)


@open_to_sponsors
@require_safe
def effects_released_list(request: SignedInRequest) -> HttpResponse:
    rows = presenters.release_rows(queries.released_effects(organisation_of(request)))
    context = {"title": _("Did it change anything?"), "rows": rows}
    return render(request, "impact/groups/effects_released_list.html", context)


@open_to_sponsors
@require_safe
def effects_released(request: SignedInRequest, wave_id: int) -> HttpResponse:
    found = queries.released_in(organisation_of(request), wave_id)
    context = {"title": _("Did it change anything?"), "wave": found.wave}
    context |= {"days": presenters.days_of(found.wave), "file_address": "effects_released_file"} | _shown(found)
    return render(request, "impact/groups/effects_released.html", context)


@open_to_sponsors
@require_safe
def effects_released_file(request: SignedInRequest, wave_id: int, file_kind: str) -> HttpResponse:
    return _file(queries.released_in(organisation_of(request), wave_id), file_kind)


def _shown(found: Effects) -> dict[str, object]:
    measured = presenters.measured(found.content)
    return {
        "few": found.content["few"],
        "lead": presenters.lead(found.content),
        "first": measured[0] if measured else None,
        "others": measured[1:],
        "over_time": presenters.first_over_time(found.content),
        "courses": presenters.course_table(found.content, presenters.order_of(found.content)[0]),
        "among_many": presenters.among_many(found.content),
        "plan": presenters.plan_lines(found.content),
        "meaning": presenters.meaning(),
        "how": presenters.how_worked_out(found.content),
    }


def _file(found: Effects, kind: str) -> HttpResponse:
    if kind not in files.KINDS:
        raise Http404
    answer = HttpResponse(
        _page(found) if kind == "html" else files.WRITERS[kind](found), content_type=files.KINDS[kind]
    )
    answer["Content-Disposition"] = f'attachment; filename="did-it-change-anything-{found.wave.ends_on}.{kind}"'
    return answer


def _page(found: Effects) -> str:
    """The whole page in one file, with its styles: to print, or to send on."""
    folder = Path(dict(settings.STATICFILES_DIRS)["handrail"])
    context = {
        "title": _("Did it change anything? By the end of %(wave)s") % {"wave": found.wave.name},
        "days": presenters.days_of(found.wave),
        "styles": SafeString((folder / "handrail.css").read_text(encoding="utf-8")),
        **_shown(found),
    }
    return render_to_string("impact/groups/report.html", context)
