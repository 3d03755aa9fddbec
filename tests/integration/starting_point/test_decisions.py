"""A decision brought, three questions taken, one line written later; for its owner alone."""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from freezegun import freeze_time
from lxml import html

from handrail.capabilities.starting_point.decisions import rules
from handrail.capabilities.starting_point.decisions.models import Decision
from handrail.foundation.audit.models import Event
from handrail.foundation.vault.models import KeyPair
from tests.factories.world import World
from tests.integration.page_forms import form_with
from tests.integration.starting_point.conftest import Visitor, visitor

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]
OF_ONE = ("decision", "decision_touches", "decision_day", "decision_calendar", "decision_outcome", "decision_delete")
PAPER = "Extend the contract for the repairs line\n\nThe supplier asks for two years. A self-service form is added."


def bring(one: Visitor, paper: str = PAPER) -> UUID:
    location = one.send("decisions", field="paper", paper=paper).headers["Location"]
    assert location.endswith("/touches/")
    return UUID(location.split("/")[2])


def three(page: str) -> list[str]:
    return [one.text_content() for one in html.document_fromstring(page).xpath("//main//ol[1]/li")]


def test_looking_makes_no_key(outsider: Visitor, world: World) -> None:
    assert "Find my questions" in outsider.text("decisions")
    for name in (
        "decision",
        "decision_touches",
        "decision_day",
        "decision_calendar",
        "decision_outcome",
        "decision_delete",
    ):
        assert outsider.page(name, uuid4()).status_code == 404
    assert not KeyPair.objects.filter(account=world.account("outsider")).exists()


def test_from_a_pasted_paper_to_three_questions_and_one_line(outsider: Visitor) -> None:
    before = Event.objects.count()
    decision = bring(outsider)
    touches = outsider.text("decision_touches", decision)
    assert "Words in your text point to these" in touches
    assert "Found in it: “Extend the contract”, “supplier”" in touches
    assert "Nobody has read them." in touches
    assert "Where the numbers come from" not in touches, "first what the text itself says"
    assert (
        "Where the numbers come from"
        in outsider.page("decision_touches", decision, query="?every-theme").content.decode()
    )
    chosen = outsider.post("decision_touches", decision, offered=["technology-3"], about_data=["data-1"])
    assert chosen.headers["Location"] == reverse("decision", args=[decision])
    assert "Where the numbers come from" in outsider.text("decision_touches", decision), "what was ticked is there"
    page = outsider.text("decision", decision)
    assert three(page) == [
        "How would we leave this supplier, and at what cost?",
        "Do we get all our data back, in a form that others can read?",
        "Where do the numbers in this come from, and how old are they?",
    ]
    assert "Extend the contract for the repairs line" in page
    assert "1. How would we leave" in page, "to copy"
    assert reverse("essential", args=["data-1"]) in page
    outsider.send("decision_outcome", decision, field="differently", differently="One year in place of two.")
    assert "One year in place of two." in outsider.text("decision", decision)
    assert "Looked back" in outsider.text("decisions")
    assert "One year in place of two." in outsider.text("decision_outcome", decision)
    assert Event.objects.count() == before, "the audit trail is told nothing"
    row = Decision.objects.get()
    assert b"supplier" not in bytes(row.paper) + bytes(row.heading)
    assert b"technology-3" not in bytes(row.heading)


def test_by_taps_alone_and_nothing_was_decided_differently(outsider: Visitor) -> None:
    page = outsider.page("decisions")
    location = form_with(page, "by_taps", "1").send(outsider.client).headers["Location"]
    decision = UUID(location.split("/")[2])
    assert "One tap is enough." in outsider.text("decision_touches", decision)
    assert "Open a theme and tick" in outsider.page("decision_touches", decision, query="?every-theme").content.decode()
    assert outsider.page("decision", decision).headers["Location"] == location, "first what it touches"
    outsider.post("decision_touches", decision, about_ai=["ai-1"])
    assert len(three(outsider.text("decision", decision))) == 3
    assert "What AI does well and gets wrong" in outsider.text("decisions")
    form_with(outsider.page("decision_outcome", decision), "nothing", "1").send(outsider.client)
    assert "Nothing was decided differently this time." in outsider.text("decision", decision)


