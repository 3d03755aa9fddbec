"""Messages about proposals: names and a link, never a fit or a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.foundation.languages import in_language_of
from handrail.foundation.mail.actions import queue_message

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account
    from handrail.capabilities.pairings.proposals.models import Choice
    from handrail.capabilities.schemes.matching_runs.models import Run


def ask_to_choose(choice: Choice) -> None:
    """The leader is asked to choose, with the same words as everybody."""
    leader, asking = choice.leader, choice.asking
    asker = asking.asked_by.name if asking.asked_by else asking.run.scheme.organisation.name
    said = {
        "name": leader.name,
        "words": asking.words,
        "link": settings.BASE_URL + reverse("mentor_choice", args=[choice.pk]),
        "asker": asker,
    }
    with in_language_of(leader.account, __name__):
        text = _(
            "Dear %(name)s,\n\n%(words)s\n\nThree mentors would fit what you asked for. Choose one of them here, in "
            "a minute: %(link)s\n\nOpening the link chooses nothing.\n\n%(asker)s"
        )
        queue_message(
            kind="asked",
            organisation_id=leader.organisation_id,
            recipient=leader.account,
            to_address=(leader.account.email if leader.account else "") or leader.email,
            to_name=leader.name,
            subject=_("%(asker)s asks you something") % said,
            text=text % said,
        )


def ask_to_check(run: Run, by: Account, colleague: Account) -> None:
    said = {
        "name": colleague.name,
        "by": by.name,
        "scheme": run.scheme.name,
        "link": settings.BASE_URL + reverse("matching_run", args=[run.pk]),
    }
    with in_language_of(colleague, __name__):
        text = _(
            "Dear %(name)s,\n\n%(by)s asks you to look at the pairs proposed for “%(scheme)s” before anybody is "
            "asked: %(link)s"
        )
        queue_message(
            kind="role",
            organisation_id=run.scheme.organisation_id,
            recipient=colleague,
            to_address=colleague.email or "",
            to_name=colleague.name,
            subject=_("Would you look at a proposal?"),
            text=text % said,
        )
