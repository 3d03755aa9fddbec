"""Which answers about joining go together, and whom they let in."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handrail.capabilities.schemes.joining.models import Joining, Listed
from handrail.foundation.access.refusal import Refused

MOST_LEVELS = 4
MOST_TEAMS = 100
MOST_LISTED = 500
NAMED = 5  # in one message

Leaders, Mentors = Joining.Leaders, Joining.Mentors
LEADER, MENTOR = Listed.Side.LEADER, Listed.Side.MENTOR


def check_go_together(leaders: str, mentors: str) -> None:
    if not go_together(leaders, mentors):
        raise Refused(
            _("Anybody may be a leader, so nobody would be left to be a mentor. Change one of the two answers.")
        )


def go_together(leaders: str, mentors: str) -> bool:
    return (leaders, mentors) != (Leaders.ANYBODY, Mentors.OUTSIDE)


def answer_for(joining: Joining, side: str) -> str:
    return joining.leaders if side == LEADER else joining.mentors


def is_open_to_all(joining: Joining, side: str) -> bool:
    return answer_for(joining, side) == Leaders.ANYBODY


def check_may_join(joining: Joining, side: str, *, is_let_in: bool) -> None:
    if not is_let_in:
        raise Refused(
            _("%(who)s If you would like to take part all the same, speak to the coordinator: they can let you in.")
            % {"who": who_may_join(joining, side)}
        )


def check_may_be_asked(joining: Joining, side: str, others: Sequence[str]) -> None:
    """`others`: the names of those whom the scheme would not let in."""
    if not others:
        return
    raise Refused(
        _("%(who)s That leaves out: %(names)s. Ask the others only, or change who may join.")
        % {"who": who_may_join(joining, side), "names": first_few(others)}
    )


def first_few(names: Sequence[str]) -> str:
    return ", ".join(names[:NAMED]) + (" …" if len(names) > NAMED else "")


def who_may_join(joining: Joining, side: str) -> str:
    """In a sentence, for everybody."""
    if side == LEADER:
        return _("Who may join as a leader: %(who)s.") % {"who": leaders_in_words(joining)}
    return _("Who may join as a mentor: %(who)s.") % {"who": mentors_in_words(joining)}


def leaders_in_words(joining: Joining) -> str:
    words: dict[str, Callable[[], str]] = {
        Leaders.ANYBODY: lambda: _("anybody"),
        Leaders.INVITED: lambda: _("whoever is invited"),
        Leaders.THERE: lambda: (
            _("people in %(teams)s") % {"teams": ", ".join(joining.teams)}
            if joining.teams
            else _("people in teams that are still to be named")
        ),
        Leaders.LEVELS: lambda: (
            ngettext(
                "whoever has nobody above them",
                "the first %(levels)d levels, counted from the top",
                joining.levels,
            )
            % {"levels": joining.levels}
        ),
        Leaders.LISTED: lambda: _("the people on the coordinator’s list"),
    }
    return words[joining.leaders]()


def mentors_in_words(joining: Joining) -> str:
    return {
        Mentors.ANYBODY: _("anybody"),
        Mentors.OUTSIDE: _("anybody but those who may join as leaders"),
        Mentors.INVITED: _("whoever is invited"),
        Mentors.LISTED: _("the people on the coordinator’s list"),
    }[Mentors(joining.mentors)]
