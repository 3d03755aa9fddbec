"""Fields render as one with their label, hint and error; what cannot be kept comes back with kind words."""

import datetime
from typing import Any

import pytest
from django import forms as django_forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from lxml import html
from lxml.html import HtmlElement

from handrail.design import forms
from handrail.design.fields import kind_of

CHOICES = [("a", "Alpha"), ("b", "Beta")]
NUL, SURROGATE = "a\x00b", "a\ud800b"


class Whole(forms.Form):
    name = forms.TextField(label="Name", hint="As on letters", autocomplete="name", missing="Please enter your name.")
    story = forms.LongTextField(label="Story", maximum=20, rows=3)
    address = forms.EmailField()
    code = forms.CodeField(label="Code", digits=True)
    one = forms.RadiosField(label="One", choices=CHOICES, hints={"b": "The second"})
    some = forms.ChoicesField(label="Some", choices=CHOICES)
    region = forms.SelectField(label="Region", choices=CHOICES)
    day = forms.DateField(label="Day")
    time = forms.TimeField(label="Time")
    file = forms.FileField(label="File", accept=".csv")
    agreed = forms.ConsentField(label="Agreed")
    key = forms.HiddenField(required=False)


GOOD: dict[str, Any] = {
    "name": "Ann",
    "story": "Once",
    "address": "ann@example.org",
    "code": "12 34-56",
    "one": "b",
    "some": ["a", "b"],
    "region": "a",
    "day-day": "27",
    "day-month": "3",
    "day-year": "2027",
    "time": "2.30pm",
    "agreed": "on",
    "key": "k",
}


def tree(markup: object) -> HtmlElement:
    return html.fragment_fromstring(str(markup), create_parent="div")


def test_good_answers_become_values() -> None:
    form = Whole(GOOD, {"file": SimpleUploadedFile("people.csv", b"a,b")})
    assert form.is_valid(), form.errors
    values = form.cleaned_data
    assert (values["code"], values["day"], values["time"]) == (
        "123456",
        datetime.date(2027, 3, 27),
        datetime.time(14, 30),
    )
    assert (values["one"], values["some"], values["region"], values["agreed"]) == ("b", ["a", "b"], "a", True)


def test_every_control_has_its_label_and_hint() -> None:
    page = tree(Whole())
    for control in page.xpath(".//input[not(@type='hidden')] | .//textarea | .//select"):
        assert page.xpath(f".//label[@for='{control.get('id')}']"), html.tostring(control)
    name = page.get_element_by_id("id_name")
    assert (name.get("autocomplete"), name.get("aria-describedby")) == ("name", "id_name-hint")
    assert page.get_element_by_id("id_name-hint").text == "As on letters"
    assert page.get_element_by_id("id_code").get("inputmode") == "numeric"
    assert page.get_element_by_id("id_address").get("type") == "email"
    assert page.get_element_by_id("id_one-2").get("aria-describedby") == "id_one-2-item-hint"


def test_nothing_filled_in_names_every_field() -> None:
    form = Whole({}, {})
    page = tree(form)
    for name in set(form.fields) - {"key"}:
        error = page.get_element_by_id(f"id_{name}-error")
        text = error.text_content()
        assert (str(form.fields[name].label) in text) or name in ("name", "agreed", "file"), text
        control = page.get_element_by_id(f"id_{name}")
        described = control.get("aria-describedby") or control.xpath("ancestor::fieldset/@aria-describedby")[0]
        assert f"id_{name}-error" in described
    assert "Please enter your name." in page.get_element_by_id("id_name-error").text_content()


@pytest.mark.parametrize("nasty", [NUL, SURROGATE])
@pytest.mark.parametrize(
    "field", ["name", "story", "address", "code", "one", "some", "region", "time", "key", "day-day"]
)
def test_what_cannot_be_kept_comes_back_kindly(field: str, nasty: str) -> None:
    form = Whole(GOOD | {field: [nasty] if field == "some" else nasty})
    assert not form.is_valid()
    assert form.errors[field.removesuffix("-day")]
    markup = Template("{% load design %}{% error_summary form %}{% fields form %}{{ form }}").render(
        Context({"form": form})
    )
    assert "\x00" not in markup
    markup.encode("utf-8")


def test_text_that_comes_back_is_not_lost() -> None:
    form = Whole(GOOD | {"story": "Once upon a time there was a long story"})
    assert not form.is_valid()
    assert form.errors["story"] == ["Please shorten this to 20 characters or fewer. It has 39 now."]
    assert "Once upon a time" in tree(form).get_element_by_id("id_story").text


