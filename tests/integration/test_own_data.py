"""Somebody's copy of what is held about them: whole by the registry, with nobody else's private text."""

import io
import json
import re
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from handrail.capabilities.accounts.actions import erase_account, make_letter
from handrail.capabilities.accounts.models import Account
from handrail.capabilities.impact.models import Cell, Effects, InCell, KnownEvent, OwnAnswer, Plan
from handrail.capabilities.impact.sheet import Sheet as ImpactSheet
from handrail.capabilities.impact.sheet import text_of as impact_text_of
from handrail.capabilities.pairings.busy.models import BusyCalendar, BusyTime
from handrail.capabilities.pairings.models import CalendarSettings, Note, Pairing, Report, TimeOffer
from handrail.capabilities.pairings.plan.models import SeenTogether
from handrail.capabilities.pairings.proposals.models import Asking, Why
from handrail.capabilities.pairings.spreadsheets.models import PairsFile, PairsLine
from handrail.capabilities.pairings.stories.models import Story
from handrail.capabilities.participation.actions.measuring import seal_picture
from handrail.capabilities.participation.models import (
    Counted,
    ExportLoad,
    Picture,
    SharedPicture,
    Suggestion,
    Voice,
    Wave,
)
from handrail.capabilities.participation.sheet import Sheet, text_of
from handrail.capabilities.people import actions as people
from handrail.capabilities.people.custody.models import Custodian
from handrail.capabilities.people.imports.models import Finding, PeopleImport
from handrail.capabilities.people.models import Person
from handrail.capabilities.schemes.handover.models import Cover
from handrail.capabilities.schemes.joining.models import Listed
from handrail.capabilities.schemes.matching_runs.models import Hold
from handrail.capabilities.schemes.preparation.models import CraftPost, Preparation
from handrail.capabilities.schemes.set_up.models import Outcome
from handrail.capabilities.schemes.sign_up.actions import agree_time, sign_up
from handrail.capabilities.starting_point.models import Invitation
from handrail.foundation.audit.models import Event
from handrail.foundation.keystore.models import ServerShare
from handrail.foundation.lifecycle import erasing, registry
from handrail.foundation.lifecycle.registry import Erasure, Kind, declarations
from handrail.foundation.lifecycle.subjects import rows_about
from handrail.foundation.mail.models import OutboxMessage
from handrail.foundation.vault import texts
from handrail.foundation.vault.models import CarriedForm, CustodyAnswer, CustodyRequest, CustodyShare, KeyPair, Wrapping
from tests.factories.proposals import choice_of, proposal_of
from tests.factories.world import agreed_pairing, build_world, person
from tests.integration.page_forms import form_with

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow, pytest.mark.postgres]
MINE, THEIRS, ALONE = "My words née 41c0", "Their words née 41c1", "My own words née 41c2"
OFFERED = {"themes": ["voice"]}
FOR_BOTH, FOR_ME = "My line for two née 41c4", "My line for me née 41c5"
STARTED = "My start née 41c3"
LOOK_BACK, THEIR_THANKS = "I passed on née 41c6", "Thank you née 41c7"
GOAL, THEIR_LINE = "A goal née 41c4", "A line née 41c5"
BROUGHT = "My decision née 41c6"
NOT_MINE = ("Not mine née 90f1", "Not mine née 90f2", "Not mine née 90f3", "Not mine née 90f4")


