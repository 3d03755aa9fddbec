"""What goes in: answers, what the pair saw together, steps, and what became of the steps so far."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from handrail.engines.approach.questions import BY_ID, questions_asked, tidied

START_FROM_YOUR_ROLE = "start_from_your_role"
WORK_OUT_LOUD = "work_out_loud"
TAKE_CONTROL = "take_control"
APPROACHES: tuple[str, ...] = (START_FROM_YOUR_ROLE, WORK_OUT_LOUD, TAKE_CONTROL)

NEEDS: tuple[str, ...] = (
    "team",
    "audience",
    "listening",
    "answering",
    "writing",
    "asking",
    "data",
    "safety",
    "settings",
    "time",
    "confidence",
    "passing_on",
    "role_goal",
)
PLACES: tuple[str, ...] = BY_ID["place"].options
WORRIES: tuple[str, ...] = tuple(one for one in BY_ID["worries"].options if one not in BY_ID["worries"].alone)

WITNESSES: tuple[str, ...] = ("leader", "mentor")
OBSERVED: tuple[str, ...] = (
    "asked_the_team",
    "asked_a_question_in_public",
    "answered_somebody",
    "wrote_what_was_learned",
    "changed_a_setting",
    "asked_for_help",
    "passed_something_on",
    "knew_more_than_said",
    "was_less_sure_than_said",
    "avoided_the_screen",
    "broadcast_only",
    "worried_about_safety",
)


class UnknownId(ValueError):
    """An id that is in no list here, or more options than the question takes; names it."""


@dataclass(frozen=True)
class Answers:
    """Question id → ids of the options chosen. A question that was skipped is absent. Never free text.

    Make it with `Answers.of`, which checks the ids and sets aside answers to questions that an earlier answer made
    pointless. Neither the order of the questions nor that of the options matters.
    """

    chosen: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @classmethod
    def of(cls, given: Mapping[str, Iterable[str]]) -> "Answers":
        """Raises UnknownId."""
        sets = {question: tuple(options) for question, options in given.items()}
        for question, options in sets.items():
            _check(question, options)
        kept = ((question.id, tidied(question, sets.get(question.id, ()))) for question in questions_asked(sets))
        return cls(tuple((question, options) for question, options in kept if options))

    def to(self, question: str) -> tuple[str, ...]:
        """The options chosen for this question; none where it was skipped."""
        return dict(self.chosen).get(question, ())


def _check(question: str, options: tuple[str, ...]) -> None:
    known = BY_ID.get(question)
    if known is None:
        raise UnknownId(f"There is no question “{question}”.")
    for option in options:
        if option not in known.options:
            raise UnknownId(f"The question “{question}” has no option “{option}”.")
    if len(set(options)) > known.most:
        raise UnknownId(f"The question “{question}” takes at most {known.most}, not {len(set(options))}.")


@dataclass(frozen=True)
class Observation:
    """One thing the pair saw together: who wrote it down (leader or mentor), what (an id of OBSERVED), its order."""

    by: str
    what: str
    order: int

    def __post_init__(self) -> None:
        if self.by not in WITNESSES:
            raise UnknownId(f"An observation is by the leader or the mentor, not by “{self.by}”.")
        if self.what not in OBSERVED:
            raise UnknownId(f"There is no observation “{self.what}”.")


@dataclass(frozen=True)
class Step:
    """One small step of the open pack. `after`: ids that should come first. `minutes`: whole minutes, at most ten.

    `private`: nobody is asked or told, and nobody notices.
    """

    id: str
    approaches: frozenset[str]
    needs: frozenset[str]
    minutes: int
    places: frozenset[str]
    after: frozenset[str] = frozenset()
    passes_on: bool = False
    private: bool = False

    def __post_init__(self) -> None:
        for name, ids, known in (
            ("approach", self.approaches, APPROACHES),
            ("need", self.needs, NEEDS),
            ("place", self.places, PLACES),
        ):
            strangers = sorted(ids.difference(known))
            if strangers:
                raise UnknownId(f"Step “{self.id}”: there is no {name} “{strangers[0]}”.")
        if not self.approaches:
            raise UnknownId(f"Step “{self.id}” names no approach.")


@dataclass(frozen=True)
class Progress:
    """Ids of the steps done, and of those that were “not for me”: neither is offered again.

    `planned`: those that a plan holds, still to do; what it ends in follows from them. None where there is no plan.
    """

    done: frozenset[str] = frozenset()
    skipped: frozenset[str] = frozenset()
    planned: frozenset[str] | None = None
