"""A plan becomes the pair's by its leader's act, as previewed; and what the two see together revises the approach."""

from datetime import date, timedelta

import pytest

from handrail.capabilities.accounts.actions import erase_account
from handrail.capabilities.pairings.actions import change_pairing
from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.pairings.plan import queries
from handrail.capabilities.pairings.plan.models import Plan, SeenTogether
from handrail.capabilities.pairings.plan.seen.actions import note_down
from handrail.capabilities.pairings.plan.sheet import DONE, SKIPPED, TODO
from handrail.capabilities.pairings.plan.together.actions import make_it_the_pairs
from handrail.capabilities.pairings.queries import OwnPairing
from handrail.capabilities.starting_point.queries import step_pack
from handrail.foundation.access.refusal import Refused
from tests.factories.world import World
from tests.integration.plan.conftest import Planner, planner

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]
LINE, KEPT = "Two of them cook on Thursdays née 77", "I was afraid to ask née 78"


def title(step: str) -> str:
    return step_pack().texts[step].title


def test_the_mentor_sees_what_was_previewed_and_nothing_else(paired: World, leader: Planner, mentor: Planner) -> None:
    first, second, *_others = leader.sheet.todo
    leader.tap_step("done", first)
    leader.on_step("plan_step", first, line=LINE)
    leader.tap_step("not_for_me", second)
    assert mentor.page("plan_of_the_pair", leader.row.pk).status_code == 404
    preview = leader.post("plan_share", parts=[]).content.decode()
    assert "Nothing is shared yet." in preview
    assert title(first.step) not in preview
    whole = leader.post("plan_share", parts=["done", "lines"]).content.decode()
    assert title(first.step) in whole
    assert LINE in whole
    assert title(second.step) not in whole, "what is not for them stays theirs"
    assert leader.row.pairing_id is None
    leader.post("plan_share", pairing=paired.pairing.pk)
    page = mentor.text("plan_of_the_pair", leader.row.pk)
    assert title(leader.sheet.todo[0].step) in page
    assert title(first.step) not in page
    assert LINE not in mentor.text("home") + page
    assert "The plan of you two" in mentor.text("pairing", paired.pairing.pk)
    assert "The plan of Leader and you" in mentor.text("home")
    assert "The plan of Leader and you" not in planner(paired, "outsider").text("home")
    assert {one.state for one in leader.sheet.items} == {TODO}
    assert {one.state for one in leader.alone.kept} == {DONE, SKIPPED}
    assert title(second.step) not in leader.text("plan_choose", leader.row.pk), "not offered again all the same"
    leader.post("plan_take_back")
    assert mentor.page("plan_of_the_pair", leader.row.pk).status_code == 404
    assert {one.state for one in leader.sheet.items} == {TODO, DONE, SKIPPED}
    assert leader.alone.kept == ()


def test_both_choose_write_move_and_change_and_only_the_leader_says_done(
    together: World, leader: Planner, mentor: Planner
) -> None:
    plan, first = leader.row.pk, leader.sheet.todo[0]
    assert "Choose another step" in mentor.text("plan_of_the_pair", plan)
    offered = mentor.text("plan_choose", plan).split('name="step" value="')[1].partition('"')[0]
    mentor.post("plan_choose", plan, step=offered)
    mentor.post("plan_write", plan, title="Sit beside Sofia")
    assert [one.by for one in leader.sheet.items].count("mentor") == 2
    assert "Suggested by Mentor." in leader.text("plan")
    own = next(one for one in leader.sheet.items if one.title)
    mentor.on_step("plan_step_change", own, title="Sit beside Sofia for one call")
    mentor.on_step("plan_step_later", own, when="fortnight")
    assert "Sit beside Sofia for one call" in leader.text("plan")
    page = mentor.text("plan_step", plan, first.id)
    assert 'value="done"' not in page
    assert 'value="not_for_me"' not in page
    before = leader.sheet
    for does in ("done", "not_for_me", "again"):
        mentor.on_step("plan_step", first, does=does)
    assert leader.sheet == before
    mentor.on_step("plan_step", own, does="take_out")
    assert leader.sheet.item(own.id) is None
    for name in ("plan_goals", "plan_share", "plan_pause"):
        assert mentor.page(name).status_code == 302, "the mentor has no plan of their own"


