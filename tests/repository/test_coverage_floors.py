"""The floors of coverage are known parts, none above its goal; and a part below its floor is named."""

import tomllib

import pytest

from tests.coverage_floors import FLOORS, faults, goal_of, part_of, reached


def summary(run: int, of: int) -> dict[str, object]:
    return {"summary": {"covered_lines": run, "covered_branches": 0, "num_statements": of, "num_branches": 0}}


@pytest.mark.parametrize(
    ("file", "part"),
    [
        ("handrail/capabilities/people/rules.py", "rules"),
        ("handrail/capabilities/people/imports/actions/writing.py", "actions"),
        ("handrail/foundation/mail/actions.py", "actions"),
        ("handrail/engines/matching/rules.py", "engines matching"),
        ("handrail/engines/reporting_lines.py", "engines reporting_lines"),
        ("handrail/capabilities/people/views.py", "capabilities"),
        ("handrail/design/actions_shown.py", "design"),
    ],
)
def test_each_file_counts_to_a_part(file: str, part: str) -> None:
    assert part_of(file) == part


def test_a_part_below_its_floor_or_its_goal_is_named() -> None:
    report = {"files": {"handrail/a/rules.py": summary(99, 100), "handrail/design/x.py": summary(95, 100)}}
    found = reached(report)
    assert found == {"design": 95.0, "rules": 99.0}
    assert [fault.partition(":")[0] for fault in faults(found, {})] == ["rules"]
    assert faults(found, {"rules": 99.0}) == []
    assert len(faults(found, {"rules": 99.5, "design": 96})) == 2


def test_no_floor_stands_above_its_goal() -> None:
    floors = tomllib.loads(FLOORS.read_text())["floors"]
    assert [part for part, floor in floors.items() if floor >= goal_of(part)] == []
