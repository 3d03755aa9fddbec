"""Charts: numbers stand where they belong, and the same numbers are in the table."""

import math
from typing import Any

import pytest
from django.template import Context, Template
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from lxml.html import HtmlElement

from handrail.design.charts import BarChart, ForestPlot, IntervalChart, LineChart, Point, Series
from handrail.design.charts.drawing import draw_bars, draw_forest, draw_intervals, draw_lines
from handrail.design.charts.scale import scale_over, written

NUMBERS = st.floats(-1e9, 1e9, allow_nan=False).map(lambda value: round(value, 6))
ROWS = (Point("North", 12, 4, 21), Point("South", -3, -14, 9), Point("Centre", None))


def shown(tag: str, chart: Any) -> HtmlElement:
    text = Template(f"{{% load design %}}{{% {tag} chart %}}").render(Context({"chart": chart}))
    return html.fragment_fromstring(text)


def table(figure: HtmlElement) -> list[list[str]]:
    rows = figure.xpath(".//tbody/tr")
    return [[cell.text_content() for cell in row.xpath("td/span[@class='hr-table__cell']")] for row in rows]


@given(st.lists(NUMBERS, min_size=1, max_size=20))
def test_an_axis_holds_every_value_in_order(values: list[float]) -> None:
    scale = scale_over(values)
    assert scale.low <= min(values) + max(map(abs, values)) * 1e-6
    assert scale.high >= max(values) - max(map(abs, values)) * 1e-6
    places = [scale.at(value) for value in sorted(values)]
    assert places == sorted(places)
    assert places[0] >= 0
    assert places[-1] <= 100
    assert 2 <= len(scale.ticks) <= 12


@pytest.mark.parametrize("values", [[], [None], [math.nan], [math.inf], [0.0], [5.0, 5.0], [-1e-12, 1e-12]])
def test_an_axis_can_always_be_drawn(values: list[float | None]) -> None:
    scale = scale_over(values)
    assert scale.low < scale.high


def test_ticks_are_round() -> None:
    assert scale_over([0, 46]).ticks == (0, 20, 40, 60)
    assert scale_over([-14, 25]).ticks == (-20, -10, 0, 10, 20, 30)


@pytest.mark.parametrize(
    ("value", "text"),
    [(12, "12%"), (57.999, "58%"), (-3.4, "−3%"), (-0.2, "0%"), (None, "–"), (math.nan, "–"), (12345, "12,345%")],
)
def test_numbers_are_written_for_people(value: float | None, text: str) -> None:
    assert written(value, "%") == text


def test_a_bar_chart_says_its_sentence_and_has_its_table() -> None:
    chart = BarChart("Where", "Mostly in <meetings>.", (Point("Meetings", 46, 38, 54), Point("Website", 9)), unit="%")
    figure = shown("bar_chart", chart)
    assert "Mostly in <meetings>." in figure.find("figcaption").text_content()
    assert table(figure) == [["Meetings", "46%", "38%", "54%"], ["Website", "9%", "–", "–"]]
    bars = draw_bars(chart)["bars"]
    assert bars[0]["width"] > bars[1]["width"] > 0
    assert bars[0]["x"] == bars[1]["x"] == draw_bars(chart)["zero"]


def test_bars_below_zero_hang_to_the_left() -> None:
    drawn = draw_bars(BarChart("", "", (Point("Down", -5), Point("Up", 5))))
    down, up = drawn["bars"]
    assert down["x"] < drawn["zero"] == up["x"]


def test_an_interval_chart_shows_what_is_not_known() -> None:
    chart = IntervalChart("Change", "Only North.", ROWS, reference=0, reference_text="no change", unit="%")
    figure = shown("interval_chart", chart)
    assert "Not enough data to say" in figure.text_content()
    assert "The dotted line: no change" in figure.text_content()
    assert len(figure.xpath(".//circle")) == 2, "nothing is drawn for what is not known"
    north = draw_intervals(chart)["marks"][0]
    assert north.low < north.at < north.high
    assert draw_intervals(chart)["reference"] < north.low


