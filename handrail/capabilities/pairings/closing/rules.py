"""Who may look back, and what may be made readable."""

from datetime import timedelta

from django.utils.translation import gettext as _

from handrail.capabilities.pairings.closing.models import ClosingAnswer
from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.pairings.rules import State
from handrail.foundation.access.refusal import Refused

Question = ClosingAnswer.Question
FOR_THE_TWO = (Question.LINE,)
MAY_BE_ORDINARY = (Question.LEARNED, Question.PASSED_ON)
OPEN_FOR = timedelta(days=30)  # then it closes by itself


def check_can_look_back(pairing: Pairing, side: str) -> None:
    if not side:
        raise Refused(_("These questions are for two other people."))
    if pairing.state != State.ENDED:
        raise Refused(_("This has changed in the meantime. Here is how it stands now."))


def can_look_back(pairing: Pairing, side: str) -> bool:
    return bool(side) and pairing.state == State.ENDED


def check_can_be_ordinary(question: str) -> None:
    if not can_be_ordinary(question):
        raise Refused(_("This one stays between you two."))


def can_be_ordinary(question: str) -> bool:
    return question in MAY_BE_ORDINARY


def leads_to_mentoring(wish: str) -> bool:
    return wish == Pairing.Next.MENTOR
