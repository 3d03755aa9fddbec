"""Messages about accounts."""

from django.utils.translation import gettext as _

from handrail.capabilities.accounts.models import Account
from handrail.foundation.languages import in_language_of
from handrail.foundation.mail.actions import queue_message


def tell_letter_was_made(*, by: Account, account: Account) -> None:
    """Whoever has an address learns that somebody printed a sign-in code for them."""
    if not account.email or account == by:
        return
    with in_language_of(account, __name__):
        _tell(
            account,
            kind="letter",
            subject=_("A letter with a sign-in code was printed for you"),
            text=_(
                "%(by)s printed a letter with a code that signs you in to Handrail once.\n\n"
                "If you did not expect this, tell them, and end sessions you do not know under “Your account”. "
                "The code does not open anything private."
            )
            % {"by": by.name},
        )


def tell_code_was_made_at_the_machine(*, account: Account) -> None:
    if not account.email:
        return
    with in_language_of(account, __name__):
        _tell(
            account,
            kind="letter",
            subject=_("A sign-in code was made for you at the machine"),
            text=_(
                "Somebody at the machine that Handrail runs on made a code that signs you in once, within a day.\n\n"
                "If that was not you, ask who has access to the machine, and end sessions you do not know under “Your "
                "account”. The code does not open anything private."
            ),
        )


def tell_address_changes(*, account: Account, new_address: str) -> None:
    if not account.email:
        return
    with in_language_of(account, __name__):
        _tell(
            account,
            kind="account",
            subject=_("Your address for Handrail was changed"),
            text=_("From now on messages go to another address. If this was not you, tell your coordinator at once."),
        )


def _tell(account: Account, *, kind: str, subject: str, text: str) -> None:
    """To the account's own address, in the language that is active."""
    queue_message(
        kind=kind,
        recipient=account,
        to_address=account.email or "",
        to_name=account.name,
        subject=subject,
        text=text,
    )
