"""A leader with a delegate, a mentor, and people whom none of it concerns."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from handrail.capabilities.accounts.models import Account
from handrail.capabilities.pairings.models import Pairing, Session
from handrail.capabilities.pairings.sessions import actions
from handrail.capabilities.people.models import Delegate, Organisation, Person
from handrail.capabilities.schemes.models import Scheme
from handrail.foundation import clock
from handrail.foundation.mail.models import OutboxMessage

NOW = datetime(2026, 3, 24, 9, tzinfo=UTC)  # a Tuesday, the week before summer time
FRIDAY = datetime(2026, 3, 27, 10, tzinfo=UTC)  # ten o'clock in London
WEDNESDAY = datetime(2026, 4, 1, 9, tzinfo=UTC)  # ten o'clock in London, in summer time


@dataclass
class Scene:
    organisation: Organisation
    pairing: Pairing
    leader: Person
    mentor: Person
    delegate: Person
    outsider: Person

    def account(self, who: str) -> Account:
        account = getattr(self, who).account
        assert isinstance(account, Account)
        return account

    def client(self, who: str) -> Client:
        client = Client()
        client.force_login(self.account(who))
        return client

    def agreed(self, starts_at: datetime = FRIDAY, keep_messages: bool = False) -> Session:
        """A session that the leader offered and the mentor chose; the messages about it are put away."""
        (offer,) = actions.offer_times(
            by=self.account("leader"),
            pairing=self.pairing,
            side="leader",
            times=[starts_at],
            minutes=30,
            zone="Europe/London",
        )
        session = actions.choose_time(by=self.account("mentor"), pairing=self.pairing, side="mentor", offer=offer)
        if not keep_messages:
            OutboxMessage.objects.all().delete()
        return session


def person(organisation: Organisation, name: str) -> Person:
    email = f"{name.split()[0].lower()}@council.example"
    account = Account.objects.create_account(name=name, email=email)
    return Person.objects.create(organisation=organisation, name=name, email=email, account=account)


@dataclass
class SetClock:
    """The program's clock, which stands still until it is moved (freezegun takes a tenth of a second a test)."""

    at: datetime = NOW

    def now(self) -> datetime:
        return self.at

    def tick(self, by: timedelta) -> None:
        self.at += by


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    set_clock = SetClock()
    monkeypatch.setattr(clock, "now", set_clock.now)
    return set_clock


@pytest.fixture
def scene(db: None, now: SetClock) -> Scene:
    return make_scene()


def make_scene() -> Scene:
    organisation = Organisation.objects.create(name="Dyffryn Council")
    leader, mentor, delegate, outsider = (
        person(organisation, name) for name in ("Lena Price", "Moses Adu", "Dilys Rees", "Otto Lang")
    )
    Delegate.objects.create(person=leader, delegate=delegate, since=NOW.date())
    pairing = Pairing.objects.create(
        scheme=Scheme.objects.create(organisation=organisation, name="First"),
        leader=leader,
        mentor=mentor,
        state=Pairing.State.AGREED,
        asked_at=NOW,
        agreed_at=NOW,
        asked_words="Because of the housing backlog",
    )
    return Scene(organisation, pairing, leader, mentor, delegate, outsider)
