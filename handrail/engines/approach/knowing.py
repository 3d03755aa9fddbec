"""How much is known, and what answers alone tend to miss."""

from collections.abc import Sequence

from handrail.engines.approach.given import TAKE_CONTROL, Answers, Observation
from handrail.engines.approach.rules import (
    FITTING,
    FROM_A_FAIR_AMOUNT,
    FROM_SOME,
    OBSERVATIONS_FOR_A_FAIR_AMOUNT,
    WORTH_OF_AN_OBSERVATION,
)
from handrail.engines.approach.suggestion import A_FAIR_AMOUNT, A_LITTLE, NOTHING_YET, SOME, Contradiction


def by_the_mentor(observations: Sequence[Observation]) -> bool:
    return any(seen.by == "mentor" for seen in observations)


def knowledge(answers: Answers, observations: Sequence[Observation], found: Sequence[Contradiction]) -> str:
    """One of four levels. Contradictions lower it by one, yet never to nothing: something is known.

    Answers alone never reach the highest level: it takes things seen, one of them by the mentor.
    """
    different = len({seen.what for seen in observations})
    said = sum(question not in FITTING for question, _ in answers.chosen)
    pieces = said + WORTH_OF_AN_OBSERVATION * different
    if pieces == 0:
        return NOTHING_YET
    if pieces < FROM_SOME:
        return A_LITTLE
    seen_enough = different >= OBSERVATIONS_FOR_A_FAIR_AMOUNT and by_the_mentor(observations)
    if pieces < FROM_A_FAIR_AMOUNT or not seen_enough:
        return A_LITTLE if found else SOME
    return SOME if found else A_FAIR_AMOUNT


def may_be_missed(leading: Sequence[str], observations: Sequence[Observation]) -> tuple[str, ...]:
    """Fears and gaps are what people say least; until the mentor saw something, take control may be too light."""
    return () if TAKE_CONTROL in leading or by_the_mentor(observations) else (TAKE_CONTROL,)
