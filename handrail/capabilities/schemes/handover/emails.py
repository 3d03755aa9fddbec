"""Messages to a colleague who takes over, or covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from handrail.design.dates import date_in_words
from handrail.foundation.languages import in_language_of
from handrail.foundation.mail.actions import queue_message

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Person
    from handrail.capabilities.schemes.handover.models import Cover


def tell_handed_over(person: Person, colleague: Person) -> None:
    with in_language_of(colleague.account, __name__):
        words = _("%(name)s has handed the mentoring scheme over to you. From now on you coordinate it.")
        _tell(colleague, _("You coordinate mentoring from now on"), words % {"name": person.name})


def tell_covering(cover: Cover) -> None:
    with in_language_of(cover.colleague.account, __name__):
        words = _("From %(first)s to %(last)s you coordinate the mentoring scheme in the place of %(name)s.") % {
            "first": date_in_words(cover.from_on),
            "last": date_in_words(cover.until_on),
            "name": cover.person.name,
        }
        _tell(cover.colleague, _("You cover for %(name)s") % {"name": cover.person.name}, words)


def _tell(colleague: Person, subject: str, words: str) -> None:
    account = colleague.account
    queue_message(
        kind="role",
        organisation_id=colleague.organisation_id,
        recipient=account,
        to_address=(account.email if account else "") or colleague.email,
        to_name=colleague.name,
        subject=subject,
        text=_(
            "Dear %(name)s,\n\n%(words)s\n\nYou see who is paired and how far it is, and nothing of what passes "
            "between two people. Sign in with this address: %(link)s"
        )
        % {"name": colleague.name, "words": words, "link": settings.BASE_URL},
    )
