"""The safeguarding contact, and what is shown to them, in words."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from handrail.capabilities.pairings.safeguarding.rules import Concern
from handrail.design.parts import Row, Task

if TYPE_CHECKING:
    from handrail.capabilities.pairings.notes.queries import OpenNote
    from handrail.capabilities.pairings.safeguarding.queries import OpenReport
    from handrail.capabilities.people.models import Person

FIRST_WORDS = 160  # characters of a note in the list to choose from


def ways_to_reach(contact: Person) -> list[Row]:
    """Who they are and how to reach them."""
    address = (contact.account.email if contact.account else "") or contact.email
    rows = [Row(_("Name"), contact.name)]
    if contact.job_title:
        rows.append(Row(_("What they do"), contact.job_title))
    rows.append(Row(_("Address"), address or _("None is known here: ask the switchboard, or your coordinator")))
    return rows


def address_of(contact: Person) -> str:
    return (contact.account.email if contact.account else "") or contact.email


def warnings(contact: Person, concerns: list[Concern]) -> list[str]:
    """What the coordinator should know before naming this person."""
    words = {
        Concern.COORDINATOR: _("%(name)s coordinates. People should be able to speak about the scheme itself, too."),
        Concern.SPONSOR: _("%(name)s is a sponsor, who is promised to see nothing about one person."),
        Concern.ADMINISTRATOR: _("%(name)s administers this installation. Choose somebody who does not run it."),
        Concern.IN_A_PAIR: _("%(name)s is in a pairing. Those two would have nobody to turn to."),
        Concern.ABOVE: _("%(name)s stands above somebody who takes part. People speak less freely then."),
        Concern.LEADS: _("Others report to %(name)s. Should they take part, they speak less freely then."),
        Concern.BELOW: _("%(name)s reports to somebody who takes part. That makes it hard to act."),
        Concern.UNKNOWN_LINE: _("Not every reporting line is known here. Make sure that theirs is another one."),
        Concern.NO_ADDRESS: _("%(name)s has no e-mail address here. People would not know how to reach them."),
    }
    return [words[concern] % {"name": contact.name} for concern in concerns]


def people_to_choose(people: list[Person]) -> list[Task]:
    return [
        Task(
            person.name,
            reverse("scheme_contact_name", args=[person.pk]),
            hint=" · ".join(filter(None, (person.job_title, person.unit))),
        )
        for person in people
    ]


def notes_to_choose(notes: list[OpenNote]) -> tuple[list[tuple[str, str]], dict[str, str]]:
    """The notes as boxes to tick: who and when, and below it how the note begins."""
    choices = [(str(note.id), note_heading(note)) for note in notes]
    return choices, {str(note.id): _beginning(note.text or "") for note in notes}


def _beginning(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= FIRST_WORDS else words[:FIRST_WORDS].rsplit(" ", 1)[0] + " …"


def note_heading(note: OpenNote) -> str:
    return _("%(name)s, %(day)s") % {"name": _("You") if note.mine else note.author, "day": at(note.written_at)}


def at(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j F Y, H:i")


def stamp_of(notes: list[OpenNote]) -> str:
    """Tells whether the notes that are sent are those that were shown: changes with any of them."""
    said = [f"{note.id} {note.text}" for note in notes]
    return hashlib.sha256("\n".join(said).encode("utf-8", "replace")).hexdigest()


def report_tasks(reports: list[OpenReport]) -> list[Task]:
    return [
        Task(
            one.by or _("A report that you can no longer open"),
            reverse("report", args=[one.id]),
            hint=_("%(pair)s · %(day)s") % {"pair": one.pair, "day": date_format(one.made_on, "j F Y")}
            if one.pair
            else date_format(one.made_on, "j F Y"),
        )
        for one in reports
    ]


def reported_notes(report: OpenReport) -> list[tuple[str, str]]:
    """Heading and text of each reported note."""
    return [
        (_("%(name)s, %(day)s") % {"name": note.author, "day": at(datetime.fromisoformat(note.written_at))}, note.text)
        for note in report.notes or []
    ]
