"""Pictures of the impact report: inline SVG; the interval always drawn, placebos faint, nothing by colour alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np

from handrail.engines.impact import Effect, Pooled
from handrail.engines.impact.explain import Explanation
from handrail.engines.impact.normalise import Floats

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 280, 64, 16, 16, 36
SMOOTH = 8  # periods of the moving mean in the picture of placebos
MOST_PLACEBOS = 60
ROW = 26


@dataclass(frozen=True)
class Frame:
    """From data to the page."""

    periods: int
    low: float
    high: float

    def x(self, period: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * period / max(self.periods - 1, 1)

    def y(self, value: float) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (self.high - value) / max(self.high - self.low, 1e-12)

    def line(self, values: Floats) -> str:
        """A path that breaks where a value is missing."""
        path, pen = [], "M"
        for period, value in enumerate(values):
            if np.isnan(value):
                pen = "M"
                continue
            path.append(f"{pen}{self.x(period):.1f} {self.y(min(max(value, self.low), self.high)):.1f}")
            pen = "L"
        return "".join(path)


def course(found: Explanation) -> str:
    """What happened against what would have, with the range in which one period would have lain."""
    top = float(np.nanmax(np.concatenate([found.observed, np.minimum(found.high, 3 * np.nanmax(found.observed) + 1)])))
    frame = Frame(len(found.periods), 0.0, top * 1.05 or 1.0)
    ahead = frame.line(found.high)
    back = frame.line(found.low[::-1])
    points = back[1:].split("L")
    mirrored = "L".join(
        f"{frame.x(len(found.periods) - 1 - i):.1f} {point.split(' ')[1]}" for i, point in enumerate(points)
    )
    body = (
        f'<path class="band" d="{ahead}L{mirrored}Z"/>'
        f'<path class="would" d="{frame.line(found.expected)}"/><path class="did" d="{frame.line(found.observed)}"/>'
    )
    label = f"{found.unit}, {found.outcome}: what happened and what would have happened, with its 95 % range"
    return _picture(frame, body + _start(frame, found.before) + _scale(frame, found, ""), label)


def placebos(found: Explanation) -> str:
    """The unit's gap as a thick line among those of the units without a leader, faint."""
    own, others = _smooth(found.gap[:, None])[:, 0], _smooth(found.placebo_gaps[:, :MOST_PLACEBOS])
    size = float(np.nanmax(np.abs(np.concatenate([own, np.nanquantile(np.abs(others), 0.98, axis=1)]))))
    frame = Frame(len(found.periods), -1.1 * min(size, 3.0) - 0.01, 1.1 * min(size, 3.0) + 0.01)
    faint = "".join(f'<path class="faint" d="{frame.line(column)}"/>' for column in others.T)
    zero = f'<path class="axis" d="M{LEFT} {frame.y(0):.1f}H{WIDTH - RIGHT}"/>'
    body = faint + zero + f'<path class="did" d="{frame.line(own)}"/>'
    label = f"{found.unit}, {found.outcome}: its gap, and the same for every unit without a leader (faint)"
    return _picture(frame, body + _start(frame, found.before) + _scale(frame, found, " %"), label)


def _smooth(gaps: Floats) -> Floats:
    filled = np.nan_to_num(gaps)
    total = np.cumsum(np.vstack([np.zeros((1, gaps.shape[1])), filled]), axis=0)
    ends = np.arange(1, len(gaps) + 1)
    begins = np.maximum(ends - SMOOTH, 0)
    smoothed: Floats = (total[ends] - total[begins]) / (ends - begins)[:, None]
    return smoothed


