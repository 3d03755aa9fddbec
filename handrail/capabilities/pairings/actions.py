"""Writes about pairings: asking, answering, pausing, ending."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from handrail.capabilities.pairings import emails, queries, rules
from handrail.capabilities.pairings.answering.queries import (
    NO,
    YES,
    answers_of,
    answers_with,
    asked_with_a_no,
    no_answers,
    still_to_be_told,
)
from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.pairings.sessions.actions import bring_held, cancel_upcoming
from handrail.capabilities.people.actions import ensure_account, make_letter
from handrail.capabilities.schemes.ending.rules import check_takes_new
from handrail.capabilities.schemes.joining.queries import outside_of
from handrail.capabilities.schemes.queries import organisations_in
from handrail.capabilities.starting_point.actions import end_sharing
from handrail.foundation import clock
from handrail.foundation.access.refusal import Refused
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
def propose_pair(
    *, by: Account | None, scheme: Scheme, leader: Person, mentor: Person, reason_to_go_on: str = ""
) -> Pairing:
    """Note down two people to be asked later; neither of them is told. Proposed twice, also by two people: once."""
    if earlier := queries.open_pairing_of(scheme, leader, mentor):
        return earlier
    rules.check_can_propose(leader=leader, mentor=mentor, organisation_ids=organisations_in(scheme))
    made = _made(State.PROPOSED, scheme=scheme, leader=leader, mentor=mentor, reason_to_go_on=reason_to_go_on)
    record_of(by, "pairing.proposed", made)
    return made


@transaction.atomic
def put_aside(*, by: Account, pairing: Pairing) -> None:
    """Drop what was only proposed. It is deleted: the two have never heard of it."""
    pairing = locked(pairing)
    rules.check_can_put_aside(pairing)
    record_of(by, "pairing.put_aside", pairing)
    pairing.delete()


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
    """Ask two people, in the name of a third, whether they want to work together; proposed before, or not."""
    check_takes_new(scheme)
    _check_can_ask(scheme, leader, mentor, reason_to_go_on)
    for person in (leader, mentor):
        ensure_account(by=by, person=person)
    pairing = queries.open_pairing_of(scheme, leader, mentor)
    if pairing is None:
        pairing = _made(State.ASKED, scheme=scheme, leader=leader, mentor=mentor)
    pairing.state, pairing.asked_at = State.ASKED, clock.now()
    pairing.asked_by, pairing.asked_words = asked_by, words
    pairing.reason_to_go_on = reason_to_go_on or pairing.reason_to_go_on
    pairing.save()
    record_of(by, "pairing.asked", pairing)
    emails.ask_both(pairing)
    return pairing


@transaction.atomic
def bring_pair(
    *,
    by: Account | None,
    scheme: Scheme,
    leader: Person,
    mentor: Person,
    state: str,
    agreed_at: datetime | None,
    met_at: datetime | None,
    reason_to_go_on: str = "",
) -> Pairing:
    """Two people who were paired before the scheme was kept here. Nobody is asked again, and nothing is sent.

    Whoever was asked elsewhere becomes a proposal: the answer has to come to somebody, so the question is put here.
    """
    rules.check_can_propose(leader=leader, mentor=mentor, organisation_ids=organisations_in(scheme))
    named: dict[str, Any] = {"scheme": scheme, "leader": leader, "mentor": mentor, "reason_to_go_on": reason_to_go_on}
    now = clock.now()
    if state in (State.PROPOSED, State.ASKED):
        return propose_pair(by=by, **named)
    for person in (leader, mentor):
        ensure_account(by=by, person=person)
    since = agreed_at or met_at or now
    begun = {"agreed_at": since, "heard_at": now}
    if state == State.ENDED:
        kept = {"closed_at": now}
        pairing = _made(State.CLOSED, met_at=met_at, **named, **begun, **kept)
    else:
        met = met_at or (since if state == State.MET else None)
        stored = State.PAUSED if state == State.PAUSED else State.AGREED
        pairing = _made(stored, met_at=met, **named, **begun)
        begin_conversation(pairing)
    if met_at is not None:
        bring_held(pairing=pairing, at=met_at)
    record_of(by, "pairing.brought", pairing)
    return pairing


def _check_can_ask(scheme: Scheme, leader: Person, mentor: Person, reason: str) -> None:
    earlier = queries.open_pairing_of(scheme, leader, mentor)
    proposed = earlier is not None and earlier.state == State.PROPOSED
    rules.check_can_ask(
        leader=leader,
        mentor=mentor,
        organisation_ids=organisations_in(scheme),
        has_open_pairing=earlier is not None and not proposed,
        closeness=queries.closeness_of(leader, mentor),
        is_outside=bool(outside_of(scheme, leaders=[leader.pk], mentors=[mentor.pk])),
        reason=reason or (earlier.reason_to_go_on if earlier else ""),
    )


def _made(state: State, **fields: Any) -> Pairing:
    """A new pairing. Where two coordinators ask in the same moment, the second is told so and nothing is doubled."""
    try:
        with transaction.atomic():
            return Pairing.objects.create(state=state, asked_at=clock.now(), **fields)
    except IntegrityError:
        raise Refused(_("These two were asked a moment ago. Nothing was sent twice.")) from None


@transaction.atomic
def print_question(*, by: Account, pairing: Pairing, person: Person, organisation_id: int) -> str:
    """The code for a letter that asks one of the two on paper; an earlier letter to them stops working."""
    rules.check_can_print_question(pairing, person, organisation_id)
    return make_letter(by=by, person=person)


@transaction.atomic
def accept_pairing(*, by: Account, pairing: Pairing, side: str) -> Pairing:
    """One side says yes. Who has answered stays between the two and the program until both have."""
    pairing = locked(pairing)
    rules.check_can_answer(pairing, side)
    rules.check_both_there(pairing)
    pairing.answers = answers_with(pairing, side, YES)
    if list(answers_of(pairing).values()) == [YES, YES]:
        pairing.state = State.AGREED
        pairing.answers = b""
        pairing.agreed_at = clock.now()
        begin_conversation(pairing)
        emails.tell_agreed(pairing)
        record_of(None, "pairing.agreed", pairing)
    pairing.save()
    if pairing.state == State.AGREED:
        _cancel_what_is_too_much(pairing)
    return pairing


def _cancel_what_is_too_much(agreed: Pairing) -> None:
    """A mentor who has no room any more is not left with questions: these cancel themselves."""
    others = queries.other_questions_to(agreed.mentor, without=agreed)
    if others and not queries.has_room(agreed.scheme_id, agreed.mentor):
        for question in others:
            settle_question(pairing=question, state=State.CANCELLED)


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
    """One side says no, and may still change their mind. Told at once, it would tell whose it was to whoever knows
    who came just now; so it looks unanswered until a morning (`settle_noes`)."""
    pairing = locked(pairing)
    rules.check_can_answer(pairing, side)
    pairing.answers = answers_with(pairing, side, NO)
    pairing.save()
    return pairing


@transaction.atomic
def settle_noes() -> int:
    """What one of the two does not want will not go ahead. With all else that will not, both are told, all in one
    morning: nothing tells a no from a question that was taken back, and nothing kept tells whose it was."""
    for pairing in map(locked, asked_with_a_no()):
        if NO in answers_of(pairing).values():  # and has not changed their mind just now
            settle_question(pairing=pairing)
    found = still_to_be_told()
    for pairing in found:
        record_of(None, "pairing.not_taken_up", pairing)
        emails.tell_not_taken_up(pairing)
        Pairing.objects.filter(pk=pairing.pk).update(answers=b"")
    return len(found)


@transaction.atomic
def withdraw_question(*, by: Account, pairing: Pairing) -> Pairing:
    """The coordinator takes the question back; to the two it looks like any other pairing that is not taken up."""
    pairing = locked(pairing)
    rules.check_can_become(pairing, State.NOT_TAKEN_UP)
    settle_question(pairing=pairing)
    return pairing


@transaction.atomic
def cancel_question(*, pairing: Pairing) -> None:
    """A question that can no longer be met cancels itself."""
    pairing = locked(pairing)
    rules.check_can_become(pairing, State.CANCELLED)
    settle_question(pairing=pairing, state=State.CANCELLED)


@transaction.atomic
def settle_what_cannot_go_on() -> int:
    """Where one of the two has left: questions cancel themselves, pairings end, proposals go. How many that were."""
    found = list(Pairing.objects.open().with_somebody_gone().with_people())
    for pairing in found:
        settle_for_good(pairing=pairing, tell=emails.tell_no_longer_available)
    return len(found)


@transaction.atomic
def settle_for_good(*, pairing: Pairing, tell: Callable[[Pairing], None]) -> None:
    """It cannot go on: a proposal goes unseen, a question cancels itself, a pairing ends and the two are told. Nothing
    happens where somebody has ended it just now."""
    found = Pairing.objects.open().select_for_update(of=("self",)).with_people().filter(pk=pairing.pk).first()
    if found is None:
        return
    pairing = found
    if pairing.state == State.PROPOSED:
        pairing.delete()
    elif pairing.state == State.ASKED:
        settle_question(pairing=pairing, state=State.CANCELLED)
    else:
        _end(pairing)
        tell(pairing)


def settle_question(*, pairing: Pairing, state: State = State.NOT_TAKEN_UP) -> None:
    """The same for everybody to see, whether somebody said no, the question was taken back, or cancelled itself.
    The two are told of it, and the trail, by `settle_noes`."""
    pairing.state = state
    pairing.answers = no_answers(pairing)
    pairing.closed_at = clock.now()
    pairing.save()
    for person in (pairing.leader, pairing.mentor):  # a key that came with a yes would tell who said no
        if person.account_id is not None:
            forget_unused(person.account_id, since=pairing.asked_at)


@transaction.atomic
def change_pairing(*, by: Account, pairing: Pairing, state: str) -> Pairing:
    """Pause, go on, or end; by one of the two."""
    pairing = locked(pairing)
    rules.check_can_change_alone(pairing, state)
    return become(pairing, state)


@transaction.atomic
def become(pairing: Pairing, state: str) -> Pairing:
    """Agreed again, paused or ended, with all that follows; the pairing is locked. Both are told that it changed."""
    rules.check_can_become(pairing, state)
    if state == State.ENDED:
        _end(pairing)
    else:
        pairing.state, pairing.heard_at, pairing.asked_how_at = state, clock.now(), None
        pairing.leader_next = pairing.mentor_next = ""
        pairing.save()
        if state == State.PAUSED:
            cancel_upcoming(by=None, pairing=pairing)
        record_of(None, f"pairing.{state}", pairing)
    emails.tell_changed(pairing)
    return pairing


@transaction.atomic
def end_by_itself(pairing: Pairing) -> None:
    """Nobody has answered what they would like next: it ends, and both are told how it stands."""
    _end(locked(pairing))
    emails.tell_changed(pairing)


def _end(pairing: Pairing) -> None:
    """It is over: nothing more is shared or arranged. What both wrote stays readable until it closes."""
    pairing.state, pairing.closed_at, pairing.asked_how_at = State.ENDED, clock.now(), None
    pairing.save()
    if pairing.conversation_id is not None:
        end_sharing(conversation_id=pairing.conversation_id)
    cancel_upcoming(by=None, pairing=pairing)
    record_of(None, "pairing.ended", pairing)


def locked(pairing: Pairing) -> Pairing:
    """The pairing as it stands now, held until the change is written."""
    return Pairing.objects.select_for_update(of=("self",)).with_people().get(pk=pairing.pk)


def record_of(by: Account | None, what: str, pairing: Pairing) -> None:
    """Note in the audit trail of the pairing's organisation."""
    record(by=by, what=what, subject=pairing, organisation_id=pairing.scheme.organisation_id)


@transaction.atomic
def forget_closed_pairings() -> int:
    """Delete pairings two years after they closed; how many that were."""
    closed = Pairing.objects.filter(closed_at__lt=clock.now() - KEPT_AFTER_CLOSING)
    number = closed.count()
    closed.delete()
    return number
