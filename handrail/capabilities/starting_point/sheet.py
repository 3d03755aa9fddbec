"""What one leader told so far, as it is sealed: one text of a fixed size, so that its length tells nothing."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from handrail.engines.approach import QUESTIONS, Answers, Question, questions_asked
from handrail.foundation.vault.texts import padded

UNNAMED = "something_else"  # a goal that was tapped and not said
BY_ID: dict[str, Question] = {question.id: question for question in QUESTIONS}


@dataclass(frozen=True)
class Sheet:
    """Answers by question: the options tapped, own words; what was passed over; what is to be shared later.

    `shown`: by conversation, the parts that were shared there. The copies themselves may be gone by now. `left_out`:
    lines of shared parts that were unticked.
    """

    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    passed: frozenset[str] = frozenset()
    wishes: tuple[str, ...] = ()
    shown: dict[str, tuple[str, ...]] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()

    def with_answer(self, question: Question, options: Iterable[str], words: str) -> "Sheet":
        chosen = {**self.chosen, question.id: tuple(options)}
        own = {**self.words, question.id: words}
        return replace(
            self,
            chosen={name: one for name, one in chosen.items() if one},
            words={name: one for name, one in own.items() if one},
            passed=self.passed - {question.id},
        )

    def without(self, question: Question) -> "Sheet":
        """The question passed over: whatever was answered to it is gone."""
        emptied = self.with_answer(question, (), "")
        return replace(emptied, passed=emptied.passed | {question.id})

    def with_wishes(self, sections: Iterable[str]) -> "Sheet":
        return replace(self, wishes=tuple(sections))

    def with_left_out(self, lines: Iterable[str]) -> "Sheet":
        return replace(self, left_out=frozenset(lines))

    def with_shown(self, conversation_id: int, sections: Iterable[str]) -> "Sheet":
        shown = {**self.shown, str(conversation_id): tuple(sections)}
        return replace(self, shown={name: one for name, one in shown.items() if one})

    @property
    def asked(self) -> tuple[Question, ...]:
        """The questions that make sense after these answers: with no time at all, nobody asks where it would fit."""
        asked = questions_asked(self.chosen)
        if self.has_no_time:
            return tuple(one for one in asked if one.id != "place")
        return asked

    @property
    def goals(self) -> tuple[tuple[str, ...], str]:
        """Of the role: what was tapped, and own words. “Something else” stays only where it was not said."""
        own = self.words.get("role_goal", "")
        return tuple(one for one in self.chosen.get("role_goal", ()) if one != UNNAMED or not own), own

    @property
    def told(self) -> frozenset[str]:
        """Every option tapped, as `question.option`."""
        return frozenset(f"{question}.{option}" for question, options in self.chosen.items() for option in options)

    @property
    def has_no_time(self) -> bool:
        return "none_now" in self.chosen.get("time", ())

    @property
    def answered(self) -> list[Question]:
        return [one for one in self.asked if one.id in self.chosen or one.id in self.words]

    @property
    def next_question(self) -> Question | None:
        """Where somebody stopped: the first question neither answered nor passed over."""
        done = {one.id for one in self.answered} | self.passed
        return next((one for one in self.asked if one.id not in done), None)

    @property
    def answers(self) -> Answers:
        """What the engine is given; own words never."""
        return Answers.of(self.chosen)

    def as_text(self) -> str:
        kept = {
            "chosen": self.chosen,
            "words": self.words,
            "passed": sorted(self.passed),
            "wishes": self.wishes,
            "shown": self.shown,
            "left_out": sorted(self.left_out),
        }
        return padded(json.dumps(kept, ensure_ascii=False))


def sheet_from(text: str) -> Sheet:
    """The sheet in this text. Questions and options that are asked no more are left out."""
    kept = json.loads(text)
    chosen = {
        name: tuple(option for option in options if option in BY_ID[name].options)
        for name, options in kept["chosen"].items()
        if name in BY_ID
    }
    return Sheet(
        chosen={name: options for name, options in chosen.items() if options},
        words={name: words for name, words in kept["words"].items() if name in BY_ID},
        passed=frozenset(kept["passed"]) & BY_ID.keys(),
        wishes=tuple(kept["wishes"]),
        shown={name: tuple(sections) for name, sections in kept["shown"].items()},
        left_out=frozenset(kept.get("left_out", ())),  # sheets sealed before there was a choice have none
    )
