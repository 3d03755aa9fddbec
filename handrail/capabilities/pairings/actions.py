"""Writes about pairings: asking, answering, pausing, ending."""

from __future__ import annotations

import contextlib
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from handrail.capabilities.pairings import emails, queries, rules
from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.pairings.sessions.actions import cancel_upcoming
from handrail.capabilities.people.actions import ensure_account, make_letter
from handrail.capabilities.schemes.queries import organisations_in
from handrail.capabilities.starting_point.actions import end_sharing
from handrail.foundation import clock
from handrail.foundation.audit.actions import record
from handrail.foundation.vault.faults import NoKeys
from handrail.foundation.vault.keys import forget_unused
from handrail.foundation.vault.texts import start_conversation

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account
    from handrail.capabilities.people.models import Person
    from handrail.capabilities.schemes.models import Scheme

State = Pairing.State
KEPT_AFTER_CLOSING = timedelta(days=730)


@transaction.atomic
def ask_pair(
    *,
    by: Account,
    scheme: Scheme,
    leader: Person,
    mentor: Person,
    asked_by: Person | None,
    words: str,
    reason_to_go_on: str = "",
) -> Pairing:
    """Ask two people, in the name of a third, whether they want to work together."""
    rules.check_can_ask(
        leader=leader,
        mentor=mentor,
        organisation_ids=organisations_in(scheme),
        has_open_pairing=queries.has_open_pairing(scheme, leader, mentor),
        closeness=queries.closeness_of(leader, mentor),
        reason=reason_to_go_on,
    )
    for person in (leader, mentor):
        ensure_account(by=by, person=person)
    pairing = Pairing.objects.create(
        scheme=scheme,
        leader=leader,
        mentor=mentor,
        asked_by=asked_by,
        asked_words=words,
        reason_to_go_on=reason_to_go_on,
        asked_at=clock.now(),
    )
    _record(by, "pairing.asked", pairing)
    emails.ask_both(pairing)
    return pairing


@transaction.atomic
def print_question(*, by: Account, pairing: Pairing, person: Person, organisation_id: int) -> str:
    """The code for a letter that asks one of the two on paper; an earlier letter to them stops working."""
    rules.check_can_print_question(pairing, person, organisation_id)
    return make_letter(by=by, person=person)


@transaction.atomic
def accept_pairing(*, by: Account, pairing: Pairing, side: str) -> Pairing:
    """One side says yes. Who has answered stays between the two and the program until both have."""
    pairing = _locked(pairing)
    rules.check_can_answer(pairing, side)
    if side == "leader":
        pairing.leader_accepted_at = pairing.leader_accepted_at or clock.now()
    else:
        pairing.mentor_accepted_at = pairing.mentor_accepted_at or clock.now()
    if pairing.leader_accepted_at and pairing.mentor_accepted_at:
        pairing.state = State.AGREED
        pairing.agreed_at = clock.now()
        begin_conversation(pairing)
        emails.tell_agreed(pairing)
        _record(None, "pairing.agreed", pairing)
    pairing.save()
    return pairing


def begin_conversation(pairing: Pairing) -> None:
    """Give the two a conversation only they can read. Without a key on one side it waits until there is one."""
    if pairing.conversation_id is not None:
        return
    accounts = [pairing.leader.account_id, pairing.mentor.account_id]
    with contextlib.suppress(NoKeys):
        participants = [account for account in accounts if account is not None]
        pairing.conversation = start_conversation(subject=f"pairing {pairing.pk}", participants=participants)
        pairing.save(update_fields=["conversation"])


@transaction.atomic
def decline_pairing(*, by: Account, pairing: Pairing, side: str) -> Pairing:
    """One side says no. Nothing kept tells which: both answers are emptied and the trail names nobody."""
    pairing = _locked(pairing)
    rules.check_can_answer(pairing, side)
    _not_taken_up(pairing)
    return pairing


@transaction.atomic
def withdraw_question(*, by: Account, pairing: Pairing) -> Pairing:
    """The coordinator takes the question back; to the two it looks like any other pairing that is not taken up."""
    pairing = _locked(pairing)
    rules.check_can_become(pairing, State.NOT_TAKEN_UP)
    _not_taken_up(pairing)
    return pairing


def _not_taken_up(pairing: Pairing) -> None:
    pairing.state = State.NOT_TAKEN_UP
    pairing.leader_accepted_at = pairing.mentor_accepted_at = None
    pairing.closed_at = clock.now()
    pairing.save()
    for person in (pairing.leader, pairing.mentor):  # a key that came with a yes would tell who said no
        if person.account_id is not None:
            forget_unused(person.account_id, since=pairing.asked_at)
    _record(None, "pairing.not_taken_up", pairing)
    emails.tell_not_taken_up(pairing)


@transaction.atomic
def change_pairing(*, by: Account, pairing: Pairing, state: str) -> Pairing:
    """Pause, go on, or end; by one of the two."""
    pairing = _locked(pairing)
    rules.check_can_become(pairing, state)
    pairing.state = state
    pairing.closed_at = clock.now() if state == State.ENDED else None
    pairing.save(update_fields=["state", "closed_at"])
    if state == State.ENDED and pairing.conversation_id is not None:
        end_sharing(conversation_id=pairing.conversation_id)
    if state in (State.PAUSED, State.ENDED):
        cancel_upcoming(by=None, pairing=pairing)
    _record(None, f"pairing.{state}", pairing)
    emails.tell_changed(pairing)
    return pairing


def _locked(pairing: Pairing) -> Pairing:
    return Pairing.objects.select_for_update(of=("self",)).with_people().get(pk=pairing.pk)


def _record(by: Account | None, what: str, pairing: Pairing) -> None:
    record(by=by, what=what, subject=pairing, organisation_id=pairing.scheme.organisation_id)


@transaction.atomic
def forget_closed_pairings() -> int:
    """Delete pairings two years after they closed; how many that were."""
    closed = Pairing.objects.filter(closed_at__lt=clock.now() - KEPT_AFTER_CLOSING)
    number = closed.count()
    closed.delete()
    return number
