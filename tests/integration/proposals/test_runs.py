"""Searches among those who signed up: found, explained, changed with the effect shown, undone, cancelled, forgotten."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from handrail.capabilities.pairings import actions as pairings
from handrail.capabilities.pairings.proposals.queries import busy_in
from handrail.capabilities.people.models import Person
from handrail.capabilities.schemes.matching_runs import actions, jobs, queries, solving
from handrail.capabilities.schemes.matching_runs.models import Entrant, Hold, ProposedPair, Run
from handrail.capabilities.schemes.matching_runs.what_counts import WhatCounts
from handrail.capabilities.schemes.sign_up.models import SignUp
from handrail.foundation.access.refusal import Refused
from tests.factories.signed_up import keep, sign_up_row
from tests.factories.world import person
from tests.integration.proposals.bench_of_people import Bench, small_bench, would_not

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow, pytest.mark.postgres]


@pytest.fixture
def bench() -> Bench:
    return small_bench()


def test_the_best_pairs_are_found_and_proven(bench: Bench) -> None:
    run = bench.found()
    assert (run.state, bench.pairs(run)) == ("ready", {"Ann": "Ned", "Bea": "Max", "Cal": "Oz"})
    assert (run.figures["certified"], run.figures["without"], run.figures["worst"]) == (True, 0, 2)
    leader = queries.leader_in(run, bench.people["Ann"].pk)
    max_ = queries.mentor_in(run, bench.people["Max"].pk)
    # Ann would fit Max as well; Bea would then lose her third theme: ten points.
    assert (leader.fit(max_), leader.cost(max_), leader.against(max_)) == (22, 10, [])
    assert leader.points_by_reason(max_) == {"themes": 20, "unit": 2}
    assert queries.entrants_facts(run, [bench.people["Ann"].pk])["leader", bench.people["Ann"].pk]["themes"] == [
        "data",
        "ai",
    ]
    again = bench.solve(run)
    assert bench.pairs(again) == bench.pairs(run)


def test_a_preference_rules_out_in_both_directions_and_is_written_nowhere(bench: Bench) -> None:
    would_not(bench, "Bea", "leader", "Max")
    would_not(bench, "Ned", "mentor", "Bea")
    run = bench.found()
    assert bench.pairs(run)["Bea"] == "Oz"
    leader = queries.leader_in(run, bench.people["Bea"].pk)
    for name in ("Max", "Ned"):
        mentor = queries.mentor_in(run, bench.people[name].pk)
        assert leader.against(mentor) == ["preference"]
        with pytest.raises(Refused, match="nobody can set aside"):
            actions.change_run(by=bench.account, run=run, together=[bench.ids("Bea", name)])
    kept = [one.facts for one in Entrant.objects.filter(run=run)]
    assert "not" not in str(kept)
    assert "preference" not in run.figures["forbids"]


def test_who_is_told_apart_by_line_team_language_time_and_place(bench: Bench) -> None:
    Person.objects.filter(name="Max").update(manager=bench.people["Bea"], unit="Bea’s unit")
    Person.objects.filter(name="Ned").update(line=Person.Line.UNKNOWN)
    SignUp.objects.filter(person__name="Oz").update(
        languages=["cy"], times=["mon-morning"], meets="in_person", place="Depot"
    )
    SignUp.objects.filter(side="leader").update(times=["tue-morning"])
    run = bench.found()
    against = {
        name: queries.leader_in(run, bench.people["Bea"].pk).against(queries.mentor_in(run, bench.people[name].pk))
        for name in ("Max", "Ned", "Oz")
    }
    assert against == {"Max": ["line", "team"], "Ned": [], "Oz": ["languages", "times", "meeting"]}
    assert {pair.warning for pair in ProposedPair.objects.filter(run=run, mentor__name="Ned")} == {"unknown"}
    said = {one.person.name: one.without["kind"] for one in queries.without_a_mentor(run) if one.without}
    assert said
    assert set(said.values()) <= {"place", "several", "entry", "rule"}


def test_what_the_rules_would_do_is_seen_before(bench: Bench) -> None:
    leaders, mentors = queries.candidates(bench.scheme, {})
    SignUp.objects.filter(person__name="Cal").update(languages=["fr"])
    leaders, mentors = queries.candidates(bench.scheme, {})
    off = WhatCounts.from_settings({"rules": {"languages": False}})
    for counts, nobody in ((WhatCounts.from_settings({}), [bench.people["Cal"].pk]), (off, [])):
        effect = actions.set_counts(
            by=bench.account, scheme=bench.scheme, counts=counts, leaders=leaders, mentors=mentors
        )
        assert effect["forbids"]["languages"] == 3
        assert effect["nobody_for"] == nobody
    assert queries.counts_of(bench.scheme)[0].rules["languages"] is False
    assert actions.set_counts(by=bench.account, scheme=bench.scheme, counts=off, leaders=[], mentors=mentors) == {}
    without_lines = WhatCounts.from_settings({"levels": 0})
    assert solving.effect_of(leaders, mentors, without_lines)["possible"] == 6


def test_a_change_is_a_new_proposal_and_can_be_undone(bench: Bench) -> None:
    run = bench.found()
    changed = bench.solve(actions.change_run(by=bench.account, run=run, together=[bench.ids("Ann", "Max")]))
    assert bench.pairs(changed) == {"Ann": "Max", "Bea": "Ned", "Cal": "Oz"}
    assert changed.number == run.number + 1
    difference = queries.difference(run, changed)
    assert (len(difference.ended), len(difference.begun), difference.kept) == (2, 2, 1)
    assert (
        queries.leader_in(changed, bench.people["Ann"].pk).cost(queries.mentor_in(changed, bench.people["Ned"].pk))
        == queries.UNKNOWN
    )
    # Another mentor for the same leader takes the place of the first; a mentor's one place is not given twice.
    other = bench.solve(actions.change_run(by=bench.account, run=changed, together=[bench.ids("Ann", "Oz")]))
    assert bench.pairs(other)["Ann"] == "Oz"
    with pytest.raises(Refused, match="fixed already"):
        actions.change_run(by=bench.account, run=other, together=[bench.ids("Bea", "Oz")])
    free = bench.solve(actions.change_run(by=bench.account, run=other, free=[bench.ids("Ann", "Oz")]))
    assert free.figures["fixed"] == 0
    apart = bench.solve(
        actions.change_run(by=bench.account, run=free, apart=[bench.ids("Bea", "Max")], free=[bench.ids("Cal", "Oz")])
    )
    assert bench.pairs(apart)["Bea"] != "Max"
    assert [hold.kind for hold in queries.holds_of(apart)] == ["apart"]
    assert actions.take_back(by=bench.account, run=apart) == free
    with pytest.raises(Refused, match="nothing to undo"):
        actions.take_back(by=bench.account, run=run)
    assert apart not in queries.recent_runs_of(bench.scheme)


def test_a_search_is_cancelled_while_it_runs(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    run = bench.started()
    with pytest.raises(Refused, match="running already"):
        bench.started()
    really = solving.solve

    def cancelled_meanwhile(problem: object, *, tell: Callable[[str], None]) -> object:
        actions.cancel_run(by=bench.account, run=run)
        return really(problem, tell=tell)  # type: ignore[arg-type]

    monkeypatch.setattr(solving, "solve", cancelled_meanwhile)
    assert bench.solve(run).state == "put_aside"
    assert not ProposedPair.objects.filter(run=run).exists()
    with pytest.raises(Refused, match="finished in the meantime"):
        actions.cancel_run(by=bench.account, run=run)
    jobs.find_pairs.func(run_id=run.pk)
    jobs.find_pairs.func(run_id=0)
    monkeypatch.undo()
    late = bench.started()
    monkeypatch.setattr(solving, "solved", lambda *_: actions.cancel_run(by=bench.account, run=late) or _nothing())
    assert bench.solve(late).state == "put_aside"


def _nothing() -> solving.Solved:
    return solving.Solved([], [], {}, {})


def test_a_faulty_problem_says_so_instead_of_pairs(bench: Bench) -> None:
    run = bench.started()
    Hold.objects.bulk_create(
        Hold(run=run, leader=bench.people[name], mentor=bench.people["Max"], kind="together") for name in ("Ann", "Bea")
    )
    assert (bench.solve(run).state, bool(run.stopped_because)) == ("failed", True)


def test_whoever_is_paired_or_asked_takes_no_part_and_nobody_is_proposed_twice(bench: Bench) -> None:
    kept = {"scheme": bench.scheme, "asked_by": bench.coordinator, "words": "Would you?", "by": bench.account}
    asked = pairings.ask_pair(leader=bench.people["Bea"], mentor=bench.people["Max"], **kept)  # type: ignore[arg-type]
    leaders, mentors = queries.candidates(bench.scheme, busy_in(bench.scheme))
    assert {one.person_id for one in leaders} == {bench.people[name].pk for name in ("Ann", "Cal")}
    assert {one.person_id for one in mentors} == {bench.people[name].pk for name in ("Ned", "Oz")}
    mentor = bench.people["Max"].account
    assert mentor is not None
    pairings.decline_pairing(by=mentor, pairing=asked, side="mentor")
    pairings.settle_question(pairing=asked)
    run = bench.found()
    assert bench.pairs(run)["Bea"] != "Max"
    leader = queries.leader_in(run, bench.people["Bea"].pk)
    assert leader.against(queries.mentor_in(run, bench.people["Max"].pk)) == ["named"]


def test_whoever_went_without_comes_first_next_time_and_draws_go_by_the_order_of_waiting(bench: Bench) -> None:
    SignUp.objects.filter(side="mentor").exclude(person__name="Oz").delete()
    now = timezone.now()
    for days, name in enumerate(("Cal", "Bea", "Ann")):  # all three fit Oz alike
        SignUp.objects.filter(person__name=name, side="leader").update(signed_up_at=now - timedelta(days=9 - days))
    run = bench.found()
    assert bench.pairs(run) == {"Cal": "Oz"}
    assert {one.person.name: (one.without or {})["kind"] for one in queries.without_a_mentor(run)} == {
        "Bea": "place",
        "Ann": "place",
    }
    assert run.figures["total"] == 2
    cal = queries.leader_in(run, bench.people["Ann"].pk)
    assert cal.cost(queries.mentor_in(run, bench.people["Oz"].pk)) == 0
    actions.mark_asked(by=bench.account, run=run)
    with pytest.raises(Refused, match="asked already"):
        actions.mark_asked(by=bench.account, run=run)
    assert bench.pairs(bench.found()) == {"Bea": "Oz"}


def test_a_mentor_of_another_organisation_has_no_line_to_doubt(bench: Bench) -> None:
    from handrail.capabilities.people.actions import create_organisation

    elsewhere = create_organisation(by=None, name="Elsewhere")
    bench.scheme.spans.set([elsewhere])
    una = person(elsewhere, "Una", line=Person.Line.UNKNOWN)
    keep([sign_up_row(bench.scheme, una, "mentor", themes=["voice"], languages=["en"])])
    run = bench.found()
    assert bench.pairs(run)["Cal"] == "Una"
    assert ProposedPair.objects.get(run=run, mentor=una).warning == ""


def test_a_proposal_is_handed_to_a_colleague_and_forgotten_in_time(bench: Bench) -> None:
    run = bench.found()
    colleague = person(bench.organisation, "Colleague").account
    assert colleague is not None
    with pytest.raises(Refused, match="Nobody waits"):
        actions.note_checked(by=colleague, run=run)
    actions.hand_over(by=bench.account, run=run, checker=colleague)
    actions.note_checked(by=colleague, run=run)
    with pytest.raises(Refused, match="Nobody waits"):
        actions.note_checked(by=colleague, run=run)
    assert queries.names_of_runs([run.pk]) == {run.pk: ["1, Ten minutes"]}
    Run.objects.update(made_at=timezone.now() - timedelta(days=181))
    jobs.forget_old_runs.func()
    assert not Run.objects.exists()


def test_nobody_to_pair_is_said(bench: Bench) -> None:
    SignUp.objects.filter(side="mentor").delete()
    with pytest.raises(Refused, match="a mentor with a place"):
        bench.started()
