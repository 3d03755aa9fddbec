"""Deciding that a scheme ends, taking it back, and the day itself. Everybody in it hears of each, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from handrail.capabilities.pairings import actions as pairings
from handrail.capabilities.pairings.ending import emails, queries, rules
from handrail.capabilities.schemes.ending import actions as schemes
from handrail.capabilities.schemes.ending.queries import schemes_over
from handrail.foundation import clock

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account
    from handrail.capabilities.schemes.models import Scheme


@transaction.atomic
def decide_end(*, by: Account, scheme: Scheme) -> None:
    """The two of each running pair, and whoever waits, read when it ends and what that means for them."""
    ending = schemes.decide_end(by=by, scheme=scheme)
    for pairing in queries.open_pairings_in(scheme):
        if rules.what_becomes_of(pairing.state) == rules.ENDS:
            emails.tell_two(pairing, ending)
    for person in queries.people_without_a_pair(scheme):
        emails.tell_waiting(person, ending)


@transaction.atomic
def take_end_back(*, by: Account, scheme: Scheme) -> None:
    """It goes on, and the same people read that."""
    scheme = schemes.take_end_back(by=by, scheme=scheme)
    for pairing in queries.open_pairings_in(scheme):
        if rules.what_becomes_of(pairing.state) == rules.ENDS:
            emails.tell_two_it_goes_on(pairing)
    for person in queries.people_without_a_pair(scheme):
        emails.tell_waiting_it_goes_on(person, scheme)


@transaction.atomic
def end_what_is_over() -> int:
    """End every scheme whose last day has passed, and what still runs in it. How many schemes that were."""
    found = schemes_over(clock.today())
    for scheme in found:
        for pairing in queries.open_pairings_in(scheme):
            pairings.settle_for_good(pairing=pairing, tell=emails.ask_to_look_back)
        schemes.end_scheme(scheme=scheme)
    return len(found)
