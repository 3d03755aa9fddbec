"""Waves are closed once and released once; sponsors and team leaders see releases, and nobody's figures."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from handrail.capabilities.participation import jobs
from handrail.capabilities.participation.groups import actions
from handrail.capabilities.participation.models import Channel, Concern, Release, Wave
from handrail.capabilities.people.models import Person
from handrail.capabilities.schemes.set_up.models import Outcome
from handrail.foundation.access.refusal import Refused
from tests.factories.world import World
from tests.integration.participation.logs import load, table
from tests.pages import check_page

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]
FIRST, LAST = date(2026, 4, 1), date(2026, 5, 31)


def a_talking_organisation(world: World) -> None:
    """Thirty people more in three units; the first unit answers one another, the second only posts."""
    Person.objects.filter(organisation=world.organisation).update(unit="Office")
    for number in range(30):
        unit = ("Place", "Care", "Legal")[number % 3] if number < 27 else "Press"
        Person.objects.create(
            organisation=world.organisation, name=f"P{number}", email=f"p{number}@example.org", unit=unit
        )
    acts = []
    for number in range(0, 27, 3):
        other = (number + 3) % 27
        acts.append(f"2026-04-10T09:00:00,p{number}@example.org,p{other}@example.org,reply,general,,0")
        acts.append(f"2026-05-10T09:00:00,p{other}@example.org,p{number}@example.org,reply,general,,0")
        acts.append(f"2026-05-11T09:00:00,p{number + 1}@example.org,,post,general,t{number},0")
    load(world, table(*acts), "log.csv")


@pytest.fixture
def closed(world: World) -> Wave:
    a_talking_organisation(world)
    by = world.account("coordinator")
    wave = actions.begin_wave(by=by, organisation=world.organisation, name="May", starts_on=FIRST, ends_on=LAST)
    actions.close_wave(by=by, wave=wave)
    jobs.release_wave.call(wave_id=wave.pk)
    return wave


def test_a_release_is_about_groups_in_bands(world: World, closed: Wave) -> None:
    content = Release.objects.get(wave=closed).content
    assert [group["people"] % 5 for group in content["groups"]] == [0] * len(content["groups"])
    assert all(group["people"] >= 10 for group in content["groups"])
    named = [name for group in content["groups"] for name in group["names"]]
    assert sorted(named) == ["Care", "Legal", "Office", "Place", "Press"]
    for group in content["groups"]:
        assert set(group["shares"]) == {"took_part", "answered_others", "both_ways", "across"}
        for share in group["shares"].values():
            assert 20 <= share["percent"] <= 80
    assert content["health"]["people"] == 20


def test_it_is_released_once_and_stays_as_it_is(world: World, closed: Wave) -> None:
    before = Release.objects.get(wave=closed).content
    load(world, table("2026-05-12T09:00:00,p2@example.org,p3@example.org,reply,general,,0"), "more.csv")
    jobs.release_wave.call(wave_id=closed.pk)
    assert Release.objects.get(wave=closed).content == before
    closed.refresh_from_db()
    with pytest.raises(Refused, match="closed already"):
        actions.close_wave(by=world.account("coordinator"), wave=closed)


def test_sponsors_coordinators_and_team_leaders_see_the_same_release(world: World, closed: Wave) -> None:
    pages = {
        "sponsor": [reverse("releases"), reverse("release", args=[closed.pk])],
        "coordinator": [reverse("waves"), reverse("wave", args=[closed.pk])],
    }
    for role, addresses in pages.items():
        for address in addresses:
            response = world.client_of(role).get(address)
            check_page(response)
            assert not re.search(r"\bP\d+\b|example\.org", response.content.decode())
    text = world.client_of("sponsor").get(pages["sponsor"][1]).content.decode()
    assert "% or" in text
    assert "Took part” rises with every announcement" in text
    top = Person.objects.get(name="Top", organisation=world.organisation)
    client = world.client_of("leader")
    assert b"Nobody reports to you" in client.get(reverse("team_conversations")).content
    client.force_login(top.account, backend="handrail.capabilities.accounts.backends.AccountBackend")
    response = client.get(reverse("team_conversations"))
    check_page(response)
    shown = re.findall(r'<tr role="row">', response.content.decode())
    assert 2 <= len(shown) <= 4, "one group of the table and of the spread, with their headers"


def test_a_wave_is_long_enough_over_and_apart_from_others(world: World) -> None:
    by, organisation = world.account("coordinator"), world.organisation
    today = timezone.localdate()

    def begin(name: str, first: date, last: date) -> Wave:
        return actions.begin_wave(by=by, organisation=organisation, name=name, starts_on=first, ends_on=last)

    with pytest.raises(Refused, match="four weeks"):
        begin("Short", today, today + timedelta(days=26))
    running = begin("Now", today, today + timedelta(days=27))
    with pytest.raises(Refused, match="still runs"):
        actions.close_wave(by=by, wave=running)
    with pytest.raises(Refused, match="overlap"):
        begin("Across", today + timedelta(days=20), today + timedelta(days=60))
    with pytest.raises(Refused, match="that name"):
        begin("Now", today + timedelta(days=100), today + timedelta(days=160))


def test_too_few_people_say_nothing(world: World) -> None:
    Person.objects.filter(organisation=world.organisation).exclude(name__in=["Top", "Leader", "Mentor"]).update(
        left_on=date(2026, 1, 1)
    )
    wave = Wave.objects.create(
        organisation=world.organisation, name="X", starts_on=FIRST, ends_on=LAST, closed_at=timezone.now()
    )
    jobs.release_wave.call(wave_id=wave.pk)
    assert Release.objects.get(wave=wave).content["few"]


def test_a_coordinator_names_and_closes_a_wave_on_pages(world: World) -> None:
    client = world.client_of("coordinator")
    new = reverse("wave_new")
    check_page(client.get(new))
    days = {"starts_on-day": "1", "starts_on-month": "4", "starts_on-year": "2026"}
    late = {"ends_on-day": "31", "ends_on-month": "5", "ends_on-year": "2026"}
    refused = client.post(new, {"name": "Short", **days, **late, "ends_on-month": "4", "ends_on-day": "10"})
    assert b"four weeks" in refused.content
    made = client.post(new, {"name": "May", **days, **late})
    assert made.status_code == 302
    check_page(client.get(made["Location"]))
    wave = Wave.objects.get(name="May")
    client.post(reverse("wave_close", args=[wave.pk]))
    assert b"being measured" in client.get(made["Location"]).content
    assert client.post(reverse("wave_close", args=[wave.pk]), follow=True).status_code == 200
    assert world.client_of("foreign_coordinator").get(made["Location"]).status_code == 404
    assert world.client_of("sponsor").get(reverse("release", args=[wave.pk])).status_code == 404


def test_a_coordinator_says_where_an_outcome_is_talked_of(world: World) -> None:
    client = world.client_of("coordinator")
    assert b"No outcome yet" in client.get(reverse("concerns")).content
    outcome = Outcome.objects.create(
        scheme=world.pairing.scheme, name="Visits", strategy_line="3", measure="booked", review_on=date(2027, 1, 1)
    )
    load(world, table("2026-04-10,ann,,post,home-visits,,0"), "log.csv")
    Person.objects.filter(pk=world.persons["mentor"].pk).update(unit="Care")
    page = client.get(reverse("concerns"))
    check_page(page)
    address = reverse("concern", args=[outcome.pk])
    check_page(client.get(address))
    channel = Channel.objects.get()
    sent = {"topics": "visits, care", "channels": [str(channel.pk)], "units": ["Care"], "outside": "on"}
    assert client.post(address, sent).status_code == 302
    concern = Concern.objects.get()
    assert (concern.topics, concern.units, concern.outside) == ("visits, care", ["Care"], True)
    assert list(concern.channels.all()) == [channel]
    assert b"checked" in client.get(address).content
    assert client.post(address, {"topics": "x", "channels": ["999"]}).status_code == 200
    assert world.client_of("foreign_coordinator").get(address).status_code == 404
