"""Messages about people's roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from handrail.capabilities.people.models import Person
from handrail.foundation.languages import in_language_of
from handrail.foundation.mail.actions import queue_message

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account


def tell_coordinator(*, by: Account, coordinator: Person) -> None:
    with in_language_of(coordinator.account, __name__):
        queue_message(
            kind="role",
            organisation_id=coordinator.organisation_id,
            recipient=coordinator.account,
            to_address=coordinator.email,
            to_name=coordinator.name,
            subject=_("You coordinate mentoring at %(organisation)s") % {"organisation": coordinator.organisation.name},
            text=_(
                "Dear %(name)s,\n\n%(by)s set up Handrail for %(organisation)s and named you its coordinator.\n\n"
                "Sign in with this address: %(link)s\n\nYou will get a code by e-mail; there is no password."
            )
            % {
                "name": coordinator.name,
                "by": by.name,
                "organisation": coordinator.organisation.name,
                "link": settings.BASE_URL,
            },
        )
