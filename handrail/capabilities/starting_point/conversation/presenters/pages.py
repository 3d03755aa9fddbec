"""The pages around the questions, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handrail.capabilities.starting_point import rules
from handrail.capabilities.starting_point.conversation.presenters.questions import WORDS, answer_in_words
from handrail.capabilities.starting_point.conversation.presenters.reasons import KEPT
from handrail.capabilities.starting_point.sheet import Sheet
from handrail.design.parts import Row, Task

if TYPE_CHECKING:
    from handrail.capabilities.starting_point.models import Invitation


@dataclass(frozen=True)
class Asked:
    """Who asks, what they are, and why now."""

    name: str
    title: str
    words: str


def asked_by(invitation: Invitation | None) -> Asked | None:
    if invitation is None:
        return None
    asker = invitation.asked_by
    if asker is None:
        return Asked(invitation.scheme.organisation.name, "", invitation.words)
    return Asked(asker.name, asker.job_title, invitation.words)


def progress_in_words(sheet: Sheet) -> str:
    if sheet.next_question is None:
        return _("You have been through all the questions. You can change any answer.")
    count = len(sheet.answered)
    return ngettext(
        "You have answered %(count)d question. Go on where you stopped, or stop here: both are fine.",
        "You have answered %(count)d questions. Go on where you stopped, or stop here: both are fine.",
        count,
    ) % {"count": count}


def missing_in_words(sheet: Sheet) -> str:
    missing = rules.ENOUGH - len(sheet.answered)
    return ngettext(
        "%(count)d more answer, and this page has something useful to say.",
        "%(count)d more answers, and this page has something useful to say.",
        missing,
    ) % {"count": missing}


def places(sheet: Sheet, mentors: Sequence[str]) -> list[Task]:
    """Where somebody who has begun may go."""
    found = []
    if rules.says_enough(sheet):
        found.append(Task(_("What would help you"), reverse("starting_point_result"), hint=_("Worth printing")))
    found.append(Task(_("Your answers"), reverse("starting_point_answers"), hint=_("Look them over, change any")))
    if rules.says_enough(sheet):
        found += [
            Task(
                sharing_in_words(mentors),
                reverse("starting_point_share"),
                hint=_("Part by part; you see it first, and can take it back"),
            ),
        ]
    if rules.says_enough(sheet) and not mentors:
        found += [
            Task(
                _("Use this to find my mentor"),
                reverse("starting_point_words"),
                hint=_("At most three words, which you choose"),
            ),
        ]
    return [
        *found,
        Task(_("Who can read what"), reverse("starting_point_consent")),
        Task(_("Delete your starting point"), reverse("starting_point_delete")),
    ]


def sharing_in_words(mentors: Sequence[str]) -> str:
    """By the mentor's name, or that there is none yet."""
    if len(mentors) == 1:
        return _("Share some of it with %(name)s") % {"name": mentors[0]}
    if mentors:
        return _("Share some of it with one of your mentors")
    return _("Choose what a mentor may see once you have one")


def answer_rows(sheet: Sheet, *, in_confidence: bool) -> list[Row]:
    """What was asked in confidence apart, as where the answers lead: it is folded away."""
    return [
        Row(
            WORDS[question.id].short,
            answer_in_words(sheet, question.id) or _("No answer, and that is fine"),
            _("Change") if question in sheet.answered else _("Answer"),
            reverse("starting_point_question", args=[question.id]) + "?from=answers",
        )
        for question in sheet.asked
        if (question.id in KEPT) is in_confidence
    ]
