"""Each component says what it should, and escapes what it is given."""

from typing import Any

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.utils.safestring import SafeString
from lxml import html
from lxml.html import HtmlElement

from handrail.design import parts
from handrail.design.charts import EgoNetwork, Tie
from handrail.design.gallery import components
from handrail.design.markup import COMPONENTS
from handrail.design.samples import samples

WITHOUT_EXAMPLES = {"chart", "field_messages", "gallery", "mark", "passkey_status", "question"}
NASTY = '<b onclick="x">&'


def shown(source: str, **context: Any) -> HtmlElement:
    """The markup of a template text, as a tree."""
    text = Template("{% load design %}" + source).render(Context(context))
    return html.fragment_fromstring(text, create_parent="div")


def words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_every_component_is_in_the_gallery() -> None:
    folders = {path.name for path in COMPONENTS.iterdir() if path.is_dir()}
    assert folders - set(components()) == WITHOUT_EXAMPLES


@pytest.mark.parametrize("name", sorted(components()))
def test_every_component_has_a_test_here(name: str) -> None:
    alone = {"fieldset", "form", "field", "error_summary", "line_chart", "bar_chart", "interval_chart", "forest_plot"}
    assert f"test_{name}" in globals() or name in alone, f"write test_{name}"


def test_button() -> None:
    button = shown('{% button text kind="quiet" name="answer" value="yes" %}', text=NASTY).find("button")
    assert words(button) == NASTY
    assert (button.get("type"), button.get("name"), button.get("value")) == ("submit", "answer", "yes")
    link = shown('{% button_link "Begin" "/there/" %}').find("a")
    assert (words(link), link.get("href")) == ("Begin", "/there/")


def test_ego_network() -> None:
    ties = (Tie("Priya Raman", "PR", 14, 11, "Technology"), Tie(NASTY, "N", 0, 3, beyond=True), Tie("Ines", "I", 2, 0))
    figure = shown("{% ego_network chart %}", chart=EgoNetwork("T", "S", "You", ties, ("A", "B", "C", "D", "E")))
    reached = figure.xpath(".//*[@tabindex='0' and @role='img']/@aria-label")
    assert reached == [
        "Priya Raman: 14 to them, 11 from them",
        f"{NASTY}: 0 to them, 3 from them",
        "Ines: 2 to them, 0 from them",
    ]
    assert len(figure.xpath(".//line")) == 3
    assert len(figure.xpath(".//polygon")) == 2, "what goes one way has an arrow"
    assert len(figure.xpath(".//rect")) == 1
    cells = [[words(cell) for cell in row.xpath("td/span[2]")] for row in figure.xpath(".//tbody/tr")]
    assert cells[0] == ["Priya Raman", "Technology", "14", "11", "Yes"]
    assert cells[1][0] == NASTY
    assert [row[-1] for row in cells] == ["Yes", "No", "No"]


def test_actions() -> None:
    assert len(shown('{% actions %}{% button "A" %}{% button "B" %}{% endactions %}').findall(".//button")) == 2


def test_back_link() -> None:
    assert words(shown('{% back_link "/" %}')) == "Back"
    assert words(shown('{% back_link "/" "All people" %}')) == "All people"


def test_in_language() -> None:
    french = shown('{% in_language "fr" %}{{ text }}{% endin_language %}', text=NASTY).find("div")
    assert (words(french), french.get("lang")) == (NASTY, "fr")
    assert shown('{% in_language "" %}as it is{% endin_language %}').find("div") is None


def test_banner() -> None:
    banner = shown('{% banner text "/now/" "See today\'s" %}', text=NASTY)
    assert words(banner) == f"{NASTY} See today's"
    assert banner.find(".//a").get("href") == "/now/"


def test_card() -> None:
    card = shown('{% card heading="Next" href="/x/" %}<p>Soon</p>{% endcard %}')
    assert words(card.find(".//h2/a")) == "Next"
    assert words(card.find(".//p")) == "Soon"
    assert shown("{% card %}<p>Soon</p>{% endcard %}").find(".//h2") is None


def test_screen_only() -> None:
    block = shown("{% screen_only %}<p>Go on</p>{% endscreen_only %}").find(".//p/..")
    assert (block.get("class"), words(block)) == ("hr-no-print", "Go on")


