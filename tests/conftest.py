"""What holds for every test."""

import contextlib
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import connection

from tests import stores


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
