"""A large organisation, laid into the database at once: for the budget of pages and for the benchmarks.

One organisation of `people` people in reporting lines ten wide, of whom two for each of `pairings` have accounts; every
tenth pairing is still being asked. One pair is looked at: it has times on offer, a session, and notes that both can
open on the device that `cookies_of` describes.
"""

import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from unittest.mock import Mock
from uuid import UUID

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from handrail.capabilities.accounts.models import Account
from handrail.capabilities.pairings.actions import begin_conversation
from handrail.capabilities.pairings.models import Pairing, Session, TimeOffer
from handrail.capabilities.pairings.notes.actions import write_note
from handrail.capabilities.pairings.plan.actions import begin_plan
from handrail.capabilities.pairings.plan.doing.actions import do_step
from handrail.capabilities.pairings.plan.queries import plan_of
from handrail.capabilities.pairings.plan.seen.actions import note_down
from handrail.capabilities.pairings.plan.together.actions import WITH_DONE, make_it_the_pairs
from handrail.capabilities.pairings.plan.weekly.actions import choose_note
from handrail.capabilities.pairings.queries import OwnPairing
from handrail.capabilities.pairings.spreadsheets.models import PairsFile, PairsLine
from handrail.capabilities.people.imports.models import PeopleImport
from handrail.capabilities.people.models import Organisation, Person, Role
from handrail.capabilities.schemes.matching_runs.actions import find, start_run
from handrail.capabilities.schemes.matching_runs.models import Run
from handrail.capabilities.schemes.matching_runs.queries import candidates
from handrail.capabilities.schemes.models import Scheme
from handrail.capabilities.schemes.sign_up.actions import agree_time, sign_up
from handrail.capabilities.starting_point.conversation.actions import keep_answer
from handrail.capabilities.starting_point.decisions.actions import bring_decision, choose_essentials
from handrail.capabilities.starting_point.models import Invitation
from handrail.capabilities.starting_point.sharing.actions import share_sections
from handrail.capabilities.starting_point.walkthroughs.actions import mark_item, share_marks
from handrail.capabilities.starting_point.walkthroughs.pack import walkthrough_pack
from handrail.engines.approach import QUESTIONS
from handrail.foundation.audit.models import Event
from handrail.foundation.mail.models import OutboxMessage
from handrail.foundation.vault import keys, texts
from handrail.foundation.vault.keys import devices, opening
from tests.factories.invented_people import invented_people
from tests.factories.large_world_season import add_season
from tests.factories.signed_up import sign_everybody_up

SESSIONS, OFFERS, NOTES, DECISIONS = 6, 4, 10, 30


@dataclass
class LargeWorld:
    organisation: Organisation
    people: list[Person]
    persons: dict[str, Person]
    pairing: Pairing
    asked: Pairing
    session: Session
    people_import: PeopleImport
    pairs_file: PairsFile
    run: Run
    cookies: dict[str, dict[str, str]] = field(default_factory=dict)
    vaults: dict[str, texts.OpenVault] = field(default_factory=dict)
    decision_id: UUID | None = None
    plan: UUID | None = None
    steps: list[str] = field(default_factory=list)
    parts: dict[str, Any] = field(default_factory=dict)  # of addresses: what stands for each name in the URL table

    def cookies_of(self, role: str) -> dict[str, str]:
        """The cookies of this role's browser: signed in with a second factor, the vault's device remembered."""
        if role == "nobody":
            return {}
        if settings.SESSION_COOKIE_NAME not in self.cookies.setdefault(role, {}):
            account = self.persons[role].account
            assert account is not None
            store = SessionStore()
            store[SESSION_KEY], store[HASH_SESSION_KEY] = str(account.pk), account.get_session_auth_hash()
            store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
            store["account_authentication_methods"] = [{"method": "mfa", "at": timezone.now().timestamp()}]
            store["account_authentication_methods_user"] = str(account.pk)
            store.create()
            self.cookies[role][settings.SESSION_COOKIE_NAME] = str(store.session_key)
        return self.cookies[role]

    def vault_of(self, role: str) -> texts.OpenVault:
        """This role's private space, begun on a device of its own."""
        request, response = HttpRequest(), HttpResponse()
        person = self.persons[role]
        request.user = Mock(wraps=person.account, is_authenticated=True, pk=person.account_id)
        vault = keys.begin(request)
        devices.set_cookies(request, response)
        opening.forget(request)
        self.cookies[role] = {name: morsel.value for name, morsel in response.cookies.items()}
        return vault


