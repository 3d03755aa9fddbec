"""What the two settle with each other, through the pages: each for themselves, the more protective applies."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from handrail.capabilities.pairings import actions as pairings
from handrail.capabilities.pairings.agreement import rules
from handrail.capabilities.pairings.agreement.models import Line, Terms
from handrail.capabilities.pairings.models import Pairing
from tests.factories.world import World, build_world
from tests.integration.page_forms import form_with, forms_of

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]


class Pair:
    def __init__(self) -> None:
        cache.clear()
        self.world: World = build_world()
        self.clients: dict[str, Client] = {}
        for role in ("leader", "mentor"):
            self.clients[role] = self.world.client_of(role)
            form_with(self.clients[role].get(reverse("safe_open")), "device").send(self.clients[role], device="own")

    def address(self, name: str, *more: Any) -> str:
        return reverse(name, args=[self.world.pairing.pk, *more])

    def read(self, role: str, name: str, *more: Any) -> str:
        return self.clients[role].get(self.address(name, *more)).content.decode()  # type: ignore[no-any-return]

    def choose(self, role: str, place: int) -> None:
        for question, answers in rules.TERMS.items():
            page = self.address("agreement_term", question)
            assert self.clients[role].post(page, {"answer": answers[place]}).status_code == 302

    def add(self, role: str, name: str, text: str) -> Any:
        return self.clients[role].post(self.address(name), {"text": text}, follow=True)


@pytest.fixture
def pair() -> Pair:
    return Pair()


def test_each_chooses_alone_and_the_more_protective_applies(pair: Pair) -> None:
    leader = pair.clients["leader"]
    assert "Four questions to tap" in pair.read("leader", "agreement")
    first = leader.post(pair.address("agreement_term", "told"), {"answer": "lessons"})
    assert first["Location"] == pair.address("agreement_term", "between")
    pair.choose("leader", 0)
    waiting = pair.read("leader", "agreement")
    assert "What applies stands here once Mentor has, too" in waiting
    assert "What we learned, without names" not in pair.read("mentor", "agreement"), "the other's choice stays theirs"
    pair.choose("mentor", -1)
    for role in ("leader", "mentor"):
        applies = pair.read(role, "agreement").partition("What applies")[2].partition("What you chose")[0]
        assert "Nothing, where we can help it" in applies
        assert "Once a month" in applies
        assert "What we learned, without names" not in applies
    assert b"sessions_only" not in b"".join(bytes(row.text) for row in Terms.objects.all())
    assert "Agree how you work" in pair.read("leader", "pairing")


def test_what_the_scheme_says_stands_before_the_choice(pair: Pair) -> None:
    assert "never holds a password" in pair.read("mentor", "agreement"), "the usual words, where none were settled"
    step = reverse("scheme_step", args=[pair.world.pairing.scheme_id, "agreement"])
    pair.world.client_of("coordinator").post(step, {"pairs_agree": "We say so when we are late."})
    page = pair.read("leader", "agreement")
    assert page.index("We say so when we are late.") < page.index("Four questions to tap")
    assert "never holds a password" not in page
    for role, place in (("leader", 0), ("mentor", -1)):
        pair.choose(role, place)
    settled = pair.read("leader", "agreement")
    assert "We say so when we are late." in settled
    assert "Nothing, where we can help it" in settled.partition("What applies")[2], "more protective still applies"


def test_an_answer_that_is_none_is_asked_again(pair: Pair) -> None:
    page = pair.clients["leader"].post(pair.address("agreement_term", "told"), {"answer": "everything"})
    assert page.status_code == 200
    assert "Please choose one of these" in page.content.decode()
    assert pair.clients["leader"].get(pair.address("agreement_term", "none-such")).status_code == 404
    assert not Terms.objects.exists()


@pytest.mark.parametrize(("name", "most"), [("agreement_goals", 5), ("agreement_agenda", 12)])
def test_lines_are_written_read_by_both_and_taken_away_by_either(pair: Pair, name: str, most: int) -> None:
    assert "Write a word or two first" in pair.add("leader", name, " ").content.decode()
    pair.add("leader", name, "Ask what the board reads")
    assert "Ask what the board reads" in pair.read("mentor", name)
    for number in range(most - 1):
        pair.add("mentor", name, f"Line {number}")
    assert "That is plenty for two people" in pair.add("mentor", name, "One more").content.decode()
    away = [form for form in forms_of(pair.clients["mentor"].get(pair.address(name))) if "/away/" in form.address]
    away[0].send(pair.clients["mentor"])
    assert "Ask what the board reads" not in pair.read("leader", name)
    assert Line.objects.count() == most - 1


def test_nothing_is_settled_any_more_after_the_end(pair: Pair) -> None:
    pair.choose("leader", 1)
    pair.add("leader", "agreement_goals", "A goal to keep")
    line = Line.objects.get()
    ended = Pairing.objects.with_people().get(pk=pair.world.pairing.pk)
    pairings.change_pairing(by=pair.world.account("leader"), pairing=ended, state=Pairing.State.ENDED)
    assert "A goal to keep" in pair.read("leader", "agreement")
    assert "Add it" not in pair.read("leader", "agreement_goals")
    term = pair.clients["leader"].get(pair.address("agreement_term", "told"))
    assert term["Location"] == pair.address("agreement")
    away = pair.clients["leader"].post(pair.address("agreement_goal_away", line.pk), follow=True)
    assert "while the pairing runs" in away.content.decode()
    assert Line.objects.filter(pk=line.pk).exists()


def test_before_the_first_note_it_says_what_could_reach_it(pair: Pair) -> None:
    assert "Before the first note" in pair.read("leader", "pairing_notes")
    form_with(pair.clients["leader"].get(pair.address("pairing_notes")), "text").send(
        pair.clients["leader"], text="One"
    )
    assert "Before the first note" not in pair.read("leader", "pairing_notes")
    assert "A request for information" in pair.read("leader", "agreement_reach")


def test_whoever_began_again_sees_what_opens_for_them(pair: Pair) -> None:
    pair.choose("leader", 0)
    pair.add("leader", "agreement_agenda", "From before")
    pair.clients["mentor"] = fresh = pair.world.client_of("mentor")
    form_with(fresh.get("/account/private/lost/"), "device").send(fresh, understood="on", device="own")
    assert "Not open yet" in pair.read("mentor", "agreement_agenda")
    assert "From before" not in pair.read("mentor", "agreement_agenda")
    assert "Not open yet" in pair.read("mentor", "agreement")
