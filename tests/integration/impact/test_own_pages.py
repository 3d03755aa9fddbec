"""One's own answer: made because one asked, read by nobody else, and kind where there is nothing to say."""

import io
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from handrail.capabilities.impact import jobs, sheet
from handrail.capabilities.impact.models import OwnAnswer
from handrail.capabilities.impact.own import presenters
from handrail.capabilities.impact.presenters import between, change, why_they_differ
from handrail.capabilities.impact.sheet import STEP, Answer, Sheet, Stretch, sheet_from, text_of
from handrail.capabilities.participation import jobs as participation_jobs
from handrail.capabilities.participation.queries import began_in
from handrail.capabilities.people.models import Person
from handrail.foundation.vault.models import Conversation
from tests.factories.world import World, build_world
from tests.integration.participation.logs import load, table
from tests.pages import check_page

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Path) -> World:
    settings.DATA_DIR = tmp_path
    return build_world()


def asked(world: World, role: str = "leader", client: Client | None = None) -> Client:
    client = client or world.client_of(role)
    assert client.post(reverse("own_impact_ask_for")).status_code == 302
    for row in OwnAnswer.objects.all():
        jobs.make_own_answer.call(answer_id=str(row.pk))
    return client


def loaded(world: World) -> None:
    load(world, a_log(world), "log.csv")
    participation_jobs.measure_organisation.call(organisation_id=world.organisation.pk)


def a_log(world: World) -> bytes:
    day = date(2026, 6, 1)
    leader, mentor = world.persons["leader"].email, world.persons["mentor"].email
    return table(*(f"{day + timedelta(days=7 * w)}T09:00:00,{mentor},{leader},reply,general,t{w},0" for w in range(9)))


def an_answer(**changes: Any) -> Answer:
    course = tuple(
        Stretch(str(date(2026, 1, 5) + timedelta(weeks=4 * n)), 4, 50, 40, 30, 55, n > 2, 0.25 * (n > 2), low, 0.4)
        for n, low in enumerate((-0.2, -0.2, -0.2, 0.1, 0.1, 0.1))
    )
    made = Answer(
        measure="replies", verdict="rise", why=None, needed=None, effect=0.24, low=0.08, high=0.41, naive=0.52,
        detectable=0.19, overturned_by=0.08, stands=True, donors=23, before=40, after=30, leaned=False, several=False,
        neighbours=0, course=course, strayed=((1.0, 2.0, 3.0, 4.0, 5.0, 6.0),),
        pretended=(("2025-11-03", 0.01, -0.1, 0.12),),
    )  # fmt: skip
    return replace(made, **changes)


def test_nothing_is_made_before_somebody_asks(world: World) -> None:
    loaded(world)
    page = world.client_of("leader").get(reverse("own_impact"))
    check_page(page)
    assert b"only because you ask" in page.content
    assert not OwnAnswer.objects.exists()
    assert reverse("own_impact") in world.client_of("leader").get(reverse("conversations")).content.decode()


def test_where_nothing_can_be_told_it_says_why(world: World) -> None:
    client = asked(world)
    page = client.get(reverse("own_impact"))
    check_page(page)
    assert b"has not brought an export" in page.content
    loaded(world)
    assert b"No team is written down" in asked(world, client=client).get(reverse("own_impact")).content
    Person.objects.filter(pk=world.persons["leader"].pk).update(unit="Care")
    Person.objects.filter(pk=world.persons["mentor"].pk).update(unit="Care")
    few = asked(world, client=client).get(reverse("own_impact")).content
    assert b"fewer than ten people in your team beside you" in few
    for word in (b"hr-chart", b"Answers"):
        assert word not in few
    assert b"Nothing has begun for you yet" in asked(world, "outsider").get(reverse("own_impact")).content
    assert client.get(reverse("own_impact_of", args=["messages"])).status_code == 200
    assert client.get(reverse("own_impact_of", args=["hits"])).status_code == 404


def test_it_is_sealed_and_read_by_its_owner_alone(world: World) -> None:
    loaded(world)
    client = asked(world)
    row = OwnAnswer.objects.get()
    assert b"kind" not in bytes(row.sheet)
    assert len(row.sheet) >= STEP
    for role in ("coordinator", "sponsor", "mentor", "administrator"):
        assert b"only because you ask" in world.client_of(role).get(reverse("own_impact")).content
    with zipfile.ZipFile(io.BytesIO(client.post(reverse("account_data")).content)) as held:
        text = "".join(held.read(name).decode() for name in held.namelist())
    assert "impact.OwnAnswer" in text
    assert "no_team" in text