class Full:
    """The leader of the small world, with a row in every table that can be about somebody."""

    def __init__(self) -> None:
        self.world = world = build_world()
        self.account = world.account("leader")
        self.clients = {}
        for role in ("leader", "mentor", "outsider", "editor"):
            self.clients[role] = world.client_of(role)
            form_with(self.clients[role].get("/account/private/open/"), "device").send(self.clients[role], device="own")
        self._write()
        self._start()
        self._plan()
        self._library_rows()
        self._rows()

    def _write(self) -> None:
        here = f"/pairings/{self.world.pairing.pk}/notes/"
        for role, path, words in (
            ("leader", here, MINE),
            ("mentor", here, THEIRS),
            ("leader", here + "own/", ALONE),
            ("mentor", here + "own/", NOT_MINE[0]),
        ):
            sent = form_with(self.clients[role].get(path), "text").send(self.clients[role], text=words)
            assert sent.status_code == 302
        settle = f"/pairings/{self.world.pairing.pk}/"
        for role, path, sent in (
            ("leader", "agreement/terms/told/", {"answer": "nothing"}),
            ("mentor", "agreement/terms/told/", {"answer": "meeting"}),
            ("leader", "goals/", {"text": GOAL}),
            ("mentor", "agenda/", {"text": THEIR_LINE}),
        ):
            assert self.clients[role].post(settle + path, sent).status_code == 302
        Pairing.objects.filter(pk=self.world.pairing.pk).update(state="ended", closed_at=timezone.now())
        for role, question, text in (
            ("leader", "passed_on", LOOK_BACK),
            ("mentor", "line", THEIR_THANKS),
            ("mentor", "learned", NOT_MINE[0]),
        ):
            assert self.clients[role].post(f"{settle}closing/{question}/", {"text": text}).status_code == 302
        Pairing.objects.filter(pk=self.world.pairing.pk).update(state="agreed", closed_at=None)
        persons = {
            **self.world.persons,
            "leader": self.world.persons["outsider"],
            "mentor": self.world.persons["editor"],
        }
        Person.objects.filter(name__in=["Outsider", "Editor"]).update(line=Person.Line.KNOWN)
        other = agreed_pairing(self.world.organisation, persons)
        other.reason_to_go_on = NOT_MINE[1]
        other.save()
        there = f"/pairings/{other.pk}/notes/"
        form_with(self.clients["editor"].get(there), "text").send(self.clients["editor"], text=NOT_MINE[2])

    def _start(self) -> None:
        """The leader's starting point: some answers, a part shared, a word made ordinary; and an invitation."""
        client, here = self.clients["leader"], "/starting-point/"
        for question in ("role_goal", "audience", "team", "worries"):
            page = client.get(f"{here}question/{question}/")
            assert form_with(page, "words").send(client, words=f"{STARTED} {question}").status_code == 302
        assert client.post("/walk-throughs/who-sees-what/do/phone/", {"mark": "done"}).status_code == 302
        assert client.post("/walk-throughs/share/", {"names": ["who-sees-what"], "does": "share"}).status_code == 302
        brought = client.post("/decisions/", {"paper": f"{BROUGHT}\nA supplier."})["Location"]
        assert client.post(brought, {"offered": ["technology-3"]}).status_code == 302
        for path, sent in (
            ("share/", {"sections": ["role"], "lines-role": ["role_goal", "audience"], "does": "share"}),
            ("words/", {"own": "care", "does": "write"}),
        ):
            assert client.post(here + path, sent).status_code == 302
        me = self.world.persons["leader"]
        Invitation.objects.create(
            scheme=self.world.pairing.scheme, person=me, asked_by=me, words="Will you?", invited_at=timezone.now()
        )

    def _plan(self) -> None:
        """The leader's plan, made the pair's with what the mentor may read; a line kept alone; and what both saw."""
        client, pairing = self.clients["leader"], self.world.pairing.pk
        here = client.post("/plan/begin/")["Location"]
        client.post(here, {"does": "done"})
        client.post(here, {"line": FOR_BOTH})
        client.post("/plan/share/", {"pairing": pairing, "parts": ["done", "lines"]})
        steps = re.findall(r'href="(/plan/[^"]*/step/[^"]*)"', client.get("/plan/").content.decode())
        other = next(one for one in steps if one != here)
        client.post(other, {"does": "done"})
        client.post(other, {"line": FOR_ME})
        client.post("/plan/note/hour/?day=2", {"hour": "8"})
        for role, seen in (("leader", "asked_for_help"), ("mentor", "changed_a_setting")):
            assert self.clients[role].post(f"/pairings/{pairing}/seen-together/", {"what": [seen]}).status_code == 302

    def _library_rows(self) -> None:
        address = EmailAddress.objects.create(user=self.account, email="me@example.org")
        EmailConfirmation.objects.create(email_address=address, key="k" * 20)
        Authenticator.objects.create(user=self.account, type="totp", data={"secret": NOT_MINE[0]})
        UserSession.objects.create(user=self.account, ip="127.0.0.1", session_key="s" * 20, data={})
        social = SocialAccount.objects.create(user=self.account, provider="organisation", uid="7")
        SocialToken.objects.create(account=social, token="t")

    def _rows(self) -> None:
        world, me, now = self.world, self.world.persons["leader"], timezone.now()
        make_letter(by=world.account("coordinator"), account=self.account)
        make_letter(by=self.account, account=world.account("sponsor"))
        people.give_role(by=self.account, person=me, role="editor")
        people.name_delegate(by=self.account, person=me, delegate=world.persons["sponsor"])
        people.name_delegate(by=world.account("sponsor"), person=world.persons["sponsor"], delegate=me)
        Pairing.objects.filter(pk=world.pairing.pk).update(asked_by=me, reason_to_go_on="They are not in one line.")
        Pairing.objects.create(
            scheme=world.pairing.scheme, leader=world.persons["mentor"], mentor=me, asked_at=now, asked_words="Again?"
        )
        world.pairing.scheme.asked_by = world.pairing.scheme.contact = me
        world.pairing.scheme.save()
        TimeOffer.objects.create(
            pairing=world.pairing, offered_by=me, starts_at=now, time_zone="Europe/London", offered_at=now
        )
        session = world.session
        session.pk, session.uid, session.pairing = None, "another", Pairing.objects.latest("pk")
        session.save()
        CalendarSettings.objects.create(account=self.account, title="Tea")
        connected = BusyCalendar.objects.create(account=self.account, address=b"sealed", connected_at=now)
        BusyTime.objects.create(calendar=connected, starts_at=now, ends_at=now)
        for_contact = texts.conversation_for(subject="report", reader=self.account.pk)
        report = Report(contact=self.account, conversation_id=for_contact.id, made_on=now.date())
        texts.write(for_contact, report, text=NOT_MINE[3])
        report.save(force_insert=True)
        seen = SeenTogether(pairing=Pairing.objects.latest("pk"), conversation_id=for_contact.id)
        texts.write(for_contact, seen, sheet="[]")
        seen.save(force_insert=True)
        pair, other = KeyPair.objects.get(account=self.account), KeyPair.objects.get(account=world.account("mentor"))
        Custodian.objects.create(organisation=world.organisation, person=me)
        share = CustodyShare.objects.create(key_pair=pair, holder=other, organisation_id=1, number=1)
        CustodyShare.objects.create(key_pair=other, holder=pair, organisation_id=1, number=1)
        asked = CustodyRequest.objects.create(key_pair=pair, asked_at=now, expires_at=now + timedelta(days=1))
        CustodyAnswer.objects.create(request=asked, share=share, given_at=now)
        CarriedForm.objects.create(account=self.account, sealed=b"x", expires_at=now + timedelta(hours=1))
        offer = sign_up(by=self.account, scheme=world.pairing.scheme, person=me, side="mentor", answers=OFFERED)
        agree_time(by=self.account, row=offer, state="asked", hours=1, name="Top", address="top@example.org")
        review = {"review_on": now.date(), "name": "Visits", "strategy_line": "3", "measure": "booked online"}
        Outcome.objects.create(scheme=world.pairing.scheme, owner=me, **review)
        Listed.objects.create(scheme=world.pairing.scheme, person=me, side="leader")
        Preparation.objects.create(person=me, reached=2)
        Story.objects.create(scheme=world.pairing.scheme, person=me, text="I ask more.", approved=True)
        CraftPost.objects.create(scheme=world.pairing.scheme, author=me, text="I ask first.", written_on=now.date())
        colleague = world.persons["sponsor"]
        Cover.objects.create(person=me, colleague=colleague, from_on=now.date(), until_on=now.date())
        Cover.objects.create(person=colleague, colleague=me, from_on=now.date(), until_on=now.date())
        run = proposal_of(world.pairing.scheme, me, world.persons["mentor"], number=2)
        run.made_by = run.checker = self.account
        run.save()
        Hold.objects.create(run=run, leader=me, mentor=world.persons["mentor"], kind=Hold.Kind.APART)
        choice = choice_of(run, me, me)
        Asking.objects.filter(pk=choice.asking_id).update(made_by=self.account, asked_by=me)
        again = proposal_of(world.pairing.scheme, world.persons["mentor"], me, number=3)
        Hold.objects.create(run=again, leader=world.persons["mentor"], mentor=me, kind=Hold.Kind.APART)
        for pairing in Pairing.objects.filter(scheme=world.pairing.scheme):
            Why.objects.create(pairing=pairing, reasons={"themes": ["voice"]})
        load = PeopleImport.objects.create(
            organisation=world.organisation, made_by=self.account, made_at=now, file_name="people.csv", digest="0"
        )
        Finding.objects.create(of=load, kind="missing", person=me)
        listed = PairsFile.objects.create(scheme=world.pairing.scheme, made_by=self.account, made_at=now)
        for line, (leads, mentors) in enumerate([(me, world.persons["mentor"]), (world.persons["mentor"], me)]):
            PairsLine.objects.create(of=listed, line=line, leader=leads, mentor=mentors, outcome="here")
        self._talk()

    def _talk(self) -> None:
        """An export the leader brought, who they are in it, what their own came to, and what of it was shown."""
        world, me, now = self.world, self.world.persons["leader"], timezone.now()
        ExportLoad.objects.create(organisation=world.organisation, made_by=self.account, made_at=now, file_name="x.zip")
        voice = Voice.objects.create(organisation=world.organisation, number=0, mark="0", person=me)
        Suggestion.objects.create(voice=voice, person=me, called="lee", made_at=now)
        picture = Picture.objects.create(account=self.account, person=me, asked_on=now.date())
        seal_picture(picture, Sheet(None))
        for_me = texts.conversation_for(subject="shown", reader=self.account.pk)
        shown = SharedPicture(
            account=self.account, pairing=world.pairing, conversation_id=for_me.id, shared_on=now.date()
        )
        texts.write(for_me, shown, sheet=text_of(Sheet(None)))
        shown.save(force_insert=True)
        closed = Wave.objects.create(
            organisation=world.organisation, name="Summer", starts_on=now, ends_on=now, closed_by=self.account
        )
        Counted.objects.create(release=world.wave.release, group=0, person=me)
        self._effects(closed)

    def _effects(self, wave: Wave) -> None:
        """What came of the leader's taking part, a plan and a release they made, and whom they are told with."""
        me, now = self.world.persons["leader"], timezone.now()
        for_me = texts.conversation_for(subject="impact", reader=self.account.pk)
        answer = OwnAnswer(account=self.account, person=me, conversation_id=for_me.id, asked_on=now.date())
        texts.write(for_me, answer, sheet=impact_text_of(ImpactSheet("no_start")))
        answer.save(force_insert=True)
        made: dict[str, Any] = {"made_by": self.account, "made_at": now}
        Plan.objects.create(organisation=me.organisation, outcome="messages", teams=9, weeks=9, turns=3, **made)
        Effects.objects.create(wave=wave, **made)
        on = {"first_day": now.date(), "last_day": now.date(), "stated_on": now.date()}
        KnownEvent.objects.create(organisation=me.organisation, name="Strike", made_by=self.account, **on)
        cell = Cell.objects.create(organisation=me.organisation, names=["in spring"], of=10, made_at=now)
        InCell.objects.create(cell=cell, person=me)


