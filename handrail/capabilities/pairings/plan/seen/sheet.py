"""What a pair saw together, as it is sealed: one sheet of the two."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from uuid import uuid4


@dataclass(frozen=True)
class Sighting:
    """One thing seen: what (an id of the engine's OBSERVED), who noted it down, and on which day."""

    what: str
    by: str
    on: str
    id: str = field(default_factory=lambda: str(uuid4()))


@dataclass(frozen=True)
class SeenSheet:
    """Oldest first."""

    sightings: tuple[Sighting, ...] = ()

    def with_seen(self, what: Iterable[str], by: str, on: str) -> "SeenSheet":
        """The same thing twice on one day by the same person is once."""
        there = {(one.what, one.by, one.on) for one in self.sightings}
        new = tuple(Sighting(one, by, on) for one in dict.fromkeys(what) if (one, by, on) not in there)
        return replace(self, sightings=(*self.sightings, *new))

    def without(self, sighting_id: str, by: str) -> "SeenSheet":
        """Taken back by whoever noted it down; nobody takes back the other's."""
        kept = tuple(one for one in self.sightings if one.id != sighting_id or one.by != by)
        return replace(self, sightings=kept)

    def as_text(self) -> str:
        return json.dumps([asdict(one) for one in self.sightings], ensure_ascii=False)


def seen_from(text: str) -> SeenSheet:
    return SeenSheet(tuple(Sighting(**one) for one in json.loads(text)))
