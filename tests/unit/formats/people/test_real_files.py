"""The four files of ../shared/data/people, where they are at hand."""

import os
from collections import Counter
from pathlib import Path

import pytest

from handrail.formats.people import ManagerKind, PersonRecord, open_people_file
from tests.unit.formats.people.files import faults, people, unnamed

ROOT = Path(__file__).parents[4]
FOLDER = Path(os.environ.get("HANDRAIL_SHARED_DATA", ROOT.parent / "shared" / "data")) / "people"
pytestmark = [pytest.mark.shared, pytest.mark.skipif(not FOLDER.is_dir(), reason="../shared/data is not here")]


@pytest.mark.parametrize(
    ("name", "layout", "persons", "posts", "managers"),
    [
        ("entra-download-users.csv", "entra", 347, 0, {ManagerKind.UNKNOWN: 347}),
        ("google-workspace-users.csv", "google", 347, 0, {ManagerKind.EMAIL: 346, ManagerKind.NONE: 1}),
        ("organogram-hmrc-senior.csv", "organogram", 85, 268, {ManagerKind.SOURCE_ID: 84, ManagerKind.NONE: 1}),
        ("organogram-defra-senior.csv", "organogram", 29, 81, {ManagerKind.SOURCE_ID: 28, ManagerKind.NONE: 1}),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_real_files(
    name: str, layout: str, persons: int, posts: int, managers: dict[ManagerKind, int], encoding: str, end: str,
    tmp_path: Path,
) -> None:  # fmt: skip
    path = tmp_path / name
    text = (FOLDER / name).read_bytes().decode("utf-8-sig").replace("\r\n", end)
    path.write_bytes(text.encode(encoding))
    with open_people_file(path) as file:
        items = list(file.items())
    assert file.detected.layout == layout
    assert (len(people(items)), len(unnamed(items)), len(faults(items))) == (persons, posts, 0)
    assert Counter(item.manager.kind for item in items if isinstance(item, PersonRecord)) == managers
