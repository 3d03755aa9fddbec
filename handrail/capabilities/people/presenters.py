"""Words and links about people."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handrail.capabilities.people.models import Person
from handrail.capabilities.people.queries import OrganisationAtAGlance
from handrail.design.addresses import address_of_each
from handrail.design.parts import Choice, Row, Task

PERSON_HEADERS = [gettext_lazy("Name"), gettext_lazy("What they do"), gettext_lazy("Unit"), gettext_lazy("Address")]
ORGANISATION_HEADERS = [gettext_lazy("Organisation"), gettext_lazy("People"), gettext_lazy("Coordinators")]


def person_rows(people: Iterable[Person]) -> list[tuple[str, ...]]:
    address = address_of_each("person")
    return [
        (
            format_html('<a href="{}">{}</a>', address(person.pk), person.name),
            person.job_title,
            person.unit,
            person.email or _("None: letter only"),
        )
        for person in people
    ]


def namesakes_in_words(people: list[Person]) -> str:
    """That somebody of this name is there already, to be told apart by what they do."""
    known = "; ".join(", ".join(filter(None, (one.name, one.job_title, one.unit))) for one in people[:3])
    return _("There is already %(known)s. Is it somebody else? If not, open them under “People” instead.") % {
        "known": known
    }


def delegates_to_choose(people: Iterable[Person]) -> list[Task]:
    return [Task(one.name, reverse("delegate_name", args=[one.pk]), hint=one.job_title) for one in people]


def line_in_words(person: Person) -> str:
    if person.line == Person.Line.UNKNOWN:
        return _("Not known. Pairings will say so.")
    return person.manager.name if person.manager else _("Nobody above")


def details_of(person: Person) -> list[Row]:
    roles = ", ".join(str(role.get_name_display()) for role in person.roles.all())
    return [
        Row(_("What they do"), person.job_title or "–"),
        Row(_("Unit"), person.unit or "–"),
        Row(_("Reports to"), line_in_words(person), _("Change"), reverse("person_line", args=[person.pk])),
        Row(_("Address"), person.email or _("None: you can print a letter with a code")),
        Row(_("Roles"), roles or _("None. Leaders and mentors need none.")),
    ]


def organisation_rows(organisations: Iterable[OrganisationAtAGlance]) -> list[tuple[object, ...]]:
    """Each coordinator's name leads to a letter, for whoever has lost the first."""
    letter = address_of_each("coordinator_letter")
    return [
        (
            one.name,
            one.people,
            format_html_join(", ", '<a href="{}">{}</a>', ((letter(pk), name) for pk, name in one.coordinators)) or "–",
        )
        for one in organisations
    ]


def organisation_choices(persons: list[Person], now: Person | None) -> list[Choice]:
    """The organisations somebody is in, to tap the one to be in."""
    return [
        Choice(
            str(person.organisation_id),
            person.organisation.name,
            _("You are here now") if person == now else person.job_title,
        )
        for person in sorted(persons, key=lambda person: person.organisation.name)
    ]
