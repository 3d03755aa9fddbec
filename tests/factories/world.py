"""A small world: two organisations, every role once, one agreed pairing with a session and a note."""

import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session as BrowserSession
from django.test import Client
from django.utils import timezone

from handrail.capabilities.accounts.models import Account
from handrail.capabilities.impact.models import Effects, KnownEvent
from handrail.capabilities.impact.models import Plan as ImpactPlan
from handrail.capabilities.pairings import actions as pairings
from handrail.capabilities.pairings.models import Pairing, Session
from handrail.capabilities.pairings.plan.models import Plan
from handrail.capabilities.pairings.proposals.models import Choice
from handrail.capabilities.participation.models import ExportLoad, Release, Wave
from handrail.capabilities.people import actions as people
from handrail.capabilities.people.models import Organisation, Person, Role
from handrail.capabilities.schemes.actions import start_scheme
from handrail.capabilities.schemes.matching_runs.models import Run
from handrail.capabilities.schemes.sign_up import actions as sign_ups
from handrail.capabilities.starting_point.invitations.actions import invite
from handrail.capabilities.starting_point.models import Invitation
from handrail.foundation.vault.models import Conversation
from tests.factories.copied import copied
from tests.factories.proposals import choice_of, proposal_of


@dataclass
class World:
    organisation: Organisation
    elsewhere: Organisation
    persons: dict[str, Person]
    pairing: Pairing
    session: Session
    invitation: Invitation
    load: ExportLoad
    run: Run  # not asked yet; the choice is of another
    choice: Choice
    wave: Wave
    impact_plan: ImpactPlan
    known_event: KnownEvent
    strangers: frozenset[str] = frozenset(
        {"outsider", "coordinator", "sponsor", "editor", "administrator", "foreign_coordinator"}
    )
    clients: dict[str, Client] = field(default_factory=dict)
    sessions: dict[str, BrowserSession] = field(default_factory=dict)
    parts: dict[str, Any] = field(default_factory=dict)  # of addresses, where a test made what they name

    def account(self, role: str) -> Account:
        account = self.persons[role].account
        assert account is not None
        return account

    def client_of(self, role: str) -> Client:
        """A fresh browser of this role, signed in (methods such as signing out must not leak into the next)."""
        client = Client(raise_request_exception=False)
        if role != "nobody":
            client.force_login(self.account(role), backend="handrail.capabilities.accounts.backends.AccountBackend")
        return client

    def client_again(self, role: str) -> Client:
        """As fresh a browser, for a walk over many pages: signed in again only where a page has touched the session."""
        client = self.clients.setdefault(role, Client(raise_request_exception=False))
        client.cookies.clear()
        if role == "nobody":
            return client
        kept = self.sessions.get(role)
        if kept is None or not BrowserSession.objects.filter(pk=kept.pk, session_data=kept.session_data).exists():
            key = self.client_of(role).cookies[settings.SESSION_COOKIE_NAME].value
            kept = self.sessions[role] = BrowserSession.objects.get(pk=key)
        client.cookies[settings.SESSION_COOKIE_NAME] = kept.pk
        return client

    def value_for(self, name: str, kind: str) -> Any:
        """A value for a part of an address: of the one thing there is, so that a stranger's 404 is the guard's."""
        known: dict[str, Any] = {
            "pairing_id": self.pairing.pk,
            "session_id": self.session.pk,
            "scheme_id": self.pairing.scheme_id,
            "person_id": self.persons["leader"].pk,
            "leader_id": self.persons["leader"].pk,
            "mentor_id": self.persons["mentor"].pk,
            "delegate_id": 1,
            "account_id": self.persons["leader"].account_id,
            "question": "role_goal",
            "invitation_id": self.invitation.pk,
            "conversation_id": self.pairing.conversation_id or 0,
            "run_id": self.run.pk,
            "other_id": self.choice.asking.run_id,
            "choosing_id": self.choice.asking.run_id,
            "choice_id": self.choice.pk,
            "role": "leader",
            "side": "leader",
            "step": "themes",
            "scheme_step": "purpose",
            "end_step": "words",
            "part_id": "power",
            "does": "hide",
            "token": "no-such-token",
            "provider_id": "organisation",
            "note_id": uuid.uuid4(),
            **self.parts,
            "walkthrough": "who-sees-what",
            "item": "phone",
            "essential": "data-1",
            "organisation_id": self.organisation.pk,
            "load_id": self.load.pk,
            "wave_id": self.wave.pk,
            "measure": "messages",
            "file_kind": "csv",
            "impact_plan_id": self.impact_plan.pk,
            "known_event_id": self.known_event.pk,
        }
        if name in known:
            return known[name]
        return {"uuid": uuid.uuid4(), "int": 1}.get(kind, "none-such")


def person(organisation: Organisation, name: str, **fields: Any) -> Person:
    """Somebody with an account in this organisation."""
    made = people.add_person(
        by=None, organisation=organisation, name=name, email=f"{uuid.uuid4().hex[:12]}@example.org", **fields
    )
    people.ensure_account(by=None, person=made)
    return made


