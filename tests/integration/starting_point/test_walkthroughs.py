"""From a worry to one thing done and passed on; private, shared only on purpose, readable on a strange device."""

import io
import re
import zipfile
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode
from lxml import html

from handrail.capabilities.pairings import actions as pairings
from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.people.models import Person
from handrail.capabilities.starting_point.walkthroughs.actions import wish_to_share_marks
from handrail.capabilities.starting_point.walkthroughs.models import Marks, SharedMarks
from handrail.capabilities.starting_point.walkthroughs.pack import walkthrough_pack
from handrail.foundation.audit.models import Event
from handrail.foundation.vault.keys import state_of
from handrail.foundation.vault.models import KeyPair
from handrail.foundation.vault.texts import open_vault
from tests.factories.world import World, agreed_pairing, person
from tests.integration.page_forms import form_with
from tests.integration.starting_point.conftest import Visitor, visitor

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]
SEEN = "who-sees-what"
STEP = "/plan/{0}/step/{0}/".format("0f6a2f9e-5a2b-4c8e-9a51-0d7a3f1f2b11")


def mark(one: Visitor, item: str, what: str, walkthrough: str = SEEN) -> str:
    """Tap a mark; where it leads."""
    return str(one.post("walkthrough_item", walkthrough, item, mark=what).headers["Location"])


def main_of(page: str) -> str:
    return " ".join(html.document_fromstring(page).xpath("//main")[0].text_content().split())


@pytest.fixture
def paired(world: World, leader: Visitor, mentor: Visitor) -> int:
    """Both have opened their private space and have a conversation; the leader has done one thing and left one."""
    for one in (leader, mentor):
        one.post("safe_open", device="own")
    leader.text("pairing_notes", world.pairing.pk)
    world.pairing.refresh_from_db()
    mark(leader, "phone", "done")
    mark(leader, "stranger", "not_done")
    assert world.pairing.conversation_id is not None
    return int(world.pairing.conversation_id)


def test_looking_makes_no_key_and_leaves_no_row(outsider: Visitor, world: World) -> None:
    for name in ("walkthroughs", "walkthroughs_delete"):
        outsider.text(name)
    for name in ("walkthrough", "walkthrough_networks", "walkthrough_print", "walkthrough_pass_on"):
        outsider.text(name, SEEN)
    outsider.text("walkthrough_item", SEEN, "phone")
    assert outsider.page("walkthroughs_share").headers["Location"] == reverse("walkthroughs")
    assert not Marks.objects.exists()
    assert not KeyPair.objects.filter(account=world.account("outsider")).exists()


def test_every_worry_opens_walkthroughs_and_those_that_were_told_come_first(outsider: Visitor) -> None:
    page = html.document_fromstring(outsider.text("walkthroughs"))
    *topics, who_sees = page.xpath("//details[not(ancestor::details)]")
    assert "Nobody but you can read" in who_sees.text_content()
    assert len(topics) == 8
    leading_on = [one for one in topics if one.xpath(".//li//a[contains(@href, '/walk-throughs/')]")]
    assert len(leading_on) == 6
    for one in topics:
        assert one in leading_on or len(one.xpath(".//ol/li")) >= 3, "or the one step that helps"
    for one in leading_on:
        (first,) = one.xpath(".//li[count(ancestor::details) = 1]")
        assert "/do/" in first.xpath(".//a")[0].get("href"), "one short thing"
        assert re.search(r"About [2-5] minutes", first.text_content())
        (rest,) = one.xpath(".//details")
        assert rest.xpath("string(summary)").strip() == "More on this, to choose from"
    assert page.xpath("//details[@open]") == []
    outsider.tap("worries", "abuse", "time")
    page = html.document_fromstring(outsider.text("walkthroughs"))
    assert page.xpath("//details[@open]") == [], "nothing stands open for whoever sits beside one on a train"
    topics = [one.xpath("string(summary)").strip() for one in page.xpath("//details[not(ancestor::details)]")]
    assert topics[:2] == ["Abuse and unkind messages", "Your time"]
    assert not {"Abuse", "Looking foolish"} & set(topics)