def test_a_text_without_our_words_is_asked_one_question_and_a_tap_leads_to_three(outsider: Visitor) -> None:
    decision = bring(outsider, "Shall we repaint the railings of the retail park?")
    page = outsider.text("decision_touches", decision)
    assert "What would change hands?" in page
    assert "none of the words this page looks for" in page
    assert "Found in it" not in page, "“AI” is not in “retail”"
    assert "Open a theme" not in page
    said = outsider.client.post(reverse("decision_touches", args=[decision]), {"hands": "x\0"}).content.decode()
    assert "Please tap one of these." in said
    for tap, first in (
        ("money", "What is the smallest piece we could pay for first?"),
        ("data", "What would we hold about people, and why each piece of it?"),
        ("decides", "Could a person on the bus understand how this is decided?"),
        ("service", "Who needs this, and how do we know?"),
    ):
        outsider.client.post(reverse("decision_touches", args=[decision]), {"hands": tap})
        asked = three(outsider.text("decision", decision))
        assert (len(asked), asked[0]) == (3, first)
        assert "What would change hands?" in outsider.text("decision_touches", decision), "and may tap again"


def test_what_the_words_do_not_tell_is_one_tap_away_too(outsider: Visitor) -> None:
    decision = bring(outsider)
    assert "?something-else" in outsider.text("decision_touches", decision)
    asked = outsider.page("decision_touches", decision, query="?something-else").content.decode()
    assert "What would change hands?" in asked
    assert "none of the words" not in asked
    outsider.client.post(reverse("decision_touches", args=[decision]), {"hands": "service"})
    assert three(outsider.text("decision", decision))[0] == "Who needs this, and how do we know?"
    again = outsider.text("decision_touches", decision)
    assert "Found in it" in again
    assert " checked" not in again, "nobody ticked what came with the tap"


def test_a_week_later_the_page_asks_what_came_of_it(outsider: Visitor) -> None:
    decision = bring(outsider)
    outsider.post("decision_touches", decision, offered=["technology-3"])
    assert "Has it been decided" not in outsider.text("decisions") + outsider.text("decision", decision)
    with freeze_time(timezone.now() + timedelta(days=8)):
        assert "Has it been decided?" in outsider.text("decisions")
        assert "Has it been decided by now?" in outsider.text("decision", decision)


def test_home_has_the_questions_before_the_day_and_asks_once_afterwards(outsider: Visitor) -> None:
    decision = bring(outsider, "Shall we buy a booking system or wait, by 12 March? It costs £240,000.")
    outsider.post("decision_touches", decision, about_data=["data-1"])
    page = outsider.text("decision", decision)
    assert "“buy a booking system or wait”: what would each be like" in page
    assert "“£240,000”: what is not in it" in page
    assert "“by 12 March”, in your text" in page
    day = timezone.localdate() + timedelta(days=5)
    said = outsider.client.post(reverse("decision_day", args=[decision]), {"on": "2001-01-01"}).content.decode()
    assert "That day is over." in said
    for nasty in ("x", "2027-13-45", "9" * 400, "\0-1-1"):
        assert outsider.client.post(reverse("decision_day", args=[decision]), {"on": nasty}).status_code == 200
    sent = outsider.client.post(reverse("decision_day", args=[decision]), {"on": day.isoformat()})
    assert sent.headers["Location"] == reverse("decision", args=[decision])
    row = Decision.objects.get()
    assert (row.ahead, b"2026" in bytes(row.heading)) == (True, False)
    assert "Home has these ready before then." in outsider.text("decision", decision)
    assert "To be decided on" in outsider.text("decisions")

    def home(days: int) -> str:
        with freeze_time(timezone.now() + timedelta(days=days)):
            return outsider.text("home")

    assert "Your three questions for" in home(0)
    assert "booking" not in home(0), "nothing of what it is about"
    first = html.document_fromstring(home(2)).xpath("//main//h2")[0].text_content()
    assert first.startswith("Your three questions for")
    assert "Your three questions for today" in home(5)
    assert "Was anything decided differently?" in home(6)
    assert "Was anything decided differently?" not in home(20), "it is not asked for ever"
    outsider.post("decision_day", decision, **{"day-day": "1", "day-month": "13", "day-year": "2027", "called": "x"})
    outsider.post(
        "decision_day",
        decision,
        **{"day-day": str(day.day), "day-month": str(day.month), "day-year": str(day.year), "called": "the board"},
    )
    assert "Your three questions for the board" in home(4)
    with freeze_time(timezone.now() + timedelta(days=7)):
        assert "Not decided yet: another day" in outsider.text("decision_outcome", decision)
        assert "Not decided yet: another day" in outsider.text("decision", decision)
    outsider.client.post(reverse("decision_day", args=[decision]), {"on": "none"})
    assert "Your three questions for" not in home(0)
    outsider.client.post(reverse("decision_day", args=[decision]), {"on": day.isoformat()})
    outsider.send("decision_outcome", decision, field="differently", differently="We wait.")
    assert not Decision.objects.get().ahead
    assert "decided differently" not in home(6)


