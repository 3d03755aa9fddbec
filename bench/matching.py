"""Matching beside its peers, in one run: `python -m bench.matching [SIZE …] [--large N M] [--shared FOLDER]`.

The same invented people for all (needs and skills, units and languages, many draws). Wall and CPU seconds, peak memory
of a process of its own for each solver (for the large ones of ours while it solves, with libraries, machine code and
people), CPU seconds as a share of SciPy's, and the total each found. A peer that is not installed is left out by name.
The first run on a machine also makes the machine code, outside what is timed.
Install peers beside Handrail with: uv pip install --require-hashes -r requirements/bench.txt -r requirements/run.txt

Who can do what: `matching` pairs by stability, not by total, and recurses once a person: it gives up at some hundreds.
OR-Tools' flow needs 1 GB at 3,000. SciPy, lapx and lapjv need a table of all pairs, 1 GB and more at 10,000; nobody but
us can do 100,000. mentor-match pairs by rules of its own and not by given points: `python -m bench.mentor_match`.
"""

import argparse
import importlib
import multiprocessing
import resource
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

THEMES, UNITS, LANGUAGES, WORDS = 12, 40, 8, 20


def people(leaders: int, mentors: int, seed: int = 0, kind: str = "friendly"):
    """A FeatureTable; kinds: friendly, dense (every leader has all features), ties (few values), chains (each leader
    excludes up to 30 mentors)."""
    from handrail.engines.matching.features import feature_table

    r = np.random.default_rng(seed)
    shares = r.dirichlet(np.ones(THEMES) * 2)
    need = np.zeros((leaders, THEMES), np.int16)
    for rank in range(3):
        need[np.arange(leaders), r.choice(THEMES, size=leaders, p=shares)] += 3 - rank
    if kind == "dense":
        need = r.integers(1, 4, need.shape).astype(np.int16)
    skill = r.choice(6, size=(mentors, THEMES), p=[0.35, 0.2, 0.15, 0.12, 0.1, 0.08])
    unit_shares, language_shares = r.dirichlet(np.ones(UNITS) * 0.5), [0.6, 0.1, 0.1, 0.05, 0.05, 0.04, 0.03, 0.03]
    unit, mentor_unit = (r.choice(UNITS, size, p=unit_shares) for size in (leaders, mentors))
    language, mentor_language = (r.choice(LANGUAGES, size, p=language_shares) for size in (leaders, mentors))
    wishes, offers = r.random((leaders, WORDS)) < 0.25, r.random((mentors, WORDS)) < 0.35
    order = np.argsort(language * UNITS + unit, kind="stable")
    weight = (1, 0) if kind == "ties" else (20, 8)
    own = np.hstack([need * weight[0], wishes * weight[1]])[order]
    row, column = np.nonzero(own)
    values = np.vstack(
        [skill.T, offers.T, mentor_unit == np.arange(UNITS)[:, None], mentor_language == np.arange(LANGUAGES)[:, None]]
    ).astype(np.int16)
    groups = np.arange(UNITS * LANGUAGES)
    shared = np.stack([THEMES + WORDS + groups % UNITS, THEMES + WORDS + UNITS + groups // UNITS], 1).ravel()
    group_points = np.tile(np.array([60, 120] if kind != "ties" else [3, 5], np.int16), groups.size)
    excluded = None
    if kind == "chains":
        pairs = np.unique(r.integers(0, leaders * mentors, leaders * 30))
        excluded = (np.searchsorted(pairs // mentors, np.arange(leaders + 1)), pairs % mentors)
    return feature_table(
        np.ascontiguousarray(values),
        (np.searchsorted(row, np.arange(leaders + 1)), column, own[row, column].astype(np.int16)),
        (language * UNITS + unit)[order],
        (np.arange(0, 2 * groups.size + 1, 2), shared, group_points),
        excluded,
    )


def dense(leaders: int, mentors: int) -> np.ndarray:
    table = people(leaders, mentors)
    everyone = np.arange(mentors)
    return np.stack([table.points(np.full(mentors, i), everyone) for i in range(leaders)]).astype(np.int32)


def ours_large(leaders: int, mentors: int, kind: str = "friendly", change: bool = False) -> tuple[float, float, str]:
    from handrail.engines.matching.large import solve_large, verify_large

    places = np.ones(mentors, dtype=np.int64)
    if mentors < leaders:
        places = np.random.default_rng(1).integers(1, 2 * leaders // mentors + 2, mentors)
    warm, one_each = people(1_600, 1_600, 9), np.ones(1_600, dtype=np.int64)
    solve_large(warm, one_each, solve_large(warm, one_each))
    table = people(leaders, mentors, kind=kind)
    forget_peak()
    result, wall, cpu = timed(lambda: solve_large(table, places))
    said = f"{result.total:,}, {'certified' if result.certified else 'NOT certified'}, {result.rounds} scans"
    if change:
        places[0] = 0
        again, more_wall, more_cpu = timed(lambda: solve_large(table, places, result))
        said += f"; one mentor leaves: {more_wall:.2f} s wall, {more_cpu:.2f} s CPU, {again.rounds} scans"
    elif not verify_large(table, places, result):
        said += ", REFUSED by verify"
    return wall, cpu, said


def ours_table(leaders: int, mentors: int, objective: str) -> tuple[float, float, str]:
    from handrail.engines.matching import problem_of, solve

    points = dense(leaders, mentors)
    row, column = np.divmod(np.arange(points.size), mentors)
    problem = problem_of(range(leaders), range(mentors), row, column, points.ravel())
    small = problem_of(range(400), range(400), *np.divmod(np.arange(160_000), 400), np.arange(160_000) % 7)
    solve(small, objective)
    result, wall, cpu = timed(lambda: solve(problem, objective))
    return wall, cpu, f"{result.total:,}, worst-off {result.worst}, {'certified' if result.certified else 'NOT'}"


def ours_explained(size: int) -> tuple[float, float, str]:
    from handrail.engines.matching import problem_of, solve
    from handrail.engines.matching.explain import alternatives

    points = dense(size, size)
    row, column = np.divmod(np.arange(points.size), size)
    names = [f"leader {i}" for i in range(size)], [f"mentor {j}" for j in range(size)]
    problem = problem_of(*names, row, column, points.ravel())
    result = solve(problem)
    list(alternatives(problem, result, 3))
    found, wall, cpu = timed(lambda: list(alternatives(problem, result, 3)))
    return wall, cpu, f"{sum(len(three) for three, _ in found):,} alternatives with their cost to everyone"


def scipy_peer(leaders: int, mentors: int) -> tuple[float, float, str]:
    from scipy.optimize import linear_sum_assignment

    points = dense(leaders, mentors)
    (row, column), wall, cpu = timed(lambda: linear_sum_assignment(points, maximize=True))
    return wall, cpu, f"{points[row, column].sum():,}"


def lapx_peer(leaders: int, mentors: int) -> tuple[float, float, str]:
    lap = importlib.import_module("lap")
    points = dense(leaders, mentors)
    cost = (points.max() - points).astype(np.float64)
    (_, column, _), wall, cpu = timed(lambda: lap.lapjv(cost))
    return wall, cpu, f"{points[np.arange(leaders), column].sum():,}"


def lapjv_peer(leaders: int, mentors: int) -> tuple[float, float, str]:
    lapjv = importlib.import_module("lapjv")
    points = dense(leaders, mentors)
    cost = (points.max() - points).astype(np.float32)
    (column, _, _), wall, cpu = timed(lambda: lapjv.lapjv(cost))
    return wall, cpu, f"{points[np.arange(leaders), column].sum():,}"


def ortools_peer(leaders: int, mentors: int) -> tuple[float, float, str]:
    flow = importlib.import_module("ortools.graph.python.linear_sum_assignment")
    points = dense(leaders, mentors)
    row, column = (a.astype(np.int32) for a in np.divmod(np.arange(points.size), mentors))

    def solve() -> int:
        assignment = flow.SimpleLinearSumAssignment()
        assignment.add_arcs_with_cost(row, column, -points.ravel().astype(np.int64))
        assignment.solve()
        return -assignment.optimal_cost()

    total, wall, cpu = timed(solve)
    return wall, cpu, f"{total:,}"


def ortools_flow_peer(leaders: int, mentors: int) -> tuple[float, float, str]:
    flow = importlib.import_module("ortools.graph.python.min_cost_flow")
    points = dense(leaders, mentors)
    row, column = (a.astype(np.int32) for a in np.divmod(np.arange(points.size), mentors))
    source, sink = leaders + mentors, leaders + mentors + 1

    def solve() -> int:
        network = flow.SimpleMinCostFlow()
        for tail, head, cost in (
            (np.full(leaders, source), np.arange(leaders), np.zeros(leaders)),
            (row, leaders + column, -points.ravel()),
            (leaders + np.arange(mentors), np.full(mentors, sink), np.zeros(mentors)),
        ):
            network.add_arcs_with_capacity_and_unit_cost(
                tail.astype(np.int32), head.astype(np.int32), np.ones(tail.size, np.int64), cost.astype(np.int64)
            )
        network.set_node_supply(source, min(leaders, mentors))
        network.set_node_supply(sink, -min(leaders, mentors))
        network.solve()
        return -network.optimal_cost()

    total, wall, cpu = timed(solve)
    return wall, cpu, f"{total:,}"


def matching_peer(leaders: int, mentors: int) -> tuple[float, float, str]:
    games = importlib.import_module("matching.games")
    points = dense(leaders, mentors)
    lists = (
        {i: np.argsort(-points[i], kind="stable").tolist() for i in range(leaders)},
        {j: np.argsort(-points[:, j], kind="stable").tolist() for j in range(mentors)},
    )
    game = games.StableMarriage.create_from_dictionaries(*lists)
    found, wall, cpu = timed(game.solve)
    total = sum(int(points[leader.name, mentor.name]) for leader, mentor in found.items())
    return wall, cpu, f"{total:,} (stable, another question)"


def ours_sparse(leaders: int, mentors: int) -> tuple[float, float, str]:
    """Each leader may have 20 mentors only."""
    from handrail.engines.matching import problem_of, solve

    r = np.random.default_rng(4)
    pairs = np.unique(r.integers(0, leaders * mentors, leaders * 20))
    row, column = np.divmod(pairs, mentors)
    points = people(leaders, mentors).points(row, column)
    problem = problem_of(range(leaders), range(mentors), row, column, points)
    solve(problem, "total")
    result, wall, cpu = timed(lambda: solve(problem, "total"))
    return wall, cpu, f"{result.total:,}, {result.paired:,} pairs, {'certified' if result.certified else 'NOT'}"


def forget_peak() -> None:
    """So that the peak is that of what follows, not of inventing the people and making machine code (Linux)."""
    Path("/proc/self/clear_refs").write_text("5")


def peak() -> int:
    """The most memory in MB since the start, or since `forget_peak`."""
    for said in Path("/proc/self/status").read_text().splitlines():
        if said.startswith("VmHWM:"):
            return int(said.split()[1]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def timed(work: Callable):
    wall, cpu = time.perf_counter(), time.process_time()
    answer = work()
    return answer, time.perf_counter() - wall, time.process_time() - cpu


def _apart(connection, work: Callable, arguments: tuple) -> None:
    try:
        answer = work(*arguments)
    except ImportError as error:
        answer = f"not installed ({error.name})"
    except RecursionError:
        answer = "gave up: it recurses once a person"
    connection.send((answer, peak()))


def line(name: str, work: Callable, *arguments: object, beside: float | None = None) -> float | None:
    """Run in a process of its own, so that memory is its own and libraries do not meet; the CPU seconds."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_apart, args=(there, work, arguments))
    process.start()
    answer, memory = here.recv()
    process.join()
    if isinstance(answer, str):
        print(f"  {name:<34} {answer}", flush=True)
        return None
    wall, cpu, said = answer
    ratio = f"{cpu / beside:6.2f} × SciPy" if beside else " " * 14
    print(f"  {name:<34} {wall:8.2f} s wall {cpu:8.2f} s CPU {ratio} {memory:6} MB peak   {said}", flush=True)
    return cpu


def orlib(folder: Path) -> None:
    from handrail.engines.matching import problem_of, solve, verify

    print("OR-Library assignment (cost; machine code loaded)")
    warm = problem_of(range(400), range(400), *np.divmod(np.arange(160_000), 400), np.arange(160_000) % 7)
    solve(warm, "total")
    for path in sorted(folder.glob("matching/orlib/assign[1-9]*.txt")):
        numbers = np.array(path.read_text().split(), dtype=np.int64)
        size = int(numbers[0])
        row, column = np.divmod(np.arange(size * size), size)
        problem = problem_of(range(size), range(size), row, column, -numbers[1 : 1 + size * size])
        solve(problem, "total")
        result, wall, cpu = timed(lambda problem=problem: solve(problem, "total"))
        verify(problem, result)
        print(f"  {path.stem:<34} {wall:8.3f} s wall {cpu:8.3f} s CPU   {-result.total}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=[1_000, 3_000])
    parser.add_argument("--large", nargs=2, type=int, action="append", default=[], metavar=("N", "M"))
    parser.add_argument("--shared", type=Path, help="a folder with published instances")
    chosen = parser.parse_args()
    for size in chosen.sizes:
        print(f"{size:,} × {size:,}, every pair eligible")
        peer = line("SciPy linear_sum_assignment", scipy_peer, size, size)
        peers = [("lapx", lapx_peer), ("lapjv", lapjv_peer), ("OR-Tools assignment", ortools_peer)]
        if size <= 3_000:
            peers.append(("OR-Tools flow", ortools_flow_peer))
        if size <= 500:
            peers.append(("matching", matching_peer))
        for name, work in peers:
            line(name, work, size, size, beside=peer)
        line("Handrail, features, total", ours_large, size, size, beside=peer)
        if size <= 3_000:
            line("Handrail, table, default", ours_table, size, size, "default", beside=peer)
            line("Handrail, table, total", ours_table, size, size, "total", beside=peer)
        for kind in ("dense", "ties", "chains"):
            line(f"Handrail, features, {kind}", ours_large, size, size, kind)
        line("Handrail, features, few mentors", ours_large, size, size // 50)
        line("Handrail, table, sparse", ours_sparse, size, size)
        line("Handrail, features, one change", ours_large, size, size, "friendly", True)
    print("500 × 500, explanations")
    line("Handrail, three alternatives each", ours_explained, 500)
    for leaders, mentors in chosen.large:
        print(f"{leaders:,} × {mentors:,}")
        for kind in ("friendly", "chains"):
            line(f"Handrail, features, {kind}", ours_large, leaders, mentors, kind, kind == "friendly")
    if chosen.shared:
        orlib(chosen.shared)


if __name__ == "__main__":
    main()