def test_the_lock_on_the_door_comes_first_for_whoever_fears_to_be_broken_into(outsider: Visitor) -> None:
    outsider.tap("worries", "security")
    page = html.document_fromstring(outsider.text("walkthroughs"))
    first = page.xpath("//details")[0]
    assert first.xpath("string(summary)").strip() == "Accounts and passwords"
    assert first.xpath("string(.//li//a)") == "Make sure your phone locks"


def test_from_a_worry_to_one_thing_done_and_passed_on(outsider: Visitor, world: World) -> None:
    before = Event.objects.count()
    end = reverse("walkthrough_item", args=[SEEN, "stranger"])
    assert mark(outsider, "stranger", "done") == end
    page = outsider.client.get(end).content.decode()
    assert "That is enough for one day." in page
    assert "Done, on " in page
    assert reverse("walkthrough_pass_on", args=[SEEN]) in page
    assert "If you like: one sentence helps somebody else" in outsider.text("walkthrough", SEEN)
    assert state_of(world.account("outsider").pk).devices == 1
    assert "Look at your own page while you are signed out." in outsider.text("walkthrough_pass_on", SEEN)
    assert outsider.post("walkthrough_pass_on", SEEN).status_code == 302
    assert "You have passed this on." in outsider.text("walkthrough", SEEN)
    assert "You have noted that you passed it on." in outsider.text("walkthrough_pass_on", SEEN)
    assert Event.objects.count() == before, "the audit trail is told nothing"
    assert b"stranger" not in bytes(Marks.objects.get().sheet)


def test_not_yet_and_not_for_me_lead_on_and_it_is_resumed_where_one_stopped(outsider: Visitor) -> None:
    outsider.post("walkthrough_networks", SEEN)
    assert mark(outsider, "stranger", "not_done").endswith("/do/phone/")
    assert mark(outsider, "phone", "not_for_me").endswith("/do/places/")
    assert mark(outsider, "places", "not_for_me").endswith("/do/trail/")
    assert mark(outsider, "trail", "not_for_me").endswith("/do/close/")
    assert mark(outsider, "close", "not_for_me").endswith("/do/role/")
    page = outsider.text("walkthroughs")
    assert "The next small thing, if you like" in page
    assert "Change one thing on the account you use most" in page
    assert mark(outsider, "role", "not_done").endswith("/do/one-setting/")
    assert mark(outsider, "one-setting", "not_done") == reverse("walkthrough", args=[SEEN])
    assert "The next small thing, if you like" not in outsider.text("walkthroughs")
    item = outsider.client.get(reverse("walkthrough_item", args=[SEEN, "phone"]) + "?whole=1").content.decode()
    assert re.search(r"Not for me</span>\s*<span[^>]*>Your mark so far", item)


EMAIL = ("passkeys-and-two-step", "email")
TALK = ("family-and-children", "talk")


def tap(one: Visitor, button: str, item: tuple[str, str], query: str = "") -> str:
    """Tap this button of the item's page; the page it leads to."""
    address = reverse("walkthrough_item", args=item) + query
    page = html.document_fromstring(one.client.get(address).content.decode())
    for form in page.forms:
        fields = dict(form.form_values())
        for tapped in form.xpath(".//button"):
            if tapped.text_content().strip().startswith(button):
                if tapped.get("name"):
                    fields[tapped.get("name")] = tapped.get("value")
                answer = one.client.post(form.get("action") or address, fields, follow=True)
                return main_of(answer.content.decode())
    raise AssertionError(f"no button “{button}”")


def test_one_thing_a_screen_for_the_chosen_case_only_and_back_and_forth(outsider: Visitor) -> None:
    address = reverse("walkthrough_item", args=EMAIL)
    page = main_of(outsider.client.get(address).content.decode())
    assert "Which of these does your mail look like?" in page
    assert "account.microsoft.com" not in page, "only what one chose is shown"
    first = tap(outsider, "outlook.com", EMAIL)
    assert "1 of 4" in first
    assert "account.microsoft.com" in first
    assert "You then see:your name" in first
    assert "Gmail" not in first
    second = tap(outsider, "Done", EMAIL)
    assert "2 of 4" in second
    assert "account.microsoft.com" not in second
    strange = main_of(outsider.client.get(f"{address}?at=1").content.decode())
    assert "1 of 4" in strange, "back"
    assert "Forward again" in strange
    assert "2 of 4" in main_of(outsider.client.get(address).content.decode()), "resumed where one is"
    assert "Chosen so far" in main_of(outsider.client.get(f"{address}?at=0").content.decode())
    assert b"outlook" not in bytes(Marks.objects.get().sheet)
    tap(outsider, "Done", EMAIL)
    tap(outsider, "Done", EMAIL)
    end = tap(outsider, "Done", EMAIL)
    assert "Done, on " in end
    assert "Do it for another one as well" in end
    assert "It counts wherever this comes up again." in main_of(outsider.client.get(address).content.decode())


