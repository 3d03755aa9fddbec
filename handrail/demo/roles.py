"""Who can be looked through in the demonstration."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from handrail.demo import hospitals_people, people

NAMES = {
    "leader": people.LEADER,
    "mentor": people.MENTOR,
    "coordinator": people.COORDINATOR,
    "sponsor": people.SPONSOR,
    "administrator": people.ADMINISTRATOR,
    "assistant": people.ASSISTANT,
    "contact": people.CONTACT,
}


LARGE_NAMES = {
    "rise": hospitals_people.WITH_A_RISE,
    "no-sign": hospitals_people.WITH_NO_SIGN,
    "large-coordinator": hospitals_people.COORDINATOR,
    "large-sponsor": hospitals_people.SPONSOR,
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


def large_cards() -> list[Card]:
    """The larger organisation: what can be told of a year and a half of talk."""
    texts = {
        "rise": (_("A leader whose team changed"), _("Began to take part, and it shows.")),
        "no-sign": (_("A leader without a sign of change"), _("Before and after tells of a rise. It is not one.")),
        "large-coordinator": (_("The coordinator there"), _("Plans who begins when, and releases what came of it.")),
        "large-sponsor": (_("The sponsor there"), _("Did it change anything? Groups only.")),
    }
    return [Card(role, title, LARGE_NAMES[role], text) for role, (title, text) in texts.items()]
