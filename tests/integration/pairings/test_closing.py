"""Looking back: who reads what, what its owner makes readable, and what stays with whom when it closes."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from freezegun import freeze_time

from handrail.capabilities.pairings import actions as pairings
from handrail.capabilities.pairings import jobs
from handrail.capabilities.pairings.closing import actions, rules
from handrail.capabilities.pairings.closing.models import ClosingAnswer
from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.pairings.queries import own_pairing
from handrail.foundation import clock
from handrail.foundation.access.refusal import Refused
from tests.factories.world import build_world
from tests.integration.pairings.test_agreement import Pair

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]
State, Next = Pairing.State, Pairing.Next


@pytest.fixture
def pair() -> Pair:
    made = Pair()
    for role in ("leader", "mentor"):
        made.add(role, "pairing_notes", f"Shared by the {role}")
        made.add(role, "pairing_own_notes", f"Alone from the {role}")
    standing = Pairing.objects.with_people().get(pk=made.world.pairing.pk)
    pairings.change_pairing(by=made.world.account("mentor"), pairing=standing, state=State.ENDED)
    return made


def answer(pair: Pair, role: str, question: str, text: str) -> Any:
    return pair.clients[role].post(pair.address("closing_question", question), {"text": text}, follow=True)


def overview(pair: Pair) -> str:
    client = pair.world.client_of("coordinator")
    return client.get(pair.address("pairing_overview")).content.decode()  # type: ignore[no-any-return]


def test_who_sees_each_answer_is_said_and_holds(pair: Pair) -> None:
    page = pair.read("leader", "closing")
    assert "You and Mentor read it, nobody else." in page
    assert page.count("Only you read it") == 2
    answer(pair, "leader", "line", "")
    assert not ClosingAnswer.objects.exists()
    answer(pair, "leader", "line", "You never laughed. Thank you.")
    answer(pair, "leader", "passed_on", "The stand-up, to two heads of service")
    assert "You never laughed" in pair.read("mentor", "closing")
    assert "two heads of service" not in pair.read("mentor", "closing")
    assert "two heads of service" not in overview(pair)
    sealed = b"".join(bytes(row.text) for row in ClosingAnswer.objects.all())
    assert b"laughed" not in sealed
    answer(pair, "leader", "line", "")
    assert "You never laughed" not in pair.read("mentor", "closing")


def test_its_owner_makes_an_answer_readable_after_a_preview_and_takes_it_back(pair: Pair) -> None:
    answer(pair, "leader", "passed_on", "The stand-up, to two heads of service")
    readable = pair.address("closing_readable", "passed_on")
    assert "exactly this, with your name" in pair.clients["leader"].get(readable).content.decode()
    assert "two heads of service" not in overview(pair)
    pair.clients["leader"].post(readable)
    assert "two heads of service" in overview(pair)
    assert "because you said so" in pair.read("leader", "closing")
    answer(pair, "leader", "passed_on", "To three")
    assert "two heads" not in overview(pair), "a changed answer is previewed anew"
    pair.clients["leader"].post(readable)
    pair.clients["leader"].post(readable)
    assert "To three" not in overview(pair)
    own = own_pairing(pair.clients["leader"].get(readable).wsgi_request, pair.world.pairing.pk)
    answer(pair, "leader", "passed_on", "")
    actions.make_readable(by=own, question="passed_on", text="To three")  # from a page of before
    assert "To three" not in overview(pair)


def test_what_is_for_the_other_is_never_made_readable(pair: Pair) -> None:
    answer(pair, "leader", "line", "For you alone")
    assert pair.clients["leader"].post(pair.address("closing_readable", "line"))["Location"] == pair.address("closing")
    assert "For you alone" not in overview(pair)
    for question in ClosingAnswer.Question.values:
        if question in rules.MAY_BE_ORDINARY:
            rules.check_can_be_ordinary(question)
        else:
            with pytest.raises(Refused, match="between you two"):
                rules.check_can_be_ordinary(question)
    assert pair.clients["leader"].get(pair.address("closing_question", "none-such")).status_code == 404


def test_what_somebody_would_like_next_reaches_the_coordinator_and_mentors_are_won(pair: Pair) -> None:
    assert "A look back with Mentor" in pair.clients["leader"].get(reverse("home")).content.decode()
    sent = pair.clients["leader"].post(pair.address("closing_next"), {"answer": Next.MENTOR})
    assert sent["Location"] == reverse("sign_up_mentor")
    pair.clients["mentor"].post(pair.address("closing_next"), {"answer": Next.REST})
    shown = overview(pair)
    assert "Would like to be a mentor" in shown
    assert "No longer available for now" in shown
    assert "A look back with Mentor" not in pair.clients["leader"].get(reverse("home")).content.decode()


def test_closed_the_leader_keeps_the_shared_notes_and_the_mentor_only_their_own(pair: Pair) -> None:
    answer(pair, "mentor", "learned", "To ask first")
    pairing = Pairing.objects.get(pk=pair.world.pairing.pk)
    assert "Shared by the leader" in pair.read("mentor", "pairing_notes")
    assert actions.close_what_is_over() == 0
    with freeze_time(clock.now() + timedelta(days=31)):
        jobs.forget_closed_pairings.func()
        assert actions.close_what_is_over() == 0
        pairing.refresh_from_db()
        assert pairing.state == State.CLOSED
        for role in ("leader", "mentor"):  # a month later they sign in again
            pair.clients[role].force_login(
                pair.world.account(role), backend="handrail.capabilities.accounts.backends.AccountBackend"
            )
        for words in ("Shared by the leader", "Shared by the mentor"):
            assert words in pair.read("leader", "pairing_notes")
            assert words not in pair.read("mentor", "pairing_notes")
        assert "stay with the leader" in pair.read("mentor", "pairing_notes")
        assert "Alone from the mentor" in pair.read("mentor", "pairing_own_notes")
        assert "To ask first" in pair.read("mentor", "closing"), "what is one's own stays readable"
        for name in ("closing_next", "closing_question"):
            more = [] if name == "closing_next" else ["learned"]
            assert pair.clients["leader"].get(pair.address(name, *more)).status_code == 302


def test_two_who_never_wrote_anything_are_closed_too() -> None:
    pairing = build_world().pairing
    assert pairing.conversation_id is None
    Pairing.objects.filter(pk=pairing.pk).update(state=State.ENDED, closed_at=clock.now() - timedelta(days=31))
    assert actions.close_what_is_over() == 1
    pairing.refresh_from_db()
    assert pairing.state == State.CLOSED


def test_nobody_looks_back_before_the_end() -> None:
    running = Pairing(state=State.AGREED, leader_id=1, mentor_id=2)
    ended = Pairing(state=State.ENDED, leader_id=1, mentor_id=2)
    assert rules.can_look_back(ended, "leader")
    rules.check_can_look_back(ended, "mentor")
    for one, side, words in ((running, "leader", "in the meantime"), (ended, "", "two other people")):
        assert not rules.can_look_back(one, side)
        with pytest.raises(Refused, match=words):
            rules.check_can_look_back(one, side)
