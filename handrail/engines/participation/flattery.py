"""Numbers that can rise without anything getting better, and the number that would tell."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Caution:
    """`number` is the measure that flatters, `sentence` says why, `instead` names the measure that would tell."""

    number: str
    sentence: str
    instead: str


WARNINGS = (
    Caution("posts", "Posts count what was said, not whether anybody needed it.", "threads_answered_share"),
    Caution(
        "reactions_received", "A reaction takes a second and often goes to whoever is in charge.", "replies_received"
    ),
    Caution("reactions_given", "Reactions can be given by the hundred without a word exchanged.", "two_way"),
    Caution("followers", "Followers rise with rank and with time; most never read.", "heard_from"),
    Caution("hits", "A hit says that a page was opened, perhaps by a machine.", "replies_received"),
    Caution("reached", "Writing to many people is not the same as hearing from them.", "two_way_share"),
    Caution("replies_given", "Many answers can go to the same few people.", "cross_unit_share"),
    Caution("two_way", "Two-way ties add up over time; compare like periods.", "two_way_share"),
)

SMALL_TALK = (
    "Small talk is not counted against anybody: asking after somebody's children may be what starts the conversation "
    "that matters."
)


def beside(number: str) -> Caution | None:
    """The warning to print beside a number, if it is one that flatters."""
    return next((warning for warning in WARNINGS if warning.number == number), None)
