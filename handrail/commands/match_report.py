"""The report of a pairing: one HTML file that needs nothing else, for screen and paper."""

from collections.abc import Iterable, Sequence
from html import escape

from handrail.engines.matching import Problem, Result
from handrail.engines.matching.explain import Alternative, Explanation, Suggestion

STYLE = """
:root { color-scheme: light dark; --ink: #1d2a33; --paper: #fbf8f2; --line: #d8d0c0; --deep: #14506b; --soft: #eef3f3 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #ece7dc; --paper: #14191d; --line: #3c464d; --deep: #8cc7e0; --soft: #1d262b }
}
body { font: 1.05rem/1.55 "Atkinson Hyperlegible Next", "Segoe UI", sans-serif; color: var(--ink);
  background: var(--paper); max-width: 68rem; margin: 2rem auto; padding: 0 1rem }
h1, h2 { font-family: Fraunces, Georgia, serif; line-height: 1.2 }
table { border-collapse: collapse; width: 100% } caption { text-align: left; font-weight: 600; padding: .4rem 0 }
th, td { text-align: left; vertical-align: top; padding: .5rem .6rem; border-bottom: 1px solid var(--line) }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums }
.scroll { overflow-x: auto } .bar { fill: var(--deep) } .note { background: var(--soft); padding: .6rem 1rem }
ul { margin: 0; padding-left: 1.1rem } input { font: inherit; padding: .4rem .6rem; width: 100%; max-width: 24rem }
@media print { input, label { display: none } tr { break-inside: avoid } }
"""
FIND = """
document.getElementById("find").addEventListener("input", function (event) {
  var wanted = event.target.value.toLocaleLowerCase();
  document.querySelectorAll("#pairs tbody tr").forEach(function (row) {
    row.hidden = row.textContent.toLocaleLowerCase().indexOf(wanted) < 0;
  });
});
"""
BARS = 10


def report(
    problem: Problem,
    result: Result,
    summary: str,
    explanations: Sequence[Explanation],
    suggestions: Sequence[Suggestion],
    remarks: Iterable[str],
) -> str:
    """The whole page. `remarks` are sentences about guesses, rules and fixed pairs."""
    ranked = sorted(explanations, key=lambda e: (e.points, e.leader))
    parts = [
        "<!doctype html><html lang=en><head><meta charset=utf-8><title>Pairing report</title>",
        '<meta name=viewport content="width=device-width, initial-scale=1">',
        f"<style>{STYLE}</style></head><body><main><h1>Who would mentor whom</h1><p>{escape(summary)}</p>",
        _list("What counted", remarks),
        _spread([e.points for e in ranked]),
        _pairs(ranked),
        _without(problem, result, suggestions),
        f"</main><script>{FIND}</script></body></html>\n",
    ]
    return "".join(parts)


def _list(title: str, sentences: Iterable[str]) -> str:
    items = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
    return f"<h2>{escape(title)}</h2><div class=note><ul>{items}</ul></div>" if items else ""


def _spread(points: Sequence[int]) -> str:
    """How the points of the pairs are spread: a sentence, bars, and the same as a table."""
    if not points:
        return ""
    low, high = points[0], points[-1]
    step = max(1, -(-(high - low + 1) // BARS))
    counts = [0] * ((high - low) // step + 1)
    for value in points:
        counts[(value - low) // step] += 1
    tallest = max(counts)
    bars = "".join(
        f"<rect class=bar x={k * 40} y={100 - 90 * count // tallest} width=34 height={90 * count // tallest} />"
        for k, count in enumerate(counts)
    )
    rows = "".join(
        f"<tr><td>{low + k * step} to {low + (k + 1) * step - 1}</td><td class=n>{count}</td></tr>"
        for k, count in enumerate(counts)
    )
    said = (
        f"Half of the pairs have {points[len(points) // 2]} points or more; the worst-off has {low}, the best {high}."
    )
    return (
        f"<h2>How well people fit</h2><p>{said}</p><svg role=img viewBox='0 0 {40 * len(counts)} 100' width=100% "
        f"style='max-width:36rem' aria-label='{escape(said)}'>{bars}</svg><div class=scroll><table><caption>Pairs by "
        f"points</caption><thead><tr><th>points</th><th class=n>pairs</th></tr></thead><tbody>{rows}</tbody></table>"
        "</div>"
    )


def _pairs(explanations: Sequence[Explanation]) -> str:
    rows = "".join(_pair(e) for e in explanations)
    return (
        "<h2>Every pair, the worst-off first</h2><p><label for=find>Find a person or a reason</label><br>"
        "<input id=find type=search></p><div class=scroll><table id=pairs><thead><tr><th>leader</th><th>mentor</th>"
        "<th class=n>points</th><th>why</th><th>liked better, and what it would cost everyone</th></tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )


def _pair(explanation: Explanation) -> str:
    why = [f"{reason}: {points:+d}" for reason, points in explanation.reasons] or [
        "nothing in particular speaks for it"
    ]
    why += [f"Mind: {warning}" for warning in explanation.warnings]
    others = [
        f"{other.mentor} (+{other.gain}), {_holders(other.taken_by)}: {_cost(other)}"
        for other in explanation.alternatives
    ]
    left = explanation.better_liked - len(explanation.alternatives)
    if left > 0:
        others.append(f"and {left} more")
    return (
        f"<tr><td>{escape(explanation.leader)}</td><td>{escape(explanation.mentor)}</td>"
        f"<td class=n>{explanation.points}</td><td>{_items(why)}</td><td>{_items(others) or 'nobody'}</td></tr>"
    )


def _items(lines: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>" if lines else ""


def _holders(names: Sequence[str]) -> str:
    return f"with {', '.join(names)}" if names else "free"


def _cost(other: Alternative) -> str:
    cost = other.cost
    if not other.is_known:
        return "what it would cost was not worked out to the end"
    if cost is None:
        return "somebody would go without, or fall below today’s worst-off"
    return "would cost the others nothing in all" if cost == 0 else f"would cost {cost} points in all"


def _without(problem: Problem, result: Result, suggestions: Sequence[Suggestion]) -> str:
    if not suggestions:
        return "<h2>Nobody who wants a mentor is left without</h2>"
    rows = "".join(f"<tr><td>{escape(s.leader)}</td><td>{escape(s.change)}</td></tr>" for s in suggestions)
    return (
        "<h2>Without a mentor, and the smallest change that would help</h2><div class=scroll><table><thead><tr>"
        f"<th>leader</th><th>change</th></tr></thead><tbody>{rows}</tbody></table></div>"
    )
