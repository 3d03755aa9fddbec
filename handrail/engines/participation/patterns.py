"""A person's pattern of taking part, as a weighting with reasons: patterns of activity, not types of people.

Contribution C = posts + replies + reactions given; receipt R = replies + reactions received (docs/methods).
observer: C under one act in two weeks; engager: C and R alike; catalyst: R much more than C; responder: C much more
than R; broadcaster: the same, with more own posts than replies given. Each boundary is soft: at the cut-off itself the
two sides weigh the same.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from handrail.engines.participation.log import FORTNIGHT

Floats = npt.NDArray[np.float64]

REACTIONS = ("reactions_given", "reactions_received")
NAMES = ("observer", "responder", "catalyst", "engager", "broadcaster")


@dataclass(frozen=True)
class Cuts:
    """Where the patterns part. `much_more` is a ratio; `sharpness` how quickly a weight falls beyond a cut-off."""

    acts_a_fortnight: float = 1.0
    much_more: float = 2.0
    sharpness: float = 4.0


@dataclass(frozen=True)
class Reason:
    """Why a pattern weighs what it does: the numbers, in a sentence that a screen may translate by its code."""

    code: str
    values: dict[str, float]
    sentence: str


def weights(
    people: pa.Table, span: tuple[int, int] | None, cuts: Cuts | None = None, *, with_reactions: bool = True
) -> Floats:
    """(people × 5) weights in the order of NAMES, each row summing to 1, or all 0 where there is nothing to weigh.

    `people` has posts, replies and reactions given and received, mentions_given. `span` in µs; without one (no time
    known) only a person who gave nothing counts as observing. Somebody with mentions only gives no ground for any
    pattern. `with_reactions=False` leaves reactions out of both sides, for sources that know only one of them.
    """
    cuts = cuts or Cuts()
    posts, replies, received, mentions, liked, likes = (
        people[name].to_numpy().astype(np.float64)
        for name in ("posts", "replies_given", "replies_received", "mentions_given", *REACTIONS)
    )
    given = posts + replies
    if with_reactions:
        given, received = given + liked, received + likes
    fortnights = max(1.0, (span[1] - span[0]) / FORTNIGHT) if span else None
    rate = given / fortnights if fortnights else np.where(given > 0, np.inf, 0.0)
    with np.errstate(divide="ignore", over="ignore"):
        observer = 1 / (1 + (rate / cuts.acts_a_fortnight) ** cuts.sharpness)
    balance = np.log2((given + 0.5) / (received + 0.5)) / np.log2(cuts.much_more)
    catalyst = _rise(-balance - 1, cuts)
    gives = _rise(balance - 1, cuts)
    engager = np.maximum(0.0, 1 - catalyst - gives)
    broadcasts = _rise(np.log2((posts + 0.5) / (replies + 0.5)), cuts)
    rest = np.column_stack([gives * (1 - broadcasts), catalyst, engager, gives * broadcasts])
    found = np.column_stack([observer, (1 - observer)[:, None] * rest / rest.sum(axis=1, keepdims=True)])
    found[(given + received == 0) & (mentions > 0)] = 0.0
    return found


def named(row: Floats) -> str:
    """`name:weight;…`, heaviest first, weights in hundredths that sum to 1; empty for no pattern."""
    if row.sum() == 0:
        return ""
    hundredths = np.floor(row * 100 + 1e-9).astype(int)
    for number in np.argsort(-(row * 100 - hundredths), kind="stable")[: 100 - hundredths.sum()]:
        hundredths[number] += 1
    order = np.argsort(-hundredths, kind="stable")
    return ";".join(f"{NAMES[number]}:{hundredths[number] / 100:.2f}" for number in order if hundredths[number])


def reasons(person: dict[str, float], span: tuple[int, int] | None) -> list[Reason]:
    """The numbers behind one person's weights, in the order in which they were used."""
    given, received = person["contribution"], person["receipt"]
    found = []
    if span:
        rate = given / max(1.0, (span[1] - span[0]) / FORTNIGHT)
        found.append(Reason("rate", {"rate": rate}, f"{rate:.1f} acts in an ordinary two weeks."))
    found.append(
        Reason(
            "balance",
            {"given": given, "received": received},
            f"Gave {given:,.0f} times (posts, replies, reactions) and got {received:,.0f} replies and reactions back.",
        )
    )
    if given > 0:
        posts, replies = person["posts"], person["replies_given"]
        sentence = f"{posts:,.0f} posts of their own beside {replies:,.0f} replies to others."
        found.append(Reason("own_or_others", {"posts": posts, "replies": replies}, sentence))
    return found


# To a leader: what would move the balance, never what they are.
WHAT_WOULD_CHANGE = {
    "observer": "One reply a week to somebody whose work matters to yours is enough to change this.",
    "broadcaster": "For the next five posts, answer somebody first; or end with a question you want answered.",
    "responder": "You answer a lot. A question of your own, put openly, would let others answer you.",
    "catalyst": "Others answer you often. Answering three of those replies would turn them into conversations.",
    "engager": "You give about as much as you get. Somebody in another unit would be the next conversation to open.",
}


def _rise(value: Floats, cuts: Cuts) -> Floats:
    """From 0 to 1, a half at 0."""
    return np.asarray(1 / (1 + np.exp(-np.clip(value * cuts.sharpness, -60, 60))))
