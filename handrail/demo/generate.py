"""Fills an empty installation with the invented organisation, by the same actions that people use."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from handrail.capabilities.pairings import actions as pairings
from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.pairings.notes import actions as notes
from handrail.capabilities.pairings.notes import queries as notes_read
from handrail.capabilities.pairings.queries import OwnPairing
from handrail.capabilities.pairings.sessions import actions as sessions
from handrail.capabilities.people import actions as people
from handrail.capabilities.people.models import Organisation, Person, Role
from handrail.capabilities.schemes.actions import start_scheme
from handrail.demo import control, matching, pacts, plans, scheme_life, sign_ups, starting_points, waves
from handrail.demo import people as invented
from handrail.foundation import clock
from handrail.foundation.vault.keys import make_for_demo


@transaction.atomic
def fill() -> Organisation:
    """The invented organisation; made once, found again afterwards."""
    earlier = Organisation.objects.filter(is_demo=True).first()
    if earlier is not None:
        return earlier
    organisation = people.create_organisation(by=None, name=invented.ORGANISATION, is_demo=True)
    persons = _people_of(organisation)
    _roles(persons)
    scheme_life.ended_before(organisation, persons)
    scheme = start_scheme(
        by=None,
        organisation=organisation,
        name=_("Ten minutes with a digital mentor"),
        purpose=_("Our leaders decide about digital services with the people who build and use them."),
        asked_by=persons[invented.CHIEF],
        contact=persons[invented.CONTACT],
    )
    make_for_demo(people.ensure_account(by=None, person=persons[invented.CONTACT]).pk)
    coordinator = persons[invented.COORDINATOR].account
    assert coordinator is not None
    waves.before_anybody_joined(organisation, coordinator)
    for leader, mentor, state in invented.PAIRINGS:
        pairing = pairings.ask_pair(
            by=coordinator,
            scheme=scheme,
            leader=persons[leader],
            mentor=persons[mentor],
            asked_by=persons[invented.CHIEF],
            words=_(
                "We moved four services online this year, and I learnt most from the people who use them every day. "
                "I ask each of you to spend ten minutes a week with one of them."
            ),
            reason_to_go_on=_("They work on different things and asked for each other."),
        )
        _take_as_far_as(pairing, state)
        for _leader, days, hour, chosen in (one for one in invented.MEETINGS if one[0] == leader):
            _meet(pairing, days=days, hour=hour, chosen=chosen)
        if (leader, mentor) == (invented.LEADER, invented.MENTOR):
            pairing.refresh_from_db()
            for side, alone, text in invented.NOTES:
                _write_note(pairing, side, text, alone=alone)
    starting_points.fill(scheme, persons)
    pacts.fill(scheme, persons)
    plans.fill(persons)
    sign_ups.fill(scheme, persons)
    scheme_life.fill(scheme, persons)
    control.fill(persons)
    matching.fill(scheme, coordinator, persons)
    return organisation


def _people_of(organisation: Organisation) -> dict[str, Person]:
    persons: dict[str, Person] = {}
    for one in invented.PEOPLE:
        persons[one.name] = people.add_person(
            by=None,
            organisation=organisation,
            name=one.name,
            email=one.email,
            job_title=one.job_title,
            unit=one.unit,
            manager=persons.get(one.manager),
            line=Person.Line.UNKNOWN if one.manager == "?" else Person.Line.KNOWN,
        )
    return persons


def _roles(persons: dict[str, Person]) -> None:
    people.give_role(by=None, person=persons[invented.COORDINATOR], role=Role.Name.COORDINATOR)
    people.give_role(by=None, person=persons[invented.SPONSOR], role=Role.Name.SPONSOR)
    people.give_role(by=None, person=persons[invented.MENTOR], role=Role.Name.EDITOR)
    administrator = people.ensure_account(by=None, person=persons[invented.ADMINISTRATOR])
    administrator.is_administrator = True
    administrator.save(update_fields=["is_administrator"])
    leader = people.ensure_account(by=None, person=persons[invented.LEADER])
    people.name_delegate(by=leader, person=persons[invented.LEADER], delegate=persons[invented.ASSISTANT])


def _take_as_far_as(pairing: Pairing, state: str) -> None:
    leader, mentor = pairing.leader.account, pairing.mentor.account
    assert leader is not None
    assert mentor is not None
    for account in (leader, mentor):
        make_for_demo(account.pk)
    if state == "not_taken_up":
        pairings.decline_pairing(by=mentor, pairing=pairing, side="mentor")
        pairings.settle_question(pairing=pairing)
    if state in ("half", "agreed", "paused"):
        pairings.accept_pairing(by=mentor, pairing=pairing, side="mentor")
    if state in ("agreed", "paused"):
        pairings.accept_pairing(by=leader, pairing=pairing, side="leader")
    if state == "paused":
        pairings.change_pairing(by=leader, pairing=pairing, state=Pairing.State.PAUSED)


def _meet(pairing: Pairing, *, days: int, hour: int, chosen: bool) -> None:
    """The leader offers a time; the mentor has chosen it, or has still to."""
    leader, mentor = pairing.leader.account, pairing.mentor.account
    assert leader is not None
    assert mentor is not None
    day = clock.today() + timedelta(days=days)
    at = datetime.combine(day, time(hour), tzinfo=ZoneInfo(settings.TIME_ZONE))
    (offer,) = sessions.offer_times(
        by=leader, pairing=pairing, side="leader", times=[at], minutes=30, zone=settings.TIME_ZONE
    )
    if chosen:
        session = sessions.choose_time(by=mentor, pairing=pairing, side="mentor", offer=offer)
        place = _("Room 2, or the usual link")
        sessions.change_place(by=mentor, session=session, side="mentor", place=place, meeting_link="")


def _write_note(pairing: Pairing, side: str, text: str, *, alone: bool) -> None:
    own = OwnPairing(pairing, side)
    assert own.me.account_id is not None
    conversation = notes_read.conversation_of(make_for_demo(own.me.account_id), own, alone=alone)
    assert conversation is not None
    notes.write_note(by=own, conversation=conversation, text=text, alone=alone)
