"""One's own answer in words: one plain sentence, what it means and what it does not, what it rests on."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handrail.capabilities.impact.presenters import (
    FIRST,
    MEASURE_NAMES,
    MEASURE_TITLES,
    ORDER,
    between,
    change,
    left_out,
    percent,
    seen_from,
    verdict_of,
    why_they_differ,
)
from handrail.capabilities.impact.sheet import FEW, NO_LOG, NO_TEAM, NOT_BEGUN, Answer, Sheet
from handrail.design.dates import date_in_words
from handrail.design.parts import Row

LEAST_BEFORE = 6


def told(sheet: Sheet, measure: str) -> Answer | None:
    return next((one for one in sheet.answers if one.measure == measure), None)


def verdict(answer: Answer) -> str:
    return verdict_of(answer.verdict, answer.stands)


def sentence(answer: Answer) -> str:
    """The one plain sentence under the verdict."""
    what = {"what": MEASURE_NAMES[answer.measure]}
    if answer.effect is None or answer.low is None or answer.high is None:
        return _why_not(answer)
    told = what | {"change": change(answer.effect), "range": between(answer.low, answer.high)}
    if answer.verdict == "no_sign":
        seen = {"seen": seen_from(answer.detectable)}
        return _(
            "Since you began, what happened in your team is what would have happened anyway, as far as we can see: "
            "%(range)s %(what)s. Had it been %(seen)s, it would most likely have shown."
        ) % (told | seen)
    return (
        _(
            "Since you began, there were about %(change)s %(what)s in your team than there would have been otherwise. "
            "Most likely %(range)s."
        )
        % told
    )


def _why_not(answer: Answer) -> str:
    if answer.event:
        return _(
            "“%(event)s” happened in your team within two weeks of when you began, and nobody can tell the two apart. "
            "So this is not answered."
        ) % {"event": answer.event}
    figures = {"before": answer.before, "after": answer.after, "donors": answer.donors, "least": LEAST_BEFORE}
    if answer.why == "too_weak":
        seen = _("So far only a change of %(seen)s could be seen; an answer is given from half on.") % {
            "seen": seen_from(answer.detectable)
        }
        return f"{seen} {_what_would_do(answer)}"
    words = {
        "too_short": _(
            "There are %(before)s weeks before you began and %(after)s after it. At least %(least)s before and one "
            "after are needed, and usually many more."
        ),
        "missing": _("More than half of the weeks are missing in what your organisation loaded."),
        "silent": _("Nothing was seen in your team before you began, so there is nothing to compare with."),
        "few_donors": _(
            "There are %(donors)s teams to compare with in which no leader began. At least three are needed, and "
            "usually ten or more."
        ),
        "shock_in_donors": _(
            "Many of the teams to compare with changed all at once after you began, by something of their own."
        ),
        "own_trend": _(
            "Your team was growing or shrinking already, faster than the others, so that nothing new can be told from "
            "it. Teams that were moving alike, or more weeks before you began, would do."
        ),
        "outside_range": _("Before you began, your team moved as no other did, so none of them can stand in for it."),
        "started_outside": _(
            "You began outside the weeks that your organisation has loaded so far. Once they are loaded, this is "
            "worked out again by itself."
        ),
    }
    return words.get(answer.why or "", _("There is too little to compare.")) % figures


def _what_would_do(answer: Answer) -> str:
    if answer.needed is None:
        return ngettext(
            "Waiting would not do: more teams to compare with than this %(donors)s might.",
            "Waiting would not do: more teams to compare with than these %(donors)s might.",
            answer.donors,
        ) % {"donors": answer.donors}
    return ngettext(
        "About %(needed)s weeks after you began would do; there is %(after)s so far.",
        "About %(needed)s weeks after you began would do; there are %(after)s so far.",
        answer.after,
    ) % {"needed": answer.needed, "after": answer.after}


def differs(answer: Answer) -> str:
    return why_they_differ(answer.naive, answer.effect, _("the teams compared with"))


def careful(answer: Answer) -> list[str]:
    """What to know before telling it to anybody."""
    said = []
    if answer.stands is False and answer.verdict in ("rise", "fall"):
        said.append(
            _("When so many teams are looked at together, some change by chance. Among them, this one may be chance.")
        )
    if answer.leaned:
        said.append(
            _("Your team leaned this way before you began; the range is wider by what that alone could explain.")
        )
    if answer.several:
        said.append(_("Another leader began in your team as well; nobody can tell the two of you apart."))
    return said


def meaning(answer: Answer) -> list[str]:
    """What it means and what it does not."""
    said = [
        _("It is about what others in your team did. What you did yourself is not counted."),
        _("It says what changed with your taking part, and nothing about you or your merit."),
        _("Messages are counted, not read: more of them need not be better, and fewer can be."),
    ]
    if answer.verdict == "no_sign":
        said.append(_("No sign of change is not proof of none: something smaller may be there and not show."))
    if answer.verdict == "not_enough_data":
        said.append(_("It is no answer either way. That it cannot be said yet is nobody’s fault."))
    if answer.verdict in ("rise", "fall"):
        said.append(
            _("It holds if nothing else began in your team at that time. You know whether something did; we do not.")
        )
    return said


def how_worked_out(sheet: Sheet, answer: Answer) -> list[str]:
    said, began_on = [], sheet.began_on
    if began_on is not None:
        said.append(
            _("You began on %(day)s: the day your starting point or your first pairing began.")
            % {"day": date_in_words(began_on)}
        )
    if answer.donors:
        said.append(
            ngettext(
                "“What would have happened” comes from %(donors)s team in which no leader began in these weeks: "
                "%(before)s weeks before you began and %(after)s after.",
                "“What would have happened” comes from %(donors)s teams in which no leader began in these weeks: "
                "%(before)s weeks before you began and %(after)s after.",
                answer.donors,
            )
            % {"donors": answer.donors, "before": answer.before, "after": answer.after}
        )
        said.append(
            _("The range comes from doing the same sum for each of those teams, where nothing began: the thin lines.")
        )
    if answer.neighbours:
        said.append(
            ngettext(
                "%(number)s team that talks a great deal with yours was left out: it may have changed with it.",
                "%(number)s teams that talk a great deal with yours were left out: they may have changed with it.",
                answer.neighbours,
            )
            % {"number": answer.neighbours}
        )
    said += [left_out(name, first, last, here=here) for name, first, last, here in sheet.left_out]
    said += [
        _("Had you begun on %(day)s, when nothing did: %(range)s.")
        % {"day": date_in_words(date.fromisoformat(day)), "range": between(low, high)}
        for day, _effect, low, high in answer.pretended
    ]
    if answer.overturned_by is not None:
        said.append(
            _("Something unseen in your team alone, of %(size)s or more, would overturn this.")
            % {"size": percent(answer.overturned_by)}
        )
    said.append(_("Numbers are told to two digits, and only of teams of ten people or more beside you."))
    return said


def others(sheet: Sheet, measure: str) -> list[Row]:
    """The other measures, each with its verdict."""
    found = {one.measure: one for one in sheet.answers}
    return [
        Row(
            MEASURE_TITLES[name],
            verdict(found[name]),
            _("Look"),
            reverse("own_impact") if name == FIRST else reverse("own_impact_of", args=[name]),
        )
        for name in ORDER
        if name in found and name != measure
    ]


def unsaid(sheet: Sheet) -> str:
    """Why there is nothing to tell at all."""
    return {
        NO_LOG: _("Your organisation has not brought an export of its conversations yet. Once it has, this is made."),
        NOT_BEGUN: _("Nothing has begun for you yet: no starting point, and no pairing as a leader."),
        NO_TEAM: _("No team is written down for you, so there is none whose weeks could be compared."),
        FEW: _(
            "There are fewer than ten people in your team beside you. A figure about so few would be about somebody, "
            "so there is none."
        ),
    }.get(sheet.kind, _("Nothing was found in what your organisation loaded."))
