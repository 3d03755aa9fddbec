"""The one mail to a mentor's manager, and what the mentor reads of the answer. Hours; never whom they meet or why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handrail.foundation.languages import in_language_of
from handrail.foundation.mail.actions import queue_message

if TYPE_CHECKING:
    from handrail.capabilities.schemes.sign_up.models import TimeAgreement


def hours_in_words(hours: int) -> str:
    return ngettext("about one hour a month", "about %(hours)d hours a month", hours) % {"hours": hours}


def ask_manager(agreement: TimeAgreement, token: str) -> str:
    """Ask by mail; the words that went, for whoever has to pass them on by hand."""
    person = agreement.sign_up.person
    with in_language_of(None, __name__):
        said = {
            "manager": agreement.manager_name,
            "name": person.name,
            "scheme": agreement.sign_up.scheme.name,
            "organisation": person.organisation.name,
            "hours": hours_in_words(agreement.hours),
            "link": settings.BASE_URL + reverse("mentor_time", args=[token]),
        }
        message = queue_message(
            kind="time",
            organisation_id=person.organisation_id,
            to_address=agreement.manager_address,
            to_name=agreement.manager_name,
            subject=_("%(name)s would like to give some time") % said,
            text=_(
                "Dear %(manager)s,\n\n%(name)s has offered to be a mentor in “%(scheme)s” at %(organisation)s. It "
                "takes %(hours)s of working time, at times that suit the work. Is that all right with you?\n\n"
                "Answer here: %(link)s\n\nOpening the page answers nothing; you tap yes or no on it. This is all you "
                "are asked, and all you are told: whom %(name)s meets, and what about, stays between the two."
            )
            % said,
        )
        return message.text


def tell_answered(agreement: TimeAgreement) -> None:
    person = agreement.sign_up.person
    account = person.account
    with in_language_of(account, __name__):
        said = {"manager": agreement.manager_name, "hours": hours_in_words(agreement.hours)}
        if agreement.state == agreement.State.AGREED:
            subject = _("Your time is agreed")
            words = _("%(manager)s agrees to your time as a mentor: %(hours)s. You are ready to be paired.")
        else:
            subject = _("About your time as a mentor")
            words = _(
                "%(manager)s would like to speak with you before you give time as a mentor. Nothing is decided yet."
            )
        queue_message(
            kind="time",
            recipient=account,
            to_address=(account.email if account else "") or person.email,
            to_name=person.name,
            subject=subject,
            text=_("Dear %(name)s,\n\n%(words)s\n\nYour sign-up: %(link)s")
            % {"name": person.name, "words": words % said, "link": settings.BASE_URL + reverse("sign_up")},
        )