def test_grid() -> None:
    assert (
        len(shown("{% grid %}{% card %}A{% endcard %}{% card %}B{% endcard %}{% endgrid %}").findall(".//section")) == 2
    )


def test_choice_list() -> None:
    choices = [("yes", NASTY), parts.Choice("no", "No", "Later, perhaps")]
    form = shown(
        '{% choice_list choices "answer" "/reply/" "Does it suit?" %}', choices=choices, csrf_token="t", once="o"
    ).find("form")
    assert form.get("method") == "post"
    assert form.xpath("input[@name='csrfmiddlewaretoken']/@value") == ["t"]
    buttons = form.findall(".//button")
    assert [(b.get("name"), b.get("value"), words(b)) for b in buttons] == [
        ("answer", "yes", NASTY),
        ("answer", "no", "No Later, perhaps"),
    ]


def test_taps_that_send_a_form_beside_them() -> None:
    shown_list = shown('{% choice_list choices "on" form="line" %}', choices=[("soon", "Soon")])
    assert shown_list.find(".//form") is None
    first, tap = shown_list.findall(".//button")
    assert (first.get("hidden"), first.get("name")) == ("", None), "what the Enter key presses taps nothing"
    assert {one.get("form") for one in (first, tap)} == {"line"}


def test_code_display() -> None:
    assert words(shown('{% code_display "AB CD" "Your code" %}').find("p")) == "Your codeAB CD"


def test_copy_text() -> None:
    block = shown('{% copy_text text "The message" %}', text=f"Dear Sam\n{NASTY}")
    area = block.find(".//textarea")
    assert area.get("readonly") is not None
    assert area.text.strip() == f"Dear Sam\n{NASTY}"
    assert block.find(".//label").get("for") == area.get("id")
    assert block.find(".//button").get("hidden") is not None, "the button shows only where it works"


def test_copy_text_keeps_its_id_and_differs_by_label() -> None:
    ids = [shown("{% copy_text 'x' label %}", label=label).find(".//textarea").get("id") for label in ("A", "A", "B")]
    assert ids[0] == ids[1] != ids[2]


def test_details() -> None:
    assert shown('{% details "Why?" %}<p>So.</p>{% enddetails %}').find("details").get("open") is None
    assert shown('{% details "Why?" True %}<p>So.</p>{% enddetails %}').find("details").get("open") is not None


def test_empty_state() -> None:
    block = shown('{% empty_state "Nobody yet" "Add the first." "Add a person" "/add/" %}')
    assert words(block.find(".//a")) == "Add a person"
    assert block.find(".//a").get("href") == "/add/"


def test_figure() -> None:
    assert words(shown('{% figure "4 of 9" "steps" "since May" %}')) == "4 of 9 steps since May"


def test_messages_list() -> None:
    block = shown("{% messages_list messages %}", messages=samples()["messages"])
    assert len(block.xpath(".//div[contains(@class, 'hr-notice--')]")) == 3
    assert len(block.xpath(".//div[contains(@class, 'hr-notice--care')]")) == 1
    assert block.xpath("./div/@role") == ["status"]


def test_notice() -> None:
    block = shown('{% notice kind="care" heading=heading %}<p>Text</p>{% endnotice %}', heading=NASTY)
    assert words(block.find(".//h2")) == NASTY
    assert "hr-notice--care" in block.find("div").get("class")


def test_pagination() -> None:
    block = shown("{% pagination page 'q=x' %}", page=Paginator(range(30), 10).page(2))
    assert block.xpath(".//a/@href") == ["?q=x&page=1", "?q=x&page=3"]
    assert "Page 2 of 3" in words(block)
    assert not words(shown("{% pagination page %}", page=Paginator(range(3), 10).page(1)))


def test_one_thing() -> None:
    seen = shown("{% one_thing sees %}<p>Tap it.</p>{% endone_thing %}", sees=SafeString("<p>A list.</p>"))
    assert words(seen) == "Tap it.You then see:A list."
    assert words(shown("{% one_thing %}<p>Ask.</p>{% endone_thing %}")) == "Ask."