@pytest.fixture
def full() -> Full:
    return Full()


def taken(client: Client) -> tuple[dict[str, Any], bytes]:
    """The file for programs, and everything in the archive."""
    answer = form_with(client.get("/account/data/"), "csrfmiddlewaretoken").send(client)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/zip"
    assert "no-store" in answer["Cache-Control"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist())
        return json.loads(archive.read("your-data.json")), whole


def test_every_declared_field_of_a_person_is_in_the_file_or_listed_as_left_out(full: Full) -> None:
    held, whole = taken(full.clients["leader"])
    Event.objects.filter(what="account.data_taken").delete()  # noted after the file was made
    listed = {(one["table"], name) for one in held["held_and_not_in_this_file"] for name in one["fields"]}
    absent = []
    for one in declarations():
        for lookup in one.subjects:
            rows = list(
                rows_about(one, full.account.pk).filter(**{lookup: full.account.pk}).values_list("pk", flat=True)
            )
            if not rows:
                absent.append(f"this world has no row of {one.model} by {lookup}: add one to Full")
            if not one.exported:
                absent += [
                    f"{one.model}.{name} is not listed" for name in one.fields if (one.model, name) not in listed
                ]
                continue
            given = {row["id"]: row for row in held["held"].get(one.model, {"rows": []})["rows"]}
            absent += [
                f"{one.model}.{name} of row {pk}"
                for pk in rows
                for name in one.fields
                if name not in given.get(str(pk), {})
            ]
    assert absent == []
    texts_given = [row["text"] for row in held["held"]["pairings.Note"]["rows"]]
    assert sorted(texts_given) == sorted([MINE, THEIRS, ALONE])
    assert [row["text"] for row in held["held"]["agreement.Terms"]["rows"]] == ['{"told": "nothing"}'], "mine alone"
    assert {row["text"] for row in held["held"]["agreement.Line"]["rows"]} == {GOAL, THEIR_LINE}
    assert {row["text"] for row in held["held"]["closing.ClosingAnswer"]["rows"]} == {LOOK_BACK, THEIR_THANKS}
    (sheet,) = held["held"]["starting_point.StartingPoint"]["rows"]
    assert sheet["sheet"].count(STARTED) == 4
    (copy,) = held["held"]["starting_point.SharedCopy"]["rows"]
    assert copy["sections"].count(STARTED) == 2, "the part that was shared, and no other"
    for table, words in (
        ("plan.Plan", FOR_BOTH),
        ("plan.KeptAlone", FOR_ME),
        ("plan.SeenTogether", "Changed a setting"),
    ):
        assert any(words in row["sheet"] for row in held["held"][table]["rows"]), table
    assert FOR_ME not in held["held"]["plan.Plan"]["rows"][0]["sheet"]
    (marks,) = held["held"]["walkthroughs.Marks"]["rows"]
    assert "See what your phone shares: Done" in marks["sheet"]
    (shown,) = held["held"]["walkthroughs.SharedMarks"]["rows"]
    assert "See what your phone shares: Done" in shown["sections"]
    (brought,) = held["held"]["decisions.Decision"]["rows"]
    assert BROUGHT in brought["paper"]
    assert "How would we leave this supplier, and at what cost?" in brought["heading"]
    assert MINE.encode() in whole.replace(json.dumps(MINE).encode(), b"", 1), "on the page to read, too"


