"""A leader whose language is French reads French: pages, forms that refuse, messages, letters. Others read English."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse
from lxml import html

from handrail.capabilities.accounts.actions import choose_language
from handrail.capabilities.accounts.models import Account
from handrail.capabilities.pairings.sessions import emails as session_emails
from handrail.capabilities.starting_point.invitations.forms import USUAL, usual_words
from handrail.capabilities.starting_point.models import Invitation
from handrail.capabilities.starting_point.steps import pack_of, step_pack
from handrail.foundation.languages import in_language_of, language_of, speaks
from handrail.foundation.languages.middleware import _module_of
from handrail.foundation.mail.composing import html_of
from handrail.foundation.mail.models import OutboxMessage
from tests.factories.world import World, build_world
from tests.integration.page_forms import form_with
from tests.integration.starting_point.conftest import BACKEND, IDS, Visitor, visitor
from tests.integration.test_every_page import EVERY, address_of, is_page
from tests.languages import english_on
from tests.mail_set import with_mail
from tests.pages import faults_of_page

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]
NAMES = frozenset(
    {"Leader", "Mentor", "Coordinator", "Sponsor", "Editor", "Administrator", "Catch-up"}
)  # of the world’s people, and of its session
ENGLISH_CONTENT = {"session_guides", "session_guide"}  # the essentials are in English so far, and so their whole page
TYPED = "« L’été, à l’hôpital d’Orléans » : ça coûte 1 200 €, n’est-ce pas ?"


@pytest.fixture
def world() -> World:
    return build_world()


def speaker_of_french(world: World, role: str) -> Visitor:
    choose_language(by=world.account(role), language="fr")
    return visitor(world, role)


def faults_of(response: Any) -> list[str]:
    return [
        *faults_of_page(response),
        *(f"English: {one!r}" for one in english_on(response.content.decode(), typed=NAMES)),
    ]


@pytest.mark.parametrize("role", ["nobody", "leader", "mentor", "outsider", "coordinator"])
def test_every_page_that_is_ready_is_french_as_a_whole(world: World, role: str) -> None:
    """Every address, looked at and sent empty. A page of a part that is not ready is English as a whole."""
    if role != "nobody":
        choose_language(by=world.account(role), language="fr")
    if role == "leader":
        visitor(world, "leader").answer_four()
    deviations, seen = [], 0
    for route, entry in EVERY:
        for method in ("get", "post"):
            client = world.client_again(role)
            client.cookies[settings.LANGUAGE_COOKIE_NAME] = "fr"
            response = getattr(client, method)(address_of(route, entry, world))
            if not is_page(response) or "/letter/" in route:  # a letter is in the language of whom it is for
                continue
            ready = speaks("fr", _module_of(entry.callback)) and entry.name not in ENGLISH_CONTENT
            seen += ready
            language = html.document_fromstring(response.content.decode()).get("lang")
            if not ready and language == "en":
                continue
            deviations += [f"{role} {method} {route}: {fault}" for fault in faults_of(response)]
    assert deviations == []
    assert seen > (10 if role == "nobody" else 30)


def test_the_whole_starting_point_in_french(world: World) -> None:
    outsider = speaker_of_french(world, "outsider")
    assert faults_of(outsider.page("starting_point")) == []
    for question in IDS:
        refused = outsider.post("starting_point_question", question)
        assert "Touchez ce qui convient, ou passez cette question." in refused.content.decode()
        assert faults_of(refused) == []
        page = outsider.page("starting_point_question", question)
        option = re.search(r'name="options"[^>]* value="(\w+)"', page.content.decode())
        assert option is not None
        outsider.tap(question, option[1], words=TYPED)
    result = outsider.page("starting_point_result")
    assert faults_of(result) == []
    text = result.content.decode()
    assert "Partir de votre rôle" in text
    assert "Le premier petit pas" in text
    answers = outsider.page("starting_point_answers")
    assert faults_of(answers) == []
    assert TYPED in html.document_fromstring(answers.content.decode()).text_content()
    preview = outsider.send("starting_point_words", field="own", own="soins à domicile")
    assert faults_of(preview) == []
    form_with(preview, "does", "write").send(outsider.client)
    assert "soins à domicile" in outsider.text("starting_point_words")
    too_many = outsider.send("starting_point_words", field="own", own="x" * 60)
    assert faults_of(too_many) == []
    shared = outsider.post("starting_point_share", sections=["role", "approach", "steps"])
    assert faults_of(shared) == []
    for name in ("safe_keep", "safe_devices", "safe_recovery", "starting_point_delete", "starting_point_consent"):
        page = outsider.client.get(reverse(name), follow=True)
        assert faults_of(page) == [], name


def test_a_step_without_a_translation_says_so_and_is_marked_as_english(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = step_pack()
    untranslated = pack_of(tuple(whole.texts.values()), {"fr": {}})
    monkeypatch.setattr("handrail.capabilities.starting_point.conversation.views.step_pack", lambda: untranslated)
    outsider = speaker_of_french(world, "outsider")
    outsider.answer_four()
    page = outsider.page("starting_point_result")
    assert faults_of(page) == []
    tree = html.document_fromstring(page.content.decode())
    steps = tree.xpath("//main//*[@lang='en']")
    assert len(steps) >= 9, "each step's title and three texts"
    assert tree.text_content().count("vous les lisez donc en anglais") == 3


def test_what_is_shared_keeps_its_language_on_the_mentors_page(world: World) -> None:
    leader = speaker_of_french(world, "leader")
    mentor = visitor(world, "mentor")
    for one in (leader, mentor):
        one.post("safe_open", device="own")
    leader.answer_four()
    leader.text("pairing_notes", world.pairing.pk)  # the conversation of the two begins
    leader.share("role")
    text = mentor.text("pairing_starting_point", world.pairing.pk)
    tree = html.document_fromstring(text)
    assert tree.get("lang") == "en"
    headings = tree.xpath("//main//*[@lang='fr']//h2")
    assert [one.text_content() for one in headings] == ["Cette année, qui atteindre, et où"]


def test_invited_in_french(world: World) -> None:
    """The coordinator works in English, and asks somebody who reads French: message, preview and letter are French."""
    coordinator = visitor(world, "coordinator")
    leader, me = world.persons["leader"], world.persons["coordinator"].pk
    usual = usual_words(USUAL)[0]
    preview = coordinator.post("invitation_write", people=[leader.pk], words=usual, asker=me, other="", language="fr")
    shown = html.document_fromstring(preview.content.decode())
    assert shown.get("lang") == "en"
    assert "Bonjour Leader," in shown.xpath("//main//*[@lang='fr']")[0].text_content()
    form_with(preview, "does", "send").send(coordinator.client)
    message = OutboxMessage.objects.filter(kind="invitation", recipient=leader.account).get()
    assert message.language == "fr"
    assert message.subject == "Coordinator vous demande cinq minutes"
    assert "Nos décisions dépendent de plus en plus du côté numérique" in message.text
    assert '<html lang="fr">' in html_of(message)
    invitation = Invitation.objects.get(person=leader)
    letter = coordinator.post("invitation_letter", invitation.pk)
    assert faults_of(letter) == []
    assert "Une lettre pour Leader" in letter.content.decode()
    assert language_of(Account.objects.get(pk=leader.account_id)) == "fr"
    assert coordinator.page("invitations").content.decode().count('lang="en"') >= 1


def test_what_somebody_chose_is_not_changed_by_whoever_asks_them(world: World) -> None:
    choose_language(by=world.account("leader"), language="en")
    visitor(world, "coordinator").post(
        "invitation_write",
        people=[world.persons["leader"].pk],
        words="Pourquoi pas ?",
        asker=world.persons["coordinator"].pk,
        other="",
        language="fr",
        does="send",
    )
    assert language_of(Account.objects.get(pk=world.account("leader").pk)) == "en"


def test_each_of_two_is_written_to_in_their_own_language(world: World) -> None:
    choose_language(by=world.account("leader"), language="fr")
    pairing = world.session.pairing
    pairing.leader.account = Account.objects.get(pk=world.account("leader").pk)
    session_emails.invite_both(world.session)
    texts = {message.to_name: message for message in OutboxMessage.objects.filter(kind="invitation", calendar__gt="")}
    assert texts["Leader"].text.startswith("Bonjour Leader,")
    assert texts["Leader"].language == "fr"
    assert texts["Mentor"].text.startswith("Dear Mentor,")
    assert texts["Mentor"].language == "en"


@with_mail()
def test_a_sign_in_code_is_in_the_language_its_reader_chose_or_asked_in(world: World) -> None:
    account = world.account("leader")
    browser = Client(headers={"accept-language": "fr-CA,fr;q=0.9,en;q=0.5"})
    page = browser.get(reverse("account_login"))
    assert faults_of(page) == []
    assert page.headers["Content-Language"] == "fr"
    assert "Accept-Language" in page.headers["Vary"]
    browser.post(reverse("account_login"), {"login": account.email})
    assert code_sent() == "Votre code pour Handrail"
    wrong = browser.post(reverse("account_confirm_login_code"), {"code": "nonono"})
    assert faults_of(wrong) == []
    choose_language(by=account, language="en")
    again = Client(headers={"accept-language": "fr"})
    again.post(reverse("account_login"), {"login": account.email})
    assert code_sent() == "Your code for Handrail"


def code_sent() -> str:
    return mail.outbox[-1].subject


def test_one_tap_changes_the_language_and_comes_back(world: World) -> None:
    browser = Client()
    first = browser.get(reverse("what_each_role_sees"))
    assert 'lang="en"' in first.content.decode()[:60]
    link = html.document_fromstring(first.content.decode()).xpath("//footer//a[@hreflang='fr']")[0]
    assert (link.text_content(), link.get("lang")) == ("Français", "fr")
    choose = browser.get(link.get("href"))
    assert settings.LANGUAGE_COOKIE_NAME not in choose.cookies, "looking changes nothing"
    address = html.document_fromstring(choose.content.decode()).xpath("//main//form/@action")[0]
    answer = browser.post(address, {"language": "fr"})
    assert answer.headers["Location"] == reverse("what_each_role_sees")
    assert faults_of(browser.get(reverse("what_each_role_sees"))) == []
    client = Client()
    client.force_login(world.account("mentor"), backend=BACKEND)
    client.post(reverse("language"), {"language": "fr"})
    assert language_of(Account.objects.get(pk=world.account("mentor").pk)) == "fr"
    other_device = Client(headers={"accept-language": "en"})
    other_device.force_login(world.account("mentor"), backend=BACKEND)
    assert '<html lang="fr">' in other_device.get(reverse("home")).content.decode()


@pytest.mark.parametrize("wanted", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", "\x00"])
def test_the_way_back_leads_nowhere_else(wanted: str) -> None:
    answer = Client().post(f"{reverse('language')}?{'next'}={wanted}", {"language": "fr"})
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize("language", ["xx", "", "fr\x00", "de", "../fr"])
def test_a_language_that_is_not_offered_changes_nothing(language: str) -> None:
    answer = Client().post(reverse("language"), {"language": language})
    assert answer.status_code == 200
    assert settings.LANGUAGE_COOKIE_NAME not in answer.cookies


def test_a_part_that_is_not_ready_is_english_as_a_whole_and_says_so(world: World) -> None:
    coordinator = speaker_of_french(world, "coordinator")
    page = coordinator.text("people_import")
    tree = html.document_fromstring(page)
    assert tree.get("lang") == "en"
    note = tree.xpath("//footer//p[@lang='fr']")[0].text_content()
    assert note.startswith("Cette page n’est pas encore dans votre langue")
    assert '<html lang="fr">' in coordinator.text("people"), "the next page is French again"


def test_a_message_of_a_part_that_is_not_ready_is_english(world: World) -> None:
    account = world.account("leader")
    account.language = "fr"
    with in_language_of(account, "handrail.capabilities.none_such.emails") as language:
        assert language == "en"
    with in_language_of(account, "handrail.capabilities.pairings.emails") as language:
        assert language == "fr"
    with in_language_of(None, "handrail.capabilities.pairings.emails") as language:
        assert language == settings.LANGUAGE_CODE
    account.language = "de"  # offered once, and no longer
    assert language_of(account) == settings.LANGUAGE_CODE
