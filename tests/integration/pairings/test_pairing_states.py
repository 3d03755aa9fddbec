"""Every state of a pairing, reached and left by what people do; and what settles itself."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.urls import reverse
from freezegun import freeze_time

from handrail.capabilities.pairings import actions, jobs, rules
from handrail.capabilities.pairings.answering.queries import answers_of
from handrail.capabilities.pairings.models import Pairing, Session
from handrail.capabilities.pairings.sessions import actions as sessions
from handrail.capabilities.schemes.sign_up.models import SignUp
from handrail.foundation import clock
from handrail.foundation.access.refusal import Refused
from handrail.foundation.mail.models import OutboxMessage
from tests.factories.world import World, build_world, person
from tests.integration.nasty_forms import question_for
from tests.integration.page_forms import forms_of

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]
State = Pairing.State


@pytest.fixture
def world() -> World:
    cache.clear()
    return build_world()


@pytest.fixture
def asked(world: World) -> Pairing:
    return Pairing.objects.with_people().get(pk=question_for(world))


def proposal(world: World) -> Pairing:
    mentor = person(world.organisation, "Third mentor")
    leader, by = world.persons["leader"], world.account("coordinator")
    return actions.propose_pair(by=by, scheme=world.pairing.scheme, leader=leader, mentor=mentor)


def ask(world: World, pairing: Pairing) -> Pairing:
    return actions.ask_pair(
        by=world.account("coordinator"),
        scheme=pairing.scheme,
        leader=pairing.leader,
        mentor=pairing.mentor,
        asked_by=world.persons["coordinator"],
        words="You two?",
        reason_to_go_on="They know each other",
    )


def test_a_proposal_is_unknown_to_the_two_until_they_are_asked(world: World) -> None:
    made = proposal(world)
    page = reverse("pairing", args=[made.pk])
    assert made.state == State.PROPOSED
    assert world.client_of("leader").get(page).status_code == 404
    assert "Third mentor" not in world.client_of("leader").get(reverse("home")).content.decode()
    assert not OutboxMessage.objects.filter(to_name="Third mentor", kind="asked").exists()
    done = ask(world, made)
    assert (done.pk, done.state) == (made.pk, State.ASKED)
    assert world.client_of("leader").get(page).status_code == 302
    assert OutboxMessage.objects.filter(to_name="Third mentor", kind="asked").count() == 1


def test_two_coordinators_who_propose_or_ask_the_same_two_double_nothing(world: World) -> None:
    made = proposal(world)
    again = actions.propose_pair(
        by=world.account("sponsor"), scheme=made.scheme, leader=made.leader, mentor=made.mentor
    )
    assert again.pk == made.pk
    ask(world, made)
    with pytest.raises(Refused, match="Nothing was sent twice"):
        ask(world, made)
    assert OutboxMessage.objects.filter(to_name="Third mentor", kind="asked").count() == 1
    page = reverse("pairing_ask", args=[made.leader_id, made.mentor_id])
    told = world.client_of("coordinator").get(page, follow=True).content.decode()
    assert "Coordinator asked Leader and Third mentor on" in told
    assert "Nothing was sent twice." in told


def test_the_second_of_two_in_the_same_moment_is_told_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    made = ask(world, proposal(world))
    monkeypatch.setattr(actions.queries, "open_pairing_of", lambda *_people: None)
    with pytest.raises(Refused, match="asked a moment ago"):
        ask(world, made)
    assert Pairing.objects.filter(leader=made.leader, mentor=made.mentor).count() == 1


def test_a_proposal_is_kept_asked_or_put_aside_from_the_coordinators_pages(world: World) -> None:
    coordinator = world.client_of("coordinator")
    mentor = person(world.organisation, "Fourth mentor")
    here = reverse("pairing_ask", args=[world.persons["leader"].pk, mentor.pk])
    keep = [form for form in forms_of(coordinator.get(here)) if form.address.endswith("/propose/")]
    assert (
        "Neither of the two is told" in coordinator.post(keep[0].address, keep[0].fields, follow=True).content.decode()
    )
    made = Pairing.objects.get(mentor=mentor)
    overview = coordinator.get(reverse("pairing_overview", args=[made.pk]))
    assert "Proposed, not asked yet" in overview.content.decode()
    aside = [form for form in forms_of(overview) if form.address.endswith("/put-aside/")]
    assert "has heard of it" in coordinator.post(aside[0].address, aside[0].fields, follow=True).content.decode()
    assert not Pairing.objects.filter(pk=made.pk).exists()
    late = reverse("pairing_put_aside", args=[world.pairing.pk])
    assert "asked in the meantime" in coordinator.post(late, follow=True).content.decode()
    wrong = reverse("pairing_propose", args=[mentor.pk, mentor.pk])
    assert "two different people" in coordinator.post(wrong, follow=True).content.decode()


def test_the_column_never_holds_what_follows_from_another(world: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Pairing.objects.filter(pk=world.pairing.pk).update(state=State.MET)


def test_held_makes_them_met_and_a_correction_takes_it_back(world: World) -> None:
    with freeze_time(world.session.starts_at + timedelta(hours=1)):
        for state, stands in ((Session.State.HELD, State.MET), (Session.State.MISSED, State.AGREED)):
            sessions.settle_session(
                by=world.account("leader"), session=world.session, side="leader", is_delegate=False, state=state
            )
            pairing = Pairing.objects.get(pk=world.pairing.pk)
            assert rules.standing(pairing) == stands


def test_where_somebody_has_left_questions_cancel_themselves_and_pairings_end(world: World, asked: Pairing) -> None:
    proposed = proposal(world)
    actions.accept_pairing(by=world.account("leader"), pairing=asked, side="leader")
    leader = world.persons["leader"]
    leader.left_on = clock.today()
    leader.save()
    jobs.settle_what_cannot_go_on.func()
    assert not Pairing.objects.filter(pk=proposed.pk).exists()
    asked.refresh_from_db()
    assert (asked.state, answers_of(asked)) == (State.CANCELLED, {})
    assert rules.state_in_words(asked) == "Not taken up"
    world.pairing.refresh_from_db()
    assert world.pairing.state == State.ENDED
    world.session.refresh_from_db()
    assert world.session.state == Session.State.CANCELLED
    told = OutboxMessage.objects.filter(kind="changed").latest("pk")
    assert told.to_name == "Mentor"
    assert "no longer available" in told.text
    assert actions.settle_what_cannot_go_on() == 0


@pytest.mark.parametrize(("wants", "goes_on"), [(1, False), (3, True), (None, True)])
def test_what_a_mentor_has_no_room_for_cancels_itself(world: World, wants: int | None, goes_on: bool) -> None:
    """The mentor of the world has one leader; a second and a third are asked for."""
    mentor = world.persons["mentor"]
    SignUp.objects.filter(person=mentor).delete()
    if wants is not None:
        scheme = world.pairing.scheme
        SignUp.objects.create(scheme=scheme, person=mentor, side="mentor", how_many=wants, signed_up_at=clock.now())
    second, third = (
        actions.ask_pair(
            by=world.account("coordinator"),
            scheme=world.pairing.scheme,
            leader=person(world.organisation, name),
            mentor=mentor,
            asked_by=None,
            words="You two?",
            reason_to_go_on="They know each other",
        )
        for name in ("Second leader", "Third leader")
    )
    for side, one in (("leader", second.leader), ("mentor", mentor)):
        assert one.account is not None
        actions.accept_pairing(by=one.account, pairing=second, side=side)
    third.refresh_from_db()
    assert third.state == (State.ASKED if goes_on else State.CANCELLED)
    jobs.settle_noes.func()
    told = OutboxMessage.objects.filter(kind="not_taken_up", to_name="Third leader")
    assert told.exists() != goes_on


def test_a_yes_to_somebody_who_has_left_is_kindly_refused(world: World, asked: Pairing) -> None:
    mentor = asked.mentor
    mentor.left_on = clock.today()
    mentor.save()
    client = world.client_of("leader")
    page = reverse("pairing_answer", args=[asked.pk])
    assert "can no longer go ahead" in client.post(page, {"answer": "accept"}, follow=True).content.decode()
    with pytest.raises(Refused, match="no longer go ahead"):
        actions.accept_pairing(
            by=world.account("leader"), pairing=Pairing.objects.with_people().get(pk=asked.pk), side="leader"
        )
