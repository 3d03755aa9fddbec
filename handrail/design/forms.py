"""Forms whose fields know their component: label, hint, error and attributes render as one, here and in `{{ form }}`.

Text that no database should see (NUL, lone surrogates) and text that is too long is refused in kind words, and comes
back to the person to mend.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from handrail.design.dates import DateParts, date_from, time_from
from handrail.design.fields import render_field, render_fields, unanswered
from handrail.design.markup import UNPRESENTABLE, presentable
from handrail.design.parts import Text

LINE_BREAK = re.compile("[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
SHORT, LONG, ADDRESS = 200, 10_000, 254


class BoundField(forms.BoundField):
    """A field that renders as its component and hands unpresentable text back harmless."""

    def value(self) -> Any:
        return presentable(super().value())

    def as_field_group(self) -> SafeString:
        return render_field(self)


class Form(forms.Form):
    """The form of every page."""

    required_css_class = ""
    bound_field_class = BoundField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def render(self, *args: Any, **kwargs: Any) -> SafeString:
        return render_fields(self)

    __str__ = render
    __html__ = render


def sent(request: HttpRequest) -> QueryDict | None:
    """What came with a form, also when it came empty; None where somebody only looks."""
    return request.POST if request.method == "POST" else None


def check_text(value: Any, maximum: int) -> None:
    """Refuses what cannot be kept, in words that say what to do."""
    if not isinstance(value, str):
        return
    if UNPRESENTABLE.search(value):
        raise ValidationError(_("There is a character in this that we cannot keep. Please type it again."))
    if len(value) > maximum:
        raise ValidationError(
            ngettext(
                "Please shorten this to %(maximum)d character. It has %(length)d now.",
                "Please shorten this to %(maximum)d characters or fewer. It has %(length)d now.",
                maximum,
            )
            % {"maximum": maximum, "length": len(value)}
        )


class TextField(forms.CharField):
    """One line. `autocomplete` is the HTML token (name, email, organization-title, off…)."""

    component = "input"
    maximum = SHORT
    one_line = True
    default_widget: type[forms.Widget] = forms.TextInput

    def __init__(
        self,
        *,
        label: Text,
        hint: Text = "",
        missing: Text = "",
        required: bool = True,
        maximum: int | None = None,
        autocomplete: str = "",
        inputmode: str = "",
        width: str = "",
        spellcheck: bool | None = None,
        **options: Any,
    ) -> None:
        options.setdefault("widget", self.default_widget)
        super().__init__(label=label, help_text=hint, required=required, **options)
        self.maximum = maximum or self.maximum
        self.width = width
        self.validators = []  # ours, in `clean`, speak more kindly
        self.error_messages["required"] = missing or unanswered(label)
        for name, value in (("autocomplete", autocomplete), ("inputmode", inputmode)):
            if value:
                self.widget.attrs[name] = value
        if spellcheck is not None:
            self.widget.attrs["spellcheck"] = "true" if spellcheck else "false"

    def clean(self, value: Any) -> Any:
        check_text(value, self.maximum)
        return super().clean(value)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if self.one_line and isinstance(text, str):
            return LINE_BREAK.sub(" ", text)  # browsers send none; in a name it would forge lines of messages
        return text


class LongTextField(TextField):
    """Several lines; `rows` is how many show at first."""

    component = "textarea"
    one_line = False
    maximum = LONG
    default_widget = forms.Textarea

    def __init__(self, *, rows: int = 5, **options: Any) -> None:
        self.rows = rows
        super().__init__(**options)


class EmailField(TextField):
    maximum = ADDRESS
    default_widget = forms.EmailInput

    def __init__(self, *, label: Text = "", **options: Any) -> None:
        options.setdefault("autocomplete", "email")
        options.setdefault("inputmode", "email")
        super().__init__(label=label or _("E-mail address"), spellcheck=False, **options)

    def clean(self, value: Any) -> Any:
        address = super().clean(value)
        if address:
            try:
                forms.EmailField().clean(address)
            except ValidationError:
                raise ValidationError(_("Please enter an e-mail address like name@example.org.")) from None
        return address


class CodeField(TextField):
    """A code typed from a letter or a message: spaces, dashes and small letters do not matter."""

    maximum = 64
    default_widget = forms.TextInput

    def __init__(self, *, digits: bool = False, **options: Any) -> None:
        options.setdefault("autocomplete", "one-time-code")
        options.setdefault("inputmode", "numeric" if digits else "text")
        options.setdefault("width", "10" if digits else "20")
        super().__init__(spellcheck=False, **options)
        self.widget.attrs["autocapitalize"] = "none" if digits else "characters"

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return "".join(text.split()).replace("-", "").replace("–", "").upper() if text else text


class HiddenField(TextField):
    one_line = False
    default_widget = forms.HiddenInput

    def __init__(self, *, maximum: int = LONG, **options: Any) -> None:
        options.setdefault("label", "")
        super().__init__(maximum=maximum, **options)


Choices = Iterable[tuple[str, Text]]


class RadiosField(forms.ChoiceField):
    """One of a few. `hints` says more about a choice by its value."""

    component = "radios"
    default_widget: type[forms.Widget] = forms.RadioSelect

    def __init__(
        self,
        *,
        label: Text,
        choices: Choices | Callable[[], Choices],
        hint: Text = "",
        missing: Text = "",
        required: bool = True,
        hints: Mapping[str, Text] | None = None,
        **options: Any,
    ) -> None:
        options.setdefault("widget", self.default_widget)
        shown = choices if callable(choices) else list(choices)
        super().__init__(label=label, help_text=hint, required=required, choices=shown, **options)
        self.hints = hints or {}
        self.error_messages["required"] = missing or unanswered(label)
        self.error_messages["invalid_choice"] = _("Please choose one of these.")


class SelectField(RadiosField):
    """One of many. An empty first line is added unless the first choice has an empty value."""

    component = "select"
    default_widget = forms.Select

    def __init__(self, *, choices: Choices | Callable[[], Choices], **options: Any) -> None:
        if callable(choices):  # a long list, with its empty line: asked for when it is shown, and never copied
            super().__init__(choices=choices, **options)
            return
        lines = list(choices)
        if not lines or lines[0][0] != "":
            lines.insert(0, ("", _("Choose")))
        super().__init__(choices=lines, **options)


class ChoicesField(forms.MultipleChoiceField):
    """Any of a few; the value is a list.

    `most`: how many may be ticked; a script takes no more, and says so. `alone`: values that say no other applies; to
    tick one unticks the others. `opens`: by value, the id of a field that unfolds when it is ticked.
    """

    component = "checkboxes"

    def __init__(
        self,
        *,
        label: Text,
        choices: Choices,
        hint: Text = "",
        missing: Text = "",
        required: bool = True,
        hints: Mapping[str, Text] | None = None,
        most: int = 0,
        alone: Iterable[str] = (),
        opens: Mapping[str, str] | None = None,
        **options: Any,
    ) -> None:
        options.setdefault("widget", forms.CheckboxSelectMultiple)
        shown = list(choices)
        super().__init__(label=label, help_text=hint, required=required, choices=shown, **options)
        self.hints = hints or {}
        self.most, self.alone, self.opens = most, frozenset(alone), opens or {}
        self.error_messages["required"] = missing or unanswered(label)
        self.error_messages["invalid_choice"] = _("Please choose from these.")


class SlotsField(ChoicesField):
    """Any squares of a small table, such as parts of days; the values are "ROW-COLUMN"."""

    component = "slots"

    def __init__(self, *, rows: Mapping[str, Text], columns: Mapping[str, Text], **options: Any) -> None:
        self.rows, self.columns = dict(rows), dict(columns)
        choices = [(f"{row}-{column}", "") for row in rows for column in columns]
        super().__init__(choices=choices, **options)


class ConsentField(forms.BooleanField):
    """One box to tick."""

    component = "checkbox"

    def __init__(self, *, label: Text, hint: Text = "", missing: Text = "", required: bool = True) -> None:
        super().__init__(label=label, help_text=hint, required=required)
        self.error_messages["required"] = missing or _("Please tick the box to go on.")


class DateField(forms.Field):
    """Day, month and year in three boxes; the value is a date or None."""

    component = "date"

    def __init__(
        self, *, label: Text, hint: Text = "", missing: Text = "", required: bool = True, birthday: bool = False
    ) -> None:
        super().__init__(label=label, help_text=hint, required=required, widget=DateParts(birthday=birthday))
        self.error_messages["required"] = missing or unanswered(label)

    def to_python(self, value: Any) -> Any:
        return date_from(value)


class TimeField(TextField):
    """A time of day as people write it: 14:30, 2.30pm, 2pm, noon."""

    maximum = 20

    def __init__(self, *, label: Text, hint: Text = "", **options: Any) -> None:
        options.setdefault("width", "5")
        options.setdefault("autocomplete", "off")
        super().__init__(label=label, hint=hint or _("For example, 9:30 or 2pm"), **options)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if hasattr(value, "hour") else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return time_from(text) if text else None


class FileField(forms.FileField):
    """A file; `accept` lists the endings or media types offered by the browser."""

    component = "file"

    def __init__(
        self,
        *,
        label: Text,
        hint: Text = "",
        missing: Text = "",
        accept: str = "",
        required: bool = True,
        **options: Any,
    ) -> None:
        super().__init__(label=label, help_text=hint, required=required, **options)
        self.widget = forms.FileInput(attrs={"accept": accept} if accept else {})
        self.error_messages["required"] = missing or _("Please choose a file.")
        self.error_messages["empty"] = _("That file is empty. Please choose another.")
        self.error_messages["invalid"] = _("The file did not arrive. Please choose it again.")
        self.error_messages["max_length"] = _("The file's name is too long. Please shorten it.")
