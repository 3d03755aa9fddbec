"""Reads about imports."""

from django.db.models import Count, QuerySet
from django.http import Http404

from handrail.capabilities.people.imports.models import Finding, PeopleImport
from handrail.capabilities.people.models import Organisation
from handrail.foundation.prepared import prepared

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
    """The lines that may be somebody known, without those that were answered and loaded since."""
    return findings_of(people_import, Finding.Kind.ASK).exclude(detail__has_key=Finding.LOADED)


def proposed_leavers(people_import: PeopleImport) -> QuerySet[Finding]:
    """People missing from the file who are still counted as present."""
    return findings_of(people_import, Finding.Kind.MISSING).filter(person__left_on__isnull=True)


def number_of_unanswered(people_import: PeopleImport) -> int:
    return questions_of(people_import).filter(answer="").count()


def number_to_load(people_import: PeopleImport) -> int:
    """Lines answered after the file was loaded, which another press of the button loads."""
    return questions_of(people_import).exclude(answer="").count()


def waiting_for_an_answer(organisation: Organisation) -> tuple[PeopleImport | None, int]:
    """The newest loaded file with lines that nobody has said anything about yet, and how many those are."""
    found = _with_questions_left(organisation.pk)
    return (found[0], found[0].number) if found else (None, 0)


@prepared
def _with_questions_left(organisation: int) -> QuerySet[PeopleImport]:
    kept = PeopleImport.objects.filter(organisation=organisation, state=PeopleImport.State.DONE).exclude(stored_name="")
    unanswered = kept.filter(findings__kind=Finding.Kind.ASK, findings__answer="")
    return unanswered.annotate(number=Count("findings")).order_by("-made_at", "-pk")[:1]