def test_it_is_made_anew_after_an_export_and_gone_when_they_stop(world: World) -> None:
    loaded(world)
    client = asked(world)
    first = OwnAnswer.objects.get()
    jobs.renew_own_answers.call()
    assert OwnAnswer.objects.get().conversation_id == first.conversation_id, "nothing new was measured"
    participation_jobs.measure_organisation.call(organisation_id=world.organisation.pk)
    jobs.renew_own_answers.call()
    renewed = OwnAnswer.objects.get()
    assert renewed.conversation_id != first.conversation_id
    assert not Conversation.objects.filter(pk=first.conversation_id).exists()
    check_page(client.get(reverse("own_impact_stop")))
    client.post(reverse("own_impact_stop"))
    assert not OwnAnswer.objects.exists()
    assert not Conversation.objects.filter(pk=renewed.conversation_id).exists()
    assert client.get(reverse("own_impact_stop")).status_code == 302
    assert client.get(reverse("own_impact_of", args=["messages"])).status_code == 404
    jobs.make_own_answer.call(answer_id=str(renewed.pk))
    assert not OwnAnswer.objects.exists()


def test_while_it_is_worked_out_the_page_says_so(world: World) -> None:
    client = world.client_of("leader")
    client.post(reverse("own_impact_ask_for"))
    page = client.get(reverse("own_impact"))
    check_page(page)
    assert b"Being worked out" in page.content
    assert "HX-Refresh" not in client.get(reverse("own_impact_progress")).headers
    jobs.make_own_answer.call(answer_id=str(OwnAnswer.objects.get().pk))
    assert client.get(reverse("own_impact_progress")).headers["HX-Refresh"] == "true"


def test_the_start_is_the_day_that_their_own_page_says(world: World) -> None:
    assert world.pairing.agreed_at is not None
    assert began_in(world.organisation.pk) == {world.persons["leader"].pk: world.pairing.agreed_at.date()}


def test_a_page_asks_few_questions(world: World) -> None:
    client = asked(world)
    with CaptureQueriesContext(connections["default"]) as asked_queries:
        client.get(reverse("own_impact"))
    assert len(asked_queries) <= 12


def test_a_sheet_comes_back_as_it_was() -> None:
    made = Sheet(sheet.TOLD, date(2026, 3, 2), "Place", (an_answer(), an_answer(measure="people")))
    text = text_of(made)
    assert len(text.encode()) % STEP == 0
    assert sheet_from(text) == made


WHYS = (
    "too_short",
    "missing",
    "silent",
    "few_donors",
    "shock_in_donors",
    "own_trend",
    "outside_range",
)


def test_each_of_the_four_verdicts_has_its_words() -> None:
    rise = an_answer()
    assert presenters.verdict(rise) == "A rise we can stand behind"
    assert "about 24\u00a0% more answers in your team than there would have been otherwise" in presenters.sentence(rise)
    assert "between 8\u00a0% and 41\u00a0% more" in presenters.sentence(rise)
    fall = an_answer(verdict="fall", effect=-0.2, low=-0.3, high=-0.08)
    assert presenters.verdict(fall) == "A fall we can stand behind"
    assert "between 8\u00a0% and 30\u00a0% fewer" in presenters.sentence(fall)
    none = an_answer(verdict="no_sign", effect=0.02, low=-0.09, high=0.14)
    assert presenters.verdict(none) == "No sign of change"
    assert "between 9\u00a0% fewer and 14\u00a0% more" in presenters.sentence(none)
    assert "Had it been 19\u00a0% or more" in presenters.sentence(none)
    assert "not proof of none" in " ".join(presenters.meaning(none))
    weak = an_answer(
        verdict="not_enough_data", effect=None, low=None, high=None, why="too_weak", detectable=0.62, needed=52
    )
    assert presenters.verdict(weak) == "Not enough data to say"
    assert "About 52 weeks after you began would do; there are 30 so far." in presenters.sentence(weak)
    assert "more teams to compare with than these 23" in presenters.sentence(replace(weak, needed=None))
    assert presenters.estimates(weak) is None
    assert presenters.course(weak) is not None
    said = {presenters.sentence(replace(weak, why=why)) for why in WHYS}
    assert len(said) == len(WHYS)
    assert all("%(" not in words for words in said)
    other = presenters.sentence(replace(weak, why="another_event", event="Move to the new offices"))
    assert "“Move to the new offices” happened in your team within two weeks of when you began" in other
    assert "outside the weeks" in presenters.sentence(replace(weak, why="started_outside", course=()))


