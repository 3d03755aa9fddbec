"""What the home page needs to know."""

from dataclasses import dataclass

from django.http import HttpRequest

from handrail.capabilities.pairings import queries as pairings
from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.people.models import Organisation, Person


@dataclass(frozen=True)
class SchemeInNumbers:
    """Coarse operations of one organisation, for its coordinator."""

    people: int
    asked: int
    agreed: int


def scheme_in_numbers(organisation: Organisation) -> SchemeInNumbers:
    found = pairings.pairings_run_by(organisation)
    return SchemeInNumbers(
        people=Person.objects.present().filter(organisation=organisation).count(),
        asked=found.filter(state=Pairing.State.ASKED).count(),
        agreed=found.filter(state=Pairing.State.AGREED).count(),
    )


def own_open_pairings(request: HttpRequest) -> list[pairings.OwnPairing]:
    closed = (Pairing.State.NOT_TAKEN_UP, Pairing.State.ENDED)
    return [own for own in pairings.own_pairings(request) if own.pairing.state not in closed]
