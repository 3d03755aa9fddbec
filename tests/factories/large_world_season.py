"""What a season leaves in a large organisation: a pair that is over, conversations that were measured, a wave."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from handrail.capabilities.impact import jobs as impact_jobs
from handrail.capabilities.impact.models import Effects, KnownEvent, Plan
from handrail.capabilities.impact.own.actions import ask_for_answer
from handrail.capabilities.pairings.actions import begin_conversation, change_pairing
from handrail.capabilities.pairings.closing.actions import answer
from handrail.capabilities.pairings.models import Pairing, Report
from handrail.capabilities.pairings.notes.actions import write_note
from handrail.capabilities.pairings.notes.queries import OpenNote, conversation_of
from handrail.capabilities.pairings.plan.models import WeeklyNote
from handrail.capabilities.pairings.plan.weekly.emails import token_of
from handrail.capabilities.pairings.queries import OwnPairing
from handrail.capabilities.pairings.safeguarding.actions import report_notes
from handrail.capabilities.pairings.stories.models import Story
from handrail.capabilities.participation import jobs
from handrail.capabilities.participation.exports.actions import receive_export
from handrail.capabilities.participation.groups.actions import begin_wave, close_wave
from handrail.capabilities.participation.models import Concern, ExportLoad, Wave
from handrail.capabilities.participation.own.actions import ask_for_picture
from handrail.capabilities.schemes.preparation.models import CraftPost
from handrail.capabilities.schemes.set_up.models import Outcome
from handrail.capabilities.schemes.sign_up.models import TimeAgreement
from handrail.capabilities.schemes.sign_up.queries import digest
from handrail.capabilities.starting_point.models import Invitation
from handrail.foundation.mail.models import OutboxMessage
from handrail.foundation.vault.texts import own_conversation
from tests.factories.effects import told_effects
from tests.factories.proposals import choice_of, proposal_of

if TYPE_CHECKING:
    from tests.factories.large_world import LargeWorld

TALKING, WEEKS = 60, 20


def add_season(world: LargeWorld, over: Pairing) -> None:
    """Adds to `world`, and says in its `parts` what stands in an address for what was made."""
    _a_pair_that_is_over(world, over)
    _conversations(world)
    wave = _wave(world)
    contact, coordinator = world.persons["contact"], world.persons["coordinator"]
    assert contact.account is not None
    chosen = world.people[-3]
    world.persons["chooses"] = chosen
    world.vaults |= {role: world.vault_of(role) for role in world.persons if role not in world.vaults}
    world.persons["elsewhere"] = world.persons["over"]  # on a device that does not open it
    choice = choice_of(proposal_of(world.pairing.scheme, chosen, contact, number=99), chosen)
    post = CraftPost.objects.create(
        scheme=world.pairing.scheme,
        author=world.persons["mentor"],
        text="Begin with what works.",
        written_on=wave.ends_on,
    )
    world.parts |= {
        "choice_id": choice.pk,
        "post_id": post.pk,
        "wave_id": wave.pk,
        "measure": "messages",
        "file_kind": "html",
        "impact_plan_id": _effects(wave),
        "known_event_id": _event(wave).pk,
        "question": "passed_on",
        "pairing_id": over.pk,
        "session_id": world.session.pk,
        "scheme_id": world.pairing.scheme_id,
        "person_id": world.people[-5].pk,
        "leader_id": world.people[-5].pk,
        "mentor_id": world.people[-6].pk,
        "account_id": coordinator.account_id,
        "organisation_id": world.organisation.pk,
        "run_id": world.run.pk,
        "other_id": choice.asking.run_id,
        "choosing_id": choice.asking.run_id,
        "import_id": world.people_import.pk,
        "file_id": world.pairs_file.pk,
        "conversation_id": world.pairing.conversation_id,
        "invitation_id": Invitation.objects.latest("pk").pk,
        "message_id": OutboxMessage.objects.latest("pk").pk,
        "load_id": ExportLoad.objects.latest("pk").pk,
        "outcome_id": Outcome.objects.latest("pk").pk,
        "scheme_step": "purpose",
        "end_step": "words",
        "part_id": "power",
        "kind": "add",
        "side": "mentor",
        "does": "hide",
        "name": "button",
        "gallery_layout.name": "page",
        "kit_piece.name": "board-paper",
        "coordinator_letter.person_id": coordinator.pk,
        "pairing_report.pairing_id": world.pairing.pk,
        "conversations_share.pairing_id": world.pairing.pk,
        "mentor_time.token": _asked_of_a_manager(world),
        "organisation_word.account_id": _word_to_pass_on(world),
        "weekly_note_end.token": token_of(WeeklyNote.objects.latest("pk").pk),
    }


def _asked_of_a_manager(world: LargeWorld) -> str:
    """The secret in the link with which somebody's manager is asked for their time."""
    token = "of-a-manager"
    agreement = TimeAgreement.objects.exclude(sign_up__person=world.persons["mentor"]).earliest("pk")
    agreement.state, agreement.digest, agreement.asked_at = TimeAgreement.State.ASKED, digest(token), timezone.now()
    agreement.manager_name, agreement.manager_address = "Somebody", "somebody@large.example.org"
    agreement.save()
    return token


