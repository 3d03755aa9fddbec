"""The conversation: looking makes no key, an answer is sealed and asks for nothing, one goes on where one stopped."""

from typing import Any

import pytest
from django.urls import reverse

from handrail.capabilities.accounts.actions import erase_account
from handrail.capabilities.starting_point.models import FindingWord, Invitation, SharedCopy, StartingPoint
from handrail.foundation.audit.models import Event
from handrail.foundation.vault import keys
from handrail.foundation.vault.models import CarriedForm, KeyPair
from tests.factories.world import World
from tests.integration.page_forms import form_with
from tests.integration.starting_point.conftest import BACKEND, IDS, Visitor, visitor

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]
SECRET = "Nobody knows that I never open the dashboards"


def where(response: object) -> str:
    return str(response.headers["Location"])  # type: ignore[attr-defined]


def test_looking_uses_nothing_up_and_makes_no_key(world: World, outsider: Visitor) -> None:
    page = outsider.text("starting_point")
    assert "I ask now because the plans are being made." in page
    assert "Coordinator" in page
    assert "freedom of information" in page
    first = outsider.text("starting_point_question", "role_goal")
    assert not any(word in first for word in ("phrase", "recovery", "passkey"))
    for name in ("starting_point_go_on", "starting_point_result", "starting_point_answers", "starting_point_share"):
        assert where(outsider.page(name)) == reverse("starting_point")
    assert not KeyPair.objects.filter(account=world.account("outsider")).exists()
    assert not StartingPoint.objects.exists()
    assert not Invitation.objects.get().started


def test_the_first_answer_is_sealed_to_this_device_and_asks_for_nothing(world: World, outsider: Visitor) -> None:
    answer = outsider.tap("role_goal", "save_money", words=SECRET)
    assert where(answer) == reverse("starting_point_question", args=["audience"])
    row = StartingPoint.objects.get()
    assert SECRET.encode() not in bytes(row.sheet)
    assert b"save_money" not in bytes(row.sheet)
    assert keys.state_of(world.account("outsider").pk).devices == 1
    assert Invitation.objects.get().started
    assert SECRET in outsider.text("starting_point_question", "role_goal")


def test_the_sheet_is_as_long_after_one_answer_as_after_all(outsider: Visitor) -> None:
    outsider.tap("time", "none_now")
    before = len(bytes(StartingPoint.objects.get().sheet))
    outsider.answer_four()
    assert len(bytes(StartingPoint.objects.get().sheet)) == before


def test_every_question_can_be_passed_over_changed_and_come_back_to(outsider: Visitor) -> None:
    outsider.tap("role_goal", "save_money")
    for question in IDS[1:]:
        passed = outsider.post("starting_point_question", question, **{"pass": "1"})
    assert where(passed) == reverse("starting_point_result")
    assert StartingPoint.objects.get().at_rest
    assert "3 more answers" in outsider.text("starting_point_result")
    changed = outsider.client.post(
        reverse("starting_point_question", args=["role_goal"]) + "?from=answers", {"options": ["win_trust"]}
    )
    assert where(changed) == reverse("starting_point_answers")
    assert "Win people’s trust" in outsider.text("starting_point_answers")
    assert "Spend less" not in outsider.text("starting_point_answers")


def test_one_goes_on_where_one_stopped_and_home_says_so(outsider: Visitor) -> None:
    assert "Coordinator asks you for five minutes" in outsider.text("home")
    outsider.tap("role_goal", "save_money")
    outsider.tap("audience", "staff")
    assert "Go on with your starting point" in outsider.text("home")
    assert where(outsider.page("starting_point_go_on")) == reverse("starting_point_question", args=["audience_places"])
    outsider.post("starting_point_rest")
    home = outsider.text("home")
    assert "Go on with your starting point" not in home
    assert "Your starting point" in home


def test_four_answers_say_something_and_nothing_of_keys_comes_before_it(outsider: Visitor) -> None:
    for name in ("role_goal", "audience"):
        outsider.tap(name, "staff" if name == "audience" else "save_money")
    assert "See what this says so far" not in outsider.text("starting_point_question", "audience_places")
    outsider.answer_four()
    assert "See what this says so far" in outsider.text("starting_point_question", "last_answer")
    page = outsider.text("starting_point_result")
    for words in ("Start from your role", "Work out loud", "Because you said that", "It rests on 4 answers."):
        assert words in page, words
    assert page.index("The first small step") < page.index("you answer again: five minutes.")


