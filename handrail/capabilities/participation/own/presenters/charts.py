"""One's own conversations in pictures: how much, what for, both ways, and the circle."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handrail.capabilities.participation.own.presenters.words import NAMES, percent
from handrail.capabilities.participation.sheet import Sheet
from handrail.design.charts import EgoNetwork, LineChart, Point, Series, Tie
from handrail.design.numbers import number_in_words
from handrail.engines.participation.flattery import beside
from handrail.engines.participation.own import A_QUARTER, ENOUGH_ACTS, Month, Own
from handrail.engines.participation.relevance import CANNOT_KNOW


@dataclass(frozen=True)
class Axis:
    """One of the three: its chart, or why there is none, and what to be careful with."""

    heading: str
    chart: LineChart | None
    instead: str
    careful: str


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
    sentence = _("%(share)s of what you wrote was where your outcomes are talked of.") % {"share": percent(share)}
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
    told = percent(value) if caution.instead.endswith("_share") else number_in_words(int(value))
    return _("%(caution)s What tells more, over the year: %(what)s: %(value)s.") % {
        "caution": _(caution.sentence),
        "what": NAMES[caution.instead],
        "value": told,
    }


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
