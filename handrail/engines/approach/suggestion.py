"""What comes out: a mixture of approaches with its reasons, how little is known, and steps with theirs. Ids only."""

from dataclasses import dataclass

NOTHING_YET = "nothing_yet"
A_LITTLE = "a_little"
SOME = "some"
A_FAIR_AMOUNT = "a_fair_amount"
KNOWLEDGE: tuple[str, ...] = (NOTHING_YET, A_LITTLE, SOME, A_FAIR_AMOUNT)

ANSWER = "answer"
OBSERVATION = "observation"
CONTRADICTION = "contradiction"
SKIPPED_STEP = "skipped_step"


@dataclass(frozen=True)
class Reason:
    """Points for one approach, and where they come from.

    `kind` says what `source` and `option` are: an answer (question id, option id), an observation (its id, who saw it),
    a contradiction (its id, empty) or a skipped step (its id, empty; points below zero).
    """

    kind: str
    source: str
    option: str
    approach: str
    points: int


@dataclass(frozen=True)
class Contradiction:
    """Two things that do not sit together. Not a mistake: something for the pair to talk about.

    `between`: the ids on either side, `question.option` or `seen.observation`.
    """

    id: str
    between: tuple[str, ...]


@dataclass(frozen=True)
class StepReason:
    """Why a step stands where it does.

    `kind` and what `id` then is: opens (an approach, of whose opening it is part), approach (the heaviest that it
    belongs to), need (one that `source`, a `question.option` or `seen.observation`, shows), worry (one that `source`
    tells of, and that the step takes up), goes_on_from (a step done),
    fits_place (a place chosen), other_place (empty), too_long (empty), like_a_skipped_one (that step), passes_on
    (empty).
    """

    kind: str
    id: str
    points: int
    source: str = ""


@dataclass(frozen=True)
class OfferedStep:
    """A step by its id, its points (whole, for ranking only) and why."""

    id: str
    points: int
    why: tuple[StepReason, ...]


@dataclass(frozen=True)
class Revision:
    """How one observation moved the mixture. `change`: percentage points an approach, adding up to 0."""

    order: int
    by: str
    what: str
    before: dict[str, int]
    after: dict[str, int]
    change: dict[str, int]
    knowledge: str


@dataclass(frozen=True)
class Suggestion:
    """What would help, as far as is known.

    weights: whole percent an approach, adding up to 100, in the order of APPROACHES.
    leading: the approaches within a few percent of the heaviest, heaviest first: one, or a mixture.
    knowledge: one of KNOWLEDGE. may_be_missed: approaches that answers alone tend to miss, until something was seen.
    works: what already works, as `question.option` or `seen.observation`.
    first: the first three steps (fewer where there are no more). further: the others, approaches taking turns; as
    many as were asked for.
    last: what the plan ends in, something passed on that follows from its steps; None where there is none outside
    `first`.
    history: one entry an observation, oldest first.
    """

    weights: dict[str, int]
    leading: tuple[str, ...]
    reasons: tuple[Reason, ...]
    knowledge: str
    may_be_missed: tuple[str, ...]
    contradictions: tuple[Contradiction, ...]
    works: tuple[str, ...]
    first: tuple[OfferedStep, ...]
    further: tuple[OfferedStep, ...]
    last: OfferedStep | None
    history: tuple[Revision, ...]
