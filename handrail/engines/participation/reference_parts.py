"""The slow twins of WEEKS, UNITS, HEALTH and SERVES: plain dictionaries, one act at a time."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from handrail.engines.participation.log import POST, REACTION, REPLY, WEEK
from handrail.engines.participation.reference import MONDAY, Act, Row, to_others
from handrail.engines.participation.relevance import Outcome


def weeks(acts: Iterable[Act]) -> list[Row]:
    """The rows of WEEKS."""
    dated = [(act, (act.at + MONDAY) // WEEK) for act in to_others(acts) if act.at is not None]
    met = {(act.source, week) for act, week in dated} | {(act.target, week) for act, week in dated}
    rows: list[Row] = []
    for person, week in sorted((person, week) for person, week in met if person is not None):
        gave = [act for act, when in dated if act.source == person and when == week]
        got = [act for act, when in dated if act.target == person and when == week]
        rows.append(
            {
                "person": person,
                "week": week,
                "posts": _of(gave, POST),
                "replies_given": _of(gave, REPLY),
                "replies_received": _of(got, REPLY),
                "reactions_given": _of(gave, REACTION),
                "reactions_received": _of(got, REACTION),
                "reached": len({act.target for act in gave} - {None}),
                "heard_from": len({act.source for act in got} - {None}),
            }
        )
    return rows


def units(acts: Iterable[Act], units: Sequence[int | None]) -> list[Row]:
    """The rows of UNITS."""
    acts = to_others(acts)
    ties = {(act.source, act.target) for act in acts if act.source is not None and act.target is not None}
    rows: list[Row] = []
    for unit in sorted({unit for unit in units if unit is not None}):
        members = {person for person, of in enumerate(units) if of == unit}
        gave = [act for act in acts if act.source in members]
        got = [act for act in acts if act.target in members]
        own = [(one, other) for one, other in ties if one in members]
        placed = [other for _, other in own if units[other] is not None]
        rows.append(
            {
                "unit": unit,
                "people": len(members),
                "active_people": len({act.source for act in gave}),
                "posts": _of(gave, POST),
                "replies_given": _of(gave, REPLY),
                "replies_received": _of(got, REPLY),
                "reactions_given": _of(gave, REACTION),
                "reactions_received": _of(got, REACTION),
                "active_weeks": len({(act.at + MONDAY) // WEEK for act in gave if act.at is not None}),
                "ties": len(own),
                "reciprocity": _share(sum((other, one) in ties for one, other in own), len(own)),
                "cross_unit_share": _share(sum(units[other] != unit for other in placed), len(placed)),
            }
        )
    return rows


def health(acts: Iterable[Act]) -> list[Row]:
    """The rows of HEALTH."""
    active = {(act.source, _month(act.at)) for act in to_others(acts) if act.at is not None and act.source is not None}
    rows: list[Row] = []
    for month in sorted({month for _, month in active}):
        now = {person for person, when in active if when == month}
        year = {person for person, when in active if month - 12 < when <= month}
        rows.append(
            {
                "month": month,
                "active_in_month": len(now),
                "active_in_year": len(year),
                "share": len(now) / len(year),
            }
        )
    return rows


def relevance(acts: Iterable[Act], outcomes: Sequence[Outcome]) -> list[Row]:
    """The rows of SERVES; an outcome without channels and without an audience has none."""
    acts = to_others(acts)
    rows: list[Row] = []
    for person in sorted({act.source for act in acts if act.source is not None}):
        gave = [act for act in acts if act.source == person]
        placed = [act for act in gave if act.channel is not None]
        for number, outcome in enumerate(outcomes):
            if not outcome.channels and not outcome.audience:
                continue
            concerning = sum(act.channel in set(outcome.channels) for act in placed)
            answers = [act for act in gave if act.kind == REPLY and act.target in set(outcome.audience)]
            rows.append(
                {
                    "person": person,
                    "outcome": number,
                    "acts": concerning,
                    "share": _share(concerning, len(placed)),
                    "answers_to_audience": len(answers),
                    "audience_reached": len({act.target for act in answers}),
                }
            )
    return rows


def _of(acts: Iterable[Act], kind: int) -> int:
    return sum(act.kind == kind for act in acts)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _month(at: int) -> int:
    day = datetime.fromtimestamp(at // 1_000_000, UTC)
    return day.year * 12 + day.month - 1
