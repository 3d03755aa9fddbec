"""Invitations: a named person, the same words to all, by mail or letter; two states and nothing finer."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from handrail.capabilities.people import actions as people
from handrail.capabilities.starting_point.invitations import queries
from handrail.capabilities.starting_point.models import Invitation
from handrail.foundation import clock
from handrail.foundation.audit.models import Event
from handrail.foundation.mail.models import OutboxMessage
from tests.factories.world import World
from tests.integration.page_forms import form_with, forms_of
from tests.integration.starting_point.conftest import Visitor, visitor
from tests.mail_set import MAIL_URL, with_mail

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow, pytest.mark.postgres]
WHY = "We decide on the new website in March. I ask now, while there is time."


@pytest.fixture
def coordinator(world: World) -> Visitor:
    return visitor(world, "coordinator")


def send(coordinator: Visitor, people: list[int], **more: object) -> str:
    fields = {"people": people, "words": WHY, "asker": "", "other": "", **more}
    return coordinator.post("invitation_write", **fields).content.decode()  # type: ignore[no-any-return]


def test_a_whole_group_is_asked_with_the_same_words_in_a_named_persons_name(world: World, coordinator: Visitor) -> None:
    for name in ("Ann Lake", "Bea Lake"):
        people.add_person(by=None, organisation=world.organisation, name=name, email=f"{name[:3]}@example.org")
    page = coordinator.page("invitation_people", query="?q=lake")
    assert "Everyone found: 2 people" in page.content.decode()
    write = forms_of(page)[-1].send(coordinator.client, everyone="on")
    form = form_with(write, "words")
    assert len(form.fields["people"]) == 2
    preview = form.send(coordinator.client, words=WHY, other="Top")
    assert "Top asks you for five minutes" in preview.content.decode()
    assert OutboxMessage.objects.filter(kind="invitation").count() == 1, "only the world's own has gone out so far"
    form_with(preview, "does", "send").send(coordinator.client)
    sent = OutboxMessage.objects.filter(kind="invitation", subject__startswith="Top")
    assert len({message.text.partition("\n")[2] for message in sent}) == 1
    assert {message.text.partition("\n")[0] for message in sent} == {"Dear Ann Lake,", "Dear Bea Lake,"}
    for message in sent:
        assert WHY in message.text
        assert "/starting-point/" in message.text
        assert "Sent by Coordinator for Top." in message.text
    assert {one.asked_by for one in Invitation.objects.filter(words=WHY)} == {world.persons["leader"].manager}


def test_the_words_can_be_changed_after_the_preview(world: World, coordinator: Visitor) -> None:
    leader = world.persons["leader"].pk
    preview = coordinator.post(
        "invitation_write", people=[leader], words=WHY, asker=world.persons["coordinator"].pk, other=""
    )
    again = form_with(preview, "does", "change").send(coordinator.client)
    assert form_with(again, "words").fields["words"] == WHY
    assert Invitation.objects.count() == 1


def test_somebody_who_cannot_be_found_is_asked_about_kindly(world: World, coordinator: Visitor) -> None:
    leader = world.persons["leader"].pk
    assert "Nobody of that name" in send(coordinator, [leader], other="Zzz")
    assert "There are several of that name." in send(coordinator, [leader], other="r")
    assert "Choose in whose name you ask." in send(coordinator, [leader])
    assert Invitation.objects.count() == 1


def test_nobody_is_asked_twice_and_nobody_from_elsewhere(world: World, coordinator: Visitor) -> None:
    asked, foreign = world.persons["outsider"].pk, world.persons["foreign_coordinator"].pk
    answer = coordinator.post("invitation_write", people=[asked, foreign], words=WHY, does="send")
    assert answer.headers["Location"] == reverse("invitations")
    assert Invitation.objects.count() == 1


def test_the_coordinator_sees_two_states_and_nothing_finer(
    world: World, coordinator: Visitor, outsider: Visitor
) -> None:
    def state() -> str:
        row = html.document_fromstring(coordinator.text("invitations")).xpath("//tbody/tr")[0]
        return str(row.xpath("td|th")[-1].text_content().strip().removeprefix("How far"))

    assert state() == "Invited"
    outsider.text("starting_point")
    assert state() == "Invited"
    outsider.tap("role_goal", "save_money")
    once = coordinator.text("invitation", world.invitation.pk)
    assert state() == "Started"
    outsider.answer_four()
    outsider.post("starting_point_rest")
    forms = [once, coordinator.text("invitation", world.invitation.pk)]
    bare = [html.document_fromstring(page).xpath("//main//dl")[0].text_content() for page in forms]
    assert bare[0] == bare[1], "the page is the same after one answer and after all"
    assert state() == "Started"


def test_a_letter_leads_to_the_first_question_without_a_click_in_a_mail(world: World, coordinator: Visitor) -> None:
    letter = coordinator.post("invitation_letter", world.invitation.pk).content.decode()
    assert "localhost:8000/start/" in letter
    assert world.invitation.words in letter
    assert "From then on a code by e-mail lets you in." not in letter, "no mail leaves this installation"
    assert "that you were asked and whether you started, and nothing else of it." in " ".join(letter.split())
    assert "make a passkey (your face, finger or PIN lets you in)" in letter
    codes = html.document_fromstring(letter).xpath("//*[contains(@class, 'code')]")
    code = next(text for one in codes if (text := one.text_content().strip()).count("-") == 2)
    browser = Client()
    sign_in = browser.get(reverse("start"), follow=True)
    signed_in = form_with(sign_in, "code").send(browser, code=code)
    begun = browser.get(signed_in.headers["Location"])
    assert begun.headers["Location"] == reverse("starting_point")
    page = browser.get(reverse("starting_point")).content.decode()
    assert reverse("starting_point_question", args=["role_goal"]) in page


def test_letters_of_all_without_an_address_are_made_at_once_each_in_its_language(
    world: World, coordinator: Visitor, settings: Any
) -> None:
    settings.MAIL_URL = MAIL_URL
    assert "address" not in words_on(coordinator, "invitations")
    assert "There is nothing to print." in coordinator.text("invitation_letters")
    chosen = [
        people.add_person(by=None, organisation=world.organisation, name=name, email=email)
        for name, email in (("Ida Post", ""), ("Jan Post", ""), ("Kim Mail", "kim@example.org"))
    ]
    asker = world.persons["coordinator"].pk
    preview = coordinator.post("invitation_write", people=[one.pk for one in chosen], words=WHY, asker=asker, other="")
    form_with(preview, "does", "send").send(coordinator.client)
    chosen[1].refresh_from_db()
    account = chosen[1].account
    assert account is not None
    account.language = "fr"
    account.save()
    assert "2 of them have no e-mail address" in words_on(coordinator, "invitations")
    before = words_on(coordinator, "invitation_letters")
    assert "Ida Post" in before
    assert "Jan Post" in before
    assert "Kim Mail" not in before
    page = html.document_fromstring(coordinator.post("invitation_letters").content.decode())
    first, second = page.xpath("//section[contains(@class, 'sheet')]")
    assert (first.get("lang"), second.get("lang")) == ("en", "fr")
    assert "Dear Ida Post," in first.text_content()
    assert "Jan Post" in second.text_content()
    assert "Dear" not in second.text_content()
    codes = [one.xpath(".//*[contains(@class, 'code')]")[-1].text_content().strip() for one in (first, second)]
    assert len(set(codes)) == 2
    browser = Client()
    sign_in = browser.get(reverse("start"), follow=True)
    assert form_with(sign_in, "code").send(browser, code=codes[1]).status_code == 302
    foreign = visitor(world, "foreign_coordinator")
    assert "There is nothing to print." in foreign.text("invitation_letters")


def test_where_no_mail_leaves_nothing_is_said_to_have_gone_out(world: World, coordinator: Visitor) -> None:
    kim = people.add_person(by=None, organisation=world.organisation, name="Kim Mail", email="kim@example.org")
    asker = world.persons["coordinator"].pk
    preview = coordinator.post("invitation_write", people=[kim.pk], words=WHY, asker=asker, other="")
    assert "Next you print a letter for each of them." in preview.content.decode()
    sent = form_with(preview, "does", "send").send(coordinator.client)
    assert sent.headers["Location"] == reverse("invitation_letters")
    letters = coordinator.text("invitation_letters")
    assert "1 invitation is ready." in letters
    assert "Kim Mail" in letters
    assert "print the letter" in words_on(coordinator, "invitations")
    days_pass(15)
    remind = coordinator.text("invitation_remind")
    assert "I have reminded them" in remind
    assert "<li>Kim Mail</li>" in remind
    assert "Send it" not in remind


def test_whoever_has_no_letter_yet_is_printed_first(
    world: World, coordinator: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "MOST_LETTERS", 1)
    chosen = [
        people.add_person(by=None, organisation=world.organisation, name=name, email="") for name in ("Ida", "Jan")
    ]
    asker = world.persons["coordinator"].pk
    preview = coordinator.post("invitation_write", people=[one.pk for one in chosen], words=WHY, asker=asker, other="")
    form_with(preview, "does", "send").send(coordinator.client)
    with with_mail():
        for name in ("Ida", "Jan"):
            assert "There may be more" in coordinator.text("invitation_letters")
            assert f"Dear {name}," in coordinator.post("invitation_letters").content.decode()
        printed = coordinator.page("invitation_letters")
        assert "There may be more" not in printed.content.decode()
        assert "Dear" not in coordinator.post("invitation_letters").content.decode(), "letters given out go on working"
        assert "Dear Ida," in form_with(printed, "again").send(coordinator.client).content.decode()


def test_a_mentors_letter_says_what_a_mentor_does_and_leads_there(world: World, coordinator: Visitor) -> None:
    ida = people.add_person(by=None, organisation=world.organisation, name="Ida Post", email="")
    asker = world.persons["coordinator"].pk
    chosen = {"people": [ida.pk], "words": WHY, "asker": asker, "other": "", "side": "mentor"}
    preview = coordinator.post("invitation_write", **chosen)
    form_with(preview, "does", "send").send(coordinator.client)
    letters = coordinator.page("invitation_letters")
    (sheet,) = [one for one in sheets(form_with(letters, "once").send(coordinator.client)) if "Ida" in one]
    assert ("half an hour every week or two" in sheet, "fourteen questions" in sheet) == (True, False)
    browser, code = Client(), re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}", sheet)
    sign_in = form_with(browser.get(reverse("start"), follow=True), "code").send(browser, code=code and code[0])
    begun = browser.get(sign_in.headers["Location"])
    assert begun.headers["Location"] == reverse("sign_up_mentor")


def sheets(page: Any) -> list[str]:
    return [one.text_content() for one in html.document_fromstring(page.content.decode()).xpath("//section")]


def test_another_organisations_invitations_are_not_found(world: World) -> None:
    foreign = visitor(world, "foreign_coordinator")
    assert foreign.page("invitation", world.invitation.pk).status_code == 404
    assert foreign.post("invitation_letter", world.invitation.pk).status_code == 404
    assert "Outsider" not in foreign.text("invitations")


def words_on(visitor: Visitor, name: str) -> str:
    return str(html.document_fromstring(visitor.text(name)).xpath("//main")[0].text_content())


def days_pass(days: int) -> None:
    """Sessions end sooner than reminders are due, so it is the asking that is moved."""
    for one in Invitation.objects.all():
        one.last_asked_at = (one.last_asked_at or one.invited_at) - timedelta(days=days)
        one.save()


def test_mentors_are_asked_for_what_a_mentor_does_and_home_says_so(world: World, coordinator: Visitor) -> None:
    sponsor = world.persons["sponsor"]
    page = coordinator.page("invitation_mentors", query="?q=sponsor")
    write = forms_of(page)[-1].send(coordinator.client, people=[sponsor.pk])
    form = form_with(write, "words")
    assert "Could you be that person" in form.fields["words"]
    preview = form.send(coordinator.client, asker=world.persons["coordinator"].pk)
    assert "asks whether you could be a mentor" in preview.content.decode()
    form_with(preview, "does", "send").send(coordinator.client)
    sent = OutboxMessage.objects.get(kind="invitation", recipient=sponsor.account)
    assert reverse("sign_up_mentor") in sent.text
    invitation = Invitation.objects.get(person=sponsor)
    assert invitation.side == "mentor"
    assert "It is half an hour every week or two" in coordinator.text("invitation", invitation.pk)
    asked = visitor(world, "sponsor")
    assert "Coordinator asks whether you could be a mentor" in asked.text("home")
    form_with(asked.page("sign_up_mentor"), "languages").send(asked.client, themes=["voice"])
    assert "asks whether you could be a mentor" not in asked.text("home")


def test_two_reminders_with_time_between_them_and_no_third(world: World, coordinator: Visitor) -> None:
    assert "There is nobody to remind now." in coordinator.text("invitation_remind")
    for number in (1, 2):
        days_pass(14)
        form_with(coordinator.page("invitation_remind"), "side").send(coordinator.client)
        assert OutboxMessage.objects.filter(text__contains="a while ago I asked you").count() == number
        assert "There is nobody to remind now." in coordinator.text("invitation_remind")
    assert "last time you hear of it" in OutboxMessage.objects.latest("pk").text
    days_pass(400)
    assert "There is nobody to remind now." in coordinator.text("invitation_remind")


def test_not_for_me_is_one_tap_and_looks_like_nothing(world: World, coordinator: Visitor, outsider: Visitor) -> None:
    before = words_on(coordinator, "invitations"), Event.objects.count()
    assert "asks you for five minutes" in outsider.text("home")
    (no,) = [one for one in forms_of(outsider.page("starting_point")) if "not-for-me" in one.address]
    assert no.send(outsider.client).headers["Location"] == reverse("home")
    assert "asks you for five minutes" not in outsider.text("home")
    assert (words_on(coordinator, "invitations"), Event.objects.count()) == before
    days_pass(15)
    remind = coordinator.page("invitation_remind")
    assert "It goes to 1 person." in remind.content.decode(), "the number does not tell either"
    form_with(remind, "side").send(coordinator.client)
    assert not OutboxMessage.objects.filter(text__contains="a while ago I asked you").exists()


def test_whoever_has_begun_or_signed_up_is_not_reminded(world: World, coordinator: Visitor, outsider: Visitor) -> None:
    days_pass(15)
    outsider.post("sign_up_leader", "themes", themes=["ai"])
    assert "There is nobody to remind now." in coordinator.text("invitation_remind")


def test_in_a_scheme_that_spans_organisations_each_coordinator_sees_and_asks_their_own_people(
    world: World, coordinator: Visitor
) -> None:
    """The scheme's own coordinator sees everybody in it; the other's sees their own people, and nobody else's."""
    near = people.add_person(by=None, organisation=world.organisation, name="Nell Near", email="nell@example.org")
    far = people.add_person(by=None, organisation=world.elsewhere, name="Finn Far", email="finn@example.org")
    plain = people.add_person(by=None, organisation=world.elsewhere, name="Paul Paper")
    foreign = visitor(world, "foreign_coordinator")
    scheme = world.pairing.scheme
    scheme.asked_by = world.persons["leader"].manager
    scheme.save()
    assert "Outsider" not in foreign.text("invitations"), "not before the scheme spans"
    scheme.spans.add(world.elsewhere)
    found = foreign.text("invitation_people")
    assert "Finn Far" in found
    assert "Nell Near" not in found
    assert "Top" not in foreign.post("invitation_people", people=[far.pk]).content.decode(), "a stranger there"
    own = world.persons["foreign_coordinator"].pk
    preview = send(foreign, [far.pk, near.pk], asker=own)
    assert "It goes to 1 person." in preview, "another organisation's person cannot be slipped in"
    assert "They are invited to “Scheme”." in preview
    send(foreign, [far.pk, plain.pk], asker=own, does="send")
    asked = {one.person.name: one for one in Invitation.objects.filter(scheme=scheme)}
    assert set(asked) == {"Outsider", "Finn Far", "Paul Paper"}
    seen, theirs = foreign.text("invitations"), coordinator.text("invitations")
    assert "Finn Far" in seen
    assert "Outsider" not in seen
    for name in asked:
        assert name in theirs
    assert foreign.page("invitation", world.invitation.pk).status_code == 404
    assert "The message, to copy" in foreign.text("invitation", asked["Finn Far"].pk)
    assert "Paul Paper" in foreign.text("invitation_letters")
    assert foreign.post("invitation_letter", asked["Paul Paper"].pk).status_code == 200
    abroad = coordinator.text("invitation", asked["Paul Paper"].pk)
    assert "Make a letter" not in abroad
    letters = Event.objects.filter(what="letter.made").count()
    refused = coordinator.client.post(reverse("invitation_letter", args=[asked["Paul Paper"].pk]), follow=True)
    assert "its coordinator can print a letter" in refused.content.decode()
    assert Event.objects.filter(what="letter.made").count() == letters, "no code for somebody else’s people"
    Invitation.objects.update(last_asked_at=clock.now() - timedelta(days=15))
    assert (
        "2 people are reminded."
        in foreign.client.post(reverse("invitation_remind"), {"side": "leader"}, follow=True).content.decode()
    )
    scheme.spans.clear()
    assert "Finn Far" not in foreign.text("invitations")