def test_a_line_is_the_leaders_unless_they_say_so(together: World, leader: Planner, mentor: Planner) -> None:
    first, second, *_others = leader.sheet.todo
    for one in (first, second):
        leader.tap_step("done", one)
    leader.on_step("plan_step", first, line=KEPT)
    leader.on_step("plan_step", second, line=LINE, for_both="on")
    assert "Mentor may read this line" in leader.step_text(first)
    assert "Readable by you and Mentor." in leader.step_text(second)
    assert KEPT not in mentor.text("plan_step", leader.row.pk, first.id)
    assert LINE in mentor.text("plan_step", leader.row.pk, second.id)
    leader.on_step("plan_step", second, line=LINE)
    assert LINE not in mentor.text("plan_step", leader.row.pk, second.id)
    assert leader.alone.lines == {first.id: KEPT, second.id: LINE}


def test_once_the_pairing_is_over_the_plan_is_the_leaders_alone(
    together: World, leader: Planner, mentor: Planner
) -> None:
    account = together.account("leader")
    change_pairing(by=account, pairing=together.pairing, state=Pairing.State.ENDED)
    assert mentor.page("plan_of_the_pair", leader.row.pk).status_code == 404
    assert "Your plan is yours alone again." in leader.text("plan")
    assert leader.row.pairing_id is None
    assert "Readable by you only." in leader.text("plan")


def test_an_erased_mentor_takes_no_plan_along(
    together: World, leader: Planner, django_capture_on_commit_callbacks: object
) -> None:
    leader.post("seen_together", together.pairing.pk, what=["asked_for_help"])
    erase_account(account=together.account("mentor"))
    assert not SeenTogether.objects.exists()
    assert Plan.objects.get().pairing_id is None
    assert len(leader.sheet.todo) == 4
    leader.tap_step("done", leader.sheet.todo[0])
    assert len(leader.sheet.done) == 1


def test_it_cannot_be_shared_before_both_have_a_key_or_with_anybody_else(world: World, leader: Planner) -> None:
    assert "Once you have a mentor" in leader.text("plan_share")
    leader.post("plan_share", pairing=world.pairing.pk)
    assert leader.row.pairing_id is None
    plan = queries.plan_of(leader.vault)
    with pytest.raises(Refused, match="cannot be sealed"):
        make_it_the_pairs(by=plan, pairing=world.pairing, parts=[])


def test_a_leader_who_began_again_is_given_it_back_by_the_mentor(
    together: World, leader: Planner, mentor: Planner
) -> None:
    fresh = planner(together, "leader")
    fresh.client.post("/account/private/lost/", {"understood": "on", "device": "own"})
    page = fresh.text("plan")
    assert "can share it with you again" in page
    assert "Open your private space" in fresh.text("home")
    fresh.post("plan_goals", goals=["save_money"])
    fresh.post("plan_take_back")
    mentor.post("pairing_notes_share_again", together.pairing.pk)
    assert "The way so far" in fresh.text("plan")
    again = planner(together, "leader")
    again.client.post("/account/private/lost/", {"understood": "on", "device": "own"})
    assert again.post("plan_begin")["Location"].endswith("/")
    assert again.row.pairing_id is None, "a new plan is theirs alone"
    plan = queries.plan_of(again.vault)
    together.pairing.refresh_from_db()
    with pytest.raises(Refused, match="cannot be sealed"):
        make_it_the_pairs(by=plan, pairing=together.pairing, parts=[])
    mentor.post("pairing_notes_share_again", together.pairing.pk)
    assert again.post("plan_share", pairing=together.pairing.pk).status_code == 302
    lost = planner(together, "leader")
    lost.client.post("/account/private/lost/", {"understood": "on", "device": "own"})
    change_pairing(by=together.account("leader"), pairing=together.pairing, state=Pairing.State.ENDED)
    assert "yours alone again" not in lost.text("plan"), "it does not open any more"
    assert lost.row.pairing_id == together.pairing.pk


