"""The worker's part of one's own answer: compare, and seal to whoever asked what concerns their team alone.

The worker opens nothing: it seals to the reader's public key, and what it wrote it cannot read again
(docs/decisions/0025-effects-sealed-or-in-cells.md).
"""

from collections.abc import Sequence
from datetime import datetime

from handrail.capabilities.impact import sheet as sheets
from handrail.capabilities.impact.models import OwnAnswer
from handrail.capabilities.impact.panels import Compared, compared
from handrail.capabilities.impact.sheet import Answer, Sheet, text_of
from handrail.capabilities.pairings.group_figures.queries import enough, two_digits
from handrail.capabilities.participation.queries import measured_at
from handrail.engines.impact import Effect, estimate, words
from handrail.engines.impact.explain import Explanation, explain
from handrail.engines.impact.stretches import Stretch
from handrail.foundation import clock
from handrail.foundation.vault.texts import write_anew

SUBJECT = "impact"
MOST_STRAYED = 20
TINY = 1e-9


def make_answers(organisation_id: int, asked: Sequence[OwnAnswer]) -> None:
    """Anew for each who asked. Run twice, the same comes out."""
    made_of = measured_at(organisation_id)
    if not asked:
        return
    if made_of is None:
        for row in asked:
            seal(row, Sheet(sheets.NO_LOG), made_of)
        return
    found = compared(organisation_id)
    effects = estimate(found.panel, found.starts, found.settings).effects if found.starts else ()
    for row in asked:
        seal(row, sheet_for(row.person_id, found, effects), made_of)


def sheet_for(person_id: int, found: Compared, effects: Sequence[Effect]) -> Sheet:
    """What one leader may know of their team; nothing where a figure about it would be about somebody."""
    began = found.began.get(person_id)
    if began is None:
        return Sheet(sheets.NOT_BEGUN)
    team = found.homes.get(person_id)
    if team is None:
        return Sheet(sheets.NO_TEAM, began)
    organisation_id = OwnAnswer.objects.values_list("person__organisation", flat=True).get(person=person_id)
    if not enough(organisation_id, found.people[team]):
        return Sheet(sheets.FEW, began, team)
    mine = [effect for effect in effects if effect.unit == team]
    left_out = tuple(
        (one.name, one.first_day.isoformat(), one.last_day.isoformat(), bool(one.unit))
        for one in found.events
        if one.unit in ("", team)
    )
    return Sheet(sheets.TOLD, began, team, tuple(_answer(effect, found) for effect in mine), left_out)


def _answer(effect: Effect, found: Compared) -> Answer:
    laid_open = explain(found.panel, found.starts, effect.unit, effect.outcome, found.settings)
    told = effect.verdict != "not_enough_data"
    return Answer(
        measure=effect.outcome,
        verdict=effect.verdict,
        why=effect.why,
        needed=effect.needed,
        effect=_told(effect.effect),
        low=_told(effect.low),
        high=_told(effect.high),
        naive=_told(effect.naive),
        detectable=_told(effect.detectable),
        overturned_by=_told(effect.overturned_by),
        stands=effect.stands_among_many,
        donors=effect.donors,
        before=effect.periods_before,
        after=effect.periods_after,
        leaned=words.LEANED in effect.notes,
        several=sum(start.unit == effect.unit for start in found.starts) > 1,
        neighbours=len(found.settings.neighbours.get(effect.unit, ())),
        event=_what_else(effect, found) if effect.why == "another_event" else "",
        course=_course(laid_open) if laid_open else (),
        strayed=_strayed(laid_open) if laid_open else (),
        pretended=_pretended(laid_open) if laid_open and told else (),
    )


def _what_else(effect: Effect, found: Compared) -> str:
    """The event in the team that is nearest to the start."""
    there = [one for one in found.settings.events if one.unit == effect.unit]
    start = found.panel.row_at(effect.start)[0]
    return min(there, key=lambda one: abs(found.panel.row_at(one.period)[0] - start)).what


def _told(value: float | None) -> float | None:
    return None if value is None else two_digits(value)


def _course(found: Explanation) -> tuple[sheets.Stretch, ...]:
    return tuple(
        sheets.Stretch(
            str(one.first),
            one.periods,
            _told(one.happened),
            two_digits(one.expected),
            two_digits(one.low),
            two_digits(one.high),
            one.after,
            *_changes(one),
        )
        for one in found.stretches
    )


def _changes(one: Stretch) -> tuple[float | None, float | None, float | None]:
    """What happened over what would have, and over both ends of its range: before anything is rounded."""
    happened = one.happened
    if happened is None:
        return None, None, None
    effect, low, high = (two_digits(happened / max(other, TINY) - 1) for other in (one.expected, one.high, one.low))
    return effect, low, high


def _strayed(found: Explanation) -> tuple[tuple[float, ...], ...]:
    """A line for each of the teams compared with, in no order that tells which it is."""
    lines = zip(*(one.strayed for one in found.stretches), strict=True)
    rounded = sorted(tuple(two_digits(max(value, 0.0)) for value in line) for line in lines)
    step = max(1, -(-len(rounded) // MOST_STRAYED))
    return tuple(rounded[::step])


def _pretended(found: Explanation) -> tuple[tuple[str, float, float, float], ...]:
    return tuple(
        (str(one.period), two_digits(one.effect), two_digits(one.low), two_digits(one.high)) for one in found.in_time
    )


def seal(row: OwnAnswer, sheet: Sheet, made_of: datetime | None) -> None:
    """Seal a sheet to its reader, in place of the one before. Whoever has no key yet gets it when they have one."""
    write_anew(row, subject=SUBJECT, sheet=text_of(sheet), made_on=clock.today(), made_of=made_of)
