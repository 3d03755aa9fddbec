"""The report in one HTML file: a sentence, a picture, a table, and what it does and does not mean."""

from collections.abc import Sequence
from html import escape
from typing import Any

import numpy as np

from handrail.commands import impact_drawing, impact_held
from handrail.engines.impact import Effect, Panel, Pooled, Result, Settings, Start
from handrail.engines.impact.explain import Explanation, explain
from handrail.engines.impact.words import percent

MOST_PAGES = 12  # units and outcomes laid open; the table has them all
MOST_FOREST = 60
MOST_DONORS = 8

STYLE = """
:root{color-scheme:light}body{font:17px/1.5 'Atkinson Hyperlegible Next',system-ui,sans-serif;color:#1f2a2e;
background:#faf6ee;max-width:46rem;margin:2rem auto;padding:0 1rem}h1,h2,h3{line-height:1.2}
table{border-collapse:collapse;width:100%;font-size:.85rem;margin:1rem 0}th,td{text-align:left;padding:.3rem .5rem;
border-bottom:1px solid #d8d0c0;vertical-align:top}td.n,th.n{text-align:right;white-space:nowrap}
svg{width:100%;height:auto;font-size:12px;margin:.5rem 0}svg text{fill:#1f2a2e}.scroll{overflow-x:auto}
.band{fill:#17455c;opacity:.16}.would{fill:none;stroke:#17455c;stroke-width:1.8;stroke-dasharray:6 4}
.did{fill:none;stroke:#1f2a2e;stroke-width:2}.faint{fill:none;stroke:#1f2a2e;opacity:.14}
.axis{stroke:#8a8273;fill:none}.start{stroke:#8a8273;stroke-dasharray:2 3}.interval{stroke:#17455c;stroke-width:2}
.mark{fill:#17455c}.say{font-size:1.15rem}.small{font-size:.85rem}@media print{body{background:#fff;margin:0}}
"""

VERDICTS = {
    "rise": "a rise we can stand behind",
    "fall": "a fall we can stand behind",
    "no_sign": "no sign of change",
    "not_enough_data": "not enough data to say",
}

MEANING = """<h2>What this means, and what it does not</h2>
<p>“What would have happened” is worked out from units in which no leader took part, in the same weeks. It holds if
those units would have moved together with this one, had nothing changed, as they did before; if the leader's start was
not timed by something else that also changed the outcome; and if the leader's taking part did not spill over into the
units compared with. If it lifted those by 5 % as well, the effects shown are about 5 % too small.</p>
<p>The interval comes from doing the same sum for every unit where nothing happened. An effect is of the leader's taking
part, not of the leader's merit: it says nothing about a person.</p>"""


def page(
    panel: Panel, starts: Sequence[Start], settings: Settings, result: Result, method: str, held: dict[str, Any] | None
) -> str:
    """The whole document."""
    parts = [
        "<!doctype html>", '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width,initial-scale=1"><title>Did it change anything?</title>',
        f"<style>{STYLE}</style></head><body><h1>Did it change anything?</h1>",
        f'<p class="say">{escape(headline(result))}</p>',
        impact_drawing.forest(result.effects[:MOST_FOREST], result.pooled), _pooled_table(result), _paths(result),
        "<h2>Every unit and outcome</h2>", _effects_table(result.effects),
    ]  # fmt: skip
    if method == "handrail":
        parts += _laid_open(panel, starts, settings, result)
    if held is not None:
        parts.append(impact_held.section(held, panel, starts, settings, method, result))
    parts += [MEANING, _left_out(result, settings), "</body></html>"]
    return "\n".join(parts)


def headline(result: Result) -> str:
    counts = {verdict: sum(effect.verdict == verdict for effect in result.effects) for verdict in VERDICTS}
    if len(result.effects) == 1:
        return result.effects[0].reason
    said = ", ".join(f"{count} × {VERDICTS[verdict]}" for verdict, count in counts.items() if count)
    stands = sum(bool(effect.stands_among_many) for effect in result.effects)
    found = counts["rise"] + counts["fall"]
    more = f" Of the {found} changes, {stands} stand when so many are looked at together." if found else ""
    return f"Of {len(result.effects)} effects looked at: {said}.{more}"


def _number(share: float | None) -> str:
    return "–" if share is None else percent(share)


def _pooled_table(result: Result) -> str:
    rows = "".join(
        f"<tr><td>{escape(row.outcome)}</td><td class=n>{row.units}</td><td class=n>{_number(row.effect)}</td>"
        f"<td class=n>{_number(row.low)} to {_number(row.high)}</td>"
        f"<td class=n>{'–' if row.varied is None else percent(row.varied, sign=False)}</td></tr>"
        for row in result.pooled
    )
    return (
        "<h2>All together</h2><div class=scroll><table><tr><th>outcome<th class=n>units answered<th class=n>effect"
        f"<th class=n>95 % interval<th class=n>differences that are not chance</tr>{rows}</table></div>"
    )


def _paths(result: Result) -> str:
    """The pooled effect by time since the start, for each outcome in which it can be told."""
    return "".join(_path(row) for row in result.pooled if sum(one.since >= 0 for one in row.path) > 1)


