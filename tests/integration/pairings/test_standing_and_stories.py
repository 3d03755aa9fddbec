"""Who has done what, coarsely; two sentences instead of figures; and roles that strain a promise, named when given."""

import pytest
from django.urls import reverse
from lxml import html

from handrail.capabilities.pairings.stories.actions import tell_story
from handrail.capabilities.pairings.stories.models import Story
from handrail.capabilities.pairings.stories.queries import Reader
from handrail.capabilities.people.models import Person
from handrail.capabilities.people.queries import roles_held_by
from handrail.capabilities.schemes.actions import let_scheme_span
from handrail.capabilities.schemes.sign_up import actions as sign_ups
from handrail.capabilities.schemes.sign_up.models import SignUp
from handrail.capabilities.starting_point.invitations.actions import leave_in_peace
from handrail.foundation import clock
from handrail.foundation.access.refusal import Refused
from tests.factories.world import World, build_world
from tests.integration.page_forms import form_with

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]


@pytest.fixture
def world() -> World:
    return build_world()


def rows_of(world: World, query: str = "") -> list[list[str]]:
    page = world.client_of("coordinator").get(reverse("standing") + query)
    cells = html.document_fromstring(page.content.decode()).xpath("//tbody/tr")
    cell = "string((.//*[contains(@class,'cell')]|.)[last()])"
    return [[" ".join(one.xpath(cell).split()) for one in row.xpath(".//td|.//th")] for row in cells]


def test_everybody_stands_in_one_coarse_state_and_a_no_shows_nowhere(world: World) -> None:
    assert rows_of(world) == [
        ["Leader", "Leader", "Paired"],
        ["Mentor", "Mentor", "Paired"],
        ["Outsider", "Leader", "Invited"],
    ]
    leave_in_peace(by=world.account("outsider"), side="leader")
    assert rows_of(world, "?q=outsider") == [["Outsider", "Leader", "Invited"]]
    row = sign_ups.sign_up(
        by=world.account("outsider"),
        scheme=world.pairing.scheme,
        person=world.persons["outsider"],
        side="mentor",
        answers={"themes": ["ai"]},
    )
    assert ["Outsider", "Mentor", "Signed up"] in rows_of(world)
    sign_ups.pause_sign_up(by=world.account("outsider"), row=row)
    assert ["Outsider", "Mentor", "Signed up"] in rows_of(world), "until the Monday after"
    SignUp.objects.filter(pk=row.pk).update(paused_on=clock.today().replace(year=clock.today().year - 1))
    assert ["Outsider", "Mentor", "Paused"] in rows_of(world)
    assert rows_of(world, "?q=nobody+of+this+name") == []


def test_an_umbrella_body_sees_its_members_people_in_its_scheme_and_they_do_not_see_each_other(world: World) -> None:
    """One scheme over several organisations: a mentor from elsewhere, standing with the organisation's name."""
    scheme = world.pairing.scheme
    let_scheme_span(by=world.account("coordinator"), scheme=scheme, organisation_ids=[world.elsewhere.pk])
    foreign = world.client_of("foreign_coordinator")
    sent = {"themes": ["data"], "how_many": "1", "meets": "remote", "languages": "English"}
    assert foreign.post(reverse("sign_up_mentor"), sent).status_code == 302
    assert ["Foreign (Elsewhere)", "Mentor", "Signed up"] in rows_of(world)
    page = foreign.get(reverse("standing")).content.decode()
    assert "Nobody here yet" in page
    assert "Outsider" not in page


def test_a_leader_sees_a_story_as_others_will_before_it_is_told(world: World) -> None:
    leader, sponsor = world.client_of("leader"), world.client_of("sponsor")
    assert "This is a small scheme." in sponsor.get(reverse("stories")).content.decode()
    assert world.client_of("outsider").get(reverse("stories")).status_code == 404
    assert world.client_of("mentor").get(reverse("story")).status_code == 404
    mentor = Reader(world.persons["mentor"], world.pairing.scheme, leads=False, is_small=False)
    with pytest.raises(Refused, match="told by leaders"):
        tell_story(by=world.account("mentor"), reader=mentor, text="How it went", named=False, approved=True)
    form = form_with(leader.get(reverse("story")), "text")
    assert "Two sentences at most." in form.send(leader, text="One. Two. Three.").content.decode()
    preview = form.send(leader, text="I ask more now.\nPeople answer.")
    assert "A leader here" in preview.content.decode()
    assert not Story.objects.exists(), "seeing it tells nobody"
    changed = form_with(preview, "does", "change").send(leader)
    assert form_with(changed, "text").fields["text"].strip() == "I ask more now. People answer."
    form_with(preview, "does", "tell").send(leader)
    told = sponsor.get(reverse("stories")).content.decode()
    assert "I ask more now. People answer." in told
    assert "A leader here" in told
    assert world.persons["leader"].name not in html.document_fromstring(told).xpath("string(//main//footer)")
    form_with(leader.get(reverse("story")), "text").send(leader, named="named", does="tell")
    assert world.persons["leader"].name in html.document_fromstring(
        sponsor.get(reverse("stories")).content.decode()
    ).xpath("string(//main//footer)")
    leader.post(reverse("story_take_back"))
    assert not Story.objects.exists()


def test_a_role_that_strains_a_promise_is_named_and_given_after_it_was_read(world: World) -> None:
    coordinator, mentor = world.client_of("coordinator"), world.persons["mentor"]
    address = reverse("person_roles", args=[mentor.pk])
    first = coordinator.post(address, {"roles": ["coordinator"]})
    assert "run by one of the two" in first.content.decode()
    assert roles_held_by(mentor) == set()
    form_with(first, "roles").send(coordinator, understood="on")
    assert roles_held_by(mentor) == {"coordinator"}
    again = coordinator.post(address, {"roles": ["coordinator", "editor"]})
    assert again.status_code == 302, "what was read once is not asked again"
    assert "You coordinate here" in world.client_of("mentor").get(reverse("sign_up")).content.decode()
    top = Person.objects.get(name="Top")
    warned = coordinator.post(reverse("person_roles", args=[top.pk]), {"roles": ["sponsor"]}).content.decode()
    assert "People report to them." in warned
