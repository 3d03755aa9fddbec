"""What holds for every test."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import freezegun
import hypothesis
import pytest
from _pytest.nodeid import NodeId
from django.core.cache import cache
from django.core.management.commands import flush
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection, transaction
from django.template import Template
from pytest_django.plugin import DjangoDbBlocker

from tests import stores
from tests.factories import rows

# Freezing time looks through every module there is; these are large, and none of them tells us the time.
freezegun.configure(extend_ignore_list=["numpy", "scipy", "numba", "llvmlite", "pyarrow", "networkx", "sqlglot"])
# How long an example takes decides nothing: machines are shared.
hypothesis.settings.register_profile(
    "handrail", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow], print_blob=True
)
hypothesis.settings.load_profile("handrail")
RENDER = Template._render  # type: ignore[attr-defined]
ROOT = Path(__file__).resolve().parent


@pytest.hookimpl(trylast=True)  # after the shuffling, and after those with a database came first
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What takes long by itself begins first: at the end a worker would wait for the other's."""
    items.sort(key=lambda item: item.get_closest_marker("lengthy") is None)
    if config.getoption("loadgroup", False):
        for item in items:
            hold_together(item)


def hold_together(item: pytest.Item) -> None:
    """What is made once a module is made by one worker, which gets all of the module's tests.

    pytest-xdist 3.8 writes a test's group where pytest 9.2 does not look: no group was kept.
    """
    groups = [mark.args[0] for mark in item.iter_markers("xdist_group")]
    fixtures = item._fixtureinfo.name2fixturedefs if isinstance(item, pytest.Function) else {}
    if not groups and any(one.scope == "module" for found in fixtures.values() for one in found):
        groups = [item.path.relative_to(ROOT).as_posix()]
    if groups and not item.nodeid.endswith(f"@{groups[0]}"):
        item._id = NodeId.parse(f"{item.nodeid}@{groups[0]}")


@pytest.fixture(scope="session", autouse=True)
def templates_as_they_are(django_test_environment: None) -> None:
    """Django's test environment copies every context of every template for `response.context`; ours look at pages."""
    Template._render = RENDER  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def limits_begin_anew() -> None:
    """How often somebody tried is counted in the cache: one test's tries are none of the next one's."""
    cache.clear()


@pytest.fixture(scope="session", autouse=True)
def emptied_quickly() -> Iterator[None]:
    """An emptied store gets back what each has from its first start; to work that out takes a tenth of a second."""
    standing: dict[str, list[tuple[str, Any]]] = {}

    def put_back(verbosity: int, interactive: bool, db: str, **named: Any) -> None:
        if db in standing:
            with transaction.atomic(db):
                for table, found in standing[db]:
                    rows.lay_down(db, table, found)
        else:
            emit_post_migrate_signal(verbosity, interactive, db, **named)
            standing[db] = [(table, rows.take(db, table)) for table, count in rows.counts(db).items() if count]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush, "emit_post_migrate_signal", put_back)
        yield


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """There are databases already when pytest-django comes: those below."""
    return True


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    with contextlib.ExitStack() as held:
        if connection.vendor == "sqlite":
            for alias in stores.FILES:
                held.enter_context(contextlib.closing(stores.in_memory(alias)))
        else:
            with django_db_blocker.unblock():
                stores.key_store_on_postgres()
        yield
