"""Branch coverage has floors that may only rise: `python -m tests.coverage_floors COVERAGE.json`.

The goal is 100 % of rules, actions and engines, and 95 % elsewhere. Where a part is not there yet, its floor in
coverage_floors.toml is what it has reached; this fails when a part falls below its floor, and says which floors may be
raised. Lines and branches count together, as in coverage's own total.
"""

import json
import sys
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

FLOORS = Path(__file__).with_name("coverage_floors.toml")
GOAL_OF_WHAT_DECIDES, GOAL = 100, 95


def part_of(file: str) -> str:
    """The part that a file counts to: rules, actions, an engine, or its floor of the house."""
    words = Path(file).with_suffix("").parts[1:]
    if words[0] == "engines":
        return f"engines {words[1]}"
    if words[-1] == "rules":
        return "rules"
    return "actions" if "actions" in words else words[0]


def reached(report: dict[str, Any]) -> dict[str, float]:
    """Per cent of lines and branches run, by part."""
    counted: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for file, found in report["files"].items():
        summary, part = found["summary"], counted[part_of(file)]
        part[0] += summary["covered_lines"] + summary["covered_branches"]
        part[1] += summary["num_statements"] + summary["num_branches"]
    return {part: 100 * run / of for part, (run, of) in sorted(counted.items()) if of}


def faults(found: dict[str, float], floors: dict[str, float]) -> list[str]:
    """The parts below their floors; a part without one is held to its goal."""
    return [
        f"{part}: {per_cent:.1f} %, and its floor is {floor:g} %"
        for part, per_cent in found.items()
        if per_cent < (floor := floors.get(part, goal_of(part))) - 0.05
    ]


def goal_of(part: str) -> int:
    return GOAL_OF_WHAT_DECIDES if part in ("rules", "actions") or part.startswith("engines") else GOAL


def main() -> int:
    found = reached(json.loads(Path(sys.argv[1]).read_text()))
    floors = tomllib.loads(FLOORS.read_text())["floors"]
    for part, per_cent in found.items():
        rise = f"  raise its floor from {floors[part]:g}" if part in floors and per_cent >= floors[part] + 1 else ""
        sys.stdout.write(f"{part:24} {per_cent:6.1f} %   goal {goal_of(part)} %{rise}\n")
    below = faults(found, floors)
    for fault in below:
        sys.stderr.write(f"below its floor: {fault}\n")
    return 1 if below else 0


if __name__ == "__main__":
    raise SystemExit(main())
