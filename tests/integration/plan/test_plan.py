"""A leader's own plan: begun from what they told; done, skipped, moved, changed; ending in something passed on."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from freezegun import freeze_time
from lxml import html

from handrail.capabilities.pairings.plan.models import KeptAlone, Plan, WeeklyNote
from handrail.capabilities.pairings.plan.rules import MOST_TODO, next_after
from handrail.capabilities.pairings.plan.sheet import SKIPPED, TODO
from handrail.capabilities.starting_point.decisions.models import Decision
from handrail.capabilities.starting_point.models import StartingPoint
from handrail.capabilities.starting_point.queries import step_pack
from handrail.engines.approach import QUESTIONS
from handrail.foundation.vault.texts import SHEET_BYTES
from tests.factories.world import World
from tests.integration.page_forms import form_with
from tests.integration.plan.conftest import Planner, planner

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]
LINE = "Two of them cook together on Thursdays née 77"


def test_looking_makes_nothing_and_one_tap_begins(world: World) -> None:
    leader = planner(world, "leader")
    page = leader.text("plan")
    assert "three steps for anyone" in page
    assert not Plan.objects.exists()
    leader.answer_four()
    assert "three steps that fit" in leader.text("plan")
    result = leader.text("starting_point_result")
    assert "Begin with this step" in result
    where = leader.begin()
    assert "/step/" in where, "straight to the first step"
    first = leader.client.get(where).content.decode()
    for heading in ("Why it serves your role", "How", "How you know it worked"):
        assert f">{heading}</h2>" in first
    assert "for: Make a service better" in first
    sheet = leader.sheet
    assert sheet.goals == ("improve_a_service",)
    assert sheet.own_goal == "Home visits"
    assert [one.ends for one in sheet.todo] == [False, False, False, True]
    for one in sheet.todo[:3]:
        assert step_pack().texts[one.step].title in result, "just those that the result page showed"
    assert step_pack().texts[sheet.todo[0].step].title in first
    assert "Open your plan" in leader.text("starting_point_result")
    assert "Begin with this step" not in leader.text("starting_point_result")
    assert StartingPoint.objects.get(account=world.account("leader")).at_rest, "home leads to the plan now"


def test_beginning_twice_keeps_the_plan(leader: Planner) -> None:
    before = leader.sheet
    leader.begin()
    assert leader.sheet == before


def test_somebody_who_told_nothing_has_three_steps_too(world: World) -> None:
    leader = planner(world, "outsider")
    where = leader.post("plan_begin")["Location"]
    page = leader.client.get(where).content.decode()
    assert "Why it serves your role" in page
    assert "for: " not in page
    assert "Not said yet" in leader.text("plan")
    assert leader.page("plan_changes").status_code == 200


def test_the_last_step_always_passes_something_on(leader: Planner) -> None:
    passing = {one.id for one in step_pack().steps if one.passes_on}
    for _round in range(4):
        end = leader.sheet.end
        assert end is not None
        assert end.step in passing
        assert leader.sheet.todo[-1] == end
        leader.tap_step("not_for_me", end)
    others = [one for one in leader.sheet.todo if not one.ends]
    end = leader.sheet.end
    assert end is not None
    assert leader.tap_step("take_out", end).status_code == 302
    assert leader.sheet.end == end, "the end cannot be taken out"
    leader.on_step("plan_step_later", end, when="behind")
    assert leader.sheet.end == end
    leader.tap_step("done", end)
    assert leader.sheet.end is not None, "done early: while others are to do there is a new end"
    for one in others:
        leader.tap_step("done", one)
    assert leader.sheet.next_on(date.today()) == leader.sheet.end
    assert "Here the plan ends: with something passed on." in leader.text("plan")


def test_when_everything_is_passed_on_the_plan_goes_on_if_one_likes(leader: Planner) -> None:
    leader.post("plan_go_on")
    assert len(leader.sheet.items) == 4, "not while there is something to do"
    for _number in range(4):
        (one, *_others) = leader.sheet.todo
        leader.tap_step("done", one)
    page = leader.text("plan")
    assert "You have passed something on." in page
    assert "Go on with three more" in page
    done = {one.step for one in leader.sheet.done}
    leader.post("plan_go_on")
    assert len(leader.sheet.todo) == 4
    assert not {one.step for one in leader.sheet.todo} & done


def test_the_end_speaks_of_what_is_in_the_plan_and_of_what_was_done(leader: Planner) -> None:
    texts = step_pack().texts

    def earlier() -> set[str]:
        assert leader.sheet.end is not None
        return set(texts[leader.sheet.end.step].after)

    assert earlier(), "it follows from a step"
    assert earlier() <= leader.sheet.progress.planned  # type: ignore[operator]
    end = leader.sheet.end
    assert end is not None
    spoken_of = next(one for one in leader.sheet.todo if one.step in earlier())
    page = leader.step_text(end)
    assert f"It comes after this step of your plan: {texts[spoken_of.step].title}." in page
    assert "It follows from what you did" not in page
    leader.tap_step("not_for_me", spoken_of)
    assert leader.sheet.end is not None
    assert leader.sheet.end.step != end.step, "what was not done is not passed on"
    there = {one.step for one in leader.sheet.todo}
    assert earlier() <= there
    for one in [one for one in leader.sheet.todo if not one.ends]:
        leader.tap_step("done", one)
    page = leader.step_text(leader.sheet.end)
    assert "It comes after this step" not in page
    followed = earlier()
    said = "It follows from what you did:" if followed else "What you did last. Pass on what you like of it:"
    assert said in page
    for one in leader.sheet.done:
        assert (f"<li>{texts[one.step].title}</li>" in page) is (not followed or one.step in followed)


def test_own_words_of_the_end_stay_whatever_becomes_of_the_rest(leader: Planner) -> None:
    end = leader.sheet.end
    assert end is not None
    leader.on_step("plan_step_change", end, title="Tell Sofia", how="", goal="")
    for one in [one for one in leader.sheet.todo if not one.ends]:
        leader.tap_step("take_out", one)
    assert leader.sheet.end is not None
    assert leader.sheet.end.title == "Tell Sofia"


def test_a_worry_that_was_named_is_in_the_plan_and_its_step_opens_the_one_part(world: World) -> None:
    leader = planner(world, "leader")
    leader.tap("worries", "security")
    leader.tap("in_a_meeting", "look_up_later")
    leader.begin()
    first, second, end = leader.sheet.todo
    assert (first.step, second.step) == ("two-steps-for-your-email", "save-one-password-well")
    assert end.ends
    assert end.step == "pass-on-one-thing", "one thing passed on is the end"
    page = leader.step_text(first)
    assert "10 minutes, on your own" in page
    assert "for: Not being broken into" in page
    home = leader.client.get(reverse("home")).content.decode()
    assert "A small thing on your own phone or computer" in home, "others may see this screen"
    assert step_pack().texts[first.step].title not in home
    for one in (first, second):
        leader.tap_step("done", one)
    passing = leader.step_text(end)
    assert "What you did last. Pass on what you like of it:" in passing
    assert f"<li>{step_pack().texts[second.step].title}</li>" in passing
    part = reverse("walkthrough_item", args=["passkeys-and-two-step", "email"])
    assert f'href="{part}?step=%2Fplan%2F{leader.row.pk}%2Fstep%2F{first.id}%2F"' in page


def test_the_three_questions_stand_ready_to_copy_until_there_are_own_words(world: World) -> None:
    leader = planner(world, "leader")
    for question in ("audience_places", "team"):
        leader.tap(question, "dont_know")
    leader.begin()
    ask = next(one for one in leader.sheet.todo if one.step == "ask-the-team")
    page = html.document_fromstring(leader.step_text(ask))
    (copied,) = page.xpath("//textarea")
    assert copied.text.count("?") == 3
    assert "one or two people" in page.text_content()
    leader.on_step("plan_step_change", ask, title="Ask Sofia", how="By telephone.", goal="")
    assert not html.document_fromstring(leader.step_text(ask)).xpath("//textarea")


def test_a_question_is_looked_at_on_its_day_and_each_answer_leads_on(leader: Planner) -> None:
    leader.post("plan_choose", leader.row.pk, step="ask-a-question-and-wait")
    (item,) = (one for one in leader.sheet.todo if one.step == "ask-a-question-and-wait")

    def tapped(does: str) -> str:
        return leader.client.get(leader.tap_step(does, item)["Location"]).content.decode()

    page = tapped("done")
    assert "When will you look for answers?" in page
    assert "Home asks you then, once." in page
    kept = leader.on_step("plan_step", item, line="Sent to five of them")
    assert "/step/" in kept["Location"], "the day is still to be tapped"
    assert "Home asks on" in tapped("look_soon")
    assert "Asked. You look for answers on" in leader.text("home")
    assert "Did anybody answer?" not in leader.text("home")
    with freeze_time(timezone.now() + timedelta(days=2)):
        home = leader.text("home")
        assert "Did anybody answer?" in home
        assert home.count('name="does"') == 3, "answered there and then"
        page = tapped("none_yet")
        assert "Nobody yet" in page
        assert "Ask one peer elsewhere a real question" in page
        assert "Did anybody answer?" not in leader.text("home"), "it asks once"
        tapped("look_in_a_week")
    with freeze_time(timezone.now() + timedelta(days=9)):
        assert "Did anybody answer?" in leader.text("home")
        page = tapped("came")
        assert "Somebody answered" in page
        follows = next_after(replace(item, answer="came"), leader.sheet)
        assert step_pack().texts[follows].title in page
        leader.post("plan_choose", leader.row.pk, step=follows)
        assert follows in leader.sheet.steps
        assert "Home will not ask." in tapped("no_look")
        assert "Taken out" not in tapped("leave")
    assert [one.step for one in leader.sheet.skipped] == ["ask-a-question-and-wait"]
    assert "This step has changed" in tapped("came")
    tapped("again")
    assert leader.sheet.item(item.id) == item, "as it was before"


def test_done_with_a_line_and_not_done_after_all(leader: Planner) -> None:
    first = leader.sheet.todo[0]
    answer = leader.tap_step("done", first)
    page = leader.client.get(answer["Location"]).content.decode()
    assert "Done on" in page
    assert "What happened, in a line" in page
    assert "may read this line" not in page
    leader.on_step("plan_step", first, line=LINE)
    assert leader.alone.lines == {first.id: LINE}
    assert LINE in leader.step_text(first)
    assert "Readable by you only." in leader.step_text(first)
    assert LINE.encode() not in bytes(KeptAlone.objects.get().sheet) + bytes(leader.row.sheet)
    assert '<span class="hr-rail__state">Done' in leader.text("plan")
    leader.tap_step("again", first)
    assert leader.sheet.todo[0].id == first.id
    leader.on_step("plan_step", first, line="not while it is to do")
    assert leader.alone.lines == {first.id: LINE}


def test_each_private_box_says_beside_it_who_can_read_what_is_typed(leader: Planner) -> None:
    """In the plan, the answers and the decisions: whoever types something private sees it on that page."""
    done, other = leader.sheet.todo[:2]
    leader.tap_step("done", done)
    leader.post("decisions", paper="A supplier")
    decision = Decision.objects.get().pk
    plan = leader.row.pk
    pages = [
        ("plan_step", plan, done.id),
        ("plan_step_change", plan, other.id),
        ("plan_write", plan),
        ("plan_goals",),
        ("decisions",),
        ("decision_outcome", decision),
        *(("starting_point_question", one.id) for one in QUESTIONS if one.own_words),
    ]
    silent = []
    for name, *arguments in pages:
        page = html.document_fromstring(leader.text(name, *arguments))
        assert page.xpath("//main//textarea | //main//input[@type='text']"), name
        if "Only you can read" not in page.text_content():
            silent.append((name, arguments))
    assert silent == []


def test_who_else_reads_a_line_is_said_where_there_is_a_pair(leader: Planner, together: World) -> None:
    first = leader.sheet.todo[0]
    leader.tap_step("done", first)
    assert "Only you can read this, unless you tick the box below." in leader.step_text(first)
    assert "Mentor reads it too." in leader.text("plan_write", leader.row.pk)


def test_the_last_screen_of_what_a_step_opens_does_the_step_and_home_shows_it_once(world: World) -> None:
    leader = planner(world, "leader")
    leader.tap("worries", "security")
    leader.tap("in_a_meeting", "look_up_later")
    leader.begin()
    step = next(one for one in leader.sheet.todo if one.step == "save-one-password-well")
    part = html.document_fromstring(leader.step_text(step)).xpath("//a[contains(@href, '?step=')]/@href")[0]
    leader.client.post(part, {"case": "something-else"})
    answer = leader.client.get(part)
    for _screen in range(9):
        page = html.document_fromstring(answer.content.decode())
        at = page.xpath("//form[.//input[@value='done']]//input[@name='at']/@value")
        answer = leader.client.post(part, {"does": "done", "at": at[0]}, follow=True)
        if answer.request["PATH_INFO"] != part.partition("?")[0]:
            break
    assert answer.request["PATH_INFO"] == reverse("plan_step", args=[leader.row.pk, step.id])
    assert "Done on" in answer.content.decode()
    home = leader.text("home")
    assert "A small thing on your own phone or computer" in home
    assert "small thing for your own accounts" not in home, "one deed, one row"
    leader.tap_step("again", step)
    whole = leader.client.get(f"{part}&whole=1").content.decode()
    assert "marks the step in your plan as done" in whole
    again = leader.client.post(part, {"mark": "done"}, follow=True)
    assert "Done on" in again.content.decode()


def test_not_for_me_is_never_offered_again_and_can_be_brought_back(leader: Planner) -> None:
    first = leader.sheet.todo[0]
    leader.tap_step("not_for_me", first)
    assert leader.sheet.item(first.id).state == SKIPPED  # type: ignore[union-attr]
    assert "Not for me" in leader.text("plan")
    title = step_pack().texts[first.step].title
    assert title not in leader.text("plan_choose", leader.row.pk)
    assert "Not for you. It is not offered again." in leader.step_text(first)
    leader.tap_step("again", first)
    assert leader.sheet.item(first.id).state == TODO  # type: ignore[union-attr]


def test_not_for_me_teaches_the_approach(leader: Planner) -> None:
    def first_offers() -> list[str]:
        return leader.page("plan_choose", leader.row.pk).content.decode().split('name="step" value="')[1:4]

    before = first_offers()
    for one in leader.sheet.todo[:3]:
        leader.tap_step("not_for_me", one)
    assert first_offers() != before


def test_moved_behind_the_others_to_next_week_and_to_a_day(leader: Planner) -> None:
    first, second, _third, end = leader.sheet.todo
    assert "When suits better?" in leader.text("plan_step_later", leader.row.pk, first.id)
    leader.on_step("plan_step_later", first, when="behind")
    assert [one.id for one in leader.sheet.todo][-2:] == [first.id, end.id]
    leader.on_step("plan_step_later", second, when="week")
    moved = leader.sheet.item(second.id)
    assert moved is not None
    assert moved.waits_until == date.today() + timedelta(days=7)
    assert "Moved to" in leader.step_text(second)
    day = {"day-day": "3", "day-month": "3", "day-year": "2199"}
    leader.on_step("plan_step_later", first, **day)
    assert leader.sheet.item(first.id).waits_until == date(2199, 3, 3)  # type: ignore[union-attr]
    assert "3 March 2199" in leader.text("plan")
    for wrong in ({"when": "never"}, {"day-day": "40"}, {}):
        answer = leader.on_step("plan_step_later", first, **wrong)
        assert answer.status_code == 200
    assert leader.sheet.item(first.id).waits_until == date(2199, 3, 3)  # type: ignore[union-attr]


def test_nothing_today_says_from_when(leader: Planner) -> None:
    for one in leader.sheet.todo:
        leader.on_step("plan_step_later", one, when="month")
    assert "Nothing until" in leader.text("plan")
    assert "Nothing until" in leader.text("home")


def test_changed_into_own_words_and_back(leader: Planner) -> None:
    first = leader.sheet.todo[0]
    page = leader.text("plan_step_change", leader.row.pk, first.id)
    assert "Which goal does it serve?" in page
    leader.on_step("plan_step_change", first, title="Ask Sue", how="On <Tuesday>", goal="own")
    changed = leader.step_text(first)
    assert "Ask Sue" in changed
    assert "On &lt;Tuesday&gt;" in changed
    assert "for: Home visits" in changed
    leader.on_step("plan_step_change", first, title="", how="")
    assert step_pack().texts[first.step].title in leader.step_text(first)
    leader.tap_step("done", first)
    answer = leader.on_step("plan_step_change", first, title="Too late")
    assert "has changed in the meantime" in answer.content.decode()


def test_a_step_of_ones_own(leader: Planner) -> None:
    empty = leader.post("plan_write", leader.row.pk, title=" ")
    assert "Say in a few words what the step is." in empty.content.decode()
    leader.post("plan_write", leader.row.pk, title="Ring the hospital", how="Ask for Jo")
    own = leader.sheet.todo[-2]
    assert (own.title, own.how, own.goal, own.ends) == ("Ring the hospital", "Ask for Jo", "improve_a_service", False)
    assert "Ring the hospital" in leader.step_text(own)
    answer = leader.on_step("plan_step_change", own, title=" ", how="x")
    assert "Say in a few words what the step is." in answer.content.decode()
    leader.tap_step("take_out", own)
    assert leader.sheet.item(own.id) is None
    assert leader.page("plan_step", leader.row.pk, own.id).status_code == 404


def test_chosen_from_the_pack_for_one_need_without_saying_so_in_an_address(leader: Planner) -> None:
    page = leader.post("plan_choose", leader.row.pk, need="safety")
    assert "For: Staying safe." in page.content.decode()
    offered = page.content.decode().split('name="step" value="')[1:]
    chosen = offered[0].partition('"')[0]
    assert "safety" in next(one.needs for one in step_pack().steps if one.id == chosen)
    answer = leader.post("plan_choose", leader.row.pk, step=chosen)
    assert answer.status_code == 302
    assert chosen not in answer["Location"]
    assert leader.sheet.todo[-2].step == chosen
    leader.post("plan_choose", leader.row.pk, step=chosen)
    leader.post("plan_choose", leader.row.pk, step="no-such-step")
    assert [one.step for one in leader.sheet.items].count(chosen) == 1
    assert "no-such-step" not in leader.sheet.steps


def test_no_more_than_a_few_wait(leader: Planner) -> None:
    for number in range(MOST_TODO):
        leader.post("plan_write", leader.row.pk, title=f"Step {number}")
    assert len(leader.sheet.todo) == MOST_TODO
    assert "Choose another step" not in leader.text("plan")
    answer = leader.post("plan_write", leader.row.pk, title="One more")
    assert "Eight steps are waiting" in answer.content.decode()


def test_what_it_is_for(leader: Planner) -> None:
    page = leader.post("plan_goals", goals=["save_money", "win_trust"], own="")
    assert page.status_code == 302
    assert leader.sheet.goals_chosen == ("save_money", "win_trust")
    goals = {one.goal for one in leader.sheet.items}
    assert goals == {"win_trust"}, "steps of a goal that is gone serve the closest"
    assert "Spend less; Win people’s trust" in leader.text("plan")
    before = leader.sheet.items
    leader.post("plan_goals", goals=["save_money", "win_trust", "grow_support"], own="")
    assert leader.sheet.items == before, "whatever serves a goal that stays goes on serving it"
    leader.post("plan_goals", goals=["save_money", "win_trust"], own="")
    for wrong in (
        {"goals": [], "own": " "},
        {"goals": ["save_money"] * 1 + ["win_trust", "improve_a_service", "grow_support"]},
    ):
        assert leader.post("plan_goals", **wrong).status_code == 200
    assert leader.sheet.goals_chosen == ("save_money", "win_trust")


def test_the_sheet_is_as_long_after_one_step_as_after_many(leader: Planner) -> None:
    before = len(bytes(leader.row.sheet))
    for one in leader.sheet.todo:
        leader.tap_step("done", one)
    leader.post("plan_go_on")
    assert len(bytes(leader.row.sheet)) == before
    assert SHEET_BYTES <= before < SHEET_BYTES + 512
    kept = json.dumps(list(Plan.objects.values("begun_on", "paused", "paused_until")), default=str)
    assert "done" not in kept


def test_deleting_leaves_nothing(leader: Planner) -> None:
    leader.tap_step("done", leader.sheet.todo[0])
    leader.on_step("plan_step", leader.sheet.done[0], line=LINE)
    leader.post("plan_note_hour")
    leader.client.post("/plan/note/hour/?day=2", {"hour": "8"})
    assert WeeklyNote.objects.exists()
    assert "Delete your plan?" in leader.text("plan_delete")
    leader.post("plan_delete")
    assert not Plan.objects.exists()
    assert not KeptAlone.objects.exists()
    assert not WeeklyNote.objects.exists()
    for name in ("plan_goals", "plan_share", "plan_pause", "plan_note"):
        assert leader.page(name).status_code == 302, name


def test_a_lost_key_loses_the_plan_and_a_new_one_begins(world: World, leader: Planner) -> None:
    device = Client()
    device.force_login(world.account("leader"), backend="handrail.capabilities.accounts.backends.AccountBackend")
    shut = device.get("/plan/")
    assert shut.status_code == 302, "another device opens it first"
    assert "private/open" in shut["Location"]
    assert "Your plan is sealed." in device.get("/home/").content.decode()
    device.post("/account/private/begin-again/", {"sure": "on"})
    assert device.get("/plan/").status_code in (200, 302)


def test_every_tap_beside_the_line_keeps_what_was_typed(leader: Planner) -> None:
    leader.post("plan_choose", leader.row.pk, step="ask-a-question-and-wait")
    (item,) = (one for one in leader.sheet.todo if one.step == "ask-a-question-and-wait")
    todo = leader.step_text(item)
    assert "I have asked" in todo, "asking is not done with"
    assert "Not yet" in todo
    page = leader.client.get(leader.tap_step("done", item)["Location"])
    for value in ("look_soon", "look_in_a_week", "no_look", "back", "note", "again"):
        assert form_with(page, "does", value).fields.keys() >= {"line"}, "one form with the line"
    answer = leader.on_step("plan_step", item, does="look_soon", line="Asked the traders")
    assert leader.alone.lines == {item.id: "Asked the traders"}
    assert leader.sheet.item(item.id).look_on  # type: ignore[union-attr]
    assert "Asked on" in leader.client.get(answer["Location"]).content.decode()
    assert "Asked the traders" in leader.text("home")
    with freeze_time(timezone.now() + timedelta(days=2)):
        assert "You wrote: “Asked the traders”. One tap." in leader.text("home")
        leader.tap_step("none_yet", item)
        assert leader.alone.lines == {item.id: "Asked the traders"}, "home's taps have no line, and leave it"
        leader.on_step("plan_step", item, does="note", line="Asked them twice")
        leader.on_step("plan_step", item, put="ask-a-peer-elsewhere", line="Asked them three times")
        assert "ask-a-peer-elsewhere" in leader.sheet.steps
        assert leader.alone.lines == {item.id: "Asked them three times"}
        too_long = leader.on_step("plan_step", item, does="look_in_a_week", line="x" * 5000).content.decode()
    assert "x" * 5000 in too_long
    assert not leader.sheet.item(item.id).look_on, "nothing was tapped"  # type: ignore[union-attr]
    back = leader.on_step("plan_step", item, does="back", line="Asked again")
    assert back["Location"] == reverse("plan")
    leader.on_step("plan_step", item, does="again", line="Not asked")
    assert leader.alone.lines == {item.id: "Not asked"}
