"""The plan on a phone: from answers to a first step that is done, within the first visit, and back a week later."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page

from handrail.capabilities.pairings.plan.models import Plan, WeeklyNote
from handrail.capabilities.pairings.plan.weekly.actions import notes_due, send_note
from handrail.capabilities.people import actions as people
from handrail.capabilities.people.models import Person
from handrail.capabilities.starting_point.models import StartingPoint
from handrail.capabilities.starting_point.queries import step_pack
from handrail.foundation import clock
from handrail.foundation.mail.models import OutboxMessage
from tests.factories.world import World
from tests.journeys.test_private_space import Browsers, another, leader_of, open_with, set_words, world
from tests.journeys.walker import Walker

__all__ = ["another", "world"]
WORDS = "violin gravel teapot meadow lantern"
LINE = "Eleven answers by the evening née 4411"
# Four answers each; what the first step is then called; and one thing of its page.
APPROACHES = {
    "start from your role": (
        {
            "role_goal": ["Make a service better"],
            "audience_places": ["I do not know"],
            "team": ["I do not know"],
            "how_it_lands": ["Vague", "Pressure"],
        },
        "Find where one audience talks, and listen",
    ),
    "work out loud": (
        {
            "role_goal": ["Win people’s trust"],
            "online_now": ["I announce our news, or run campaigns", "I share photos or videos"],
            "last_answer": ["I cannot remember"],
            "good_at": ["Telling stories", "Being there, where people see me"],
        },
        "Ask one real question and wait",
    ),
    "take control": (
        {
            "role_goal": ["Keep people safe"],
            "in_a_meeting": ["I look it up afterwards"],
            "worries": ["Being tricked or broken into", "Abuse"],
            "hard_to_admit": ["My own phone and computer", "Knowing what is safe"],
        },
        "Put a second lock on your email",
    ),
}


def trustee(world: World) -> str:
    """Somebody without a unit, a manager or a title, and with nothing but an address at home."""
    address = "joan.marsh@family.example"
    person = people.add_person(
        by=None, organisation=world.organisation, name="Joan Marsh", email=address, line=Person.Line.UNKNOWN
    )
    people.ensure_account(by=None, person=person)
    return address


def answer(walker: Walker, question: str, options: list[str]) -> None:
    walker.page.goto(f"{walker.base}/starting-point/question/{question}/")
    several = walker.page.get_by_role("checkbox").count() > 0
    if not several:
        walker.press("button", options[0])
        return
    for option in options:
        walker.choose(option)
    walker.press("button", "Go on")


def answer_and_begin(walker: Walker, answers: dict[str, list[str]]) -> None:
    for question, options in answers.items():
        answer(walker, question, options)
    walker.go("/starting-point/what-would-help/")
    walker.press("button", "Begin with this step")


@pytest.mark.parametrize("approach", APPROACHES)
def test_from_four_answers_to_a_step_that_is_done_and_back_a_week_later(
    world: World, another: Browsers, settings: Any, approach: str
) -> None:
    answers, first = APPROACHES[approach]
    address = trustee(world)
    phone = another()
    phone.sign_in(address)
    answer_and_begin(phone, answers)
    assert phone.page.locator("h1").inner_text().replace("\n", " ").startswith(first)
    for heading in ("Why it serves your role", "How", "How you know it worked"):
        assert phone.page.get_by_role("heading", name=heading, exact=True).is_visible()
    asks = approach == "work out loud"
    phone.press("button", "I have asked" if asks else "Done")
    phone.type_into("Whom you asked, and what, in a line" if asks else "What happened, in a line", LINE)
    phone.press("button", "Keep this line")
    if asks:  # it asked somebody, and stays until it is said when to look for answers
        phone.press("button", "In two days")
        phone.press("button", "Back to the plan")
    phone.press("link", "One note a week")
    phone.press("button", "Thursday")
    phone.press("button", "08:00")
    assert phone.sees("Thursdays at 08:00")
    # A week passes. The note comes, to an inbox that somebody else reads too.
    settings.MAIL_URL = "smtp://127.0.0.1:1"
    WeeklyNote.objects.update(next_at=clock.now() - timedelta(minutes=1))
    assert [send_note(note_id=one) for one in notes_due()] == [True]
    note = OutboxMessage.objects.get(kind="reminder")
    held = "\n".join(f"{one.subject} {one.text}" for one in OutboxMessage.objects.filter(to_address=address))
    titles = [text.title for text in step_pack().texts.values()]
    private = [*titles, *(option for options in answers.values() for option in options), LINE, first]
    assert [words for words in private if words in held] == []
    link = re.search(r"/plan/(?=\s)", note.text)
    assert link is not None
    assistant = another()
    assistant.page.goto(assistant.base + "/plan/")
    assert "/sign-in/login/" in assistant.page.url, "the link opens nothing for whoever reads the inbox"
    assistant.go(note.unsubscribe_url.removeprefix(settings.BASE_URL))
    assert WeeklyNote.objects.get().on, "opening it ended nothing"
    # They come back: one next step, the way so far, and nothing to catch up with.
    phone.go("/plan/")
    assert phone.sees(first)
    assert phone.page.locator("[aria-current=step]").count() == 1
    phone.go("/home/")
    phone.press("link", "Open this step")
    assert not phone.sees(first)
    asking = phone.page.get_by_role("button", name="I have asked", exact=True).count()
    phone.press("button", "I have asked" if asking else "Done")
    assert phone.sees("Next, when it suits")


def test_a_device_lost_before_the_phrase_costs_five_minutes_and_after_it_nothing(
    world: World, another: Browsers
) -> None:
    answers, first = APPROACHES["start from your role"]
    lost = another()
    lost.sign_in(leader_of(world))
    answer_and_begin(lost, answers)
    lost.press("button", "Done")
    lost.page.context.close()
    new = another()
    new.sign_in(leader_of(world))
    new.go("/plan/")
    assert new.page.title().startswith("Open your private space")
    new.go("/account/private/lost/")
    new.choose("I understand that what only I could read stays shut for good")
    new.choose("Yes, it is my own")
    new.press("button", "Begin again")
    new.go("/plan/")
    assert new.sees("Only you could read this plan, and you began again since.")
    answer_and_begin(new, answers)
    assert new.page.locator("h1").inner_text().replace("\n", " ").startswith(first)
    new.press("button", "Done")
    set_words(new, WORDS)
    new.page.context.close()
    third = another()
    third.sign_in(leader_of(world))
    third.go("/plan/")
    open_with(third, WORDS)
    third.go("/plan/")
    assert third.sees(first)
    assert third.page.get_by_text("Done", exact=True).first.is_visible()
    assert StartingPoint.objects.count() == Plan.objects.count() == 1


def test_interrupted_five_times_and_without_scripts_nothing_is_lost(
    world: World, another: Browsers, sign_in: Callable[[Page, Any], None]
) -> None:
    from django.contrib.sessions.models import Session as SignIn

    account = world.account("outsider")
    phone = another(scripts=False)
    sign_in(phone.page, account)
    phone.go("/plan/")
    phone.press("button", "Begin with three steps for anyone")
    step = phone.page.url
    # 1. Somebody comes in: left open, and found again from home.
    phone.go("/home/")
    phone.press("link", "Open this step")
    assert phone.page.url == step
    # 2. Not now: moved to next week. 3. The train enters a tunnel: the same tap again does nothing twice.
    phone.page.get_by_text("Not now, or not this one").click()
    phone.press("link", "Later")
    later = phone.page.url
    phone.press("button", "Next week")
    phone.page.goto(later)
    phone.press("button", "Next week")
    phone.go("/home/")
    phone.press("link", "Open this step")
    assert phone.page.url != step
    phone.press("button", "Done")
    # 4. Signed out while typing a line: it is there again.
    phone.type_into("What happened, in a line", LINE)
    SignIn.objects.all().delete()
    phone.press("button", "Keep this line")
    assert "/sign-in/login/" in phone.page.url
    done = step.rsplit("/step/", 1)[0]
    sign_in(phone.page, account)
    phone.go("/account/private/kept/")
    assert LINE in phone.page.content()
    # 5. Two weeks away: paused in one tap, and back in one.
    phone.go("/plan/pause/")
    phone.press("button", "Two weeks")
    assert phone.sees("Nothing is expected of you.")
    phone.press("button", "I am back")
    assert done in phone.page.content() or phone.sees("Your plan")


def test_the_two_of_a_pair_share_a_plan_and_note_what_they_saw(world: World, another: Browsers) -> None:
    answers, first = APPROACHES["start from your role"]
    leader, mentor = another(), another()
    mentor.sign_in(str(world.account("mentor").email))
    mentor.go(f"/pairings/{world.pairing.pk}/notes/")
    leader.sign_in(leader_of(world))
    answer_and_begin(leader, answers)
    leader.press("button", "Done")
    leader.go(f"/pairings/{world.pairing.pk}/")
    leader.go("/plan/")
    leader.press("link", "Who sees it")
    leader.choose("The steps you have done")
    leader.press("button", "See what they will see")
    assert leader.sees(first)
    leader.press("button", "Share it with Mentor")
    mentor.go("/home/")
    assert mentor.sees("The plan of Leader and you")
    mentor.press("link", "The plan of Leader and you")
    mentor.press("link", "Write a step of your own")
    mentor.type_into("What is the step?", "Sit beside Sofia for one booking")
    mentor.press("button", "Put it in the plan")
    mentor.go(f"/pairings/{world.pairing.pk}/seen-together/")
    mentor.choose("Being safe online came up")
    mentor.choose("Something was newer than it had seemed")
    mentor.press("button", "Note it down")
    leader.go("/plan/")
    assert leader.sees("Suggested by Mentor.")
    leader.press("link", "What would help, and what changed it")
    assert leader.sees("Your mentor noted: Being safe online came up")
    assert leader.sees("Take control")
