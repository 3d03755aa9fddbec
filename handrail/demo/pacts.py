"""Pairs of the invented organisation in every state there is, and what Helen and Priya settled with each other."""

from django.utils.translation import gettext as _

from handrail.capabilities.pairings import actions as pairings
from handrail.capabilities.pairings.agreement import actions as agreement
from handrail.capabilities.pairings.closing import actions as closing
from handrail.capabilities.pairings.going_on import actions as going_on
from handrail.capabilities.pairings.going_on import rules as going_on_rules
from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.pairings.notes.queries import conversation_of
from handrail.capabilities.pairings.queries import OwnPairing
from handrail.capabilities.people import actions as people
from handrail.capabilities.people.models import Person
from handrail.capabilities.schemes.models import Scheme
from handrail.demo import people as invented
from handrail.foundation import clock
from handrail.foundation.vault.keys import make_for_demo
from handrail.foundation.vault.texts import OpenConversation

State = Pairing.State
# How Helen and Priya would like to work, each alone: the more careful answer of the two applies.
TERMS = {
    "leader": {"told": "lessons", "between": "working_hours", "where": "apart", "rhythm": "fortnight"},
    "mentor": {"told": "meeting", "between": "working_hours", "where": "anywhere", "rhythm": "fortnight"},
}
GOALS = [("leader", "Ask one question about every digital paper that I would not have asked in spring.")]
AGENDA = [
    ("mentor", "The fax number: who could take it out this week?"),
    ("leader", "What do I say when the board asks about “AI”?"),
]
# Pairs that met before Handrail was here, or went on their way: (leader, mentor, how far)
BROUGHT = [
    ("Anneke Visser", "Ellen Moor", "met"),
    ("Desmond Clarke", "Craig Dunning", "proposed"),
    ("Graham Pell", "Ravi Patel", "changing"),
    ("Owen Trevithick", "Grace Obi", "ended"),
]


def fill(scheme: Scheme, persons: dict[str, Person]) -> None:
    _settle(Pairing.objects.with_people().get(leader=persons[invented.LEADER], mentor=persons[invented.MENTOR]))
    for leader, mentor, state in BROUGHT:
        _bring(scheme, persons[leader], persons[mentor], state)


def _settle(pairing: Pairing) -> None:
    for side, chosen in TERMS.items():
        for question, answer in chosen.items():
            own, conversation = _opened(pairing, side)
            agreement.choose_term(by=own, conversation=conversation, question=question, answer=answer)
    for kind, lines in (("goal", GOALS), ("agenda", AGENDA)):
        for side, text in lines:
            own, conversation = _opened(pairing, side)
            agreement.add_line(by=own, conversation=conversation, kind=kind, text=text)


def _opened(pairing: Pairing, side: str) -> tuple[OwnPairing, OpenConversation]:
    own = OwnPairing(pairing, side)
    assert own.me.account_id is not None
    conversation = conversation_of(make_for_demo(own.me.account_id), own, alone=False)
    assert conversation is not None
    return own, conversation


def _bring(scheme: Scheme, leader: Person, mentor: Person, state: str) -> None:
    """As from a spreadsheet; then as far as its story goes."""
    for person in (leader, mentor):
        make_for_demo(people.ensure_account(by=None, person=person).pk)
    met = clock.now()
    brought = state if state == State.PROPOSED else State.MET
    pairing = pairings.bring_pair(
        by=None, scheme=scheme, leader=leader, mentor=mentor, state=brought, agreed_at=met, met_at=met
    )
    by = leader.account
    assert by is not None
    if state == State.CHANGING:
        going_on.say_how(by=by, pairing=pairing, side="leader", answer=going_on_rules.CHANGE)
    if state == State.ENDED:
        ended = pairings.change_pairing(by=by, pairing=pairing, state=State.ENDED)
        own, conversation = _opened(ended, "leader")
        closing.answer(by=own, conversation=conversation, question="line", text=_("You never laughed. Thank you."))
        closing.say_what_next(by=by, pairing=ended, side="leader", wish=Pairing.Next.MENTOR)
