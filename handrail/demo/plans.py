"""Invented plans: one three weeks in and shared with the mentor, one just begun, one paused. Nobody is real."""

from datetime import timedelta

from handrail.capabilities.accounts.models import Account
from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.pairings.plan import actions, queries
from handrail.capabilities.pairings.plan.doing import actions as doing
from handrail.capabilities.pairings.plan.seen import actions as seen
from handrail.capabilities.pairings.plan.together.actions import WITH_DONE, WITH_LINES, make_it_the_pairs
from handrail.capabilities.pairings.plan.weekly.actions import choose_note, pause_plan
from handrail.capabilities.pairings.queries import OwnPairing
from handrail.capabilities.people.models import Person
from handrail.demo import people as invented
from handrail.foundation import clock
from handrail.foundation.vault.keys import make_for_demo

JUST_BEGUN, PAUSED = "Graham Pell", "Councillor Joan Marsh"
# (days ago, what happened, for the mentor too)
DONE = [
    (20, "Eleven answers by the evening. Mina has run a group for carers for six years, and I never knew.", True),
    (9, "They talk in the carers’ group at ten at night. Nobody there has heard of our form.", True),
]
# (days ago, by whom, what)
SEEN = [(13, "leader", ["asked_the_team"]), (13, "mentor", ["asked_for_help"]), (6, "mentor", ["worried_about_safety"])]
SUGGESTED = ("Sit beside Sofia while she books one visit", "Ten minutes, no questions until the end.")


def fill(persons: dict[str, Person]) -> None:
    """By the same actions that people use."""
    _three_weeks_in(persons[invented.LEADER], persons[invented.MENTOR])
    for name in (JUST_BEGUN, PAUSED):
        account = _account(persons[name])
        actions.begin_plan(by=account, vault=make_for_demo(account.pk))
    paused = _account(persons[PAUSED])
    doing_plan = queries.plan_of(make_for_demo(paused.pk))
    doing.do_step(by=doing_plan, item_id=doing_plan.sheet.todo[0].id, on=clock.today() - timedelta(days=16))
    pause_plan(by=paused, until=clock.today() + timedelta(days=19))


def _three_weeks_in(leader: Person, mentor: Person) -> None:
    account, pairing = _account(leader), Pairing.objects.with_people().get(leader=leader, mentor=mentor)
    vault = make_for_demo(account.pk)
    actions.begin_plan(by=account, vault=vault)
    for days, line, for_mentor in DONE:
        plan = queries.plan_of(vault)
        item = plan.sheet.todo[0].id
        doing.do_step(by=plan, item_id=item, on=clock.today() - timedelta(days=days))
        doing.keep_line(by=queries.plan_of(vault), item_id=item, line=line, for_both=for_mentor)
    make_it_the_pairs(by=queries.plan_of(vault), pairing=pairing, parts=[WITH_DONE, WITH_LINES])
    title, how = SUGGESTED
    theirs = queries.plan_of_mentor(make_for_demo(_account(mentor).pk), queries.plan_of(vault).row.pk)
    actions.write_step(by=theirs, title=title, how=how, goal="")
    for days, side, what in SEEN:
        own = OwnPairing(pairing, side)
        assert own.me.account_id is not None
        day = clock.today() - timedelta(days=days)
        seen.note_down(by=own, vault=make_for_demo(own.me.account_id), what=what, on=day)
    choose_note(by=account, weekday=3, hour=8)


def _account(person: Person) -> Account:
    assert person.account is not None
    return person.account
