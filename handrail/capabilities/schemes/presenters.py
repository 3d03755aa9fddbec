"""Schemes in words."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.capabilities.schemes.models import Scheme
from handrail.design.parts import Task


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
