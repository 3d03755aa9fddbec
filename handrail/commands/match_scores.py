"""A table of one's own scores: `leader,mentor,points` and `mentor,places`, read exactly, with the faulty line named."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as arrow
import pyarrow.compute as compute
import pyarrow.csv as arrow_csv
import pyarrow.parquet as parquet

from handrail.commands.files import FaultyFile, NoAnswer, rows_of
from handrail.engines.matching import FaultyProblem, Problem, problem_of
from handrail.engines.matching.problem import MAXIMUM_POINTS, Integers

COLUMNS = ("leader", "mentor", "points")
WHOLE_NUMBER = re.compile(r"\s*[+-]?[0-9]{1,18}\s*")
MAXIMUM_PLACES = 1_000_000


@dataclass(frozen=True, eq=False)
class Scores:
    """The people in the order in which they first appear, and the pairs as positions with their points."""

    leaders: Sequence[str]
    mentors: Sequence[str]
    leader: Integers
    mentor: Integers
    points: Integers


def problem_from_scores(scores_path: str, capacity_path: str | None) -> Problem:
    """The problem of a scores table. Raises FaultyFile naming line and column; NoAnswer if there is no pair at all."""
    scores = _read_fast(scores_path) or _read_exactly(scores_path)
    if not scores.points.size:
        raise NoAnswer(f"{scores_path} has no rows, so there is nobody to pair.")
    places = np.ones(len(scores.mentors), dtype=np.int64)
    if capacity_path is not None:
        position = {name: k for k, name in enumerate(scores.mentors)}
        for name, number in _read_places(capacity_path).items():
            if name in position:
                places[position[name]] = number
    try:
        return problem_of(
            scores.leaders, scores.mentors, scores.leader, scores.mentor, scores.points, mentor_places=places
        )
    except FaultyProblem as fault:
        raise FaultyFile(scores_path, f"{fault}.") from fault


def whole_number(path: str, line: int, column: str, text: str, *, low: int, high: int) -> int:
    """The whole number in a field, within limits."""
    if not WHOLE_NUMBER.fullmatch(text):
        raise FaultyFile(path, f"“{text}” is not a whole number.", line=line, column=column)
    value = int(text)
    if not low <= value <= high:
        raise FaultyFile(path, f"{value} is not between {low:,} and {high:,}.", line=line, column=column)
    return value


def _read_fast(path: str) -> Scores | None:
    """The table if it is entirely as it should be; None to have `_read_exactly` find out what is wrong, and where."""
    if path == "-":
        return None
    next(rows_of(path, required=COLUMNS), None)
    try:
        if path.lower().endswith((".parquet", ".pq")):
            table = parquet.read_table(path, columns=list(COLUMNS))
        else:
            table = arrow_csv.read_csv(
                path,
                parse_options=arrow_csv.ParseOptions(newlines_in_values=True),
                convert_options=arrow_csv.ConvertOptions(
                    column_types=dict.fromkeys(COLUMNS, arrow.string()),
                    include_columns=list(COLUMNS),
                    strings_can_be_null=False,
                ),
            )
        texts = [compute.cast(table[name].combine_chunks(), arrow.string()) for name in COLUMNS]
        if any(text.null_count for text in texts):
            return None
        if not compute.all(compute.match_substring_regex(texts[2], r"^[+-]?[0-9]{1,9}$")).as_py():
            return None
        encoded = [text.dictionary_encode() for text in texts[:2]]
        points = compute.cast(compute.replace_substring_regex(texts[2], r"^\+", ""), arrow.int64()).to_numpy()
    except (OSError, arrow.ArrowException):
        return None
    names = [code.dictionary.to_pylist() for code in encoded]
    leader, mentor = (code.indices.to_numpy().astype(np.int64) for code in encoded)
    key = leader * (len(names[1]) + 1) + mentor
    if any(not name.strip() for side in names for name in side) or np.unique(key).size < key.size:
        return None
    return Scores(names[0], names[1], leader, mentor, points)


def _read_exactly(path: str) -> Scores:
    leaders: dict[str, int] = {}
    mentors: dict[str, int] = {}
    seen: dict[tuple[int, int], int] = {}
    points: list[int] = []
    for line, row in rows_of(path, required=COLUMNS):
        for column in ("leader", "mentor"):
            if not row[column].strip():
                raise FaultyFile(path, "is empty; every row names a leader and a mentor.", line=line, column=column)
        pair = (
            leaders.setdefault(row["leader"], len(leaders)),
            mentors.setdefault(row["mentor"], len(mentors)),
        )
        if pair in seen:
            message = f"{row['leader']} and {row['mentor']} are already on line {seen[pair]}; keep one of the two rows."
            raise FaultyFile(path, message, line=line)
        seen[pair] = line
        text = row["points"]
        points.append(whole_number(path, line, "points", text, low=-MAXIMUM_POINTS, high=MAXIMUM_POINTS))
    pairs = np.array(list(seen), dtype=np.int64).reshape(-1, 2)
    return Scores(list(leaders), list(mentors), pairs[:, 0], pairs[:, 1], np.array(points, dtype=np.int64))


def _read_places(path: str) -> dict[str, int]:
    places: dict[str, int] = {}
    lines: dict[str, int] = {}
    for line, row in rows_of(path, required=("mentor", "places")):
        name = row["mentor"]
        if not name.strip():
            raise FaultyFile(path, "is empty; every row names a mentor.", line=line, column="mentor")
        if name in places:
            message = f"{name} is already on line {lines[name]}; keep one of the two rows."
            raise FaultyFile(path, message, line=line, column="mentor")
        if row["places"].strip().startswith("-") and WHOLE_NUMBER.fullmatch(row["places"]):
            message = f"{name} cannot have {row['places'].strip()} places; write 0 for none."
            raise FaultyFile(path, message, line=line, column="places")
        places[name] = whole_number(path, line, "places", row["places"], low=0, high=MAXIMUM_PLACES)
        lines[name] = line
    return places
