"""The demo's planted truths: the screens tell a true effect from a true nothing."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest
from django.test import Client
from django.urls import reverse

from handrail.capabilities.impact import jobs
from handrail.capabilities.impact.groups import files
from handrail.capabilities.impact.groups.actions import release_effects
from handrail.capabilities.impact.groups.releasing import earlier_cells
from handrail.capabilities.impact.models import Effects, Plan
from handrail.capabilities.people.models import Person
from handrail.capabilities.schemes.sign_up.models import SignUp
from handrail.demo.hospitals import STRONG, Hospitals
from handrail.demo.hospitals_people import TEAMS
from handrail.engines.impact.plan import digest
from handrail.foundation.access.refusal import Refused
from tests.pages import check_page

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow, pytest.mark.lengthy]


@pytest.fixture
def made(filled: tuple[Hospitals, Path], settings: Any) -> Hospitals:
    settings.DEMO, settings.DATA_DIR = True, filled[1]
    return filled[0]


def client_of(person: Person) -> Client:
    client = Client()
    person.refresh_from_db()
    assert person.account is not None
    client.force_login(person.account, backend="handrail.capabilities.accounts.backends.AccountBackend")
    return client


@pytest.mark.parametrize(("lift", "verdict"), [(STRONG, "A rise we can stand behind"), (0.0, "No sign of change")])
def test_a_leader_sees_what_was_planted(made: Hospitals, lift: float, verdict: str) -> None:
    page = client_of(made.one_with(lift)).get(reverse("own_impact"))
    check_page(page)
    text = page.content.decode()
    assert verdict in text


def test_sponsor_and_coordinator_see_the_same_release_and_no_team(made: Hospitals) -> None:
    wave = Effects.objects.get(wave__organisation=made.organisation).wave
    coordinator, sponsor = client_of(made.persons[1]), client_of(made.persons[2])
    pages = [
        sponsor.get(reverse("effects_released", args=[wave.pk])),
        coordinator.get(reverse("effects", args=[wave.pk])),
    ]
    for page in pages:
        check_page(page)
        text = page.content.decode()
        assert "A rise we can stand behind" in text
        assert "All teams that were planned have begun." in text
        assert "Frozen on" in text
        assert [team for team in TEAMS if team in text] == []
        for person in made.persons[3:]:
            assert person.name not in text
    for page in (sponsor.get(reverse("effects_released_list")), coordinator.get(reverse("effects_waves"))):
        check_page(page)
        assert wave.name in page.content.decode()


def test_a_release_tells_of_ten_teams_or_more_to_two_digits(made: Hospitals) -> None:
    content = Effects.objects.get(wave__organisation=made.organisation).content
    assert sorted(group["teams"] for group in content["groups"]) == [10, 15]
    planted = list(made.planted.values())
    for one in content["measures"]:
        for row in [one["together"], *one["rows"]]:
            for name in ("effect", "low", "high", "naive", "detectable"):
                assert row[name] is None or float(f"{row[name]:.2g}") == row[name]
            assert row["teams"] is None or row["teams"] >= 10
    together = {one["measure"]: one["together"] for one in content["measures"]}
    truth = sum(planted) / len(planted)
    for name in ("messages", "replies"):
        assert together[name]["low"] < truth < together[name]["high"]
        assert together[name]["naive"] > together[name]["high"], "before and after tells too much"
        path = together[name]["path"]
        before, after = [one for one in path if one[0] < 0], [one for one in path if one[0] >= 0]
        assert sum(low <= 0 <= high for *_when, _effect, low, high in before) >= len(before) - 1
        assert sum(low <= truth <= high for *_when, _effect, low, high in after) >= len(after) - 1
    assert together["replies"]["stands"] is None, "planned before, and looked at alone"
    told = [row for one in content["measures"] for row in (one["together"], *one["rows"]) if row["effect"] is not None]
    assert content["looked_at"] == len(told) - 1 == sum(row["stands"] is not None for row in told)


def test_it_is_released_once_and_a_cell_stays_whole(made: Hospitals) -> None:
    effects = Effects.objects.get(wave__organisation=made.organisation)
    before = effects.content
    jobs.release_effects.call(effects_id=effects.pk)
    effects.refresh_from_db()
    assert effects.content == before
    assert made.persons[1].account is not None
    with pytest.raises(Refused, match="released once"):
        release_effects(by=made.persons[1].account, wave=effects.wave)
    found = earlier_cells(made.organisation.pk)
    assert sum(one.of for one in found) == len(made.planted)
    assert all(one.of == len(one.people) >= 10 for one in found)


@pytest.mark.parametrize("kind", ["csv", "json", "parquet", "html"])
def test_it_can_be_taken_along(made: Hospitals, kind: str) -> None:
    effects = Effects.objects.get(wave__organisation=made.organisation)
    answer = client_of(made.persons[2]).get(reverse("effects_released_file", args=[effects.wave_id, kind]))
    assert answer.status_code == 200
    assert answer["Content-Disposition"].endswith(f'.{kind}"')
    wanted = [(row["measure"], row["group"], row["effect"]) for row in files.rows(effects.content)]
    whole = [row for row in files.rows(effects.content) if row["weeks_since_start"] is None]
    assert len(whole) == 12
    assert len(wanted) > len(whole), "each change by time since the start as well"
    if kind == "html":
        text = answer.content.decode()
        assert "hr-forest" in text
        assert not re.search(r'(src|href)="(?!#)', text), "one file, and nothing fetched"
        return
    if kind == "csv":
        read = [
            (row["measure"], row["group"], float(row["effect"]) if row["effect"] else None)
            for row in csv.DictReader(io.StringIO(answer.content.decode()))
        ]
    elif kind == "json":
        read = [(row["measure"], row["group"], row["effect"]) for row in json.loads(answer.content)["effects"]]
    else:
        table = pyarrow.parquet.read_table(io.BytesIO(answer.content)).to_pylist()
        read = [(row["measure"], row["group"], row["effect"]) for row in table]
    assert read == wanted


def test_the_plan_was_frozen_before_and_stays_as_it_is(made: Hospitals) -> None:
    plan = Plan.objects.get(organisation=made.organisation)
    coordinator = client_of(made.persons[1])
    page = coordinator.get(reverse("impact_plan", args=[plan.pk]))
    check_page(page)
    text = page.content.decode()
    assert "four times in five" in text
    assert "Frozen on" in text
    for address in ("impact_plan_freeze", "impact_plan_put_aside"):
        coordinator.post(reverse(address, args=[plan.pk]))
    assert Plan.objects.get(pk=plan.pk).content == plan.content
    body = json.loads(coordinator.get(reverse("impact_plan_file", args=[plan.pk])).content)
    assert body["digest"] == digest(body)
    assert client_of(made.persons[2]).get(reverse("impact_plan", args=[plan.pk])).status_code == 403


def test_a_plan_is_made_looked_at_and_frozen(made: Hospitals) -> None:
    client = client_of(made.persons[1])
    typed = {"outcome": "messages", "teams": "10", "weeks": "20", "turns": "2"}
    address = client.post(reverse("impact_plan_new"), typed).headers["Location"]
    check_page(client.get(address))
    assert b"Being worked out" in client.get(address).content
    plan = Plan.objects.exclude(state="frozen").get(organisation=made.organisation)
    jobs.work_out_plan.call(plan_id=plan.pk)
    page = client.get(address)
    check_page(page)
    assert "With these 10 teams and 20 weeks you could see a change of" in page.content.decode()
    client.post(reverse("impact_plan_freeze", args=[plan.pk]))
    plan.refresh_from_db()
    assert plan.frozen_on is not None
    drawn = {turn["unit"] for turn in plan.content["turns"]}
    assert len(drawn) == 10
    signed_up = set(SignUp.objects.filter(side="leader").values_list("person__unit", flat=True))
    begun = {made.persons[one.leader].unit for one in made.cast.starts}
    assert drawn <= signed_up - begun, "nobody is drawn who has not signed up, or has begun"


def test_where_fewer_have_signed_up_than_planned_it_says_so(made: Hospitals) -> None:
    client = client_of(made.persons[1])
    typed = {"outcome": "messages", "teams": "15", "weeks": "20", "turns": "2"}

    def page_of_a_plan() -> str:
        address = client.post(reverse("impact_plan_new"), typed).headers["Location"]
        jobs.work_out_plan.call(plan_id=int(address.rstrip("/").rsplit("/", 1)[1]))
        page = client.get(address)
        check_page(page)
        return page.content.decode()

    text = page_of_a_plan()
    assert "fewer than the 15 planned" in text
    assert "Turn 1, at once" in text
    SignUp.objects.all().delete()
    text = page_of_a_plan()
    assert "nothing is drawn" in text
    assert "Turn 1" not in text
