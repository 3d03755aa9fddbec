"""Sharing: previewed word for word, waiting until there is a mentor, taken back, and never more than was chosen."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils.translation import override
from lxml import html

from handrail.capabilities.pairings import actions as pairings
from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.schemes.sign_up.models import SignUp
from handrail.capabilities.schemes.sign_up.queries import ready_to_match
from handrail.capabilities.starting_point.models import FindingWord, SharedCopy, StartingPoint
from handrail.capabilities.starting_point.queries import mentors_of
from handrail.capabilities.starting_point.sharing.actions import wish_to_share
from handrail.capabilities.starting_point.sharing.presenters import FINDING
from handrail.capabilities.starting_point.sharing.queries import suggested_for_sign_up
from handrail.foundation.vault.texts import open_vault
from tests.factories.world import World, person
from tests.integration.page_forms import form_with
from tests.integration.starting_point.conftest import Visitor, visitor

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]
SECRET = "I have never opened the dashboards"


def open_private_spaces(world: World, *roles: str) -> None:
    for role in roles:
        visitor(world, role).post("safe_open", device="own")


@pytest.fixture
def paired(world: World, leader: Visitor, mentor: Visitor) -> int:
    """Both have opened their private space; the leader has answered four questions and told a secret."""
    for one in (leader, mentor):
        one.post("safe_open", device="own")
    leader.answer_four()
    leader.tap("hard_to_admit", "asking_for_basics", words=SECRET)
    leader.text("pairing_notes", world.pairing.pk)  # the conversation of the two begins
    world.pairing.refresh_from_db()
    assert world.pairing.conversation_id is not None
    return int(world.pairing.conversation_id)


def shown(page: str) -> list[str]:
    """The parts on a page: headings and lines, to read or to tick."""
    main = html.document_fromstring(page).xpath("//main")[0]
    read = main.xpath(".//h2[following-sibling::*[1][self::dl]] | .//dt | .//dd")
    ticked = main.xpath(".//legend | .//fieldset//label | .//fieldset//div[contains(@id, '-item-hint')]")
    return [" ".join(one.text_content().split()) for one in read or ticked]


def test_the_mentor_sees_what_was_previewed_word_for_word_and_nothing_else(
    world: World, leader: Visitor, mentor: Visitor, paired: int
) -> None:
    preview = leader.post("starting_point_share", sections=["role", "approach"]).content.decode()
    assert "Nothing is shared yet." in preview
    assert not SharedCopy.objects.exists()
    assert "pairing_starting_point" not in preview
    leader.share("role", "approach")
    assert "From Leader’s starting point" in mentor.text("pairing", world.pairing.pk)
    page = mentor.text("pairing_starting_point", world.pairing.pk)
    assert shown(page) == shown(preview) != []
    assert "Home visits" in page
    for other in ("Asking about what others seem to know", SECRET, "I announce our news"):
        assert other not in page, other
    assert b"Home visits" not in bytes(SharedCopy.objects.get().sections)


def test_each_line_can_stay_with_its_owner_and_stays_unticked(
    world: World, leader: Visitor, mentor: Visitor, paired: int
) -> None:
    leader.tap("last_answer", "this_week")
    said = leader.share("habits", "approach", without=("last_answer", "work_out_loud"))
    assert "Given to Mentor, who can read it now." in leader.client.get(said["Location"]).content.decode()
    page = mentor.text("pairing_starting_point", world.pairing.pk)
    assert "I announce our news" in page
    assert "When somebody last answered" not in page
    assert "Work out loud" not in page
    assert "what fits here" not in mentor.text("first_session", world.pairing.pk), (
        "the approach that leads was unticked"
    )
    preview = leader.post("starting_point_share", sections=["habits"])
    assert form_with(preview, "does", "share").fields["lines-habits"] == "online_now"
    nothing = leader.share("habits", without=("online_now",))
    assert "Leave at least one line ticked" in nothing.content.decode()
    assert "I announce our news" in mentor.text("pairing_starting_point", world.pairing.pk)
    gone = form_with(leader.post("starting_point_share", sections=["habits"]), "does", "share")
    assert "Please choose from these." in gone.send(leader.client, **{"lines-habits": ["role_goal"]}).content.decode()


def test_the_first_session_fits_the_approach_once_that_is_shared(
    world: World, leader: Visitor, mentor: Visitor, paired: int
) -> None:
    leader.share("role")
    assert "what fits here" not in mentor.text("first_session", world.pairing.pk)
    leader.share("role", "approach")
    heaviest_first = re.findall(
        r"<dt[^>]*>\s*(Start from your role|Work out loud|Take control)",
        mentor.text("pairing_starting_point", world.pairing.pk),
    )
    led = heaviest_first[0]
    assert f"{led}: what fits here, from what Leader shared" in mentor.text("first_session", world.pairing.pk)
    assert f"{led}: what fits here, from what you shared" in leader.text("first_session", world.pairing.pk)
    assert (
        "what fits here"
        not in world.client_of("mentor").get(reverse("first_session", args=[world.pairing.pk])).content.decode()
    ), "a browser where the private space is closed"
    leader.post("starting_point_take_back", paired, section="approach")
    assert "what fits here" not in mentor.text("first_session", world.pairing.pk)


def test_what_was_told_in_confidence_stands_apart_and_can_be_shared(
    world: World, leader: Visitor, mentor: Visitor, paired: int
) -> None:
    page = leader.text("starting_point_share")
    assert page.index("Told in confidence") > page.index("The first three small steps")
    preview = leader.post("starting_point_share", sections=["role"], confidence=["hard"])
    form_with(preview, "does", "share").send(leader.client)
    shared = mentor.text("pairing_starting_point", world.pairing.pk)
    assert SECRET in shared
    assert "Home visits" in shared


def test_what_changes_afterwards_is_not_shared_by_itself(
    world: World, leader: Visitor, mentor: Visitor, paired: int
) -> None:
    leader.share("role")
    leader.tap("role_goal", "save_money", words="Something quite different")
    assert "quite different" not in mentor.text("pairing_starting_point", world.pairing.pk)


def test_a_part_and_then_all_of_it_is_taken_back(world: World, leader: Visitor, mentor: Visitor, paired: int) -> None:
    leader.share("role", "habits")
    said = leader.client.post(reverse("starting_point_take_back", args=[paired]), {"section": "role"}, follow=True)
    assert "may have read it before" in said.content.decode()
    page = mentor.text("pairing_starting_point", world.pairing.pk)
    assert "Home visits" not in page
    assert "I announce our news" in page
    leader.post("starting_point_take_back", paired, section="")
    assert not SharedCopy.objects.exists()
    leader.post("starting_point_take_back", paired, section="")
    assert "Nothing is shared here" in mentor.text("pairing_starting_point", world.pairing.pk)
    assert "starting point" not in mentor.text("pairing", world.pairing.pk)


def test_taking_back_works_with_a_key_that_was_begun_again(
    world: World, leader: Visitor, mentor: Visitor, paired: int
) -> None:
    leader.share("role", "habits")
    elsewhere = visitor(world, "leader")
    elsewhere.post("safe_lost", understood="on", device="own")
    elsewhere.answer_four()
    vault = open_vault(elsewhere.page("home").wsgi_request)
    assert vault is not None
    wish_to_share(by=world.account("leader"), vault=vault, names=["role"])
    assert "as you wished" not in elsewhere.text("home")
    assert StartingPoint.objects.get().wish_waits, "until the mentor has shared what there is with the new key"
    elsewhere.post("starting_point_take_back", paired, section="role")
    assert not SharedCopy.objects.exists()
    assert "Nothing is shared here" in mentor.text("pairing_starting_point", world.pairing.pk)


def test_nobody_else_reads_it_and_the_mentor_shares_nothing(
    world: World, leader: Visitor, mentor: Visitor, outsider: Visitor, paired: int
) -> None:
    leader.share("role")
    for role in ("outsider", "coordinator", "administrator", "sponsor"):
        other = visitor(world, role)
        other.post("safe_open", device="own")
        assert other.page("pairing_starting_point", world.pairing.pk).status_code == 404, role
    outsider.answer_four()
    for one in (mentor, outsider):
        assert one.post("starting_point_take_back", paired).status_code == 404
        assert one.post("starting_point_share_with", paired, sections=["role"], does="share").status_code == 404
    assert SharedCopy.objects.get().account == world.account("leader")


def test_a_pairing_that_ends_takes_the_copy_with_it(
    world: World, leader: Visitor, mentor: Visitor, paired: int
) -> None:
    leader.share("role")
    pairings.change_pairing(by=world.account("mentor"), pairing=world.pairing, state=Pairing.State.ENDED)
    assert not SharedCopy.objects.exists()
    assert mentors_of(world.account("leader").pk) == []


def test_a_wish_waits_until_both_said_yes_and_is_sealed_when_its_owner_comes(
    world: World, outsider: Visitor, mentor: Visitor
) -> None:
    mentor.post("safe_open", device="own")
    outsider.answer_four()
    assert "You have no mentor yet." in outsider.text("starting_point_share")
    outsider.share("role", "steps", without=("audience",))
    assert StartingPoint.objects.get().wish_waits
    page = outsider.text("starting_point_share")
    assert "Kept for later. Nobody else can read it yet" in page
    assert "Kept for later, until you have a mentor" in page
    second = pairing_of(world)
    pairings.accept_pairing(by=world.account("mentor"), pairing=second, side="mentor")
    outsider.text("home")
    assert not SharedCopy.objects.exists(), "one of the two has not said yes"
    pairings.accept_pairing(by=world.account("outsider"), pairing=second, side="leader")
    assert not SharedCopy.objects.exists(), "nothing happens without its owner"
    assert "Shared with Mentor, as you wished." in outsider.text("home")
    assert not StartingPoint.objects.get().wish_waits
    page = mentor.text("pairing_starting_point", second.pk)
    assert "Home visits" in page
    assert "Whom you need to reach" not in page, "a line that was unticked while it waited"


def test_a_wish_for_what_was_taken_out_again_ends_quietly(world: World, outsider: Visitor, mentor: Visitor) -> None:
    mentor.post("safe_open", device="own")
    outsider.answer_four()
    outsider.share("habits")
    outsider.post("starting_point_question", "online_now", **{"pass": ""})
    second = pairing_of(world)
    for role, side in (("mentor", "mentor"), ("outsider", "leader")):
        pairings.accept_pairing(by=world.account(role), pairing=second, side=side)
    assert "as you wished" not in outsider.text("home")
    assert not StartingPoint.objects.get().wish_waits
    assert not SharedCopy.objects.exists()


def test_a_wish_is_taken_back_before_anything_is_shared(world: World, outsider: Visitor, mentor: Visitor) -> None:
    mentor.post("safe_open", device="own")
    outsider.answer_four()
    outsider.share("role")
    outsider.post("starting_point_wish_drop")
    second = pairing_of(world)
    for role, side in (("mentor", "mentor"), ("outsider", "leader")):
        pairings.accept_pairing(by=world.account(role), pairing=second, side=side)
    outsider.text("home")
    outsider.text("pairing", second.pk)
    assert not SharedCopy.objects.exists()


def pairing_of(world: World) -> Pairing:
    return pairings.ask_pair(
        by=world.account("coordinator"),
        scheme=world.pairing.scheme,
        leader=world.persons["outsider"],
        mentor=world.persons["mentor"],
        asked_by=None,
        words="You two?",
        reason_to_go_on="They asked",
    )


def test_with_two_mentors_each_sees_only_what_is_shared_with_them(
    world: World, leader: Visitor, mentor: Visitor, paired: int
) -> None:
    world.persons["second"] = person(world.organisation, "Second mentor")
    second = visitor(world, "second")
    second.post("safe_open", device="own")
    other = pairings.ask_pair(
        by=world.account("coordinator"),
        scheme=world.pairing.scheme,
        leader=world.persons["leader"],
        mentor=world.persons["second"],
        asked_by=None,
        words="You two as well?",
        reason_to_go_on="They asked",
    )
    leader.share("role")
    for role, side in (("second", "mentor"), ("leader", "leader")):
        other = pairings.accept_pairing(by=world.account(role), pairing=other, side=side)
    page = leader.text("starting_point_share")
    assert "With whom do you want to share?" in page
    assert reverse("starting_point_share_with", args=[other.conversation_id]) in page
    leader.share("habits", conversation=other.conversation_id)
    for one, pairing, says, says_not in (
        (mentor, world.pairing, "Home visits", "I announce our news"),
        (second, other, "I announce our news", "Home visits"),
    ):
        text = one.text("pairing_starting_point", pairing.pk)
        assert says in text
        assert says_not not in text


def test_too_little_is_not_shared(outsider: Visitor) -> None:
    outsider.tap("role_goal", "save_money")
    assert "There is too little to share yet." in outsider.text("starting_point_share")
    outsider.post("starting_point_share", sections=["role"], does="share", **{"lines-role": ["role_goal"]})
    assert not StartingPoint.objects.get().wish_waits


def test_three_words_at_most_become_ordinary_after_a_preview_and_can_be_removed(
    world: World, outsider: Visitor
) -> None:
    outsider.answer_four()
    page = outsider.text("starting_point_words")
    assert {"better services", "the people we serve", "LinkedIn"} <= set(re.findall(r'value="([^"]+)"', page))
    many = ["better services", "the people we serve", "LinkedIn"]
    assert "Three words at most." in outsider.post("starting_point_words", chosen=many, own="x").content.decode()
    preview = outsider.post("starting_point_words", chosen=["LinkedIn"], own="Home visits")
    assert "LinkedIn, Home visits" in preview.content.decode()
    assert not FindingWord.objects.exists()
    outsider.post("starting_point_words", chosen=["LinkedIn"], own="Home visits", does="write")
    coordinator = visitor(world, "coordinator")
    assert "LinkedIn, Home visits" in coordinator.text("invitation", world.invitation.pk)
    assert "LinkedIn, Home visits" in coordinator.text("pairing_new_mentor", world.persons["outsider"].pk)
    first = outsider.page("sign_up_leader", "themes")
    assert "Ticked already" in first.content.decode()
    form = form_with(first, "channels")
    assert form.fields["channels"] == "linkedin"
    assert "themes" not in form.fields, "“Home visits” is no theme: it suggests none"
    form.send(outsider.client, themes=["voice"])
    signed_up = SignUp.objects.get(person=world.persons["outsider"], side="leader")
    assert (signed_up.themes, signed_up.channels) == (["voice"], ["linkedin"])
    assert any(one.channels == ("linkedin",) for one in ready_to_match(signed_up.scheme).leaders)
    outsider.post("starting_point_word_remove", word="LinkedIn")
    assert [one.word for one in FindingWord.objects.all()] == ["Home visits"]


def test_words_suggest_themes_in_whatever_language_they_were_chosen(world: World) -> None:
    who = world.persons["outsider"]
    for word in ("better services", "LinkedIn", "Data"):
        FindingWord.objects.create(person=who, word=word, written_on=date(2026, 3, 2))
    assert suggested_for_sign_up(who.pk) == (["services", "data"], ["linkedin"])
    with override("fr"):
        spoken = str(FINDING["role_goal"]["improve_a_service"])
    assert spoken != "better services"
    FindingWord.objects.filter(word="better services").update(word=spoken)
    assert suggested_for_sign_up(who.pk)[0] == ["services", "data"]
    assert suggested_for_sign_up(world.persons["leader"].pk) == ([], [])
