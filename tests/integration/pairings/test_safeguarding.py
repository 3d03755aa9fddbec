"""The named person outside the two: naming them, reaching them, and showing them notes that nobody else then sees."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session as SignIn
from django.core import serializers
from django.utils import timezone
from lxml import html

from handrail.capabilities.pairings.models import Note, Pairing, Report
from handrail.capabilities.pairings.safeguarding import actions, rules
from handrail.capabilities.pairings.safeguarding.rules import Concern
from handrail.capabilities.people.lines.queries import line_above
from handrail.capabilities.people.models import Person
from handrail.capabilities.people.rules import Line
from handrail.foundation.access.refusal import Refused
from handrail.foundation.audit.models import Event
from handrail.foundation.idempotency.models import HandledForm
from handrail.foundation.mail.models import OutboxMessage
from handrail.foundation.vault.models import Conversation, Epoch, EpochKey, Participant
from tests.factories.world import World, build_world
from tests.integration.page_forms import form_with

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow, pytest.mark.postgres]
TEXT, OTHER_TEXT, WORDS = "You will do as I say.", "See you on Tuesday.", "He wrote this twice."


class Place:
    """The small world with two notes, and `outsider` as the contact of the scheme."""

    def __init__(self) -> None:
        self.world = build_world()
        self.clients = {role: self.world.client_of(role) for role in ("leader", "mentor", "outsider", "coordinator")}
        for role in ("leader", "mentor"):
            begin(self.clients[role])
        self.pairing = self.world.pairing
        self.notes = f"/pairings/{self.pairing.pk}/notes/"
        for role, text in (("leader", TEXT), ("leader", OTHER_TEXT)):
            form_with(self.clients[role].get(self.notes), "text").send(self.clients[role], text=text)

    def name_contact(self, role: str = "outsider", *, key: bool = True) -> None:
        self.pairing.scheme.contact = self.world.persons[role]
        self.pairing.scheme.save()
        if key:
            begin(self.clients["outsider"])

    def preview(self, role: str = "mentor", *, chosen: str = TEXT, words: str = WORDS) -> Any:
        page = self.clients[role].get(self.notes + "report/")
        boxes = html.document_fromstring(page.content.decode()).xpath("//input[@name='notes']")
        hints = [self.hint_of(box) for box in boxes]
        wanted = [box.get("value") for box, hint in zip(boxes, hints, strict=True) if hint == chosen]
        return form_with(page, "does", "preview").send(self.clients[role], notes=wanted, words=words)

    @staticmethod
    def hint_of(box: Any) -> str:
        (hint,) = box.getroottree().xpath(f"//*[@id='{box.get('aria-describedby')}']")
        return str(hint.text_content()).strip()


def begin(client: Any) -> None:
    form_with(client.get("/account/private/open/"), "device").send(client, device="own")


@pytest.fixture
def place() -> Place:
    return Place()


def test_a_mentor_shows_one_note_to_the_contact_and_nobody_else_learns_of_it(place: Place) -> None:
    place.name_contact()
    events, sessions = Event.objects.count(), SignIn.objects.count()
    forms = list(HandledForm.objects.values_list("pk", flat=True))
    preview = place.preview()
    said = preview.content.decode()
    assert TEXT in said
    assert OTHER_TEXT not in said
    assert "Outsider will read this, and nobody else" in said
    sent = form_with(preview, "does", "send").send(place.clients["mentor"])
    assert (sent.status_code, sent["Location"]) == (302, "/home/")

    (report,) = Report.objects.all()
    shown = place.clients["outsider"].get(f"/pairings/reports/{report.pk}/").content.decode()
    assert [words in shown for words in (TEXT, WORDS, "Mentor", OTHER_TEXT)] == [True, True, True, False]
    assert "Mentor" in place.clients["outsider"].get("/pairings/reports/").content.decode()

    # No trace: no event, no address, neutral words out, and no column that leads to who did it or about whom.
    assert Event.objects.count() == events
    assert SignIn.objects.count() == sessions
    assert list(HandledForm.objects.exclude(pk__in=forms).values_list("location", flat=True)) == ["/home/"]
    message = OutboxMessage.objects.filter(kind="notice").latest("pk")
    assert (message.to_name, message.organisation_id) == ("Outsider", None)
    assert "Something for you" not in place.clients["coordinator"].get("/installation/messages/").content.decode()
    assert not any(word in message.subject + message.text for word in ("report", "note", "Mentor", "Leader", "pairing"))
    conversation = Conversation.objects.get(pk=report.conversation_id)
    rows = [report, conversation, *conversation.participants.all(), *conversation.epochs.all()]
    rows += list(EpochKey.objects.filter(epoch__conversation=conversation))
    assert list(Participant.objects.filter(conversation=conversation).values_list("account_id", flat=True)) == [
        place.world.account("outsider").pk
    ]
    assert Epoch.objects.filter(conversation=conversation).count() == 1
    held = serializers.serialize("json", rows)
    assert not any(name in held for name in ("Mentor", "Leader", TEXT, WORDS))

    # The two see nothing of it either, and the contact alone can delete it.
    for role in ("leader", "mentor", "coordinator"):
        assert place.clients[role].get(f"/pairings/reports/{report.pk}/").status_code == 404
        assert place.clients[role].get("/pairings/reports/").status_code == 404
        assert place.clients[role].post(f"/pairings/reports/{report.pk}/delete/").status_code == 404
    assert WORDS not in place.clients["mentor"].get(place.notes).content.decode()
    place.clients["outsider"].post(f"/pairings/reports/{report.pk}/delete/")
    assert not Report.objects.exists()


def test_a_report_stands_first_on_the_contacts_home_until_it_is_read(place: Place, settings: Any) -> None:
    place.name_contact()
    contact = place.clients["outsider"]
    preview = place.preview()
    assert "No mail leaves here for Outsider" in preview.content.decode()
    settings.MAIL_URL = "smtp://localhost"
    assert "Outsider gets a message that only says" in place.preview().content.decode()
    assert "Somebody turns to you" not in contact.get("/home/").content.decode()
    form_with(preview, "does", "send").send(place.clients["mentor"])
    assert "Somebody turns to you as the named contact." in contact.get("/home/").content.decode()
    for role in ("coordinator", "leader", "mentor"):
        assert "Somebody turns to you" not in place.clients[role].get("/home/").content.decode()
    contact.get(f"/pairings/reports/{Report.objects.get().pk}/")
    assert "Somebody turns to you" not in contact.get("/home/").content.decode()


def test_what_is_sent_is_what_was_shown(place: Place) -> None:
    """A note that its author changes in between is shown again first."""
    place.name_contact()
    preview = place.preview()
    note = Note.objects.order_by("written_at").first()
    assert note is not None
    leader = place.clients["leader"]
    form_with(leader.get(f"{place.notes}{note.pk}/"), "text").send(leader, text="I am sorry.")
    again = form_with(preview, "does", "send").send(place.clients["mentor"])
    assert "A note has changed since" in again.content.decode()
    assert not Report.objects.exists()
    assert form_with(again, "does", "send").send(place.clients["mentor"]).status_code == 302
    (report,) = Report.objects.all()
    assert "I am sorry." in place.clients["outsider"].get(f"/pairings/reports/{report.pk}/").content.decode()


def test_nothing_chosen_is_asked_for(place: Place) -> None:
    place.name_contact()
    assert "Tap one note or more" in place.preview(chosen="none of them").content.decode()


def test_a_contact_without_a_key_is_reached_by_name_and_address(place: Place) -> None:
    place.name_contact(key=False)
    mentor = place.clients["mentor"]
    page = mentor.get(f"/pairings/{place.pairing.pk}/contact/").content.decode()
    assert "has not opened a private space yet" in page
    assert f"mailto:{place.world.account('outsider').email}" in page
    assert mentor.get(place.notes + "report/")["Location"] == f"/pairings/{place.pairing.pk}/contact/"
    assert "/pairings/reports/" in place.clients["outsider"].get("/home/").content.decode()
    place.clients["outsider"].get("/pairings/reports/")  # opening the page once makes the key
    assert "Choose notes to show" in mentor.get(f"/pairings/{place.pairing.pk}/contact/").content.decode()


@pytest.mark.parametrize("role", ["leader", "mentor", None])
def test_one_of_the_two_is_nobody_outside(place: Place, role: str | None) -> None:
    if role:
        place.name_contact(role, key=False)
    page = place.clients["mentor"].get(f"/pairings/{place.pairing.pk}/contact/").content.decode()
    assert "Nobody outside you two has been named" in page


def test_a_contact_who_left_is_nobody(place: Place) -> None:
    place.name_contact()
    Person.objects.filter(name="Outsider").update(left_on=timezone.localdate())
    assert (
        "Nobody outside you two"
        in place.clients["mentor"].get(f"/pairings/{place.pairing.pk}/contact/").content.decode()
    )
    with pytest.raises(Refused, match="named nobody"):
        rules.check_can_report(contact=None, has_key=False, notes=1)


def test_a_report_sealed_to_a_lost_key_says_so(place: Place) -> None:
    place.name_contact()
    form_with(place.preview(), "does", "send").send(place.clients["mentor"])
    fresh = place.world.client_of("outsider")
    form_with(fresh.get("/account/private/lost/"), "device").send(fresh, understood="on", device="own")
    (report,) = Report.objects.all()
    assert "can no longer open" in fresh.get("/pairings/reports/").content.decode()
    assert "Nobody can open it any more" in fresh.get(f"/pairings/reports/{report.pk}/").content.decode()


def test_reports_go_after_two_years(place: Place) -> None:
    place.name_contact()
    form_with(place.preview(), "does", "send").send(place.clients["mentor"])
    assert actions.forget_old_reports() == 0
    Report.objects.update(made_on=timezone.localdate() - timedelta(days=731))
    assert actions.forget_old_reports() == 1


def test_a_coordinator_names_the_contact_who_is_told(place: Place, settings: Any) -> None:
    client, person = place.clients["coordinator"], place.world.persons["outsider"]
    assert "Nobody yet" in client.get("/schemes/").content.decode()
    assert "Outsider" in client.get("/pairings/contact/?q=outs").content.decode()
    page = client.get(f"/pairings/contact/{person.pk}/")
    assert "Not every reporting line is known" in page.content.decode()
    assert form_with(page, "csrfmiddlewaretoken").send(client).status_code == 302
    place.pairing.scheme.refresh_from_db()
    assert place.pairing.scheme.contact == person
    assert "People can turn to you" in OutboxMessage.objects.latest("pk").subject
    named = client.get("/pairings/contact/").content.decode()
    assert "has not signed in" in named
    assert ("No message reaches Outsider" in named, f"/people/{person.pk}/" in named) == (True, True)
    settings.MAIL_URL = "smtp://localhost"
    assert "No message reaches" not in client.get("/pairings/contact/").content.decode()
    assert "Outsider" in client.get("/schemes/").content.decode()
    assert client.get(f"/pairings/contact/{place.world.persons['administrator'].pk}/").status_code == 404


def test_a_scheme_that_another_runs_is_not_changed(place: Place) -> None:
    place.pairing.scheme.spans.add(place.world.elsewhere)
    assert place.world.client_of("foreign_coordinator").get("/pairings/contact/").status_code == 404


def test_lines_are_followed_to_the_top(world_of_lines: dict[str, Person]) -> None:
    persons = world_of_lines
    assert line_above({persons["low"].pk}).above == {persons[name].pk for name in ("middle", "high", "top")}
    assert line_above({persons["top"].pk}) == Line(frozenset(), True)
    Person.objects.filter(pk=persons["high"].pk).update(line=Person.Line.UNKNOWN)
    assert not line_above({persons["low"].pk}).complete
    Person.objects.filter(pk=persons["top"].pk).update(manager=persons["low"])
    assert persons["low"].pk in line_above({persons["low"].pk}).above  # a circle ends


def test_a_long_line_is_followed_a_few_levels_a_read(
    world_of_lines: dict[str, Person], django_assert_num_queries: Any
) -> None:
    top, organisation = world_of_lines["low"], world_of_lines["low"].organisation
    line = [top]
    for number in range(7):
        known = {"line": Person.Line.KNOWN, "manager": line[-1]}
        line.append(Person.objects.create(organisation=organisation, name=f"Level {number}", **known))
    with django_assert_num_queries(2):
        found = line_above({line[-1].pk, line[3].pk})
    assert found.above == {one.pk for one in line[:-1]} | {
        world_of_lines[name].pk for name in ("middle", "high", "top")
    }
    assert found.complete


@pytest.fixture
def world_of_lines() -> dict[str, Person]:
    world: World = build_world()
    persons: dict[str, Person] = {}
    for name, above in (("top", ""), ("high", "top"), ("middle", "high"), ("low", "middle")):
        persons[name] = Person.objects.create(
            organisation=world.organisation, name=name, manager=persons.get(above), line=Person.Line.KNOWN
        )
    return persons


KNOWN = Line(frozenset(), True)


@pytest.mark.parametrize(
    ("changes", "concern"),
    [
        ({}, None),
        ({"roles": {"coordinator"}}, Concern.COORDINATOR),
        ({"roles": {"sponsor"}}, Concern.SPONSOR),
        ({"participants": {1}}, Concern.IN_A_PAIR),
        ({"above_participants": Line(frozenset({1}), True)}, Concern.ABOVE),
        ({"leads": True, "above_participants": Line(frozenset({1}), True)}, Concern.ABOVE),
        ({"leads": True}, Concern.LEADS),
        ({"participants": {5}, "above_contact": Line(frozenset({5}), True)}, Concern.BELOW),
        ({"above_contact": Line(frozenset(), False)}, Concern.UNKNOWN_LINE),
        ({"contact": Person(pk=1, name="Ada")}, Concern.NO_ADDRESS),
    ],
)
def test_what_speaks_against_a_contact(changes: dict[str, Any], concern: Concern | None) -> None:
    facts: dict[str, Any] = {
        "contact": Person(pk=1, name="Ada", email="ada@example.org"),
        "roles": set(),
        "participants": set(),
        "leads": False,
        "above_contact": KNOWN,
        "above_participants": KNOWN,
        **changes,
    }
    assert rules.concerns_about(facts.pop("contact"), **facts) == ([concern] if concern else [])


def test_how_much_may_be_reported() -> None:
    ada = Person(pk=1, name="Ada")
    assert rules.can_report(contact=ada, has_key=True, notes=rules.MOST_NOTES)
    assert not rules.can_report(contact=ada, has_key=True, notes=rules.MOST_NOTES + 1)
    assert not rules.can_report(contact=ada, has_key=False, notes=1)
    assert not rules.can_report(contact=ada, has_key=True, notes=0)


def test_the_other_pairs_page_shows_no_reports(place: Place) -> None:
    assert Pairing.objects.count() == 1
    assert place.clients["coordinator"].get(place.notes + "report/").status_code == 404
