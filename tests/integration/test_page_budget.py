"""No page asks the databases more than twelve questions, however many people there are. Timings are for the bench."""

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.large_world import build_large_world, pages_of

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]
BUDGET = 12


def test_every_page_of_the_walk_keeps_to_its_budget() -> None:
    world = build_large_world(people=120, pairings=20)
    over = []
    for page in pages_of(world):
        client = Client()
        for name, value in world.cookies_of(page.role).items():
            client.cookies[name] = value
        with (
            CaptureQueriesContext(connections["default"]) as asked,
            CaptureQueriesContext(connections["keystore"]) as asked_keystore,
        ):
            response = client.get(page.address)
        assert response.status_code == 200, f"{page.address} as {page.role}"
        questions = [*asked.captured_queries, *asked_keystore.captured_queries]
        if len(questions) > BUDGET:
            listed = "\n".join(question["sql"][:160] for question in questions)
            over.append(f"{page.address} as {page.role}: {len(questions)} questions\n{listed}")
    assert not over, "\n\n".join(over)
