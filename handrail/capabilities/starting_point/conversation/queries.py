"""Reads of the conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404

from handrail.capabilities.starting_point.sheet import BY_ID, Sheet

if TYPE_CHECKING:
    from handrail.engines.approach import Question


def question_called(question_id: str) -> Question:
    question = BY_ID.get(question_id)
    if question is None:
        raise Http404
    return question


def question_before(sheet: Sheet, question: Question) -> Question | None:
    """The one asked before this; None for the first."""
    ids = [one.id for one in sheet.asked]
    place = ids.index(question.id) if question.id in ids else 0
    return sheet.asked[place - 1] if place else None


def question_after(sheet: Sheet, question: Question) -> Question | None:
    """The next one to ask: the first after this that is still open, then any other that is."""
    done = {one.id for one in sheet.answered} | sheet.passed
    ids = [one.id for one in sheet.asked]
    place = ids.index(question.id) + 1 if question.id in ids else 0
    later = next((one for one in sheet.asked[place:] if one.id not in done), None)
    return later or sheet.next_question
