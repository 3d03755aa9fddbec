"""The rarer rules, from their pages to the pairs: parties, preparation, wishes, least and most, two mentors."""

import pytest
from django.test import Client

from handrail.capabilities.pairings import actions as pairings
from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.pairings.proposals.actions import call_off_what_cannot_be_met
from handrail.capabilities.people.actions import create_organisation, give_role
from handrail.capabilities.people.models import Person
from handrail.capabilities.schemes.matching_runs import queries
from handrail.capabilities.schemes.matching_runs.actions import change_run
from handrail.capabilities.schemes.matching_runs.models import Entrant, ProposedPair, Run
from handrail.capabilities.schemes.preparation.models import Preparation
from handrail.capabilities.schemes.sign_up.actions import let_have_mentors, say_wishes
from handrail.capabilities.schemes.sign_up.models import SignUp
from handrail.foundation.access.refusal import Refused
from handrail.foundation.audit.models import Event
from tests.factories.world import person
from tests.integration.page_forms import form_with
from tests.integration.proposals.bench_of_people import Bench, small_bench, words_of

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]
HERE = "/pairings/matching/"
MORE, NUMBERS, TWO = f"{HERE}more/", f"{HERE}more/numbers/", f"{HERE}more/two/"
CARE = f"{HERE}more/care/"


@pytest.fixture
def bench() -> Bench:
    return small_bench()


@pytest.fixture
def client(bench: Bench) -> Client:
    return bench.client_of(bench.coordinator)


def keep(client: Client, **said: object) -> str:
    sent = form_with(client.get(MORE), "weight_leader_wish").send(client, **said)
    assert sent.status_code == 302, words_of(sent)
    return words_of(client.get(MORE))


def searched(bench: Bench, client: Client) -> Run:
    assert form_with(client.get(HERE), "weight_themes").send(client).status_code == 302
    return bench.solve(Run.objects.latest("pk"))


def against(bench: Bench, run: Run, leader: str, mentor: str) -> list[str]:
    one, other = bench.ids(leader, mentor)
    return queries.leader_in(run, one).against(queries.mentor_in(run, other))


def test_parties_are_kept_apart_where_the_coordinator_says_so_and_are_written_nowhere(
    bench: Bench, client: Client
) -> None:
    for name, party in (("Ann", "Harbour"), ("Bea", " quayside  first"), ("Max", "Quayside First"), ("Ned", "Harbour")):
        SignUp.objects.filter(person__name=name).update(party=party)
    form_with(client.get(HERE), "weight_themes").send(client, does="look")
    assert "party or group Rules out 2 of 9 pairs" in words_of(client.get(MORE))
    assert "party" not in words_of(client.get(HERE)), "what is off is not said"
    assert against(bench, searched(bench, client), "Ann", "Max") == []
    keep(client, rules=["party"])
    assert "Also in force: Nobody is paired with somebody who sits for another party" in words_of(client.get(HERE))
    run = searched(bench, client)
    assert run.figures["forbids"]["party"] == 2
    assert (against(bench, run, "Ann", "Max"), against(bench, run, "Bea", "Max")) == (["party"], [])
    assert against(bench, run, "Cal", "Max") == [], "whoever sits for nobody is kept from nobody"
    why = words_of(client.get(f"{HERE}{run.pk}/leaders/{bench.people['Ann'].pk}/{bench.people['Max'].pk}/"))
    assert "they sit for different parties or groups" in why
    for page in (why, str([one.facts for one in Entrant.objects.filter(run=run)])):
        assert "arbour" not in page
        assert "uayside" not in page
    keep(client, rules=[])
    assert against(bench, searched(bench, client), "Ann", "Max") == []


def test_only_mentors_who_have_got_ready(bench: Bench, client: Client) -> None:
    Preparation.objects.create(person=bench.people["Oz"], prepared=True)
    keep(client, rules=["prepared"])
    run = searched(bench, client)
    assert (run.figures["forbids"]["prepared"], run.figures["paired"]) == (6, 1)
    assert against(bench, run, "Ann", "Max") == ["prepared"]
    assert set(bench.pairs(run).values()) == {"Oz"}


