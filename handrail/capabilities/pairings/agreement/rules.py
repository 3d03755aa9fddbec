"""Which terms there are, which protect more, and how many lines two people need."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from handrail.capabilities.pairings.agreement.models import Line
from handrail.foundation.access.refusal import Refused

# Each question with its answers, from the one that leaves most open to the one that protects most.
TERMS: dict[str, tuple[str, ...]] = {
    "told": ("lessons", "meeting", "nothing"),
    "between": ("any_time", "working_hours", "sessions_only"),
    "where": ("anywhere", "apart", "closed"),
    "rhythm": ("week", "fortnight", "month"),
}
MOST = {Line.Kind.GOAL: 5, Line.Kind.AGENDA: 12}

Chosen = Mapping[str, str]


def next_question(chosen: Chosen) -> str:
    """The first that is not answered yet; "" when all are."""
    return next((question for question in TERMS if question not in chosen), "")


def is_whole(chosen: Chosen) -> bool:
    return not next_question(chosen)


def what_applies(one: Chosen, other: Chosen) -> dict[str, str]:
    """Of two answers the more protective; nothing before both have answered everything."""
    if not (is_whole(one) and is_whole(other)):
        return {}
    return {question: max(one[question], other[question], key=answers.index) for question, answers in TERMS.items()}


def check_can_choose(question: str, answer: str) -> None:
    if answer not in TERMS.get(question, ()):
        raise Refused(_("Please choose one of these."))


def can_choose(question: str, answer: str) -> bool:
    return answer in TERMS.get(question, ())


def check_can_add_line(kind: str, standing: int) -> None:
    if not can_add_line(kind, standing):
        raise Refused(_("That is plenty for two people. Take one away first."))


def can_add_line(kind: str, standing: int) -> bool:
    return standing < MOST[Line.Kind(kind)]
