"""Reads of the audit trail."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast

from handrail.capabilities.accounts.queries import accounts_called, names_on_letters
from handrail.capabilities.pairings.queries import (
    names_of_pairings,
    names_of_sessions,
    pairings_of_people,
    sessions_of_pairings,
)
from handrail.capabilities.people.queries import names_of_organisations, names_of_people, people_called
from handrail.capabilities.schemes.queries import names_of_schemes
from handrail.foundation.audit.models import Event
from handrail.foundation.mail.queries import names_on_messages

MOST_PEOPLE = 100
MOST_FOUND = 600
Names = Mapping[int, list[str]]
READS: dict[str, Callable[[list[int]], Names]] = {
    "accounts.Letter": names_on_letters,
    "mail.OutboxMessage": names_on_messages,
    "pairings.Pairing": names_of_pairings,
    "pairings.Session": names_of_sessions,
    "people.Organisation": names_of_organisations,
    "people.Person": names_of_people,
    "schemes.Scheme": names_of_schemes,
}


def events_newest_first(kinds: list[str] | None = None, names: list[str] | None = None) -> QuerySet[Event] | list[int]:
    """Events of these kinds (None: of any), by or about people whose names hold these words.

    Where names are asked for, the numbers of the newest MOST_FOUND: a page of them is read with `events_numbered`. A
    question that was not taken up names nobody (docs/decisions/0003), so no name finds it.
    """
    events = Event.objects.all() if kinds is None else Event.objects.filter(what__in=kinds)
    if not names:
        return _in_words(events)
    found = _concerning(events.exclude(what="pairing.not_taken_up"), names).order_by("-at", "-pk")
    return [pk for _at, pk in found[:MOST_FOUND]]


def events_numbered(event_ids: list[int]) -> list[Event]:
    return list(_in_words(Event.objects.filter(pk__in=event_ids)))


def _in_words(events: QuerySet[Event]) -> QuerySet[Event]:
    """With what their sentences need, newest first."""
    read = ("at", "what", "subject_type", "subject_id", "detail", "by__name")
    return events.select_related("by").only(*read).order_by("-at", "-pk")


def _concerning(events: QuerySet[Event], names: list[str]) -> QuerySet[Event, Any]:
    """When and which: those by or about people called so. One walk along an index each, not one through the table.

    At most MOST_PEOPLE of them: whoever has so common a name is found by more of it.
    """
    events = events.order_by()
    by: QuerySet[Event, Any] = events.filter(by__in=accounts_called(names).order_by()).values_list("at", "pk")
    person_ids = people_called(names, MOST_PEOPLE)
    if not person_ids:
        return by
    pairings = pairings_of_people(person_ids)
    subjects = {
        "people.Person": [str(pk) for pk in person_ids],
        "pairings.Pairing": _as_text(pairings),
        "pairings.Session": _as_text(sessions_of_pairings(pairings)),
    }
    found = [events.filter(subject_type=label, subject_id__in=ids) for label, ids in subjects.items()]
    either: QuerySet[Event, Any] = by.union(*(one.values_list("at", "pk") for one in found))
    return either


def _as_text(found: QuerySet[Any]) -> QuerySet[Any, Any]:
    as_text: QuerySet[Any, Any] = found.order_by().annotate(as_text=Cast("pk", CharField())).values("as_text")
    return as_text


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