def test_what_is_not_there_is_helped_with_and_asked_about_at_the_end(outsider: Visitor) -> None:
    tap(outsider, "gmail.com", EMAIL)
    tap(outsider, "Done", EMAIL)
    page = outsider.text("walkthrough_item", *EMAIL)
    (missing,) = html.document_fromstring(page).xpath("//a[normalize-space() = 'It is not here']/@href")
    help_page = main_of(outsider.client.get(missing).content.decode())
    assert "It is not you." in help_page
    assert "Security and sign-in" in help_page, "what to type into the search box"
    query = missing.partition("?")[2]
    assert "3 of 4" in tap(outsider, "Go on without it", EMAIL, f"?{query}")
    tap(outsider, "Done", EMAIL)
    assert "How is it?" in tap(outsider, "Done", EMAIL)
    assert "How is it?" in main_of(outsider.text("walkthrough_item", *EMAIL)), "it waits for the answer"
    tap(outsider, "Not yet", EMAIL)
    assert "1 of" in tap(outsider, "icloud.com", EMAIL)


def test_whoever_stops_finds_it_where_they_stopped(outsider: Visitor) -> None:
    tap(outsider, "Done", TALK)
    page = tap(outsider, "Stop for now", TALK)
    assert "It waits for you, just where you stopped." in page
    assert "It waits where you stoppedTalk before you touch a setting" in page
    assert "2 of 3" in main_of(outsider.text("walkthrough_item", *TALK))
    assert "Begun" in main_of(outsider.text("walkthrough", TALK[0]))
    assert "3 of 3" in tap(outsider, "The rest of this one", TALK, "?at=2&missing=1")
    assert "Done, on " in tap(outsider, "Done", TALK)
    assert "Go through it again" in main_of(outsider.text("walkthrough_item", *TALK))
    assert "1 of 3" in main_of(outsider.page("walkthrough_item", *TALK, query="?at=1").content.decode())
    assert "Done already, on " in main_of(outsider.text("walkthrough", TALK[0]))


def test_what_does_not_fit_leads_to_another_one(outsider: Visitor) -> None:
    page = outsider.text("walkthrough_item", *TALK)
    (unfit,) = html.document_fromstring(page).xpath("//a[normalize-space() = 'This does not fit me']/@href")
    assert "Another one, in its place: Agree a word at home." in main_of(outsider.client.get(unfit).content.decode())
    assert "Agree a word at home" in tap(outsider, "Another one", TALK, "?" + unfit.partition("?")[2])
    from_a_step = f"?step={STEP}&at=1&missing=1"
    page = main_of(outsider.page("walkthrough_item", *TALK, query=from_a_step).content.decode())
    assert "Another one" not in page, "from a step one goes back to it"
    assert "2 of 3" in tap(outsider, "The rest of this one", TALK, from_a_step)


def test_what_was_told_is_begun_with_one_tap_that_names_nothing(outsider: Visitor) -> None:
    assert "One small thing for you" not in outsider.text("walkthroughs")
    outsider.tap("worries", "no_answer", "family")
    page = html.document_fromstring(outsider.text("walkthroughs"))
    (panel,) = page.xpath("//section[h2 = 'One small thing for you']")
    assert "About 5 minutes." in panel.text_content()
    assert "what others show" not in panel.text_content(), "nobody beside one reads what was told"
    (begin,) = panel.xpath(".//a/@href")
    assert begin == reverse("walkthrough_item", args=["family-and-children", "others"])


