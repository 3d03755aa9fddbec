"""A leader with a plan, and a mentor, each at a browser of their own."""

import re
from dataclasses import dataclass
from typing import Any

import pytest

from handrail.capabilities.pairings.plan import queries
from handrail.capabilities.pairings.plan.models import Plan
from handrail.capabilities.pairings.plan.sheet import AloneSheet, Item, PlanSheet
from tests.factories.world import World, build_world
from tests.integration.starting_point.conftest import Visitor, visitor

UUID = "[0-9a-f]{8}-[0-9a-f-]{27}"


@dataclass
class Planner(Visitor):
    """Somebody who has a plan, and what is in it."""

    world: World
    role: str = "leader"

    def begin(self) -> str:
        answer = self.post("plan_begin")
        assert answer.status_code == 302
        return str(answer["Location"])

    @property
    def row(self) -> Plan:
        return Plan.objects.select_related("pairing").get(account=self.world.account("leader"))

    @property
    def sheet(self) -> PlanSheet:
        """Opened with a second key of the leader, which the test made."""
        found = queries.sheet_in(self.vault, self.row)
        assert found is not None
        return found

    @property
    def alone(self) -> AloneSheet:
        return queries.alone_in(self.vault)

    @property
    def vault(self) -> Any:
        request = self.client.get("/plan/").wsgi_request
        return queries.opened(request)

    def on_step(self, name: str, item: Item, **fields: Any) -> Any:
        return self.post(name, self.row.pk, item.id, **fields)

    def tap_step(self, does: str, item: Item) -> Any:
        return self.on_step("plan_step", item, does=does)

    def step_text(self, item: Item) -> str:
        return self.text("plan_step", self.row.pk, item.id)


def planner(world: World, role: str) -> Planner:
    return Planner(visitor(world, role).client, world, role)


@pytest.fixture
def world() -> World:
    return build_world()


@pytest.fixture
def leader(world: World) -> Planner:
    """Four answers, and a plan from them."""
    one = planner(world, "leader")
    one.answer_four()
    one.begin()
    return one


@pytest.fixture
def mentor(world: World) -> Planner:
    return planner(world, "mentor")


@pytest.fixture
def paired(world: World, leader: Planner, mentor: Planner) -> World:
    """Both have keys, and the conversation of the two has begun."""
    mentor.post("safe_open", device="own")
    leader.text("pairing_notes", world.pairing.pk)
    world.pairing.refresh_from_db()
    assert world.pairing.conversation_id is not None
    return world


@pytest.fixture
def together(paired: World, leader: Planner) -> World:
    """The plan is the pair's."""
    assert leader.post("plan_share", pairing=paired.pairing.pk).status_code == 302
    assert leader.row.pairing_id == paired.pairing.pk
    return paired


def places_in(page: str) -> list[str]:
    """Addresses on a page, without what changes from plan to plan."""
    return [re.sub(UUID, "…", one) for one in re.findall(r'(?:href|action)="([^"#?]*)', page)]