def build_large_world(people: int, pairings: int) -> LargeWorld:
    """Needs at least 2 × `pairings` + 6 people."""
    organisation = Organisation.objects.create(name="A large organisation")
    listed = _people(organisation, people, first=pairings + 5, last=pairings)
    leaders, mentors = listed[-pairings:], listed[1 : pairings + 1]
    coordinator, sponsor, administrator, delegate = listed[pairings + 1 : pairings + 5]
    _roles(coordinator, sponsor, administrator)
    scheme = Scheme.objects.create(organisation=organisation, name="Mentoring", asked_by=sponsor, contact=sponsor)
    made = _pairings(scheme, coordinator, leaders, mentors)
    agreed = [one for one in made if one.state == Pairing.State.AGREED]
    session = _sessions(agreed)
    pairing = agreed[0]
    pairing.leader.delegates.create(delegate=delegate, since=timezone.now().date())
    asked = next(one for one in made if one.state == Pairing.State.ASKED)
    world = LargeWorld(
        organisation,
        listed,
        {
            "leader": pairing.leader,
            "mentor": pairing.mentor,
            "asked": asked.mentor,
            "coordinator": coordinator,
            "sponsor": sponsor,
            "administrator": administrator,
            "delegate": delegate,
        },
        pairing,
        asked,
        session,
        _import(organisation, coordinator),
        _pairs_file(scheme, coordinator, made),
        _search(scheme, listed[pairings + 5 : people - pairings]),
    )
    _offers(pairing)
    _notes(world)
    _starting_point(world)
    _plan(world)
    _sign_ups(world)
    _control(world)
    _traces(world, coordinator, people)
    add_season(world, over=agreed[1])
    return world


def _people(organisation: Organisation, count: int, first: int, last: int) -> list[Person]:
    """`count` people; the `first` and the `last` of them have accounts."""
    invented = list(invented_people(count))
    people = [
        Person(
            organisation=organisation,
            name=one.name,
            email=one.email,
            job_title=one.job_title,
            unit=one.unit,
            line=Person.Line.KNOWN,
            source="plain",
            source_id=str(one.number),
        )
        for one in invented
    ]
    with_account = people[:first] + people[count - last :]
    for person in with_account:
        person.account = Account(name=person.name, email=person.email, password="!")
    Account.objects.bulk_create([person.account for person in with_account if person.account], batch_size=500)
    for person in with_account:
        person.account = person.account  # the id is known now
    Person.objects.bulk_create(people, batch_size=500)
    for person, one in zip(people, invented, strict=True):
        person.manager = None if one.manager is None else people[one.manager]
    Person.objects.bulk_update(people, ["manager"], batch_size=200)
    return people


def _roles(coordinator: Person, sponsor: Person, administrator: Person) -> None:
    Role.objects.create(person=coordinator, name=Role.Name.COORDINATOR)
    Role.objects.create(person=sponsor, name=Role.Name.SPONSOR)
    assert administrator.account is not None
    administrator.account.is_administrator = True
    administrator.account.save()


def _pairings(scheme: Scheme, by: Person, leaders: list[Person], mentors: list[Person]) -> list[Pairing]:
    now = timezone.now()
    made = []
    for number, (leader, mentor) in enumerate(zip(leaders, mentors, strict=True)):
        pairing = Pairing(scheme=scheme, leader=leader, mentor=mentor, asked_by=by)
        pairing.asked_words, pairing.asked_at = "Would you two like to meet?", now - timedelta(days=number % 200)
        if number % 10 != 9:
            pairing.state = Pairing.State.AGREED
            pairing.agreed_at = pairing.asked_at
        made.append(pairing)
    return Pairing.objects.bulk_create(made, batch_size=500)


