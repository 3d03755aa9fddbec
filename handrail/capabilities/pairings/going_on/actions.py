"""Writes about going on. What one of the two said is written nowhere but where the other cannot read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from handrail.capabilities.pairings import actions as pairings
from handrail.capabilities.pairings.going_on import emails, queries, rules
from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.pairings.sessions.actions import cancel_upcoming
from handrail.foundation import clock

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account

State, Next = Pairing.State, Pairing.Next


@transaction.atomic
def ask_quiet_pairs() -> int:
    """Ask each pair that has not met for a while, privately. The audit trail is not told. How many that were."""
    found = queries.pairs_to_ask()
    for pairing in found:
        pairing.asked_how_at = clock.now()
        pairing.save(update_fields=["asked_how_at"])
        emails.ask_how(pairing)
    return len(found)


@transaction.atomic
def say_how(*, by: Account, pairing: Pairing, side: str, answer: str) -> Pairing:
    """One of the two says how to go on. Going on changes nothing that anybody else could see."""
    pairing = pairings.locked(pairing)
    rules.check_can_say_how(pairing, side)
    if answer == rules.CHANGE:
        return _begin_change(pairing, side)
    if answer in (rules.PAUSE, rules.END):
        state = State.PAUSED if answer == rules.PAUSE else State.ENDED
        return pairings.change_pairing(by=by, pairing=pairing, state=state)
    if pairing.state == State.PAUSED:
        return pairings.change_pairing(by=by, pairing=pairing, state=State.AGREED)
    pairing.asked_how_at, pairing.heard_at = None, clock.now()
    pairing.save(update_fields=["asked_how_at", "heard_at"])
    return pairing


@transaction.atomic
def propose_change(*, by: Account, pairing: Pairing) -> Pairing:
    """The coordinator asks both what they would like next, before anything is changed."""
    return _begin_change(pairings.locked(pairing), "")


def _begin_change(pairing: Pairing, side: str) -> Pairing:
    rules.check_can_begin_change(pairing)
    pairing.state, pairing.asked_how_at, pairing.heard_at = State.CHANGING, None, clock.now()
    pairing.leader_next = Next.ANOTHER if side == "leader" else ""
    pairing.mentor_next = Next.ANOTHER if side == "mentor" else ""
    pairing.save()
    cancel_upcoming(by=None, pairing=pairing)
    pairings.record_of(None, "pairing.changing", pairing)
    emails.ask_next(pairing)
    return pairing


@transaction.atomic
def say_next(*, by: Account, pairing: Pairing, side: str, answer: str) -> Pairing:
    """One's own wish. Once both have one, it goes on or ends; until then nobody sees either."""
    pairing = pairings.locked(pairing)
    rules.check_can_say_next(pairing, side)
    setattr(pairing, f"{side}_next", answer)
    pairing.save(update_fields=["leader_next", "mentor_next"])
    settled = rules.what_comes_of(pairing.leader_next, pairing.mentor_next)
    return pairings.become(pairing, settled) if settled else pairing


@transaction.atomic
def settle_changes_left_open() -> int:
    """Where one of the two has said nothing for two weeks, it ends: the other is not kept waiting. How many."""
    found = queries.changes_left_open(clock.now() - rules.PATIENCE)
    for pairing in found:
        pairings.end_by_itself(pairing)
    return len(found)
