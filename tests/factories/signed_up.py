"""Leaders and mentors who have signed up to a scheme, laid into the database at once: for searches."""

from datetime import timedelta
from random import Random
from typing import Any

from django.utils import timezone

from handrail.capabilities.people.models import Organisation, Person
from handrail.capabilities.schemes.models import Scheme
from handrail.capabilities.schemes.sign_up.actions import _sealed
from handrail.capabilities.schemes.sign_up.choices import CHANNELS, TIMES, themes
from handrail.capabilities.schemes.sign_up.models import SignUp, TimeAgreement
from handrail.capabilities.schemes.sign_up.rules import WhomNot
from tests.factories.invented_people import invented_people

PLACES = ["Harbour House", "Town Hall", "The Depot", ""]


def people_of(organisation: Organisation, count: int) -> list[Person]:
    """Invented people in reporting lines, the lowest first; those at the end stand far from one another."""
    invented = list(invented_people(count))
    people = [
        Person(
            organisation=organisation,
            name=one.name,
            email=one.email,
            job_title=one.job_title,
            unit=one.unit,
            line=Person.Line.KNOWN if one.number % 9 else Person.Line.UNKNOWN,
        )
        for one in invented
    ]
    Person.objects.bulk_create(people, batch_size=500)
    for person, one in zip(people, invented, strict=True):
        person.manager = None if one.manager is None else people[one.manager]
    Person.objects.bulk_update(people, ["manager"], batch_size=200)
    return people


def sign_up_row(scheme: Scheme, person: Person, side: str, whom_not: WhomNot | None = None, **said: Any) -> SignUp:
    """A sign-up that is not saved yet."""
    fields = {"themes": ["data"], "signed_up_at": timezone.now(), **said}
    row = SignUp(scheme=scheme, person=person, side=side, **fields)
    row.whom_not = _sealed(row, whom_not or WhomNot())
    return row


def keep(rows: list[SignUp]) -> list[SignUp]:
    """Save sign-ups; the time of every mentor is agreed."""
    SignUp.objects.bulk_create(rows, batch_size=200)
    spoken = TimeAgreement.State.SPOKEN
    TimeAgreement.objects.bulk_create(
        (TimeAgreement(sign_up=row, state=spoken) for row in rows if row.side == SignUp.Side.MENTOR), batch_size=200
    )
    return rows


def sign_everybody_up(scheme: Scheme, leaders: list[Person], mentors: list[Person], seed: int = 1) -> None:
    """Each with words of their own. Nobody rules anybody out."""
    chance, known, now = Random(seed), list(themes()), timezone.now()
    rows = []
    for side, people in ((SignUp.Side.LEADER, leaders), (SignUp.Side.MENTOR, mentors)):
        for person in people:
            said = {
                "themes": chance.sample(known, 2 if side == SignUp.Side.LEADER else 3),
                "channels": chance.sample(list(CHANNELS), 2),
                "how_many": 1 + (chance.random() < 0.2 and side == SignUp.Side.MENTOR),
                "times": sorted(chance.sample(TIMES, 6)),
                "meets": chance.choice(["either", "either", "remote", "in_person"]),
                "place": chance.choice(PLACES),
                "languages": ["en", *(["cy"] if chance.random() < 0.3 else [])],
                "signed_up_at": now - timedelta(minutes=len(rows)),
            }
            rows.append(sign_up_row(scheme, person, side, **said))
    keep(rows)
