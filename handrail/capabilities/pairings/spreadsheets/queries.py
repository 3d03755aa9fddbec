"""Reads about brought lists, and the list that is taken out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.http import Http404

from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.pairings.spreadsheets.models import PairsFile, PairsLine
from handrail.capabilities.people.queries import people_of
from handrail.capabilities.schemes.joining.queries import Outside, outside_of
from handrail.capabilities.schemes.queries import organisations_in
from handrail.formats.people import name_key
from handrail.foundation.prepared import prepared

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Organisation, Person
    from handrail.capabilities.schemes.models import Scheme


@dataclass(frozen=True)
class Named:
    """Somebody of a line who is not on the list of people."""

    name: str
    email: str


class Known:
    """The people of the scheme's organisations, by address and by name."""

    def __init__(self, scheme: Scheme) -> None:
        self._by_email: dict[str, Person] = {}
        self._by_name: dict[str, list[Person]] = {}
        for person in people_of(organisations_in(scheme)):
            self._by_email.setdefault(person.email.lower(), person)
            self._by_name.setdefault(name_key(person.name), []).append(person)

    def find(self, name: str, email: str) -> Person | None:
        """By address; else by a name that only one person has. Two of one name are nobody: the address decides."""
        if email and (found := self._by_email.get(email)):
            return found
        called = self._by_name.get(name_key(name), []) if name else []
        return called[0] if len(called) == 1 and not (email and called[0].email) else None

    def is_ambiguous(self, name: str, email: str) -> bool:
        return self.find(name, email) is None and bool(name) and len(self._by_name.get(name_key(name), [])) > 1


def pairs_here(scheme: Scheme) -> set[tuple[int, int]]:
    """Every two who have a pairing in the scheme, whatever came of it."""
    return set(Pairing.objects.filter(scheme=scheme).order_by().values_list("leader_id", "mentor_id"))


def recent_files(organisation: Organisation, limit: int = 5) -> list[PairsFile]:
    return list(PairsFile.objects.filter(scheme__organisation=organisation)[:limit])


def file_in(organisation: Organisation, file_id: int) -> PairsFile:
    """One list of this organisation's scheme; anybody else's is not found."""
    found: list[PairsFile] = _files(organisation.pk, file_id)
    if not found:
        raise Http404
    return found[0]


@prepared
def _files(organisation: int, file: int) -> QuerySet[PairsFile]:
    return PairsFile.objects.filter(scheme__organisation=organisation, pk=file).select_related("scheme")


def counts_of(file: PairsFile) -> Counter[str]:
    return Counter(_outcomes(file.pk))


@prepared
def _outcomes(file: int) -> QuerySet[PairsLine, str]:
    return PairsLine.objects.filter(of=file).order_by().values_list("outcome", flat=True)


def lines_with(file: PairsFile, *outcomes: str) -> QuerySet[PairsLine]:
    return file.lines.filter(outcome__in=outcomes)


def outside_in(file: PairsFile) -> list[Outside]:
    """Who of the pairs to bring could not have joined by themselves. Those that have ended are history."""
    return _outside(file, lines_with(file, PairsLine.Outcome.NEW))


def is_outside(file: PairsFile, line: PairsLine) -> bool:
    return bool(_outside(file, file.lines.filter(pk=line.pk)))


def _outside(file: PairsFile, lines: QuerySet[PairsLine]) -> list[Outside]:
    running = lines.exclude(state=Pairing.State.ENDED).order_by()
    return outside_of(file.scheme, leaders=running.values("leader"), mentors=running.values("mentor"))


def people_to_add(file: PairsFile) -> list[Named]:
    """Each unknown person once, in the order of the file. A line with a name that several people have is a fault."""
    found: dict[str, Named] = {}
    for line in lines_with(file, PairsLine.Outcome.UNKNOWN):
        for person, name, email in (
            (line.leader_id, line.leader_name, line.leader_email),
            (line.mentor_id, line.mentor_name, line.mentor_email),
        ):
            if person is None and name:
                found.setdefault(email or name_key(name), Named(name, email))
    return list(found.values())


def pairings_to_take_out(organisation: Organisation) -> Iterable[Pairing]:
    """Every pairing of the organisation's schemes, oldest first."""
    found = Pairing.objects.filter(scheme__organisation=organisation).select_related("leader", "mentor", "scheme")
    return found.order_by("asked_at", "pk").iterator(chunk_size=500)
