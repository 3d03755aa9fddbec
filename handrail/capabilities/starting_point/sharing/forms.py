"""What a leader ticks to share, and the words they make ordinary."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from handrail.capabilities.starting_point import rules
from handrail.design.forms import ChoicesField, Form, TextField
from handrail.design.parts import Text
from handrail.foundation.access.refusal import Refused


class ShareForm(Form):
    sections = ChoicesField(label=_("What do you want to share?"), choices=[], required=False)

    def __init__(self, *arguments: Any, choices: list[tuple[str, Text]], **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.fields["sections"].choices = choices  # type: ignore[attr-defined]

    @property
    def names(self) -> list[str]:
        return list(self.cleaned_data.get("sections") or [])


class WordsForm(Form):
    chosen = ChoicesField(
        label=_("Words from your answers"),
        choices=[],
        required=False,
    )
    own = TextField(
        label=_("Or a word of your own"),
        hint=_("A theme or a place online, for example: home visits, LinkedIn."),
        maximum=rules.LONGEST_WORD,
        required=False,
    )

    def __init__(self, *arguments: Any, words: list[str], **more: Any) -> None:
        super().__init__(*arguments, **more)
        if words:
            self.fields["chosen"].choices = [(word, word) for word in words]  # type: ignore[attr-defined]
        else:
            del self.fields["chosen"]

    @property
    def words(self) -> list[str]:
        typed = str(self.cleaned_data.get("own") or "").strip()
        return list(dict.fromkeys([*(self.cleaned_data.get("chosen") or []), *([typed] if typed else [])]))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                rules.check_words(self.words)
            except Refused as refusal:
                self.add_error("own", str(refusal))
        return cleaned
