"""Words and links about pairings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handrail.capabilities.pairings import rules
from handrail.capabilities.pairings.models import Pairing, Session
from handrail.capabilities.pairings.queries import OwnPairing
from handrail.capabilities.people.rules import Closeness
from handrail.capabilities.starting_point.queries import Shared
from handrail.design.parts import DONE, LATER, NOW, Row, Step, Task
from handrail.formats.pieces import Piece

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Person

State = Pairing.State


def state_in_words(pairing: Pairing) -> str:
    """The state a coordinator sees: coarse, and the same whoever has answered."""
    return {
        State.ASKED: _("Asked"),
        State.AGREED: _("Agreed"),
        State.PAUSED: _("Paused"),
        State.NOT_TAKEN_UP: _("Not taken up"),
        State.ENDED: _("Ended"),
    }[State(pairing.state)]


def own_state_in_words(own: OwnPairing) -> str:
    """The state one of the two sees."""
    if own.pairing.state == State.ASKED:
        if rules.has_accepted(own.pairing, own.side):
            return _("You said yes. We will write to you when there is news.")
        return _("You are asked whether you would like to meet.")
    return {
        State.AGREED: _("You two are on."),
        State.PAUSED: _("Paused. Nothing is expected of you."),
        State.NOT_TAKEN_UP: _("This will not go ahead. There is nothing you need to do."),
        State.ENDED: _("This pairing has ended."),
    }[State(own.pairing.state)]


def people_to_choose(people: list[Person], leader: Person | None) -> list[Task]:
    """People to tap; each leads to the next question."""
    return [
        Task(
            person.name,
            reverse("pairing_ask", args=[leader.pk, person.pk])
            if leader
            else reverse("pairing_new_mentor", args=[person.pk]),
            hint=" · ".join(filter(None, (person.job_title, person.unit))),
        )
        for person in people
    ]


def warnings(leader: Person, mentor: Person, closeness: str) -> list[str]:
    """What the coordinator should know before asking these two."""
    said = []
    if closeness == Closeness.NEAR:
        said.append(_("One of the two stands above the other in the reporting line. People speak less freely then."))
    if closeness == Closeness.UNKNOWN:
        said.append(_("The reporting line between them is not known. One may be the other's boss."))
    said += [
        _("%(name)s has no e-mail address. Print a letter after you have asked.") % {"name": person.name}
        for person in (leader, mentor)
        if not person.email and not (person.account and person.account.email)
    ]
    return said


def steps_of(own: OwnPairing, session: Session | None) -> list[Step]:
    """The pair's way so far, on the rail."""
    pairing = own.pairing
    agreed = pairing.state in (State.AGREED, State.PAUSED, State.ENDED)
    steps = [Step(_("You both said yes"), DONE if agreed else NOW)]
    if not agreed:
        return steps
    running = pairing.state == State.AGREED
    if session is None:
        steps.append(Step(_("Find a time"), NOW if running else LATER, reverse("session_times", args=[pairing.pk])))
    else:
        at = timezone.localtime(session.starts_at)
        when = _("%(day)s at %(time)s") % {"day": date_format(at, "l j F"), "time": date_format(at, "H:i")}
        steps.append(Step(_("A time is found"), DONE, reverse("session_times", args=[pairing.pk]), note=when))
    steps.append(
        Step(
            _("Get ready for the first time"),
            NOW if session else LATER,
            reverse("first_session", args=[pairing.pk]),
            note=_("Two minutes. What to say, and what not."),
        )
    )
    return steps


def places_to_write(own: OwnPairing, *, shared: bool = False) -> list[Task]:
    """Where the two write, where one writes alone, and what the leader shared of their starting point."""
    pairing = own.pairing
    if pairing.agreed_at is None:
        return []
    here = reverse("pairing_starting_point", args=[pairing.pk])
    from_start = _("What you shared of your starting point")
    if own.side == "mentor":
        from_start = _("From %(name)s’s starting point") % {"name": own.other.name}
    return [
        *([Task(from_start, here, hint=_("Readable by you two only"))] if shared else []),
        Task(
            _("Notes of you two"),
            reverse("pairing_notes", args=[pairing.pk]),
            hint=_("Readable by you and %(name)s only") % {"name": own.other.name},
        ),
        Task(_("Your own notes"), reverse("pairing_own_notes", args=[pairing.pk]), hint=_("Readable by you only")),
    ]


def shared_in_words(shared: Shared | None) -> str:
    if shared is None:
        return ""
    return _("As it stood on %(day)s.") % {"day": date_format(shared.shared_on, "j F Y")}


HEADERS = [gettext_lazy("Leader"), gettext_lazy("Mentor"), gettext_lazy("How far")]


def pairing_rows(pairings: list[Pairing]) -> list[tuple[str, ...]]:
    return [
        (
            format_html('<a href="{}">{}</a>', reverse("pairing_overview", args=[pairing.pk]), pairing.leader.name),
            pairing.mentor.name,
            state_in_words(pairing),
        )
        for pairing in pairings
    ]


def overview_of(pairing: Pairing) -> list[Row]:
    """What a coordinator may know of one pairing."""
    rows = [
        Row(_("How far"), state_in_words(pairing)),
        Row(_("Asked by"), pairing.asked_by.name if pairing.asked_by else "–"),
        Row(_("Asked on"), date_format(timezone.localtime(pairing.asked_at), "j F Y")),
        Row(_("What both read"), pairing.asked_words),
    ]
    if pairing.reason_to_go_on:
        rows.append(Row(_("Why all the same"), pairing.reason_to_go_on))
    return rows


def as_markup(piece: Piece) -> SafeString:
    """A piece's text; the reader of pieces has let nothing harmful through."""
    return mark_safe(piece.html)  # noqa: S308