def test_nothing_that_others_keep_to_themselves_is_in_the_file(full: Full) -> None:
    _held, whole = taken(full.clients["leader"])
    strangers = [full.world.account(role).email for role in ("outsider", "editor", "foreign_coordinator")]
    assert [words for words in (*NOT_MINE, *strangers) if str(words).encode() in whole] == []
    _held, whole = taken(full.clients["mentor"])
    assert ALONE.encode() not in whole
    assert FOR_ME.encode() not in whole
    assert FOR_BOTH.encode() in whole
    assert NOT_MINE[0].encode() in whole


def test_a_closed_space_is_asked_for_first_and_the_file_says_what_is_left_out(full: Full) -> None:
    client = full.world.client_of("leader")
    page = client.get("/account/data/").content.decode()
    assert "Take it without what is sealed" in page
    assert "/account/private/open/?next=/account/data/" in page
    held, whole = taken(client)
    assert [row["could_not_be_opened"] for row in held["held"]["pairings.Note"]["rows"]] == [["text"], ["text"]]
    assert "was not open" in held["not_in_this_file"][0]
    assert MINE.encode() not in whole
    assert b"Sealed, and not opened for this file" in whole
    assert [event.detail for event in Event.objects.filter(what="account.data_taken")] == [{"private_text": False}]


