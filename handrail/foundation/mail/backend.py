"""Django's mail, through the outbox: whatever any part sends becomes a row first."""

from collections.abc import Sequence

from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from handrail.foundation.mail.actions import queue_message
from handrail.foundation.mail.kinds import SIGN_IN


class OutboxBackend(BaseEmailBackend):
    """Only the sign-in library sends this way, so its messages are sign-in messages."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            for address in message.recipients():
                account = get_user_model()._default_manager.filter(email__iexact=address).first()
                queue_message(
                    to_address=address,
                    to_name=getattr(account, "name", ""),
                    recipient=account,
                    subject=str(message.subject),
                    text=str(message.body),
                    kind=SIGN_IN,
                )
        return len(email_messages)
