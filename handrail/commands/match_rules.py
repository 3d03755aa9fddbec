"""RULES.toml: what counts, which pairs are impossible, and which columns mean what. docs/reference/rules.md has an
annotated example."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

from handrail.commands.files import FaultyFile
from handrail.engines.matching import Objective
from handrail.engines.matching.assembly import Plan, Quota
from handrail.engines.matching.criteria import TESTS, Criterion
from handrail.engines.matching.rules import KINDS, Rule

Entry = TypeVar("Entry", Criterion, Rule, Quota)
TOP_KEYS = ("objective", "leaders", "mentors", "criteria", "rules", "quotas", "fixed", "forbidden", "existing")
SIDE_KEYS = ("name", "places", "minimum", "existing")
TYPES: dict[Any, tuple[tuple[type, ...], str]] = {
    int: ((int,), "a whole number"),
    str: ((str,), "a text in quotes"),
    float: ((int, float), "a number"),
}
OBJECTIVES = ("default", "total", "stable")


@dataclass(frozen=True)
class Columns:
    """Which columns hold the name (several are joined by a blank), the places, the minimum and today's partners."""

    name: tuple[str, ...] = ()
    places: str = ""
    minimum: str = ""
    existing: str = ""


@dataclass(frozen=True)
class RulesFile:
    """What a RULES.toml says."""

    plan: Plan = field(default_factory=Plan)
    objective: Objective = "default"
    leaders: Columns = field(default_factory=Columns)
    mentors: Columns = field(default_factory=Columns)


class Source:
    """The text of the file, to name the line of what is wrong."""

    def __init__(self, path: str, text: str) -> None:
        self.path, self.text = path, text

    def fault(self, message: str, near: str = "") -> FaultyFile:
        match = re.search(rf"^.*{re.escape(near)}.*$", self.text, re.MULTILINE) if near else None
        line = self.text.count("\n", 0, match.start()) + 1 if match else None
        return FaultyFile(self.path, message, line=line)


def read_rules(path: str) -> RulesFile:
    """The rules of a file. Raises FaultyFile naming the line where it can be told."""
    try:
        text = Path(path).read_text(encoding="utf-8")
        document = tomllib.loads(text)
    except OSError as error:
        raise FaultyFile(path, f"cannot be read ({error.strerror or error}).") from error
    except UnicodeDecodeError as error:
        raise FaultyFile(path, "is not UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise FaultyFile(path, f"is not TOML: {error}.") from error
    source = Source(path, text)
    _check_keys(source, document, TOP_KEYS, "the file")
    objective = document.get("objective", "default")
    if objective not in OBJECTIVES:
        raise source.fault(f"“{objective}” is not an objective (there are: {', '.join(OBJECTIVES)}).", "objective")
    criteria = _entries(source, document, "criteria", Criterion, ("reason", "test", "points"))
    rules = _entries(source, document, "rules", Rule, ("name", "kind"))
    for known, names, what in ((TESTS, [c.test for c in criteria], "test"), (KINDS, [r.kind for r in rules], "kind")):
        for name in names:
            if name not in known:
                raise source.fault(f"“{name}” is not a {what} (there are: {', '.join(known)}).", f'"{name}"')
    plan = Plan(
        criteria=criteria,
        rules=rules,
        quotas=_entries(source, document, "quotas", Quota, ("name", "high")),
        fixed=_named_pairs(source, document, "fixed"),
        forbidden=_named_pairs(source, document, "forbidden"),
        existing=_named_pairs(source, document, "existing"),
    )
    return RulesFile(plan, objective, _columns(source, document, "leaders"), _columns(source, document, "mentors"))


def _check_keys(source: Source, table: Mapping[str, Any], known: Sequence[str], where: str) -> None:
    for key in table:
        if key not in known:
            raise source.fault(f"“{key}” is not known in {where} (there are: {', '.join(known)}).", key)


def _entries(
    source: Source, document: Mapping[str, Any], key: str, kind: type[Entry], required: Sequence[str]
) -> list[Entry]:
    known = {f.name: f.type for f in fields(kind)}
    tables = document.get(key, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise source.fault(f"“{key}” is a list of tables: begin each with [[{key}]].", key)
    entries = []
    for number, table in enumerate(tables, 1):
        where = f"[[{key}]] number {number}"
        _check_keys(source, table, list(known), where)
        for name in required:
            if name not in table:
                raise source.fault(f"{where} lacks “{name}”.", f"[[{key}]]")
        for name, value in table.items():
            wanted, words = TYPES[known[name]]
            if not isinstance(value, wanted) or isinstance(value, bool):
                raise source.fault(f"“{name}” in {where} must be {words}.", f"{name} = {value!s}")
        entries.append(kind(**table))
    return entries


def _named_pairs(source: Source, document: Mapping[str, Any], key: str) -> list[tuple[str, str]]:
    pairs = document.get(key, [])
    if not isinstance(pairs, list) or not all(
        isinstance(p, list) and len(p) == 2 and all(isinstance(name, str) for name in p) for p in pairs
    ):
        raise source.fault(f'“{key}” is a list of pairs of names, as in {key} = [["Ann", "Bob"]].', key)
    return [(pair[0], pair[1]) for pair in pairs]


def _columns(source: Source, document: Mapping[str, Any], side: str) -> Columns:
    table = document.get(side, {})
    if not isinstance(table, dict):
        raise source.fault(f"“{side}” is a table: begin it with [{side}].", side)
    _check_keys(source, table, SIDE_KEYS, f"[{side}]")
    name = table.get("name", [])
    names = (name,) if isinstance(name, str) else tuple(name) if isinstance(name, list) else (None,)
    others = {key: table[key] for key in SIDE_KEYS[1:] if key in table}
    if not all(isinstance(value, str) for value in (*names, *others.values())):
        raise source.fault(f"the columns in [{side}] are texts in quotes.", f"[{side}]")
    return Columns(name=names, **others)
