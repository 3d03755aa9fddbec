"""A leader at a browser of their own, and a mentor at another."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from handrail.engines.approach import QUESTIONS
from tests.factories.world import World, build_world
from tests.integration.page_forms import form_with

BACKEND = "handrail.capabilities.accounts.backends.AccountBackend"
IDS = [one.id for one in QUESTIONS]


@dataclass
class Visitor:
    """Somebody at a browser: opens pages by their names and sends their forms."""

    client: Client

    def page(self, name: str, *arguments: object, query: str = "") -> Any:
        return self.client.get(reverse(name, args=arguments) + query)

    def text(self, name: str, *arguments: object) -> str:
        response = self.page(name, *arguments)
        assert response.status_code == 200, (response.status_code, response.headers.get("Location"))
        return response.content.decode()  # type: ignore[no-any-return]

    def post(self, name: str, *arguments: object, **fields: Any) -> Any:
        return self.client.post(reverse(name, args=arguments), fields)

    def tap(self, question: str, *options: str, words: str | None = None) -> Any:
        fields: dict[str, Any] = {"options": list(options)} if options else {}
        if words is not None:
            fields["words"] = words
        return self.client.post(reverse("starting_point_question", args=[question]), fields)

    def answer_four(self) -> None:
        self.tap("role_goal", "improve_a_service", words="Home visits")
        self.tap("audience", "people_we_serve")
        self.tap("audience_places", "linkedin", "local_groups")
        self.tap("online_now", "announce")

    def share(self, *names: str, without: tuple[str, ...] = (), conversation: int | None = None) -> Any:
        """Ticks these parts, looks at the preview, unticks lines, and shares."""
        page = ("starting_point_share_with", conversation) if conversation else ("starting_point_share",)
        form = form_with(self.post(*page, sections=list(names)), "does", "share")
        ticked = {
            field: [one for one in ([held] if isinstance(held, str) else held) if one not in without]
            for field, held in form.fields.items()
            if field.startswith("lines-")
        }
        return form.send(self.client, **ticked)

    def send(self, name: str, *arguments: object, field: str, **typed: Any) -> Any:
        return form_with(self.page(name, *arguments), field).send(self.client, **typed)


@pytest.fixture
def world() -> World:
    return build_world()


def visitor(world: World, role: str) -> Visitor:
    client = Client()
    client.force_login(world.account(role), backend=BACKEND)
    return Visitor(client)


@pytest.fixture
def leader(world: World) -> Visitor:
    return visitor(world, "leader")


@pytest.fixture
def outsider(world: World) -> Visitor:
    """Invited, and in no pairing."""
    return visitor(world, "outsider")


@pytest.fixture
def mentor(world: World) -> Visitor:
    return visitor(world, "mentor")
