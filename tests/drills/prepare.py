"""What a drill works on: tables, one organisation, and coordinators who are signed in."""

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction

from handrail.capabilities.accounts.models import Account
from handrail.capabilities.people.models import Organisation, Person, Role
from handrail.foundation.stores.upgrades import bring_up_to_date


def main(coordinators: int) -> list[str]:
    """Make them; returns each coordinator's session key."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    bring_up_to_date(back_up=lambda: None)
    keys = []
    with transaction.atomic():
        organisation = Organisation.objects.create(name="Drill")
        for number in range(coordinators):
            account = Account.objects.create_account(name=f"Coordinator {number}")
            person = Person.objects.create(organisation=organisation, account=account, name=account.name)
            Role.objects.create(person=person, name=Role.Name.COORDINATOR)
            session = SessionStore()
            session[SESSION_KEY] = str(account.pk)
            session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
            session[HASH_SESSION_KEY] = account.get_session_auth_hash()
            session.create()
            assert session.session_key
            keys.append(session.session_key)
    return keys
