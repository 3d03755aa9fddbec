"""The components, as template tags: `{% load design %}`. The gallery at /design/ shows each with its call.

Inline tags                                                   Block tags (each ends with end + its name)
  mark                                                          {% card heading="" href="" %}
  messages_list messages                                        {% details summary open=False %}
  button text kind="" name="" value="" form=""                  {% notice kind="calm" heading="" %}  calm, success, care
  button_link text href kind=""        kinds: "", quiet, care   {% panel heading %}
  back_link href text="Back"                                    {% fieldset legend hint="" %}
  banner text href="" link_text=""                              {% form form button="" action="" kind="" %}
  error_summary form                                            {% actions %}  buttons side by side
  field bound heading="" label="" hint="" width=""
  fields form
  question form title="" button=""     what question.html calls
  table headers rows caption numbers="" hide_caption=False      numbers: columns of figures, "2 3"
  summary_list rows                    parts.Row
  tag text kind=""                     kinds: "", done, now, care
  empty_state heading text action_text="" action_href=""
  rail steps label=""                  parts.Step
  task_list tasks                      parts.Task
  step_list steps                      numbered instructions: strings
  pagination page query=""             a Django Page
  progress value maximum text poll=""  poll: address of a fragment that replaces it
  copy_text text label
  code_display code label=""
  person name title="" href=""
                                                                {% screen_only %}  left out on paper
                                                                {% sheet lang="" %}  a page of its own on paper
                                                                {% in_language lang %}  words of another language
  passkey_status                       where a failed passkey says so   {% grid %}  cards side by side
  choice_list choices name action="" label="" form=""   parts.Choice; one tap sends the answer, with that form
  search_box action value="" label="" name="q"
  figure value text note=""            one number with its words
  line_chart chart · bar_chart chart · interval_chart chart · forest_plot chart · ego_network chart
                                       handrail.design.charts
"""

from collections.abc import Iterable
from typing import Any
from zlib import crc32

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.template import Context
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from handrail.design import parts
from handrail.design.charts import BarChart, EgoNetwork, ForestPlot, IntervalChart, LineChart
from handrail.design.charts.drawing import draw_bars, draw_ego, draw_forest, draw_intervals, draw_lines
from handrail.design.fields import FieldParts, errors_of, render_field, render_fields
from handrail.design.markup import presentable, render
from handrail.design.tables import rows_markup

register = template.Library()


@register.simple_tag
def mark() -> SafeString:
    return render("mark")


@register.simple_tag
def messages_list(messages: Iterable[Any]) -> SafeString:
    return render("messages_list", messages=list(messages))


# --- doing ---------------------------------------------------------------------------------------------------------


@register.simple_tag
def button(text: str, kind: str = "", name: str = "", value: str = "", form: str = "", id: str = "") -> SafeString:
    return render("button", text=text, kind=kind, name=name, value=value, form=form, id=id)


@register.simple_tag
def button_link(text: str, href: str, kind: str = "") -> SafeString:
    return render("button", text=text, href=href, kind=kind)


@register.simple_block_tag
def actions(content: str) -> SafeString:
    return render("actions", content=content)


@register.simple_block_tag
def grid(content: str) -> SafeString:
    return render("grid", content=content)


@register.simple_block_tag
def screen_only(content: str) -> SafeString:
    """What a printed page leaves out."""
    return render("screen_only", content=content)


@register.simple_block_tag
def sheet(content: str, lang: str = "") -> SafeString:
    """One of several letters on a page: printed, each begins on paper of its own."""
    return render("sheet", content=content, lang=lang)


@register.simple_tag
def passkey_status() -> SafeString:
    """Where a page says that a passkey did not work."""
    return render("passkey_status")


@register.simple_tag
def back_link(href: str, text: str = "") -> SafeString:
    return render("back_link", href=href, text=text or _("Back"))


@register.simple_tag(takes_context=True)
def choice_list(
    context: Context, choices: Iterable[Any], name: str, action: str = "", label: str = "", form: str = ""
) -> SafeString:
    """`form`: the id of a form on the page, which each tap sends whole, so that nothing typed there is lost.

    The first button of a form is what the Enter key presses: an unseen one, so that Enter taps no choice.
    """
    return render(
        "choice_list",
        choices=parts.parts_of(parts.Choice, choices),
        name=name,
        action=action,
        label=label,
        form=form,
        **_protection(context),
    )