def test_it_ends_with_how_one_gets_in_next_time(world: World, outsider: Visitor, settings: Any) -> None:
    account = world.account("outsider")
    outsider.answer_four()
    assert "Before then, make a passkey." in outsider.text("starting_point_result"), "no code can come by mail"
    settings.MAIL_URL = "smtp://127.0.0.1:1"
    assert f"With a code that we send to {account.email}." in outsider.text("starting_point_result")
    assert "How you get in next time" not in outsider.text("home")
    account.email = None
    account.save()
    page = outsider.text("starting_point_result")
    assert "Before then, give an address of your own or make a passkey." in page
    assert reverse("account_address") in page
    assert "How you get in next time" in outsider.text("home")
    session = outsider.client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "webauthn", "at": 0}]
    session["account_authentication_methods_user"] = str(account.pk)
    session.save()
    assert "With your passkey: your face, finger or PIN." in outsider.text("starting_point_result")


def test_who_coordinates_and_who_is_the_mentor_is_said_by_name(
    world: World, outsider: Visitor, leader: Visitor
) -> None:
    assert "your coordinator (Coordinator) sees that you were asked" in outsider.text("starting_point_consent")
    assert "You have no mentor yet." in outsider.text("starting_point_consent")
    assert "your mentor (Mentor)" in leader.text("starting_point_consent")
    leader.answer_four()
    assert "Share some of it with Mentor" in leader.text("starting_point_result")
    assert "Share some of it with Mentor" in leader.text("starting_point")
    assert "Use this to find my mentor" not in leader.text("starting_point_result")


def test_what_was_done_is_on_home_by_number_only(outsider: Visitor) -> None:
    outsider.answer_four()
    assert "What you have done" not in outsider.text("home")
    outsider.post("walkthrough_item", "who-sees-what", "phone", mark="done")
    outsider.post("decisions", paper="A supplier, and a password.")
    page = outsider.text("home")
    assert "1 small thing for your own accounts" in page
    assert "Brought" in page
    assert "A decision" in page
    assert "A supplier" not in page


def test_what_was_told_in_confidence_is_folded_in_the_list_of_answers(outsider: Visitor) -> None:
    outsider.answer_four()
    outsider.tap("worries", "security")
    page = outsider.text("starting_point_answers")
    before, mark, folded = page.partition("What you told in confidence")
    assert mark
    assert "Being tricked or broken into" not in before
    assert "Being tricked or broken into" in folded


def test_nobody_who_told_of_their_accounts_hears_that_they_did_not(outsider: Visitor) -> None:
    outsider.answer_four()
    missed = "hardly touch your own phone"
    outsider.tap("hard_to_admit", "writing_in_public")
    assert missed in outsider.text("starting_point_result")
    outsider.tap("hard_to_admit", "one_password")
    assert missed not in outsider.text("starting_point_result")


def test_a_tap_and_own_words_of_one_question_do_not_undo_each_other(outsider: Visitor) -> None:
    outsider.tap("what_next", "i_thanked")
    outsider.tap("what_next", words=SECRET)
    outsider.tap("what_next", "we_kept_talking")
    outsider.answer_four()
    page = outsider.text("starting_point_answers")
    assert f"We kept talking; {SECRET}" in page


@pytest.mark.parametrize(
    ("question", "fields", "says"),
    [
        ("role_goal", {}, "Tap what fits, or pass this question over."),
        ("role_goal", {"options": ["save_money", "win_trust", "grow_support", "keep_people_safe"]}, "Three at most"),
        ("role_goal", {"words": "x" * 1001}, "Please shorten this"),
        ("time", {"options": ["eleven_a_day"]}, "Please choose one of these."),
        ("time", {}, "Tap what fits"),
    ],
)
def test_what_cannot_be_kept_is_asked_again_kindly(
    outsider: Visitor, question: str, fields: dict[str, object], says: str
) -> None:
    answer = outsider.client.post(reverse("starting_point_question", args=[question]), fields)
    assert answer.status_code == 200
    assert says in answer.content.decode()
    assert not StartingPoint.objects.exists()


def test_an_unknown_question_is_not_found(outsider: Visitor) -> None:
    assert outsider.page("starting_point_question", "shoe_size").status_code == 404


def test_another_device_asks_to_open_first_and_a_new_key_begins_anew(world: World, outsider: Visitor) -> None:
    outsider.tap("role_goal", "save_money", words=SECRET)
    elsewhere = visitor(world, "outsider")
    assert where(elsewhere.page("starting_point_result")).startswith(reverse("safe_open"))
    elsewhere.post("safe_lost", understood="on", device="own")
    page = elsewhere.text("starting_point_answers")
    assert SECRET not in page
    elsewhere.tap("time", "ten_a_week")
    assert "Ten minutes a week" in elsewhere.text("starting_point_answers")


