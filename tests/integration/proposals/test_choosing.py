"""Leaders choose for themselves: the best three, no more seats than places even at once, and a no leads on."""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone
from freezegun import freeze_time

from handrail.capabilities.pairings import actions as pairings
from handrail.capabilities.pairings.answering.queries import answers_of
from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.pairings.proposals import actions, jobs, queries
from handrail.capabilities.pairings.proposals.models import Asking, Choice, Seat
from handrail.capabilities.people.models import Person
from handrail.capabilities.schemes.matching_runs.queries import candidates
from handrail.capabilities.schemes.sign_up.actions import resume_sign_up
from handrail.capabilities.schemes.sign_up.models import SignUp
from handrail.foundation.access.refusal import Refused
from handrail.foundation.mail.models import OutboxMessage
from tests.integration.page_forms import form_with
from tests.integration.proposals.bench_of_people import NAMES, Bench, small_bench, words_of

pytestmark = [pytest.mark.slow, pytest.mark.postgres]
MATCHING = "/pairings/matching/"
both_stores = pytest.mark.django_db(databases=["default", "keystore"])


def choosing(bench: Bench) -> Asking:
    asking = actions.ask_all(
        by=bench.account, run=bench.found(), asked_by=bench.coordinator, words="Choose!", leaders_choose=True
    )
    jobs.ask_in_turn.func(asking_id=asking.pk)
    jobs.ask_in_turn.func(asking_id=0)
    asking.refresh_from_db()
    return asking


def choice_of(bench: Bench, name: str) -> Choice:
    return Choice.objects.get(leader=bench.people[name])


def choose(bench: Bench, name: str, mentor: str) -> Pairing:
    account = bench.people[name].account
    assert account is not None
    return actions.choose(by=account, choice=choice_of(bench, name), mentor_id=bench.people[mentor].pk)


@both_stores
def test_a_leader_sees_three_without_points_and_taps_one() -> None:
    bench = small_bench()
    asking = choosing(bench)
    assert (asking.done, asking.pairs, bool(asking.finished_at)) == (3, 3, True)
    assert OutboxMessage.objects.filter(kind="asked", text__contains="Choose!").count() == 3
    client: Client = bench.client_of(bench.people["Ann"])
    assert "Choose your mentor" in client.get("/home/").content.decode()
    here = f"/pairings/matching/choose/{choice_of(bench, 'Ann').pk}/"
    page = client.get(here).content.decode()
    words = words_of(client.get(here))  # not the markup: two letters stand in a form's token by chance
    assert words.index("Max") < words.index("Oz")
    assert "point" not in page
    assert client.post(here, {"mentor": "no"}).headers["Location"] == here
    sent = form_with(client.get(here), "csrfmiddlewaretoken").send(client, mentor=str(bench.people["Max"].pk))
    pairing = Pairing.objects.get(leader=bench.people["Ann"])
    assert sent.headers["Location"] == f"/pairings/{pairing.pk}/"
    assert answers_of(pairing) == {"leader": "yes"}
    assert client.get(here).headers["Location"] == f"/pairings/{pairing.pk}/"
    assert bench.client_of(bench.people["Bea"]).get(here).status_code == 404
    shown = [one.person.name for one in queries.offered_to(choice_of(bench, "Bea")).mentors]
    assert shown == ["Ned", "Oz"]
    with pytest.raises(Refused, match="chosen already"):
        choose(bench, "Ann", "Ned")
    with pytest.raises(Refused, match="just taken"):
        choose(bench, "Bea", "Max")


@both_stores
def test_after_a_no_the_leader_chooses_again_and_the_seat_is_free_for_others() -> None:
    bench = small_bench()
    choosing(bench)
    pairing = choose(bench, "Ann", "Max")
    account = bench.people["Max"].account
    assert account is not None
    pairings.decline_pairing(by=account, pairing=pairing, side="mentor")
    pairings.settle_question(pairing=pairing)
    assert [one.person.name for one in queries.offered_to(choice_of(bench, "Ann")).mentors] == ["Ned", "Oz"]
    assert choose(bench, "Bea", "Max").state == "asked"
    assert choose(bench, "Ann", "Ned").state == "asked"
    assert Seat.objects.count() == 2
    assert [one.person.name for one in queries.offered_to(choice_of(bench, "Cal")).mentors] == ["Oz"]
    choose(bench, "Cal", "Oz")
    Choice.objects.filter(leader=bench.people["Cal"]).update(pairing=None)
    page = bench.client_of(bench.people["Cal"]).get(f"/pairings/matching/choose/{choice_of(bench, 'Cal').pk}/")
    assert "nobody who fits has a place left" in page.content.decode()


@pytest.fixture
def bears_threads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """SQLite in memory gives threads one cache, which does not wait for a lock as files do: so lay it into files."""

    def lay() -> None:
        for alias in ("default", "keystore"):
            wrapper = connections[alias]
            if wrapper.vendor == "sqlite":
                wrapper.ensure_connection()
                (tmp_path / alias).write_bytes(wrapper.connection.serialize())
                monkeypatch.setitem(connections.databases[alias], "NAME", str(tmp_path / alias))

    return lay


