"""A coordinator finds pairs for those who signed up, asks “why not her?”, changes a pair and undoes it; by keyboard."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Page

from handrail.capabilities.pairings.answering.queries import answers_of
from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.schemes.matching_runs.models import ProposedPair, Run
from handrail.capabilities.schemes.sign_up.models import SignUp
from handrail.foundation.jobs.worker import run_worker
from tests.integration.proposals.bench_of_people import small_bench
from tests.journeys.walker import Walker

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, databases=["default", "keystore"])]


@pytest.fixture
def walker(live_server: Any, open_page: Callable[..., Page], axe: Any, fits: Any) -> Walker:
    cache.clear()
    page = open_page(width=375, height=812)

    def check(page: Page) -> None:
        fits(page)
        axe(page)

    return Walker(page, live_server.url, check, by_keyboard=True)


def work(page: Page) -> None:
    """The jobs, while nobody looks: a page that watches one loads itself anew when it is done, in the way of a walk."""
    page.goto("about:blank")
    run_worker(threading.Event(), until_idle=True)


def test_why_him_and_not_her_is_answered_on_a_phone_by_keyboard(walker: Walker, sign_in: Any) -> None:
    bench = small_bench()
    sign_in(walker.page, bench.account)
    walker.go("/pairings/")
    walker.press("link", "Or find pairs for everybody who has signed up")
    walker.press("button", "See what this does")
    assert walker.sees("Pairs that may be")
    walker.press("button", "Find the pairs")
    work(walker.page)
    run = Run.objects.latest("pk")
    walker.go(f"/pairings/matching/{run.pk}/")
    assert walker.sees("All 3 leaders have a mentor.")
    walker.press("link", "Ann")
    walker.press("link", "Max")
    assert walker.sees("worth more elsewhere")
    walker.press("button", "Give Max to Ann, and find the best for the others")
    work(walker.page)
    walker.go(f"/pairings/matching/{Run.objects.latest('pk').pk}/")
    assert walker.sees("What your change does to everyone")
    assert ProposedPair.objects.get(run=Run.objects.latest("pk"), leader__name="Ann").mentor.name == "Max"
    walker.press("button", "Undo this change")
    assert walker.page.url.endswith(f"/pairings/matching/{run.pk}/")
    for way in ("without", "compare", "hand-over", "print", "let-choose", "ask"):
        walker.go(f"/pairings/matching/{run.pk}/{way}/")
    walker.press("button", "Ask them all")
    work(walker.page)
    walker.go(f"/pairings/matching/{run.pk}/")
    assert walker.sees("3 pairs were asked.")


@pytest.mark.parametrize(
    ("width", "scripts"), [pytest.param(375, True, marks=pytest.mark.long), (1280, True), (375, False)]
)
def test_the_rarer_rules_a_swap_and_no_and_pause(
    width: int,
    scripts: bool,
    live_server: Any,
    open_page: Callable[..., Page],
    axe: Any,
    fits: Any,
    sign_in: Any,
    screenshot: Any,
) -> None:
    """By keyboard where there are scripts, by touch without: the page itself does everything."""
    cache.clear()
    bench = small_bench()
    page = open_page(width=width, java_script_enabled=scripts)

    def check(page: Page) -> None:
        fits(page)
        if scripts:
            axe(page)

    walker = Walker(page, live_server.url, check, by_keyboard=scripts)
    sign_in(page, bench.account)
    walker.go("/pairings/matching/more/two/")
    walker.type_into("The leader’s whole name", "nobody at all")
    walker.press("button", "May have two")
    assert walker.sees("No leader of that name has signed up")
    assert page.get_by_label("The leader’s whole name").input_value() == "nobody at all", "what was typed comes back"
    walker.type_into("The leader’s whole name", "Bea")
    walker.press("button", "May have two")
    walker.press("link", "More rules")
    walker.press("link", "Numbers between units")
    walker.type_into("At most so many pairs (if any)", "3")
    walker.press("button", "Add it")
    assert walker.sees("Everybody together: at most 3 pairs")
    walker.press("button", "Remove")
    walker.go("/pairings/matching/")
    assert walker.sees("1 leader may have two mentors")
    walker.press("button", "Find the pairs")
    work(page)
    run = Run.objects.latest("pk")
    walker.go(f"/pairings/matching/{run.pk}/leaders/{bench.people['Ann'].pk}/{bench.people['Max'].pk}/")
    walker.press("button", "Swap with Bea, who gets Ned")
    work(page)
    changed = Run.objects.latest("pk")
    assert bench.pairs(changed) == {"Ann": "Max", "Bea": "Ned", "Cal": "Oz"}
    walker.go(f"/pairings/matching/{changed.pk}/")
    assert walker.sees("What your change does to everyone")
    walker.go(f"/pairings/matching/{changed.pk}/leaders/{bench.people['Cal'].pk}/")
    walker.press("button", "Keep these two apart")
    work(page)
    assert bench.pairs(Run.objects.latest("pk")).get("Cal") != "Oz"
    walker.go(f"/pairings/matching/{Run.objects.latest('pk').pk}/ask/")
    walker.press("button", "Ask them all")
    work(page)
    mentor = bench.people["Max"]
    theirs = open_page(width=width, java_script_enabled=scripts)
    sign_in(theirs, mentor.account)
    walker = Walker(theirs, live_server.url, check, by_keyboard=scripts)
    pairing = Pairing.objects.get(mentor=mentor)
    walker.go(f"/pairings/{pairing.pk}/answer/")
    screenshot(theirs, f"no-and-pause-{width}")
    walker.press("button", "No, and pause")
    pairing.refresh_from_db()
    assert answers_of(pairing)["mentor"] == "no"
    assert SignUp.objects.get(person=mentor).paused_on is not None
    walker.go("/schemes/sign-up/mentor/wishes/")
    walker.type_into("Is there somebody you would like to be paired with?", "Ann")
    walker.press("button", "Save")
    assert walker.sees("Whom you would like")
