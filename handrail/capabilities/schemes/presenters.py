"""Schemes in words."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.capabilities.schemes.models import Scheme
from handrail.capabilities.schemes.set_up.models import Outcome
from handrail.capabilities.schemes.set_up.presenters import STATES
from handrail.design.parts import Task


def outcomes_at_the_end(scheme: Scheme, outcomes: Iterable[Outcome]) -> list[Task]:
    """What came of each, or that nobody has said yet."""
    return [
        Task(
            one.name,
            reverse("scheme_outcome", args=[scheme.pk, one.pk]),
            status=STATES[one.state] if one.state != Outcome.State.RUNNING else _("Not looked at yet"),
            done=one.state == Outcome.State.REACHED,
            hint=one.said,
        )
        for one in outcomes
    ]


def schemes_to_choose(schemes: Iterable[Scheme]) -> list[Task]:
    """Every running scheme and whom it spans; each leads to changing that."""
    return [
        Task(
            f"{scheme.name} ({scheme.organisation.name})",
            reverse("scheme_spans", args=[scheme.pk]),
            hint=_("Spans %(names)s") % {"names": ", ".join(one.name for one in scheme.spans.all())}
            if scheme.spans.all()
            else _("Only its own people"),
        )
        for scheme in schemes
    ]
