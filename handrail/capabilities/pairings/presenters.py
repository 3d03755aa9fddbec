"""Words and links about pairings."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.capabilities.pairings import rules
from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.pairings.queries import OwnPairing
from handrail.capabilities.people.models import Person
from handrail.capabilities.people.rules import Closeness

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


@dataclass(frozen=True)
class Choice:
    text: str
    href: str
    note: str


def choices(people: list[Person], address: str, name: str) -> list[Choice]:
    """People to tap; each leads to the next question."""
    joint = "&" if "?" in address else "?"
    return [
        Choice(person.name, f"{address}{joint}{name}={person.pk}", " · ".join(filter(None, (person.job_title, person.unit))))
        for person in people
    ]


def warnings(leader: Person, mentor: Person, closeness: str) -> list[str]:
    """What the coordinator should know before asking these two."""
    said = []
    if closeness == Closeness.NEAR:
        said.append(
            _("One of the two stands above the other in the reporting line. People speak less freely then.")
        )
    if closeness == Closeness.UNKNOWN:
        said.append(_("The reporting line between them is not known. One may be the other's boss."))
    said += [
        _("%(name)s has no e-mail address. Print a letter after you have asked.") % {"name": person.name}
        for person in (leader, mentor)
        if not person.email and not (person.account and person.account.email)
    ]
    return said


def pairing_rows(pairings: list[Pairing]) -> list[list[object]]:
    return [
        [
            {"text": pairing.leader.name, "href": reverse("pairing_overview", args=[pairing.pk])},
            pairing.mentor.name,
            state_in_words(pairing),
        ]
        for pairing in pairings
    ]
