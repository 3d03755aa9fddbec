"""Waves are closed once and released once; sponsors and team leaders see releases, and nobody's figures."""

import random
import re
from datetime import date, timedelta
from itertools import permutations, product

import pytest
from django.urls import reverse
from django.utils import timezone

from handrail.capabilities.pairings.group_figures import queries as group_figures
from handrail.capabilities.pairings.stories.rules import SMALL
from handrail.capabilities.participation import jobs
from handrail.capabilities.participation.groups import actions, presenters
from handrail.capabilities.participation.groups.figures import FIGURES
from handrail.capabilities.participation.models import Channel, Concern, Counted, Release, Wave
from handrail.capabilities.people.models import Person
from handrail.capabilities.schemes.models import Scheme
from handrail.capabilities.schemes.set_up.models import Outcome
from handrail.capabilities.schemes.sign_up.models import SignUp
from handrail.engines.participation import reference
from handrail.engines.participation.log import DAY
from handrail.engines.participation.reference import Act
from handrail.foundation.access.refusal import Refused
from tests.engines.participation.logs import START
from tests.factories.world import World
from tests.integration.participation.logs import load, table
from tests.pages import check_page

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]
FIRST, LAST = date(2026, 4, 1), date(2026, 5, 31)


def a_large_scheme(world: World, people: int = SMALL + 1) -> None:
    """So many on the scheme, the leader and the mentor of the world among them."""
    for number in range(people - 2):
        person = Person.objects.create(organisation=world.organisation, name=f"S{number}", unit="Office")
        SignUp.objects.create(
            scheme=world.pairing.scheme, person=person, side="leader", whom_not=b"", signed_up_at=timezone.now()
        )


def a_talking_organisation(world: World) -> None:
    """Thirty people more in three units; the first unit answers one another, the second only posts."""
    a_large_scheme(world)
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
        assert set(group["told"]) == {figure.name for figure in FIGURES}
        for told in group["told"].values():
            assert told["to"] - told["from"] >= 20
            assert told["high"] - told["low"] >= 3
            assert told["from"] == 0 or told["from"] >= 20
    assert Counted.objects.filter(release__wave=closed).count() == sum(group["of"] for group in content["groups"])


def test_the_next_wave_says_only_what_this_one_left_open(world: World, closed: Wave) -> None:
    """A month later, with nobody moved but one who came and takes part: where the boundaries were, nothing crosses."""
    newcomer = Person.objects.create(organisation=world.organisation, name="New", email="new@example.org", unit="Place")
    acts = [
        f"2026-06-10T09:00:00,p{number}@example.org,p{(number + 3) % 27}@example.org,reply,general,,0"
        for number in range(0, 27, 3)
    ]
    acts.append("2026-06-10T09:00:00,new@example.org,p0@example.org,reply,general,,0")
    load(world, table(*acts), "june.csv")
    by = world.account("coordinator")
    wave = actions.begin_wave(
        by=by, organisation=world.organisation, name="June", starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 30)
    )
    actions.close_wave(by=by, wave=wave)
    jobs.release_wave.call(wave_id=wave.pk)
    before, after = (Release.objects.get(wave=one).content["groups"] for one in (closed, wave))
    (first,) = (group for group in before if "Place" in group["names"])
    (second,) = (group for group in after if "Place" in group["names"])
    assert Counted.objects.filter(release__wave=wave, person=newcomer).exists()
    for figure, told in second["told"].items():
        earlier = first["told"][figure]
        apart = told["high"] < earlier["low"] or earlier["high"] < told["low"]
        assert told["anew"] or (told["low"] <= earlier["low"] and earlier["high"] + 1 <= told["high"]) or apart
    assert "no clear change" in str(world.client_of("sponsor").get(reverse("release", args=[wave.pk])).content)