def test_wishes_of_either_side_count_and_the_named_are_not_told(bench: Bench, client: Client) -> None:
    cal = bench.client_of(bench.people["Cal"])
    assert "Whom you would like Nobody named" in words_of(cal.get("/schemes/sign-up/"))
    page = cal.get("/schemes/sign-up/leader/wishes/")
    wrong = form_with(page, "names").send(cal, names="Nobody Here")
    assert "Nobody here is called “Nobody Here”" in words_of(wrong)
    assert "Three at most" in words_of(form_with(page, "names").send(cal, names="Max\nNed\nOz\nAnn"))
    assert form_with(page, "names").send(cal, names="max \n\nNed").status_code == 302
    assert "Whom you would like max, Ned" in words_of(cal.get("/schemes/sign-up/"))
    assert cal.get("/schemes/sign-up/mentor/wishes/").status_code == 404
    keep(client, weight_leader_wish="3", weight_mentor_wish="1")
    run = searched(bench, client)
    leader = queries.leader_in(run, bench.people["Cal"].pk)
    points = [
        leader.points_by_reason(queries.mentor_in(run, bench.people[name].pk)).get("leader_wish")
        for name in ("Max", "Ned", "Oz")
    ]
    assert points == [10, 7, None], "less from one to the next"
    oz = bench.people["Oz"].account
    assert oz is not None
    say_wishes(by=oz, row=SignUp.objects.get(person=bench.people["Oz"]), names=["Ann"])
    with pytest.raises(Refused, match="Three"):
        say_wishes(by=oz, row=SignUp.objects.get(person=bench.people["Oz"]), names=["Ann"] * 4)
    run = searched(bench, client)
    ann = queries.leader_in(run, bench.people["Ann"].pk)
    assert ann.points_by_reason(queries.mentor_in(run, bench.people["Oz"].pk))["mentor_wish"] == 2
    why = words_of(client.get(f"{HERE}{run.pk}/leaders/{bench.people['Cal'].pk}/{bench.people['Max'].pk}/"))
    assert "The leader named the mentor" in why
    asked = {"scheme": bench.scheme, "asked_by": bench.coordinator, "words": "Would you?", "by": bench.account}
    pairing = pairings.ask_pair(leader=bench.people["Cal"], mentor=bench.people["Max"], **asked)  # type: ignore[arg-type]
    for name in ("Cal", "Max"):
        told = words_of(bench.client_of(bench.people[name]).get(f"/pairings/{pairing.pk}/answer/"))
        assert "named" not in told.replace("nobody is named", "")


def test_a_number_between_units_is_kept_and_the_gap_is_said(bench: Bench, client: Client) -> None:
    Person.objects.filter(name__in=["Max", "Ned"]).update(unit="Technology")
    page = client.get(NUMBERS)
    unit = f"{bench.organisation.pk}/Technology"
    for sent, said in (
        ({"low": "", "high": ""}, "at least one of the two numbers"),
        ({"low": "3", "high": "2"}, "cannot be less than"),
        ({"low": "-1", "high": ""}, "Write a whole number"),
    ):
        assert said in words_of(form_with(page, "low").send(client, mentors=unit, **sent))
    assert form_with(page, "low").send(client, mentors=unit, high="1").status_code == 302
    assert "Mentors from Technology: at most 1 pair" in words_of(client.get(NUMBERS))
    assert "Mentors from Technology: at most 1 pair" in words_of(client.get(HERE))
    run = searched(bench, client)
    assert (run.figures["paired"], run.figures["without"]) == (2, 1)
    assert sorted(bench.pairs(run).values()) in (["Max", "Oz"], ["Ned", "Oz"])
    said = words_of(client.get(f"{HERE}{run.pk}/"))
    assert "It is proven" in said or "All your numbers are kept." in said
    leader = bench.people["Ann"].pk
    words_of(client.get(f"{HERE}{run.pk}/leaders/{leader}/"))
    for name in ("Max", "Ned", "Oz"):
        words_of(client.get(f"{HERE}{run.pk}/leaders/{leader}/{bench.people[name].pk}/"))
    removed = form_with(client.get(NUMBERS), "place").send(client)
    assert removed.status_code == 302
    assert "Technology: " not in words_of(client.get(NUMBERS))
    assert searched(bench, client).figures["paired"] == 3
    for _turn in range(6):
        form_with(client.get(NUMBERS), "low").send(client, low="1")
    assert "Six are the most" in words_of(client.get(NUMBERS))
    assert len(queries.counts_of(bench.scheme)[0].numbers) == 6


