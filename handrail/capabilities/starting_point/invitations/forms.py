"""Whom a coordinator asks, in whose name, and with which words."""

from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from handrail.capabilities.starting_point.models import Invitation
from handrail.design.forms import ChoicesField, ConsentField, Form, LongTextField, RadiosField, TextField
from handrail.design.parts import Text

USUAL = _(
    "More and more of what we decide depends on the digital side of our work, and hardly any of us was taught it. "
    "So I ask you to take a few minutes and see where you stand and what would help you. I ask now because the next "
    "year’s plans are being made, and I want each of us to have somebody to turn to."
)

USUAL_OF_MENTORS = _(
    "Some of the people who decide things here would like to understand the digital side of our work better, and they "
    "would rather ask a person than sit in a course. You live in it every day. Could you be that person for one of "
    "them? I ask now because the first pairs are being made."
)
USUALS = {Invitation.Side.LEADER: USUAL, Invitation.Side.MENTOR: USUAL_OF_MENTORS}


class PeopleForm(Form):
    people = ChoicesField(label=_("Whom do you want to ask?"), choices=[], required=False)
    everyone = ConsentField(label=_("Everyone found"), required=False)

    def __init__(self, *arguments: Any, choices: list[tuple[str, Text]], everyone: Text, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.fields["people"].choices = choices  # type: ignore[attr-defined]
        self.fields["everyone"].label = everyone
        if not everyone:
            del self.fields["everyone"]


class InvitationForm(Form):
    asker = RadiosField(
        label=_("In whose name?"),
        hint=_("Ask them first. Leaders answer a person, not a programme."),
        choices=[],
        required=False,
    )
    other = TextField(
        label=_("Somebody else: part of their name"),
        hint=_("Leave it empty if you chose somebody above."),
        maximum=100,
        required=False,
    )
    language = RadiosField(
        label=_("In which language?"),
        hint=_("The message, the letter and their first pages. Whoever has chosen one already keeps it."),
        choices=settings.LANGUAGES,
        required=False,
    )
    words = LongTextField(
        label=_("Why, and why now"),
        hint=_("In the words of the person who asks. Everybody reads the same."),
        maximum=1500,
        rows=7,
    )

    def __init__(self, *arguments: Any, askers: list[tuple[str, Text]], side: str, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.usual = USUALS[Invitation.Side(side)]
        self.fields["words"].initial = self.usual
        self.fields["asker"].choices = askers  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The usual words, left as they are, follow the language that was chosen."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        cleaned["language"] = cleaned.get("language") or settings.LANGUAGE_CODE
        if _plain(cleaned.get("words", "")) in map(_plain, usual_words(self.usual)):
            with translation.override(cleaned["language"]):
                cleaned["words"] = str(self.usual)
        return cleaned


def usual_words(usual: Text) -> list[str]:
    """The usual words in every language."""
    found = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found.append(str(usual))
    return found


def _plain(words: str) -> str:
    return " ".join(words.split())
