"""Reads of the audit trail."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast

from handrail.capabilities.accounts.queries import accounts_called, letters_for, names_on_letters
from handrail.capabilities.pairings.queries import names_of_pairings, pairings_of_people
from handrail.capabilities.pairings.sessions.queries import names_of_sessions, sessions_of_pairings
from handrail.capabilities.people.queries import names_of_organisations, names_of_people, people_called
from handrail.capabilities.schemes.matching_runs.queries import names_of_runs
from handrail.capabilities.schemes.queries import names_of_schemes
from handrail.foundation.audit.models import Event
from handrail.foundation.mail.queries import names_on_messages
from handrail.foundation.prepared import prepared

MOST_PEOPLE = 100
SIZES = (3, 20, MOST_PEOPLE)  # of a search: each is prepared once
MOST_FOUND = 2_000
UNNAMED = ("pairing.not_taken_up",)
Names = Mapping[int, list[str]]
READS: dict[str, Callable[[list[int]], Names]] = {
    "accounts.Letter": names_on_letters,
    "mail.OutboxMessage": names_on_messages,
    "matching_runs.Run": names_of_runs,
    "pairings.Pairing": names_of_pairings,
    "pairings.Session": names_of_sessions,
    "people.Organisation": names_of_organisations,
    "people.Person": names_of_people,
    "schemes.Scheme": names_of_schemes,
}


def events_newest_first(kinds: list[str] | None = None) -> QuerySet[Event]:
    """Events of these kinds; None: of any."""
    events = Event.objects.all() if kinds is None else Event.objects.filter(what__in=kinds)
    return _in_words(events)


def events_concerning(names: list[str], kinds: list[str] | None = None) -> tuple[list[int], bool]:
    """The numbers of events by or about people whose names hold these words, newest first; whether older ones are cut.

    At most MOST_PEOPLE people and accounts: whoever has so common a name is found by more of it. A question that was
    not taken up names nobody (docs/decisions/0003), so no name finds it.
    """
    people = people_called(names, MOST_PEOPLE)
    accounts = list(accounts_called(names).order_by().values_list("pk", flat=True)[:MOST_PEOPLE])
    places = next(size for size in SIZES if size >= max(len(people), len(accounts)))
    people, accounts = _filled(people, places), _filled(accounts, places)
    found = _by_or_about(*people, *accounts, *map(str, people))
    wanted = [pk for _at, pk, what in found if what not in UNNAMED and (kinds is None or what in kinds)]
    return wanted, len(found) == MOST_FOUND


def _filled(ids: list[int], places: int) -> list[int]:
    """So many, that a prepared read has a place for each; nothing has the number 0."""
    return [*ids, *[0] * (places - len(ids))]


@prepared
def _by_or_about(*asked: int | str) -> QuerySet[Event, Any]:
    """Of as many people's ids, accounts' ids, and people's ids as text. A walk along an index each."""
    as_text = [one for one in asked if isinstance(one, str)]
    numbers = [one for one in asked if isinstance(one, int)]
    people, accounts = numbers[: len(as_text)], numbers[len(as_text) :]
    pairings = pairings_of_people(people)
    subjects = {
        "people.Person": as_text,
        "pairings.Pairing": _as_text(pairings),
        "pairings.Session": _as_text(sessions_of_pairings(pairings)),
        "accounts.Letter": _as_text(letters_for(accounts)),
    }
    events = Event.objects.order_by()
    about = [events.filter(subject_type=label, subject_id__in=ids) for label, ids in subjects.items()]
    by = events.filter(by__in=accounts).values_list("at", "pk", "what")
    either = by.union(*(one.values_list("at", "pk", "what") for one in about))
    newest: QuerySet[Event, Any] = either.order_by("-at", "-pk")[:MOST_FOUND]
    return newest


def _as_text(found: QuerySet[Any]) -> QuerySet[Any, Any]:
    as_text: QuerySet[Any, Any] = found.order_by().annotate(as_text=Cast("pk", CharField())).values("as_text")
    return as_text


def events_numbered(event_ids: list[int]) -> list[Event]:
    return list(_in_words(Event.objects.filter(pk__in=event_ids)))


def _in_words(events: QuerySet[Event]) -> QuerySet[Event]:
    """With what their sentences need, newest first."""
    read = ("at", "what", "subject_type", "subject_id", "detail", "by__name")
    return events.select_related("by").only(*read).order_by("-at", "-pk")


def names_of_subjects(events: Iterable[Event]) -> dict[tuple[str, str], list[str]]:
    """Who or what each event is about, one read for each sort of thing; what is gone is left out."""
    wanted: dict[str, set[int]] = {}
    for event in events:
        if event.subject_id.isdecimal():
            wanted.setdefault(event.subject_type, set()).add(int(event.subject_id))
    return {
        (label, str(pk)): names
        for label, ids in wanted.items()
        if label in READS
        for pk, names in READS[label](sorted(ids)).items()
    }