def test_where_something_has_happened_one_goes_on_and_elsewhere_one_may_stop(outsider: Visitor) -> None:
    taken = ("when-an-account-is-taken", "tell")
    tap(outsider, "Done", taken)
    end = tap(outsider, "Done", taken)
    assert "Next: Tell those who need to know (About 5 minutes)" in end
    assert "enough for one day" not in end


def test_the_last_part_does_the_step_it_was_opened_from_in_one_tap(outsider: Visitor) -> None:
    step = STEP
    address = reverse("walkthrough_item", args=["when-an-account-is-taken", "tell"]) + f"?step={step}"
    assert "marks the step in your plan as done" not in outsider.client.get(address).content.decode()
    first = outsider.client.post(address, {"does": "done", "at": "1"})
    assert first.status_code == 302
    assert "marks the step in your plan as done" in outsider.client.get(address).content.decode()
    last = outsider.client.post(address, {"does": "done", "at": "2"})
    assert (last.status_code, last.headers["Location"]) == (307, step)


def test_whoever_is_not_sure_is_led_back_to_the_choice(outsider: Visitor) -> None:
    tap(outsider, "I am not sure", EMAIL)
    tap(outsider, "Done", EMAIL)
    assert "Which of these does your mail look like?" in tap(outsider, "Done", EMAIL)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"does": "done", "at": "9"}, "Please go on from here."),
        ({"does": "done", "at": "0"}, "Please go on from here."),
        ({"does": "left_out", "at": "-1"}, "Please go on from here."),
        ({"does": "stop", "at": "9" * 5000}, "Please go on from here."),
        ({"does": "stop", "at": "one\0"}, "Please go on from here."),
        ({"case": "telex"}, "Tap the one that fits best."),
        ({"case": "\0"}, "Tap the one that fits best."),
        ({"does": "burn"}, "Tap one of the three"),
    ],
)
def test_a_tap_that_is_none_is_refused_kindly(outsider: Visitor, fields: dict[str, str], said: str) -> None:
    answer = outsider.client.post(reverse("walkthrough_item", args=TALK), fields, follow=True)
    assert said in answer.content.decode()
    assert not Marks.objects.exists()


@pytest.mark.parametrize("query", ["?at=99", "?at=-1", "?at=", "?at=%00", "?at=" + "9" * 999])
def test_a_number_that_is_none_begins_where_one_is(outsider: Visitor, query: str) -> None:
    assert "1 of 3" in main_of(outsider.page("walkthrough_item", *TALK, query=query).content.decode())


def test_one_part_opened_from_a_step_stands_alone_and_leads_back_to_it(outsider: Visitor) -> None:
    item = reverse("walkthrough_item", args=EMAIL)
    page = html.document_fromstring(outsider.client.get(f"{item}?step={STEP}").content.decode())
    assert page.xpath(f"//a[@href='{STEP}']")
    (more,) = page.xpath("//main//details")
    assert "More of this, for another day" in more.text_content()
    assert len(more.xpath(".//li")) == len(walkthrough_pack()[EMAIL[0]].items) - 1
    assert "1 of 3" in tap(outsider, "icloud.com", EMAIL, f"?step={STEP}")
    assert outsider.client.post(f"{item}?step={STEP}", {"mark": "done"}).headers["Location"] == STEP
    for at in ("1", "2"):
        answer = outsider.client.post(
            f"{reverse('walkthrough_item', args=TALK)}?step={STEP}", {"does": "done", "at": at}
        )
        assert f"step={STEP.replace('/', '%2F')}" in answer.headers["Location"]
    answer = outsider.client.post(f"{reverse('walkthrough_item', args=TALK)}?step={STEP}", {"does": "done", "at": "3"})
    assert answer.headers["Location"] == STEP
    assert "The other parts" in outsider.client.get(f"{item}?at=0").content.decode()
    ended = outsider.client.get(f"{item}?step={STEP}").content.decode()
    assert "Back to your step" in ended