def _path(row: Pooled) -> str:
    before = [one for one in row.path if one.since < 0]
    apart = sum(one.low > 0 or one.high < 0 for one in before)
    last = row.path[-1]
    rows = "".join(
        f"<tr><td>{one.since} to {one.since + one.periods - 1}</td><td class=n>{percent(one.effect)}</td>"
        f"<td class=n>{percent(one.low)} to {percent(one.high)}</td></tr>"
        for one in row.path
    )
    return (
        f"<h2>{escape(row.outcome)}: how the effect came about</h2><p>Before the start {apart} of {len(before)} points "
        f"lie apart from no change; one in twenty would by chance. In the last stretch: {percent(last.effect)} "
        f"({percent(last.low)} to {percent(last.high)}).</p>{impact_drawing.path(row)}<details><summary>As a table"
        "</summary><div class=scroll><table><tr><th>periods since the start<th class=n>effect<th class=n>95 % interval"
        f"</tr>{rows}</table></div></details>"
    )


def _effects_table(effects: Sequence[Effect]) -> str:
    rows = []
    for effect in effects:
        interval = "–" if effect.low is None else f"{_number(effect.low)} to {_number(effect.high)}"
        rows.append(
            f"<tr><td>{escape(effect.unit)}</td><td>{escape(effect.outcome)}</td><td class=n>{_number(effect.effect)}"
            f"</td><td class=n>{interval}</td><td class=n>{_number(effect.naive)}</td><td>"
            f"<strong>{VERDICTS[effect.verdict]}</strong><br>{escape(effect.reason)}<br>"
            f"<span class=small>{escape(effect.naive_differs)}</span></td></tr>"
        )
    return (
        "<div class=scroll><table><tr><th>unit<th>outcome<th class=n>effect<th class=n>95 % interval<th class=n>naive "
        f"before/after<th>verdict</tr>{''.join(rows)}</table></div>"
    )


def _laid_open(panel: Panel, starts: Sequence[Start], settings: Settings, result: Result) -> list[str]:
    shown = sorted(result.effects, key=lambda e: (e.p_value is None, e.p_value or 0.0))[:MOST_PAGES]
    parts = []
    for effect in shown:
        found = explain(panel, starts, effect.unit, effect.outcome, settings)
        if found is not None:
            parts.append(_one(effect, found))
    return parts


def _one(effect: Effect, found: Explanation) -> str:
    if effect.effect is None:
        answer = "<p>No number is shown because the data do not carry one.</p>"
        pictures = impact_drawing.course(found)
    else:
        answer = ""
        pictures = impact_drawing.course(found) + impact_drawing.placebos(found)
    return (
        f"<h2>{escape(effect.unit)}: {escape(effect.outcome)}</h2><p class=say>{escape(effect.reason)}</p>"
        f"<p>{escape(effect.naive_differs)}</p>{answer}"
        "<p class=small>Full line: what happened. Dashed: what would have. Shaded: where 95 of 100 single periods "
        "would have lain had nothing changed. Below, faint: the same gap for units without a leader (mean of eight "
        f"periods).</p>{pictures}{_facts(effect, found)}"
    )


def _facts(effect: Effect, found: Explanation) -> str:
    donors = ", ".join(f"{escape(name)} {weight:.2f}" for name, weight in found.weights[:MOST_DONORS])
    rest = len(found.weights) - MOST_DONORS
    rows = [
        ("compared with", f"{len(found.weights)} units: {donors}{f' and {rest} more' if rest > 0 else ''}"),
        ("periods", f"{effect.periods_before} before, {effect.periods_after} after"),
        ("fit before the start", f"{found.misfit:.2f} times the noise of a typical comparison unit"),
        ("place among the placebos", f"{found.rank} of {len(found.placebo_effects) + 1} by size"),
    ]
    rows += [
        (f"had it started {fake.period}", f"{percent(fake.effect)} ({percent(fake.low)} to {percent(fake.high)})")
        for fake in found.in_time
    ]
    if found.without and effect.effect is not None:
        values = np.array([value for _, value in found.without])
        low, high = found.without[int(values.argmin())], found.without[int(values.argmax())]
        told = f"{percent(low[1])} (without {escape(low[0])}) to {percent(high[1])} (without {escape(high[0])})"
        rows.append(("leaving out one comparison unit", told))
    if effect.overturned_by is not None:
        rows.append(("an unseen shift that would overturn it", percent(effect.overturned_by, sign=False)))
    if effect.detectable is not None:
        rows.append(("seen four times in five from", percent(effect.detectable, sign=False)))
    after = range(found.before, len(found.periods))
    course = "".join(
        f"<tr><td>{found.periods[t]}</td><td class=n>{_happened(found.observed[t])}</td>"
        f"<td class=n>{found.expected[t]:,.4g}</td><td class=n>{found.low[t]:,.4g} to {found.high[t]:,.4g}</td></tr>"
        for t in after
    )
    facts = "".join(f"<tr><th>{name}</th><td>{value}</td></tr>" for name, value in rows)
    return (
        f"<div class=scroll><table>{facts}</table></div><details><summary>Every period after the start</summary><div "
        "class=scroll><table><tr><th>period<th class=n>happened<th class=n>would have<th class=n>95 % range</tr>"
        f"{course}</table></div></details>"
    )


def _happened(value: float) -> str:
    return "–" if np.isnan(value) else f"{value:,.4g}"


def _left_out(result: Result, settings: Settings) -> str:
    periods = ", ".join(str(period) for period in sorted(settings.holidays, key=str))
    said = f"<h2>Periods left out for everybody</h2><p>{escape(periods)}</p>" if periods else ""
    if not result.left_out:
        return said
    rows = "".join(f"<li>{escape(unit)}: {escape(why)}</li>" for unit, why in result.left_out)
    return f"{said}<h2>Units not compared with</h2><ul>{rows}</ul>"
