"""What a season leaves in an invented scheme: an outcome, mentors who are prepared, a word in their circle, a story."""

from datetime import timedelta

from django.utils.translation import gettext as _

from handrail.capabilities.accounts.models import Account
from handrail.capabilities.pairings.stories.actions import tell_story
from handrail.capabilities.pairings.stories.queries import Reader as StoryReader
from handrail.capabilities.people.models import Organisation, Person
from handrail.capabilities.schemes.actions import start_scheme
from handrail.capabilities.schemes.ending import actions as ending
from handrail.capabilities.schemes.ending.rules import SOONEST
from handrail.capabilities.schemes.models import Scheme
from handrail.capabilities.schemes.preparation import actions as preparation
from handrail.capabilities.schemes.preparation.queries import Reader as CircleReader
from handrail.capabilities.schemes.preparation.scenarios import parts
from handrail.capabilities.schemes.set_up import actions as set_up
from handrail.capabilities.schemes.set_up.models import Outcome
from handrail.demo import people as invented
from handrail.foundation import clock

PREPARED = [
    invented.MENTOR,
    "Ravi Patel",
    "Mina Haddad",
    "Omar Siddiqui",
    "Gwen Harries",
    "Tess Hallam",
    "Lotte Jansen",
]


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


def ended_before(organisation: Organisation, persons: dict[str, Person]) -> None:
    """The twelve weeks that came first: they have ended, one outcome reached and one stopped."""
    by = _account(persons[invented.COORDINATOR])
    scheme = start_scheme(
        by=None,
        organisation=organisation,
        name=_("The pilot"),
        purpose=_("Four pairs, to see whether it is worth more time."),
        asked_by=persons[invented.CHIEF],
    )
    for name, measure, figure, state, found, said in (
        (
            _("Directors use the service they are responsible for"),
            _("Directors who booked something online themselves"),
            _("1 of 5"),
            Outcome.State.REACHED,
            _("5 of 5"),
            _("All five did it with their mentor, and three services were mended because of it."),
        ),
        (
            _("More followers"),
            _("Followers of the council’s pages"),
            "4,100",
            Outcome.State.STOPPED,
            "4,600",
            _("It rose and nothing followed from it. We look at answers instead."),
        ),
    ):
        outcome = set_up.write_outcome(
            by=by,
            scheme=scheme,
            outcome=None,
            answers={
                "name": name,
                "strategy_line": _("3.1: people decide who know the services"),
                "measure": measure,
                "figure": figure,
                "owner": persons["Graham Pell"],
                "review_on": clock.today() + timedelta(days=30),
            },
        )
        set_up.settle_outcome(by=by, outcome=outcome, state=state, found=found, said=said)
    day = clock.today() + timedelta(days=SOONEST)
    ending.think_of_end(
        by=by,
        scheme=scheme,
        answers={"day": day, "why": _("Twelve weeks were agreed. It was worth more time, so the next one is larger.")},
    )
    ending.decide_end(by=by, scheme=scheme)
    ending.end_scheme(scheme=scheme)
    past = clock.today() - timedelta(days=120)  # no action ends something in the past
    Scheme.objects.filter(pk=scheme.pk).update(ends_on=past, ended_on=past)
    Outcome.objects.filter(scheme=scheme).update(figure_on=past - timedelta(days=84), settled_on=past)


def _account(person: Person) -> Account:
    assert person.account is not None
    return person.account
