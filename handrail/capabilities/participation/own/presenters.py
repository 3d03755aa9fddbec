"""One person's conversations in words: one plain sentence, three charts, what would help next, their circle."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from handrail.capabilities.participation.own.queries import SharedWith
from handrail.capabilities.participation.sheet import Sheet
from handrail.design.charts import EgoNetwork, LineChart, Point, Series, Tie
from handrail.design.dates import date_in_words
from handrail.design.numbers import number_in_words
from handrail.design.parts import Row, Task
from handrail.engines.participation.flattery import SMALL_TALK, beside
from handrail.engines.participation.own import A_QUARTER, ENOUGH_ACTS, Month, Own, Quarter, moved, next_thing
from handrail.engines.participation.relevance import CANNOT_KNOW


@dataclass(frozen=True)
class Axis:
    """One of the three: its chart, or why there is none, and what to be careful with."""

    heading: str
    chart: LineChart | None
    instead: str
    careful: str


@dataclass(frozen=True)
class NextThing:
    heading: str
    text: str


@dataclass(frozen=True)
class Moved:
    sentence: str
    headers: list[str]
    rows: list[tuple[str, str, str]]


NAMES = {
    "threads_answered_share": gettext_lazy("posts of yours that somebody answered"),
    "replies_received": gettext_lazy("answers you got"),
    "two_way": gettext_lazy("people with whom it goes both ways"),
    "two_way_share": gettext_lazy("people with whom it goes both ways, of all you are in touch with"),
    "heard_from": gettext_lazy("people you heard from"),
    "cross_unit_share": gettext_lazy("people of other units, of all you wrote to"),
}

NEXT = {
    "listen_and_answer": (
        gettext_lazy("Answer one person this week"),
        gettext_lazy("Somebody whose work matters to yours. Two sentences are enough, and a question is best."),
    ),
    "answer_first": (
        gettext_lazy("Before the next post, answer somebody"),
        gettext_lazy("Read what others wrote this week and answer one of them. Then post, and end with a question."),
    ),
    "ask_one": (
        gettext_lazy("Ask one question in the open"),
        gettext_lazy("You answer a great deal. A question of your own lets others answer you."),
    ),
    "answer_back": (
        gettext_lazy("Go back to three answers you got"),
        gettext_lazy("People answer you. One more sentence from you turns each of those into a conversation."),
    ),
    "look_where_it_matters": (
        gettext_lazy("Spend ten minutes where your outcomes are talked of"),
        gettext_lazy("Open one of those channels, read what the last week brought, and answer one person there."),
    ),
    "another_unit": (
        gettext_lazy("Open a conversation with another unit"),
        gettext_lazy("Yours are alive, and mostly near home. Ask somebody elsewhere how it looks to them."),
    ),
    "keep_going": (
        gettext_lazy("Pass on what works"),
        gettext_lazy("You give about as much as you get, and beyond your own unit. Show somebody how you do it."),
    ),
}


PLACES = {  # what an export's reader is called, and what the place is to those who write there
    "Bluesky repository": "Bluesky",
    "Discourse": "Discourse",
    "Mastodon archive": "Mastodon",
    "Mattermost export": "Mattermost",
    "Slack export": "Slack",
    "Teams export": "Teams",
    "Viva Engage export": "Viva Engage",
    "Zulip export": "Zulip",
    "mail (mbox)": gettext_lazy("e-mail"),
    "plain interactions": gettext_lazy("a list of your organisation’s own"),
}


def counted_in(places: Sequence[str]) -> str:
    """Which places the figures know, said before them: whoever posts elsewhere every day was not quiet."""
    if not places:
        return ""
    return _(
        "This counts what your organisation loaded, and nothing else: %(places)s. What you write in other places, "
        "on LinkedIn say or in a local group, is not in it."
    ) % {"places": get_text_list([str(PLACES.get(one, one)) for one in places], _("and"))}


def lead(sheet: Sheet) -> str:
    """The one plain sentence."""
    own = sheet.own
    if own is None:
        return _("Nothing of yours was found in what your organisation loaded.")
    recent = own.months[-A_QUARTER:]
    posts, replies = sum(one.posts for one in recent), sum(one.replies_given for one in recent)
    received = sum(one.replies_received for one in recent)
    if not own.months:
        return _("Your organisation’s export has no dates, so there is no telling when you took part.")
    if posts + replies + received == 0:
        return _("There, in the last three months, you were quiet and nobody wrote to you. There may be good reasons.")
    parts = {"posts": _posts(posts), "replies": _answers(replies)}
    if "replies_received" in own.unmeasured:
        return _("There, in the last three months, you wrote %(posts)s and %(replies)s.") % parts
    words = ngettext(
        "There, in the last three months, you wrote %(posts)s and %(replies)s; %(received)s answer came back to you.",
        "There, in the last three months, you wrote %(posts)s and %(replies)s; %(received)s answers came back to you.",
        received,
    )
    return words % (parts | {"received": number_in_words(received)})


def _posts(number: int) -> str:
    return ngettext("%(number)s post", "%(number)s posts", number) % {"number": number_in_words(number)}


def _answers(number: int) -> str:
    return ngettext("%(number)s answer", "%(number)s answers", number) % {"number": number_in_words(number)}


def next_thing_of(own: Own, *, outcomes: bool) -> NextThing:
    heading, text = NEXT[next_thing(own, outcomes=outcomes)]
    return NextThing(str(heading), str(text))


@dataclass(frozen=True)
class Year:
    """What the three charts stand over: the months by name, and that in which somebody began here, if it is one."""

    months: tuple[str, ...]
    began: str


def axes(sheet: Sheet, began_on: date | None) -> list[Axis]:
    """Robust, relevant, relations: in the words of whoever looks at their own."""
    own = sheet.own
    if own is None or not own.months:
        return []
    start = None if began_on is None else began_on.year * 12 + began_on.month - 1
    names = {one.month: month_in_words(one) for one in own.months}
    year = Year(tuple(names.values()), names.get(start, "") if start is not None else "")
    return [_robust(own, year), _relevant(sheet, own, year), _relations(own, year)]


def _robust(own: Own, year: Year) -> Axis:
    acts = sorted(month.acts for month in own.months)
    weeks = int(own.measures.get("active_weeks") or 0)
    sentence = _(
        "Posts, answers and reactions: about %(acts)s in an ordinary month, and some in %(weeks)s weeks of the year."
    ) % {
        "acts": number_in_words(acts[len(acts) // 2]),
        "weeks": number_in_words(weeks),
    }
    heading = _("How much, and how steadily")
    chart = _lines(heading, sentence, year, [float(one.acts) for one in own.months])
    return Axis(heading, chart, "", _careful(own, "posts"))


def _relevant(sheet: Sheet, own: Own, year: Year) -> Axis:
    heading = _("Does it serve what you are here for")
    if not sheet.outcomes:
        why = _(
            "Your organisation has not said yet which channels and whom its outcomes concern. Your coordinator can."
        )
        return Axis(heading, None, why, "")
    placed = sum(one.in_channels for one in own.months)
    if placed < ENOUGH_ACTS:
        return Axis(heading, None, _("Too little happened in channels that we can tell apart to say."), "")
    share = sum(one.concerning for one in own.months) / placed
    sentence = _("%(share)s of what you wrote was where your outcomes are talked of.") % {"share": _percent(share)}
    values = [100 * one.concerning / one.in_channels if one.in_channels >= ENOUGH_ACTS else None for one in own.months]
    chart = _lines(heading, sentence, year, values, share=True)
    return Axis(heading, chart, "", _(CANNOT_KNOW))


def _relations(own: Own, year: Year) -> Axis:
    heading = _("Does it go both ways")
    if why := own.unmeasured.get("two_way_share"):
        return Axis(heading, None, _("Not measurable from this source: %(why)s.") % {"why": _(why)}, "")
    two_way = int(own.measures.get("two_way") or 0)
    if not own.in_touch:
        return Axis(heading, None, _("You were in touch with nobody there so far."), "")
    sentence = ngettext(
        "You were in touch with %(number)s person this year, and with %(two_way)s of them it went both ways.",
        "You were in touch with %(number)s people this year, and with %(two_way)s of them it went both ways.",
        own.in_touch,
    ) % {"number": number_in_words(own.in_touch), "two_way": number_in_words(two_way)}
    values = [100 * one.two_way / one.in_touch if one.in_touch >= A_QUARTER else None for one in own.months]
    chart = _lines(heading, sentence, year, values, share=True)
    return Axis(heading, chart, "", _careful(own, "two_way"))


def _lines(title: str, sentence: str, year: Year, values: Sequence[float | None], *, share: bool = False) -> LineChart:
    points = tuple(Point(name, value) for name, value in zip(year.months, values, strict=True))
    return LineChart(
        title,
        sentence,
        (Series(_("You"), points),),
        unit=" %" if share else "",
        minimum=0,
        maximum=100 if share else None,
        marker=year.began,
        marker_text=_("when you began here"),
    )


def month_in_words(month: Month) -> str:
    """Short: there are twelve at most, so that none occurs twice."""
    return str(date_format(date(month.month // 12, month.month % 12 + 1, 1), "M"))


def _careful(own: Own, number: str) -> str:
    """What this number does not say, and the number that would."""
    caution = beside(number)
    assert caution is not None, number
    value = own.measures.get(caution.instead)
    if value is None:
        return _(caution.sentence)
    told = _percent(value) if caution.instead.endswith("_share") else number_in_words(int(value))
    return _("%(caution)s What tells more, over the year: %(what)s: %(value)s.") % {
        "caution": _(caution.sentence),
        "what": NAMES[caution.instead],
        "value": told,
    }


def served_rows(own: Own) -> list[tuple[str, str, str, str]]:
    """By outcome: what concerned it, and the answers that reached its audience."""
    return [
        (
            one.outcome,
            "–" if one.share is None else _percent(one.share),
            f"{one.answers_to_audience:,}",
            f"{one.audience_reached:,}",
        )
        for one in own.served
    ]


SERVED_HEADERS = [
    gettext_lazy("Outcome"),
    gettext_lazy("Of what you wrote"),
    gettext_lazy("Answers to those it is for"),
    gettext_lazy("People reached by them"),
]


def moved_since(own: Own, began_on: date | None) -> Moved | None:
    """The three months before the start beside the last three; nothing while there is too little of either."""
    start = None if began_on is None else began_on.year * 12 + began_on.month - 1
    both = moved(own.months, start)
    if both is None or began_on is None:
        return None
    before, now = both
    rows = [
        (_("Posts, answers and reactions"), f"{before.acts:,}", f"{now.acts:,}"),
        (_("Answers, of all you wrote"), _told(before.answered_share), _told(now.answered_share)),
        (_("Where outcomes are talked of"), _told(before.relevant_share), _told(now.relevant_share)),
        (_("People with whom it went both ways"), _told(before.two_way_share), _told(now.two_way_share)),
    ]
    return Moved(
        _moved_in_words(before, now, began_on),
        [_("What"), _("Three months before"), _("Last three months")],
        [row for row in rows if row[1:] != ("–", "–")],
    )


def _moved_in_words(before: Quarter, now: Quarter, began_on: date) -> str:
    since = _("You began in %(month)s.") % {"month": date_format(began_on, "F Y")}
    if before.two_way_share is None or now.two_way_share is None:
        return since
    change = round(100 * now.two_way_share) - round(100 * before.two_way_share)
    if abs(change) < 5:
        return since + " " + _("With as many people as before it goes both ways.")
    if change > 0:
        return since + " " + _("With more people than before it goes both ways.")
    return since + " " + _("With fewer people than before it goes both ways.")


def _told(share: float | None) -> str:
    return "–" if share is None else _percent(share)


def _percent(share: float) -> str:
    return _("%(number)s\u00a0%%") % {"number": round(100 * share)}


def circle(sheet: Sheet) -> EgoNetwork | None:
    """Whom this person is in touch with: only what passed between them and each, never among the others."""
    own = sheet.own
    if own is None or not own.contacts:
        return None
    ties = []
    unknown = 0
    for one in own.contacts:
        who = sheet.contacts.get(one.person, {})
        name, outside = who.get("name", ""), bool(who.get("outside"))
        if not name:
            unknown += 1
            words = _("Somebody outside (%(number)s)") if outside else _("Somebody not known here (%(number)s)")
            name, mark = words % {"number": unknown}, str(unknown)
        else:
            mark = initials(name)
        ties.append(Tie(name, mark, one.gave, one.got, who.get("unit") or "–", beyond=outside))
    two_way = sum(one.both_ways for one in own.contacts)
    more = own.in_touch - len(own.contacts)
    sentence = ngettext(
        "With %(two_way)s of %(number)s person shown it goes both ways.",
        "With %(two_way)s of the %(number)s people shown it goes both ways.",
        len(ties),
    ) % {"two_way": number_in_words(two_way), "number": number_in_words(len(ties))}
    if more > 0:
        sentence += " " + ngettext("%(more)s more is not shown.", "%(more)s more are not shown.", more) % {
            "more": number_in_words(more).capitalize()
        }
    return EgoNetwork(
        _("Whom you are in touch with"),
        sentence,
        _("You"),
        tuple(ties),
        (_("Who"), _("Unit"), _("You to them"), _("They to you"), _("Both ways")),
        _(
            "A whole line goes both ways; a dotted one goes the way of its arrow. Squares are people outside. "
            "Tap a circle to see who it is."
        ),
    )


def initials(name: str) -> str:
    words = [word for word in name.split() if word[:1].isalpha()]
    return "".join(word[0] for word in (words[0], words[-1]) if word).upper() if words else "?"


def rests_on(sheet: Sheet) -> list[str]:
    """What these figures rest on and cannot know."""
    said = [_("What was written is never read. It counts who answered, reacted to or mentioned whom, where and when.")]
    if sheet.own is not None and sheet.own.months:
        first, last = (
            date_format(date(one.month // 12, one.month % 12 + 1, 1), "F Y")
            for one in (sheet.own.months[0], sheet.own.months[-1])
        )
        said.append(_("From %(first)s to %(last)s.") % {"first": first, "last": last})
    said.append(_(SMALL_TALK))
    if sheet.own is not None:
        why = sorted(set(sheet.own.unmeasured.values()))
        said += [_("Not measurable from this source, and so left out: %(why)s.") % {"why": _(one)} for one in why]
    return said + [_first_upper(_(note)) + "." for note in sheet.notes]


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def sharing_tasks(shared: Sequence[SharedWith]) -> list[Task]:
    return [
        Task(
            _("Show %(name)s") % {"name": one.own.other.name},
            reverse("conversations_share", args=[one.own.pairing.pk]),
            status=_("Shown since %(day)s") % {"day": date_in_words(one.shared_on)} if one.shared_on else "",
            done=one.shared_on is not None,
            hint=_("The figures, without the names of others"),
        )
        for one in shared
    ]


def figures(own: Own) -> list[Row]:
    """What a mentor is shown of the numbers, and what the owner looks at before showing it."""
    recent = own.months[-A_QUARTER:]
    rows = [
        Row(_("Posts, last three months"), f"{sum(one.posts for one in recent):,}"),
        Row(_("Answers given"), f"{sum(one.replies_given for one in recent):,}"),
    ]
    if "replies_received" not in own.unmeasured:
        rows.append(Row(_("Answers that came back"), f"{sum(one.replies_received for one in recent):,}"))
    for name in ("two_way_share", "cross_unit_share", "threads_answered_share"):
        value = own.measures.get(name)
        if value is not None:
            rows.append(Row(_first_upper(str(NAMES[name])), _percent(value)))
    return rows