def test_what_a_lost_key_closed_is_said(full: Full) -> None:
    fresh = full.world.client_of("leader")
    form_with(fresh.get("/account/private/lost/"), "device").send(fresh, understood="on", device="own")
    held, _whole = taken(fresh)
    assert "a key that you no longer have" in held["not_in_this_file"][0]
    assert {row["text"] for row in held["held"]["pairings.Note"]["rows"]} == {None}


def test_nobody_without_an_organisation_meets_a_fault(client: Client) -> None:
    alone = Account.objects.create_account(name="Nobody's", email="alone@example.org")
    client.force_login(alone)
    held, _whole = taken(client)
    assert held["held"]["accounts.Account"]["rows"][0]["email"] == "alone@example.org"


def test_a_field_of_bytes_is_never_exported_as_it_is() -> None:
    wrong = [
        f"{one.model}.{name}"
        for one in declarations()
        if one.exported and one.kind != Kind.PRIVATE
        for name in one.fields
        if isinstance(registry.apps.get_model(one.model)._meta.get_field(name), registry.models.BinaryField)
    ]
    assert wrong == []


def test_erasing_somebody_leaves_no_row_about_them(full: Full, django_capture_on_commit_callbacks: Any) -> None:
    before = {one: list(rows_about(one, full.account.pk)) for one in declarations() if one.subject}
    number = full.account.pk
    with django_capture_on_commit_callbacks(execute=True):
        erase_account(account=full.account)
    assert all(before.values())
    assert [one.model for one in before if rows_about(one, number).exists() and one.erasure != Erasure.KEEP] == []
    assert Person.objects.filter(name="Mentor").exists()
    assert Event.objects.filter(what="person.added").exists()