def test_numbers_that_contradict_each_other_are_named(bench: Bench, client: Client) -> None:
    SignUp.objects.filter(person__name="Max").update(languages=["fr"])
    keep(client, least="1")
    assert "Every mentor has at least 1 leader" in words_of(client.get(HERE))
    run = searched(bench, client)
    assert run.state == "failed"
    page = words_of(client.get(f"{HERE}{run.pk}/"))
    assert "these cannot all be kept: “They need a language in common” and “Every mentor has at least 1 leader”" in page
    assert "No fewer contradict each other" in page
    assert "Change what counts" in page
    SignUp.objects.filter(person__name="Max").update(languages=["en"])
    assert sorted(bench.pairs(searched(bench, client)).values()) == ["Max", "Ned", "Oz"]
    SignUp.objects.filter(person__name="Cal").delete()
    run = searched(bench, client)
    assert "this cannot be kept: “Every mentor has at least 1 leader”" in words_of(client.get(f"{HERE}{run.pk}/"))


def test_a_leader_may_have_two_mentors_but_not_before_everybody_has_one(bench: Bench, client: Client) -> None:
    page = client.get(TWO)
    assert "No leader of that name" in words_of(form_with(page, "name").send(client, name="Max"))
    assert "Write the leader’s name" in words_of(form_with(page, "name").send(client, name=""))
    assert form_with(page, "name").send(client, name=" bea").status_code == 302
    assert "1 leader may have two mentors" in words_of(client.get(HERE))
    assert "How many mentors Up to two" in words_of(bench.client_of(bench.people["Bea"]).get("/schemes/sign-up/"))
    run = searched(bench, client)
    assert sorted(pair.leader.name for pair in ProposedPair.objects.filter(run=run)) == ["Ann", "Bea", "Cal"]
    SignUp.objects.filter(person__name="Oz").update(how_many=2)
    run = searched(bench, client)
    pairs = [(pair.leader.name, pair.mentor.name) for pair in ProposedPair.objects.filter(run=run)]
    assert sorted(leader for leader, _mentor in pairs) == ["Ann", "Bea", "Bea", "Cal"]
    assert len(set(pairs)) == 4
    page = words_of(client.get(f"{HERE}{run.pk}/leaders/{bench.people['Bea'].pk}/"))
    assert page.count("Proposed: ") == 2
    form_with(client.get(f"{HERE}{run.pk}/ask/"), "words").send(client)
    from tests.integration.proposals.test_workbench import work

    work()
    mine = list(Pairing.objects.filter(leader=bench.people["Bea"]))
    assert len(mine) == 2
    for pairing in mine:
        for side, one in (("leader", pairing.leader), ("mentor", pairing.mentor)):
            assert one.account is not None
            pairings.accept_pairing(by=one.account, pairing=pairing, side=side)
        assert call_off_what_cannot_be_met(scheme_id=bench.scheme.pk) == 0, "a second mentor is not too much"
    home = bench.client_of(bench.people["Bea"])
    for address in ("/home/", *(f"/pairings/{one.pk}/" for one in mine)):
        assert home.get(address).status_code == 200
    with pytest.raises(Refused, match="one mentor, or two"):
        let_have_mentors(by=bench.account, scheme=bench.scheme, person_id=bench.people["Bea"].pk, number=3)
    form_with(client.get(TWO), "leader").send(client)
    assert "1 leader may have two" not in words_of(client.get(HERE))
    form_with(client.get(TWO), "name").send(client, does="remove", leader="0")