def in_threads(*works: Callable[[], object]) -> None:
    """Each in a thread with connections of its own."""

    def closing(work: Callable[[], object]) -> None:
        try:
            work()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=closing, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.django_db(transaction=True, databases=["default", "keystore"])
def test_of_two_who_choose_the_last_place_at_once_one_gets_it(bears_threads: Callable[[], None]) -> None:
    bench = small_bench()
    choosing(bench)
    bears_threads()
    together, heard, held = threading.Barrier(2), {}, []

    def try_it(name: str) -> None:
        together.wait()
        try:
            heard[name] = str(choose(bench, name, "Max").state)
        except Refused as refusal:
            heard[name] = str(refusal)

    in_threads(lambda: try_it("Ann"), lambda: try_it("Bea"))
    in_threads(lambda: held.extend(Seat.objects.values_list("mentor__name", "choice__leader__name")))
    (winner,) = (name for name, said in heard.items() if said == "asked")
    assert held == [("Max", winner)], heard
    assert any("just taken" in said for said in heard.values())


@contextmanager
def meanwhile(before: str, happens: Callable[[], object]) -> Iterator[None]:
    """Somebody else's act, just before the first statement that looks like this."""
    acts = [happens]

    def run(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if acts and re.match(before, sql):
            acts.pop()()
        return execute(sql, params, many, context)

    with connections["default"].execute_wrapper(run):
        yield
    assert not acts, "nothing was run that looks like it"


@both_stores
def test_a_place_that_goes_while_somebody_chooses_it_is_said_to_be_gone() -> None:
    bench = small_bench()
    asking = choosing(bench)
    max_, bea = bench.people["Max"], choice_of(bench, "Bea")
    takes = partial(Seat.objects.create, asking=asking, mentor=max_, number=0, choice=bea)
    for just_before in (r'SELECT "\w*seat"."number"', r'INSERT INTO "\w*seat"'):
        with meanwhile(just_before, takes), pytest.raises(Refused, match="just taken"):
            choose(bench, "Ann", "Max")
    assert not Pairing.objects.exists()


@both_stores
def test_questions_that_can_no_longer_be_met_cancel_themselves() -> None:
    bench = small_bench()
    kept: dict[str, Any] = {"scheme": bench.scheme, "asked_by": bench.coordinator, "words": "?", "by": bench.account}

    def ask(leader: str, mentor: str) -> Pairing:
        return pairings.ask_pair(leader=bench.people[leader], mentor=bench.people[mentor], **kept)

    agreed, full, again, stays = ask("Ann", "Max"), ask("Bea", "Max"), ask("Ann", "Ned"), ask("Cal", "Oz")
    for side in ("leader", "mentor"):
        account = bench.people["Ann" if side == "leader" else "Max"].account
        assert account is not None
        pairings.accept_pairing(by=account, pairing=agreed, side=side)
    answered = partial(Pairing.objects.filter(pk=again.pk).update, state=Pairing.State.NOT_TAKEN_UP)
    with meanwhile(r'SELECT .*"\w*pairing"\."id" = ', answered):
        assert actions.call_off_what_cannot_be_met(scheme_id=bench.scheme.pk) == 0, "whoever has answered has answered"
    jobs.call_off_what_cannot_be_met.func()
    states = {}
    for name, one in (("agreed", agreed), ("full", full), ("again", again), ("stays", stays)):
        one.refresh_from_db()
        states[name] = one.state
    assert states == {"agreed": "agreed", "full": "cancelled", "again": "cancelled", "stays": "asked"}
    assert actions.call_off_what_cannot_be_met(scheme_id=bench.scheme.pk) == 0


@both_stores
def test_asking_goes_on_where_it_was_cut_off_and_leaves_out_who_left(monkeypatch: pytest.MonkeyPatch) -> None:
    bench = small_bench()
    asking = actions.ask_all(by=bench.account, run=bench.found(), asked_by=bench.coordinator, words="Will you?")
    Person.objects.filter(name="Oz").update(left_on="2026-01-01")
    monkeypatch.setattr(actions, "TURN", 2)
    actions.ask_in_turn(asking=asking)
    actions.ask_in_turn(asking=asking)
    asking.refresh_from_db()
    assert (asking.done, asking.left_out) == (3, 1)
    assert Pairing.objects.count() == 2


@both_stores
def test_no_pair_is_no_question() -> None:
    bench = small_bench()
    run = bench.found()
    run.pairs.all().delete()
    with pytest.raises(Refused, match="no pair to ask"):
        actions.ask_all(by=bench.account, run=run, asked_by=None, words="")


@both_stores
def test_the_coordinator_sees_who_waits_in_order_and_whoever_found_no_place_comes_first_next_time() -> None:
    bench = small_bench()
    asking = choosing(bench)
    coordinator = bench.client_of(bench.coordinator)
    here = f"/pairings/matching/{asking.run_id}/choosing/"
    assert "Who waits" in words_of(coordinator.get(f"/pairings/matching/{asking.run_id}/"))
    page = words_of(coordinator.get(here))
    assert page.count("Choosing, or the mentor is asked") == 3
    assert page.index("Ann") < page.index("Bea") < page.index("Cal"), "in the order in which they signed up"
    pairing = choose(bench, "Ann", "Max")
    assert page.count("Choosing, or the mentor is asked") == 3, "chosen or not looks alike"
    mentor = bench.people["Max"].account
    assert mentor is not None
    pairings.accept_pairing(by=mentor, pairing=pairing, side="mentor")
    leader = bench.people["Ann"].account
    assert leader is not None
    pairings.accept_pairing(by=leader, pairing=pairing, side="leader")
    choose(bench, "Bea", "Ned")
    SignUp.objects.filter(person__name="Oz").delete()
    Seat.objects.create(asking=asking, mentor=bench.people["Oz"], number=0, choice=choice_of(bench, "Cal"))
    Choice.objects.filter(leader=bench.people["Cal"]).update(pairing=None)
    page = words_of(coordinator.get(here))
    for said in (
        "Cal How it stands Waits: nobody who fits has a place left",
        "Ann How it stands Has a mentor",
        "Bea How it stands Choosing, or the mentor is asked",
    ):
        assert said in page
    assert page.index("Cal") < page.index("Ann"), "whoever has nobody stands first"
    assert queries.waited_for_a_place(bench.scheme) == {bench.people["Cal"].pk}
    leaders, _mentors = candidates(
        bench.scheme, queries.busy_in(bench.scheme), queries.waited_for_a_place(bench.scheme)
    )
    assert [(one.person_id, one.facts["waited"]) for one in leaders] == [(bench.people["Cal"].pk, 1)]
    assert coordinator.get(f"/pairings/matching/{asking.run_id + 9}/choosing/").status_code == 404


@both_stores
def test_a_proposal_whose_pairs_were_asked_has_no_such_page() -> None:
    bench = small_bench()
    run = bench.found()
    assert bench.client_of(bench.coordinator).get(f"/pairings/matching/{run.pk}/choosing/").status_code == 404


@both_stores
@pytest.mark.parametrize("side", ["mentor", "leader"])
def test_no_and_pause_is_one_tap_and_looks_like_any_other_no(side: str) -> None:
    bench = small_bench()
    said: dict[str, Any] = {"scheme": bench.scheme, "asked_by": bench.coordinator, "words": "?", "by": bench.account}
    pairing = pairings.ask_pair(leader=bench.people["Ann"], mentor=bench.people["Max"], **said)
    who = bench.people["Max" if side == "mentor" else "Ann"]
    client, here = bench.client_of(who), f"/pairings/{pairing.pk}/answer/"
    with freeze_time(monday_noon()) as frozen:
        assert "3 leaders and 3 mentors have signed up" in words_of(bench.client_of(bench.coordinator).get(MATCHING))
        sent = form_with(client.get(here), "answer", "pause").send(client)
        assert sent.status_code == 302
        pairings.settle_question(pairing=pairing)
        row = SignUp.objects.get(person=who)
        assert row.paused_on is not None
        leaders, mentors = candidates(bench.scheme, queries.busy_in(bench.scheme))
        assert who.pk not in [one.person_id for one in (*leaders, *mentors)]
        page = words_of(bench.client_of(bench.coordinator).get(MATCHING))
        assert "3 leaders and 3 mentors have signed up" in page, "a pause seen at once would tell who said no"
        frozen.tick(timedelta(days=7))
        page = words_of(bench.client_of(bench.coordinator).get(MATCHING))
        assert "3 leaders and 3 mentors" not in page
    resume_sign_up(by=who.account, row=row)  # type: ignore[arg-type]
    again = [one.person_id for group in candidates(bench.scheme, {}) for one in group]
    assert again == [bench.people[name].pk for name in NAMES], "the order of waiting is kept"


def monday_noon() -> datetime:
    now = timezone.now()
    return (now - timedelta(days=now.weekday())).replace(hour=12)


@both_stores
def test_without_a_sign_up_there_is_nothing_to_pause() -> None:
    bench = small_bench()
    SignUp.objects.filter(person__name="Max").delete()
    said: dict[str, Any] = {"scheme": bench.scheme, "asked_by": bench.coordinator, "words": "?", "by": bench.account}
    pairing = pairings.ask_pair(leader=bench.people["Ann"], mentor=bench.people["Max"], **said)
    client, here = bench.client_of(bench.people["Max"]), f"/pairings/{pairing.pk}/answer/"
    assert "No, and pause" not in words_of(client.get(here))
    assert "Please choose one" in words_of(client.post(here, {"answer": "pause"}))
    pairing.refresh_from_db()
    assert pairing.state == "asked"