def test_a_forest_plot_weighs_its_squares() -> None:
    chart = ForestPlot("All", "Up by 8.", ROWS, Point("Together", 8, 1, 15), weights=(40, 10, 0), reference_text="none")
    marks = draw_forest(chart)["marks"]
    assert [mark.label for mark in marks] == ["North", "South", "Centre", "Together"]
    assert marks[0].size > marks[1].size > marks[2].size
    assert [mark.pooled for mark in marks] == [False, False, False, True]
    assert table(shown("forest_plot", chart))[-1] == ["Together", "8", "1", "15"]


def test_a_line_chart_draws_its_band_and_its_gaps() -> None:
    points = (Point("May", 4, 3, 5), Point("June", None), Point("July", 6, 5, 8), Point("August", 7, 6, 8))
    chart = LineChart(
        "Confidence", "It rose.", (Series("You", points),), marker="July", marker_text="the first session"
    )
    drawn = draw_lines(chart)
    line = drawn["series"][0]
    assert len(line["dots"]) == 3
    assert len(line["band"].split()) == 6
    heights = [dot["y"] for dot in line["dots"]]
    assert heights == sorted(heights, reverse=True), "higher values stand higher"
    assert drawn["marker"] == line["dots"][1]["x"]
    figure = shown("line_chart", chart)
    assert figure.xpath(".//svg[@role='img']/@aria-label") == ["It rose."]
    assert table(figure)[1] == ["June", "Not enough data to say"]


def test_several_lines_differ_by_more_than_colour() -> None:
    points = tuple(Point(str(index), index) for index in range(30))
    figure = shown("line_chart", LineChart("T", "S", tuple(Series(name, points) for name in "ABC")))
    legend = figure.xpath(".//ul/li")
    assert [item.text_content() for item in legend] == ["A", "B", "C"]
    shapes = [html.tostring(item.xpath(".//*[contains(@class, 'hr-line__dot')]")[0]) for item in legend]
    assert len(set(shapes)) == 3
    assert len(draw_lines(LineChart("T", "S", (Series("A", points),)))["labels"].split("<text")) <= 5, (
        "words that fit a phone"
    )


def test_a_line_chart_without_points_is_a_sentence_and_an_empty_table() -> None:
    assert table(shown("line_chart", LineChart("T", "Nothing yet.", ()))) == []


@pytest.mark.parametrize("tag", ["line_chart", "bar_chart", "interval_chart", "forest_plot"])
def test_no_chart_has_inline_style(tag: str) -> None:
    charts = {
        "line_chart": LineChart("T", "S", (Series("A", ROWS),)),
        "bar_chart": BarChart("T", "S", ROWS),
        "interval_chart": IntervalChart("T", "S", ROWS),
        "forest_plot": ForestPlot("T", "S", ROWS, ROWS[0]),
    }
    assert not shown(tag, charts[tag]).xpath(".//@style")


def test_places_are_written_for_browsers_in_every_language() -> None:
    with override("fr"):
        figure = shown("forest_plot", ForestPlot("T", "S", ROWS, ROWS[0], unit=" %", digits=1))
        assert table(figure)[0] == ["North", "12,0 %", "4,0 %", "21,0 %"]
        places = [
            value for name in ("x", "x1", "x2", "width") for value in figure.xpath(f".//*[local-name()!='svg']/@{name}")
        ]
    assert places
    assert not [value for value in places if "," in value]


def test_a_level_that_means_something_is_within_the_axis_and_named() -> None:
    points = tuple(Point(str(n), 20.0 + n, 12.0, 34.0) for n in range(5))
    chart = LineChart("Change", "More.", (Series("Change", points),), unit="%", reference=0, marker="2")
    drawn = draw_lines(chart)
    assert drawn["level_text"] == "0%"
    assert drawn["level"] is not None
    assert 0 < drawn["level"] <= drawn["bottom"]
    assert draw_lines(LineChart("Change", "More.", (Series("Change", points),)))["level"] is None
