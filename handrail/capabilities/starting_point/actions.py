"""What others do to a starting point: sharing waits for a pairing, and ends with it; a plan lets it rest."""

from handrail.capabilities.starting_point.conversation.actions import let_rest
from handrail.capabilities.starting_point.sharing.actions import end_sharing, seal_waiting

__all__ = ["end_sharing", "let_rest", "seal_waiting"]
