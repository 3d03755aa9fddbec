"""The worker's part of closing a wave: measure, pass the gate, keep what it let through. Once."""

from collections import defaultdict
from typing import Any

from django.db import transaction

from handrail.capabilities.pairings.group_figures import queries as gate
from handrail.capabilities.participation.groups.figures import facts_of
from handrail.capabilities.participation.models import Counted, Release, Wave
from handrail.foundation import clock


def release(wave: Wave) -> None:
    """Once: what was released stays as it is, whatever is loaded afterwards."""
    if Release.objects.filter(wave=wave).exists():
        return
    facts = facts_of(wave)
    with transaction.atomic():
        # one release of an organisation at a time: each must be held against all before it
        list(Wave.objects.select_for_update().filter(organisation=wave.organisation_id).order_by("pk"))
        groups = gate.released(
            wave.organisation,
            units=facts.units,
            holds=facts.holds,
            within=facts.within,
            since=facts.since,
            earlier=_earlier(wave.organisation_id),
        )
        content = {
            "few": not groups,
            "groups": [_kept(group) for group in groups],
            "unmeasured": facts.unmeasured,
            "with_outcomes": facts.with_outcomes,
        }
        made, is_new = Release.objects.get_or_create(
            wave=wave, defaults={"released_at": clock.now(), "content": content}
        )
        if is_new:
            Counted.objects.bulk_create(
                Counted(release=made, group=place, person_id=person)
                for place, group in enumerate(groups)
                for person in group.people
            )


def _kept(group: gate.Released) -> dict[str, Any]:
    told = {}
    for figure, one in group.told.items():
        low, high = group.per_cent(figure)
        told[figure] = {"low": one.low, "high": one.high, "anew": one.anew, "from": low, "to": high}
    return {
        "names": list(group.names),
        "people": gate.about_how_many(group.of),
        "of": group.of,
        "told": told,
    }


def _earlier(organisation_id: int) -> list[list[gate.Released]]:
    """Everything that was ever released here, as it left the gate, with those of its people who are not forgotten."""
    found = []
    for before in Release.objects.filter(wave__organisation=organisation_id).order_by("released_at", "pk"):
        people: dict[int, set[int]] = defaultdict(set)
        for place, person in Counted.objects.filter(release=before).values_list("group", "person_id"):
            people[place].add(person)
        found.append(
            [
                gate.Released(
                    names=tuple(group["names"]),
                    people=frozenset(people[place]),
                    of=group["of"],
                    told={
                        figure: gate.Told(one["low"], one["high"], anew=one["anew"])
                        for figure, one in group["told"].items()
                    },
                )
                for place, group in enumerate(before.content["groups"])
            ]
        )
    return found
