"""With whom the plan may become the pair's."""

from __future__ import annotations

from django.http import HttpRequest

from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.pairings.queries import own_pairings
from handrail.capabilities.pairings.rules import RUNNING


def pairings_to_share_with(request: HttpRequest) -> list[Pairing]:
    """The signed-in leader's pairings that run and can be sealed for the two."""
    return [
        one.pairing
        for one in own_pairings(request)
        if one.side == "leader" and one.pairing.state in RUNNING and one.pairing.conversation_id is not None
    ]
