"""How far somebody is, on one side: the furthest of a few coarse states."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from handrail.capabilities.pairings.rules import RUNNING, State


class Standing(StrEnum):
    INVITED = "invited"
    STARTED = "started"  # leaders: their starting point
    SIGNED_UP = "signed_up"
    PREPARED = "prepared"  # mentors
    PAIRED = "paired"
    PAUSED = "paused"


@dataclass(frozen=True)
class Known:
    """What a coordinator may know of one person on one side. A no, and being left in peace, are not among it."""

    invited: bool = False
    started: bool = False
    signed_up: bool = False
    prepared: bool = False
    sign_up_paused: bool = False
    pairings: frozenset[str] = frozenset()  # states


def standing_of(known: Known) -> Standing:
    running = known.pairings & {State(state) for state in RUNNING}
    if running:
        return Standing.PAUSED if running == {State.PAUSED} else Standing.PAIRED
    if known.signed_up and known.sign_up_paused:
        return Standing.PAUSED
    if known.signed_up:
        return Standing.PREPARED if known.prepared else Standing.SIGNED_UP
    return Standing.STARTED if known.started else Standing.INVITED
