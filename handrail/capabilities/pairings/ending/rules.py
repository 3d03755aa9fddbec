"""What becomes of two people when their scheme ends."""

from handrail.capabilities.pairings.rules import RUNNING, State

GOES, CANCELS, ENDS, STAYS = "goes", "cancels", "ends", "stays"


def what_becomes_of(state: str) -> str:
    """A proposal goes unseen, a question cancels itself, whoever is paired looks back; what is over stays as it is."""
    if state == State.PROPOSED:
        return GOES
    if state == State.ASKED:
        return CANCELS
    return ENDS if state in RUNNING else STAYS
