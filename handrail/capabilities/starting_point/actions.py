"""What others do to a starting point: sharing waits for a pairing, and ends with it."""

from handrail.capabilities.starting_point.sharing.actions import end_sharing, seal_waiting

__all__ = ["end_sharing", "seal_waiting"]