def test_all_of_it_is_read_on_one_page_or_on_paper(outsider: Visitor) -> None:
    item = reverse("walkthrough_item", args=EMAIL) + "?whole=1"
    page = html.document_fromstring(outsider.client.get(item).content.decode())
    cases = [one.xpath("string(summary)").strip() for one in page.xpath("//main//details")][:-1]
    assert cases[0] == "gmail.com, or googlemail.com"
    assert "I am not sure" in cases
    assert not page.xpath("//main//details[@open]"), "one thing at a time"
    (microsoft,) = page.xpath("//main//details[contains(summary, 'hotmail.com')]")
    assert "account.microsoft.com" in microsoft.text_content()
    paper = html.document_fromstring(
        outsider.client.get(reverse("walkthrough_print", args=["passkeys-and-two-step"])).content.decode()
    )
    on_paper = [one.text_content() for one in paper.xpath("//main//h3")]
    assert set(cases) <= set(on_paper)
    assert "Then, for all of them" in on_paper


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/plan/", "/home/", "\0", "x" * 5000])
def test_a_part_leads_back_to_steps_of_a_plan_only(outsider: Visitor, elsewhere: str) -> None:
    item = reverse("walkthrough_item", args=["passkeys-and-two-step", "email"])
    assert elsewhere not in outsider.client.get(item, {"step": elsewhere}).content.decode().partition("<main")[2]
    answer = outsider.client.post(item, {"mark": "done"}, QUERY_STRING=urlencode({"step": elsewhere}))
    assert answer.headers["Location"] == item


def test_a_mark_that_is_none_is_refused_kindly(outsider: Visitor) -> None:
    for wrong in ("", "broken", "done\0", "x" * 9000):
        said = outsider.client.post(reverse("walkthrough_item", args=[SEEN, "phone"]), {"mark": wrong}, follow=True)
        assert "Tap one of the three" in said.content.decode(), wrong
    assert not Marks.objects.exists()


@pytest.mark.parametrize("address", ["none/", "none/print/", "none/pass-on/", f"{SEEN}/do/none/"])
def test_what_is_not_there_is_not_found(outsider: Visitor, address: str) -> None:
    assert outsider.client.get(f"/walk-throughs/{address}").status_code == 404
    assert outsider.client.post(f"/walk-throughs/{address}").status_code in (404, 405)


def test_networks_decide_what_one_meets(outsider: Visitor) -> None:
    first = outsider.text("walkthrough", SEEN)
    assert reverse("walkthrough_networks", args=[SEEN]) in first
    assert "Choose what TikTok shows" in first
    answer = outsider.post("walkthrough_networks", SEEN, networks=["linkedin", "mastodon"])
    assert answer.headers["Location"].endswith("/do/one-setting/")
    page = main_of(outsider.text("walkthrough", SEEN))
    assert "Choose what LinkedIn shows" in page
    assert "Choose what TikTok shows" not in page
    assert "Your networks: LinkedIn, Mastodon." in page
    assert "1 of 3" in main_of(outsider.text("walkthrough_item", SEEN, "tiktok")), "it stays there by its address"
    outsider.post("walkthrough_networks", SEEN)
    assert "Your networks: None of these." in main_of(outsider.text("walkthrough", SEEN))
    refused = outsider.post("walkthrough_networks", SEEN, networks=["telex"])
    assert "Please choose from these" in refused.content.decode()
    assert b"linkedin" not in bytes(Marks.objects.get().sheet)


def test_all_marked_leads_to_the_overview(outsider: Visitor) -> None:
    outsider.post("walkthrough_networks", SEEN)
    for item in ("one-setting", "stranger", "phone", "places", "trail", "close", "role"):
        mark(outsider, item, "done")
    assert "Go on</a>" not in outsider.text("walkthrough", SEEN)
    assert outsider.post("walkthrough_networks", SEEN).headers["Location"] == reverse("walkthrough", args=[SEEN])
    assert "Pass this over" not in outsider.text("walkthrough_networks", SEEN)


def test_paper_holds_no_mark(outsider: Visitor) -> None:
    mark(outsider, "phone", "done")
    printed = outsider.text("walkthrough_print", SEEN)
    fresh = Client()
    assert "See what your phone shares" in printed
    assert "https://" in printed
    for words in ("Not yet", "1 done", "Your networks"):
        assert words not in printed
    page = html.document_fromstring(outsider.text("walkthrough", SEEN))
    on_paper = [one for one in page.xpath("//*[contains(@class, 'hr-tag')]") if not in_screen_only(one)]
    assert on_paper == []
    assert fresh.get(reverse("walkthrough_print", args=[SEEN])).status_code == 302, "for people of the installation"


