"""`handrail match`: who should mentor whom, from people tables or from a table of one's own scores."""

import argparse
import contextlib
import csv
import json
import sys
from typing import Any

from handrail.commands.files import NoAnswer, WrongUse, written_whole
from handrail.commands.match_result import PAIR_COLUMNS, pair_rows, read_result, result_document
from handrail.commands.match_scores import problem_from_scores
from handrail.engines.matching import Problem, Refused, Result, solve, verify

EXAMPLES = """\
examples:
  handrail match --scores SCORES.csv --out PAIRS.csv --json RESULT.json
      SCORES.csv has the columns leader,mentor,points. Points are whole numbers; a pair that is absent may not be
      made. The most pairs come first, then the best worst-off pair, then the highest total.
  handrail match --scores SCORES.csv --capacity CAPACITY.csv --out PAIRS.csv
      CAPACITY.csv has the columns mentor,places; whoever is absent has 1 place.
  handrail match --verify PAIRS.csv RESULT.json --scores SCORES.csv
      Checks the proof in RESULT.json, without solving anything. Ends with 1 if it does not hold.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.epilog = EXAMPLES
    parser.add_argument("--scores", metavar="SCORES.csv", help="a table of your own: leader,mentor,points")
    parser.add_argument("--capacity", metavar="CAPACITY.csv", help="mentor,places (1 unless given)")
    parser.add_argument("--out", metavar="PAIRS.csv", help="where the pairs go: leader,mentor,points")
    parser.add_argument("--json", metavar="RESULT.json", help="where the figures and their proof go")
    parser.add_argument(
        "--objective",
        choices=("default", "total", "stable"),
        help="default: most pairs, best worst-off, highest total; total: without the second; stable: no two people "
        "who would both rather have one another",
    )
    parser.add_argument(
        "--verify", nargs=2, metavar=("PAIRS.csv", "RESULT.json"), help="check a result from its certificate alone"
    )


def run(arguments: argparse.Namespace) -> int:
    if arguments.scores is None:
        raise WrongUse("say what to match: --scores SCORES.csv (see handrail match --help).")
    if arguments.verify is not None:
        return _verify(arguments)
    if arguments.out is None:
        raise WrongUse("say where the pairs should go: --out PAIRS.csv.")
    if arguments.out == "-" and arguments.json == "-":
        raise WrongUse("only one of --out and --json can be standard output.")
    problem = problem_from_scores(arguments.scores, arguments.capacity)
    result = solve(problem, arguments.objective or "default", tell=_tell)
    write_outputs(problem, result, arguments.out, arguments.json)
    print(summary(problem, result), file=sys.stderr if "-" in (arguments.out, arguments.json) else sys.stdout)
    return 0


def _verify(arguments: argparse.Namespace) -> int:
    if arguments.out is not None or arguments.json is not None:
        raise WrongUse("--verify writes nothing; leave out --out and --json.")
    pairs_path, result_path = arguments.verify
    problem = problem_from_scores(arguments.scores, arguments.capacity)
    try:
        result = read_result(problem, pairs_path, result_path)
        verify(problem, result)
    except Refused as reason:
        raise NoAnswer(f"the result does not hold: {reason}.") from reason
    print(f"The result holds: {summary(problem, result)}")
    return 0


def _tell(stage: str) -> None:
    if sys.stderr.isatty():
        print(f"{stage} …", file=sys.stderr)


def write_outputs(problem: Problem, result: Result, pairs_path: str, json_path: str | None) -> None:
    """Both files appear, or neither does."""
    with contextlib.ExitStack() as files:
        document = None if json_path is None else files.enter_context(written_whole(json_path))
        pairs = files.enter_context(written_whole(pairs_path))
        writer = csv.writer(pairs, lineterminator="\n")
        writer.writerow(PAIR_COLUMNS)
        writer.writerows(pair_rows(problem, result))
        if document is not None:
            content: dict[str, Any] = result_document(problem, result)
            json.dump(content, document, ensure_ascii=False, indent=1)
            document.write("\n")


def summary(problem: Problem, result: Result) -> str:
    """The result in two sentences."""
    if result.worst is None:
        return "No pair can be made: nobody with a place is eligible for anybody."
    made = f"{result.paired:,} {'pair' if result.paired == 1 else 'pairs'}"
    without = f"{result.unpaired.size} of {len(problem.leaders)} leaders without a mentor"
    proof = (
        "proven best" if result.certified else f"not proven best; no such pairing has more than {result.bound:,} points"
    )
    return (
        f"{made}, {without}. {result.total:,} points in all, {result.worst:,} for the worst-off pair "
        f"({proof}); {result.blocking:,} blocking pairs."
    )