def test_a_first_empty_line_in_a_text_is_kept() -> None:
    form = Whole(GOOD | {"story": "\nOnce"})
    assert tree(form["story"].as_field_group()).find(".//textarea").text == "\n\nOnce"


@pytest.mark.parametrize("address", ["ann", "ann@", "@example.org", "ann at example.org"])
def test_an_address_that_is_none_is_explained(address: str) -> None:
    form = Whole(GOOD | {"address": address})
    assert form.errors["address"] == ["Please enter an e-mail address like name@example.org."]


def test_answers_that_were_not_offered_are_not_quoted_back() -> None:
    form = Whole(GOOD | {"one": "<script>", "some": ["<script>"], "region": "<script>"})
    assert form.errors["one"] == ["Please choose one of these."]
    assert "script" not in str(form)


def test_a_field_can_be_the_heading() -> None:
    page = tree(
        Template("{% load design %}{% field form.name 'Who are you?' %}{% field form.one 'Which?' %}").render(
            Context({"form": Whole()})
        )
    )
    assert [h.text_content() for h in page.findall(".//h1")] == ["Who are you?", "Which?"]
    assert page.find(".//h1/label").get("for") == "id_name"
    assert page.find(".//legend/h1") is not None


def test_a_form_has_its_protection_and_its_kind() -> None:
    context = Context({"form": Whole(), "csrf_token": "t", "once": "o"})
    page = tree(Template("{% load design %}{% form form 'Save' '/x/' %}<p>More</p>{% endform %}").render(context))
    form = page.find("form")
    assert (form.get("enctype"), form.get("action")) == ("multipart/form-data", "/x/")
    assert form.xpath("input[@name='csrfmiddlewaretoken']/@value") == ["t"]
    assert form.xpath("button/text()") == ["Save"]
    assert form.get("novalidate") is not None


def test_a_question_of_several_fields_has_one_heading() -> None:
    page = tree(Template("{% load design %}{% question form 'Tell us' %}").render(Context({"form": Whole()})))
    assert [h.text_content() for h in page.findall(".//h1")] == ["Tell us"]


def test_an_error_summary_links_to_every_fault() -> None:
    form = Whole({})
    form.add_error(None, "These two do not go together.")
    page = tree(Template("{% load design %}{% error_summary form %}").render(Context({"form": form})))
    targets = [href[1:] for href in page.xpath(".//a/@href")]
    assert targets == [f"id_{name}" for name in form.fields if name != "key"]
    for target in targets:
        assert tree(form).get_element_by_id(target) is not None
    assert "These two do not go together." in page.text_content()
    assert Template("{% load design %}{% error_summary form %}").render(Context({"form": Whole()})) == ""


def test_fields_that_belong_together() -> None:
    page = tree(
        Template("{% load design %}{% fieldset 'Where' hint='Both' %}<p>x</p>{% endfieldset %}").render(Context())
    )
    assert page.find(".//legend").text == "Where"


def test_forms_of_libraries_get_our_components() -> None:
    class Theirs(django_forms.Form):
        code = django_forms.CharField(widget=django_forms.TextInput(attrs={"placeholder": "Code", "class": "x"}))
        text = django_forms.CharField(widget=django_forms.Textarea)
        tick = django_forms.BooleanField()
        pick = django_forms.ChoiceField(choices=CHOICES)
        radio = django_forms.ChoiceField(choices=CHOICES, widget=django_forms.RadioSelect)
        hidden = django_forms.CharField(widget=django_forms.HiddenInput)

    form = Theirs({})
    assert [kind_of(bound) for bound in form] == ["input", "textarea", "checkbox", "select", "radios", "hidden"]
    page = tree(
        Template("{% load design %}{% field form.code label='The code' hint='Six digits' %}").render(
            Context({"form": form})
        )
    )
    control = page.get_element_by_id("id_code")
    assert control.get("placeholder") is None
    assert "“The code” still needs an answer." in page.text_content()


def test_initial_values_are_shown() -> None:
    page = tree(Whole(initial={"day": datetime.date(2027, 3, 27), "time": datetime.time(9, 5), "one": "b"}))
    assert [page.get_element_by_id(f"id_day{part}").get("value") for part in ("", "-month", "-year")] == [
        "27",
        "3",
        "2027",
    ]
    assert page.get_element_by_id("id_time").get("value") == "09:05"
    assert page.get_element_by_id("id_one-2").get("checked") is not None


def test_an_optional_date_may_stay_empty() -> None:
    class Optional(forms.Form):
        day = forms.DateField(label="Day", required=False)

    form = Optional({})
    assert form.is_valid()
    assert form.cleaned_data["day"] is None
