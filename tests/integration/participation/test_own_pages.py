"""“Your conversations”: made because somebody asked, readable by them alone, shown to a mentor and taken back."""

import io
import zipfile
from datetime import date, datetime, timedelta

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from handrail.capabilities.participation import jobs, rules
from handrail.capabilities.participation.log_files import LogFiles
from handrail.capabilities.participation.models import Concern, Gathered, Picture, SharedPicture
from handrail.capabilities.participation.own import presenters
from handrail.capabilities.participation.sheet import STEP, Sheet
from handrail.capabilities.people.models import Person
from handrail.capabilities.schemes.set_up.models import Outcome
from handrail.formats.interactions.detect import FORMATS
from handrail.foundation.access.refusal import Refused
from handrail.foundation.vault.models import Conversation, KeyPair
from tests.factories.world import World
from tests.integration.participation.logs import load, table
from tests.pages import check_page

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]


def year_of_talk(world: World, *, last: date = date(2026, 6, 20)) -> bytes:
    """The leader posts weekly and answers little at first, then answers; colleagues of another unit answer back."""
    leader, mentor = world.persons["leader"].email, world.persons["mentor"].email
    acts = []
    for week in range(52):
        day = datetime.combine(last - timedelta(weeks=51 - week), datetime.min.time())
        thread = f"t{week}"
        acts.append(f"{day.isoformat()},{leader},,post,general,{thread},0")
        acts.append(f"{(day + timedelta(hours=2)).isoformat()},{mentor},{leader},reply,general,{thread},0")
        acts.append(f"{(day + timedelta(hours=3)).isoformat()},stranger@elsewhere.example,{leader},reaction,general,,1")
        if week >= 26:
            for hour in (4, 5):
                at = (day + timedelta(hours=hour)).isoformat()
                acts.append(f"{at},{leader},{mentor},reply,home-visits,{thread},0")
    return table(*acts)


@pytest.fixture
def talked(world: World) -> World:
    Person.objects.filter(pk=world.persons["mentor"].pk).update(unit="Technology", name="Priya Raman")
    Person.objects.filter(pk=world.persons["leader"].pk).update(unit="Adult Care")
    outcome = Outcome.objects.create(
        scheme=world.pairing.scheme,
        name="Visits booked online",
        strategy_line="Services at any hour",
        measure="Visits booked online",
        review_on=date(2027, 1, 1),
    )
    Concern.objects.create(outcome=outcome, topics="visits, care", units=["Technology"])
    load(world, year_of_talk(world), "log.csv")
    jobs.measure_organisation.call(organisation_id=world.organisation.pk)
    return world


def work(world: World) -> None:
    """What the worker does with everybody who asked."""
    for picture in Picture.objects.all():
        jobs.make_picture.call(picture_id=str(picture.pk))


def asked(world: World, role: str = "leader") -> Client:
    client = world.client_of(role)
    assert client.post(reverse("conversations_ask_for")).status_code == 302
    work(world)
    return client


@pytest.fixture
def mentor(talked: World) -> Client:
    """A mentor with a private space: it began with the first look at the notes."""
    client = talked.client_of("mentor")
    client.get(reverse("pairing_notes", args=[talked.pairing.pk]))
    return client


def test_nothing_is_made_before_somebody_asks(talked: World) -> None:
    for organisation in (talked.organisation, talked.elsewhere):
        jobs.measure_organisation.call(organisation_id=organisation.pk)
    assert not Picture.objects.exists()
    assert not Gathered.objects.filter(organisation=talked.elsewhere).exists()
    response = talked.client_of("leader").get(reverse("conversations"))
    check_page(response)
    assert b"only because you ask" in response.content
    assert b"What you write in other places" in response.content, "before anybody asks"
    assert not Picture.objects.exists()


def test_the_page_says_it_in_one_sentence_three_charts_and_a_circle(talked: World) -> None:
    client = asked(talked)
    response = client.get(reverse("conversations"))
    check_page(response)
    text = response.content.decode()
    assert "nothing else: a list of your organisation’s own. What you write in other places" in text
    assert "There, in the last three months, you wrote" in text
    assert text.count("hr-chart__sentence") == 4
    assert "The one thing that would help next" in text
    assert "Priya Raman" in text
    assert "Technology" in text
    assert "Somebody not known here (1)" in text
    assert "stranger@elsewhere.example" not in text
    assert "What tells more" in text
    assert "Visits booked online" in text
    for nickname in ("broadcaster", "observer", "catalyst", "responder", "engager"):
        assert nickname not in text.lower()


def test_acts_without_a_time_are_counted_and_no_month_is_made_up(world: World) -> None:
    leader, mentor = world.persons["leader"].email, world.persons["mentor"].email
    load(world, table(f",{leader},{mentor},reply,general,,0", f",{mentor},{leader},reply,general,,0"), "log.csv")
    client = asked(world)
    text = client.get(reverse("conversations")).content.decode()
    assert "In the last three months you wrote" not in text
    assert "Mentor" in text


def test_what_is_not_there_yet_is_not_shared() -> None:
    for own, conversation_id, words in ((None, 1, "nothing to show yet"), (False, None, "no private space yet")):
        with pytest.raises(Refused, match=words):
            rules.check_can_share(Sheet(own), conversation_id)  # type: ignore[arg-type]