def in_screen_only(element: html.HtmlElement) -> bool:
    return any("hr-no-print" in (one.get("class") or "") for one in element.iterancestors())


def test_a_strange_device_reads_everything_but_marks(leader: Visitor, world: World, paired: int) -> None:
    strange = visitor(world, "leader")
    for page in (strange.text("walkthroughs"), strange.text("walkthrough", SEEN)):
        assert "Your marks are locked away" in page
        assert "1 done" not in page
        assert "Not yet" not in main_of(page)
    assert "Permission manager" in strange.text("walkthrough_item", SEEN, "phone")
    assert reverse("walkthrough_networks", args=[SEEN]) in strange.text("walkthrough", SEEN)
    sent = strange.post("walkthrough_item", SEEN, "role", mark="done")
    assert "/account/private/open/" in sent.headers["Location"], "a mark is not lost: it waits until it is opened"
    assert "1 done" in leader.text("walkthroughs")


def test_a_lost_key_begins_anew(leader: Visitor, world: World, paired: int) -> None:
    fresh = visitor(world, "leader")
    form_with(fresh.page("safe_lost"), "device").send(fresh.client, understood="on", device="own")
    assert "1 done" not in fresh.text("walkthroughs")
    mark(fresh, "role", "done")
    assert "1 done" in fresh.text("walkthroughs")
    assert Marks.objects.count() == 1


def test_the_mentor_sees_what_was_previewed_and_what_is_not_done_only_when_ticked(
    leader: Visitor, mentor: Visitor, world: World, paired: int
) -> None:
    assert "walk-throughs" not in mentor.text("pairing", world.pairing.pk)
    assert "Nothing is shared here" in mentor.text("pairing_walkthroughs", world.pairing.pk)
    preview = leader.post("walkthroughs_share", names=[SEEN]).content.decode()
    assert "Nothing is shared yet." in preview
    assert not SharedMarks.objects.exists()
    leader.post("walkthroughs_share", names=[SEEN], does="share")
    assert "From Leader’s walk-throughs" in mentor.text("pairing", world.pairing.pk)
    page = mentor.text("pairing_walkthroughs", world.pairing.pk)
    assert "See what your phone shares" in page
    assert "Look at yourself as a stranger" not in page + preview
    leader.post("walkthroughs_share", names=[SEEN, "also_open"], does="share")
    page = mentor.text("pairing_walkthroughs", world.pairing.pk)
    assert "Look at yourself as a stranger" in page
    assert "Not yet" in page
    assert SharedMarks.objects.count() == 1
    assert SharedMarks.objects.get().shared_on >= date(2026, 1, 1)
    own = leader.text("pairing_walkthroughs", world.pairing.pk)
    assert "Change it or take it back" in own
    for role in ("outsider", "coordinator", "foreign_coordinator"):
        assert visitor(world, role).page("pairing_walkthroughs", world.pairing.pk).status_code == 404, role


def test_later_marks_are_not_shared_by_themselves_and_all_is_taken_back(
    leader: Visitor, mentor: Visitor, world: World, paired: int
) -> None:
    mark(leader, "phone-number", "done", "recovery-details")
    leader.post("walkthroughs_share_with", paired, names=[SEEN, "recovery-details"], does="share")
    mark(leader, "role", "done")
    assert "what your role makes public" not in mentor.text("pairing_walkthroughs", world.pairing.pk)
    share = leader.text("walkthroughs_share")
    assert "Mentor can see this since" in share
    assert "All of it" in share
    leader.post("walkthroughs_take_back", paired, walkthrough=SEEN)
    page = mentor.text("pairing_walkthroughs", world.pairing.pk)
    assert "Check the phone number" in page
    assert "See what your phone shares" not in page
    leader.post("walkthroughs_take_back", paired, walkthrough="")
    assert not SharedMarks.objects.exists()
    assert "Nothing is shared here" in mentor.text("pairing_walkthroughs", world.pairing.pk)
    assert leader.post("walkthroughs_take_back", paired).status_code == 302, "twice does no harm"


