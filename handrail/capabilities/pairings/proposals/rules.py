"""What may be done with a proposal towards the people in it."""

from django.utils.translation import gettext as _

from handrail.capabilities.pairings.proposals.models import Choice
from handrail.capabilities.pairings.rules import RUNNING, State
from handrail.foundation.access.refusal import Refused

BEST = 3  # how many mentors a leader chooses among


def check_can_ask_all(*, pairs: int, doubtful: int, reason: str) -> None:
    """doubtful: pairs with a line between the two that is near or unknown."""
    if not pairs:
        raise Refused(_("There is no pair to ask."))
    if doubtful and not reason.strip():
        raise Refused(_("Say in a few words why the pairs with a reporting line are right all the same."))


def has_chosen(choice: Choice) -> bool:
    """Whether what this leader chose is still being asked, or runs."""
    return choice.pairing is not None and choice.pairing.state in (State.ASKED, *RUNNING)


def check_can_choose(choice: Choice, mentor_id: int, shown: list[int]) -> None:
    if has_chosen(choice):
        raise Refused(_("You have chosen already. Here is how it stands."))
    if mentor_id not in shown:
        raise Refused(_("Somebody else has just taken that place. These still have one."))