@copied
def build_world() -> World:
    organisation = people.create_organisation(by=None, name="Here")
    elsewhere = people.create_organisation(by=None, name="Elsewhere")
    top = person(organisation, "Top", line=Person.Line.KNOWN)
    persons = {
        "leader": person(organisation, "Leader", manager=top),
        "mentor": person(organisation, "Mentor", line=Person.Line.KNOWN),
        "outsider": person(organisation, "Outsider"),
        "coordinator": person(organisation, "Coordinator"),
        "sponsor": person(organisation, "Sponsor"),
        "editor": person(organisation, "Editor"),
        "administrator": person(elsewhere, "Administrator"),
        "foreign_coordinator": person(elsewhere, "Foreign"),
    }
    for role in ("coordinator", "sponsor", "editor"):
        people.give_role(by=None, person=persons[role], role=role)
    people.give_role(by=None, person=persons["foreign_coordinator"], role=Role.Name.COORDINATOR)
    administrator = persons["administrator"].account
    assert administrator is not None
    administrator.is_administrator = True
    administrator.save()
    pairing = agreed_pairing(organisation, persons)
    now = timezone.now()
    session = Session.objects.create(
        pairing=pairing,
        uid=f"{uuid.uuid4()}@localhost",
        starts_at=now + timedelta(days=3),
        time_zone="Europe/London",
        title="Catch-up",
        agreed_at=now,
        changed_at=now,
    )
    (invitation,) = invite(
        by=coordinator_account(persons),
        scheme=pairing.scheme,
        people=[persons["outsider"]],
        asked_by=persons["coordinator"],
        words="Will you see where you stand? I ask now because the plans are being made.",
    )
    _sign_up(pairing, persons)
    load = ExportLoad.objects.create(
        organisation=organisation, made_at=now, state=ExportLoad.State.PUT_ASIDE, file_name="export.zip"
    )
    run = proposal_of(pairing.scheme, persons["leader"], persons["mentor"])
    asked = proposal_of(pairing.scheme, persons["leader"], persons["mentor"], number=9)
    choice = choice_of(asked, persons["leader"])
    return World(
        organisation,
        elsewhere,
        persons,
        pairing,
        session,
        invitation,
        load,
        run,
        choice,
        _wave(organisation),
        _impact_plan(organisation),
        KnownEvent.objects.create(
            organisation=organisation,
            name="Christmas",
            first_day=date(2025, 12, 24),
            last_day=date(2026, 1, 2),
            stated_on=date(2026, 1, 5),
        ),
    )


def _wave(organisation: Organisation) -> Wave:
    """One that is over and released: too few people to say anything."""
    wave = Wave.objects.create(
        organisation=organisation,
        name="Spring",
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 3, 31),
        closed_at=timezone.now(),
    )
    Release.objects.create(wave=wave, released_at=timezone.now(), content={"few": True, "groups": []})
    Effects.objects.create(
        wave=wave, made_at=timezone.now(), released_at=timezone.now(), content={"few": True, "plan": None}
    )
    return wave


def _impact_plan(organisation: Organisation) -> ImpactPlan:
    """One that could not be made: nothing is loaded."""
    return ImpactPlan.objects.create(
        organisation=organisation,
        made_at=timezone.now(),
        state=ImpactPlan.State.FAILED,
        outcome="replies",
        teams=4,
        weeks=26,
        turns=2,
        content={"why": "no_log"},
    )


def _sign_up(pairing: Pairing, persons: dict[str, Person]) -> None:
    """The two have signed up, one on each side; the mentor's manager was asked."""
    for side, themes in (("leader", ["voice"]), ("mentor", ["voice", "data"])):
        account, answers = persons[side].account, {"themes": themes, "languages": ["en"]}
        assert account is not None
        row = sign_ups.sign_up(by=account, scheme=pairing.scheme, person=persons[side], side=side, answers=answers)
    sign_ups.agree_time(by=account, row=row, state="asked", hours=2, name="Above", address="above@example.org")


def plan_without_a_key(world: World) -> None:
    """The pair's plan as far as it is ordinary: whose it is. Nobody has a key to what is in it."""
    conversation = Conversation.objects.create(subject="plan", made_at=timezone.now())
    plan = Plan.objects.create(
        account=world.account("leader"), pairing=world.pairing, conversation=conversation, begun_on=timezone.localdate()
    )
    world.parts["plan_id"] = plan.pk


def coordinator_account(persons: dict[str, Person]) -> Account:
    account = persons["coordinator"].account
    assert account is not None
    return account


def agreed_pairing(organisation: Organisation, persons: dict[str, Person]) -> Pairing:
    leader, mentor, coordinator = persons["leader"], persons["mentor"], persons["coordinator"]
    assert leader.account is not None
    assert mentor.account is not None
    assert coordinator.account is not None
    scheme = start_scheme(by=None, organisation=organisation, name="Scheme")
    pairing = pairings.ask_pair(
        by=coordinator.account,
        scheme=scheme,
        leader=leader,
        mentor=mentor,
        asked_by=coordinator,
        words="Would you two like to meet?",
        reason_to_go_on="",
    )
    pairings.accept_pairing(by=leader.account, pairing=pairing, side="leader")
    return pairings.accept_pairing(by=mentor.account, pairing=pairing, side="mentor")
