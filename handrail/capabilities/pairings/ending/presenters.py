"""The end of a scheme in words: what is settled of it, what it means for whom, and what everybody reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from handrail.capabilities.pairings.ending.emails import words_to_two, words_to_waiting
from handrail.capabilities.pairings.ending.forms import DayForm, WhyForm, WordsForm
from handrail.capabilities.pairings.ending.queries import Concerned
from handrail.design.parts import Row, Task, Text

if TYPE_CHECKING:
    from handrail.capabilities.schemes.ending.models import Ending
    from handrail.capabilities.schemes.set_up.models import Outcome

STEPS: dict[str, Text] = {
    "day": lazy("Which is the last day?"),
    "words": lazy("What do you want to say to everybody in it?"),
    "why": lazy("Why does it end?"),
}
FORMS: dict[str, Any] = {"day": DayForm, "words": WordsForm, "why": WhyForm}


def usual_words() -> str:
    return _(
        "Our scheme comes to its close. Thank you for the time you gave one another; none of it was a matter of course."
    )


def form_of(step: str, sent: Any, ending: Ending) -> Any:
    said = {"day": ending.day, "words": ending.words or usual_words(), "why": ending.why}
    return FORMS[step](sent, initial={step: said[step]})


def rows_of(ending: Ending) -> list[Row]:
    """What is settled; with a way to change it as long as nothing is decided."""
    said: list[tuple[str, Text, str]] = [
        ("day", _("Last day"), date_format(ending.day, "l j F Y") if ending.day else _("Not chosen yet")),
        ("words", _("To everybody in it"), ending.words or _("Not written yet")),
        ("why", _("Why it ends"), ending.why or _("Not written yet")),
    ]
    if ending.decided_on:
        return [Row(key, value) for _step, key, value in said]
    place = ending.scheme_id
    return [Row(key, value, _("Change"), reverse("scheme_end_step", args=[place, step])) for step, key, value in said]


def is_whole(ending: Ending) -> bool:
    return bool(ending.day and ending.words and ending.why)


def what_happens(concerned: Concerned) -> list[str]:
    """For whom it means what."""
    pairs = ngettext("%(number)d pair runs.", "%(number)d pairs run.", concerned.pairs) % {"number": concerned.pairs}
    questions = ngettext(
        "%(number)d question is still open.", "%(number)d questions are still open.", concerned.questions
    ) % {"number": concerned.questions}
    waiting = ngettext("%(number)d person waits.", "%(number)d people wait.", concerned.waiting) % {
        "number": concerned.waiting
    }
    return [
        _("%(pairs)s Once you decide, both of each read a message, and meet until the last day as they like.")
        % {"pairs": pairs},
        _("The day after, each pair comes to its close, and is asked three questions that may stay empty."),
        _("What two people wrote stays theirs. You could not read it before, and you cannot then."),
        _("%(questions)s They may be answered until then, and cancel themselves after.") % {"questions": questions},
        _("%(waiting)s They are told, too. What people signed up with is deleted after the last day.")
        % {"waiting": waiting},
        _("Once it is decided nobody new is asked or signs up. Until the last day you can take all of it back."),
    ]


def previews(ending: Ending) -> list[tuple[str, str]]:
    """What the two of a pair, and whoever waits, would read; with names in place of theirs."""
    one, other = _("(their name)"), _("(the other’s name)")
    return [
        (_("What both of a pair read"), words_to_two(one, other, ending, _("(a link to their page)"))),
        (_("What those who wait read"), words_to_waiting(one, ending)),
    ]


def outcomes_to_settle(outcomes: list[Outcome]) -> list[Task]:
    """Each outcome the scheme serves, with its way to look at it for the last time."""
    return [
        Task(
            one.name,
            reverse("scheme_outcome" if one.settled_on else "scheme_outcome_settle", args=[one.scheme_id, one.pk]),
            status=_("Looked at") if one.settled_on else _("To look at"),
            done=one.settled_on is not None,
            hint=one.measure,
        )
        for one in outcomes
    ]
