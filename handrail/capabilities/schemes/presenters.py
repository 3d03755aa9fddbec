"""Schemes in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.capabilities.schemes.models import Scheme
from handrail.design.parts import Row, Task

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Person


def trust_rows(contact: Person | None) -> list[Row]:
    """What people can rely on in this scheme besides the two of them, on the coordinator's page."""
    named = contact.name if contact else _("Nobody yet: pairs have nobody outside to turn to")
    return [
        Row(_("Safeguarding contact"), named, _("Change") if contact else _("Name"), reverse("scheme_contact")),
        Row(_("Recovery by custodians"), _("Off unless you turn it on"), _("See"), reverse("custody")),
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