@register.simple_tag
def search_box(action: str, value: str = "", label: str = "", name: str = "q") -> SafeString:
    return render("search_box", action=action, value=value, label=label or _("Search"), name=name)


# --- forms ---------------------------------------------------------------------------------------------------------


def _protection(context: Context) -> dict[str, Any]:
    """The hidden fields that every form sends: against forgery, and against being counted twice."""
    return {"csrf": context.get("csrf_token", ""), "once": context.get("once", "")}


@register.simple_tag
def error_summary(form: BaseForm | None) -> SafeString:
    if not form or not form.errors:
        return mark_safe("")
    faults = [(bound.auto_id, errors_of(bound)) for bound in form.visible_fields() if bound.errors]
    unseen = [error for bound in form.hidden_fields() for error in errors_of(bound)]  # no link leads to one
    others = [*map(presentable, map(str, form.non_field_errors())), *unseen]
    return render("error_summary", faults=faults, others=others)


@register.simple_tag
def field(bound: BoundField, heading: str = "", label: str = "", hint: str = "", width: str = "") -> SafeString:
    """`label`, `hint` and `width` speak instead of the field's own, for forms of libraries."""
    return render_field(bound, heading, label=label, hint=hint, width=width)


@register.simple_tag
def fields(form: BaseForm) -> SafeString:
    return render_fields(form)


@register.simple_block_tag
def fieldset(content: str, legend: str, hint: str = "") -> SafeString:
    return render("fieldset", content=content, legend=legend, hint=hint)


@register.simple_block_tag(takes_context=True, name="form")
def form_block(
    context: Context,
    content: str,
    form: Any = None,
    button: str = "",
    action: str = "",
    kind: str = "",
    taps: bool = False,
    id: str = "",
) -> SafeString:
    """`taps`: its content has the buttons, each of which sends its own answer. `id`: for taps that stand outside it."""
    markup = render_fields(form) if form else ""
    multipart = bool(form) and form.is_multipart()
    return render(
        "form",
        fields=markup,
        content=content,
        button="" if taps else button or _("Continue"),
        action=action,
        kind=kind,
        multipart=multipart,
        id=id,
        **_protection(context),
    )


@register.simple_tag(takes_context=True)
def question(context: Context, form: Any, title: str = "", button: str = "") -> SafeString:
    """A whole question page: the only visible field's label is the h1, else the title stands above the fields."""
    visible = form.visible_fields()
    alone = len(visible) == 1
    rest = form.hidden_fields() if alone else [*visible, *form.hidden_fields()]
    first = render_field(visible[0], title or visible[0].label) if alone else ""
    return render(
        "question",
        title="" if alone else title,
        fields=mark_safe(first + "".join(render_field(bound) for bound in rest)),  # noqa: S308  each part is escaped
        button=button or _("Continue"),
        multipart=form.is_multipart(),
        **_protection(context),
    )


# --- showing -------------------------------------------------------------------------------------------------------


@register.simple_block_tag
def notice(content: str, kind: str = "calm", heading: str = "") -> SafeString:
    return render("notice", content=content, kind=kind, heading=heading)


@register.simple_block_tag
def card(content: str, heading: str = "", href: str = "", lang: str = "", heading_lang: str = "") -> SafeString:
    """`lang`, or `heading_lang` for the heading alone: where it is in another language than the page."""
    return render("card", content=content, heading=heading, href=href, lang=lang, heading_lang=heading_lang)


@register.simple_block_tag
def details(content: str, summary: str, open: bool = False, lang: str = "", printed: bool = False) -> SafeString:
    """`lang`: where the summary is in another language than the page. `printed`: paper shows it unfolded."""
    return render("details", content=content, summary=summary, open=open, lang=lang, printed=printed)


@register.simple_block_tag
def in_language(content: str, lang: str) -> SafeString:
    """Words that are in another language than the page; as they are where `lang` is empty."""
    return render("in_language", content=content, lang=lang)


@register.simple_block_tag
def panel(content: str, heading: str) -> SafeString:
    return render("panel", content=content, heading=heading)


@register.simple_block_tag
def one_thing(content: str, sees: str = "") -> SafeString:
    """What to do now, in large letters; `sees`: what is there then."""
    return render("one_thing", content=content, sees=sees, then=_("You then see:"))


@register.simple_tag
def banner(text: str, href: str = "", link_text: str = "") -> SafeString:
    return render("banner", text=text, href=href, link_text=link_text)


