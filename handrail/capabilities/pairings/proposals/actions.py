"""Writes about proposals: asking everybody, letting leaders choose, calling off what cannot be met."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from handrail.capabilities.pairings import actions as pairings
from handrail.capabilities.pairings.proposals import emails, queries, rules
from handrail.capabilities.pairings.proposals.models import Asking, Choice, Seat, Why
from handrail.capabilities.pairings.rules import OVER
from handrail.capabilities.people.actions import ensure_account
from handrail.capabilities.schemes.ending.rules import check_takes_new
from handrail.capabilities.schemes.matching_runs.actions import mark_asked
from handrail.capabilities.schemes.matching_runs.queries import (
    Entrant,
    entrants_facts,
    entrants_on,
    pairs_of,
    what_brings_together,
)
from handrail.foundation import clock
from handrail.foundation.access.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handrail.capabilities.accounts.models import Account
    from handrail.capabilities.pairings.models import Pairing
    from handrail.capabilities.people.models import Person
    from handrail.capabilities.schemes.matching_runs.models import Run

Side = Entrant.Side
TURN = 20  # pairs asked in one transaction


@transaction.atomic
def ask_all(
    *,
    by: Account,
    run: Run,
    asked_by: Person | None,
    words: str,
    reason_to_go_on: str = "",
    leaders_choose: bool = False,
) -> Asking:
    """Begin to ask the pairs of a proposal, or its leaders to choose; from now on the proposal stays as it is."""
    check_takes_new(run.scheme)
    found = pairs_of(run)
    if not leaders_choose:
        doubtful = sum(bool(pair.warning) for pair in found)
        rules.check_can_ask_all(pairs=len(found), doubtful=doubtful, reason=reason_to_go_on)
    mark_asked(by=by, run=run)
    number = len(entrants_on(run, Side.LEADER)) if leaders_choose else len(found)
    asking = Asking.objects.create(
        run=run,
        words=words,
        reason_to_go_on=reason_to_go_on,
        made_by=by,
        asked_by=asked_by,
        leaders_choose=leaders_choose,
        pairs=number,
    )
    from handrail.capabilities.pairings.proposals.jobs import ask_in_turn  # a job calls an action, which queues it

    ask_in_turn.enqueue(asking_id=asking.pk)
    return asking


def ask_in_turn(*, asking: Asking) -> None:
    """Ask whoever has not been asked yet, some at a time. Run twice, it goes on where it was cut off."""
    while asking.finished_at is None:
        with transaction.atomic():
            asking = Asking.objects.select_for_update(of=("self",)).select_related("run__scheme").get(pk=asking.pk)
            if asking.finished_at is None:
                _next_turn(asking)


def _next_turn(asking: Asking) -> None:
    turn = _let_choose(asking) if asking.leaders_choose else _ask_some(asking)
    asking.done += turn
    if asking.done >= asking.pairs or not turn:
        asking.finished_at = clock.now()
    asking.save(update_fields=["done", "left_out", "finished_at"])


def _ask_some(asking: Asking) -> int:
    some = list(pairs_of(asking.run).order_by("id")[asking.done : asking.done + TURN])
    people = [person for pair in some for person in (pair.leader_id, pair.mentor_id)]
    facts = entrants_facts(asking.run, people)
    for pair in some:
        try:
            with transaction.atomic():
                asked = _ask(asking, pair.leader, pair.mentor)
                _say_why(asked, facts[Side.LEADER, pair.leader_id], facts[Side.MENTOR, pair.mentor_id])
        except Refused:  # one has left, or the two were asked by hand meanwhile
            asking.left_out += 1
    return len(some)


def _ask(asking: Asking, leader: Person, mentor: Person) -> Pairing:
    for person in (leader, mentor):
        person.refresh_from_db()
    return pairings.ask_pair(
        by=asking.made_by,  # type: ignore[arg-type]  # None only once the coordinator has left
        scheme=asking.run.scheme,
        leader=leader,
        mentor=mentor,
        asked_by=asking.asked_by,
        words=asking.words,
        reason_to_go_on=asking.reason_to_go_on or (_("Chosen by the leader.") if asking.leaders_choose else ""),
    )


def _say_why(pairing: Pairing, leader: Mapping[str, object], mentor: Mapping[str, object]) -> None:
    Why.objects.update_or_create(pairing=pairing, defaults={"reasons": what_brings_together(leader, mentor)})


def _let_choose(asking: Asking) -> int:
    some = entrants_on(asking.run, Side.LEADER)[asking.done : asking.done + TURN]
    for entrant in some:
        choice = Choice.objects.create(asking=asking, leader_id=entrant.person_id)
        ensure_account(by=asking.made_by, person=entrant.person)
        emails.ask_to_choose(choice)
    return len(some)


def choose(*, by: Account, choice: Choice, mentor_id: int) -> Pairing:
    """A leader takes one of the places shown; the mentor is asked. Of two who take the last one, one gets it."""
    try:
        with transaction.atomic():
            return _choose(by, choice, mentor_id)
    except IntegrityError:
        raise Refused(_("Somebody else has just taken that place. These still have one.")) from None


def _choose(by: Account, choice: Choice, mentor_id: int) -> Pairing:
    """The seat's number is unique: whoever writes it second fails as a whole, on every database."""
    choice = (
        Choice.objects.select_for_update(of=("self",))
        .select_related("asking__run__scheme", "asking__asked_by", "leader", "pairing")
        .get(pk=choice.pk)
    )
    offered = queries.offered_to(choice)
    rules.check_can_choose(choice, mentor_id, [one.person_id for one in offered.mentors])
    mentor = next(one for one in offered.mentors if one.person_id == mentor_id)
    Seat.objects.filter(asking=choice.asking, choice__pairing__state__in=OVER).delete()
    Seat.objects.filter(choice=choice).delete()
    numbers = Seat.objects.filter(asking=choice.asking, mentor=mentor_id).values_list("number", flat=True)
    free = next(number for number in range(mentor.places + 1) if number not in set(numbers))
    if free >= mentor.places:
        raise Refused(_("Somebody else has just taken that place. These still have one."))
    Seat.objects.create(asking=choice.asking, mentor_id=mentor_id, number=free, choice=choice)
    pairing = _ask(choice.asking, choice.leader, mentor.person)
    _say_why(pairing, offered.leader.entrant.facts, mentor.facts)
    choice.pairing, choice.chosen_at = pairing, clock.now()
    choice.save(update_fields=["pairing", "chosen_at"])
    return pairing


def call_off_what_cannot_be_met(*, scheme_id: int) -> int:
    """Take back the questions whose yes could not be kept; to the two it looks like any that is not taken up."""
    number = 0
    for pairing in queries.cannot_be_met(scheme_id):
        try:
            pairings.cancel_question(pairing=pairing)
            number += 1
        except Refused:  # answered in the meantime
            continue
    return number
