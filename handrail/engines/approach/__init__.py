"""What would help this leader: a mixture of three approaches, with its reasons, and the first small steps.

Pure and deterministic; ids in, ids out. `docs/methods/approach.md` has the rules as one table and cases by hand.
"""

from handrail.engines.approach.given import (
    APPROACHES,
    NEEDS,
    OBSERVED,
    PLACES,
    WITNESSES,
    Answers,
    Observation,
    Progress,
    Step,
    UnknownId,
)
from handrail.engines.approach.questions import QUESTIONS, Question, questions_asked
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
    "KNOWLEDGE",
    "NEEDS",
    "OBSERVED",
    "PLACES",
    "QUESTIONS",
    "WITNESSES",
    "Answers",
    "Contradiction",
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
]
