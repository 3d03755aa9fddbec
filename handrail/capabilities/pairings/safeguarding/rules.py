"""Who may be named, what a coordinator should know before naming them, and what may be reported."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from handrail.foundation.access.refusal import Refused

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Person
    from handrail.capabilities.people.rules import Line

MOST_NOTES = 40  # in one report


class Concern(StrEnum):
    """Why somebody may not be free to listen."""

    COORDINATOR = "coordinator"
    SPONSOR = "sponsor"
    ADMINISTRATOR = "administrator"
    IN_A_PAIR = "in a pair"
    ABOVE = "above somebody"
    LEADS = "others report to them"
    BELOW = "below somebody"
    UNKNOWN_LINE = "unknown line"
    NO_ADDRESS = "no address"


def concerns_about(
    contact: Person,
    *,
    roles: set[str],
    participants: set[int],
    leads: bool,
    above_contact: Line,
    above_participants: Line,
) -> list[Concern]:
    """What speaks against this contact, the weightiest first; a coordinator may still decide for them.

    `leads`: whether anybody reports to them, who may take part later though nobody does now.
    """
    above = contact.pk in above_participants.above
    administers = contact.account is not None and contact.account.is_administrator
    found = {
        Concern.COORDINATOR: "coordinator" in roles,
        Concern.SPONSOR: "sponsor" in roles,
        Concern.ADMINISTRATOR: administers,
        Concern.IN_A_PAIR: contact.pk in participants,
        Concern.ABOVE: above,
        Concern.LEADS: leads and not above,
        Concern.BELOW: bool(participants & above_contact.above),
        Concern.UNKNOWN_LINE: not (above_contact.complete and above_participants.complete),
        Concern.NO_ADDRESS: not contact.email and not (contact.account and contact.account.email),
    }
    return [concern for concern, holds in found.items() if holds]


def check_can_report(*, contact: Person | None, has_key: bool, notes: int) -> None:
    if contact is None:
        raise Refused(_("This scheme has named nobody to turn to yet."))
    if not has_key:
        raise Refused(_("%(name)s cannot read sealed notes yet. Write or talk to them.") % {"name": contact.name})
    if not notes:
        raise Refused(_("Tap one note or more."))
    if notes > MOST_NOTES:
        raise Refused(_("Tap fewer notes: %(most)d at most at a time.") % {"most": MOST_NOTES})


def can_report(*, contact: Person | None, has_key: bool, notes: int) -> bool:
    try:
        check_can_report(contact=contact, has_key=has_key, notes=notes)
    except Refused:
        return False
    return True
