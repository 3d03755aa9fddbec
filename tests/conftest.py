"""What holds for every test."""

import contextlib
from collections.abc import Iterator

import freezegun
import hypothesis
import pytest
from django.core.cache import cache
from django.db import connection
from django.template import Template

from tests import stores

# Freezing time looks through every module there is; these are large, and none of them tells us the time.
freezegun.configure(extend_ignore_list=["numpy", "scipy", "numba", "llvmlite", "pyarrow", "networkx", "sqlglot"])
# How long an example takes decides nothing: machines are shared.
hypothesis.settings.register_profile(
    "handrail", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow], print_blob=True
)
hypothesis.settings.load_profile("handrail")
RENDER = Template._render  # type: ignore[attr-defined]


@pytest.hookimpl(trylast=True)  # after the shuffling, and after those with a database came first
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long by itself begins first: at the end a worker would wait for the other's."""
    items.sort(key=lambda item: item.get_closest_marker("lengthy") is None)


@pytest.fixture(scope="session", autouse=True)
def templates_as_they_are(django_test_environment: None) -> None:
    """Django's test environment copies every context of every template for `response.context`; ours look at pages."""
    Template._render = RENDER  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def limits_begin_anew() -> None:
    """How often somebody tried is counted in the cache: one test's tries are none of the next one's."""
    cache.clear()


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """On SQLite there are databases already when pytest-django comes: the copies below."""
    return connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, django_db_keepdb: bool) -> Iterator[None]:
    with contextlib.ExitStack() as held:
        if django_db_keepdb:
            for alias in stores.FILES:
                held.enter_context(contextlib.closing(stores.in_memory(alias)))
        yield
