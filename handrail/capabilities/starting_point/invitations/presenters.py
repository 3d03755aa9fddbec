"""Invitations in words. There are two states and no third."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from handrail.capabilities.starting_point import rules
from handrail.capabilities.starting_point.invitations import emails
from handrail.capabilities.starting_point.models import Invitation
from handrail.design.addresses import address_of_each
from handrail.design.parts import Row, Text
from handrail.foundation.languages import in_language_of

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account
    from handrail.capabilities.people.models import Person

HEADERS = [lazy("Who"), lazy("As"), lazy("Asked by"), lazy("How far")]
SIDES = {Invitation.Side.LEADER: lazy("Leader"), Invitation.Side.MENTOR: lazy("Mentor")}


def state_in_words(invitation: Invitation) -> str:
    return _("Started") if invitation.started else _("Invited")


def invitation_rows(invitations: Iterable[Invitation]) -> list[tuple[str, ...]]:
    address, sides = address_of_each("invitation"), {side: str(text) for side, text in SIDES.items()}
    return [
        (
            format_html('<a href="{}">{}</a>', address(one.pk), one.person.name),
            sides[Invitation.Side(one.side)],
            one.asked_by.name if one.asked_by else "–",
            state_in_words(one),
        )
        for one in invitations
    ]


def invitation_details(invitation: Invitation, finding_words: list[str]) -> list[Row]:
    rows = [
        Row(_("How far"), state_in_words(invitation)),
        Row(_("Asked by"), invitation.asked_by.name if invitation.asked_by else "–"),
        Row(_("Asked on"), date_format(timezone.localtime(invitation.invited_at), "j F Y")),
        Row(_("What they read"), invitation.words),
    ]
    if finding_words:
        rows.append(Row(_("Their words for finding a mentor"), ", ".join(finding_words)))
    return rows


def text_again(invitation: Invitation, by: Account) -> str:
    """The message as it went out, to be copied and sent by hand."""
    if invitation.asked_by is None:
        return ""
    with in_language_of(invitation.person.account, __name__):
        return emails.text_for(
            name=invitation.person.name,
            words=invitation.words,
            asker=invitation.asked_by,
            by=by,
            side=invitation.side,
        )


def reminder_preview(waiting: list[Invitation], side: str) -> str:
    """As the first of them reads it."""
    for one in waiting:
        if one.asked_by is not None:
            last = one.reminders + 1 >= rules.MOST_REMINDERS
            return emails.reminder_for(name=one.person.name, asker=one.asked_by, side=side, last=last)
    return ""


def people_choices(people: Iterable[Person]) -> list[tuple[str, Text]]:
    return [(str(one.pk), " · ".join(filter(None, (one.name, one.job_title, one.unit)))) for one in people]


def asker_choices(people: Iterable[Person]) -> list[tuple[str, Text]]:
    return [(str(one.pk), f"{one.name}, {one.job_title}" if one.job_title else one.name) for one in people]


def without_address(people: Iterable[Person]) -> list[str]:
    """Who cannot be written to and wants a letter."""
    return [one.name for one in people if not one.email and not (one.account and one.account.email)]


def short_address() -> str:
    """What is typed from a letter."""
    return (settings.BASE_URL + reverse("start")).removeprefix("https://").removeprefix("http://")
