"""Times and sessions in words, for the two and for whoever arranges their times."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from handrail.capabilities.accounts.queries import zone_of
from handrail.capabilities.pairings.calendars.queries import address_for
from handrail.capabilities.pairings.models import Session, TimeOffer
from handrail.capabilities.pairings.sessions import rules
from handrail.capabilities.pairings.sessions.forms import Suggestions
from handrail.capabilities.pairings.sessions.queries import ArrangedSession, Arranger
from handrail.design.parts import Choice, Row, Task
from handrail.formats.calendars import BEGINS, Busy, Day, PartOfDay, Slot, clashes, day_in_words, place_of, words_for

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Person


def time_in_words(starts_at: datetime, person: Person) -> str:
    """By the person's own clock, in the language of the page or message; an unusual zone is named."""
    zone = zone_of(person.account)
    words = words_for(starts_at, zone, get_language() or settings.LANGUAGE_CODE)
    return words if zone == settings.TIME_ZONE else f"{words} ({place_of(zone)})"


def word_of_it(arranger: Arranger) -> str:
    """Who hears of a change by mail, and whom somebody has to tell: nothing is said to have left that has not."""
    if not settings.MAIL_URL:
        return _("No mail leaves here, so tell %(name)s. You both see it when you sign in.") % {
            "name": arranger.other.name
        }
    unreached = [person.name for person in (arranger.me, arranger.other) if not address_for(person)]
    if unreached:
        return _("%(name)s has no e-mail address, and sees it after signing in.") % {"name": _(" and ").join(unreached)}
    return _("Both calendars are told.")


def offered_in_words(arranger: Arranger) -> str:
    if settings.MAIL_URL and address_for(arranger.other):
        return _("%(name)s can choose now, and is told by mail.") % {"name": arranger.other.name}
    return _("%(name)s can choose now. No mail leaves for them, so tell them.") % {"name": arranger.other.name}


def days_in_words(days: list[datetime], arranger: Arranger) -> list[str]:
    zone = ZoneInfo(zone_of(arranger.me.account))
    return [date_format(day.astimezone(zone), "l j F Y") for day in days]


def minutes_in_words(minutes: int) -> str:
    return ngettext("%(minutes)d minute", "%(minutes)d minutes", minutes) % {"minutes": minutes}


def session_lines(sessions: list[Session], arranger: Arranger) -> list[Task]:
    return [
        Task(time_in_words(session.starts_at, arranger.me), reverse("session", args=[session.pk]), hint=session.title)
        for session in sessions
    ]


def places_to_arrange(arrangers: list[Arranger]) -> list[Task]:
    """For a delegate: one line for each pairing whose times they arrange."""
    return [Task(page_title(one), reverse("session_times", args=[one.pairing.pk])) for one in arrangers]


def _with_busy(words: str, offer: TimeOffer, busy: Sequence[Busy]) -> str:
    """Said to the person whose calendar it is; to everybody else `busy` is empty."""
    if clashes(busy, offer.starts_at, offer.starts_at + timedelta(minutes=offer.minutes)):
        return _("%(words)s. You seem busy then") % {"words": words}
    return words


def choices_for(offers: list[TimeOffer], arranger: Arranger, busy: Sequence[Busy] = ()) -> list[Choice]:
    """The other side's times, each to be chosen with one tap."""
    return [
        Choice(
            str(offer.pk),
            time_in_words(offer.starts_at, arranger.me),
            _with_busy(minutes_in_words(offer.minutes), offer, busy),
        )
        for offer in offers
        if rules.offered_by_side(arranger.pairing, offer) != arranger.side
    ]


def own_offers(offers: list[TimeOffer], arranger: Arranger, busy: Sequence[Busy] = ()) -> list[Choice]:
    """The times offered by this side; a tap takes one back."""
    return [
        Choice(
            str(offer.pk),
            time_in_words(offer.starts_at, arranger.me),
            _with_busy(_("Take this one back"), offer, busy),
        )
        for offer in offers
        if rules.offered_by_side(arranger.pairing, offer) == arranger.side
    ]


