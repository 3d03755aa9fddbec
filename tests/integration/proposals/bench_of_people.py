"""A bench for searches: one organisation, a scheme, its coordinator, and a few people who have signed up."""

from dataclasses import dataclass
from typing import Any

from django.test import Client
from lxml import html

from handrail.capabilities.accounts.models import Account
from handrail.capabilities.pairings.proposals.queries import busy_in, pairs_before
from handrail.capabilities.people import actions as people
from handrail.capabilities.people.models import Organisation, Person
from handrail.capabilities.schemes.actions import start_scheme
from handrail.capabilities.schemes.matching_runs import actions, queries
from handrail.capabilities.schemes.matching_runs.models import ProposedPair, Run
from handrail.capabilities.schemes.models import Scheme
from handrail.capabilities.schemes.sign_up.actions import sign_up
from handrail.capabilities.schemes.sign_up.rules import WhomNot
from tests.factories.signed_up import keep, sign_up_row
from tests.factories.world import person
from tests.pages import faults_of_page

KNOWN = Person.Line.KNOWN
NAMES = ("Ann", "Bea", "Cal", "Max", "Ned", "Oz")


@dataclass
class Bench:
    organisation: Organisation
    scheme: Scheme
    coordinator: Person
    people: dict[str, Person]

    @property
    def account(self) -> Account:
        assert self.coordinator.account is not None
        return self.coordinator.account

    def client_of(self, one: Person) -> Client:
        client = Client(raise_request_exception=False)
        assert one.account is not None
        client.force_login(one.account, backend="handrail.capabilities.accounts.backends.AccountBackend")
        return client

    def started(self) -> Run:
        leaders, mentors = queries.candidates(self.scheme, busy_in(self.scheme))
        before = pairs_before(self.scheme)
        return actions.start_run(by=self.account, scheme=self.scheme, leaders=leaders, mentors=mentors, before=before)

    def found(self) -> Run:
        return self.solve(self.started())

    @staticmethod
    def solve(run: Run) -> Run:
        actions.find(run)
        run.refresh_from_db()
        return run

    @staticmethod
    def pairs(run: Run) -> dict[str, str]:
        return {pair.leader.name: pair.mentor.name for pair in ProposedPair.objects.filter(run=run)}

    def ids(self, leader: str, mentor: str) -> tuple[int, int]:
        return self.people[leader].pk, self.people[mentor].pk


def small_bench() -> Bench:
    """Three leaders (Ann, Bea, Cal) and three mentors (Max, Ned, Oz), all of different units and one language.

    Each could have any: Ann fits Max and Ned, Bea fits Max best, Cal fits none in particular. Oz is above nobody.
    """
    organisation = people.create_organisation(by=None, name="Here")
    scheme = start_scheme(by=None, organisation=organisation, name="Ten minutes")
    coordinator = person(organisation, "Co", line=KNOWN)
    people.give_role(by=None, person=coordinator, role="coordinator")
    made = {
        name: person(organisation, name, unit=f"{name}’s unit", line=KNOWN)
        for name in ["Ann", "Bea", "Cal", "Max", "Ned", "Oz"]
    }
    said = {"languages": ["en"], "meets": "remote"}
    keep(
        [
            sign_up_row(scheme, made["Ann"], "leader", themes=["data", "ai"], **said),
            sign_up_row(scheme, made["Bea"], "leader", themes=["data", "ai", "open"], **said),
            sign_up_row(scheme, made["Cal"], "leader", themes=["voice"], **said),
            sign_up_row(scheme, made["Max"], "mentor", themes=["data", "ai", "open"], **said),
            sign_up_row(scheme, made["Ned"], "mentor", themes=["data", "ai"], **said),
            sign_up_row(scheme, made["Oz"], "mentor", themes=["services"], **said),
        ]
    )
    return Bench(organisation, scheme, coordinator, made)


def would_not(bench: Bench, who: str, side: str, *names: str) -> None:
    """Somebody says whom they would rather not be paired with."""
    one = bench.people[who]
    assert one.account is not None
    ids = frozenset(bench.people[name].pk for name in names)
    sign_up(by=one.account, scheme=bench.scheme, person=one, side=side, answers={}, whom_not=WhomNot(people=ids))


def words_of(response: Any) -> str:
    assert response.status_code == 200, response
    assert not faults_of_page(response)
    main = html.document_fromstring(response.content.decode()).get_element_by_id("main")
    return " ".join(" ".join(main.itertext()).split())