def test_what_cannot_be_shared_says_why(leader: Visitor, paired: int) -> None:
    assert "Nothing is shared so far" in leader.post("walkthroughs_share", does="preview").content.decode()
    mark(leader, "phone-number", "not_done", "recovery-details")
    said = leader.post("walkthroughs_share", names=["recovery-details"]).content.decode()
    assert "Nothing is marked as done in one of these" in said
    assert "Please choose from these" in leader.post("walkthroughs_share", names=["none"]).content.decode()
    assert leader.page("walkthroughs_share_with", 0).status_code == 404
    assert not SharedMarks.objects.exists()


def test_a_wish_waits_for_a_mentor_and_can_be_dropped(outsider: Visitor, world: World) -> None:
    mark(outsider, "phone", "done")
    assert "You have no mentor yet" in outsider.text("walkthroughs_share")
    said = outsider.client.post(reverse("walkthroughs_share"), {"names": [SEEN], "does": "share"}, follow=True)
    assert "Kept for later" in said.content.decode()
    assert Marks.objects.get().wish_waits
    outsider.post("walkthroughs_wish_drop")
    assert not Marks.objects.get().wish_waits
    outsider.post("walkthroughs_share", names=[SEEN], does="share")
    helper = person(world.organisation, "Helper", line=Person.Line.KNOWN)
    Person.objects.filter(pk=world.persons["outsider"].pk).update(line=Person.Line.KNOWN)
    both = {"leader": Person.objects.get(pk=world.persons["outsider"].pk), "mentor": helper}
    agreed = agreed_pairing(world.organisation, {**world.persons, **both})
    outsider.text("walkthroughs")
    assert Marks.objects.get().wish_waits, "no conversation yet: the wish waits on"
    theirs = visitor_of(helper.account)
    theirs.post("safe_open", device="own")
    theirs.text("pairing_notes", agreed.pk)
    assert "as you wished" in outsider.text("pairing", agreed.pk)
    assert "See what your phone shares" in theirs.text("pairing_walkthroughs", agreed.pk)
    assert not Marks.objects.get().wish_waits


def visitor_of(account: object) -> Visitor:
    client = Client()
    client.force_login(account, backend="handrail.capabilities.accounts.backends.AccountBackend")  # type: ignore[arg-type]
    return Visitor(client)


def test_of_two_mentors_one_is_chosen(leader: Visitor, mentor: Visitor, world: World, paired: int) -> None:
    second = person(world.organisation, "Second", line=Person.Line.KNOWN)
    other = agreed_pairing(world.organisation, {**world.persons, "mentor": second})
    visitor_of(second.account).post("safe_open", device="own")
    leader.text("pairing_notes", other.pk)
    page = leader.text("walkthroughs_share")
    assert "With whom do you want to share?" in page
    other.refresh_from_db()
    leader.post("walkthroughs_share_with", other.conversation_id, names=[SEEN], does="share")
    assert [row.conversation_id for row in SharedMarks.objects.all()] == [other.conversation_id]
    mark(leader, "role", "done")
    Marks.objects.update(wish_waits=True)
    assert "as you wished" not in leader.text("walkthroughs"), "nothing is sealed for one of two by chance"


def test_the_end_of_the_pairing_deletes_the_copy_and_deleting_deletes_all(
    leader: Visitor, world: World, paired: int
) -> None:
    leader.post("walkthroughs_share", names=[SEEN], does="share")
    pairing = Pairing.objects.get(pk=world.pairing.pk)
    pairings.change_pairing(by=world.account("leader"), pairing=pairing, state=Pairing.State.ENDED)
    assert not SharedMarks.objects.exists()
    assert Marks.objects.exists()
    assert "Delete your marks?" in leader.text("walkthroughs_delete")
    leader.post("walkthroughs_delete")
    assert not Marks.objects.exists()


def test_a_mentor_with_a_new_key_cannot_read_what_was_shared_before(leader: Visitor, world: World, paired: int) -> None:
    leader.post("walkthroughs_share", names=[SEEN], does="share")
    fresh = visitor(world, "mentor")
    form_with(fresh.page("safe_lost"), "device").send(fresh.client, understood="on", device="own")
    assert "See what your phone shares" not in fresh.text("pairing_walkthroughs", world.pairing.pk)


