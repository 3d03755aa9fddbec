"""What a release of effects holds, in full: two groups of teams, four measures, each with its course."""

from typing import Any


def a_row(effect: float = 0.2, *, teams: int = 15, stands: bool | None = True) -> dict[str, Any]:
    path = [
        [4 * k, 4, effect if k >= 0 else 0.0, effect - 0.1 if k >= 0 else -0.1, effect + 0.1] for k in range(-5, 10)
    ]
    return {
        "verdict": "rise", "effect": effect, "low": effect - 0.1, "high": effect + 0.1, "naive": 0.5, "why": None,
        "detectable": 0.15, "needed": None, "differ": False, "teams": teams, "stands": stands, "path": path,
    }  # fmt: skip


def told_effects(**changes: Any) -> dict[str, Any]:
    groups = [{"names": ["2025-4"], "teams": 15}, {"names": ["2026-1"], "teams": 10}]
    measures = [
        {"measure": name, "together": a_row(teams=25), "rows": [a_row(), a_row(0.15, teams=10, stands=False)]}
        for name in ("messages", "replies", "reactions", "people")
    ]
    told = {
        "few": False, "groups": groups, "compared_with": 20, "first": "2025-06-02", "last": "2026-11-16",
        "looked_at": 12, "measures": measures, "plan": None, "in_teams": True,
        "left_out": [{"name": "Christmas", "first": "2025-12-24", "last": "2026-01-02", "unit": ""}],
    }  # fmt: skip
    return told | changes