@pytest.mark.parametrize(("on_the_scheme", "silent"), [(SMALL, True), (SMALL + 1, False)])
def test_a_small_scheme_has_no_figures_about_people(world: World, on_the_scheme: int, silent: bool) -> None:
    a_large_scheme(world, on_the_scheme)
    for number in range(30):
        Person.objects.create(organisation=world.organisation, name=f"P{number}", unit="Place")
    wave = Wave.objects.create(
        organisation=world.organisation, name="X", starts_on=FIRST, ends_on=LAST, closed_at=timezone.now()
    )
    jobs.release_wave.call(wave_id=wave.pk)
    content = Release.objects.get(wave=wave).content
    assert content["few"] is silent
    assert (content["groups"] == []) is silent


def test_what_was_told_is_said_in_words_and_what_was_not_too() -> None:
    told = {"low": 0, "high": 8, "anew": True, "from": 0, "to": 20}
    middle = told | {"low": 9, "high": 13, "from": 20, "to": 35, "anew": False}
    groups = [
        {"names": ["Place"], "people": 40, "of": 40, "told": {"took_part": told, "in_touch": middle}},
        {
            "names": ["Care", ""],
            "people": 15,
            "of": 14,
            "told": {"took_part": told | {"low": 11, "from": 75, "to": 100}},
        },
    ]
    place, care = presenters.tables({"groups": groups})
    assert place.caption == "Place: about 40 people"
    unchanged = "no clear change (20 to 35\u00a0%)"
    assert place.rows == [["Took part", "20\u00a0% or fewer"], ["In touch with anybody", unchanged]]
    assert care.caption == "Care and no unit known: about 15 people"
    assert care.rows == [["Took part", "75\u00a0% or more"], ["In touch with anybody", "–"]]
    assert presenters.something_untold([care])
    assert not presenters.something_untold([place])
    assert len(presenters.careful([care])) == 1
    assert presenters.tables({"groups": groups}, "Legal") == []


def test_a_release_that_can_say_nothing_new_says_so(world: World) -> None:
    release = world.wave.release
    release.content = {"few": False, "groups": [{"names": ["Place"], "people": 15, "of": 14, "told": {}}]}
    release.save()
    page = world.client_of("sponsor").get(reverse("release", args=[world.wave.pk]))
    check_page(page)
    assert b"Nothing new to say" in page.content


def test_every_figure_that_lies_within_another_says_so() -> None:
    """The gate reckons with it only if it is named: what holds of everybody in all of these logs, and nothing else."""
    rng = random.Random(5)
    beside: set[tuple[str, str]] = set()  # holds of somebody of whom the other does not
    of_the_wave = [figure for figure in FIGURES if figure.time == "wave"]
    for _ in range(30):
        whom = (None, *range(6))
        acts = [
            Act(START + number * DAY, rng.randrange(6), rng.choice(whom), rng.randrange(4), thread=rng.randrange(3))
            for number in range(rng.randrange(16))
        ]
        for row in reference.measure(acts, [0, 0, 1, 1, 2, None]):
            row["contribution"] = row["posts"] + row["replies_given"] + row["reactions_given"]
            holding = {figure.name for figure in of_the_wave if figure.holds(row)}
            beside |= set(product(holding, {figure.name for figure in of_the_wave} - holding))
    within = {figure.name: set(figure.within) for figure in FIGURES}
    for _ in FIGURES:
        within = {name: set().union(wider, *(within[one] for one in wider)) for name, wider in within.items()}
    named = {(figure.name, wider) for figure in of_the_wave for wider in within[figure.name]}
    always = {pair for pair in permutations((figure.name for figure in of_the_wave), 2) if pair not in beside}
    assert {pair for pair in named if pair[1] != "this_year"} == always


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
    assert len(shown) == 9, "one group's eight figures, and their header"


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


def test_an_organisation_as_small_as_a_small_scheme_has_no_figures_either(world: World) -> None:
    Scheme.objects.update(ended_on=date(2026, 1, 1))
    units = {"A": range(7), "B": range(7, SMALL)}
    asked = {"holds": {"took_part": range(5)}, "within": {}, "since": {}, "earlier": []}
    assert group_figures.released(world.organisation, units=units, **asked) == []
    (group,) = group_figures.released(world.organisation, units=units | {"C": [99]}, **asked)
    assert set(group.told) == {"took_part"}


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
