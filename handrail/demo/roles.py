"""Who can be looked through in the demonstration."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from handrail.demo import people

NAMES = {
    "leader": people.LEADER,
    "mentor": people.MENTOR,
    "coordinator": people.COORDINATOR,
    "sponsor": people.SPONSOR,
    "administrator": people.ADMINISTRATOR,
    "assistant": people.ASSISTANT,
    "contact": people.CONTACT,
}


@dataclass(frozen=True)
class Card:
    role: str
    title: str
    name: str
    text: str


def cards() -> list[Card]:
    texts = {
        "leader": (_("Leader"), _("Ten minutes at a time, on a phone.")),
        "mentor": (_("Mentor"), _("What to do in the first session, and what this leader needs.")),
        "coordinator": (_("Coordinator"), _("Runs the scheme: people, pairings, invitations.")),
        "sponsor": (_("Sponsor"), _("Is it worth it? Groups only, never one person.")),
        "administrator": (_("Administrator"), _("Keeps the installation healthy.")),
        "contact": (_("Named contact"), _("To turn to when something must not stay between two people.")),
        "assistant": (_("Assistant"), _("Arranges a leader’s times, and nothing more.")),
    }
    return [Card(role, title, NAMES[role], text) for role, (title, text) in texts.items()]
