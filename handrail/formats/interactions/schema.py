"""The interaction log every reader yields: who did what, to whom, when, where. Never what was written.

| column | type | meaning |
|---|---|---|
| id | int64 | the same act has the same number in every export it appears in |
| at | timestamp µs, UTC | null where unknown |
| source, target | int32 | people by number (see PEOPLE); source is null for a reaction of unknown origin |
| kind | int8 | 0 post, 1 reply, 2 reaction, 3 mention |
| channel | int32 | place in `Reading.channels` |
| thread | int64 | the conversation; equal numbers, equal conversation |
| outside | bool | with somebody outside the organisation; null where unknown |
| inferred | bool | the target (or that it is a reply) was worked out, not stated by the source |
"""

from enum import Enum

import pyarrow as pa

KINDS = ("post", "reply", "reaction", "mention")
POST, REPLY, REACTION, MENTION = range(4)

INTERACTIONS = pa.schema(
    [
        pa.field("id", pa.int64(), nullable=False),
        pa.field("at", pa.timestamp("us", tz="UTC")),
        pa.field("source", pa.int32()),
        pa.field("target", pa.int32()),
        pa.field("kind", pa.int8(), nullable=False),
        pa.field("channel", pa.int32()),
        pa.field("thread", pa.int64()),
        pa.field("outside", pa.bool_()),
        pa.field("inferred", pa.bool_(), nullable=False),
    ]
)

PEOPLE = pa.schema(
    [
        pa.field("person", pa.int32(), nullable=False),
        pa.field("key", pa.string(), nullable=False),  # the source's own name or number for them: a pseudonym
        pa.field("email", pa.string()),
        pa.field("unit", pa.string()),
        pa.field("outside", pa.bool_()),
        pa.field("measured", pa.bool_(), nullable=False),  # False: only met as somebody's target
    ]
)


class Completeness(Enum):
    """What a source can show, and so what may be claimed from it."""

    WHOLE_NETWORK = "whole network"
    ONE_PERSON = "one person, with the people they address"
    ONE_PERSON_ALONE = "one person, without the people they address"


# What a source may lack; the engine turns each into the measures that it leaves empty.
RECEIVED, REPLIES, REACTIONS, REACTORS, TARGETS, THREADS, TIMES = (
    "received",
    "replies",
    "reactions",
    "reactors",
    "targets",
    "threads",
    "times",
)
