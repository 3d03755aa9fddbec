"""Invented starting points: one that is through and shared, one half way, and people just invited. Nobody is real."""

from handrail.capabilities.accounts.models import Account
from handrail.capabilities.people.models import Person
from handrail.capabilities.schemes.models import Scheme
from handrail.capabilities.starting_point.conversation.actions import keep_answer
from handrail.capabilities.starting_point.invitations.actions import invite
from handrail.capabilities.starting_point.queries import mentors_of
from handrail.capabilities.starting_point.sharing.actions import share_sections, write_words
from handrail.capabilities.starting_point.sheet import BY_ID
from handrail.demo import people as invented
from handrail.foundation.vault.keys import make_for_demo

WHY = (
    "Four of our services moved online this year, and the hardest decisions about them landed on desks where nobody "
    "had been taught any of it; mine first. I ask each of you to take a few minutes and see where you stand and what "
    "would help. I ask now because next year’s plans are made in March."
)
INVITED = [
    invented.LEADER,
    "Nadia Karim",
    "Owen Trevithick",
    "Isobel Fearn",
    "Desmond Clarke",
    "Councillor Bill Sutter",
]

THROUGH = {
    "role_goal": "improve_a_service keep_people_safe",
    "audience": "people_we_serve staff",
    "audience_places": "local_groups dont_know",
    "online_now": "read_only",
    "last_answer": "i_do_not_post",
    "good_at": "listening deciding",
    "team": "they_do_some they_ask_me_in",
    "how_it_lands": "pressure vague",
    "in_a_meeting": "look_up_later",
    "time": "ten_a_week",
    "place": "phone_between_meetings travelling",
    "worries": "family time",
    "hard_to_admit": "asking_for_basics",
}
OWN_WORDS = {"role_goal": "Home visits that can be booked without a telephone."}
HALF_WAY = {
    "role_goal": "change_how_we_work win_trust",
    "audience": "local_people",
    "audience_places": "linkedin short_posts",
    "online_now": "announce share_photos",
    "last_answer": "cannot_remember",
}


def fill(scheme: Scheme, persons: dict[str, Person]) -> None:
    """By the same actions that people use."""
    coordinator = _account(persons[invented.COORDINATOR])
    people = [persons[name] for name in INVITED]
    invite(by=coordinator, scheme=scheme, people=people, asked_by=persons[invented.CHIEF], words=WHY)
    helen = persons[invented.LEADER]
    _answer(helen, THROUGH)
    _answer(persons["Owen Trevithick"], HALF_WAY)
    (mentor,) = mentors_of(_account(helen).pk)
    assert mentor.conversation_id is not None
    vault = make_for_demo(_account(helen).pk)
    names = ("role", "time", "approach", "steps")
    share_sections(by=_account(helen), vault=vault, conversation_id=mentor.conversation_id, names=names)
    write_words(by=_account(helen), person=helen, words=["home visits", "local groups"])


def _answer(person: Person, answers: dict[str, str]) -> None:
    account = _account(person)
    vault = make_for_demo(account.pk)
    for question, options in answers.items():
        words = OWN_WORDS.get(question, "") if answers is THROUGH else ""
        keep_answer(by=account, vault=vault, question=BY_ID[question], options=options.split(), words=words)


def _account(person: Person) -> Account:
    assert person.account is not None
    return person.account
