"""The workbench through its pages: what counts, a proposal, why him and not her, a change and its effect, asking."""

import threading

import pytest
from django.test import Client

from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.pairings.proposals import presenters
from handrail.capabilities.people.actions import create_organisation, give_role
from handrail.capabilities.schemes.matching_runs import actions as runs
from handrail.capabilities.schemes.matching_runs.models import ProposedPair, Run
from handrail.capabilities.schemes.sign_up.models import SignUp
from handrail.foundation.jobs.worker import run_worker
from handrail.foundation.mail.models import OutboxMessage
from tests.factories.world import person
from tests.integration.page_forms import form_with
from tests.integration.proposals.bench_of_people import Bench, small_bench, words_of, would_not

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]
HERE = "/pairings/matching/"


@pytest.fixture
def bench() -> Bench:
    return small_bench()


@pytest.fixture
def client(bench: Bench) -> Client:
    return bench.client_of(bench.coordinator)


def looked_for(bench: Bench, client: Client) -> Run:
    sent = form_with(client.get(HERE), "weight_themes").send(client)
    assert sent.status_code == 302
    return bench.solve(Run.objects.latest("pk"))


def test_what_counts_is_set_and_its_effect_seen_before_anything_is_looked_for(bench: Bench, client: Client) -> None:
    SignUp.objects.filter(person__name="Cal").update(languages=["fr"])
    assert "3 leaders and 3 mentors have signed up." in words_of(client.get(HERE))
    sent = form_with(client.get(HERE), "weight_themes").send(
        client, does="look", weight_unit="0", rules=["languages", "line"]
    )
    assert sent.status_code == 302
    page = words_of(client.get(HERE))
    for said in ("Rules out 3 of 9 pairs", "6 of 9", "nobody for 1 leader: Cal.", "3, with 3 places", "As it was on"):
        assert said in page
    assert not Run.objects.exists()
    wrong = form_with(client.get(HERE), "weight_themes").send(client, weight_unit="7")
    assert "Please choose one of these." in words_of(wrong)
    SignUp.objects.filter(side="mentor").delete()
    refused = form_with(client.get(HERE), "weight_themes").send(client)
    assert "a mentor with a place" in words_of(refused)


def test_a_proposal_answers_why_him_and_not_her(bench: Bench, client: Client) -> None:
    would_not(bench, "Cal", "leader", "Ned")
    run = looked_for(bench, client)
    here = f"{HERE}{run.pk}/"
    page = words_of(client.get(here))
    assert "All 3 leaders have a mentor. It is proven that no other pairs do better" in page
    assert page.index("Cal") < page.index("Ann")  # the worst-off first
    assert "Oz" not in words_of(client.get(f"{here}?q=ann")).split("Pair by pair")[1]
    assert "No pair is like that." in words_of(client.get(f"{here}?show=fixed"))
    assert words_of(client.get(f"{here}?show=best")).index("Bea") < words_of(client.get(f"{here}?show=best")).index(
        "Cal"
    )
    ann, bea, cal = (bench.people[name].pk for name in ("Ann", "Bea", "Cal"))
    page = words_of(client.get(f"{here}leaders/{ann}/?q=ma"))
    assert "Ned can help with what Ann asks for: " in page
    assert "Max" in page
    assert "10 points in all" in page
    assert "called that" in words_of(client.get(f"{here}leaders/{ann}/?q=zzz"))
    max_, ned = bench.people["Max"].pk, bench.people["Ned"].pk
    page = words_of(client.get(f"{here}leaders/{ann}/{max_}/"))
    assert "Why not Max for Ann?" in page
    assert "worth more elsewhere: all fits together would lose 10 points" in page
    assert "Max is proposed to Bea." in page
    assert "These two are proposed to one another." in words_of(client.get(f"{here}leaders/{ann}/{ned}/"))
    page = words_of(client.get(f"{here}leaders/{cal}/{ned}/"))
    assert "These two may not be paired: ruled out by a preference." in page
    assert "Give" not in page
    assert "fits Bea less well" in words_of(client.get(f"{here}leaders/{bea}/{ned}/"))
    for missing in (f"leaders/{ann}/{ann}/", f"leaders/{max_}/", "leaders/0/0/", f"compare/{run.pk + 9}/"):
        assert client.get(here + missing).status_code == 404


