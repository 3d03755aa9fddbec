"""Letters and the first link: each permission's yes and no side by side."""

from datetime import UTC, datetime, timedelta

import pytest

from handrail.capabilities.accounts import rules
from handrail.capabilities.accounts.models import Account, Letter, OneTimeLink
from handrail.foundation.access.refusal import Refused

NOW = datetime(2026, 3, 24, 9, tzinfo=UTC)
LATER, EARLIER = NOW + timedelta(seconds=1), NOW - timedelta(seconds=1)


def letter(*, used: bool = False, expires_at: datetime = LATER, active: bool = True) -> Letter:
    return Letter(used_at=EARLIER if used else None, expires_at=expires_at, account=Account(is_active=active))


@pytest.mark.parametrize(
    ("refused", "words"),
    [
        (letter(used=True), "Each code works once"),
        (letter(expires_at=NOW), "too old"),
        (letter(active=False), "closed"),
    ],
)
def test_a_letter_works_once_in_time_and_for_an_open_account(refused: Letter, words: str) -> None:
    rules.check_can_use_letter(letter(), NOW)
    assert rules.can_use_letter(letter(), NOW)
    assert not rules.can_use_letter(refused, NOW)
    with pytest.raises(Refused, match=words):
        rules.check_can_use_letter(refused, NOW)


def link(*, used: bool = False, expires_at: datetime = LATER) -> OneTimeLink:
    return OneTimeLink(used_at=EARLIER if used else None, expires_at=expires_at)


@pytest.mark.parametrize(
    ("refused", "somebody_is_here", "words"),
    [
        (None, False, "has been used"),
        (link(used=True), False, "has been used"),
        (link(), True, "has been used"),
        (link(expires_at=NOW), False, "lasts a day"),
    ],
)
def test_the_first_link_works_once_in_time_and_while_nobody_is_here(
    refused: OneTimeLink | None, somebody_is_here: bool, words: str
) -> None:
    rules.check_can_use_first_link(link(), NOW, somebody_is_here=False)
    assert rules.can_use_first_link(link(), NOW, somebody_is_here=False)
    assert not rules.can_use_first_link(refused, NOW, somebody_is_here=somebody_is_here)
    with pytest.raises(Refused, match=words):
        rules.check_can_use_first_link(refused, NOW, somebody_is_here=somebody_is_here)


def test_only_an_open_administrators_account_is_let_in_at_the_machine() -> None:
    administrator = Account(name="Ada", is_administrator=True)
    rules.check_can_be_let_in(administrator)
    assert rules.can_be_let_in(administrator)
    closed = Account(name="Ada", is_administrator=True, is_active=False)
    for refused, words in ((Account(name="Lee"), "for administrators only"), (closed, "account is closed")):
        assert not rules.can_be_let_in(refused)
        with pytest.raises(Refused, match=words):
            rules.check_can_be_let_in(refused)