def page_title(arranger: Arranger) -> str:
    if arranger.is_delegate:
        return _("Times of %(name)s with %(other)s") % {"name": arranger.me.name, "other": arranger.other.name}
    return _("Times with %(other)s") % {"other": arranger.other.name}


def details_of(arranged: ArrangedSession) -> list[Row]:
    """What a session is, under its time: with whom, how long, where. That is all there is, for a delegate too."""
    session = arranged.session
    rows = [
        Row(_("With"), arranged.arranger.other.name),
        Row(_("How long"), minutes_in_words(session.minutes)),
        Row(_("In the calendar as"), session.title),
    ]
    if session.place:
        rows.append(Row(_("Where"), session.place))
    if session.meeting_link:
        link = format_html('<a href="{0}" rel="noreferrer">{0}</a>', session.meeting_link)
        rows.append(Row(_("Meeting link"), link))
    return rows


def state_in_words(arranged: ArrangedSession, now: datetime) -> str:
    """How it stands, where that needs saying. Whether the two met is not for a delegate to read."""
    session = arranged.session
    if session.state == Session.State.CANCELLED:
        return _("Called off")
    if arranged.arranger.is_delegate or session.starts_at > now:
        return ""
    return {
        Session.State.AGREED: _("Did you meet?"),
        Session.State.HELD: _("You met."),
        Session.State.MISSED: _("It did not take place."),
    }[Session.State(session.state)]


def next_things(arranged: ArrangedSession) -> list[Task]:
    """What helps once it is said whether the two met; nothing for a delegate, and nothing that asks why."""
    session, pairing = arranged.session, arranged.arranger.pairing
    if arranged.arranger.is_delegate or session.state not in (Session.State.HELD, Session.State.MISSED):
        return []
    times = Task(
        _("Find the next time"), reverse("session_times", args=[pairing.pk]), hint=_("Best now, while you think of it")
    )
    if session.state == Session.State.MISSED:
        return [Task(times.text, times.href, hint=_("It happens. Nobody is told."))]
    return [
        Task(_("What did you see together?"), reverse("seen_together", args=[pairing.pk]), hint=_("A few taps")),
        times,
        Task(
            _("Note what to talk about then"),
            reverse("agreement_agenda", args=[pairing.pk]),
            hint=_("What each of you promised, for instance"),
        ),
    ]


PARTS = {
    PartOfDay.MORNING: gettext_lazy("Morning, %(time)s"),
    PartOfDay.MIDDAY: gettext_lazy("Midday, %(time)s"),
    PartOfDay.AFTERNOON: gettext_lazy("Afternoon, %(time)s"),
}
PLURALS = {
    PartOfDay.MORNING: gettext_lazy("Mornings suited you both before."),
    PartOfDay.MIDDAY: gettext_lazy("Midday suited you both before."),
    PartOfDay.AFTERNOON: gettext_lazy("Afternoons suited you both before."),
}


def suggestions_for(days: Iterable[Day], few: Iterable[Slot], arranger: Arranger) -> Suggestions:
    """What to tap, in words: a few times first, then every day and its parts."""
    language = get_language() or settings.LANGUAGE_CODE
    days, zone = list(days), arranger.zone
    return Suggestions(
        times=[(slot.starts_at.isoformat(), words_for(slot.starts_at, zone, language)) for slot in few],
        days=[(day.on.isoformat(), day_in_words(day.on, language)) for day in days],
        parts=[(part.value, PARTS[part] % {"time": f"{begins:%H:%M}"}) for part, begins in BEGINS.items()],
        accepted=frozenset(slot.starts_at.isoformat() for day in days for slot in day.slots),
        zone=zone,
    )


def suiting_in_words(days: Iterable[Day], often: Collection[tuple[int, PartOfDay]]) -> list[str]:
    """Why just these times: the parts of the day that both sides named before, and what they said at sign-up."""
    both = {slot.part for day in days for slot in day.slots if slot.suits > 1}
    said = [_("Days on which you both said you are often free come first.")] if often else []
    return said + [str(PLURALS[part]) for part in PartOfDay if part in both]
