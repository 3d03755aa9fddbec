"""Delivering, taking up what a stopped worker left, and emptying texts that nobody needs any more."""

from datetime import timedelta

from handrail.foundation.jobs.job import job
from handrail.foundation.mail import delivery, keeping


@job(retries=0, time_limit=timedelta(minutes=5), priority=10)
def deliver_message(message_pk: int) -> None:
    """One try at one message; the outbox itself says when the next try is due."""
    delivery.deliver(message_pk)


@job(every="1 minute", time_limit=timedelta(minutes=5))
def deliver_what_is_due() -> None:
    for message_pk in delivery.messages_due():
        deliver_message.enqueue(message_pk=message_pk)


@job(every="10 minutes")
def empty_old_texts() -> None:
    keeping.empty_old_texts()
