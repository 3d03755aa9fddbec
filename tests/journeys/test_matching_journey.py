"""A coordinator finds pairs for those who signed up, asks “why not her?”, changes a pair and undoes it; by keyboard."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Page

from handrail.capabilities.schemes.matching_runs.models import ProposedPair, Run
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


def test_why_him_and_not_her_is_answered_on_a_phone_by_keyboard(walker: Walker, sign_in: Any) -> None:
    bench = small_bench()
    sign_in(walker.page, bench.account)
    walker.go("/pairings/")
    walker.press("link", "Or find pairs for everybody who has signed up")
    walker.press("button", "See what this does")
    assert walker.sees("Pairs that may be")
    walker.press("button", "Find the pairs")
    run_worker(threading.Event(), until_idle=True)
    run = Run.objects.latest("pk")
    walker.go(f"/pairings/matching/{run.pk}/")
    assert walker.sees("All 3 leaders have a mentor.")
    walker.press("link", "Ann")
    walker.press("link", "Max")
    assert walker.sees("worth more elsewhere")
    walker.press("button", "Give Max to Ann, and find the best for the others")
    run_worker(threading.Event(), until_idle=True)
    walker.go(f"/pairings/matching/{Run.objects.latest('pk').pk}/")
    assert walker.sees("What your change does to everyone")
    assert ProposedPair.objects.get(run=Run.objects.latest("pk"), leader__name="Ann").mentor.name == "Max"
    walker.press("button", "Undo this change")
    assert walker.page.url.endswith(f"/pairings/matching/{run.pk}/")
    for way in ("without", "compare", "hand-over", "print", "let-choose", "ask"):
        walker.go(f"/pairings/matching/{run.pk}/{way}/")
    walker.press("button", "Ask them all")
    run_worker(threading.Event(), until_idle=True)
    walker.go(f"/pairings/matching/{run.pk}/")
    assert walker.sees("3 pairs were asked.")
