"""Words and links about people."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.capabilities.people.models import Person


@dataclass(frozen=True)
class PersonRow:
    name: str
    href: str
    job: str
    unit: str
    contact: str


def person_row(person: Person) -> PersonRow:
    return PersonRow(
        name=person.name,
        href=reverse("person", args=[person.pk]),
        job=person.job_title,
        unit=person.unit,
        contact=person.email or _("No address: letter only"),
    )


def line_in_words(person: Person) -> str:
    if person.line == Person.Line.UNKNOWN:
        return _("Not known. Pairings will say so.")
    return person.manager.name if person.manager else _("Nobody above")


def details_of(person: Person) -> list[tuple[str, str]]:
    return [
        (_("What they do"), person.job_title or "–"),
        (_("Unit"), person.unit or "–"),
        (_("Reports to"), line_in_words(person)),
        (_("Address"), person.email or _("None: you can print a letter with a code")),
        (_("Signs in"), _("Has an account") if person.account_id else _("Not yet: an account is made when they are asked")),
    ]
