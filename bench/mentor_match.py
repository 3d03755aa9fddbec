"""mentor-match beside Handrail, in one run: `python -m bench.mentor_match PEER [--people FOLDER] [--size 500]`.

Both pair the same people by that project's rules for civil servants: another department, one or two grades above (9
and 12 points), the same profession (10), something shared that the mentee asked for (6). It makes the highest total,
where a pair that may not be counts nothing, so it can leave people without whom another pairing would reach; Handrail
makes the most pairs first. People are invented as that project invents them, or read from mentees.csv and mentors.csv.

PEER is a folder: the package calls itself `matching`, as another peer of the bench does, so it cannot be beside it.
Install it with: uv pip install --require-hashes -r requirements/mentor-match.txt --target PEER
"""

import argparse
import csv
import json
import random
import subprocess
import sys
import time
from pathlib import Path

GRADES = ("AA", "AO", "EO", "HEO", "SEO", "Grade 7", "Grade 6", "SCS1", "SCS2", "SCS3", "SCS4")
DEPARTMENTS = ("Fun", "Truth", "Joy", "Love", "Virtue", "Peace")
PROFESSIONS = ("Policy", "DDaT", "Operations", "HR", "Security")
SHARED = ("Asexual or aromantic", "Gay", "Lesbian", "Bisexual or pansexual", "Transgender", "Non-binary")
Person = dict[str, str]


def invented(size: int) -> tuple[list[Person], list[Person]]:
    """(mentees, mentors), with the columns of that project's files."""
    chance = random.Random(500)
    found: tuple[list[Person], list[Person]] = ([], [])
    for side, people in zip(("mentee", "mentor"), found, strict=True):
        for number in range(size):
            low, high = (2, len(GRADES) - 1) if side == "mentor" else (0, len(GRADES) - 2)
            asked = chance.sample(SHARED, chance.randint(0, 2 if side == "mentor" else 1))
            people.append(
                {
                    "email address": f"{side}.{number}@example.org",
                    "grade": GRADES[chance.randint(low, high)],
                    "organisation": chance.choice(DEPARTMENTS),
                    "profession": chance.choice(PROFESSIONS),
                    "characteristics" if side == "mentor" else "identity to match": ", ".join(asked),
                }
            )
    return found


def read(folder: Path) -> tuple[list[Person], list[Person]]:
    mentees, mentors = (list(csv.DictReader((folder / f"{side}s.csv").open())) for side in ("mentee", "mentor"))
    return mentees, mentors


def ours(mentees: list[Person], mentors: list[Person]):
    from handrail.engines.matching import solve, verify
    from handrail.engines.matching.compiled import Compiled
    from handrail.engines.matching.explain import alternatives

    Compiled.ready = True  # machine code, as for a worker that has paired before; the first run loads it
    for _run in range(2):
        began, cpu = time.perf_counter(), time.process_time()
        problem = _problem(mentees, mentors)
        result = solve(problem)
        explained = list(alternatives(problem, result, 3))
        wall, spent = time.perf_counter() - began, time.process_time() - cpu
    verify(problem, result)
    most = solve(problem, "total")
    return {
        "pairs": result.paired,
        "points": result.total,
        "worst": result.worst or 0,
        "points without the worst-off": most.total,
        "explained": len(explained),
        "wall": wall,
        "cpu": spent,
    }


