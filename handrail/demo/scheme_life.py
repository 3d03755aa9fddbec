"""What a season leaves in an invented scheme: an outcome, mentors who are prepared, a word in their circle, a story."""

from datetime import timedelta

from django.utils.translation import gettext as _

from handrail.capabilities.accounts.models import Account
from handrail.capabilities.pairings.stories.actions import tell_story
from handrail.capabilities.pairings.stories.queries import Reader as StoryReader
from handrail.capabilities.people.models import Person
from handrail.capabilities.schemes.models import Scheme
from handrail.capabilities.schemes.preparation import actions as preparation
from handrail.capabilities.schemes.preparation.queries import Reader as CircleReader
from handrail.capabilities.schemes.preparation.scenarios import parts
from handrail.capabilities.schemes.set_up import actions as set_up
from handrail.demo import people as invented
from handrail.foundation import clock

PREPARED = [invented.MENTOR, "Ravi Patel", "Mina Haddad"]


def fill(scheme: Scheme, persons: dict[str, Person]) -> None:
    """By the same actions that people use."""
    set_up.write_outcome(
        by=_account(persons[invented.COORDINATOR]),
        scheme=scheme,
        outcome=None,
        answers={
            "name": _("Residents book a home visit without a telephone"),
            "strategy_line": _("3.2: services that people can use on their own, at any hour"),
            "measure": _("Visits booked online, of all visits booked"),
            "figure": "31 %",
            "owner": persons[invented.LEADER],
            "review_on": clock.today() + timedelta(days=180),
        },
    )
    for name in PREPARED:
        preparation.finish_part(by=_account(persons[name]), person=persons[name], number=len(parts()))
    preparation.finish_part(by=_account(persons["Ellen Moor"]), person=persons["Ellen Moor"], number=2)
    mina = persons["Mina Haddad"]
    preparation.write_post(
        by=_account(mina),
        reader=CircleReader(mina, scheme, is_mentor=True, coordinates=False),
        text=_("I stopped bringing a list. I ask what was odd this week, and there is always something."),
    )
    graham = persons["Graham Pell"]
    tell_story(
        by=_account(graham),
        reader=StoryReader(graham, scheme, leads=True, is_small=False),
        text=_("I asked in a meeting where a number came from. Three people thanked me afterwards."),
        named=False,
        approved=True,
    )


def _account(person: Person) -> Account:
    assert person.account is not None
    return person.account
