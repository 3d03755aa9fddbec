"""`handrail let-in`: a one-time sign-in code for an administrator who cannot get in."""

import argparse

from handrail.commands.django_setup import set_up_django
from handrail.commands.files import WrongUse

WORDS = """
Open {page} within a day and type this code. It signs {name} in once:

    {code}

The second proof (a passkey, an app or a recovery code) is asked for as ever, and nothing private opens.
Then add a passkey under “Your account”: with one you get in again by yourself, with mail or without.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.epilog = (
        "example:\n  handrail let-in\n  handrail let-in ada@example.org\n\n"
        "For installations without mail above all: an authenticator app alone lets nobody in, and the sign-in code\n"
        "goes nowhere. Whoever may run this holds the database already. The code works once and for a day, ends\n"
        "earlier codes of this administrator, and stands in the audit trail."
    )
    parser.add_argument("who", nargs="?", metavar="WHO", help="name or address, where there are several administrators")


def run(arguments: argparse.Namespace) -> int:
    set_up_django()
    from django.conf import settings  # Django is set up by now, and not before
    from django.urls import reverse

    from handrail.capabilities.accounts.actions import let_administrator_in
    from handrail.capabilities.accounts.queries import administrators, is_anybody_here
    from handrail.foundation.stores.upgrades import applied_migrations

    if not applied_migrations("default") or not is_anybody_here():
        raise WrongUse("nobody is here yet. Start `handrail serve`: it prints the link of the first administrator.")
    found = [one for one in administrators() if not arguments.who or arguments.who in (one.name, one.email)]
    if len(found) != 1:
        named = ", ".join(one.email or one.name for one in administrators()) or "none"
        raise WrongUse(f"say which administrator, by name or address as it stands here: {named}.")
    code = let_administrator_in(by=None, account=found[0])
    print(WORDS.format(page=settings.BASE_URL + reverse("letter_sign_in"), name=found[0].name, code=code))
    return 0
