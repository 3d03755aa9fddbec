"""Getting ready as a mentor keeps no answer; the mentors' circle is about the craft."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from handrail.capabilities.schemes.preparation import jobs, rules
from handrail.capabilities.schemes.preparation.models import CraftPost, Preparation
from handrail.capabilities.schemes.preparation.queries import people_prepared
from handrail.capabilities.schemes.preparation.scenarios import minutes_in_all, part_of, parts
from handrail.formats.pieces import FaultyPiece, Piece
from handrail.foundation import clock
from handrail.foundation.access.refusal import Refused
from tests.factories.world import World, build_world
from tests.integration.page_forms import form_with, forms_of

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]


@pytest.fixture
def world() -> World:
    return build_world()


def test_the_parts_are_about_twenty_minutes_and_every_choice_is_answered() -> None:
    assert 18 <= minutes_in_all() <= 22
    assert [part.number for part in parts()] == list(range(1, 8))
    assert all(len(part.choices) == 3 for part in parts())
    for facts in ({}, {"question": "?", "minutes": 2, "choices": [{"text": "a", "says": "b"}]}):
        with pytest.raises(FaultyPiece):
            part_of(Piece(id="x", title="X", facts=facts, html="", text=""), 1)


def test_one_part_after_another_stopped_and_gone_on_with(world: World) -> None:
    client, person = world.client_of("mentor"), world.persons["mentor"]
    assert "Begin" in client.get(reverse("preparation")).content.decode()
    first = reverse("preparation_part", args=[parts()[0].id])
    untapped = form_with(client.get(first), "csrfmiddlewaretoken").send(client)
    assert "Nothing of it is kept." in untapped.content.decode()
    assert not Preparation.objects.exists(), "looking and tapping nothing keeps nothing"
    for part in parts():
        address = reverse("preparation_part", args=[part.id])
        answer = form_with(client.get(address), "csrfmiddlewaretoken").send(client, choice="1")
        assert part.choices[1].says.split(".")[0] in answer.content.decode().replace("&#x27;", "'")
        if part.number == 2:
            assert "Go on" in client.get(reverse("preparation")).content.decode()
            assert people_prepared([person.pk]) == set()
    row = Preparation.objects.get()
    assert (row.person, row.reached, row.prepared) == (person, 7, True)
    assert {field.name for field in Preparation._meta.fields} == {"id", "person", "reached", "prepared"}
    client.post(first, {"choice": "0"})
    assert people_prepared([person.pk]) == {person.pk}
    assert "You are through." in client.get(reverse("preparation")).content.decode()
    assert client.get(reverse("preparation_part", args=["no-such-part"])).status_code == 404


def circle(client: Client) -> str:
    page = client.get(reverse("mentors_circle"))
    return page.content.decode() if page.status_code == 200 else str(page.status_code)


def test_the_circle_is_for_mentors_and_what_is_about_a_person_is_hidden_at_once(world: World) -> None:
    mentor, coordinator, outsider = (world.client_of(role) for role in ("mentor", "coordinator", "outsider"))
    assert circle(outsider) == circle(world.client_of("foreign_coordinator")) == "404"
    form_with(mentor.get(reverse("mentors_circle")), "text").send(mentor, text="I let them hold the mouse.")
    assert "Only mentors write here." in coordinator.post(reverse("mentors_circle"), {"text": "Hello"}).content.decode()
    outsider.post(reverse("sign_up_mentor"), {"themes": ["ai"], "languages": "en", "meets": "either", "how_many": "1"})
    assert "I let them hold the mouse." in circle(outsider)
    post = CraftPost.objects.get()
    refused = outsider.post(reverse("craft_post", args=[post.pk, "delete"]), follow=True).content.decode()
    assert "Only whoever wrote it" in refused
    (hide,) = [one for one in forms_of(outsider.get(reverse("mentors_circle"))) if one.address.endswith("/hide/")]
    hide.send(outsider)
    assert "I let them hold the mouse." not in circle(outsider)
    assert "Take the person out and write it again." in circle(mentor)
    outsider_again = outsider.post(reverse("craft_post", args=[post.pk, "show"]))
    assert outsider_again.status_code == 404
    mentor.post(reverse("craft_post", args=[post.pk, "show"]))
    assert "I let them hold the mouse." not in circle(outsider), "only the coordinator shows it again"
    coordinator.post(reverse("craft_post", args=[post.pk, "show"]))
    assert "I let them hold the mouse." in circle(outsider)
    assert coordinator.post(reverse("craft_post", args=[post.pk, "dance"])).status_code == 404
    coordinator.post(reverse("craft_post", args=[post.pk, "delete"]))
    assert not CraftPost.objects.exists()


def test_an_author_takes_away_what_they_wrote_and_a_year_does_as_well(world: World) -> None:
    mentor = world.client_of("mentor")
    for text in ("Once", "Twice"):
        mentor.post(reverse("mentors_circle"), {"text": text})
    mentor.post(reverse("craft_post", args=[CraftPost.objects.latest("pk").pk, "delete"]))
    CraftPost.objects.update(written_on=clock.today() - timedelta(days=366))
    jobs.forget_old_posts.call()
    assert not CraftPost.objects.exists()


def test_rules_of_the_circle() -> None:
    assert rules.can_write(is_mentor=True)
    rules.check_can_write(is_mentor=True)
    with pytest.raises(Refused):
        rules.check_can_write(is_mentor=False)
    post = CraftPost(author_id=1)
    assert rules.can_delete(post, 1, coordinates=False)
    assert rules.can_delete(post, 2, coordinates=True)
    assert not rules.is_through(0, 0)
    assert rules.reached_after(3, 2) == 3