def _sessions(pairings: list[Pairing]) -> Session:
    """The next session of the first pair; every pair has one to come and the others behind them."""
    now = timezone.now()
    made = []
    for pairing in pairings:
        for back in range(SESSIONS):
            times = {"starts_at": now + timedelta(days=3 - 14 * back), "agreed_at": now, "changed_at": now}
            state = Session.State.HELD if back else Session.State.AGREED
            zone = {"uid": f"{uuid.uuid4()}@localhost", "time_zone": "Europe/London", "title": "Catch-up"}
            made.append(Session(pairing=pairing, state=state, **times, **zone))
    return Session.objects.bulk_create(made, batch_size=500)[0]


def _pairs_file(scheme: Scheme, by: Person, pairings: list[Pairing]) -> PairsFile:
    """A list that is read: half of its lines are here already, the rest wait for people who are not known."""
    headings, columns = ["Leader", "Mentor"], {"leader": 0, "mentor": 1}
    file = PairsFile.objects.create(
        scheme=scheme,
        made_by=by.account,
        made_at=timezone.now(),
        file_name="pairs.xlsx",
        stored_name="kept.pairs",
        state=PairsFile.State.READY,
        headings=headings,
        columns=columns,
    )
    PairsLine.objects.bulk_create(
        PairsLine(
            of=file,
            line=number,
            leader_name=f"Somebody {number}",
            mentor_name="Somebody else",
            leader=pairing.leader if number % 2 else None,
            mentor=pairing.mentor if number % 2 else None,
            outcome=PairsLine.Outcome.HERE if number % 2 else PairsLine.Outcome.UNKNOWN,
        )
        for number, pairing in enumerate(pairings[:200], start=2)
    )
    return file