def test_a_change_shows_what_it_does_to_everyone_and_is_undone_and_compared(bench: Bench, client: Client) -> None:
    run = looked_for(bench, client)
    ann, max_ = bench.ids("Ann", "Max")
    asked = client.get(f"{HERE}{run.pk}/leaders/{ann}/{max_}/")
    form = form_with(asked, "does", "swap")
    assert form.fields["other"] == str(bench.people["Bea"].pk)
    assert form.send(client).status_code == 302
    changed = bench.solve(Run.objects.latest("pk"))
    page = words_of(client.get(f"{HERE}{changed.pk}/"))
    for said in ("What your change does to everyone", "You fixed 2 pairs.", "before", "Undo this change"):
        assert said in page
    compared = words_of(client.get(f"{HERE}{changed.pk}/compare/{run.pk}/"))
    assert "Ann" in compared
    assert "Ned (22)" in compared
    assert words_of(client.get(f"{HERE}{run.pk}/compare/{run.pk}/")).endswith("Both propose the same pairs.")
    other = form_with(client.get(f"{HERE}{changed.pk}/compare/"), "csrfmiddlewaretoken").send(client, other=str(run.pk))
    assert other.headers["Location"] == f"{HERE}{changed.pk}/compare/{run.pk}/"
    page = words_of(client.get(f"{HERE}{changed.pk}/leaders/{ann}/"))
    assert "Fixed by you." in page
    assert "beside a fixed pair" in page
    freed = form_with(client.get(f"{HERE}{changed.pk}/leaders/{ann}/"), "does", "free").send(client)
    assert freed.status_code == 302
    assert "Looking for pairs" in words_of(client.get(freed.headers["Location"]))
    cancelled = client.post(f"{freed.headers['Location']}cancel/")
    assert cancelled.headers["Location"] == f"{HERE}{changed.pk}/"
    assert "put aside" in words_of(client.get(freed.headers["Location"]))
    undone = client.post(f"{HERE}{changed.pk}/undo/")
    assert undone.headers["Location"] == f"{HERE}{run.pk}/"
    assert "nothing to undo" in words_of(client.post(f"{HERE}{run.pk}/undo/", follow=True))
    for sent, said in (
        (
            {"does": "swap", "leader": ann, "mentor": max_, "other": bench.people["Cal"].pk},
            "These two pairs have changed",
        ),
        ({"does": "burn", "leader": ann, "mentor": max_}, "Choose what to change"),
        ({"does": "apart", "leader": "-9999999999999999999", "mentor": max_}, "Choose what to change"),
        ({"does": "apart", "leader": ann, "mentor": "9" * 20}, "Choose what to change"),
    ):
        assert said in words_of(client.post(f"{HERE}{run.pk}/change/", sent, follow=True))
    assert client.post(f"{HERE}{run.pk}/change/", {"does": "free", "leader": "x", "mentor": "y"}).status_code == 404


def test_progress_is_seen_and_a_fault_is_said(bench: Bench, client: Client) -> None:
    form_with(client.get(HERE), "weight_themes").send(client)
    run = Run.objects.latest("pk")
    assert "HX-Refresh" not in client.get(f"{HERE}{run.pk}/progress/").headers
    assert client.get(f"{HERE}{run.pk}/print/").status_code == 404
    Run.objects.update(state="running", stage=3)
    assert "Finding the best for everybody together" in words_of(client.get(f"{HERE}{run.pk}/"))
    Run.objects.update(state="failed", stopped_because="Ann has 1 places and 2 fixed pairs")
    assert client.get(f"{HERE}{run.pk}/progress/").headers["HX-Refresh"] == "true"
    assert "Ann has 1 places" in words_of(client.get(f"{HERE}{run.pk}/"))
    assert "finished in the meantime" in words_of(client.post(f"{HERE}{run.pk}/cancel/", follow=True))
    assert "Could not be found" in words_of(client.get(HERE))
    form_with(client.get(HERE), "weight_themes").send(client)
    assert client.post(f"{HERE}{Run.objects.latest('pk').pk}/cancel/").headers["Location"] == HERE


