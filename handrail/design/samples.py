"""Invented things for the gallery to show."""

import datetime
from functools import partial
from typing import Any

from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.utils.html import format_html

from handrail.design import forms, parts
from handrail.design.charts import BarChart, EgoNetwork, ForestPlot, IntervalChart, LineChart, Point, Series, Tie

OFTEN = [("daily", "Most days"), ("weekly", "About once a week"), ("rarely", "Hardly ever")]
LETTER = """Dear Morgan,

would you like to join us? Open handrail.example.org and type the code.

Priya Raman"""
PLACES = [("meetings", "Meetings"), ("mail", "E-mail"), ("site", "Our own website")]


class OneQuestion(forms.Form):
    often = forms.RadiosField(
        label="How often do you look?", choices=OFTEN, hint="A guess is good enough.", hints={"rarely": "That is fine."}
    )


class Everything(forms.Form):
    name = forms.TextField(label="Your name", autocomplete="name", missing="Please enter your name.")
    address = forms.EmailField(hint="We write only when something waits for you.")
    code = forms.CodeField(label="The code from your letter", hint="Spaces and dashes do not matter.")
    text = forms.LongTextField(label="What happened?", hint="A few words are enough.", rows=4)
    often = forms.RadiosField(label="How often?", choices=OFTEN, hints={"rarely": "That is fine."})
    places = forms.ChoicesField(label="Where?", choices=PLACES, hint="Choose all that apply.")
    times = forms.SlotsField(
        label="When?", rows={"mon": "Monday", "tue": "Tuesday"}, columns={"am": "Morning", "pm": "Afternoon"}
    )
    region = forms.SelectField(label="Region", choices=[("n", "North"), ("s", "South")])
    day = forms.DateField(label="On which day?", hint="For example, 27 3 2027")
    time = forms.TimeField(label="At what time?")
    file = forms.FileField(label="A file", hint="CSV, up to 50 MB", accept=".csv")
    agreed = forms.ConsentField(label="I have read this")


def _charts() -> dict[str, Any]:
    months = ("May", "June", "July", "August", "September", "October")
    first = (4.0, 4.2, 5.1, 5.0, 6.1, 7.0)
    second = (5.0, 4.8, 4.9, 5.3, 5.2, 5.6)
    ranged = tuple(Point(m, v, v - 0.8, v + 0.7) for m, v in zip(months, first, strict=True))
    plain = tuple(Point(m, v) for m, v in zip(months, second, strict=True))
    times = ("−8 weeks", "−4 weeks", "start", "+4 weeks", "+8 weeks")
    around = tuple(Point(t, v, v - 10, v + 12) for t, v in zip(times, (-2.0, 3.0, 9.0, 16.0, 22.0), strict=True))
    offices = (Point("North", 12, 4, 21), Point("South and the islands", -3, -14, 9), Point("Centre", None))
    return {
        "one_line": LineChart("Confidence", "It rose from 4 to 7 out of 10 in six months.", (Series("You", ranged),)),
        "two_lines": LineChart(
            "Replies",
            "Replies inside rose after July; outside they stayed about the same.",
            (Series("Inside", ranged), Series("Outside", plain)),
            digits=1,
            minimum=0,
            marker="July",
            marker_text="the first session",
        ),
        "beside_others": LineChart(
            "Answers in four weeks",
            "Since July there were more answers than there would have been.",
            (Series("What happened", plain), Series("What would have happened", ranged)),
            minimum=0,
            marker="July",
            marker_text="the first session",
            faint=((3.0, 4.5, 4.0, 5.5, 6.0, 6.5), (4.5, 4.0, 5.5, 5.0, 6.5, 7.5)),
            faint_text="How far others strayed",
        ),
        "around_none": LineChart(
            "What changed, four weeks at a time",
            "Before the first session hardly anything; in the last four weeks between 12 and 34 % more.",
            (Series("What changed", around),),
            unit="%",
            marker="start",
            marker_text="the first session",
            reference=0,
            reference_text="no change",
        ),
        "bars": BarChart(
            "Where people ask",
            "Most questions come in meetings; the website brings few.",
            (Point("In meetings", 46, 38, 54), Point("By e-mail", 31, 25, 38), Point("On our own website", 9, 4, 15)),
            unit="%",
        ),
        "intervals": IntervalChart(
            "Change in replies",
            "Only North shows a clear rise; Centre has too little to say.",
            offices,
            reference=0,
            reference_text="no change",
            unit="%",
        ),
        "forest": ForestPlot(
            "Change in replies, all together",
            "Together, replies rose by about 8 %, between 1 and 15 %.",
            (Point("North", 12, 4, 21), Point("South and the islands", -3, -14, 9), Point("East", 11, -2, 25)),
            Point("All together", 8, 1, 15),
            weights=(40, 25, 10),
            reference_text="no change",
            unit="%",
        ),
        "ego": EgoNetwork(
            "Whom you are in touch with",
            "With three of five it goes both ways.",
            "You",
            (
                Tie("Priya Raman", "PR", 14, 11, "Technology"),
                Tie("Morgan Ellis", "ME", 9, 8, "Housing"),
                Tie("Sam Okoro", "SO", 0, 6, "Roads"),
                Tie("Somebody outside", "1", 3, 2, "Outside", beyond=True),
                Tie("Ines Duarte", "ID", 2, 0, "Finance and procurement"),
            ),
            ("Who", "Where", "You to them", "They to you", "Both ways"),
            "A whole line goes both ways. Squares are people outside.",
        ),
    }