def _problem(mentees: list[Person], mentors: list[Person]):
    import numpy as np

    from handrail.engines.matching import problem_of

    def codes(name: str, among: tuple[str, ...] | list[str]):
        place = {word: k for k, word in enumerate(among)}
        return [np.array([place[one[name]] for one in side]) for side in (mentees, mentors)]

    everybody = [*mentees, *mentors]
    grade, above = codes("grade", GRADES)
    units, other = codes("organisation", sorted({one["organisation"] for one in everybody}))
    work, theirs = codes("profession", sorted({one["profession"] for one in everybody}))
    has = np.array([[word in one["characteristics"].split(", ") for word in SHARED] for one in mentors])
    asks = np.array([[word == one["identity to match"] for word in SHARED] for one in mentees])
    steps = above[None, :] - grade[:, None]
    points = np.where(steps == 2, 12, 9) + 10 * (work[:, None] == theirs) + 6 * (asks.astype(int) @ has.T)
    row, column = np.nonzero((units[:, None] != other) & (steps >= 1) & (steps <= 2))
    names = [[one["email address"] for one in side] for side in (mentees, mentors)]
    return problem_of(*names, row, column, points[row, column])


def peer(mentees: list[Person], mentors: list[Person]):
    """In a process of its own, where the package can be imported."""
    import operator

    from matching import process
    from matching.mentee import Mentee
    from matching.mentor import Mentor
    from matching.rules import rule

    shares = {one["email address"]: set(filter(None, one["characteristics"].split(", "))) for one in mentors}
    asks = {one["email address"]: one["identity to match"] for one in mentees}
    rules = [
        rule.Disqualify(lambda match: match.mentee.organisation == match.mentor.organisation),
        rule.Disqualify(rule.Grade(2, operator.gt).evaluate),
        rule.Disqualify(rule.Grade(0, operator.le).evaluate),
        rule.Grade(2, operator.eq, {True: 12, False: 0}),
        rule.Grade(1, operator.eq, {True: 9, False: 0}),
        rule.Equivalent("profession", {True: 10, False: 0}),
        rule.Generic({True: 6, False: 0}, lambda match: asks[match.mentee.email] in shares[match.mentor.email]),
    ]
    sides = []
    for people, kind in ((mentees, Mentee), (mentors, Mentor)):
        kept = [one | {"email": one["email address"], "grade": str(GRADES.index(one["grade"]))} for one in people]
        sides.append([kind(**one) for one in kept])
    began, cpu = time.perf_counter(), time.process_time()
    process.process_data(sides[1], sides[0], [rules])
    wall, spent = time.perf_counter() - began, time.process_time() - cpu
    made = sorted((one.email, mentor.email) for mentor in sides[1] for one in mentor.mentees)
    return {"made": made, "wall": wall, "cpu": spent}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("peer", type=Path)
    parser.add_argument("--people", type=Path)
    parser.add_argument("--size", type=int, default=500)
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    mentees, mentors = read(asked.people) if asked.people else invented(asked.size)
    if asked.alone:
        sys.path.insert(0, str(asked.peer))
        print(json.dumps(peer(mentees, mentors)))
        return
    again = [sys.executable, "-m", "bench.mentor_match", *sys.argv[1:], "--alone"]
    theirs = json.loads(subprocess.run(again, check=True, capture_output=True, text=True).stdout)
    problem, mine = _problem(mentees, mentors), ours(mentees, mentors)
    worth = {
        (problem.leaders[i], problem.mentors[j]): p
        for i, j, p in zip(problem.leader.tolist(), problem.mentor.tolist(), problem.points.tolist(), strict=True)
    }
    points = [worth[mentee, mentor] for mentee, mentor in theirs["made"]]
    print(f"{len(mentees)} × {len(mentors)}, {problem.points.size:,} pairs possible")
    for name, wall, cpu, said in (
        (
            "mentor-match",
            theirs["wall"],
            theirs["cpu"],
            f"{len(points)} pairs, {sum(points):,} points, worst-off {min(points)}",
        ),
        (
            "Handrail, certified and explained",
            mine["wall"],
            mine["cpu"],
            f"{mine['pairs']} pairs, {mine['points']:,} points, worst-off {mine['worst']}; most points with as many "
            f"pairs {mine['points without the worst-off']:,}",
        ),
    ):
        print(f"  {name:<36} {wall:7.3f} s wall {cpu:7.3f} s CPU   {said}")


if __name__ == "__main__":
    main()
