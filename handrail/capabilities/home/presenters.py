"""Home in words: one next thing, then the few others."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handrail.capabilities.home.queries import SchemeInNumbers, Start
from handrail.capabilities.pairings import rules
from handrail.capabilities.pairings.queries import OwnPairing
from handrail.design.parts import Task

if TYPE_CHECKING:
    from handrail.capabilities.pairings.models import Session


@dataclass(frozen=True)
class NextThing:
    heading: str
    text: str
    button: str
    href: str


@dataclass(frozen=True)
class Home:
    """What somebody finds when they come: one thing to do now, and where else they may go."""

    next_thing: NextThing | None
    others: list[Task] = field(default_factory=list)


def session_in_words(session: Session) -> str:
    at = timezone.localtime(session.starts_at)
    return _("%(day)s at %(time)s") % {"day": date_format(at, "l j F"), "time": date_format(at, "H:i")}


def is_asked(own: OwnPairing) -> bool:
    """Whether this person is still to answer whether they would like to meet."""
    return own.pairing.state == rules.State.ASKED and not rules.has_accepted(own.pairing, own.side)


def of_pairing(own: OwnPairing, session: Session | None) -> NextThing | None:
    """The next thing between two people, for one of them."""
    pairing, other = own.pairing, own.other.name
    here = reverse("pairing", args=[pairing.pk])
    if is_asked(own):
        asker = pairing.asked_by.name if pairing.asked_by else pairing.scheme.organisation.name
        return NextThing(
            _("%(asker)s asks you something") % {"asker": asker},
            _("Would you like to meet %(other)s? A no needs no reason.") % {"other": other},
            _("Read and answer"),
            reverse("pairing_answer", args=[pairing.pk]),
        )
    if pairing.state == rules.State.AGREED and session is not None:
        return NextThing(
            _("You meet %(other)s") % {"other": other}, session_in_words(session), _("Get ready: two minutes"), here
        )
    if pairing.state == rules.State.AGREED:
        return NextThing(
            _("Find a time with %(other)s") % {"other": other},
            _("Half an hour. Tap the times that suit you."),
            _("Choose times"),
            reverse("session_times", args=[pairing.pk]),
        )
    return None


def of_start(start: Start) -> NextThing:
    """Begin, or go on where one stopped."""
    if start.state.begun:
        return NextThing(
            _("Go on with your starting point"),
            _("Where you stopped, on your own time. What you answered is sealed for you alone."),
            _("Go on"),
            reverse("starting_point_go_on"),
        )
    invitation = start.state.invitation
    if invitation and invitation.asked_by:
        heading = _("%(asker)s asks you for ten minutes") % {"asker": invitation.asked_by.name}
    else:
        heading = _("Find out where you stand")
    return NextThing(
        heading,
        _("A few questions to tap, for you alone. It ends with what would help you."),
        _("See what it is"),
        reverse("starting_point"),
    )


def start_among_others(start: Start) -> Task:
    if start.state.begun:
        hint = _("What would help you, your answers, and who can read what")
    else:
        hint = _("A few questions to tap, for you alone")
    return Task(_("Your starting point"), reverse("starting_point"), hint=hint)


def of_coordinator(numbers: SchemeInNumbers) -> NextThing:
    if numbers.people < 3:
        return NextThing(
            _("Bring your people"),
            _("Any list will do: a download from Entra or Google, an organogram, a table with names."),
            _("Bring a people file"),
            reverse("people"),
        )
    if numbers.asked + numbers.agreed == 0:
        return NextThing(
            _("Pair the first two"),
            _("Choose a leader and a mentor. Both are asked in your name."),
            _("Pair two people"),
            reverse("pairing_new"),
        )
    return NextThing(
        _("Your scheme"),
        _("%(agreed)s and %(asked)s.") % {"agreed": _agreed(numbers.agreed), "asked": _asked(numbers.asked)},
        _("See the pairings"),
        reverse("pairings"),
    )


def _agreed(number: int) -> str:
    return ngettext("%(number)d pair has agreed", "%(number)d pairs have agreed", number) % {"number": number}


def _asked(number: int) -> str:
    return ngettext("%(number)d has been asked", "%(number)d have been asked", number) % {"number": number}


def of_administrator(organisations: int) -> NextThing:
    if organisations == 0:
        return NextThing(
            _("Add the first organisation"),
            _("Give it a name, and name who coordinates. That person is told by mail."),
            _("Add an organisation"),
            reverse("organisation_add"),
        )
    return NextThing(
        _("The installation"),
        _("How it is doing, and what needs a hand."),
        _("Look"),
        reverse("installation"),
    )


def of_sponsor() -> NextThing:
    return NextThing(
        _("Nothing to report yet"),
        _(
            "Figures about groups will stand here; this part of Handrail is still being built. "
            "You will never see anything about one person."
        ),
        _("What each role sees"),
        reverse("what_each_role_sees", args=["sponsor"]),
    )


def of_delegate(names: list[str]) -> NextThing:
    return NextThing(
        _("Times to arrange"),
        _("For %(names)s. You see times and places, and nothing else.") % {"names": ", ".join(names)},
        _("See the times"),
        reverse("arranging"),
    )


def home_of(
    own: list[tuple[OwnPairing, Session | None]],
    by_role: list[NextThing],
    *,
    keep_it_safe: bool = False,
    start: Start | None = None,
) -> Home:
    """What somebody waits for an answer to, one's starting point, pairings, roles; the first is the one next thing."""
    asked = [thing for pair, session in own if is_asked(pair) and (thing := of_pairing(pair, session))]
    running = [thing for pair, session in own if not is_asked(pair) and (thing := of_pairing(pair, session))]
    things = asked + ([of_start(start)] if start and start.first else []) + running + by_role
    keeping = Task(_("Keep it safe"), reverse("safe_keep"), hint=_("Five words, so that another device opens it too"))
    around = [
        Task(_("Your calendar"), reverse("calendar_settings"), hint=_("The title it shows, and a private feed")),
        Task(_("Who arranges your times"), reverse("delegates"), hint=_("An assistant, for times and nothing more")),
    ]
    together = [
        Task(
            _("You and %(name)s") % {"name": pair.other.name},
            reverse("pairing", args=[pair.pairing.pk]),
            hint=_("Times, the first session, and what you write"),
        )
        for pair, _session in own
        if pair.pairing.state == rules.State.AGREED
    ]
    waiting = [
        Task(
            pair.other.name, reverse("pairing", args=[pair.pairing.pk]), hint=_("You said yes. News will come by mail.")
        )
        for pair, _session in own
        if pair.pairing.state == rules.State.ASKED and rules.has_accepted(pair.pairing, pair.side)
    ]
    paused = [
        Task(pair.other.name, reverse("pairing", args=[pair.pairing.pk]), hint=_("Paused. Nothing is expected of you."))
        for pair, _session in own
        if pair.pairing.state == rules.State.PAUSED
    ]
    starting = [start_among_others(start)] if start and not start.first else []
    others = [Task(thing.heading, thing.href, hint=thing.text) for thing in things[1:]]
    return Home(
        things[0] if things else None,
        together + others + starting + ([keeping] if keep_it_safe else []) + waiting + paused + (around if own else []),
    )
