"""Sending again and reading: each permission's yes and no side by side."""

from datetime import UTC, datetime

import pytest

from handrail.foundation.access.refusal import Refused
from handrail.foundation.mail import rules
from handrail.foundation.mail.kinds import PASSED_ON, SIGN_IN
from handrail.foundation.mail.models import OutboxMessage

State = OutboxMessage.State
MAY = {State.FAILED, State.HELD, State.UNSURE}
NOW = datetime(2026, 3, 24, 9, tzinfo=UTC)


def message(state: str = State.FAILED, **fields: object) -> OutboxMessage:
    return OutboxMessage(**{"state": state, "to_address": "ann@x.example", "organisation_id": 7, **fields})


@pytest.mark.parametrize("state", State)
def test_only_what_did_not_leave_is_sent_again(state: str) -> None:
    assert rules.can_send_again(message(state), mail_is_set=True) is (state in MAY)
    if state not in MAY:
        with pytest.raises(Refused, match="sent or is on its way"):
            rules.check_can_send_again(message(state), mail_is_set=True)


@pytest.mark.parametrize(
    ("refused", "mail_is_set", "words"),
    [
        (message(), False, "No mail server"),
        (message(to_address=""), True, "no address"),
        (message(emptied_at=NOW), True, "has been emptied"),
    ],
)
def test_what_cannot_be_sent_says_why(refused: OutboxMessage, mail_is_set: bool, words: str) -> None:
    rules.check_can_send_again(message(), mail_is_set=True)
    assert not rules.can_send_again(refused, mail_is_set=mail_is_set)
    with pytest.raises(Refused, match=words):
        rules.check_can_send_again(refused, mail_is_set=mail_is_set)


def test_a_message_leaves_with_a_server_and_an_address() -> None:
    assert rules.can_leave("ann@x.example", mail_is_set=True)
    assert not rules.can_leave("ann@x.example", mail_is_set=False)
    assert not rules.can_leave("", mail_is_set=True)


def test_a_coordinator_passes_on_only_their_organisations_messages_of_such_kinds() -> None:
    kind = sorted(PASSED_ON)[0]
    assert rules.can_pass_on(message(kind=kind), 7)
    assert not rules.can_pass_on(message(kind=kind), 8)
    assert not rules.can_pass_on(message(kind=SIGN_IN), 7)


def test_nobody_reads_a_sign_in_code_but_in_the_demonstration() -> None:
    assert rules.can_read_text(message(kind="pairing"), demo=False)
    assert not rules.can_read_text(message(kind=SIGN_IN), demo=False)
    assert rules.can_read_text(message(kind=SIGN_IN), demo=True)
