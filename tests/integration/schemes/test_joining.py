"""Who may join: settled on a page, kept at sign-up and at invitation, counted, and said in words to whoever cannot."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.people import actions as people
from handrail.capabilities.people.models import Person
from handrail.capabilities.schemes.joining import forms, queries, rules
from handrail.capabilities.schemes.joining.actions import list_people, settle_joining
from handrail.capabilities.schemes.joining.models import Joining
from handrail.capabilities.schemes.set_up.actions import prepare_next
from handrail.capabilities.schemes.sign_up.models import SignUp
from handrail.capabilities.starting_point.invitations.actions import invite
from handrail.capabilities.starting_point.models import Invitation
from handrail.foundation.access.refusal import Refused
from tests.factories.world import build_world
from tests.integration.page_forms import form_with

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow, pytest.mark.postgres]


class Place:
    """The small world, some of whose people are in teams, in towns, and in a line up to Top."""

    def __init__(self) -> None:
        self.world = world = build_world()
        self.scheme = world.pairing.scheme
        self.coordinator = world.client_of("coordinator")
        top = Person.objects.get(name="Top")
        first = people.add_person(by=None, organisation=world.organisation, name="First", manager=top, line="known")
        people.add_person(by=None, organisation=world.organisation, name="Second", manager=first, line="known")
        Person.objects.filter(name="Leader").update(line="known")
        Person.objects.filter(name__in=["Outsider", "First"]).update(unit="Housing")
        Person.objects.filter(name="Sponsor").update(place="Harbour")

    def settle(self, **answers: Any) -> None:
        settle_joining(by=self.world.account("coordinator"), scheme=self.scheme, **answers)

    def let_in(self, side: str) -> set[str]:
        joining = queries.joining_of(self.scheme)
        here = Person.objects.filter(organisation=self.world.organisation)
        return {one.name for one in here if queries.may_join(joining, one.pk, side)}

    def answer(self, step: str, *, guided: bool = False, **said: Any) -> Any:
        address = reverse("scheme_step", args=[self.scheme.pk, step]) + ("?guided" if guided else "")
        assert self.coordinator.get(address).status_code == 200
        return self.coordinator.post(address, said)

    def summary(self) -> str:
        return self.coordinator.get(reverse("scheme")).content.decode()


@pytest.fixture
def place() -> Place:
    return Place()


def signed_up_by(client: Client, side: str) -> str:
    """What the page says where somebody sends the first page of a sign-up."""
    address = reverse("sign_up_mentor") if side == "mentor" else reverse("sign_up_leader", args=["themes"])
    sent = {"themes": ["voice"], "how_many": "1", "meets": "either", "languages": "English"}
    return client.post(address, sent, follow=True).content.decode()  # type: ignore[no-any-return]


def test_each_answer_lets_in_whom_it_says(place: Place) -> None:
    everybody = {"Top", "Leader", "Mentor", "Outsider", "Coordinator", "Sponsor", "Editor", "First", "Second"}
    assert place.let_in("leader") == place.let_in("mentor") == everybody
    place.settle(leaders="there", teams=["Housing", "Harbour"], mentors="outside")
    assert place.let_in("leader") == {"Outsider", "First", "Sponsor"}
    assert place.let_in("mentor") == everybody - {"Outsider", "First", "Sponsor"}
    place.settle(leaders="levels", levels=1)
    assert place.let_in("leader") == {"Top", "Mentor"}, "whose line is not known does not stand at the top"
    place.settle(levels=2)
    assert place.let_in("leader") == {"Top", "Mentor", "Leader", "First"}
    assert place.let_in("mentor") == everybody - {"Top", "Mentor", "Leader", "First"}
    place.settle(leaders="invited", mentors="invited")
    assert (place.let_in("leader"), place.let_in("mentor")) == ({"Outsider"}, set())
    place.settle(leaders="listed", mentors="listed")
    assert place.let_in("leader") == place.let_in("mentor") == set()
    second = Person.objects.get(name="Second").pk
    by = place.world.account("coordinator")
    list_people(by=by, scheme=place.scheme, side="mentor", person_ids=[second])
    list_people(by=by, scheme=place.scheme, side="leader", person_ids=[place.world.persons["editor"].pk, second])
    list_people(by=by, scheme=place.scheme, side="leader", person_ids=[place.world.persons["editor"].pk])
    assert (place.let_in("leader"), place.let_in("mentor")) == ({"Editor"}, {"Second"})
    with pytest.raises(Refused, match="nobody would be left"):
        place.settle(leaders="anybody", mentors="outside")
    fresh = prepare_next(by=by, scheme=place.scheme, name="Next")
    assert queries.joining_of(fresh).leaders == "listed"
    assert not queries.listed_people(fresh, "leader"), "nobody comes along"


def test_whoever_cannot_join_reads_who_can_and_what_to_do_and_whoever_is_in_stays(place: Place) -> None:
    place.settle(leaders="there", teams=["Harbour"], mentors="listed")
    editor, sponsor, mentor = (place.world.client_of(role) for role in ("editor", "sponsor", "mentor"))
    page = editor.get(reverse("sign_up")).content.decode()
    for said in ("Who may join as a leader: people in Harbour.", "Who may join as a mentor: the people on the"):
        assert said in page
    assert reverse("sign_up_mentor") not in page
    assert "speak to the coordinator" in page
    for address in (reverse("sign_up_mentor"), reverse("sign_up_leader", args=["themes"])):
        assert editor.get(address).headers["Location"] == reverse("sign_up")
    assert "people in Harbour. If you would like to take part all the same" in signed_up_by(editor, "leader")
    assert "they can let you in" in signed_up_by(editor, "mentor")
    assert not SignUp.objects.filter(person=place.world.persons["editor"]).exists()
    signed_up_by(sponsor, "leader")
    assert SignUp.objects.filter(person=place.world.persons["sponsor"], side="leader").exists()
    assert mentor.get(reverse("sign_up_mentor")).status_code == 200, "signed up before"
    assert "Saved." in signed_up_by(mentor, "mentor")


def test_only_those_who_may_join_are_listed_and_can_be_invited(place: Place) -> None:
    place.settle(leaders="there", teams=["Housing"], mentors="invited")
    page = place.coordinator.get(reverse("invitation_people")).content.decode()
    assert "Who may join as a leader: people in Housing. Others are not listed here." in page
    assert "First" in page
    assert "Second" not in page
    mentors = place.coordinator.get(reverse("invitation_mentors")).content.decode()
    assert "Who may join" not in mentors, "whoever is invited may join, so anybody can be"
    assert "Second" in mentors
    several = Person.objects.filter(name__in=["First", "Second", "Editor", "Sponsor", "Mentor", "Top"])
    by = place.world.account("coordinator")
    asker = place.world.persons["coordinator"]
    with pytest.raises(Refused, match=r"That leaves out: Editor, Mentor, Second, Sponsor, Top\. Ask the others"):
        invite(by=by, scheme=place.scheme, people=list(several.order_by("name")), asked_by=asker, words="Will you?")
    assert Invitation.objects.count() == 1, "the world's own"
    invite(by=by, scheme=place.scheme, people=list(several), asked_by=asker, words="Will you?", side="mentor")
    assert place.let_in("mentor") == {one.name for one in several}
    many = [f"P{number}" for number in range(7)]
    with pytest.raises(Refused, match="P4 …"):
        rules.check_may_be_asked(Joining(leaders="listed"), "leader", many)


def test_it_is_settled_question_by_question_and_the_count_is_said(place: Place) -> None:
    after = place.answer("leaders", leaders="there")
    assert after.headers["Location"] == reverse("scheme_step", args=[place.scheme.pk, "teams"])
    assert "one of the two sides lets nobody in" in place.summary()
    assert "people in teams that are still to be named".capitalize() in place.summary()
    page = place.answer("teams", teams=["Housing"]).headers["Location"]
    assert "As leaders: People in Housing: 2 people." in place.coordinator.get(page).content.decode()
    after = place.answer("leaders", guided=True, leaders="levels")
    assert after.headers["Location"].endswith("/step/levels/?guided")
    after = place.answer("levels", guided=True, levels="2")
    assert after.headers["Location"].endswith("/step/mentors/?guided")
    shown = place.coordinator.get(after.headers["Location"]).content.decode()
    assert "Question 9 of 12" in shown
    unknown = Person.objects.filter(organisation=place.world.organisation, line="unknown").count()
    assert f"The lines of {unknown} people are not known" in shown
    place.answer("mentors", mentors="listed")
    after = place.answer("list_of_mentors", people="editor\n\n  Mentor ")
    assert "As mentors: The people on the coordinator’s list: 2 people." in (
        place.coordinator.get(after.headers["Location"]).content.decode()
    )
    assert place.let_in("mentor") == {"Editor", "Mentor"}
    listed = place.coordinator.get(reverse("scheme_step", args=[place.scheme.pk, "list_of_mentors"]))
    assert form_with(listed, "people").fields["people"].split() == ["Editor", "Mentor"]
    place.answer("leaders", leaders="levels")
    place.answer("levels", levels="1")
    assert "Whoever has nobody above them: 2 people" in place.summary()
    place.answer("mentors", mentors="outside")
    refused = place.answer("leaders", leaders="anybody").content.decode()
    assert "nobody would be left to be a mentor" in refused


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Mento", "Not on your list of people: “mento”"),
        ("Twin", "There are several people called: “twin”"),
        ("\n".join(f"none {number}" for number in range(7)), "“none 4” …"),
        ("\n".join(f"none {number}" for number in range(501)), "Five hundred at most"),
    ],
)
def test_names_on_a_list_mean_one_person_each(place: Place, typed: str, said: str) -> None:
    for number in range(2):
        people.add_person(
            by=None, organisation=place.world.organisation, name="Twin", email=f"twin{number}@example.org"
        )
    place.answer("mentors", mentors="listed")
    assert said in place.answer("list_of_mentors", people=typed).content.decode()
    place.answer("list_of_mentors", people="TWIN1@example.org")
    assert place.let_in("mentor") == {"Twin"}


def test_where_there_are_many_teams_they_are_written(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "TAPPED", 1)
    place.answer("leaders", leaders="there")
    assert "Is it one of these: Housing?" in place.answer("teams", teams="Housng").content.decode()
    said = place.answer("teams", teams="zzz").content.decode()
    assert "is called “zzz”." in said
    assert "Is it one of these" not in said
    many = "\n".join(f"team {number}" for number in range(101))
    assert "A hundred at most" in place.answer("teams", teams=many).content.decode()
    place.answer("teams", teams="HOUSING\nharbour\nhousing")
    assert queries.joining_of(place.scheme).teams == ["Housing", "Harbour"]
    page = place.coordinator.get(reverse("scheme_step", args=[place.scheme.pk, "teams"]))
    assert form_with(page, "teams").fields["teams"].split() == ["Housing", "Harbour"]


def test_whoever_is_outside_is_said_before_two_are_paired_by_hand_and_a_reason_goes_on(place: Place) -> None:
    place.settle(leaders="there", teams=["Harbour"], mentors="listed")
    editor, top = place.world.persons["editor"], Person.objects.get(name="Top")
    Person.objects.filter(pk=editor.pk).update(line="known")
    address = reverse("pairing_ask", args=[editor.pk, top.pk])
    page = place.coordinator.get(address).content.decode()
    assert "Who may join as a leader: people in Harbour. That leaves out: Editor." in page
    assert "Who may join as a mentor: the people on the coordinator’s list. That leaves out: Top." in page
    assert reverse("scheme_step", args=[place.scheme.pk, "mentors"]) in page
    before = Pairing.objects.count()
    refused = place.coordinator.post(address, {"words": "Will you two?", "reason_to_go_on": " "}).content.decode()
    assert "Say in a few words why this pairing is right all the same." in refused
    assert "Will you two?" in refused
    assert Pairing.objects.count() == before
    place.coordinator.post(reverse("pairing_propose", args=[editor.pk, top.pk]))
    asked = place.coordinator.post(address, {"words": "Will you two?", "reason_to_go_on": "She leads the harbour."})
    pairing = Pairing.objects.get(leader=editor, mentor=top)
    assert asked.headers["Location"] == reverse("pairing_overview", args=[pairing.pk])
    assert pairing.state == Pairing.State.ASKED
    assert "She leads the harbour." in place.coordinator.get(asked.headers["Location"]).content.decode()


def test_to_pair_is_to_invite_and_whoever_signed_up_is_not_outside(
    place: Place,
) -> None:
    leader, mentor = place.world.persons["leader"].pk, place.world.persons["mentor"].pk
    editor = place.world.persons["editor"].pk
    assert queries.outside_of(place.scheme, leaders=[editor], mentors=[editor]) == []
    place.settle(leaders="invited", mentors="invited")
    assert queries.outside_of(place.scheme, leaders=[editor], mentors=[editor]) == []
    place.settle(leaders="there", teams=["Harbour"], mentors="listed")
    found = queries.outside_of(place.scheme, leaders=[leader, editor], mentors=[mentor, editor])
    assert [(one.side, one.names) for one in found] == [("leader", ("Editor",)), ("mentor", ("Editor",))]
