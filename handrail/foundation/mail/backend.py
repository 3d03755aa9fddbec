"""Django's mail, through the outbox: whatever any part sends becomes a row first."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from handrail.foundation.mail.actions import queue_message


class OutboxBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            for address in message.recipients():
                queue_message(to_address=address, subject=str(message.subject), text=str(message.body), kind="sign_in")
        return len(email_messages)