def test_the_day_before_goes_into_ones_own_calendar_and_says_nothing(outsider: Visitor) -> None:
    decision = bring(outsider)
    outsider.post("decision_touches", decision, about_data=["data-1"])
    assert outsider.page("decision_calendar", decision).status_code == 302, "no day yet"
    today = timezone.localdate()
    while today.weekday() != 0:  # from a Monday on
        today += timedelta(days=1)
    for days, which, begins in (
        (11, "week", (4, "090000")),  # a Friday, and the Friday before
        (11, "eve", (10, "090000")),
        (7, "eve", (4, "090000")),  # a Monday: the Friday before, no Sunday
        (5, "week", (4, "090000")),  # less than a week: the only one there is
        (1, "eve", (1, "080000")),
    ):
        day = today + timedelta(days=days)
        with freeze_time(datetime.combine(today, time(12), tzinfo=UTC)):
            outsider.client.post(reverse("decision_day", args=[decision]), {"on": day.isoformat()})
            assert "one entry, “Ten minutes”" in outsider.text("decision", decision)
            answer = outsider.client.get(reverse("decision_calendar", args=[decision]), {"which": which})
        entry = answer.content.decode()
        assert answer.headers["Content-Disposition"] == 'attachment; filename="handrail.ics"'
        assert "SUMMARY:Ten minutes" in entry
        assert "CLASS:PRIVATE" in entry
        assert f"{today + timedelta(days=begins[0]):%Y%m%d}T{begins[1]}" in entry
        assert [word for word in ("repairs", "supplier", "decision", str(decision)) if word in entry] == []


def test_between_choosing_and_nothing_chosen(outsider: Visitor) -> None:
    decision = bring(outsider)
    said = outsider.client.post(reverse("decision_touches", args=[decision]), {"csrf": "1"}).content.decode()
    assert "One is enough." in said
    assert said.count("Please look at this again") == 1
    assert "Where the numbers come from" not in said, "not ten themes beside a mistake"
    many = {"offered": ["technology-3", "inclusion-1"], "about_data": ["data-1", "data-2"]}
    said = outsider.post("decision_touches", decision, **many).content.decode()
    assert "Three at most: untap those that weigh less." in said
    assert said.count(" checked") == 4, "what was ticked is still ticked"
    said = outsider.post("decision_touches", decision, offered=["data-1"]).content.decode()
    assert "Please choose from these." in said


def test_what_cannot_be_kept_is_refused_kindly_and_comes_back(outsider: Visitor) -> None:
    assert "Write a line" in outsider.post("decisions", paper="  ").content.decode()
    long = outsider.post("decisions", paper="née " * 20_000).content.decode()
    assert "Please shorten this" in long
    assert long.count("née") > 19_000
    assert "a character in this that we cannot keep" in outsider.post("decisions", paper="a\0b").content.decode()
    assert not Decision.objects.exists()
    decision = bring(outsider)
    assert "Write a line, or tap" in outsider.post("decision_outcome", decision, differently="").content.decode()
    assert "Please shorten" in outsider.post("decision_outcome", decision, differently="x" * 301).content.decode()


def test_the_text_is_forgotten_and_the_questions_stay(outsider: Visitor) -> None:
    decision = bring(outsider)
    outsider.post("decision_touches", decision, offered=["technology-3"])
    size = len(bytes(Decision.objects.get().paper))
    assert "The supplier asks" in outsider.text("decision", decision)
    outsider.post("decision_paper_forget", decision)
    page = outsider.text("decision", decision)
    assert "The supplier asks" not in page
    assert len(three(page)) == 3
    assert len(bytes(Decision.objects.get().paper)) == size, "its size does not tell that it is gone"


def test_it_is_deleted_after_being_asked_once_more(outsider: Visitor) -> None:
    decision = bring(outsider)
    assert "Delete this decision?" in outsider.text("decision_delete", decision)
    assert outsider.post("decision_delete", decision).headers["Location"] == reverse("decisions")
    assert not Decision.objects.exists()


def test_nobody_else_finds_it(outsider: Visitor, world: World) -> None:
    decision = bring(outsider)
    for role in ("leader", "mentor", "coordinator", "administrator"):
        other = visitor(world, role)
        for name in OF_ONE:
            assert other.page(name, decision).status_code == 404, (role, name)
            assert name == "decision_calendar" or other.post(name, decision).status_code == 404, (role, name)
        assert other.post("decision_paper_forget", decision).status_code == 404
    assert Decision.objects.count() == 1


