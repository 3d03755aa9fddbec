"""What becomes of a pairing and of its notes: what is written, what is refused, who is told."""

import pytest
from django.core.cache import cache

from handrail.capabilities.pairings import actions
from handrail.capabilities.pairings.answering.queries import answers_of
from handrail.capabilities.pairings.models import Note, Pairing, Session
from handrail.capabilities.pairings.notes import actions as notes
from handrail.capabilities.pairings.queries import OwnPairing
from handrail.foundation.access.refusal import Refused
from handrail.foundation.audit.models import Event
from handrail.foundation.vault import texts
from handrail.foundation.vault.faults import NotShared
from tests.factories.world import World, build_world
from tests.integration.nasty_forms import question_for
from tests.integration.vault_people import Browser, begins_again

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]
State = Pairing.State


@pytest.fixture
def world() -> World:
    cache.clear()
    return build_world()


@pytest.fixture
def asked(world: World) -> Pairing:
    return Pairing.objects.with_people().get(pk=question_for(world))


def test_a_question_taken_back_looks_like_any_that_is_not_taken_up(world: World, asked: Pairing) -> None:
    actions.accept_pairing(by=world.account("leader"), pairing=asked, side="leader")
    done = actions.withdraw_question(by=world.account("coordinator"), pairing=asked)
    assert (done.state, answers_of(done)) == (State.NOT_TAKEN_UP, {})
    assert not Event.objects.filter(what="pairing.not_taken_up").exists(), "a no is noted in the morning: this is too"
    assert actions.settle_noes() == 1
    noted = Event.objects.get(what="pairing.not_taken_up")
    assert noted.by is None
    with pytest.raises(Refused, match="changed in the meantime"):
        actions.withdraw_question(by=world.account("coordinator"), pairing=asked)


def test_a_question_is_taken_back_also_where_somebody_has_no_account_any_more(world: World, asked: Pairing) -> None:
    asked.mentor.account = None
    asked.mentor.save()
    assert actions.withdraw_question(by=world.account("coordinator"), pairing=asked).state == State.NOT_TAKEN_UP


def test_a_pause_calls_sessions_off_and_going_on_keeps_what_is_arranged(world: World) -> None:
    leader = world.account("leader")
    paused = actions.change_pairing(by=leader, pairing=world.pairing, state=State.PAUSED)
    assert paused.closed_at is None
    world.session.refresh_from_db()
    assert world.session.state == Session.State.CANCELLED
    going_on = actions.change_pairing(by=leader, pairing=world.pairing, state=State.AGREED)
    assert (going_on.state, going_on.closed_at) == (State.AGREED, None)
    ended = actions.change_pairing(by=leader, pairing=world.pairing, state=State.ENDED)
    assert ended.closed_at is not None
    with pytest.raises(Refused):
        actions.change_pairing(by=leader, pairing=world.pairing, state=State.AGREED)


class Two:
    """The two of the world's pairing, each at a browser where the vault opens."""

    def __init__(self, world: World) -> None:
        self.browsers = {role: Browser(world.account(role)) for role in ("leader", "mentor")}
        for browser in self.browsers.values():
            browser.begin()
        actions.begin_conversation(world.pairing)
        self.pairing = Pairing.objects.with_people().get(pk=world.pairing.pk)

    def own(self, role: str) -> OwnPairing:
        return OwnPairing(self.pairing, role)

    def together(self, role: str) -> texts.OpenConversation:
        assert self.pairing.conversation_id is not None
        return texts.open_conversation(self.browsers[role].opened(), self.pairing.conversation_id)

    def read(self, role: str, note: Note) -> str:
        return texts.read(self.together(role), Note.objects.get(pk=note.pk), "text")


def test_a_note_is_written_changed_read_by_both_and_deleted(world: World) -> None:
    two = Two(world)
    note = notes.write_note(by=two.own("leader"), conversation=two.together("leader"), text="First", alone=False)
    assert (note.author, note.own, note.changed_at) == (two.pairing.leader, False, None)
    notes.change_note(by=two.own("leader"), conversation=two.together("leader"), note=note, text="Better")
    assert two.read("mentor", note) == "Better"
    assert Note.objects.get(pk=note.pk).changed_at is not None
    notes.delete_note(by=two.own("leader"), note=note)
    assert not Note.objects.filter(pk=note.pk).exists()


def test_after_the_end_nothing_is_written_and_nothing_changed(world: World) -> None:
    two = Two(world)
    note = notes.write_note(by=two.own("mentor"), conversation=two.together("mentor"), text="Kept", alone=False)
    two.pairing.state = State.ENDED
    with pytest.raises(Refused, match="while the pairing runs"):
        notes.write_note(by=two.own("mentor"), conversation=two.together("mentor"), text="More", alone=False)
    with pytest.raises(Refused, match="while the pairing runs"):
        notes.change_note(by=two.own("mentor"), conversation=two.together("mentor"), note=note, text="Other")
    assert two.read("leader", note) == "Kept"


def test_somebody_who_begins_again_reads_once_the_other_shares_again(world: World) -> None:
    two = Two(world)
    note = notes.write_note(by=two.own("leader"), conversation=two.together("leader"), text="Before", alone=False)
    two.browsers["mentor"] = begins_again(two.browsers["mentor"])
    with pytest.raises(NotShared):
        two.together("mentor")
    assert notes.share_again(by=two.own("leader"), vault=two.browsers["leader"].opened()) > 0
    assert two.read("mentor", note) == "Before"
