"""What others do to a starting point: sharing waits for a pairing, and ends with it; a plan lets it rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from handrail.capabilities.starting_point.conversation.actions import SUBJECT, let_rest
from handrail.capabilities.starting_point.sharing.actions import end_sharing as end_sharing_answers
from handrail.capabilities.starting_point.sharing.actions import seal_waiting as seal_waiting_answers
from handrail.capabilities.starting_point.walkthroughs.actions import end_sharing_marks, seal_waiting_marks

if TYPE_CHECKING:
    from handrail.capabilities.accounts.requests import SignedInRequest

__all__ = ["SUBJECT", "end_sharing", "let_rest", "seal_waiting"]


@transaction.atomic
def end_sharing(*, conversation_id: int) -> None:
    """The pairing is over: what the leader had shared in it, of either kind, is deleted."""
    end_sharing_answers(conversation_id=conversation_id)
    end_sharing_marks(conversation_id=conversation_id)


def seal_waiting(request: SignedInRequest) -> str:
    """What was to be shared once there is a mentor is sealed now. What to tell its owner; empty if nothing happened."""
    answers, marks = seal_waiting_answers(request), seal_waiting_marks(request)
    return answers or marks
