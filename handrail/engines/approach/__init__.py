"""What would help this leader: a mixture of three approaches, with its reasons, and the first small steps.

    answers = Answers.of({"role_goal": ["win_trust"], "online_now": ["announce"]})
    suggestion = suggest(answers, observations, steps, Progress(done=..., skipped=...))

Pure and deterministic; ids in, ids out. `docs/methods/approach.md` has the rules as one table and cases by hand.
"""

from handrail.engines.approach.given import (
    APPROACHES,
    NEEDS,
    OBSERVED,
    PLACES,
    WITNESSES,
    WORRIES,
    Answers,
    Observation,
    Progress,
    Step,
    UnknownId,
)
from handrail.engines.approach.questions import QUESTIONS, Question, questions_asked
from handrail.engines.approach.rules import CONTRADICTIONS, OPENINGS, WORKS, WORRY_STEPS, ContradictionRule
from handrail.engines.approach.suggest import suggest
from handrail.engines.approach.suggestion import (
    KNOWLEDGE,
    Contradiction,
    OfferedStep,
    Reason,
    Revision,
    StepReason,
    Suggestion,
)

__all__ = [
    "APPROACHES",
    "CONTRADICTIONS",
    "KNOWLEDGE",
    "NEEDS",
    "OBSERVED",
    "OPENINGS",
    "PLACES",
    "QUESTIONS",
    "WITNESSES",
    "WORKS",
    "WORRIES",
    "WORRY_STEPS",
    "Answers",
    "Contradiction",
    "ContradictionRule",
    "Observation",
    "OfferedStep",
    "Progress",
    "Question",
    "Reason",
    "Revision",
    "Step",
    "StepReason",
    "Suggestion",
    "UnknownId",
    "questions_asked",
    "suggest",
]
