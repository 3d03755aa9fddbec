"""What a leader taps and types."""

from typing import Any

from handrail.capabilities.starting_point import rules
from handrail.capabilities.starting_point.conversation.presenters.questions import WORDS, choices_of
from handrail.capabilities.starting_point.sheet import UNNAMED
from handrail.design.forms import ChoicesField, Form, LongTextField, RadiosField
from handrail.engines.approach import Question
from handrail.foundation.access.refusal import Refused

LONGEST = 1000
OWN_WORDS = "id_words"  # what unfolds when “Something else” is ticked


class AnswerForm(Form):
    """The options of one question and, where it has them, own words: any of it, in one sending or in two."""

    def __init__(self, *arguments: Any, question: Question, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.question = question
        words = WORDS[question.id]
        shown: dict[str, Any] = {"label": words.title, "hint": words.hint, "choices": choices_of(question)}
        if question.several:
            opens = {UNNAMED: OWN_WORDS} if question.own_words else {}
            shown |= {"most": question.most, "alone": question.alone, "opens": opens}
        shape = ChoicesField if question.several else RadiosField
        self.fields["options"] = shape(**shown, required=False)
        if question.own_words:
            self.fields["words"] = LongTextField(
                label=words.own or words.title, maximum=LONGEST, rows=3, required=False
            )

    @property
    def options(self) -> list[str]:
        chosen = self.cleaned_data.get("options") or []
        return [chosen] if isinstance(chosen, str) else list(chosen)

    @property
    def words(self) -> str:
        return str(self.cleaned_data.get("words") or "").strip()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                rules.check_answer(self.question, self.options, self.words)
            except Refused as refusal:
                self.add_error("options", str(refusal))
        return cleaned
