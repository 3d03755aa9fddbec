"""The stages in a row: evidence, points, percent, how much is known, steps, and how each observation moved it."""

from collections.abc import Iterable, Mapping, Sequence

from handrail.engines.approach.given import APPROACHES, Answers, Observation, Progress, Step, UnknownId
from handrail.engines.approach.knowing import knowledge, may_be_missed
from handrail.engines.approach.planning import first_steps, further_steps, last_step, steps_for_worries
from handrail.engines.approach.ranking import ranked, worries_told
from handrail.engines.approach.rules import KEEPS_TO_ONESELF, SOONER, UNANSWERED
from handrail.engines.approach.suggestion import Reason, Revision, Suggestion
from handrail.engines.approach.weighing import (
    contradictions,
    evidence,
    in_order,
    leading,
    reasons,
    reasons_said,
    weights,
    what_works,
)


def suggest(
    answers: Answers,
    observations: Iterable[Observation] = (),
    steps: Iterable[Step] = (),
    progress: Progress = Progress(),  # noqa: B008  frozen and empty
    *,
    further: int | None = None,
) -> Suggestion:
    """What would help, with reasons. Raises UnknownId where two steps have the same id.

    The order of answers, observations (they carry their own) and steps does not matter. `further`: how many steps
    behind the first three are wanted, all of them where it does not say; laying them out is most of the work.
    """
    pack = _by_id(steps)
    seen = in_order(observations)
    known = evidence(answers, seen)
    found = contradictions(known)
    said = reasons_said(answers)
    why = reasons(said, seen, found, progress, pack)
    percent = weights(why)
    lead = leading(percent)
    offers = ranked(pack, percent, known, answers, progress)
    sooner = {SOONER[one] for one in known if one in SOONER}
    answering = steps_for_worries(offers, pack, list(worries_told(known)), progress, sooner)
    first = first_steps(
        offers,
        pack,
        lead,
        answering,
        quietly=not KEEPS_TO_ONESELF.isdisjoint(known),
        unanswered=not UNANSWERED.isdisjoint(known),
    )
    last = last_step(offers, pack, first, progress)
    return Suggestion(
        weights=percent,
        leading=lead,
        reasons=why,
        knowledge=knowledge(answers, seen, found),
        may_be_missed=may_be_missed(lead, seen),
        contradictions=found,
        works=what_works(known),
        first=first,
        further=further_steps(offers, pack, first, last, percent, wanted=further),
        last=last,
        history=_history(answers, said, seen, progress, pack),
    )


def _by_id(steps: Iterable[Step]) -> dict[str, Step]:
    pack: dict[str, Step] = {}
    for step in steps:
        if step.id in pack:
            raise UnknownId(f"Two steps are called “{step.id}”.")
        pack[step.id] = step
    return pack


def _history(
    answers: Answers,
    said: Sequence[Reason],
    seen: Sequence[Observation],
    progress: Progress,
    pack: Mapping[str, Step],
) -> tuple[Revision, ...]:
    """One entry an observation: the mixture with what was seen up to then. Answers and steps are those of today."""
    if not seen:
        return ()
    before = weights(reasons(said, (), contradictions(evidence(answers, ())), progress, pack))
    revisions = []
    for count, one in enumerate(seen, start=1):
        so_far = seen[:count]
        found = contradictions(evidence(answers, so_far))
        after = weights(reasons(said, so_far, found, progress, pack))
        change = {approach: after[approach] - before[approach] for approach in APPROACHES}
        level = knowledge(answers, so_far, found)
        revisions.append(Revision(one.order, one.by, one.what, before, after, change, level))
        before = after
    return tuple(revisions)