def _word_to_pass_on(world: LargeWorld) -> int:
    """Whose account it is for whom word about a meeting lies here, since no mail leaves."""
    person = world.people[-5]
    OutboxMessage.objects.create(
        message_id="<word@localhost>",
        kind="times",
        organisation_id=world.organisation.pk,
        recipient=person.account,
        to_name=person.name,
        subject="Times to choose from",
        text="One question is waiting for you.",
        state=OutboxMessage.State.HELD,
        created_at=timezone.now() - timedelta(days=1),
    )
    assert person.account_id is not None
    return person.account_id


def _a_pair_that_is_over(world: LargeWorld, pairing: Pairing) -> None:
    """Its leader looks back, and told a story; its mentor is the scheme's contact."""
    leader, mentor = pairing.leader, pairing.mentor
    assert leader.account is not None
    world.persons |= {"over": leader, "contact": mentor}
    world.vaults |= {role: world.vault_of(role) for role in ("over", "contact")}
    begin_conversation(pairing)
    scheme = pairing.scheme
    scheme.contact = mentor
    scheme.save()
    own = OwnPairing(pairing, "leader")
    conversation = conversation_of(world.vaults["over"], own, alone=False)
    assert conversation is not None
    note = write_note(by=own, conversation=conversation, text="Something to show to somebody.", alone=False)
    keyed = OpenNote(note.id, leader.name, True, note.written_at, False, "Something to show to somebody.")
    report_notes(by=own, contact=mentor, notes=[keyed], words="Please look at this.")
    ended = change_pairing(by=leader.account, pairing=pairing, state=Pairing.State.ENDED)
    alone = own_conversation(world.vaults["over"], f"closing of pairing {pairing.pk}")
    answer(by=OwnPairing(ended, "leader"), conversation=alone, question="passed_on", text="The stand-up.")
    Story.objects.create(scheme=scheme, person=leader, text="I ask sooner now.", named=False, approved=True)
    world.parts |= {"note_id": note.id, "report_id": Report.objects.get().pk}


def _conversations(world: LargeWorld) -> None:
    """Twenty weeks of talk among sixty people, read and measured; the leader asked for their own."""
    leader, mentor, administrator = (world.persons[role] for role in ("leader", "mentor", "administrator"))
    assert leader.account is not None
    assert administrator.account is not None
    outcome = Outcome.objects.create(
        scheme=world.pairing.scheme,
        name="Visits booked online",
        strategy_line="Services at any hour",
        measure="Visits booked online",
        review_on=timezone.localdate() + timedelta(days=90),
    )
    Concern.objects.create(outcome=outcome, topics="visits", units=[mentor.unit])
    chance = random.Random(5)
    talking = [leader, mentor, *world.people[10 : 10 + TALKING]]
    acts = ["at,source,target,kind,channel,thread,outside"]
    for week in range(WEEKS):
        day = datetime.combine(timezone.localdate() - timedelta(weeks=WEEKS - week), datetime.min.time())
        for number, one in enumerate(talking):
            thread, other = f"t{week}-{number}", chance.choice(talking)
            acts.append(f"{day.isoformat()},{one.email},,post,general,{thread},0")
            at = (day + timedelta(hours=2)).isoformat()
            acts.append(f"{at},{other.email},{one.email},reply,visits,{thread},0")
    table = SimpleUploadedFile("log.csv", "\n".join(acts).encode())
    load = receive_export(by=administrator.account, organisation=world.organisation, file=table)
    jobs.load_export.call(load_id=load.pk)
    jobs.measure_organisation.call(organisation_id=world.organisation.pk)
    picture = ask_for_picture(by=leader.account, person=leader)
    jobs.make_picture.call(picture_id=str(picture.pk))
    answer = ask_for_answer(by=leader.account, person=leader)
    impact_jobs.make_own_answer.call(answer_id=str(answer.pk))


def _effects(wave: Wave) -> int:
    """Released by the end of the wave. The id of a plan that is frozen."""
    Effects.objects.create(wave=wave, made_at=timezone.now(), released_at=timezone.now(), content=told_effects())
    plan = Plan.objects.create(
        organisation_id=wave.organisation_id,
        made_at=timezone.now(),
        state=Plan.State.FROZEN,
        outcome="replies",
        teams=4,
        weeks=26,
        turns=1,
        frozen_on=wave.ends_on,
        content={
            **dict.fromkeys(("frozen_on", "weeks", "seed", "method", "outcomes", "digest"), ""),
            "sights": [{"outcome": "replies", "units": 4, "weeks": 26, "together": 0.12, "alone": 0.4}],
            "turns": [{"unit": "Care", "wave": 1, "after": 0}],
        },
    )
    return plan.pk


def _event(wave: Wave) -> KnownEvent:
    return KnownEvent.objects.create(
        organisation_id=wave.organisation_id,
        name="Christmas",
        first_day=wave.starts_on,
        last_day=wave.starts_on + timedelta(days=9),
        stated_on=wave.ends_on,
    )


def _wave(world: LargeWorld) -> Wave:
    today, coordinator = timezone.localdate(), world.persons["coordinator"].account
    assert coordinator is not None
    wave = begin_wave(
        by=coordinator,
        organisation=world.organisation,
        name="The first",
        starts_on=today - timedelta(days=70),
        ends_on=today - timedelta(days=7),
    )
    close_wave(by=coordinator, wave=wave)
    jobs.release_wave.call(wave_id=wave.pk)
    return wave