def forest(effects: Sequence[Effect], pooled: Sequence[Pooled]) -> str:
    """Every answered effect with its interval, and the pooled one of each outcome as a diamond."""
    rows = [(f"{e.unit}, {e.outcome}", e.low, e.effect, e.high, False) for e in effects if e.effect is not None]
    rows += [(f"all {p.units}, {p.outcome}", p.low, p.effect, p.high, True) for p in pooled if p.effect is not None]
    if not rows:
        return ""
    lows, highs = [row[1] for row in rows if row[1] is not None], [row[3] for row in rows if row[3] is not None]
    low, high = min([-0.1, *lows]), max([0.1, *highs])
    left, right = 260, WIDTH - 20

    def x(value: float) -> float:
        return left + (right - left) * (value - low) / (high - low)

    body = [f'<path class="axis" d="M{x(0):.1f} 8V{len(rows) * ROW + 8}"/>']
    for i, (name, a, b, c, whole) in enumerate(rows):
        y = i * ROW + 22
        body.append(f'<text x="{left - 12}" y="{y + 4}" text-anchor="end">{escape(_short(name))}</text>')
        if a is not None and b is not None and c is not None:
            body.append(f'<path class="interval" d="M{x(a):.1f} {y}H{x(c):.1f}"/>')
            mark = f"M{x(b) - 7:.1f} {y}l7 -7l7 7l-7 7Z" if whole else f"M{x(b) - 4:.1f} {y - 4}h8v8h-8Z"
            body.append(f'<path class="mark" d="{mark}"/>')
    ticks = [low, 0.0, high]
    bottom = len(rows) * ROW + 28
    body += [f'<text x="{x(t):.1f}" y="{bottom}" text-anchor="middle">{t * 100:+.0f} %</text>' for t in ticks]
    height = bottom + 12
    return (
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="Effects with their 95 % intervals">'
        f"{''.join(body)}</svg>"
    )


def path(pooled: Pooled) -> str:
    """The effect by time since the start, with its interval, around no change."""
    moments = pooled.path
    low, high = min([-0.1, *(one.low for one in moments)]), max([0.1, *(one.high for one in moments)])
    frame = Frame(len(moments), low, high)
    places = [(frame.x(i), one) for i, one in enumerate(moments)]
    band = "L".join(
        [f"{x:.1f} {frame.y(one.high):.1f}" for x, one in places]
        + [f"{x:.1f} {frame.y(one.low):.1f}" for x, one in reversed(places)]
    )
    line = frame.line(np.array([one.effect for one in moments]))
    dots = "".join(f'<circle class="mark" cx="{x:.1f}" cy="{frame.y(one.effect):.1f}" r="4"/>' for x, one in places)
    zero = f'<path class="axis" d="M{LEFT} {frame.y(0):.1f}H{WIDTH - RIGHT}"/>'
    before = sum(one.since < 0 for one in moments)
    words = "".join(
        f'<text x="{LEFT - 6}" y="{frame.y(value) + 4:.1f}" text-anchor="end">{value * 100:+.0f} %</text>'
        for value in (low, 0.0, high)
    )
    words += "".join(
        f'<text x="{x:.1f}" y="{HEIGHT - 12}" text-anchor="middle">{one.since:+d}</text>' for x, one in places[::2]
    )
    label = f"{pooled.outcome}: the effect by periods since the start, with its 95 % interval"
    body = f'<path class="band" d="M{band}Z"/>{zero}<path class="did" d="{line}"/>{dots}{_start(frame, before)}{words}'
    return _picture(frame, body, label)


def _short(name: str) -> str:
    return name if len(name) <= 34 else name[:33] + "…"


def _start(frame: Frame, before: int) -> str:
    x = frame.x(before - 0.5)
    return (
        f'<path class="start" d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}"/>'
        f'<text x="{x - 4:.1f}" y="{TOP + 12}" text-anchor="end">start</text>'
    )


def _scale(frame: Frame, found: Explanation, unit: str) -> str:
    factor = 100 if unit else 1
    words = []
    for value in (frame.low, (frame.low + frame.high) / 2, frame.high):
        shown = value * factor if abs(value) > 1e-9 else 0.0
        words.append(f'<text x="{LEFT - 6}" y="{frame.y(value) + 4:.1f}" text-anchor="end">{shown:,.3g}{unit}</text>')
    last = len(found.periods) - 1
    for period, anchor in ((0, "start"), (last // 2, "middle"), (last, "end")):
        text = escape(str(found.periods[period]))
        words.append(f'<text x="{frame.x(period):.1f}" y="{HEIGHT - 12}" text-anchor="{anchor}">{text}</text>')
    return "".join(words)


def _picture(frame: Frame, body: str, label: str) -> str:
    return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(label)}">{body}</svg>'
