from pathlib import Path
from typing import Any

import pytest

from tests.factories.world import World, build_world


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Path) -> World:
    """A world whose data folder is its own."""
    settings.DATA_DIR = tmp_path
    return build_world()
