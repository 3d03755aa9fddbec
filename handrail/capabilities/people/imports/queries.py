"""Reads about imports."""

from django.db.models import QuerySet
from django.http import Http404

from handrail.capabilities.people.imports.models import Finding, PeopleImport
from handrail.capabilities.people.models import Organisation

KINDS = frozenset(Finding.Kind.values)


def recent_imports(organisation: Organisation, limit: int = 10) -> list[PeopleImport]:
    return list(PeopleImport.objects.filter(organisation=organisation).select_related("made_by")[:limit])


def import_in(organisation: Organisation, import_id: int) -> PeopleImport:
    """One import of this organisation; anybody else's is not found."""
    found = PeopleImport.objects.filter(organisation=organisation, pk=import_id).first()
    if found is None:
        raise Http404
    return found


def findings_of(people_import: PeopleImport, kind: str) -> QuerySet[Finding]:
    """The rows of one kind that the preview shows, in the order of the file."""
    if kind not in KINDS:
        raise Http404
    return Finding.objects.filter(of=people_import, kind=kind).select_related("person")


def questions_of(people_import: PeopleImport) -> QuerySet[Finding]:
    return findings_of(people_import, Finding.Kind.ASK)


def proposed_leavers(people_import: PeopleImport) -> QuerySet[Finding]:
    """People missing from the file who are still counted as present."""
    return findings_of(people_import, Finding.Kind.MISSING).filter(person__left_on__isnull=True)


def number_of_unanswered(people_import: PeopleImport) -> int:
    return questions_of(people_import).filter(answer="").count()