def test_what_was_impossible_is_said_with_what_would_help(bench: Bench, client: Client) -> None:
    SignUp.objects.filter(person__name="Cal").update(languages=["fr"])
    SignUp.objects.filter(person__name="Ned").update(times=["mon-morning"])
    SignUp.objects.filter(side="leader").update(times=["tue-morning"])
    run = looked_for(bench, client)
    page = words_of(client.get(f"{HERE}{run.pk}/without/"))
    assert "Cal" in page
    assert "stands in the way" in page
    assert "They need a time of the week in common 3 of 9 pairs" in page, "the rule, not what counts for points"
    assert "Always kept, and shown to nobody" in page
    cal = bench.people["Cal"].pk
    assert "Nobody is proposed" in words_of(client.get(f"{HERE}{run.pk}/leaders/{cal}/"))
    assert "no language in common" in words_of(client.get(f"{HERE}{run.pk}/leaders/{cal}/{bench.people['Max'].pk}/"))
    assert "nobody: why, and what would help" in words_of(client.get(f"{HERE}{run.pk}/"))
    for kind in ("place", "entry", "rule", "several", "preferences", "mentors"):
        entrant = run.entrants.filter(side="leader").latest("pk")
        entrant.without = {"kind": kind, "mentor": None, "rule": "times"}
        assert presenters.without_in_words(entrant, {})


def test_a_proposal_is_handed_over_checked_printed_and_asked(bench: Bench, client: Client) -> None:
    run = looked_for(bench, client)
    here = f"{HERE}{run.pk}/"
    assert "only coordinator" in words_of(client.get(f"{here}hand-over/"))
    colleague = person(bench.organisation, "Colleague")
    give_role(by=None, person=colleague, role="coordinator")
    sent = form_with(client.get(f"{here}hand-over/"), "csrfmiddlewaretoken").send(client, colleague=str(colleague.pk))
    assert sent.status_code == 302
    assert "Colleague is asked to look at it" in words_of(client.get(here))
    assert here in OutboxMessage.objects.filter(kind="role").latest("pk").text
    theirs = bench.client_of(colleague)
    assert "I have looked at it" in words_of(theirs.get(here))
    theirs.post(f"{here}checked/")
    assert "Nobody waits for you" in words_of(theirs.post(f"{here}checked/", follow=True))
    assert "Colleague looked at it on" in words_of(client.get(here))
    assert "The mentor can help with what the leader asks for" in words_of(client.get(f"{here}print/"))
    ProposedPair.objects.filter(run=run, leader__name="Ann").update(warning="unknown")
    page = client.get(f"{here}ask/")
    assert "In 1 pair one stands above the other" in words_of(page)
    assert "Say in a few words" in words_of(form_with(page, "words").send(client, words="Will you?"))
    sent = form_with(page, "words").send(client, words="Will you?", reason_to_go_on="They do not work together.")
    assert sent.headers["Location"] == here
    assert "Being asked: 0 of 3 so far." in words_of(client.get(here))
    work()
    assert "3 pairs were asked." in words_of(client.get(here))
    assert {(pairing.state, pairing.asked_words) for pairing in Pairing.objects.all()} == {("asked", "Will you?")}
    assert "have been asked already" in words_of(client.get(f"{here}ask/"))
    assert "asked already" in words_of(client.post(f"{here}hand-over/", {"colleague": colleague.pk}, follow=True))
    change = {"does": "apart", "leader": bench.people["Ann"].pk, "mentor": bench.people["Max"].pk}
    assert "asked already" in words_of(client.post(f"{here}change/", change, follow=True))
    assert "Asked" in words_of(client.get(HERE))


def work() -> None:
    run_worker(threading.Event(), until_idle=True)


def test_both_sides_read_why_the_two_without_a_score(bench: Bench, client: Client) -> None:
    run = looked_for(bench, client)
    form_with(client.get(f"{HERE}{run.pk}/ask/"), "words").send(client)
    work()
    pairing = Pairing.objects.get(leader__name="Ann")
    for name, said in (
        ("Ann", "Ned can help with what you asked for"),
        ("Ned", "Ann asked for what you can help with"),
    ):
        page = words_of(bench.client_of(bench.people[name]).get(f"/pairings/{pairing.pk}/answer/"))
        assert said in page
        assert "point" not in page
        assert "22" not in page


def test_a_coordinator_of_another_organisation_finds_nothing(bench: Bench, client: Client) -> None:
    run = looked_for(bench, client)
    elsewhere = create_organisation(by=None, name="Elsewhere")
    other = person(elsewhere, "Other")
    give_role(by=None, person=other, role="coordinator")
    bench.scheme.spans.set([elsewhere])
    theirs = bench.client_of(other)
    assert "found by the coordinator of the organisation that runs it" in words_of(theirs.get(HERE))
    assert theirs.get(f"{HERE}{run.pk}/").status_code == 404
    assert runs.Run.objects.count() == 1