def test_an_erased_person_is_absent_after_an_older_backup_is_restored(
    full: Full, django_capture_on_commit_callbacks: Any
) -> None:
    """The rows as an older backup holds them are put back under the database; then the ledger is replayed."""
    from django.core import serializers

    number, person_id = full.account.pk, full.world.persons["leader"].pk
    about = [KeyPair, Wrapping, ServerShare, Account, Person, OutboxMessage, CalendarSettings]
    older = [
        copy
        for model in about
        for copy in serializers.deserialize("python", serializers.serialize("python", model._base_manager.all()))
    ]
    with django_capture_on_commit_callbacks(execute=True):
        erase_account(account=full.account)
    entries = erasing.ledger()
    for copy in older:
        copy.save()
    assert Account.objects.filter(pk=number).exists()
    assert Person.objects.filter(pk=person_id).exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert erasing.erase_again(entries) == [number]
    for one in declarations():
        assert not rows_about(one, number).exists(), one.model
    assert not Person.objects.filter(pk=person_id).exists()
    assert erasing.erase_again(entries) == []


def test_somebody_new_with_an_old_number_stays() -> None:
    new = person(people.create_organisation(by=None, name="Here"), "New")
    assert new.account_id is not None
    assert erasing.erase_again([(new.account_id, timezone.now() - timedelta(days=1))]) == []
    assert Account.objects.filter(pk=new.account_id).exists()


def test_a_reader_that_is_missing_is_noticed(full: Full, monkeypatch: pytest.MonkeyPatch) -> None:
    from handrail.foundation.lifecycle import own_data

    monkeypatch.setattr(own_data, "private_readers", dict)
    held, _whole = taken(full.clients["leader"])
    assert "Some texts are sealed" in held["not_in_this_file"][0]
    assert Note.objects.count() == 5
    assert texts.Conversation.objects.exists()
