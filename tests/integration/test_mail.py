"""The outbox against a real mail server: sent once, tried again, given up, held, emptied."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from freezegun import freeze_time

from handrail.capabilities.accounts.models import Account
from handrail.foundation.access.refusal import Refused
from handrail.foundation.jobs.worker import run_worker
from handrail.foundation.mail import actions, delivery, keeping, queries, rules, smtp
from handrail.foundation.mail.backend import OutboxBackend
from handrail.foundation.mail.models import OutboxMessage
from tests.mail_server import Told, free_port, mail_server

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

CALENDAR = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:Café\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"


@pytest.fixture
def told(settings: Any) -> Iterator[Told]:
    """A mail server that takes everything; a test may change its mind."""
    told = Told()
    with mail_server(told) as url:
        settings.MAIL_URL = url
        yield told


def queued(**changes: Any) -> OutboxMessage:
    words = {
        "kind": "asked",
        "to_address": "lee@example.org",
        "to_name": "Lee Ünal",
        "subject": "A question",
        "text": "Hello",
    }
    return actions.queue_message(**(words | changes))


def tried(message: OutboxMessage) -> OutboxMessage:
    delivery.deliver(message.pk)
    message.refresh_from_db()
    return message


def test_a_message_is_delivered_by_a_worker_once_its_transaction_is_committed(told: Told) -> None:
    message = queued()
    with transaction.atomic():
        queued(subject="never")
        transaction.set_rollback(True)
    run_worker(threading.Event(), until_idle=True)
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("sent", 1)
    assert message.sent_at is not None
    assert [mail["Message-ID"] for mail in told.accepted] == [message.message_id]
    assert "Hello" not in str(DBTaskResult.objects.values_list("args_kwargs", flat=True))


def test_what_arrives(told: Told, settings: Any) -> None:
    text = f"Dear Lee,\n\nSee {settings.BASE_URL}/pairings/3/, not https://elsewhere.example/x.\n.\n<b>Yours</b> & co"
    assert tried(queued(text=text, subject="Two\r\nlines")).state == "sent"
    mail = told.accepted[0]
    assert mail["Subject"] == "Two lines"
    assert mail["To"] == "Lee Ünal <lee@example.org>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe"] is None
    assert mail.get_content_type() == "multipart/alternative"
    plain, page = (part.get_content() for part in mail.iter_parts())
    assert plain.replace("\r\n", "\n").strip() == text
    assert f'<a href="{settings.BASE_URL}/pairings/3/">' in page
    assert "https://elsewhere.example/x" in page
    assert 'href="https://elsewhere' not in page
    assert "&lt;b&gt;Yours&lt;/b&gt; &amp; co" in page
    assert '<html lang="en">' in page


def test_an_invitation_stands_in_the_message_and_beside_it(told: Told) -> None:
    tried(queued(calendar=CALENDAR, calendar_method="REQUEST"))
    mail = told.accepted[0]
    assert mail.get_content_type() == "multipart/mixed"
    alternative, attachment = mail.iter_parts()
    assert [part.get_content_type() for part in alternative.iter_parts()] == [
        "text/plain",
        "text/html",
        "text/calendar",
    ]
    inline = list(alternative.iter_parts())[-1]
    assert (inline["Content-Type"].params["method"], inline["Content-Type"].params["charset"]) == ("REQUEST", "utf-8")
    assert inline.get_payload(decode=True).decode() == CALENDAR
    assert attachment.get_filename() == "invitation.ics"
    assert attachment.get_payload(decode=True).decode() == CALENDAR


def test_a_calendar_goes_with_its_method() -> None:
    with pytest.raises(ValueError, match="method"):
        queued(calendar=CALENDAR)


def test_one_click_unsubscribe_only_where_the_kind_repeats(told: Told, settings: Any) -> None:
    tried(queued(kind="digest", unsubscribe_url=f"{settings.BASE_URL}/stop/x/"))
    assert told.accepted[0]["List-Unsubscribe"] == f"<{settings.BASE_URL}/stop/x/>"
    assert told.accepted[0]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    with pytest.raises(ValueError, match="unsubscribe"):
        queued(kind="asked", unsubscribe_url="https://x.example/")


@pytest.mark.parametrize(
    ("told_to", "state", "words"),
    [
        ({"rcpt": "550 no such person"}, "failed", "550 no such person"),
        ({"rcpt": "451 try later"}, "waiting", "451 try later"),
        ({"rcpt": "drop"}, "waiting", "cannot be reached"),
        ({"data": "554 we do not like this"}, "failed", "554 we do not like this"),
        ({"data": "452 disk full"}, "waiting", "452 disk full"),
        ({"data": "drop"}, "unsure", "may or may not have arrived"),
    ],
)
def test_what_becomes_of_a_message_that_does_not_go(
    told: Told, told_to: dict[str, str], state: str, words: str
) -> None:
    vars(told).update(told_to)
    message = tried(queued(organisation_id=7))
    assert message.state == state
    assert words in message.fault
    assert told.accepted == []
    assert list(queries.undelivered_messages(7)) == ([] if state == "waiting" else [message])


def test_a_server_that_dawdles_is_not_sent_the_same_twice(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "TIMEOUT_SECONDS", 0.2)
    told.slow_seconds = 0.6
    message = tried(queued())
    assert message.state == "unsure"
    with freeze_time(timezone.now() + timedelta(days=1)):
        assert delivery.messages_due() == []
        tried(message)
    assert told.seen == 1


def test_tries_are_spaced_under_the_same_message_id_and_end(settings: Any) -> None:
    settings.MAIL_URL = f"smtp+plain://127.0.0.1:{free_port()}"
    pauses = []
    with freeze_time("2026-01-05 10:00:00") as frozen:
        message = queued()
        first_id = message.message_id
        while tried(message).state == "waiting":
            assert tried(message).attempts == len(pauses) + 1, "not before it is due"
            pauses.append((message.due_at - timezone.now()).total_seconds())
            frozen.move_to(message.due_at + timedelta(seconds=21))
            assert delivery.messages_due() == [message.pk]
    assert pauses == [30, 120, 480, 1920, 7680, 21600, 21600]
    assert (message.state, message.attempts, message.message_id) == ("failed", delivery.TRIES, first_id)


def test_a_claimed_message_is_nobody_elses(told: Told) -> None:
    message = queued()
    OutboxMessage.objects.update(state="sending", claimed_at=timezone.now())
    assert tried(message).state == "sending"
    assert told.seen == 0


@pytest.mark.parametrize(("handed_over", "state"), [(False, "waiting"), (True, "unsure")])
def test_what_a_killed_worker_had_claimed(told: Told, handed_over: bool, state: str) -> None:
    message = queued()
    long_ago = timezone.now() - timedelta(minutes=11)
    OutboxMessage.objects.update(
        state="sending", claimed_at=long_ago, handed_over_at=long_ago if handed_over else None, attempts=1
    )
    delivery.messages_due()
    message.refresh_from_db()
    assert message.state == state


def test_a_claim_lost_before_the_text_leaves_sends_nothing(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    message = queued()
    compose = delivery.compose

    def taken_over_meanwhile(row: OutboxMessage) -> Any:
        OutboxMessage.objects.update(claimed_at=timezone.now() + timedelta(seconds=1))
        return compose(row)

    monkeypatch.setattr(delivery, "compose", taken_over_meanwhile)
    tried(message)
    assert told.seen == 0


def test_without_a_mail_server_or_an_address_a_message_is_held(settings: Any, told: Told) -> None:
    assert queued(to_address="").state == "held"
    settings.MAIL_URL = ""
    held = queued()
    assert held.state == "held"
    assert tried(held).state == "held"
    assert not DBTaskResult.objects.exists()


def test_a_server_taken_away_holds_what_was_waiting(settings: Any, told: Told) -> None:
    message = queued()
    settings.MAIL_URL = ""
    assert delivery.messages_due() == []
    message.refresh_from_db()
    assert message.state == "held"


@pytest.mark.parametrize("address", ["no-at-sign", "two@@example.org", "a b@example.org", "x@exa mple.org", "x@"])
def test_an_address_that_cannot_be_one_fails_at_once(told: Told, address: str) -> None:
    message = tried(queued(to_address=address))
    assert (message.state, message.attempts, told.seen) == ("failed", 1, 0)


def test_a_name_before_the_at_in_any_script_is_reached(told: Told) -> None:
    assert tried(queued(to_address="ünal@example.org")).state == "sent"


def test_text_that_mail_cannot_carry_fails_and_says_so(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    compose = delivery.compose

    def with_half_a_character(row: OutboxMessage) -> Any:
        row.text = "\ud800"  # no database takes it; a faulty source might still bring it
        return compose(row)

    monkeypatch.setattr(delivery, "compose", with_half_a_character)
    message = tried(queued())
    assert (message.state, message.fault, told.seen) == ("failed", delivery.UNREADABLE, 0)


def test_an_international_domain_is_reached(told: Told) -> None:
    assert tried(queued(to_address="lee@bücher.example")).state == "sent"
    assert "xn--bcher-kva.example" in told.accepted[0]["To"]


def test_the_same_thing_is_queued_once(told: Told) -> None:
    assert queued(dedupe_key="a").pk == queued(dedupe_key="a").pk
    assert queued(dedupe_key="b").pk != queued(dedupe_key="a").pk


def test_a_sign_in_message_is_emptied_once_sent(told: Told) -> None:
    account = Account.objects.create_account(name="Lee", email="lee@example.org")
    OutboxBackend().send_messages([EmailMessage("Code", "Your code is 123456", to=["Lee@example.org"])])
    message = OutboxMessage.objects.get()
    assert (message.kind, message.recipient, message.text) == ("sign_in", account, "Your code is 123456")
    assert tried(message).text == ""
    assert "123456" in str(told.accepted[0])
    assert message.emptied_at is not None


def test_texts_are_emptied_when_nobody_needs_them(settings: Any) -> None:
    settings.MAIL_URL = ""
    with freeze_time("2026-01-05 10:00:00") as frozen:
        code, letter = queued(kind="sign_in"), queued(calendar=CALENDAR, calendar_method="REQUEST")
        frozen.tick(timedelta(minutes=61))
        assert keeping.empty_old_texts() == 1
        code.refresh_from_db()
        assert code.text == ""
        frozen.tick(timedelta(days=30))
        assert (keeping.empty_old_texts(), keeping.empty_old_texts()) == (1, 0)
        letter.refresh_from_db()
        assert (letter.text, letter.calendar, letter.subject) == ("", "", "A question")
        frozen.tick(timedelta(days=365))
        keeping.empty_old_texts()
    assert not OutboxMessage.objects.exists()


def test_sending_again(told: Told, settings: Any) -> None:
    by = Account.objects.create_account(name="Ada")
    told.data = "drop"
    message = tried(queued())
    told.data = "250 OK"
    actions.send_again(by=by, message=message)
    assert tried(message).state == "sent"
    assert [mail["Message-ID"] for mail in told.accepted] == [message.message_id]
    with pytest.raises(Refused, match="has been sent"):
        actions.send_again(by=by, message=message)
    held = queued(to_address="")
    assert not rules.can_send_again(held, mail_is_set=True)
    assert not rules.can_send_again(queued(to_address=""), mail_is_set=False)


def test_who_may_read_a_sign_in_code() -> None:
    assert not rules.can_read_text(OutboxMessage(kind="sign_in"), demo=False)
    assert rules.can_read_text(OutboxMessage(kind="sign_in"), demo=True)
    assert rules.can_read_text(OutboxMessage(kind="asked"), demo=False)


def test_the_server_can_be_tried_without_sending(told: Told, settings: Any) -> None:
    smtp.check()
    settings.MAIL_URL = f"smtp+plain://127.0.0.1:{free_port()}"
    with pytest.raises(smtp.Refusal, match="cannot be reached"):
        smtp.check()