def samples(prefix: str = "id") -> dict[str, Any]:
    """What the examples may name; `prefix` begins the ids of forms, which must differ on one page.

    A form is made where an example names it: they are most of the work, and most examples name none.
    """
    ids = f"{prefix}_%s"
    wrong = {"name": "", "address": "name at example", "day-day": "31", "day-month": "2", "day-year": "2027"}
    return {
        **_charts(),
        "everything": partial(Everything, auto_id=ids, initial={"day": datetime.date(2027, 3, 27)}),
        "faulty": partial(Everything, wrong, auto_id=ids),
        "one_question": partial(OneQuestion, auto_id=ids),
        "choices": [
            parts.Choice("yes", "Yes, that suits me"),
            parts.Choice("other", "Another time", "You can say when on the next page."),
            parts.Choice("no", "Not at the moment"),
        ],
        "steps": [
            parts.Step("Say hello", parts.DONE, note="3 March"),
            parts.Step("Choose what to begin with", parts.DONE, "/design/rail/"),
            parts.Step("Ask your team one question", parts.NOW, "/design/rail/", "Ten minutes, before Thursday"),
            parts.Step("Read the answers together", parts.LATER, note="At your next session"),
            parts.Step("Pass on what you learned", parts.LATER),
        ],
        "tasks": [
            parts.Task("Choose a time", "/design/task_list/", "Done", True),
            parts.Task("Read the agreement", "/design/task_list/", "To do", hint="Two minutes"),
            parts.Task("Say where to meet", "", "Not yet"),
        ],
        "sees": format_html("<p>{}</p>", "A list, with your name at the top."),
        "instructions": ["Open the settings of your phone.", "Choose Privacy.", "Look at the list together."],
        "rows": [
            parts.Row("Name", "Morgan Ellis", "Change", "/design/summary_list/"),
            parts.Row("Reminders", "Once a week, on Monday", "Change", "/design/summary_list/"),
            parts.Row("Language", "English"),
        ],
        "headers": ["Name", "Team", "Sessions"],
        "cells": [
            ["Morgan Ellis", "Housing", 4],
            ["Priya Raman", "Finance and procurement", 12],
            ["Sam Okoro", "Roads", 0],
        ],
        "page": Paginator(range(95), 20).page(2),
        "messages": [
            Message(constants.SUCCESS, "Saved."),
            Message(constants.INFO, "Nothing is sent until you say so."),
            Message(constants.WARNING, "That time has passed. Please choose another."),
        ],
        "letter": LETTER,
    }
