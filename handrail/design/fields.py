"""From a bound form field to what its component shows: label, hint, error, and attributes that tie them together."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms import BoundField
from django.forms.utils import flatatt
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from handrail.design.markup import escaped, presentable, render
from handrail.design.numbers import number_in_words
from handrail.design.parts import Record, Text

# Attributes that forms of libraries set and that we do not want: placeholders vanish, and a paste is not cut silently.
UNWANTED = ("placeholder", "class", "maxlength", "minlength", "cols", "rows", "required", "style", "autofocus")

SHAPES = {"hidden": "hidden", "checkbox": "box"} | dict.fromkeys(("radios", "checkboxes", "slots", "date"), "tapped")


@dataclass(frozen=True)
class Option(Record):
    value: str
    label: Any
    attributes: SafeString
    identity: str
    hint: Any = ""


@dataclass(frozen=True)
class FieldParts(Record):
    """What `components/field/field.html` needs."""

    kind: str
    identity: str
    name: str
    label: Any
    hint: Any
    hint_id: str
    errors: list[str]
    error_id: str
    described_by: str
    value: Any
    attributes: SafeString
    options: list[Option] = field(default_factory=list)
    parts: list[Any] = field(default_factory=list)
    columns: list[Any] = field(default_factory=list)
    width: str = ""
    most: int = 0

    @property
    def shape(self) -> str:
        """What the component has markup for: hidden, box, tapped or typed."""
        return SHAPES.get(self.kind, "typed")

    @property
    def square_rows(self) -> SafeString:
        """The squares of a table of slots, row by row; put together as options are."""
        name, wide = escaped(self.name), len(self.columns)
        lines = []
        for i, text in enumerate(self.parts):
            lines.append(f'<tr><th scope="row">{escaped(text)}</th>')
            lines += [
                '<td><div class="govuk-checkboxes"><div class="govuk-checkboxes__item hr-slots__square">'
                f'<input class="govuk-checkboxes__input" type="checkbox" name="{name}" value="{escaped(one.value)}"'
                f'{one.attributes}><label class="govuk-label govuk-checkboxes__label" for="{escaped(one.identity)}">'
                f'<span class="hr-hidden">{escaped(one.label)}</span></label></div></div></td>'
                for one in self.options[i * wide : (i + 1) * wide]
            ]
            lines.append("</tr>")
        return SafeString("".join(lines))

    @property
    def tapped_options(self) -> SafeString:
        """Radios or checkboxes, put together without a template: a template of each takes a tenth of a millisecond."""
        kind, sort = f"govuk-{self.kind}", "radio" if self.kind == "radios" else "checkbox"
        name = escaped(self.name)
        lines = []
        for one in self.options:
            identity = escaped(one.identity)
            lines.append(
                f'<div class="{kind}__item"><input class="{kind}__input" type="{sort}" name="{name}" '
                f'value="{escaped(one.value)}"{one.attributes}><label class="govuk-label {kind}__label" '
                f'for="{identity}">{escaped(one.label)}</label>'
            )
            if one.hint:
                hint = escaped(one.hint)
                lines.append(f'<div class="govuk-hint {kind}__hint" id="{identity}-item-hint">{hint}</div>')
            lines.append("</div>")
        return SafeString("".join(lines))

    @property
    def most_said(self) -> str:
        """What a script says at one tick too many; empty where any number may be ticked."""
        if not self.most:
            return ""
        return _("%(most)s at most. Untap one first.") % {"most": number_in_words(self.most).capitalize()}

    @property
    def select_options(self) -> SafeString:
        """The options of a select, put together without a template: there may be hundreds."""
        lines = [
            f'<option value="{escaped(one.value)}"{one.attributes}>{escaped(one.label)}</option>'
            for one in self.options
        ]
        return SafeString("".join(lines))


def kind_of(bound: BoundField) -> str:
    """The component of a field: what it says itself, else what its widget suggests."""
    own = getattr(bound.field, "component", "")
    widget = bound.field.widget
    if isinstance(widget, forms.HiddenInput | forms.MultipleHiddenInput):
        return "hidden"
    if own:
        return str(own)
    kinds: list[tuple[type[forms.Widget], str]] = [
        (forms.Textarea, "textarea"),
        (forms.CheckboxSelectMultiple, "checkboxes"),
        (forms.RadioSelect, "radios"),
        (forms.Select, "select"),
        (forms.CheckboxInput, "checkbox"),
        (forms.FileInput, "file"),
    ]
    return next((name for widget_class, name in kinds if isinstance(widget, widget_class)), "input")


def unanswered(label: Text) -> Text:
    """What an empty field says, in the error summary too, where it stands alone."""
    return format_lazy(_("“{label}” still needs an answer."), label=label)


def errors_of(bound: BoundField, label: Text = "") -> list[str]:
    """A field's errors; Django's own words for an empty field become ours."""
    usual = forms.Field.default_error_messages["required"]
    kind = unanswered(label or bound.label)
    return [presentable(str(kind if str(error) == str(usual) else error)) for error in bound.errors]


def parts_of_field(bound: BoundField, label: Text = "", hint: Text = "", width: str = "") -> FieldParts:
    identity = bound.auto_id or f"id_{bound.html_name}"
    errors = errors_of(bound, label)
    hint = str(hint or bound.help_text)
    hint_id, error_id = f"{identity}-hint", f"{identity}-error"
    described_by = " ".join(name for name, there in ((hint_id, hint), (error_id, errors)) if there)
    kind = kind_of(bound)
    widget = bound.field.widget
    value = bound.value()
    shown = [presentable(one) for one in value] if isinstance(value, list | tuple) else presentable(value)
    context = _context(widget, bound.html_name, shown, identity)
    attributes = {key: value for key, value in context["attrs"].items() if key not in UNWANTED}
    if bound.field.disabled:
        attributes["disabled"] = True
    if kind in ("input", "textarea", "select", "file", "checkbox"):
        if described_by:
            attributes["aria-describedby"] = described_by
        if errors:
            attributes["aria-invalid"] = "true"
    if kind in ("input", "file"):
        attributes["type"] = context.get("type") or "text"
    if kind == "textarea":
        attributes["rows"] = getattr(bound.field, "rows", 5)
    return FieldParts(
        kind=kind,
        identity=identity,
        name=bound.html_name,
        label=str(label or bound.label),
        hint=hint,
        hint_id=hint_id,
        errors=errors,
        error_id=error_id,
        described_by=described_by,
        value="" if context.get("value") is None else presentable(context["value"]),
        attributes=flatatt(attributes),
        options=_options(bound, context, identity, kind),
        parts=list(getattr(bound.field, "rows", {}).values()) if kind == "slots" else context.get("parts", []),
        columns=list(getattr(bound.field, "columns", {}).values()),
        width=width or getattr(bound.field, "width", ""),
        most=_most(bound.field),
    )


def _most(of: Any) -> int:
    """How many may be ticked, where that is fewer than there are."""
    most = getattr(of, "most", 0)
    return most if 0 < most < len(getattr(of, "choices", ())) else 0


def _options(bound: BoundField, context: dict[str, Any], identity: str, kind: str) -> list[Option]:
    if kind == "slots":
        return _squares(bound.field, context, identity)
    if kind not in ("radios", "checkboxes", "select"):
        return []
    hints = getattr(bound.field, "hints", {})
    alone, opens = getattr(bound.field, "alone", ()), getattr(bound.field, "opens", {})
    chosen = {str(value) for value in context["value"]}
    options: list[Option] = []
    for value, label in bound.field.widget.choices:
        # The first control bears the field's own id: the error summary's link leads there.
        own_id = identity if not options else f"{identity}-{len(options) + 1}"
        value = "" if value is None else str(value)
        hint = hints.get(value, "")
        attributes = "" if kind == "select" else f' id="{escaped(own_id)}"'
        if hint:
            attributes += f' aria-describedby="{escaped(own_id)}-item-hint"'
        if value in alone:
            attributes += " data-alone"
        if value in opens:
            attributes += f' data-opens="{escaped(opens[value])}"'
        if value in chosen:
            attributes += " selected" if kind == "select" else " checked"
        options.append(Option(value, label, SafeString(attributes), own_id, hint))
    return options


def _squares(slots: Any, context: dict[str, Any], identity: str) -> list[Option]:
    """A table's squares, row by row; each says the words of its row and its column."""
    chosen = {str(value) for value in context["value"]}
    squares: list[Option] = []
    for row, row_text in slots.rows.items():
        for column, column_text in slots.columns.items():
            value = f"{row}-{column}"
            own_id = identity if not squares else f"{identity}-{len(squares) + 1}"
            attributes = f' id="{escaped(own_id)}"{" checked" if value in chosen else ""}'
            words = format_lazy("{row}, {column}", row=row_text, column=column_text)
            squares.append(Option(value, words, SafeString(attributes), own_id))
    return squares


def _context(widget: forms.Widget, name: str, shown: Any, identity: str) -> dict[str, Any]:
    """What the widget says of itself; without Django's description of each option, which long lists are slow to get."""
    if isinstance(widget, forms.widgets.ChoiceWidget):
        attributes = widget.build_attrs(widget.attrs, {"id": identity})
        return {"attrs": attributes, "value": widget.format_value(shown)}
    context: dict[str, Any] = widget.get_context(name, shown, {"id": identity})["widget"]
    return context


def render_field(
    bound: BoundField, heading: Text = "", *, label: Text = "", hint: Text = "", width: str = ""
) -> SafeString:
    """The field's markup. With `heading` its label is the page's h1 and says that text."""
    return render("field", field=parts_of_field(bound, label, hint, width), heading=heading)


def render_fields(form: forms.BaseForm) -> SafeString:
    """Every field of a form, hidden ones last."""
    fields = [render_field(bound) for bound in (*form.visible_fields(), *form.hidden_fields())]
    return SafeString("\n".join(fields))
