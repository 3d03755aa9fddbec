"""Gives the people and channels of an export their numbers, and finds who is a member."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from django.db import transaction

from handrail.capabilities.participation.marks import Marks
from handrail.capabilities.participation.models import Channel, Gathered, Suggestion, Voice
from handrail.capabilities.people.queries import people_to_match
from handrail.formats.interactions.collector import Collector, Person
from handrail.formats.interactions.people import plain_name
from handrail.foundation import clock

BATCH = 1_000
LONGEST = 200


@dataclass(frozen=True)
class Numbers:
    """`people[n]`, `channels[n]`: the organisation's number of the export's person or channel n."""

    people: npt.NDArray[np.int32]
    channels: npt.NDArray[np.int32]
    matched: int


@transaction.atomic
def number(organisation_id: int, collector: Collector) -> Numbers:
    """Known people and channels keep their numbers; new ones get the next. Members are found by their address."""
    gathered, _ = Gathered.objects.select_for_update().get_or_create(organisation_id=organisation_id)
    members = people_to_match(organisation_id)
    voices = _voices(gathered, collector, {member.email.casefold(): member.pk for member in members if member.email})
    _suggest(organisation_id, collector.people, voices, {member.pk: (member.name, member.email) for member in members})
    return Numbers(
        people=np.array([voice.number for voice in voices], dtype=np.int32),
        channels=_channels(organisation_id, collector.reading.channels),
        matched=len({voice.person_id for voice in voices} - {None}),
    )


def _voices(gathered: Gathered, collector: Collector, by_address: dict[str, int]) -> list[Voice]:
    organisation_id = gathered.organisation_id
    marks = Marks(organisation_id)
    known = {voice.mark: voice for voice in Voice.objects.filter(organisation=organisation_id)}
    found, fresh, changed = [], [], []
    for person in collector.people:
        mark = marks.of_person(collector.reading.format, person.key)
        address = person.email or person.key
        address_mark, member = marks.of_address(address), by_address.get(address.strip().casefold())
        voice = known.get(mark)
        if voice is None:
            voice = Voice(
                organisation_id=organisation_id,
                number=gathered.next_number,
                mark=mark,
                address_mark=address_mark,
                person_id=member,
                outside=person.outside,
            )
            gathered.next_number += 1
            fresh.append(voice)
        elif (voice.person_id is None and member) or (not voice.address_mark and address_mark):
            voice.person_id = voice.person_id or member
            voice.address_mark = voice.address_mark or address_mark
            changed.append(voice)
        found.append(voice)
    Voice.objects.bulk_create(fresh, batch_size=BATCH)
    Voice.objects.bulk_update(changed, ["person", "address_mark"], batch_size=BATCH)
    gathered.save(update_fields=["next_number"])
    return found


def _suggest(
    organisation_id: int, people: list[Person], voices: list[Voice], members: dict[int, tuple[str, str]]
) -> None:
    """Where a name agrees with one member's only, and that member is nobody else in this export, ask."""
    taken = {voice.person_id for voice in voices}
    by_name: dict[str, set[int]] = {}
    for pk, (name, email) in members.items():
        for word in {plain_name(name), plain_name(email.split("@", 1)[0])} - {""}:
            by_name.setdefault(word, set()).add(pk)
    asked = set(Suggestion.objects.filter(voice__organisation=organisation_id).values_list("voice_id", flat=True))
    suggested = []
    for person, voice in zip(people, voices, strict=True):
        if voice.person_id is not None or voice.pk in asked:
            continue
        names = (person.name or "", (person.email or "").split("@", 1)[0], person.key.split("@", 1)[0])
        close = {pk for word in {plain_name(name) for name in names} - {""} for pk in by_name.get(word, ())}
        if len(close) == 1 and not close & taken:
            called = legible(", ".join(dict.fromkeys([person.name or person.key, person.email or person.key])))[
                :LONGEST
            ]
            suggested.append(Suggestion(voice=voice, person_id=close.pop(), called=called, made_at=clock.now()))
    once = Counter(one.person_id for one in suggested)
    Suggestion.objects.bulk_create([one for one in suggested if once[one.person_id] == 1], batch_size=BATCH)


def _channels(organisation_id: int, names: list[str]) -> npt.NDArray[np.int32]:
    known = {one.name: one.number for one in Channel.objects.filter(organisation=organisation_id)}
    following = max(known.values(), default=-1) + 1
    fresh = []
    numbers = []
    for name in names:
        cut = legible(name)[:LONGEST]
        if cut not in known:
            known[cut] = following
            fresh.append(Channel(organisation_id=organisation_id, number=following, name=cut))
            following += 1
        numbers.append(known[cut])
    Channel.objects.bulk_create(fresh, batch_size=BATCH)
    return np.array(numbers, dtype=np.int32)


def legible(text: str) -> str:
    """Text that every page and database can hold."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)