def test_an_answer_that_outlives_its_session_is_in_front_of_its_writer_again(world: World, outsider: Visitor) -> None:
    outsider.tap("role_goal", "save_money")
    form = form_with(outsider.page("starting_point_question", "audience"), "words")
    del outsider.client.cookies["sessionid"]
    sent = form.send(outsider.client, options=["staff", "press"], words=SECRET)
    assert "/sign-in/login/" in where(sent)
    assert SECRET.encode() not in bytes(CarriedForm.objects.get().sealed)
    outsider.client.force_login(world.account("outsider"), backend=BACKEND)
    again = form_with(outsider.page("starting_point_question", "audience"), "words")
    assert (sorted(again.fields["options"]), again.fields["words"]) == (["press", "staff"], SECRET)
    again.send(outsider.client)
    assert SECRET in outsider.text("starting_point_answers")
    assert not CarriedForm.objects.exists()


def test_deleting_leaves_nothing(world: World, outsider: Visitor) -> None:
    outsider.answer_four()
    outsider.post("starting_point_words", chosen=["LinkedIn"], does="write")
    assert FindingWord.objects.exists()
    assert "cannot be undone" in outsider.text("starting_point_delete")
    outsider.post("starting_point_delete")
    left = [model.objects.count() for model in (StartingPoint, FindingWord, SharedCopy)]
    assert left == [0, 0, 0]
    assert where(outsider.page("starting_point_result")) == reverse("starting_point")


def test_an_erased_account_leaves_nothing(world: World, outsider: Visitor) -> None:
    outsider.answer_four()
    erase_account(account=world.account("outsider"))
    assert not StartingPoint.objects.exists()


def test_nobody_but_the_owner_has_a_page_with_it(world: World, outsider: Visitor) -> None:
    outsider.tap("role_goal", "save_money", words=SECRET)
    for role in ("coordinator", "administrator", "mentor", "leader"):
        other = visitor(world, role)
        assert where(other.page("starting_point_answers")) == reverse("starting_point")
    page = visitor(world, "coordinator").text("invitation", world.invitation.pk)
    assert "Started" in page
    assert SECRET not in page


def test_keeping_an_answer_is_not_in_the_trail(world: World, outsider: Visitor) -> None:
    before = Event.objects.count()
    outsider.answer_four()
    assert Event.objects.count() == before


def test_a_tap_beside_own_words_keeps_both(outsider: Visitor) -> None:
    outsider.answer_four()
    page = outsider.page("starting_point_question", "what_next")
    for name, value in (("options", "i_thanked"), ("pass", "1"), ("so_far", "1")):
        assert "words" in form_with(page, name, value).fields, "one form with the words"
    outsider.tap("what_next", "i_thanked", words=SECRET)
    said = outsider.text("starting_point_answers")
    assert SECRET in said
    assert "I said thank you" in said
    so_far = outsider.post("starting_point_question", "team", options=["they_do_some"], words="Photos", so_far="1")
    assert where(so_far) == reverse("starting_point_result")
    assert "Photos" in outsider.text("starting_point_answers")
    assert where(outsider.post("starting_point_question", "team", so_far="1")) == reverse("starting_point_result")
    assert "Photos" in outsider.text("starting_point_answers"), "nothing tapped, nothing lost"


def test_words_typed_and_passed_over_are_asked_about_once(outsider: Visitor) -> None:
    asked = outsider.post("starting_point_question", "what_next", words=SECRET, **{"pass": "1"}).content.decode()
    assert SECRET in asked
    assert "“Go on” keeps it." in asked
    assert not StartingPoint.objects.exists(), "nothing is kept against what was tapped"
    outsider.post("starting_point_question", "what_next", words=SECRET, **{"pass": "surely"})
    assert SECRET not in outsider.text("starting_point_answers")


def test_a_fourth_tick_is_answered_once_and_kindly(outsider: Visitor) -> None:
    four = ("save_money", "win_trust", "keep_people_safe", "something_else")
    page = outsider.tap("role_goal", *four).content.decode()
    assert page.count("Three at most: untap those that weigh less.") == 1
    assert "Please look at this again" not in page
    assert page.count(" checked") == 4
    assert 'data-said="Three at most. Untap one first."' in page
    assert '<details class="hr-details" open' in page, "something else is said in own words"
    assert 'value="dont_know" id="id_options-10" data-alone' in outsider.text(
        "starting_point_question", "audience_places"
    )


def test_four_answers_are_said_to_be_enough_the_first_time(outsider: Visitor) -> None:
    outsider.answer_four()
    words = "Four answers are enough for a first picture."
    assert words in outsider.text("starting_point_question", "last_answer")
    outsider.tap("last_answer", "this_week")
    assert words not in outsider.text("starting_point_question", "what_next")
