"""Sentences for results. Plain: a tired board member and a sceptical statistician read the same ones."""

from handrail.engines.impact.panel import Period

LEANED = "The unit leaned this way by itself; the interval is stretched by what that could explain."


def percent(share: float, *, sign: bool = True) -> str:
    """A share as words: 0.284 is “+28 %”."""
    size = abs(share) * 100
    digits = f"{size:.0f}" if size >= 9.95 else f"{size:.1f}"
    mark = "" if not sign else ("+" if share > 0 else "−" if share < 0 else "")
    return f"{mark}{digits} %"


def interval(low: float, high: float) -> str:
    return f"{percent(low)} to {percent(high)}"


def rise_or_fall(effect: float, low: float, high: float, overturned: float) -> str:
    way = "rise" if effect > 0 else "fall"
    return (
        f"A {way} we can stand behind: {percent(effect)}, and the 95 % interval from {interval(low, high)} leaves out "
        f"no change. An unseen shift of {percent(overturned, sign=False)} in the unit itself would overturn it."
    )


def no_sign(low: float, high: float, detectable: float) -> str:
    return (
        f"No sign of change: the 95 % interval from {interval(low, high)} includes none. "
        f"A change of {percent(detectable, sign=False)} or more would have been seen four times in five."
    )


def too_weak(detectable: float, limit: float, after: int, donors: int, needed: int | None) -> str:
    size = percent(detectable, sign=False) if detectable < 10 else "tenfold"
    longer = (
        f"About {needed} periods after the start would do, instead of {after}."
        if needed
        else f"Waiting longer would not do; more comparison units than these {donors} or a longer past might."
    )
    return (
        f"Not enough data to say: only a change of {size} or more would have been seen, and we answer from "
        f"{percent(limit, sign=False)}. {longer}"
    )


def runs_away(statistic: float) -> str:
    way = "growing" if statistic > 0 else "shrinking"
    return (
        f"Not enough data to say: the unit was {way} on its own, faster than the units it is compared with "
        f"({abs(statistic):.1f} standard errors), so a change cannot be told from that trend. "
        "Units with a similar trend as comparison, or more periods before the start, would do."
    )


def naive_differs(naive: float | None, effect: float | None) -> str:
    """One sentence on why before/after and the estimate differ."""
    if naive is None:
        return "Before and after cannot be compared: nothing was seen before the start."
    if effect is None:
        return (
            f"Before and after differ by {percent(naive)}, but that mixes in whatever else changed for everyone; "
            "we could not take it out well enough."
        )
    common = (1 + naive) / (1 + effect) - 1
    if abs(common) < 0.02:
        return f"Before and after differ by {percent(naive)}: the units compared with hardly changed meanwhile."
    return (
        f"Before and after differ by {percent(naive)}, but the units compared with changed by {percent(common)} in "
        "the same time without a leader taking part."
    )


def started_outside(period: Period, late: bool) -> str:
    where = "after the last" if late else "at or before the first"
    return f"Not enough data to say: the start ({period}) lies {where} period of the panel."
