"""PAIRS.csv and RESULT.json: written from a result, and read back to be verified."""

import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

import numpy as np

from handrail.commands.files import FaultyFile, rows_of
from handrail.commands.match_scores import whole_number
from handrail.engines.matching import Certificate, Prices, Problem, Refused, Result
from handrail.engines.matching.problem import MAXIMUM_POINTS, Integers

PAIR_COLUMNS = ("leader", "mentor", "points")


def pair_rows(problem: Problem, result: Result) -> list[tuple[str, str, int]]:
    """The rows of PAIRS.csv, by leader in the order of the input."""
    rows = zip(
        problem.leader[result.chosen].tolist(),
        problem.mentor[result.chosen].tolist(),
        problem.points[result.chosen].tolist(),
        strict=True,
    )
    return [(problem.leaders[i], problem.mentors[j], points) for i, j, points in rows]


def result_document(problem: Problem, result: Result) -> dict[str, Any]:
    """RESULT.json as a dictionary. Prices that are 0 are left out; each maps a name to a whole number."""
    certificate = result.certificate
    return {
        "objective": result.objective,
        "paired": result.paired,
        "unpaired": [problem.leaders[i] for i in result.unpaired.tolist()],
        "total": result.total,
        "worst": result.worst,
        "bound": result.bound,
        "certified": result.certified,
        "blocking_pairs": result.blocking,
        "certificate": {
            "number": _prices_document(problem, certificate.number),
            "worst": _prices_document(problem, certificate.worst),
            "total": _prices_document(problem, certificate.total),
            "scale": certificate.scale,
        },
    }


def _prices_document(problem: Problem, prices: Prices | None) -> dict[str, Any] | None:
    if prices is None:
        return None
    document: dict[str, Any] = {
        "leaders": {problem.leaders[i]: int(prices.leader[i]) for i in np.flatnonzero(prices.leader).tolist()},
        "mentors": {problem.mentors[j]: int(prices.mentor[j]) for j in np.flatnonzero(prices.mentor).tolist()},
        "each_pair": prices.pair,
    }
    if prices.constraint:
        document["side_constraints"] = list(prices.constraint)
    if prices.unit != 1:
        document["unit"] = prices.unit
    return document


def read_result(problem: Problem, pairs_path: str, result_path: str, fixed: Collection[tuple[str, str]] = ()) -> Result:
    """What PAIRS.csv and RESULT.json say, without the `fixed` pairs.

    Raises FaultyFile if they cannot be read, Refused if they cannot be true.
    """
    document = _read_document(result_path)
    chosen = _read_pairs(problem, pairs_path, fixed)
    position = {name: i for i, name in enumerate(problem.leaders)}
    unpaired = document.get("unpaired")
    if not isinstance(unpaired, list) or not all(isinstance(name, str) and name in position for name in unpaired):
        raise Refused("“unpaired” is not a list of leaders of the table")
    objective = document.get("objective")
    if objective not in ("default", "total", "stable"):
        raise Refused("“objective” is not one of default, total, stable")
    if _whole(document, "paired") != chosen.size:
        raise Refused(f"the result says {document['paired']} pairs, the pairs file has {chosen.size}")
    worst = None if document.get("worst") is None else _whole(document, "worst")
    return Result(
        objective=objective,
        chosen=chosen,
        unpaired=np.array(sorted(position[name] for name in unpaired), dtype=np.int64),
        total=_whole(document, "total"),
        worst=worst,
        bound=_whole(document, "bound"),
        certified=document.get("certified") is True,
        blocking=_whole(document, "blocking_pairs"),
        kept=int(problem.existing[chosen].sum()),
        certificate=_read_certificate(problem, document.get("certificate")),
    )


def _read_document(path: str) -> dict[str, Any]:
    try:
        document = json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise FaultyFile(path, f"cannot be read ({error.strerror or error}).") from error
    except json.JSONDecodeError as error:
        raise FaultyFile(path, f"is not JSON ({error.msg}).", line=error.lineno) from error
    except (UnicodeDecodeError, RecursionError, ValueError) as error:
        raise FaultyFile(path, "is not a JSON result of handrail match.") from error
    if not isinstance(document, dict):
        raise FaultyFile(path, "is not a JSON result of handrail match: it is not an object.")
    return document


def _read_pairs(problem: Problem, path: str, fixed: Collection[tuple[str, str]]) -> Integers:
    leaders = {name: i for i, name in enumerate(problem.leaders)}
    mentors = {name: j for j, name in enumerate(problem.mentors)}
    chosen = []
    for line, row in rows_of(path, required=PAIR_COLUMNS):
        if (row["leader"], row["mentor"]) in fixed:
            continue
        text = row["points"]
        points = whole_number(path, line, "points", text, low=-MAXIMUM_POINTS, high=MAXIMUM_POINTS)
        i, j = leaders.get(row["leader"]), mentors.get(row["mentor"])
        pair = -1 if i is None or j is None else _find(problem, i, j)
        if pair < 0:
            raise Refused(f"{path}, line {line}: {row['leader']} and {row['mentor']} may not be paired")
        if problem.points[pair] != points:
            raise Refused(f"{path}, line {line}: the pair is worth {problem.points[pair]} points, not {points}")
        chosen.append(pair)
    return np.array(sorted(chosen), dtype=np.int64)


def _find(problem: Problem, leader: int, mentor: int) -> int:
    begin, end = int(problem.starts[leader]), int(problem.starts[leader + 1])
    pair = begin + int(np.searchsorted(problem.mentor[begin:end], mentor))
    return pair if pair < end and problem.mentor[pair] == mentor else -1


def _whole(document: dict[str, Any], key: str) -> int:
    value = document.get(key)
    if not isinstance(value, int) or isinstance(value, bool):
        raise Refused(f"“{key}” is not a whole number")
    return value


def _read_certificate(problem: Problem, document: object) -> Certificate:
    if not isinstance(document, dict):
        raise Refused("there is no certificate")
    number, worst, total = (_read_prices(problem, document.get(level)) for level in ("number", "worst", "total"))
    return Certificate(number, worst, total, _whole(document, "scale"))


def _read_prices(problem: Problem, document: object) -> Prices | None:
    if document is None:
        return None
    if not isinstance(document, dict):
        raise Refused("a level of the certificate is not an object")
    leader = _read_side(problem.leaders, document.get("leaders"))
    mentor = _read_side(problem.mentors, document.get("mentors"))
    constraint = document.get("side_constraints", [])
    if not isinstance(constraint, list) or not all(_fits(price) for price in constraint):
        raise Refused("the prices of the side constraints are not whole numbers")
    unit = _whole({"unit": 1} | document, "unit")
    return Prices(leader, mentor, _whole(document, "each_pair"), tuple(constraint), unit)


def _read_side(names: Any, document: object) -> Integers:
    if not isinstance(document, dict):
        raise Refused("a level of the certificate has no prices")
    position = {name: k for k, name in enumerate(names)}
    prices = np.zeros(len(names), dtype=np.int64)
    for name, price in document.items():
        if name not in position or not _fits(price):
            raise Refused(f"the price of “{name}” is not a whole number for somebody in the table")
        prices[position[name]] = price
    return prices


def _fits(price: object) -> bool:
    return isinstance(price, int) and not isinstance(price, bool) and abs(price) < 1 << 62
