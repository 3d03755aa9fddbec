"""What a leader ticks to share, and the words they make ordinary."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext_lazy as _

from handrail.capabilities.starting_point import rules
from handrail.capabilities.starting_point.queries import SharedSection
from handrail.design.forms import ChoicesField, Form, TextField
from handrail.design.parts import Text
from handrail.foundation.access.refusal import Refused


class ShareForm(Form):
    """What was told in confidence stands last and apart."""

    sections = ChoicesField(label=_("What do you want to share?"), choices=[], required=False)
    confidence = ChoicesField(
        label=_("Told in confidence"),
        hint=_("Leave these as they are, unless you want to talk about them together."),
        choices=[],
        required=False,
    )

    def __init__(self, *arguments: Any, choices: list[tuple[str, Text]], **more: Any) -> None:
        super().__init__(*arguments, **more)
        apart = [one for one in choices if one[0] in rules.IN_CONFIDENCE]
        self.fields["sections"].choices = [one for one in choices if one not in apart]  # type: ignore[attr-defined]
        self.fields["confidence"].choices = apart  # type: ignore[attr-defined]
        if not apart:
            del self.fields["confidence"]

    @property
    def names(self) -> list[str]:
        return [one for name in self.fields for one in self.cleaned_data.get(name) or []]


class LinesForm(Form):
    """Each line of what is to be shared, ticked to begin with: untick one and it stays with its owner."""

    def __init__(
        self, *arguments: Any, parts: list[SharedSection], left_out: Collection[str] = (), **more: Any
    ) -> None:
        super().__init__(*arguments, **more)
        for part in parts:
            rows = list(zip(part.lines, part.rows, strict=True))
            self.fields[f"lines-{part.id}"] = ChoicesField(
                label=part.heading,
                choices=[(line, key) for line, (key, _value) in rows],
                hints={line: value for line, (_key, value) in rows},
                initial=[line for line in part.lines if line not in left_out],
                required=False,
            )

    @property
    def kept(self) -> set[str]:
        return {line for lines in self.cleaned_data.values() for line in lines}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not self.kept:
            self.add_error(next(iter(self.fields)), _("Leave at least one line ticked, or go back and share nothing."))
        return cleaned


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
