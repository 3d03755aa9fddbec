"""`handrail match`: who should mentor whom, from people tables or from a table of one's own scores."""

import argparse
import contextlib
import csv
import json
import sys
from typing import Any

from handrail.commands.files import NoAnswer, WrongUse, written_whole
from handrail.commands.match_people import assembled_from, read_people
from handrail.commands.match_report import report
from handrail.commands.match_result import PAIR_COLUMNS, pair_rows, read_result, result_document
from handrail.commands.match_rules import RulesFile, read_rules
from handrail.commands.match_scores import problem_from_scores
from handrail.engines.matching import Impossible, Problem, Refused, Result, solve, verify
from handrail.engines.matching.assembly import Assembled
from handrail.engines.matching.explain import (
    Explanation,
    alternatives,
    explain_pairs,
    forbids_in_words,
    suggest_for_unpaired,
)

MOST_ALTERNATIVES = 3
EXAMPLES = """\
examples:
  handrail match --scores SCORES.csv --out PAIRS.csv --json RESULT.json
      SCORES.csv has the columns leader,mentor,points. Points are whole numbers; a pair that is absent may not be
      made. The most pairs come first, then the best worst-off pair, then the highest total.
  handrail match --scores SCORES.csv --capacity CAPACITY.csv --out PAIRS.csv
      CAPACITY.csv has the columns mentor,places; whoever is absent has 1 place.
  handrail match LEADERS.csv MENTORS.csv --rules RULES.toml --out PAIRS.csv --explain REPORT.html
      RULES.toml says what counts and what is impossible (docs/reference/rules.md). Without it, columns that both
      tables have are compared; what was guessed is shown.
  handrail match --verify PAIRS.csv RESULT.json --scores SCORES.csv
      Checks the proof in RESULT.json, without solving anything. Ends with 1 if it does not hold.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.epilog = EXAMPLES
    parser.add_argument("leaders", nargs="?", metavar="LEADERS", help="a people table, one row a leader")
    parser.add_argument("mentors", nargs="?", metavar="MENTORS", help="a people table, one row a mentor")
    parser.add_argument("--rules", metavar="RULES.toml", help="what counts, and what is impossible")
    parser.add_argument("--scores", metavar="SCORES.csv", help="a table of your own: leader,mentor,points")
    parser.add_argument("--capacity", metavar="CAPACITY.csv", help="mentor,places (1 unless given)")
    parser.add_argument("--out", metavar="PAIRS.csv", help="where the pairs go: leader,mentor,points")
    parser.add_argument("--json", metavar="RESULT.json", help="where the figures and their proof go")
    parser.add_argument("--explain", metavar="REPORT.html", help="every pair with its reasons, in one file")
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
    _check_use(arguments)
    guesses: list[str] = []
    if arguments.scores is not None:
        assembled, rules = None, RulesFile()
        problem = problem_from_scores(arguments.scores, arguments.capacity)
    else:
        rules = RulesFile() if arguments.rules is None else read_rules(arguments.rules)
        leaders = read_people(arguments.leaders, rules.leaders, guesses)
        mentors = read_people(arguments.mentors, rules.mentors, guesses)
        assembled = assembled_from(leaders, mentors, rules, arguments.rules, guesses)
        problem = assembled.problem
    if arguments.verify is not None:
        return _verify(problem, assembled, *arguments.verify)
    for guess in guesses:
        print(f"Guessed: {guess}.", file=sys.stderr)
    try:
        result = solve(problem, arguments.objective or rules.objective, tell=_tell)
    except Impossible as reason:
        raise NoAnswer(f"{reason}.") from reason
    write_outputs(arguments, problem, assembled, result, guesses)
    outputs = (arguments.out, arguments.json, arguments.explain)
    print(summary(problem, result), file=sys.stderr if "-" in outputs else sys.stdout)
    return 0


def _check_use(arguments: argparse.Namespace) -> None:
    if (arguments.scores is None) == (arguments.leaders is None):
        raise WrongUse("say what to match: LEADERS and MENTORS, or --scores SCORES.csv (see handrail match --help).")
    if arguments.leaders is not None and arguments.mentors is None:
        raise WrongUse("name both tables: handrail match LEADERS MENTORS --out PAIRS.csv.")
    if arguments.scores is not None and arguments.rules is not None:
        raise WrongUse("--rules goes with people tables; a scores table already says what counts.")
    if arguments.scores is None and arguments.capacity is not None:
        raise WrongUse("--capacity goes with --scores; in people tables use a column for the places.")
    outputs = [path for path in (arguments.out, arguments.json, arguments.explain) if path is not None]
    if arguments.verify is not None:
        if outputs:
            raise WrongUse("--verify writes nothing; leave out --out, --json and --explain.")
        return
    if arguments.out is None:
        raise WrongUse("say where the pairs should go: --out PAIRS.csv.")
    if outputs.count("-") > 1:
        raise WrongUse("only one of the outputs can be standard output.")


def _verify(problem: Problem, assembled: Assembled | None, pairs_path: str, result_path: str) -> int:
    fixed = set() if assembled is None else {(row[0], row[1]) for row in _fixed_rows(assembled)}
    try:
        result = read_result(problem, pairs_path, result_path, fixed)
        verify(problem, result)
    except Refused as reason:
        raise NoAnswer(f"the result does not hold: {reason}.") from reason
    print(f"The result holds: {summary(problem, result)}")
    return 0


def _tell(stage: str) -> None:
    if sys.stderr.isatty():
        print(f"{stage} …", file=sys.stderr)


def _fixed_rows(assembled: Assembled) -> list[tuple[str, str, int]]:
    names = assembled.leaders.names, assembled.mentors.names
    return [(names[0][i], names[1][j], int(assembled.points[i, j])) for i, j in assembled.fixed.tolist()]


def write_outputs(
    arguments: argparse.Namespace, problem: Problem, assembled: Assembled | None, result: Result, guesses: list[str]
) -> None:
    """All files appear, or none does."""
    with contextlib.ExitStack() as files:
        page = None if arguments.explain is None else files.enter_context(written_whole(arguments.explain))
        document = None if arguments.json is None else files.enter_context(written_whole(arguments.json))
        pairs = files.enter_context(written_whole(arguments.out))
        writer = csv.writer(pairs, lineterminator="\n")
        writer.writerow(PAIR_COLUMNS)
        writer.writerows(pair_rows(problem, result))
        if assembled is not None:
            writer.writerows(_fixed_rows(assembled))
        if document is not None:
            content: dict[str, Any] = result_document(problem, result)
            if assembled is not None:
                content["fixed"] = [[leader, mentor] for leader, mentor, _ in _fixed_rows(assembled)]
            json.dump(content, document, ensure_ascii=False, indent=1)
            document.write("\n")
        if page is not None:
            page.write(_page(problem, assembled, result, guesses))


def _page(problem: Problem, assembled: Assembled | None, result: Result, guesses: list[str]) -> str:
    if assembled is None:
        rows = zip(pair_rows(problem, result), alternatives(problem, result, MOST_ALTERNATIVES), strict=True)
        plain = [
            Explanation(i, j, points, (("points of the table", points),), (), liked, more)
            for (i, j, points), (liked, more) in rows
        ]
        return report(problem, result, summary(problem, result), plain, [], result.remarks)
    fixed = [f"{i} and {j} are fixed together ({points} points)" for i, j, points in _fixed_rows(assembled)]
    remarks = [*(f"Guessed: {guess}" for guess in guesses), *forbids_in_words(assembled), *fixed, *result.remarks]
    explanations, suggestions = (
        explain_pairs(assembled, result, MOST_ALTERNATIVES),
        suggest_for_unpaired(assembled, result),
    )
    return report(problem, result, summary(problem, result), explanations, suggestions, remarks)


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
