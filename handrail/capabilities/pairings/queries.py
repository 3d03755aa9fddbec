"""Reads about pairings."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

from handrail.capabilities.pairings import rules
from handrail.capabilities.pairings.models import Pairing, Session
from handrail.capabilities.people.models import Organisation, Person
from handrail.capabilities.people.queries import persons_of
from handrail.capabilities.people.rules import Chain, Closeness, closeness
from handrail.capabilities.schemes.models import Scheme
from handrail.foundation import clock

LEVELS = 2


@dataclass(frozen=True)
class OwnPairing:
    """A pairing seen by one of its two."""

    pairing: Pairing
    side: str

    @property
    def me(self) -> Person:
        return self.pairing.leader if self.side == "leader" else self.pairing.mentor

    @property
    def other(self) -> Person:
        return self.pairing.mentor if self.side == "leader" else self.pairing.leader


def own_pairings(request: HttpRequest) -> list[OwnPairing]:
    """The pairings the signed-in person is one of the two in, newest first."""
    ids = {person.pk for person in persons_of(request)}
    if not ids:
        return []
    pairings = Pairing.objects.filter(Q(leader__in=ids) | Q(mentor__in=ids)).with_people()
    return [OwnPairing(pairing, rules.side_of(pairing, ids)) for pairing in pairings]


def own_pairing(request: HttpRequest, pairing_id: int) -> OwnPairing:
    """One pairing, for one of its two; to everybody else it does not exist."""
    ids = {person.pk for person in persons_of(request)}
    pairing = Pairing.objects.with_people().filter(pk=pairing_id).first()
    side = rules.side_of(pairing, ids) if pairing else ""
    if pairing is None or not side:
        raise Http404
    return OwnPairing(pairing, side)


def pairings_run_by(organisation: Organisation) -> QuerySet[Pairing]:
    """For the coordinator: who is paired with whom and how far it is; nothing of what passes between them."""
    return Pairing.objects.filter(scheme__organisation=organisation).with_people()


def pairing_run_by(organisation: Organisation, pairing_id: int) -> Pairing:
    pairing = pairings_run_by(organisation).filter(pk=pairing_id).first()
    if pairing is None:
        raise Http404
    return pairing


def candidates(organisation_ids: list[int], words: str, without: int | None) -> QuerySet[Person]:
    """People of the scheme's organisations who match the words, to choose one from."""
    found = Person.objects.present().filter(organisation__in=organisation_ids).exclude(pk=without)
    for word in words.split()[:6]:
        found = found.filter(Q(name__icontains=word) | Q(job_title__icontains=word) | Q(unit__icontains=word))
    return found


def candidate(organisation_ids: list[int], person_id: int) -> Person | None:
    return Person.objects.present().filter(organisation__in=organisation_ids, pk=person_id).first()


def chain_of(person: Person) -> Chain:
    """The people up to LEVELS above, in one read."""
    path = "__".join(["manager"] * LEVELS)
    current = Person.objects.select_related(path).get(pk=person.pk)
    above: list[int] = []
    for _level in range(LEVELS):
        if current.line == Person.Line.UNKNOWN:
            return Chain(tuple(above), complete=False)
        if current.manager is None:
            break
        current = current.manager
        above.append(current.pk)
    return Chain(tuple(above), complete=True)


def closeness_of(leader: Person, mentor: Person) -> Closeness:
    if leader.organisation_id != mentor.organisation_id:
        return Closeness.APART
    return closeness(leader.pk, chain_of(leader), mentor.pk, chain_of(mentor))


def has_open_pairing(scheme: Scheme, leader: Person, mentor: Person) -> bool:
    return Pairing.objects.open().filter(scheme=scheme, leader=leader, mentor=mentor).exists()


def next_session(pairing: Pairing) -> Session | None:
    return pairing.sessions.filter(state=Session.State.AGREED, starts_at__gte=clock.now()).first()


def next_sessions(pairings: list[Pairing]) -> dict[int, Session]:
    """The next agreed session of each pairing, by the pairing's id; one read."""
    found: dict[int, Session] = {}
    upcoming = Session.objects.filter(
        pairing__in=pairings, state=Session.State.AGREED, starts_at__gte=clock.now()
    ).order_by("starts_at")
    for session in upcoming:
        found.setdefault(session.pairing_id, session)
    return found
