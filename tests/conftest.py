"""What holds for every test."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def limits_begin_anew() -> None:
    """How often somebody tried is counted in the cache: one test's tries are none of the next one's."""
    cache.clear()
