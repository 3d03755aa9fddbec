"""The slow, obvious twin of engines/reporting_lines.py: every question is answered by trying every possible truth.

A manager who is unknown could be anybody or nobody; the twin tries each candidate and walks.
"""

from handrail.engines.reporting_lines import UNKNOWN, Unknown

Managers = dict[str, "str | Unknown | None"]


def levels_up(managers: Managers, low: str, high: str) -> int | None:
    """Steps from one person up to another, by walking no longer than there are people."""
    current, steps = low, 0
    for _ in range(len(managers) + 2):
        if current == high:
            return steps
        manager = managers.get(current, UNKNOWN)
        if manager is None or isinstance(manager, Unknown):
            return None
        current, steps = manager, steps + 1
    return None


def ends_in_cycle(managers: Managers, person: str) -> bool:
    current = person
    for _ in range(len(managers) + 2):
        manager = managers.get(current, UNKNOWN)
        if manager is None or isinstance(manager, Unknown):
            return False
        current = manager
    return True


def on_cycle(managers: Managers, person: str) -> bool:
    manager = managers.get(person, UNKNOWN)
    return not (manager is None or isinstance(manager, Unknown)) and levels_up(managers, manager, person) is not None


def cycles(managers: Managers) -> set[frozenset[str]]:
    """Each cycle as the set of those who are above themselves and above one another."""
    members = [person for person in managers if on_cycle(managers, person)]
    return {
        frozenset(other for other in members if levels_up(managers, person, other) is not None) for person in members
    }


def distance(managers: Managers, one: str, other: str) -> tuple[str, int | None]:
    """("in_line", levels), ("apart", None), or ("unknown", fewest levels in any possible truth)."""
    if one == other:
        return "in_line", 0
    if ends_in_cycle(managers, one) or ends_in_cycle(managers, other):
        return "unknown", 1
    for low, high in ((one, other), (other, one)):
        steps = levels_up(managers, low, high)
        if steps is not None:
            return "in_line", steps
    people = {one, other} | set(managers) | {manager for manager in managers.values() if isinstance(manager, str)}
    possible = []
    for unsure in people:
        if isinstance(managers.get(unsure, UNKNOWN), Unknown):
            for guess in (one, other):
                world = {**managers, unsure: guess}
                found = [levels_up(world, one, other), levels_up(world, other, one)]
                if not any(ends_in_cycle(world, person) for person in people if not ends_in_cycle(managers, person)):
                    possible += [steps for steps in found if steps is not None]
    return ("unknown", min(possible)) if possible else ("apart", None)