def test_a_line_that_cannot_be_believed_is_not_drawn() -> None:
    drawn = presenters.course(an_answer(verdict="not_enough_data", why="own_trend"))
    assert drawn is not None
    assert len(drawn.series) == 1
    assert drawn.faint == ()
    whole = presenters.course(an_answer())
    assert whole is not None
    assert [one.name for one in whole.series] == ["What happened", "What would have happened"]
    assert whole.faint
    assert presenters.course(an_answer(course=())) is None


def test_the_change_over_time_is_told_only_with_an_answer() -> None:
    drawn = presenters.change_over_time(an_answer())
    assert drawn is not None
    assert [point.label for point in drawn.series[0].points] == [
        "\u221212 weeks", "\u22128 weeks", "\u22124 weeks", "start", "+4 weeks", "+8 weeks",
    ]  # fmt: skip
    assert drawn.marker == "start"
    assert drawn.reference == 0
    assert "Before the start nothing is to be seen" in str(drawn.sentence)
    assert "In the first 4 weeks after it: between 10\u00a0% and 40\u00a0% more." in str(drawn.sentence)
    assert presenters.change_over_time(an_answer(effect=None, low=None, high=None)) is None
    assert presenters.change_over_time(an_answer(course=an_answer().course[:4])) is None, "one point is no course"
    older = tuple(replace(one, effect=None, effect_low=None, effect_high=None) for one in an_answer().course)
    assert presenters.change_over_time(an_answer(course=older)) is None, "sealed before there was one"
    off = tuple(replace(one, effect_low=0.1) for one in an_answer().course)
    drawn = presenters.change_over_time(an_answer(course=off))
    assert drawn is not None
    assert "3 of 3 points lie apart from no change" in str(drawn.sentence)


def test_what_may_be_chance_is_not_called_something_to_stand_behind() -> None:
    assert presenters.verdict(an_answer(stands=False)) == "A rise, but it may be chance"
    chart = presenters.estimates(an_answer(stands=False))
    assert chart is not None
    assert "chance" in str(chart.sentence)


def test_before_and_after_stand_beside_it_with_the_reason() -> None:
    assert "52\u00a0% more. But in the same time there were 23\u00a0% more in" in presenters.differs(an_answer())
    assert "nearly the same" in why_they_differ(0.24, 0.24, "the others")
    assert "no answer" in why_they_differ(0.24, None, "the others")
    assert "cannot be compared" in why_they_differ(None, None, "the others")
    assert change(-0.034) == "3.4\u00a0% fewer"
    assert between(-0.2, -0.05) == "between 5\u00a0% and 20\u00a0% fewer"


def test_what_to_be_careful_with() -> None:
    said = presenters.careful(an_answer(stands=False, leaned=True, several=True))
    assert len(said) == 3
    assert presenters.careful(an_answer()) == []
    sheet_of_one = Sheet(sheet.TOLD, date(2026, 3, 2), "Place", (), (("Christmas", "2025-12-24", "2026-01-02", False),))
    how = presenters.how_worked_out(sheet_of_one, an_answer(neighbours=2))
    assert "Left out everywhere: “Christmas”, 24 December 2025 to 2 January 2026." in how
    assert any("2 teams that talk a great deal" in line for line in how)
    assert any("3 November 2025" in line for line in how)


def test_what_a_coordinator_types_of_a_plan_is_read_kindly(world: World) -> None:
    client = world.client_of("coordinator")
    check_page(client.get(reverse("impact_plan_new")))
    typed = {"outcome": "replies", "teams": "a few", "weeks": "999", "turns": "2"}
    page = client.post(reverse("impact_plan_new"), typed)
    check_page(page)
    text = page.content.decode()
    assert "whole number from 1 to 2,000" in text
    assert "whole number from 1 to 156" in text
    assert 'value="a few"' in text
    more = client.post(reverse("impact_plan_new"), typed | {"teams": "3", "weeks": "26", "turns": "9"})
    assert b"more turns than teams" in more.content
    failed = client.get(reverse("impact_plan", args=[world.impact_plan.pk]))
    check_page(failed)
    assert b"Nothing is loaded yet" in failed.content
    assert client.post(reverse("impact_plan_put_aside", args=[world.impact_plan.pk])).status_code == 302
    assert client.get(reverse("impact_plan", args=[world.impact_plan.pk])).status_code == 404
