"""A plan as it is sealed: the goals it serves, and its steps, of which the last passes something on."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from uuid import uuid4

from handrail.capabilities.starting_point.rules import OWN
from handrail.engines.approach import Progress

TODO, DONE, SKIPPED = "todo", "done", "skipped"
CAME, NONE_YET = "came", "none_yet"  # answers to what a step asked


def new_id() -> str:
    """The only thing of a step that stands in an address: it says nothing."""
    return str(uuid4())


@dataclass(frozen=True)
class Item:
    """One step of a plan.

    step: its id in the open pack, empty where it is in own words; title, how: own words, also instead of the pack's.
    goal: the goal it serves. on: the day it was done or skipped; not_before: the day it was moved to.
    by: which of the two put it there. line: what happened, where the pair may read it. ends: the plan ends in it.
    look_on: the day on which its leader looks whether anybody answered. answer: what they found then.
    """

    id: str = field(default_factory=new_id)
    step: str = ""
    title: str = ""
    how: str = ""
    goal: str = ""
    state: str = TODO
    on: str = ""
    not_before: str = ""
    by: str = "leader"
    line: str = ""
    ends: bool = False
    look_on: str = ""
    answer: str = ""

    @property
    def looks_on(self) -> date | None:
        return date.fromisoformat(self.look_on) if self.look_on else None

    @property
    def day(self) -> date | None:
        return date.fromisoformat(self.on) if self.on else None

    @property
    def waits_until(self) -> date | None:
        return date.fromisoformat(self.not_before) if self.not_before else None

    def waits(self, today: date) -> bool:
        return self.waits_until is not None and self.waits_until > today


@dataclass(frozen=True)
class PlanSheet:
    goals: tuple[str, ...] = ()
    own_goal: str = ""
    items: tuple[Item, ...] = ()

    def item(self, item_id: str) -> Item | None:
        return next((one for one in self.items if one.id == item_id), None)

    @property
    def todo(self) -> list[Item]:
        """What is still to do, in its order; what the plan ends in stands last."""
        return sorted((one for one in self.items if one.state == TODO), key=lambda one: one.ends)

    @property
    def done(self) -> list[Item]:
        """Oldest first."""
        return sorted((one for one in self.items if one.state == DONE), key=lambda one: one.on)

    @property
    def skipped(self) -> list[Item]:
        return [one for one in self.items if one.state == SKIPPED]

    @property
    def end(self) -> Item | None:
        """What the plan ends in; None once that is done."""
        return next((one for one in self.todo if one.ends), None)

    def next_on(self, today: date) -> Item | None:
        """The first that was not moved to a later day; the end only when it alone is left."""
        others = [one for one in self.todo if not one.ends]
        return next((one for one in others or self.todo if not one.waits(today)), None)

    def to_look_at(self, today: date) -> Item | None:
        """What was asked, and whose day to look for answers has come; the oldest first."""
        due = [one for one in self.done if one.looks_on is not None and one.looks_on <= today]
        return min(due, key=lambda one: one.look_on, default=None)

    def waits_until(self, today: date) -> date | None:
        """The first day on which there is something, where nothing is today."""
        days = [one.waits_until for one in self.todo if one.waits_until is not None]
        return min(days, default=None) if self.next_on(today) is None else None

    @property
    def goals_chosen(self) -> tuple[str, ...]:
        return (*self.goals, *((OWN,) if self.own_goal else ()))

    @property
    def progress(self) -> Progress:
        """For the engine: steps of the pack by what became of them. What a plan ends in is chosen anew, not planned."""
        planned = _steps(one for one in self.todo if not one.ends)
        return Progress(done=_steps(self.done), skipped=_steps(self.skipped), planned=planned)

    @property
    def steps(self) -> frozenset[str]:
        """Every step of the pack that is or was in the plan."""
        return _steps(self.items)

    def with_goals(self, goals: Iterable[str], own_goal: str) -> "PlanSheet":
        """Steps that served a goal which is gone serve the first one."""
        changed = replace(self, goals=tuple(goals), own_goal=own_goal)
        first = next(iter(changed.goals_chosen), "")
        kept = (one if one.goal in changed.goals_chosen else replace(one, goal=first) for one in self.items)
        return replace(changed, items=tuple(kept))

    def with_item(self, item: Item) -> "PlanSheet":
        """The step of this id changed, or a new one behind the others."""
        if self.item(item.id) is None:
            return replace(self, items=(*self.items, item))
        return replace(self, items=tuple(item if one.id == item.id else one for one in self.items))

    def without(self, item_id: str) -> "PlanSheet":
        return replace(self, items=tuple(one for one in self.items if one.id != item_id))

    def put_last(self, item: Item) -> "PlanSheet":
        """Behind the others that are to do; the end stays the end."""
        moved = self.without(item.id)
        return replace(moved, items=(*moved.items, item))

    def as_text(self) -> str:
        """A JSON text; whoever seals it pads it."""
        return json.dumps(
            {"goals": self.goals, "own_goal": self.own_goal, "items": [asdict(one) for one in self.items]},
            ensure_ascii=False,
        )


@dataclass(frozen=True)
class AloneSheet:
    """What the leader keeps alone: lines by step, and steps that they left out when the plan became the pair's."""

    lines: dict[str, str] = field(default_factory=dict)
    kept: tuple[Item, ...] = ()

    def with_line(self, item_id: str, line: str) -> "AloneSheet":
        lines = {**self.lines, item_id: line}
        return replace(self, lines={name: one for name, one in lines.items() if one})

    def as_text(self) -> str:
        return json.dumps({"lines": self.lines, "kept": [asdict(one) for one in self.kept]}, ensure_ascii=False)


def plan_from(text: str) -> PlanSheet:
    kept = json.loads(text)
    return PlanSheet(tuple(kept["goals"]), kept["own_goal"], tuple(_item(one) for one in kept["items"]))


def alone_from(text: str) -> AloneSheet:
    kept = json.loads(text)
    return AloneSheet(dict(kept["lines"]), tuple(_item(one) for one in kept["kept"]))


def _item(kept: dict[str, object]) -> Item:
    return Item(**{one.name: kept[one.name] for one in fields(Item) if one.name in kept})  # type: ignore[arg-type]


def _steps(items: Iterable[Item]) -> frozenset[str]:
    return frozenset(one.step for one in items if one.step)
