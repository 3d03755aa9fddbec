"""One server of each kind for this folder's tests."""

from collections.abc import Iterator

import caldav
import pytest

from tests.integration.calendars import servers


@pytest.fixture(scope="module")
def radicale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with servers.radicale(tmp_path_factory.mktemp("radicale")) as address:
        yield address


@pytest.fixture(scope="module")
def xandikos(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with servers.xandikos(tmp_path_factory.mktemp("xandikos")) as address:
        yield address


@pytest.fixture(scope="module")
def principal(radicale: str) -> Iterator[caldav.Principal]:
    with caldav.DAVClient(radicale, username="leader", password="anything") as client:
        yield client.principal()


@pytest.fixture
def calendar(principal: caldav.Principal, request: pytest.FixtureRequest) -> Iterator[caldav.Calendar]:
    """An empty calendar of the leader's on Radicale, for one test."""
    made = principal.make_calendar(name=request.node.name, cal_id=f"test-{abs(hash(request.node.name))}")
    yield made
    made.delete()
