"""What a coordinator taps and types about who may join, one question a page."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from handrail.capabilities.schemes.joining import rules
from handrail.capabilities.schemes.joining.rules import Leaders, Mentors
from handrail.capabilities.schemes.sign_up.rules import plain_word
from handrail.design.forms import ChoicesField, Form, LongTextField, RadiosField
from handrail.design.parts import Text

TAPPED = 40  # teams and places; with more than that they are written, one on a line
LEVELS: dict[int, Text] = {
    1: lazy("The top only: nobody stands above them"),
    2: lazy("The first two levels"),
    3: lazy("The first three levels"),
    4: lazy("The first four levels"),
}


class LeadersForm(Form):
    leaders = RadiosField(
        label=lazy("Which leaders may join?"),
        hint=lazy("Whoever cannot is told kindly, and to speak to you."),
        choices=[
            (Leaders.ANYBODY, lazy("Anybody")),
            (Leaders.INVITED, lazy("Those who are invited")),
            (Leaders.THERE, lazy("Those in some teams or places")),
            (Leaders.LEVELS, lazy("Those from a level up")),
            (Leaders.LISTED, lazy("Those on a list of yours")),
        ],
        hints={
            Leaders.INVITED: lazy("You invite them, one by one or many at once."),
            Leaders.LISTED: lazy("Where you have agreed elsewhere who takes part."),
        },
    )


class TeamsForm(Form):
    """Boxes to tick while there are few; else written as the list of people has them."""

    def __init__(self, *arguments: Any, known: list[str], **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.known = {plain_word(name): name for name in known}
        label = lazy("Which teams or places?")
        if len(known) <= TAPPED:
            hint = lazy("As they stand on your list of people.")
            self.fields["teams"] = ChoicesField(label=label, hint=hint, choices=[(name, name) for name in known])
        else:
            hint = lazy("One on each line, as they stand on your list of people.")
            self.fields["teams"] = LongTextField(label=label, hint=hint, maximum=10_000, rows=6)
            self.initial["teams"] = "\n".join(self.initial.get("teams", []))

    def clean_teams(self) -> list[str]:
        said: Any = self.cleaned_data["teams"]
        lines = said.splitlines() if isinstance(said, str) else said
        typed = list(dict.fromkeys(filter(None, map(plain_word, lines))))
        if len(typed) > rules.MOST_TEAMS:
            raise ValidationError(_("A hundred at most. Is it simpler to let anybody in?"))
        for one in typed:
            if one not in self.known:
                raise ValidationError(self._unknown(one))
        return [self.known[one] for one in typed]

    def _unknown(self, one: str) -> str:
        near = [self.known[name] for name in get_close_matches(one, self.known, 3)]
        said = _("No team and no place on your list of people is called “%(name)s”.") % {"name": one[:100]}
        return f"{said} {_('Is it one of these: %(names)s?') % {'names': ', '.join(near)}}" if near else said


class LevelsForm(Form):
    levels = RadiosField(
        label=lazy("From which level up?"),
        hint=lazy(
            "Counted from the top of the reporting lines. People whose line is not known cannot join this way; another "
            "answer, or a list of yours, lets them in."
        ),
        choices=[(str(levels), text) for levels, text in LEVELS.items()],
    )

    def clean_levels(self) -> int:
        return int(self.cleaned_data["levels"])


class MentorsForm(Form):
    mentors = RadiosField(
        label=lazy("Which mentors may join?"),
        choices=[
            (Mentors.ANYBODY, lazy("Anybody")),
            (Mentors.OUTSIDE, lazy("Anybody but those who may join as leaders")),
            (Mentors.INVITED, lazy("Those who are invited")),
            (Mentors.LISTED, lazy("Those on a list of yours")),
        ],
        hints={Mentors.ANYBODY: lazy("Usual: the best mentor is often from where nobody looked.")},
    )


class ListForm(Form):
    people = LongTextField(
        label=lazy("Who is on your list?"),
        hint=lazy("A name or an e-mail address on each line, as on your list of people."),
        maximum=50_000,
        rows=8,
    )

    def __init__(self, *arguments: Any, known: dict[str, list[int]], **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.known = known

    def clean_people(self) -> list[int]:
        typed = list(dict.fromkeys(filter(None, map(plain_word, self.cleaned_data["people"].splitlines()))))
        if len(typed) > rules.MOST_LISTED:
            raise ValidationError(_("Five hundred at most. Is it simpler to name teams, or to invite?"))
        unknown = [one for one in typed if one not in self.known]
        if unknown:
            raise ValidationError(
                _("Not on your list of people: %(names)s. Write the whole name, or add them first.")
                % {"names": _some(unknown)}
            )
        several = [one for one in typed if len(self.known[one]) > 1]
        if several:
            raise ValidationError(
                _("There are several people called: %(names)s. Write their e-mail addresses instead.")
                % {"names": _some(several)}
            )
        return [self.known[one][0] for one in typed]


def _some(typed: list[str]) -> str:
    return rules.first_few([f"“{one[:100]}”" for one in typed])
