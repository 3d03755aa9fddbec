"""What a coordinator taps and types to set a scheme up, one question a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from handrail.capabilities.schemes.set_up import queries, rules
from handrail.capabilities.schemes.set_up.models import SetUp
from handrail.design.forms import DateField, Form, LongTextField, RadiosField, TextField
from handrail.foundation import clock
from handrail.foundation.access.refusal import Refused

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Organisation, Person

Rhythm = SetUp.Rhythm
RHYTHMS = [
    (Rhythm.WEEK, lazy("Every week")),
    (Rhythm.TWO_WEEKS, lazy("Every two weeks")),
    (Rhythm.MONTH, lazy("Once a month")),
]
OPEN, CLOSED = "open", "closed"


class NameForm(Form):
    name = TextField(label=lazy("What is the scheme called?"), hint=lazy("People read it in messages."), maximum=200)


class PurposeForm(Form):
    purpose = LongTextField(
        label=lazy("What is it for, in a sentence?"),
        hint=lazy("For example: our leaders decide about digital services with the people who build and use them."),
        maximum=400,
        rows=3,
    )

    def clean_purpose(self) -> str:
        """One line: it stands within other sentences."""
        return " ".join(self.cleaned_data["purpose"].split())


class WeeksForm(Form):
    weeks = TextField(
        label=lazy("For how many weeks does a pair meet?"),
        hint=lazy("Twelve is a start, half a year is usual. A pair may always stop earlier."),
        inputmode="numeric",
        width="3",
        maximum=60,  # long enough that a word is answered as a word
    )

    def clean_weeks(self) -> int:
        return whole_number(self.cleaned_data["weeks"], rules.FEWEST_WEEKS, rules.MOST_WEEKS)


class RhythmForm(Form):
    rhythm = RadiosField(label=lazy("How often?"), hint=lazy("Half an hour each time."), choices=RHYTHMS)


class JoiningForm(Form):
    who_may_join = TextField(
        label=lazy("Who may join, in your words?"),
        hint=lazy("As people read it when they sign up. For example: heads of service, and whoever can help."),
        maximum=400,
        required=False,
    )
    sign_ups = RadiosField(
        label=lazy("Can people sign up now?"),
        choices=[(OPEN, lazy("Yes")), (CLOSED, lazy("No: not yet, or no longer"))],
    )


class ThresholdForm(Form):
    threshold = TextField(
        label=lazy("How many people must a group have before it is counted?"),
        hint=lazy("At least ten. You can raise it, and never lower it: it is a promise."),
        inputmode="numeric",
        width="3",
        maximum=60,  # long enough that a word is answered as a word
    )

    def __init__(self, *arguments: Any, now: int, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.now = now

    def clean_threshold(self) -> int:
        wanted = whole_number(self.cleaned_data["threshold"], 1, 99_999)
        try:
            rules.check_threshold(self.now, wanted)
        except Refused as refusal:
            raise ValidationError(str(refusal)) from None
        return wanted


class DataForm(Form):
    about_data = LongTextField(
        label=lazy("What must people know about data here?"),
        hint=lazy("Whom to ask, and where your privacy notice is. What Handrail itself promises is said already."),
        maximum=600,
        rows=4,
        required=False,
    )


class AgreementForm(Form):
    pairs_agree = LongTextField(
        label=lazy("What do pairs agree to?"),
        hint=lazy("Both read it before they meet. Each may ask for more protection, and the more protective holds."),
        maximum=1000,
        rows=7,
        required=False,
    )


class PersonField(TextField):
    """Somebody of the organisation, by their name: it has to mean one person only."""

    def __init__(self, **options: Any) -> None:
        super().__init__(maximum=200, autocomplete="off", **options)
        self.organisation: Organisation | None = None

    def clean(self, value: Any) -> Person | None:
        name = super().clean(value)
        if not name:
            return None
        assert self.organisation is not None
        found = queries.people_called(self.organisation, name)
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(dict.fromkeys(one.name for one in found[:5]))
            raise ValidationError(_("Several people fit: %(names)s. Write the whole name.") % {"names": names})
        raise ValidationError(_("Nobody of that name is on your list of people. Try one word less, or add them first."))


class AskerForm(Form):
    asked_by = PersonField(
        label=lazy("In whose name are people asked?"),
        hint=lazy("Their name, as on your list of people. Ask them first: leaders answer a person, not a programme."),
        required=False,
    )

    def __init__(self, *arguments: Any, organisation: Organisation, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.fields["asked_by"].organisation = organisation  # type: ignore[attr-defined]


class OutcomeForm(Form):
    name = TextField(
        label=lazy("What should be different?"),
        hint=lazy("For example: residents book a home visit without a telephone."),
        maximum=200,
    )
    strategy_line = TextField(
        label=lazy("Which line of your strategy is that?"),
        hint=lazy("In its own words. If there is no such line, ask whether this is worth the time."),
        maximum=300,
    )
    measure = TextField(
        label=lazy("How would you see it?"),
        hint=lazy("Something you count already, if you can. For example: visits booked online, in per cent."),
        maximum=200,
    )
    figure = TextField(
        label=lazy("Where does it stand today?"),
        hint=lazy("A figure with its unit. Once the scheme has begun, today cannot be measured any more."),
        maximum=60,
        required=False,
    )
    owner = PersonField(label=lazy("Who owns it?"), hint=lazy("Their name, as on your list of people."))
    review_on = DateField(
        label=lazy("When will you look again?"),
        hint=lazy("On that day there are three good answers: go on, change it, stop."),
    )

    def __init__(self, *arguments: Any, organisation: Organisation, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.fields["owner"].organisation = organisation  # type: ignore[attr-defined]

    def clean_review_on(self) -> Any:
        day = self.cleaned_data["review_on"]
        try:
            rules.check_review(day, clock.today())
        except Refused as refusal:
            raise ValidationError(str(refusal)) from None
        return day


class ReviewForm(Form):
    """Looking at an outcome for the last time."""

    state = RadiosField(
        label=lazy("What comes of it?"),
        choices=[
            (rules.State.REACHED, lazy("It is reached")),
            (rules.State.STOPPED, lazy("We stop it: it is not worth more time")),
        ],
        hints={rules.State.STOPPED: lazy("A good answer, too. Whoever decides next time has something to go by.")},
    )
    found = TextField(
        label=lazy("Where does it stand now?"),
        hint=lazy("The same measure as at the beginning, with its unit. Empty, where nobody can say."),
        maximum=60,
        required=False,
    )
    said = LongTextField(
        label=lazy("Why, in a sentence or two?"),
        hint=lazy("For those who decide about the next one. Please write of the work, and of nobody by name."),
        maximum=600,
        rows=3,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("state") == rules.State.STOPPED and "said" in cleaned and not cleaned["said"]:
            self.add_error("said", _("One sentence is enough. Without it the same may be tried again next year."))
        return cleaned


class NextForm(Form):
    name = TextField(label=lazy("What is the next one called?"), maximum=200)


def whole_number(typed: str, least: int, most: int) -> int:
    """The number typed, as long as it is one and within these bounds; said kindly otherwise."""
    plain = typed.strip()
    if not (plain.isascii() and plain.isdecimal()):
        raise ValidationError(_("Write a whole number, for example 26."))
    number = int(plain)
    if not least <= number <= most:
        raise ValidationError(_("Write a number between %(least)d and %(most)d.") % {"least": least, "most": most})
    return number