def test_what_the_two_saw_revises_the_approach_and_the_history_says_how(
    paired: World, leader: Planner, mentor: Planner
) -> None:
    pairing = paired.pairing.pk
    assert "Nothing has changed it so far." in leader.text("plan_changes")
    assert "never a mark for a person" in mentor.text("seen_together", pairing)
    assert "Tap what you saw together." in mentor.post("seen_together", pairing).content.decode()
    assert mentor.post("seen_together", pairing, what=["worried_about_safety", "asked_for_help"]).status_code == 302
    mentor.post("seen_together", pairing, what=["worried_about_safety"])
    leader.post("seen_together", pairing, what=["changed_a_setting"])
    page = leader.text("seen_together", pairing)
    assert page.count("Being safe online came up") == 2, "once to tap, and once as noted: the same day counts once"
    changes = leader.text("plan_changes")
    assert "Your mentor noted: Being safe online came up" in changes
    assert "You noted: Changed a setting" in changes
    assert "“Take control” went from" in changes
    result = leader.text("starting_point_result")
    assert "And you and your mentor saw:" in result
    assert "Being safe online came up" in result
    assert "You changed a setting." in result
    assert "Make a service better" not in mentor.text("seen_together", pairing)
    preview = leader.post("starting_point_share", sections=["approach"]).content.decode()
    assert "You asked for help. Few do." in preview
    sighting = page.split('name="sighting" value="')[1].partition('"')[0]
    mentor.post("seen_together_take_back", pairing, sighting=sighting)
    assert "You noted: Changed a setting" in leader.text("plan_changes"), "nobody takes back the other's"
    leader.post("seen_together_take_back", pairing, sighting=sighting)
    assert "You noted: Changed a setting" not in leader.text("plan_changes")
    sealed = bytes(SeenTogether.objects.get().sheet)
    assert b"safety" not in sealed


def test_seeing_the_same_again_moves_nothing_more(paired: World, leader: Planner) -> None:
    own = OwnPairing(paired.pairing, "leader")
    for nothing in ([], ["told_a_secret"]):
        with pytest.raises(Refused, match="Nothing was noted"):
            note_down(by=own, vault=leader.vault, what=nothing)
    for days in (9, 6, 3):
        note_down(by=own, vault=leader.vault, what=["asked_the_team"], on=date(2026, 3, 20) - timedelta(days=days))
    assert "Nothing moved by it: it had been seen before." in leader.text("plan_changes")


def test_it_is_noted_only_while_the_pairing_runs_and_between_the_two(
    world: World, leader: Planner, mentor: Planner
) -> None:
    pairing = world.pairing.pk
    leader.post("seen_together", pairing, what=["asked_for_help"])
    assert "cannot be sealed for the two of you yet" in leader.text("seen_together", pairing)
    mentor.post("safe_open", device="own")
    leader.post("seen_together", pairing, what=["asked_for_help"])
    change_pairing(by=world.account("leader"), pairing=world.pairing, state=Pairing.State.ENDED)
    assert "Asked for help" in leader.text("seen_together", pairing)
    assert "Note it down" not in leader.text("seen_together", pairing)
    leader.post("seen_together", pairing, what=["asked_for_help"])
    assert "This can be noted while the pairing runs." in leader.text("seen_together", pairing)
    assert planner(world, "outsider").page("seen_together", pairing).status_code == 404
    fresh = planner(world, "mentor")
    fresh.client.post("/account/private/lost/", {"understood": "on", "device": "own"})
    assert "This was sealed before you began again." in fresh.text("seen_together", pairing)
    assert fresh.post("seen_together_take_back", pairing, sighting="x").status_code == 302
