"""Two people tables: read, with sensible guesses about their columns, which are shown."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from handrail.commands.files import FaultyFile, NoAnswer, rows_of
from handrail.commands.match_rules import Columns, RulesFile
from handrail.commands.match_scores import MAXIMUM_PLACES, whole_number
from handrail.engines.matching import FaultyProblem
from handrail.engines.matching.assembly import Assembled, assemble
from handrail.engines.matching.contradiction import smallest_contradiction
from handrail.engines.matching.criteria import Criterion
from handrail.engines.matching.people import People, plain, words

NAME_GUESSES = (("name",), ("full name",), ("first name", "last name"), ("email address",), ("email",), ("id",))
PLACES_GUESSES = ("places", "capacity", "maximum", "mentees")
GUESSED_POINTS = 10


@dataclass(frozen=True, eq=False)
class Table:
    """A people table: the people, and for each the line it stands on and today's partners."""

    path: str
    people: People
    lines: Sequence[int]
    partners: Sequence[tuple[str, ...]]


def read_people(path: str, columns: Columns, guesses: list[str]) -> Table:
    """The people of a file. Guesses that were made are added to `guesses` in words. Raises FaultyFile, NoAnswer."""
    rows = list(rows_of(path))
    if not rows:
        raise NoAnswer(f"{path} has no rows, so there is nobody to pair.")
    found = list(rows[0][1])
    columns = _guessed(path, columns, found, guesses)
    for column in (*columns.name, columns.places, columns.minimum, columns.existing):
        if column and column not in found:
            raise FaultyFile(path, f"the column “{column}” is missing (found: {', '.join(found)}).", line=1)
    names: list[str] = []
    first: dict[str, int] = {}
    for line, row in rows:
        name = " ".join(row[column].strip() for column in columns.name).strip()
        if not name:
            raise FaultyFile(path, "is empty; everybody needs a name.", line=line, column=columns.name[0])
        if plain(name) in first:
            message = f"{name} is already on line {first[plain(name)]}; names must differ."
            raise FaultyFile(path, message, line=line, column=columns.name[0])
        first[plain(name)] = line
        names.append(name)
    people = People(
        names=names,
        columns={column: [row[column] for _, row in rows] for column in found},
        places=_numbers(path, rows, columns.places, 1),
        minimum=_numbers(path, rows, columns.minimum, 0),
    )
    partners = [words(row[columns.existing]) if columns.existing else () for _, row in rows]
    return Table(path, people, [line for line, _ in rows], partners)


def _guessed(path: str, columns: Columns, found: Sequence[str], guesses: list[str]) -> Columns:
    known = {plain(column): column for column in found}
    if not columns.name:
        name = next((names for names in NAME_GUESSES if all(part in known for part in names)), None)
        name = (plain(found[0]),) if name is None else name
        columns = replace(columns, name=tuple(known[part] for part in name))
        guesses.append(f"{path}: the name is in “{' '.join(columns.name)}”")
    if not columns.places:
        places = next((known[guess] for guess in PLACES_GUESSES if guess in known), "")
        if places:
            columns = replace(columns, places=places)
            guesses.append(f"{path}: the number of places is in “{places}”")
    return columns


def _numbers(path: str, rows: list[tuple[int, dict[str, str]]], column: str, default: int) -> np.ndarray | None:
    if not column:
        return None
    values = [
        whole_number(path, line, column, row[column], low=0, high=MAXIMUM_PLACES) if row[column].strip() else default
        for line, row in rows
    ]
    return np.array(values, dtype=np.int64)


def assembled_from(leaders: Table, mentors: Table, rules: RulesFile, path: str | None, guesses: list[str]) -> Assembled:
    """The problem of two tables and the rules; without criteria, one is guessed for each column both have.

    Raises FaultyFile for rules that name unknown columns or people, NoAnswer naming the smallest contradicting set.
    """
    plan = rules.plan
    partners = [
        *(
            (name, other)
            for name, others in zip(leaders.people.names, leaders.partners, strict=True)
            for other in others
        ),
        *(
            (other, name)
            for name, others in zip(mentors.people.names, mentors.partners, strict=True)
            for other in others
        ),
    ]
    plan = replace(plan, existing=[*plan.existing, *partners])
    if not plan.criteria:
        plan = replace(plan, criteria=_guessed_criteria(leaders.people, mentors.people, guesses))
    try:
        assembled = assemble(leaders.people, mentors.people, plan)
        contradiction = smallest_contradiction(leaders.people, mentors.people, replace(plan, criteria=()))
        if contradiction:
            fewest = " No fewer contradict each other." if contradiction.is_smallest else ""
            named = "; ".join(contradiction.names)
            raise NoAnswer(f"these cannot all be met; change one of them: {named}.{fewest}")
        return assembled
    except FaultyProblem as fault:
        raise FaultyFile(path or f"{leaders.path} and {mentors.path}", f"{fault}.") from fault


def _guessed_criteria(leaders: People, mentors: People, guesses: list[str]) -> list[Criterion]:
    shared = [column for column in leaders.columns if column in mentors.columns and _groups(leaders.columns[column])]
    guesses.extend(f"{GUESSED_POINTS} points for the same “{column}”" for column in shared)
    return [Criterion(f"the same {column}", "same", GUESSED_POINTS, column, column) for column in shared]


def _groups(texts: Sequence[str]) -> bool:
    """Whether a column sorts people into groups: more than one value, and at most one value for every two people."""
    return 1 < len({plain(text) for text in texts}) <= max(2, len(texts) // 2)
