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
    ("Gwen Harries", "data security", "", 1, MORNINGS, "I answer what people ask us to open.", "spoken"),
    (
        "Omar Siddiqui",
        "technology services",
        "own_website internal_network",
        2,
        [*MORNINGS, "thu-midday"],
        "I can show you what a page weighs.",
        "spoken",
    ),
    (
        "Lotte Jansen",
        "voice open",
        "linkedin short_posts",
        1,
        ["thu-midday", *EVENINGS],
        "I post, and I read.",
        "agreed",
    ),
    ("Billy Naylor", "voice inclusion", "local_groups messaging", 1, ["mon-midday"], "I meet every street.", "spoken"),
    ("Aisha Rahman", "data ways", "internal_network", 2, ["mon-morning", "fri-afternoon"], "I draw things.", "agreed"),
    (
        "Tess Hallam",
        "inclusion services",
        "local_groups",
        1,
        ["fri-afternoon", "thu-midday"],
        "I help people with their first e-mail address.",
        "spoken",
    ),
    ("Piotr Zielinski", "security technology", "messaging", 1, [*MORNINGS, *EVENINGS], "I like odd errors.", "spoken"),
    (
        "Nia Powell",
        "voice inclusion",
        "photo_video messaging",
        1,
        ["fri-afternoon"],
        "Young people teach me.",
        "spoken",
    ),
    ("Jonah Whitby", "services data", "own_website", 1, ["tue-morning"], "I see where forms stop people.", "spoken"),
    ("Councillor Dee Larkin", "open voice", "local_groups", 1, EVENINGS, "I hold surgeries online.", "own"),
]
PAUSED = "Craig Dunning"
# (who, themes, times, the party they sit for)
LEADERS = [
    ("Carys Bevan", "data ai", ["mon-morning", "thu-midday"], ""),
    ("Anneke Visser", "voice", ["thu-midday"], ""),
    ("Councillor Joan Marsh", "open voice", EVENINGS, "Harbour Independents"),
    ("Alun Price", "services technology", ["tue-morning", "mon-midday"], ""),
    ("Meera Joshi", "data services", MORNINGS, ""),
    ("Tobias Lund", "voice inclusion", ["fri-afternoon"], ""),
    ("Kirsty Mair", "security data", ["mon-morning", "tue-evening"], ""),
    ("Femi Balogun", "inclusion voice", ["weekend-morning"], ""),  # nobody else is free then
    ("Clara Voss", "security technology", MORNINGS, ""),
    ("Rhodri Wynn", "open data", ["thu-midday", "mon-morning"], ""),
    ("Hannah Sorley", "services ways", [*MORNINGS, "fri-afternoon"], ""),
    ("Ed Marchetti", "data ai", ["fri-afternoon", "mon-morning"], ""),
    ("Councillor Peter Amos", "open voice", [*EVENINGS, "thu-midday"], "Quayside First"),
]
PARTIES = {"Councillor Dee Larkin": "Harbour Independents"}  # of mentors


def fill(scheme: Scheme, persons: dict[str, Person]) -> None:
    """By the same actions that people use."""
    for name, themes, channels, how_many, times, lines, time in MENTORS:
        said = {"themes": themes.split(), "channels": channels.split(), "how_many": how_many, "times": times}
        said |= {"lines": lines, "party": PARTIES.get(name, "")}
        row = _sign_up(scheme, persons[name], SignUp.Side.MENTOR, said)
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