def test_the_page_asks_twelve_questions_at_most_and_opens_no_file(
    talked: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = asked(talked)
    client.get(reverse("conversations"))
    monkeypatch.setattr(LogFiles, "batches", None)
    with CaptureQueriesContext(connections["default"]) as one, CaptureQueriesContext(connections["keystore"]) as other:
        assert client.get(reverse("conversations")).status_code == 200
    questions = [*one.captured_queries, *other.captured_queries]
    assert len(questions) <= 12, "\n".join(each["sql"][:120] for each in questions)


def test_it_waits_on_a_page_that_looks_again(talked: World) -> None:
    client = talked.client_of("leader")
    client.post(reverse("conversations_ask_for"))
    response = client.get(reverse("conversations"))
    check_page(response)
    assert b"Being made" in response.content
    assert "HX-Refresh" not in client.get(reverse("conversations_progress")).headers
    work(talked)
    assert client.get(reverse("conversations_progress")).headers["HX-Refresh"] == "true"


def test_only_its_owner_reads_it_and_its_length_tells_nothing(talked: World) -> None:
    asked(talked)
    asked(talked, "outsider")
    pictures = list(Picture.objects.all())
    assert len({len(bytes(picture.sheet)) for picture in pictures}) == 1
    assert all(len(bytes(picture.sheet)) > STEP for picture in pictures)
    assert all(b"Priya" not in bytes(picture.sheet) for picture in pictures)
    for role in ("coordinator", "sponsor", "administrator", "mentor"):
        response = talked.client_of(role).get(reverse("conversations"))
        assert b"The one thing that would help next" not in response.content


def test_made_again_after_each_export_in_place_of_the_one_before(talked: World) -> None:
    client = asked(talked)
    before = Picture.objects.get()
    number = Conversation.objects.count()
    load(talked, year_of_talk(talked, last=date(2026, 7, 18)), "log.csv")
    jobs.measure_organisation.call(organisation_id=talked.organisation.pk)
    after = Picture.objects.get()
    assert after.conversation_id != before.conversation_id
    assert Conversation.objects.count() == number
    assert "to July 2026" in client.get(reverse("conversations")).content.decode()


def test_whoever_is_in_no_export_is_told_so_kindly(talked: World) -> None:
    response = asked(talked, "outsider").get(reverse("conversations"))
    check_page(response)
    assert b"Nothing of yours was found" in response.content


def test_asked_before_there_is_an_export(world: World) -> None:
    client = asked(world)
    response = client.get(reverse("conversations"))
    check_page(response)
    load(world, year_of_talk(world), "log.csv")
    jobs.measure_organisation.call(organisation_id=world.organisation.pk)
    assert b"There, in the last three months" in client.get(reverse("conversations")).content


def test_stop_deletes_it_and_what_was_shown(talked: World, mentor: Client) -> None:
    client = asked(talked)
    client.post(reverse("conversations_share", args=[talked.pairing.pk]))
    assert SharedPicture.objects.count() == 1
    check_page(client.get(reverse("conversations_stop")))
    client.post(reverse("conversations_stop"))
    assert not Picture.objects.exists()
    assert not SharedPicture.objects.exists()
    assert client.get(reverse("conversations_stop")).status_code == 302


def test_a_mentor_without_a_private_space_is_waited_for(talked: World) -> None:
    client = asked(talked)
    response = client.post(reverse("conversations_share", args=[talked.pairing.pk]), follow=True)
    assert b"no private space yet" in response.content
    assert not SharedPicture.objects.exists()


def test_shown_to_the_mentor_without_names_and_taken_back(talked: World, mentor: Client) -> None:
    shown = reverse("conversations_shown", args=[talked.pairing.pk])
    client = asked(talked)
    share = reverse("conversations_share", args=[talked.pairing.pk])
    check_page(client.get(share))
    assert mentor.get(shown).status_code == 404
    client.post(share)
    response = mentor.get(shown)
    check_page(response)
    assert b"chose to show you this" in response.content
    assert f'href="{shown}"' in mentor.get(reverse("home")).content.decode()
    assert b"Somebody not known" not in response.content
    assert talked.client_of("coordinator").get(shown).status_code == 404
    assert b"Shown since" in client.get(reverse("conversations")).content
    client.post(reverse("conversations_take_back", args=[talked.pairing.pk]))
    assert mentor.get(shown).status_code == 404


def test_a_mentor_cannot_show_what_is_the_leaders(talked: World) -> None:
    assert talked.client_of("mentor").get(reverse("conversations_share", args=[talked.pairing.pk])).status_code == 404


def test_the_export_of_ones_own_data_holds_it(talked: World, mentor: Client) -> None:
    client = asked(talked)
    client.post(reverse("conversations_share", args=[talked.pairing.pk]))
    with zipfile.ZipFile(io.BytesIO(client.post(reverse("account_data")).content)) as held:
        text = "".join(held.read(name).decode() for name in held.namelist())
    assert "in_touch" in text
    assert "participation.SharedPicture" in text


def test_sheets_are_made_for_no_one_who_left_no_key(talked: World) -> None:
    """Whoever asked and has lost their key gets nothing sealed to a key that is not theirs."""
    asked(talked)
    before = bytes(Picture.objects.get().sheet)
    KeyPair.objects.all().delete()
    work(talked)
    assert bytes(Picture.objects.get().sheet) == before


def test_every_kind_of_export_has_a_name_that_those_who_write_there_know() -> None:
    assert presenters.PLACES.keys() == {one.NAME for one in FORMATS}
    assert presenters.counted_in([]) == ""
