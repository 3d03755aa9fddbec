"""Invented marks in walk-throughs, and invented decisions, of one leader and of another who has just begun."""

from datetime import timedelta

from handrail.capabilities.essentials.queries import dictionary
from handrail.capabilities.essentials.rules import essentials_touched
from handrail.capabilities.people.models import Person
from handrail.capabilities.starting_point.decisions.actions import (
    bring_decision,
    choose_day,
    choose_essentials,
    look_back,
)
from handrail.capabilities.starting_point.walkthroughs.actions import (
    choose_case,
    choose_networks,
    go_on,
    mark_item,
    note_passed_on,
)
from handrail.capabilities.starting_point.walkthroughs.pack import walkthrough_pack
from handrail.capabilities.starting_point.walkthroughs.sheet import DONE, NOT_DONE, NOT_FOR_ME
from handrail.demo import people as invented
from handrail.foundation import clock
from handrail.foundation.vault.keys import make_for_demo

DECIDED_IN = 10  # days, so that home says it in passing
PAPERS = (
    (
        "Contract extension for the repairs line\n\nWe propose to extend the contract with the present supplier for "
        "two years, at the same price. A move to another system was thought about and put off. The help desk will "
        "close at five, and a self-service form takes its place in the evening.",
        "We asked how we get our data back, and made it one year in place of two.",
    ),
    (
        "An AI tool to sort the letters that come in\n\nThe team has tried an AI tool that reads each letter and says "
        "which desk should have it. Shall we begin in January, or try it on one desk first? It costs £18,000 a year.",
        "",
    ),
)


def fill(persons: dict[str, Person]) -> None:
    """By the same actions that people use."""
    _walk(persons[invented.LEADER])
    _decide(persons[invented.LEADER])


def _walk(person: Person) -> None:
    """Some things done in two walk-throughs, one of them passed on; and one begun, which waits."""
    account = person.account
    assert account is not None
    vault, pack = make_for_demo(account.pk), walkthrough_pack()
    family, seen = pack["family-and-children"], pack["who-sees-what"]
    for item, mark in zip(family.items, (DONE, DONE, NOT_FOR_ME), strict=False):
        mark_item(by=account, vault=vault, walkthrough=family, item=item, mark=mark)
    note_passed_on(by=account, vault=vault, walkthrough=family)
    choose_networks(by=account, vault=vault, networks=["linkedin", "whatsapp"])
    for item, mark in zip(seen.items, (DONE, NOT_DONE), strict=False):
        mark_item(by=account, vault=vault, walkthrough=seen, item=item, mark=mark)
    door = pack["passkeys-and-two-step"]
    lock = door.items[0]
    choose_case(by=account, vault=vault, walkthrough=door, item=lock, case=lock.folds[0].id)
    go_on(by=account, vault=vault, walkthrough=door, item=lock, at=1, left_out=False)


def _decide(person: Person) -> None:
    account = person.account
    assert account is not None
    vault = make_for_demo(account.pk)
    for paper, differently in PAPERS:
        decision_id = bring_decision(by=account, vault=vault, paper=paper)
        touched = [one.essential.id for one in essentials_touched(paper, dictionary())]
        choose_essentials(by=account, vault=vault, decision_id=decision_id, chosen=touched[:3])
        if differently:
            look_back(by=account, vault=vault, decision_id=decision_id, differently=differently)
        else:
            day = clock.today() + timedelta(days=DECIDED_IN)
            choose_day(by=account, vault=vault, decision_id=decision_id, day=day)