def _search(scheme: Scheme, people: list[Person]) -> Run:
    """Up to 400 of the people who are in no pairing signed up, and pairs were found among them."""
    some = people[: min(400, len(people))]
    sign_everybody_up(scheme, some[: len(some) // 2], some[len(some) // 2 :])
    leaders, mentors = candidates(scheme, {})
    run = start_run(by=None, scheme=scheme, leaders=leaders, mentors=mentors)
    find(run)
    run.refresh_from_db()
    return run


def _offers(pairing: Pairing) -> None:
    now = timezone.now()
    for side in (pairing.leader, pairing.mentor):
        for days in range(OFFERS):
            TimeOffer.objects.create(
                pairing=pairing,
                offered_by=side,
                starts_at=now + timedelta(days=5 + days),
                time_zone="Europe/London",
                offered_at=now,
            )


def _import(organisation: Organisation, by: Person) -> PeopleImport:
    fields = {
        "made_by": by.account,
        "made_at": timezone.now(),
        "state": PeopleImport.State.DONE,
        "rows": 100,
        "layout": "handrail",
    }
    return PeopleImport.objects.create(organisation=organisation, file_name="people.csv", digest="0" * 64, **fields)


def _notes(world: LargeWorld) -> None:
    """Both open their vault on a device of their own, and write to each other and for themselves."""
    opened = world.vaults = {role: world.vault_of(role) for role in ("leader", "mentor")}
    begin_conversation(world.pairing)
    assert world.pairing.conversation_id is not None
    for role, vault in opened.items():
        own = OwnPairing(world.pairing, role)
        together = texts.open_conversation(vault, world.pairing.conversation_id)
        alone = texts.own_conversation(vault, f"own notes of pairing {world.pairing.pk}")
        for _number in range(NOTES // 2):
            write_note(by=own, conversation=together, text="What we agreed to try. " * 20, alone=False)
            write_note(by=own, conversation=alone, text="What I want to remember. " * 20, alone=True)


def _starting_point(world: LargeWorld) -> None:
    """The leader of the pair is through with it and shared a part; the leaders were invited."""
    leader, conversation_id = world.persons["leader"], world.pairing.conversation_id
    assert leader.account is not None
    assert conversation_id is not None
    for question in QUESTIONS:
        tapped = [one for one in question.options if one not in question.alone][: question.most]
        keep_answer(by=leader.account, vault=world.vaults["leader"], question=question, options=tapped, words="")
    share_sections(
        by=leader.account, vault=world.vaults["leader"], conversation_id=conversation_id, names=("role", "steps")
    )
    now = timezone.now()
    Invitation.objects.bulk_create(
        Invitation(scheme=world.pairing.scheme, person=one, asked_by=leader, words="Will you?", invited_at=now)
        for one in world.people[-20:]
    )


def _plan(world: LargeWorld) -> None:
    """The leader has a plan of the pair's with a few steps done, and both saw something together."""
    account, vault = world.persons["leader"].account, world.vaults["leader"]
    assert account is not None
    begin_plan(by=account, vault=vault)
    for _number in range(3):
        plan = plan_of(vault)
        do_step(by=plan, item_id=plan.sheet.todo[0].id)
    make_it_the_pairs(by=plan_of(vault), pairing=world.pairing, parts=[WITH_DONE])
    for side in ("leader", "mentor"):
        own = OwnPairing(world.pairing, side)
        note_down(by=own, vault=world.vaults[side], what=["asked_for_help", "changed_a_setting"])
    choose_note(by=account, weekday=3, hour=8)
    plan = plan_of(vault)
    world.plan, world.steps = plan.row.pk, [plan.sheet.done[0].id, plan.sheet.todo[0].id]


def _sign_ups(world: LargeWorld) -> None:
    for side, answers in (("leader", {"themes": ["voice"]}), ("mentor", {"themes": ["voice"], "how_many": 2})):
        who = world.persons[side]
        assert who.account is not None
        row = sign_up(by=who.account, scheme=world.pairing.scheme, person=who, side=side, answers=answers)
        if side == "mentor":
            agree_time(by=who.account, row=row, state="own", hours=2)


def _control(world: LargeWorld) -> None:
    """Every item of every walk-through marked and shared, and as many decisions as a page lists."""
    account, vault = world.persons["leader"].account, world.vaults["leader"]
    assert account is not None
    assert world.pairing.conversation_id is not None
    pack = walkthrough_pack()
    for one in pack.values():
        for item in one.items:
            mark_item(by=account, vault=vault, walkthrough=one, item=item, mark="done")
    share_marks(by=account, vault=vault, conversation_id=world.pairing.conversation_id, names=list(pack))
    for number in range(DECISIONS):
        paper = f"Decision {number}\n" + "We propose an AI tool and a contract with its supplier. " * 80
        world.decision_id = bring_decision(by=account, vault=vault, paper=paper)
        choose_essentials(by=account, vault=vault, decision_id=world.decision_id, chosen=["ai-1", "technology-3"])


def _traces(world: LargeWorld, by: Person, count: int) -> None:
    """What a season of use leaves in the audit trail and the post box: two events and one message a person."""
    now = timezone.now()
    shared: dict[str, Any] = {"organisation_id": world.organisation.pk}
    subjects = {
        "person.added": world.people[0],
        "pairing.asked": world.pairing,
        "session.moved": world.session,
        "scheme.changed": world.pairing.scheme,
        "organisation.created": world.organisation,
    }
    kinds = [(what, one._meta.label, one.pk) for what, one in subjects.items()]
    events = []
    for number in range(2 * count):
        what, label, pk = kinds[number % len(kinds)]
        at = now - timedelta(minutes=number)
        events.append(Event(at=at, by=by.account, what=what, subject_type=label, subject_id=str(pk), **shared))
    Event.objects.bulk_create(events, batch_size=500)
    OutboxMessage.objects.bulk_create(
        [
            OutboxMessage(
                message_id=f"<{number}@localhost>",
                kind="pairing",
                to_address=f"person{number}@large.example.org",
                to_name="Somebody",
                subject="Would you two like to meet?",
                text="One question is waiting for you.",
                state=OutboxMessage.State.HELD,
                created_at=now - timedelta(minutes=number),
                **shared,
            )
            for number in range(count)
        ],
        batch_size=500,
    )
