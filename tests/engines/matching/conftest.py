import os
from pathlib import Path

import pytest


@pytest.fixture
def shared_data() -> Path:
    """Published instances, where they are at hand."""
    root = Path(__file__).resolve().parents[3]
    folder = Path(os.environ.get("HANDRAIL_SHARED_DATA", root.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip("the shared data are not here")
    return folder
