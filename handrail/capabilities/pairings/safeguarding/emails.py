"""Messages to the safeguarding contact. The one about a report says nothing: others may see that it was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.foundation.languages import in_language_of
from handrail.foundation.mail.actions import queue_message

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Person
    from handrail.capabilities.schemes.models import Scheme


def _write(contact: Person, subject: str, text: str, *, kind: str, organisation_id: int | None) -> None:
    account = contact.account
    queue_message(
        kind=kind,
        organisation_id=organisation_id,
        recipient=account,
        to_address=(account.email if account else "") or contact.email,
        to_name=contact.name,
        subject=subject,
        text=text,
    )


def ask_contact(scheme: Scheme, contact: Person) -> None:
    with in_language_of(contact.account, __name__):
        text = _(
            "Dear %(name)s,\n\nLeaders and mentors in “%(scheme)s” can turn to you when something must not stay "
            "between two people. They see your name and this address.\n\nThey can also show you notes that nobody "
            "else can read. For that, please sign in once and open your page: %(link)s\n\nIf this surprises you, tell "
            "the coordinator."
        ) % {"name": contact.name, "scheme": scheme.name, "link": settings.BASE_URL + reverse("reports")}
        subject = _("People can turn to you")
        _write(contact, subject, text, kind="role", organisation_id=contact.organisation_id)


def tell_contact(contact: Person) -> None:
    """Of no organisation, so that it is not among the messages that a coordinator sees."""
    with in_language_of(contact.account, __name__):
        text = _("Dear %(name)s,\n\nThere is something for you to read. Please sign in: %(link)s") % {
            "name": contact.name,
            "link": settings.BASE_URL,
        }
        _write(contact, _("Something for you to read"), text, kind="notice", organisation_id=None)