def test_the_newest_stand_first_and_pages_follow(outsider: Visitor) -> None:
    for number in range(12):
        bring(outsider, f"Paper {number:02}")
    first = html.document_fromstring(outsider.text("decisions"))
    listed = first.xpath("//main//ul[1]/li//a/text()")
    assert len(listed) == 10
    assert outsider.page("decisions", query="?page=2").status_code == 200
    assert outsider.page("decisions", query="?page=x9").status_code == 200


def test_on_one_day_the_newest_stands_first(outsider: Visitor) -> None:
    for name in ("First", "Second", "Third"):
        bring(outsider, name)
    page = html.document_fromstring(outsider.text("decisions"))
    assert page.xpath("//main//ul[1]/li//a/text()") == ["Third", "Second", "First"]


def test_there_is_an_end_to_what_is_kept(outsider: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_KEPT", 1)
    bring(outsider)
    said = outsider.client.post(reverse("decisions"), {"paper": "Another"}, follow=True).content.decode()
    assert "Delete one that is long past" in said
    assert Decision.objects.count() == 1


def test_a_lost_key_leaves_them_to_be_deleted_only(outsider: Visitor, world: World) -> None:
    decision = bring(outsider)
    fresh = visitor(world, "outsider")
    assert "/account/private/open/" in fresh.page("decisions").headers["Location"]
    form_with(fresh.page("safe_lost"), "device").send(fresh.client, understood="on", device="own")
    assert "Sealed with a key that is gone" in fresh.text("decisions")
    assert "nobody can open" in fresh.text("decision", decision)
    for name in ("decision_touches", "decision_calendar", "decision_outcome"):
        assert fresh.page(name, decision).headers["Location"] == reverse("decision", args=[decision])
    bring(fresh, "A new one")
    assert "A new one" in fresh.text("decisions")
    fresh.post("decision_paper_forget", decision)
    fresh.post("decision_delete", decision)
    assert Decision.objects.count() == 1


def test_what_was_typed_outlives_the_session(outsider: Visitor, world: World) -> None:
    client = outsider.client
    form = form_with(outsider.page("decisions"), "paper")
    del client.cookies["sessionid"]
    assert "login" in form.send(client, paper=PAPER).headers["Location"]
    client.force_login(world.account("outsider"), backend="handrail.capabilities.accounts.backends.AccountBackend")
    assert form_with(outsider.page("decisions"), "paper").fields["paper"].startswith("Extend the contract")


def test_a_question_that_does_not_fit_makes_way_for_another(outsider: Visitor) -> None:
    decision = bring(outsider)
    outsider.post("decision_touches", decision, offered=["technology-3"], about_data=["data-1"])
    before = three(outsider.text("decision", decision))
    asked = outsider.post("decision_swap", decision, question="data-1-1").content.decode()
    assert "In place of which one?" in asked
    assert all(question in html.document_fromstring(asked).text_content() for question in before)
    assert three(outsider.text("decision", decision)) == before, "nothing is changed by asking"
    outsider.post("decision_swap", decision, question="data-1-1/technology-3-0")
    after = three(outsider.text("decision", decision))
    assert after[1:] == before[1:]
    assert after[0] not in before
    for nonsense in ("", "data-1-1", "gone-1/data-1-1", "technology-3-0/technology-3-0", "technology-3-0/x", "\x00/"):
        outsider.post("decision_swap", decision, question=nonsense)
        assert three(outsider.text("decision", decision)) == after
    assert outsider.page("decision_swap", decision).status_code == 405
    assert outsider.client.post(reverse("decision_swap", args=[uuid4()])).status_code == 404
    assert b"data-1-1" not in bytes(Decision.objects.get().heading)


def test_taps_beside_a_box_keep_what_was_typed(outsider: Visitor) -> None:
    form = form_with(outsider.page("decisions"), "by_taps", "1")
    touches = form.send(outsider.client, paper=PAPER).headers["Location"]
    assert touches.endswith("/touches/?something-else"), "by tapping, as was asked"
    decision = UUID(touches.split("/")[2])
    outsider.post("decision_touches", decision, hands="money")
    outsider.post("decision_touches", decision, offered=["technology-3"])
    assert "Extend the contract" in outsider.text("decision", decision), "with the text"
    day = (timezone.localdate() + timedelta(days=5)).isoformat()
    (tap,) = [one for one in form_with(outsider.page("decision_day", decision), "called").buttons if one[1] == day] or [
        ("on", day)
    ]
    outsider.post("decision_day", decision, **{tap[0]: day, "called": "the repairs line"})
    assert "the repairs line" in outsider.text("home")
    form = form_with(outsider.page("decision_outcome", decision), "nothing", "1")
    form.send(outsider.client, differently="One year and not two")
    assert "One year and not two" in outsider.text("decision", decision), "a line is an answer"