def test_whoever_began_again_takes_back_what_they_cannot_open_and_wishes_end(
    leader: Visitor, world: World, paired: int
) -> None:
    leader.post("walkthroughs_share", names=[SEEN], does="share")
    fresh = visitor(world, "leader")
    form_with(fresh.page("safe_lost"), "device").send(fresh.client, understood="on", device="own")
    assert fresh.post("walkthroughs_share", names=[SEEN], does="share").status_code == 200, "nothing marked any more"
    mark(fresh, "role", "done")
    said = fresh.post("walkthroughs_share", names=[SEEN], does="share").content.decode()
    assert "cannot be sealed for the two of you yet" in said, "the mentor has not shared their notes again"
    vault = open_vault(fresh.page("home").wsgi_request)
    assert vault is not None
    wish_to_share_marks(by=world.account("leader"), vault=vault, names=[SEEN])
    assert "as you wished" not in fresh.text("walkthroughs")
    fresh.post("walkthroughs_take_back", paired)
    assert not SharedMarks.objects.exists()


def test_a_wish_for_what_is_not_marked_any_more_ends_quietly(leader: Visitor, world: World, paired: int) -> None:
    Marks.objects.update(wish_waits=True)
    assert "as you wished" not in leader.text("walkthroughs")
    assert not Marks.objects.get().wish_waits


def test_what_a_mentor_is_shown_is_in_their_data_too(leader: Visitor, mentor: Visitor, paired: int) -> None:
    """As long as their key opens it; the page with all of it stands in test_own_data."""
    leader.post("walkthroughs_share", names=[SEEN], does="share")
    assert b"See what your phone shares" in archive_of(mentor)


def archive_of(one: Visitor) -> bytes:
    answer = form_with(one.page("account_data"), "csrfmiddlewaretoken").send(one.client)
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def test_whoever_told_such_a_worry_is_asked_once_whether_it_happened_and_begins_there(
    outsider: Visitor, world: World
) -> None:
    outsider.tap("worries", "time")
    assert "Should something have happened online:" not in outsider.text("walkthroughs")
    outsider.tap("worries", "security", "time")
    page = outsider.text("walkthroughs")
    assert "Should something have happened online:" in page
    for nonsense in ("", "account2", "\x00"):
        refused = outsider.post("walkthroughs_happened", happened=nonsense)
        assert refused.headers["Location"] == reverse("walkthroughs_happened")
        assert not Marks.objects.exists()
    yes = outsider.post("walkthroughs_happened", happened="account").headers["Location"]
    assert yes == reverse("walkthrough_item", args=["when-an-account-is-taken", "email"])
    page = outsider.text("walkthroughs")
    assert "Should something have happened online:" not in page
    assert yes in page, "what to do now stands on top, unnamed"
    assert b"account" not in bytes(Marks.objects.get().sheet)
    no = outsider.post("walkthroughs_happened", happened="nothing").headers["Location"]
    assert no == reverse("walkthroughs")
    assert yes not in html.document_fromstring(outsider.text("walkthroughs")).xpath(
        "//*[contains(@class, 'hr-panel')]//a/@href"
    )


def test_the_page_that_asks_is_there_for_whoever_wants_it_and_makes_no_key(outsider: Visitor, world: World) -> None:
    assert "Has something happened already?" in outsider.text("walkthroughs_happened")
    assert not KeyPair.objects.filter(account=world.account("outsider")).exists()


def test_the_result_leads_there_and_not_for_everybody(outsider: Visitor) -> None:
    four = (("role_goal", "save_money"), ("audience", "staff"), ("online_now", "announce"), ("last_answer", "never"))
    for question, answer in four:
        outsider.tap(question, answer)
    there = reverse("walkthroughs_happened")
    assert there not in outsider.text("starting_point_result")
    outsider.tap("worries", "abuse")
    result = html.document_fromstring(outsider.text("starting_point_result"))
    (link,) = result.xpath(f"//a[@href='{there}']")
    assert link.xpath("ancestor::*[contains(@class, 'hr-no-print')]"), "paper says nothing of it"
