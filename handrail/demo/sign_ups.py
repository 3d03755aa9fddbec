"""Invented sign-ups: mentors with room, one whose manager was asked, one who pauses; leaders. Nobody is real."""

from typing import Any

from handrail.capabilities.people.actions import ensure_account
from handrail.capabilities.people.models import Person
from handrail.capabilities.schemes.models import Scheme
from handrail.capabilities.schemes.sign_up import actions
from handrail.capabilities.schemes.sign_up.models import SignUp, TimeAgreement
from handrail.demo import people as invented

Time = TimeAgreement.State
MORNINGS = ["mon-morning", "tue-morning", "wed-morning"]
EVENINGS = ["tue-evening", "thu-evening"]

# (who, themes, channels, leaders at a time, times, a few lines, how the time is agreed)
MENTORS = [
    (
        invented.MENTOR,
        "services ways",
        "own_website internal_network",
        2,
        MORNINGS,
        "I build what residents use.",
        "spoken",
    ),
    (
        "Sofia Marin",
        "services inclusion",
        "messaging",
        1,
        ["fri-afternoon"],
        "I work with families every day.",
        "agreed",
    ),
    ("Ravi Patel", "technology security", "own_website", 1, MORNINGS, "Parking permits taught me patience.", "spoken"),
    ("Ellen Moor", "data", "", 2, EVENINGS, "I like questions about numbers.", "asked"),
    (
        "Mina Haddad",
        "voice open",
        "local_groups linkedin photo_video",
        1,
        ["thu-midday"],
        "I answer people online.",
        "spoken",
    ),
    (
        "Craig Dunning",
        "voice services",
        "local_groups",
        1,
        ["mon-midday"],
        "People send me photographs of holes.",
        "spoken",
    ),
]
PAUSED = "Craig Dunning"
# (who, themes, times, the party they sit for)
LEADERS = [
    ("Carys Bevan", "data ai", ["mon-morning", "thu-midday"], ""),
    ("Anneke Visser", "voice", ["thu-midday"], ""),
    ("Councillor Joan Marsh", "open voice", EVENINGS, "Harbour Independents"),
]


def fill(scheme: Scheme, persons: dict[str, Person]) -> None:
    """By the same actions that people use."""
    for name, themes, channels, how_many, times, lines, time in MENTORS:
        said = {"themes": themes.split(), "channels": channels.split(), "how_many": how_many, "times": times}
        row = _sign_up(scheme, persons[name], SignUp.Side.MENTOR, said | {"lines": lines})
        by = ensure_account(by=None, person=persons[name])
        manager = persons[name].manager
        asked = {"name": manager.name, "address": manager.email} if manager and time == "asked" else {}
        actions.agree_time(by=by, row=row, state=Time(time), hours=2, **asked)
        if name == PAUSED:
            actions.pause_sign_up(by=by, row=row)
    for name, themes, times, party in LEADERS:
        said = {"themes": themes.split(), "times": times, "party": party}
        _sign_up(scheme, persons[name], SignUp.Side.LEADER, said)


def _sign_up(scheme: Scheme, person: Person, side: str, said: dict[str, Any]) -> SignUp:
    answers = said | {"languages": ["en"], "place": "Saltmarsh"}
    return actions.sign_up(
        by=ensure_account(by=None, person=person), scheme=scheme, person=person, side=side, answers=answers
    )