def test_where_mentors_are_few_second_ones_wait(bench: Bench, client: Client) -> None:
    """Bea fits both mentors best: without care she would have both, and two leaders nobody."""
    SignUp.objects.filter(person__name="Oz").delete()
    SignUp.objects.filter(person__name="Cal").update(languages=["fr"])
    SignUp.objects.filter(person__name="Bea", side="leader").update(how_many=2)
    run = searched(bench, client)
    assert sorted(pair.leader.name for pair in ProposedPair.objects.filter(run=run)) == ["Ann", "Bea"]
    assert run.figures["without"] == 1


def test_a_fixed_or_running_pair_is_a_first_mentor(bench: Bench, client: Client) -> None:
    """What Bea may have besides is a second one, and waits until the others have a first."""
    SignUp.objects.filter(person__name="Bea", side="leader").update(how_many=2)
    run = searched(bench, client)
    changed = bench.solve(
        change_run(by=bench.account, run=run, together=[bench.ids("Ann", "Max"), bench.ids("Bea", "Ned")])
    )
    assert bench.pairs(changed) == {"Ann": "Max", "Bea": "Ned", "Cal": "Oz"}
    asked = {"scheme": bench.scheme, "asked_by": bench.coordinator, "words": "Would you?", "by": bench.account}
    pairings.ask_pair(leader=bench.people["Bea"], mentor=bench.people["Max"], **asked)  # type: ignore[arg-type]
    assert sorted(bench.pairs(searched(bench, client))) == ["Ann", "Cal"]


def test_whoever_coordinates_elsewhere_finds_nothing_to_set(bench: Bench) -> None:
    elsewhere = create_organisation(by=None, name="Elsewhere")
    other = person(elsewhere, "Other")
    give_role(by=None, person=other, role="coordinator")
    bench.scheme.spans.set([elsewhere])
    for address in (MORE, NUMBERS, TWO):
        assert bench.client_of(other).get(address).headers["Location"] == HERE


def test_special_care_is_kept_seen_by_coordinators_only_and_written_nowhere(bench: Bench, client: Client) -> None:
    assert "Nobody is marked" in words_of(client.get(MORE))
    page = form_with(client.get(CARE), "name")
    wrong = page.send(client, name="Max", side="leader")
    assert "Nobody of that name has signed up on this side" in words_of(wrong)
    assert "Choose which of the two it is" in words_of(page.send(client, name="Bea", side=""))
    form_with(client.get(CARE), "name").send(client, name=" bea ", side="leader")
    form_with(client.get(CARE), "name").send(client, name="Ned", side="mentor")
    said = words_of(client.get(CARE))
    assert "Bea: needs special care" in said
    assert "Ned: approved for it" in said
    assert "1 leader needs it, 1 mentor is approved" in words_of(client.get(MORE))
    assert "Special care: 1 leader needs it" in words_of(client.get(HERE))

    run = searched(bench, client)
    assert bench.pairs(run)["Bea"] == "Ned", "although Max fits better"
    assert against(bench, run, "Bea", "Max") == ["care"]
    assert against(bench, run, "Ann", "Max") == []
    assert run.figures["forbids"]["care"] == 2
    with pytest.raises(Refused, match="Approve this mentor"):
        change_run(by=bench.account, run=run, together=[bench.ids("Bea", "Max")])
    why = words_of(client.get(f"{HERE}{run.pk}/leaders/{bench.people['Bea'].pk}/{bench.people['Max'].pk}/"))
    assert "needs special care, and the mentor is not approved for it" in why
    assert "and find the best for the others" not in why
    assert "care" not in str([one.facts for one in Entrant.objects.filter(run=run)])

    remove = {"does": "remove", "person": str(bench.people["Ned"].pk), "side": "mentor"}
    form_with(client.get(CARE), "does").send(client, **remove)
    run = searched(bench, client)
    assert "Bea" not in bench.pairs(run)
    alone = words_of(client.get(f"{HERE}{run.pk}/leaders/{bench.people['Bea'].pk}/"))
    assert "They need special care, and no mentor approved for it can have them" in alone
    entries = Event.objects.filter(what="sign_up.care_set")
    assert entries.count() == 3
    assert {entry.subject_type for entry in entries} == {"schemes.Scheme"}, "the trail does not say for whom"
