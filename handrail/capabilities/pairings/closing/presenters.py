"""Looking back, in words."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from handrail.capabilities.pairings.closing.models import ClosingAnswer
from handrail.capabilities.pairings.closing.queries import OpenAnswer
from handrail.capabilities.pairings.closing.rules import FOR_THE_TWO, can_be_ordinary
from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.pairings.queries import OwnPairing
from handrail.design.parts import Row, Task, Text

Question = ClosingAnswer.Question
READ_AS: dict[str, Text] = {
    Question.LEARNED: lazy("Does differently now"),
    Question.PASSED_ON: lazy("Passed on"),
}
NEXT: dict[str, Text] = {
    Pairing.Next.ANOTHER: lazy("To meet somebody else, some time"),
    Pairing.Next.MENTOR: lazy("To be a mentor to somebody"),
    Pairing.Next.REST: lazy("A rest, for now"),
}
NEXT_HINTS: dict[str, Text] = {
    Pairing.Next.MENTOR: lazy("Whoever has just learned something explains it best."),
}


def question_in_words(question: str, own: OwnPairing) -> str:
    return {
        Question.LINE: _("One line for %(name)s") % {"name": own.other.name},
        Question.LEARNED: _("What do you do differently now?"),
        Question.PASSED_ON: _("What have you passed on, and to whom?"),
    }[Question(question)]


def who_sees(question: str, own: OwnPairing, answer: OpenAnswer | None = None) -> str:
    """Beside every question, before anything is written."""
    if question in FOR_THE_TWO:
        return _("You and %(name)s read it, nobody else.") % {"name": own.other.name}
    if answer and answer.ordinary:
        return _("You and the coordinator read it, because you said so. It is quoted nowhere.")
    return _("Only you read it, unless you let the coordinator read it, too.")


def questions_to_answer(answers: dict[str, OpenAnswer], own: OwnPairing) -> list[Task]:
    return [
        Task(
            question_in_words(question, own),
            reverse("closing_question", args=[own.pairing.pk, question]),
            status=_("Answered") if question in answers else _("If you like"),
            done=question in answers,
            hint=who_sees(question, own, answers.get(question)),
        )
        for question in ClosingAnswer.Question.values
    ]


def to_make_readable(answers: dict[str, OpenAnswer], own: OwnPairing) -> list[Row]:
    """The answers whose author may let the coordinator read them."""
    return [
        Row(
            question_in_words(question, own),
            answer.text,
            _("Take it back") if answer.ordinary else _("Let the coordinator read it"),
            reverse("closing_readable", args=[own.pairing.pk, question]),
        )
        for question, answer in answers.items()
        if can_be_ordinary(question)
    ]


def readable_rows(made: list[tuple[str, str, str]]) -> list[Row]:
    """For the coordinator: who let them read what."""
    return [Row(f"{name}: {READ_AS[question]}", words) for name, question, words in made]
