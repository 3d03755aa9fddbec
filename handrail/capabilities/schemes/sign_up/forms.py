"""What somebody taps and types to sign up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from handrail.capabilities.accounts.queries import mail_leaves
from handrail.capabilities.schemes.sign_up import queries, rules
from handrail.capabilities.schemes.sign_up.choices import CHANNELS, DAYS, PARTS, language_code, themes
from handrail.capabilities.schemes.sign_up.models import SignUp, TimeAgreement
from handrail.capabilities.schemes.sign_up.rules import WhomNot
from handrail.design.forms import (
    ChoicesField,
    ConsentField,
    EmailField,
    Form,
    LongTextField,
    RadiosField,
    SelectField,
    SlotsField,
    TextField,
)

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Organisation

LONGEST_NAME = 200
LONGEST_PARTY = 60
LONGEST_LANGUAGE = 40
Meets, Time = SignUp.Meets, TimeAgreement.State
MEETS = [
    (Meets.EITHER, lazy("Either is fine")),
    (Meets.REMOTE, lazy("By video or telephone")),
    (Meets.IN_PERSON, lazy("In the same room")),
]


def _numbers_of_leaders() -> list[tuple[str, str]]:
    """In the language of the page: `ngettext` cannot wait once its number is put in."""
    return [
        (str(number), ngettext("%(number)d leader", "%(number)d leaders", number) % {"number": number})
        for number in range(1, rules.MOST_LEADERS + 1)
    ]


def _hours() -> list[tuple[str, str]]:
    return [
        (str(hours), ngettext("%(hours)d hour a month", "%(hours)d hours a month", hours) % {"hours": hours})
        for hours in rules.HOURS
    ]


class ThemesForm(Form):
    themes = ChoicesField(label=lazy("What would you like help with?"), choices=[], required=False)

    def __init__(self, *arguments: Any, side: str, **more: Any) -> None:
        super().__init__(*arguments, **more)
        field: Any = self.fields["themes"]
        field.choices = list(themes().items())
        if side == SignUp.Side.LEADER:
            field.most = rules.MOST_THEMES_OF_A_LEADER
            field.help_text = lazy("Up to three. They can be anything: nobody is asked why.")
        else:
            field.label = lazy("What can you help with?")
            field.help_text = lazy("Whatever you know from your own work. Being an expert is not needed.")


class ChannelsForm(Form):
    channels = ChoicesField(
        label=lazy("Places online that you know well"), choices=list(CHANNELS.items()), required=False
    )


class LeaderThemesForm(ThemesForm, ChannelsForm):
    """With the places online that a leader's own words named; whoever named none is not asked."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        if self.initial.get("channels"):
            self.fields["channels"].label = lazy("Places online you would like to understand")
        else:
            del self.fields["channels"]


class TimesForm(Form):
    times = SlotsField(
        label=lazy("When could you meet?"),
        hint=lazy("Half an hour, a few times. Leave it empty if you cannot say yet."),
        rows=DAYS,
        columns=PARTS,
        required=False,
    )


class WhereForm(Form):
    meets = RadiosField(label=lazy("Where would you like to meet?"), choices=MEETS, initial=Meets.EITHER)
    place = TextField(
        label=lazy("Town or building you are mostly in (if you like)"),
        maximum=120,
        required=False,
    )
    languages = TextField(
        label=lazy("Languages you are at ease in"), hint=lazy("With a comma between them."), maximum=250
    )

    def clean_languages(self) -> list[str]:
        """Codes, in the order given."""
        typed = [word for word in re.split("[,;]", self.cleaned_data["languages"]) if word.strip()]
        if not typed:
            raise ValidationError(_("Write at least one language."))
        if len(typed) > rules.MOST_LANGUAGES or any(len(word.strip()) > LONGEST_LANGUAGE for word in typed):
            raise ValidationError(_("Six languages at most, forty letters each. Is a comma missing?"))
        return list(dict.fromkeys(language_code(word) for word in typed))


