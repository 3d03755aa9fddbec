"""What may be done with a message, and what may be read of it."""

from email.utils import parseaddr

from django.conf import settings
from django.utils.translation import gettext as _

from handrail.foundation.access.refusal import Refused
from handrail.foundation.mail.kinds import PASSED_ON, SIGN_IN
from handrail.foundation.mail.models import OutboxMessage

State = OutboxMessage.State


def sender_address() -> str:
    """The installation's own, without the name that stands before it."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def can_leave(to_address: str, *, mail_is_set: bool) -> bool:
    """Whether a message to this address leaves by itself; otherwise it waits to be copied or printed."""
    return mail_is_set and bool(to_address)


def check_can_send_again(message: OutboxMessage, *, mail_is_set: bool) -> None:
    if message.state not in (State.FAILED, State.HELD, State.UNSURE):
        raise Refused(_("This message has been sent or is on its way."))
    if not mail_is_set:
        raise Refused(_("No mail server is set, so nothing can be sent. Copy or print the message instead."))
    if not message.to_address:
        raise Refused(_("There is no address to send this to. Copy or print the message instead."))
    if message.emptied_at is not None:
        raise Refused(_("The text of this message has been emptied, as it is after a while."))


def can_send_again(message: OutboxMessage, *, mail_is_set: bool) -> bool:
    try:
        check_can_send_again(message, mail_is_set=mail_is_set)
    except Refused:
        return False
    return True


def can_pass_on(message: OutboxMessage, organisation_id: int) -> bool:
    """Whether a coordinator of this organisation may read the text, to send it by hand."""
    return message.organisation_id == organisation_id and message.kind in PASSED_ON


def can_read_text(message: OutboxMessage, *, demo: bool) -> bool:
    """A sign-in code opens somebody's account, so nobody reads it here except in the demonstration."""
    return demo or message.kind != SIGN_IN