@register.simple_tag
def tag(text: str, kind: str = "") -> SafeString:
    return render("tag", text=text, kind=kind)


@register.simple_tag
def figure(value: Any, text: str, note: str = "") -> SafeString:
    return render("figure", value=value, text=text, note=note)


@register.simple_tag
def person(name: str, title: str = "", href: str = "") -> SafeString:
    return render("person", name=name, title=title, href=href)


@register.simple_tag
def empty_state(heading: str, text: str, action_text: str = "", action_href: str = "") -> SafeString:
    return render("empty_state", heading=heading, text=text, action_text=action_text, action_href=action_href)


@register.simple_tag
def table(
    headers: Iterable[str], rows: Iterable[Iterable[Any]], caption: str, numbers: str = "", hide_caption: bool = False
) -> SafeString:
    figures = {int(column) - 1 for column in numbers.split()}
    columns = [(header, index in figures) for index, header in enumerate(headers)]
    body = rows_markup(columns, rows)
    sheets = len(columns) > 2  # two fit beside one another on any phone
    return render("table", columns=columns, body=body, caption=caption, hide_caption=hide_caption, sheets=sheets)


@register.simple_tag
def summary_list(rows: Iterable[Any]) -> SafeString:
    return render("summary_list", rows=parts.parts_of(parts.Row, rows))


@register.simple_tag
def rail(steps: Iterable[Any], label: str = "") -> SafeString:
    return render("rail", steps=parts.parts_of(parts.Step, steps), label=label)


@register.simple_tag
def task_list(tasks: Iterable[Any]) -> SafeString:
    return render("task_list", tasks=parts.parts_of(parts.Task, tasks))


@register.simple_tag
def step_list(steps: Iterable[str]) -> SafeString:
    return render("step_list", steps=list(steps))


@register.simple_tag
def pagination(page: Page[Any], query: str = "") -> SafeString:
    return render("pagination", page=page, query=f"{query}&" if query else "")


@register.simple_tag
def progress(value: float, maximum: float, text: str, poll: str = "") -> SafeString:
    return render("progress", value=value, maximum=maximum, text=text, poll=poll)


@register.simple_tag
def copy_text(text: str, label: str) -> SafeString:
    rows = min(14, max(2, sum(1 + len(line) // 34 for line in text.splitlines())))
    return render("copy_text", text=text, label=label, rows=rows, identity=_identity("copy", label))


@register.simple_tag
def code_display(code: str, label: str = "", lang: str = "") -> SafeString:
    """`lang`: where the code is words of another language than the page."""
    return render("code_display", code=code, label=label, lang=lang)


# --- charts --------------------------------------------------------------------------------------------------------


def _chart(name: str, chart: Any, drawn: dict[str, Any]) -> SafeString:
    plot = render(name, chart=chart, drawn=drawn)
    numbers = " ".join(str(column) for column in range(2, len(drawn["table"].headers) + 1))
    return render("chart", chart=chart, plot=plot, drawn=drawn, numbers=numbers, shown=_("Show the numbers as a table"))


@register.simple_tag
def line_chart(chart: LineChart) -> SafeString:
    return _chart("line_chart", chart, draw_lines(chart))


@register.simple_tag
def bar_chart(chart: BarChart) -> SafeString:
    return _chart("bar_chart", chart, draw_bars(chart))


@register.simple_tag
def interval_chart(chart: IntervalChart) -> SafeString:
    return _chart("interval_chart", chart, draw_intervals(chart))


@register.simple_tag
def forest_plot(chart: ForestPlot) -> SafeString:
    return _chart("forest_plot", chart, draw_forest(chart))


@register.simple_tag
def ego_network(chart: EgoNetwork) -> SafeString:
    drawn = draw_ego(chart)
    plot = render("ego_network", chart=chart, drawn=drawn)
    shown = _("Show the same as a table")
    return render("chart", chart=chart, plot=plot, drawn=drawn, numbers="3 4", shown=shown)


def _identity(prefix: str, text: str) -> str:
    """An id that is the same for the same words on every rendering."""
    return f"{prefix}-{crc32(text.encode('utf-8', 'replace')):x}"


@register.simple_tag
def field_messages(field: FieldParts) -> SafeString:
    """A field's hint and errors; for the components of fields only."""
    return render("field_messages", field=field) if field.hint or field.errors else SafeString("")
