"""What `handrail participation` says: the summary on the terminal, and one HTML file with charts beside their tables.

Neither names a person, and units smaller than the threshold are put together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from typing import Any

import numpy as np
import numpy.typing as npt

from handrail.engines.participation import flattery, patterns
from handrail.engines.participation.log import WEEK, Log
from handrail.engines.participation.measures import Measures
from handrail.formats.interactions.collector import Reading
from handrail.formats.interactions.people import Matched

THRESHOLD = 10
Cells = Sequence[Sequence[object]]

DEFINED = {
    "reciprocity": ("Edge reciprocity", "share of ties that are returned"),
    "two_way_share": ("Two-way pairs", "share of connected pairs that are mutual"),
    "cross_unit_share": ("Ties across units", "share of ties that lead to another unit"),
    "threads_answered_share": ("Threads answered", "share of threads started that somebody else replied to"),
}


@dataclass(frozen=True)
class Findings:
    """All that the summary and the report speak of."""

    reading: Reading
    log: Log
    measures: Measures
    weights: npt.NDArray[np.float64] | None
    health: list[dict[str, Any]]
    units: list[dict[str, Any]]
    unit_names: list[str]
    matched: Matched


def summary(findings: Findings) -> str:
    """A dozen lines for a terminal."""
    reading, network = findings.reading, findings.measures.network
    lines = [
        f"{reading.format}: {reading.completeness.value}",
        f"read        {_read(reading)}",
        f"measured    {_kinds(findings)}, {_period(findings.log)}",
    ]
    left = {**reading.left_out, **findings.log.left_out}
    if left:
        lines.append("left out    " + "; ".join(f"{count:,} {why}" for why, count in left.items()))
    if reading.broken_count:
        lines.append(f"broken      {reading.broken_count:,} records could not be read; the rest is here")
    if findings.matched.suggestions:
        lines.append(f"people      {findings.matched.matched:,} matched; {_suggested(findings.matched)}")
    for name, (title, meaning) in DEFINED.items():
        said = _ratio(network[name]) if name not in findings.measures.unmeasured else "not measurable from this source"
        lines.append(f"{title:<20}{said:<8}{meaning if said[0].isdigit() else ''}".rstrip())
    if findings.health:
        last = findings.health[-1]
        lines.append(
            f"{'Community health':<20}{_ratio(last['share']):<8}active in {_month(last['month'])} over active in the "
            "twelve months to it; reading not counted"
        )
    lines += [
        f"not measurable from this source: {names} ({why})" for why, names in _unmeasured(findings.measures).items()
    ]
    lines += [f"note: {note}" for note in reading.notes]
    lines += [f"careful with {name}: {_caution(name)}" for name in ("posts", "reactions_received", "reached")]
    return "\n".join(lines)


def page(findings: Findings) -> str:
    """The report as one HTML file: no script, nothing loaded from elsewhere."""
    parts = [
        f"<p class='lead'>{escape(_lead(findings))}</p>",
        _weeks_section(findings),
        _relations_section(findings),
        _patterns_section(findings),
        _health_section(findings),
        _units_section(findings),
        _source_section(findings),
    ]
    return TEMPLATE.replace("@@BODY@@", "\n".join(part for part in parts if part))


def _read(reading: Reading) -> str:
    shown = ", ".join(f"{count:,} {name}" for name, count in reading.counts.most_common(8))
    return f"{reading.records:,} records" + (f": {shown}" if shown else "")


def _kinds(findings: Findings) -> str:
    network = findings.measures.network
    counts = ", ".join(f"{int(network[kind] or 0):,} {kind}" for kind in ("posts", "replies", "reactions", "mentions"))
    return f"{counts} among {len(findings.matched.labels):,} people"


def _period(log: Log) -> str:
    if log.span is None:
        return "times unknown"
    first, last = (datetime.fromtimestamp(moment / 1e6, UTC).date() for moment in (log.span[0], log.span[1] - 1))
    return f"{first} to {last} (UTC)"


def _unmeasured(measures: Measures) -> dict[str, str]:
    """{why: the measures, one after another}."""
    found: dict[str, list[str]] = {}
    for name, why in measures.unmeasured.items():
        found.setdefault(why, []).append(name)
    return {why: ", ".join(names) for why, names in found.items()}


def _suggested(matched: Matched) -> str:
    first = matched.suggestions[0]
    return f"{len(matched.suggestions):,} may be members, for example “{first.key}” = “{first.member}” ({first.why})"


def _ratio(value: float | None) -> str:
    return "no ties" if value is None else f"{value:.4f}"


def _month(number: int) -> str:
    return f"{number // 12}-{number % 12 + 1:02d}"


def _caution(name: str) -> str:
    warning = flattery.beside(name)
    assert warning is not None, name
    return f"{warning.sentence} Look at {warning.instead}."


def _lead(findings: Findings) -> str:
    network = findings.measures.network
    active, people = int(network["active_people"] or 0), len(findings.matched.labels)
    said = f"{active:,} of {people:,} people took part ({_period(findings.log)})."
    if network["two_way_share"] is not None and "two_way_share" not in findings.measures.unmeasured:
        said += f" Of all pairs who were in touch, {network['two_way_share']:.0%} went both ways."
    return said


def _weeks_section(findings: Findings) -> str:
    acts = findings.log.acts
    weeks = acts["week"].drop_null().to_numpy()
    if not len(weeks):
        return _section("Robust: how much, how steadily", "<p>No time is known for any act.</p>")
    numbers = np.arange(weeks.min(), weeks.max() + 1)
    counts = np.bincount(weeks - weeks.min(), minlength=len(numbers))
    labels = [str(datetime.fromtimestamp((int(week) * WEEK - 3 * WEEK // 7) / 1e6, UTC).date()) for week in numbers]
    sentence = (
        f"Between {counts.min():,} and {counts.max():,} acts a week; {np.median(counts):,.0f} in the middle week."
    )
    return _section(
        "Robust: how much, how steadily",
        _said(sentence, _caution("posts"))
        + _bars(labels, counts.tolist(), "Acts a week")
        + _table(("week from", "acts"), list(zip(labels, counts.tolist(), strict=True))),
    )


def _relations_section(findings: Findings) -> str:
    network, unmeasured = findings.measures.network, findings.measures.unmeasured
    rows = [
        (title, "not measurable from this source" if name in unmeasured else _ratio(network[name]), meaning)
        for name, (title, meaning) in DEFINED.items()
    ]
    body = _table(("measure", "value", "what it is"), rows, folded=False)
    if "two_way_share" not in unmeasured:
        shares = np.array(findings.measures.column("two_way_share").drop_null().to_pylist())
        counts, _ = np.histogram(shares, bins=10, range=(0, 1))
        labels = [f"{low}-{low + 10} %" for low in range(0, 100, 10)]
        said = "How many people have which share of their ties going both ways."
        body += _said(said, _caution("reached")) + _bars(labels, counts.tolist(), "People by share of two-way ties")
        body += _table(("share of ties both ways", "people"), list(zip(labels, counts.tolist(), strict=True)))
    return _section("Relations: is it two-way", body + f"<p>{escape(flattery.SMALL_TALK)}</p>")


def _patterns_section(findings: Findings) -> str:
    if findings.weights is None:
        return _section("Patterns", "<p>Not measurable from this source.</p>")
    totals = findings.weights.sum(axis=0)
    share = totals / totals.sum() if totals.sum() else totals
    rows = [(name, f"{part:.0%}") for name, part in zip(patterns.NAMES, share, strict=True)]
    said = "Participation is a mixture of patterns; this is the mixture of all people. No pattern is a type of person."
    bars = _bars(list(patterns.NAMES), [round(float(part) * 100, 1) for part in share], "Patterns, per cent")
    return _section("Patterns", _said(said) + bars + _table(("pattern", "share"), rows))


def _health_section(findings: Findings) -> str:
    if not findings.health:
        return ""
    labels = [_month(row["month"]) for row in findings.health]
    shares = [round(row["share"] * 100, 1) for row in findings.health]
    rows = [
        (_month(row["month"]), row["active_in_month"], row["active_in_year"], f"{row['share']:.0%}")
        for row in findings.health
    ]
    said = "People active in the month over people active in the twelve months to it. Reading is not counted."
    early = " The first twelve months flatter: the year before is not in the data." if len(rows) > 1 else ""
    return _section(
        "Community health",
        _said(said + early)
        + _bars(labels, shares, "Active in the month, per cent of the year's")
        + _table(("month", "active in month", "active in 12 months", "share"), rows),
    )


def _units_section(findings: Findings) -> str:
    large = [row for row in findings.units if row["people"] >= THRESHOLD]
    if len(large) < 2:
        return ""
    rows = [
        (
            findings.unit_names[row["unit"]],
            row["people"],
            row["active_people"],
            *(_ratio(row[name]) for name in ("reciprocity", "cross_unit_share")),
        )
        for row in large
    ]
    hidden = len(findings.units) - len(large)
    said = f"Units of {THRESHOLD} people or more." + (f" {hidden} smaller units are not shown." if hidden else "")
    header = ("unit", "people", "active", "edge reciprocity", "ties across units")
    return _section("Units", _said(said) + _table(header, rows, folded=False))


def _source_section(findings: Findings) -> str:
    reading = findings.reading
    rows: list[tuple[object, object]] = [("format", reading.format), ("completeness", reading.completeness.value)]
    rows += [("read", _read(reading)), ("measured", _kinds(findings))]
    rows += [(f"left out: {why}", f"{count:,}") for why, count in {**reading.left_out, **findings.log.left_out}.items()]
    rows += [("broken records", f"{reading.broken_count:,}")] if reading.broken_count else []
    rows += [(f"not measurable: {names}", why) for why, names in _unmeasured(findings.measures).items()]
    rows += [("note", note) for note in reading.notes]
    return _section("What this rests on", _table(("what", "value"), rows, folded=False))


def _section(title: str, body: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{body}</section>"


def _said(sentence: str, caution: str = "") -> str:
    beside = f" <span class='caution'>{escape(caution)}</span>" if caution else ""
    return f"<p>{escape(sentence)}{beside}</p>"


def _table(header: Sequence[str], rows: Cells, *, folded: bool = True) -> str:
    head = "".join(f"<th scope='col'>{escape(name)}</th>" for name in header)
    body = "".join("<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows)
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return f"<details><summary>The same as a table</summary>{table}</details>" if folded else table


def _bars(labels: Sequence[str], values: Sequence[float], title: str) -> str:
    """A bar chart; every bar says its number to whoever points at it or has it read out."""
    width, height, most = 720, 160, max([*values, 1])
    step = width / max(1, len(values))
    bars = "".join(
        f"<rect x='{at * step:.1f}' y='{height - value / most * height:.1f}' width='{max(0.5, step * 0.8):.1f}' "
        f"height='{value / most * height:.1f}'><title>{escape(label)}: {value:,}</title></rect>"
        for at, (label, value) in enumerate(zip(labels, values, strict=True))
    )
    ends = (
        f"<text x='0' y='{height + 18}'>{escape(labels[0])}</text>"
        f"<text x='{width}' y='{height + 18}' text-anchor='end'>{escape(labels[-1])}</text>"
    )
    return (
        f"<svg viewBox='0 0 {width} {height + 24}' role='img' aria-label='{escape(title)}: from {escape(labels[0])} to "
        f"{escape(labels[-1])}, highest {most:,}'>{bars}{ends}</svg>"
    )


TEMPLATE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Participation</title>
<style>
body{font:1.05rem/1.6 "Atkinson Hyperlegible Next",system-ui,sans-serif;color:#22201c;background:#fbf8f2;margin:0}
main{max-width:46rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1,h2{font-family:Fraunces,Georgia,serif;line-height:1.2}
h2{margin-top:2.5rem}
.lead{font-size:1.25rem}
.caution{color:#5c5348;border-left:3px solid #1f5c57;padding-left:.5rem;display:block;margin-top:.4rem}
svg{width:100%;height:auto;display:block;margin:1rem 0}
rect{fill:#1f5c57}
text{font-size:13px;fill:#22201c}
table{border-collapse:collapse;width:100%;margin:.5rem 0;display:block;overflow-x:auto}
th,td{text-align:left;padding:.3rem .8rem .3rem 0;border-bottom:1px solid #ddd4c4;vertical-align:top}
summary{cursor:pointer;color:#1f5c57}
</style></head><body><main>
<h1>Participation: robust, relevant, relations</h1>
@@BODY@@
</main></body></html>
"""
