"""What the two have said who are asked to meet, sealed: neither a coordinator nor the database can tell."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from handrail.capabilities.accounts.queries import has_letter_since
from handrail.capabilities.pairings.emails import reaches
from handrail.capabilities.pairings.models import Pairing
from handrail.foundation import clock
from handrail.foundation.vault.unseen import open_unseen, seal_unseen

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Person

SIDES = ("leader", "mentor")
YES, NO = "yes", "no"
WAITS = timedelta(days=7)  # for a letter to the other, which nobody has made


def answers_of(pairing: Pairing) -> dict[str, str]:
    """By side, as long as the two are asked. For the program alone; each is shown their own."""
    if not pairing.answers:
        return {}
    said = open_unseen(pairing.answers, *_place(pairing)).split(",")
    return {side: one for side, one in zip(SIDES, said, strict=True) if one}


def answers_with(pairing: Pairing, side: str, said: str) -> bytes:
    """All sealed anew, so that what changed in the row does not tell who has answered."""
    return _sealed(pairing, {**answers_of(pairing), side: said})


def no_answers(pairing: Pairing) -> bytes:
    """Sealed like all others: stands where it is settled, until the two have been told."""
    return _sealed(pairing, {})


def _sealed(pairing: Pairing, answers: dict[str, str]) -> bytes:
    return seal_unseen(",".join(answers.get(one, "") for one in SIDES), *_place(pairing))


def _place(pairing: Pairing) -> tuple[str, int]:
    return "pairings.Pairing.answers", pairing.pk


def asked_with_a_no() -> list[Pairing]:
    """Those that will not go ahead, once a coordinator cannot tell any more from whom that comes."""
    asked = Pairing.objects.filter(state=Pairing.State.ASKED).exclude(answers=b"").with_people()
    return [one for one in asked if NO in answers_of(one).values() and tells_nobody(one)]


def still_to_be_told() -> list[Pairing]:
    """What will not go ahead, and nobody has been written to about it."""
    settled = (Pairing.State.NOT_TAKEN_UP, Pairing.State.CANCELLED)
    return list(Pairing.objects.filter(state__in=settled).exclude(answers=b"").with_people())


def tells_nobody(pairing: Pairing) -> bool:
    """Whether both could have answered. Where only one was let in, whoever made the letter would know."""
    answers = answers_of(pairing)
    if clock.now() - pairing.asked_at >= WAITS:
        return True
    people = {"leader": pairing.leader, "mentor": pairing.mentor}
    return all(side in answers or _was_let_in(person, pairing) for side, person in people.items())


def _was_let_in(person: Person, pairing: Pairing) -> bool:
    account = person.account
    return account is not None and (reaches(person) or has_letter_since(account.pk, pairing.asked_at))