def test_panel() -> None:
    assert words(shown('{% panel "Next" %}<p>Do it</p>{% endpanel %}')) == "NextDo it"


def test_person() -> None:
    block = shown('{% person name "Head of Roads" "/ann/" %}', name="Ann <Lee>")
    assert words(block) == "Ann <Lee> Head of Roads"
    assert block.find(".//a").get("href") == "/ann/"


def test_progress() -> None:
    block = shown('{% progress 3 10 "3 of 10" "/more/" %}')
    bar = block.find(".//label/progress")
    assert (bar.get("value"), bar.get("max")) == ("3", "10")
    assert block.find("div").get("hx-get") == "/more/"
    assert shown('{% progress 3 10 "3 of 10" %}').find("div").get("hx-get") is None


def test_rail() -> None:
    steps = [("Hello", "done", "/a/"), {"text": NASTY, "state": "now", "note": "Today"}, parts.Step("Then")]
    items = shown("{% rail steps 'The way' %}", steps=steps).findall(".//li")
    assert [words(item) for item in items] == ["Done Hello", f"Now {NASTY} Today", "Later Then"]
    assert [item.get("aria-current") for item in items] == [None, "step", None]
    assert items[0].find(".//a").get("href") == "/a/"


def test_search_box() -> None:
    block = shown('{% search_box "/people/" value %}', value=NASTY)
    assert block.find(".//input").get("value") == NASTY
    assert block.find("form").get("method") == "get"


def test_step_list() -> None:
    assert [words(item) for item in shown("{% step_list steps %}", steps=["One", NASTY]).findall(".//li")] == [
        "One",
        NASTY,
    ]


def test_summary_list() -> None:
    block = shown("{% summary_list rows %}", rows=[("Name", NASTY, "Change", "/x/"), ("Where", "Here")])
    assert [words(term) for term in block.findall(".//dt")] == ["Name", "Where"]
    assert words(block.find(".//a")) == "Change Name", "a screen reader hears what is changed"


def test_table() -> None:
    block = shown("{% table headers rows 'People' '2' %}", headers=["Name", "Sessions"], rows=[[NASTY, 4], ["Bo", 0]])
    assert words(block.find(".//caption")) == "People"
    assert [words(cell) for cell in block.xpath(".//tbody/tr[1]/td/span[@class='hr-table__cell']")] == [NASTY, "4"]
    assert len(block.xpath(".//td[@class='hr-table__number']")) == 2
    assert block.xpath(".//tbody/tr[1]/td/span[@class='hr-table__label']/text()") == ["Name", "Sessions"]


def test_tag() -> None:
    assert words(shown("{% tag text 'care' %}", text=NASTY)) == NASTY


def test_task_list() -> None:
    items = shown(
        "{% task_list tasks %}", tasks=[("Read", "/r/", "To do"), parts.Task("Meet", "", "Done", True)]
    ).findall(".//li")
    assert [words(item) for item in items] == ["ReadTo do", "Meet Done"]
    assert len(items[1].xpath(".//span[contains(@class, 'hr-tag--done')]")) == 1


def test_an_empty_cell_keeps_its_place_but_not_its_label_on_a_phone() -> None:
    block = shown(
        "{% table headers rows 'People' %}", headers=["Name", "Unit"], rows=[["Bo", ""], ["Al", None], ["Cy", 0]]
    )
    assert block.xpath(".//td[2]/@class") == ["hr-table__none", "hr-table__none"]
    assert [words(cell) for cell in block.xpath(".//td[2]/span[@class='hr-table__cell']")] == ["", "", "0"]


def test_a_hidden_caption_is_still_read_aloud() -> None:
    block = shown("{% table headers rows 'People' hide_caption=True %}", headers=["Name"], rows=[])
    assert words(block.find(".//caption")) == "People"
    assert "hr-hidden" in block.find(".//caption").get("class")


def test_sheet() -> None:
    letters = shown('{% sheet %}<p>Dear Helen</p>{% endsheet %}{% sheet "fr" %}<p>Bonjour</p>{% endsheet %}')
    first, second = letters.findall(".//section")
    assert (first.get("lang"), second.get("lang")) == (None, "fr")
