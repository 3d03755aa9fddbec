"""What comes after the first evening, by keyboard alone and without scripts, at 320 px: sharing and withdrawing,
words to find a mentor by, the weekly note, a pause, a step that is not for one. And whoever reads the inbox."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from handrail.capabilities.pairings.plan.models import Plan, WeeklyNote
from handrail.capabilities.starting_point.models import FindingWord, SharedCopy, StartingPoint
from tests.factories.world import World
from tests.journeys.test_plan import APPROACHES, LINE, answer, answer_and_begin, trustee
from tests.journeys.test_private_space import Browsers, another, world
from tests.journeys.walker import Walker

__all__ = ["another", "world"]
SignInWith = Callable[[Page, Any], None]
WAYS = ["by keyboard", "without scripts"]
TOLD = APPROACHES["start from your role"][0] | {"audience": ["Our staff, and who may join us"]}


def somebody(how: str, another: Browsers, sign_in: SignInWith, account: Any) -> Walker:
    walker = another(scripts=how == "by keyboard", by_keyboard=how == "by keyboard")
    sign_in(walker.page, account)
    return walker


def unfold(walker: Walker, text: str) -> None:
    summary = walker.page.locator("summary", has_text=text).first
    if walker.by_keyboard:
        walker.reach(summary.evaluate("element => { window.__wanted = element; return true }"))
        walker.page.keyboard.press("Enter")
    else:
        summary.click()


def untick(walker: Walker, name: str) -> None:
    box = walker.page.get_by_role("checkbox", name=re.compile(f"^{name}")).first
    if walker.by_keyboard:
        walker.reach(box.evaluate("element => { window.__wanted = element; return true }"))
        walker.page.keyboard.press("Space")
    else:
        box.uncheck()


@pytest.mark.parametrize("how", WAYS)
def test_part_by_part_shown_first_and_taken_back(
    world: World, another: Browsers, sign_in: SignInWith, how: str
) -> None:
    mentor = another()
    sign_in(mentor.page, world.account("mentor"))
    mentor.go(f"/pairings/{world.pairing.pk}/notes/")
    leader = somebody(how, another, sign_in, world.account("leader"))
    for question, options in TOLD.items():
        answer(leader, question, options)
    leader.go(f"/pairings/{world.pairing.pk}/")
    leader.go("/starting-point/share/")
    leader.press("button", "Show me first")
    assert leader.page.title().startswith("Error: "), "nothing is ticked by itself"
    leader.choose("This year, whom you need to reach, and where they talk")
    leader.choose("Your team, and how “digital” lands")
    leader.press("button", "Show me first")
    assert leader.sees("Nothing is shared yet.")
    untick(leader, "Whom you need to reach")
    leader.press("button", "Share this with Mentor")
    assert SharedCopy.objects.count() == 1
    mentor.go(f"/pairings/{world.pairing.pk}/starting-point/")
    assert mentor.sees("Make a service better")
    assert not mentor.page.get_by_text("Our staff, and who may join us").count(), "that line stayed"
    leader.press("button", "Your team, and how “digital” lands")
    assert leader.sees("Taken back: the copy is deleted.")
    mentor.page.reload()
    assert not mentor.page.get_by_text("Pressure").count()
    leader.press("button", "This year, whom you need to reach, and where they talk")
    assert not SharedCopy.objects.exists()
    mentor.page.reload()
    assert not mentor.page.get_by_text("Make a service better").count()


@pytest.mark.parametrize("how", WAYS)
def test_a_wish_and_three_words_before_there_is_a_mentor(
    world: World, another: Browsers, sign_in: SignInWith, how: str
) -> None:
    alone = somebody(how, another, sign_in, world.account("outsider"))
    for question, options in TOLD.items():
        answer(alone, question, options)
    alone.go("/starting-point/share/")
    alone.choose("This year, whom you need to reach, and where they talk")
    alone.press("button", "Show me first")
    alone.press("button", "Share this when I have a mentor")
    assert StartingPoint.objects.get().wish_waits
    alone.press("button", "Take the wish back")
    assert not StartingPoint.objects.get().wish_waits
    alone.go("/starting-point/words/")
    alone.choose("better services")
    alone.type_into("Or a word of your own", "home visits")
    alone.press("button", "Show me first")
    assert not FindingWord.objects.exists()
    assert alone.sees("better services, home visits")
    alone.press("button", "Write these words")
    alone.press("button", "home visits")
    assert [one.word for one in FindingWord.objects.all()] == ["better services"]


@pytest.mark.parametrize("how", WAYS)
def test_the_note_a_pause_and_a_step_that_is_not_for_one(
    world: World, another: Browsers, sign_in: SignInWith, how: str
) -> None:
    walker = somebody(how, another, sign_in, world.account("outsider"))
    walker.go("/plan/")
    walker.press("button", "Begin with three steps for anyone")
    first = walker.page.locator("h1").inner_text()
    unfold(walker, "Not now, or not this one")
    walker.press("button", "Not for me")
    assert walker.sees("Next, when it suits")
    unfold(walker, "What the step was")
    assert walker.page.get_by_role("button", name="Bring it back").is_visible()
    walker.press("link", "Choose another step")
    assert not walker.page.get_by_text(first, exact=True).count()
    unfold(walker, "Another kind of step")
    walker.press("button", "Listening")
    assert walker.sees("For: Listening.")
    unfold(walker, "minutes")
    walker.press("button", "Put it in the plan")
    assert len(walker.page.locator("main .hr-rail li").all()) == 4
    walker.press("link", "One note a week")
    walker.press("button", "Monday")
    walker.press("button", "09:00")
    assert WeeklyNote.objects.get().on
    walker.press("link", "One note a week")
    assert walker.sees("Now: Mondays at 09:00.")
    walker.press("button", "No note")
    assert not WeeklyNote.objects.get().on
    walker.go("/plan/pause/")
    for label, number in (("Day", "31"), ("Month", "2"), ("Year", "2027")):
        walker.type_into(label, number)
    walker.press("button", "Pause until this day")
    assert walker.sees("That month has 28 days.")
    assert walker.page.get_by_label("Day", exact=True).input_value() == "31", "nothing typed is lost"
    walker.press("button", "Until I come back")
    assert walker.sees("Paused until you come back.")
    walker.go("/home/")
    walker.press("button", "I am back")
    assert not Plan.objects.get().paused


def test_an_assistant_who_reads_the_inbox_signs_in_and_finds_nothing_private(world: World, another: Browsers) -> None:
    """The code for signing in comes to that inbox too: it opens the account, and nothing that was sealed."""
    paper = "Shall we close the walk-in desk at Marsh Lane?"
    address = trustee(world)
    leader = another()
    leader.sign_in(address)
    answer_and_begin(leader, TOLD)
    step = leader.page.locator("h1").inner_text().replace("\n", " ")
    leader.press("button", "Done")
    leader.type_into("What happened, in a line", LINE)
    leader.press("button", "Keep this line")
    leader.go("/decisions/")
    leader.type_into("What is the decision?", paper)
    leader.press("button", "Find my questions")
    leader.go("/walk-throughs/passkeys-and-two-step/do/phone-lock/")
    leader.press("button", leader.page.locator("main button[name=case]").first.inner_text())
    assistant = another()
    assistant.sign_in(address)
    private = [step, LINE, "Marsh Lane", "Make a service better", "Pressure", "Begun"]
    for path in (
        "/home/",
        "/starting-point/",
        "/starting-point/what-would-help/",
        "/starting-point/answers/",
        "/starting-point/share/",
        "/starting-point/words/",
        "/plan/",
        "/plan/changes/",
        "/decisions/",
        "/walk-throughs/",
        "/walk-throughs/passkeys-and-two-step/",
    ):
        assistant.go(path)
        shown = assistant.page.locator("main").inner_text()
        assert [words for words in private if words in shown] == [], path
    leader.go("/home/")
    assert leader.sees("Open this step"), "the leader goes on as before"