class WhomNotForm(Form):
    """Kept sealed, and shown to nobody but the person on this form."""

    names = LongTextField(
        label=lazy("Is there somebody you would rather not be paired with?"),
        hint=lazy(
            "Their whole name, one on each line; or nothing. Nobody is shown this: not the coordinator, not the person "
            "you name. It just does not happen."
        ),
        maximum=2000,
        rows=2,
        required=False,
    )
    party = TextField(
        label=lazy("The party or group you sit for"),
        hint=lazy(
            "Only if you are an elected member. It keeps apart whoever wants it; and everybody, if the coordinator "
            "chooses so, who then reads that two of you sit for different ones."
        ),
        maximum=LONGEST_PARTY,
        required=False,
    )
    other_parties = ConsentField(label=lazy("Not with somebody who sits for another party or group"), required=False)
    parties = TextField(
        label=lazy("Parties or groups you would rather not be paired with"),
        hint=lazy("With a comma between them. Nobody is shown this either."),
        maximum=300,
        required=False,
    )

    own_organisation = ConsentField(label=lazy("Only somebody from outside my organisation"), required=False)

    def __init__(self, *arguments: Any, organisation: Organisation, beyond: bool, **more: Any) -> None:
        """`beyond`: the scheme spans others, so that a name unknown here may be right all the same."""
        super().__init__(*arguments, **more)
        if not beyond:
            del self.fields["own_organisation"]
        self.organisation, self.beyond = organisation, beyond

    def clean_names(self) -> tuple[frozenset[int], frozenset[str]]:
        people: set[int] = set()
        names: set[str] = set()
        typed = [" ".join(line.split()) for line in self.cleaned_data["names"].splitlines() if line.strip()]
        if len(typed) > rules.MOST_NOT:
            raise ValidationError(_("Ten at most. If it is more, speak to the coordinator."))
        for name in typed:
            found = queries.people_of_name(self.organisation, name) if len(name) <= LONGEST_NAME else []
            if not found and not self.beyond:
                raise ValidationError(
                    _("Nobody here is called “%(name)s”. Write the whole name as it is on the staff list.")
                    % {"name": name[:LONGEST_NAME]}
                )
            people |= {one.pk for one in found}
            names |= set() if found else {name}
        return frozenset(people), frozenset(names)

    def clean_parties(self) -> frozenset[str]:
        typed = re.split("[,;]", self.cleaned_data["parties"])
        return frozenset(" ".join(word.split()) for word in typed if word.strip())

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not {"names", "parties"} & set(self.errors) and not rules.can_keep_whom_not(self.whom_not):
            self.add_error("names", _("Ten at most, names and parties together. If it is more, ask the coordinator."))
        return cleaned

    @property
    def whom_not(self) -> WhomNot:
        people, names = self.cleaned_data["names"]
        said = self.cleaned_data
        outside = bool(said.get("own_organisation"))
        return WhomNot(people, names, said["parties"], said["other_parties"], outside)


class WishesForm(Form):
    """Whom somebody would like; for matching, and read by the coordinator."""

    names = LongTextField(
        label=lazy("Is there somebody you would like to be paired with?"),
        hint=lazy("Their whole name, one on each line, whom you would like most first; three at most, or nothing."),
        maximum=700,
        rows=3,
        required=False,
    )

    def __init__(self, *arguments: Any, organisation: Organisation, beyond: bool, **more: Any) -> None:
        """`beyond`: the scheme spans others, so that a name unknown here may be right all the same."""
        super().__init__(*arguments, **more)
        self.organisation, self.beyond = organisation, beyond

    def clean_names(self) -> list[str]:
        typed = [" ".join(line.split()) for line in self.cleaned_data["names"].splitlines() if line.strip()]
        if len(typed) > rules.MOST_WISHES:
            raise ValidationError(_("Three at most. Leave out whom you would like least."))
        for name in typed:
            if len(name) > LONGEST_NAME or not (self.beyond or queries.people_of_name(self.organisation, name)):
                raise ValidationError(
                    _("Nobody here is called “%(name)s”. Write the whole name as it is on the staff list.")
                    % {"name": name[:LONGEST_NAME]}
                )
        return list(dict.fromkeys(typed))


class MentorForm(ThemesForm, ChannelsForm, TimesForm, WhereForm, WhomNotForm):
    """All on one page: what a mentor offers."""

    field_order = ["themes", "channels", "how_many", "times", "meets", "place", "languages", "lines", "names", "party"]
    how_many = SelectField(
        label=lazy("How many leaders at the same time?"),
        choices=_numbers_of_leaders,
        initial="1",
    )
    lines = LongTextField(
        label=lazy("A few lines about you (if you like)"),
        hint=lazy("The leader you are proposed to reads this, and the coordinator."),
        maximum=600,
        rows=3,
        required=False,
    )

    @property
    def answers(self) -> dict[str, Any]:
        kept = ("themes", "channels", "times", "meets", "place", "languages", "lines", "party")
        return {name: self.cleaned_data[name] for name in kept} | {"how_many": int(self.cleaned_data["how_many"])}


class TimeForm(Form):
    state = RadiosField(
        label=lazy("Has somebody to agree to your time?"),
        choices=[
            (Time.ASKED, lazy("Yes: please ask my manager")),
            (Time.SPOKEN, lazy("Yes, and we have spoken: it is agreed")),
            (Time.OWN, lazy("No: I decide about my own time")),
        ],
        hints={
            Time.ASKED: lazy("One mail. They read your name and the hours, and answer with a tap."),
            Time.OWN: lazy("For example elected members, trustees, or people who work for themselves."),
        },
    )
    hours = RadiosField(
        label=lazy("How much time, about?"),
        choices=_hours,
        initial="2",
    )
    name = TextField(label=lazy("Your manager’s name"), maximum=200, required=False)
    address = EmailField(
        label=lazy("Your manager’s e-mail address"),
        hint=lazy("Without one we cannot ask. Then speak with them, and choose the second answer above."),
        maximum=254,
        required=False,
        autocomplete="off",
    )

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        if not mail_leaves():
            by_hand = _("No message leaves by itself here: you get the words with a link, to pass on yourself.")
            state = self.fields["state"]
            assert isinstance(state, RadiosField)
            state.hints = {**state.hints, Time.ASKED: by_hand}
            del self.fields["address"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("state") == Time.ASKED:
            for name in ("name", "address"):
                if cleaned.get(name) == "":
                    self.add_error(name, _("This is needed to ask your manager."))
        return cleaned


YES, NO = "yes", "no"


class ManagerForm(Form):
    answer = RadiosField(
        label=lazy("Is that all right with you?"),
        choices=[(YES, lazy("Yes, that is fine")), (NO, lazy("I would like to speak with them first"))],
    )
