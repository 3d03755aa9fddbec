"""A running scheme from a messy spreadsheet, and the same back out: previewed, named by line, never doubled."""

import io
import re
from datetime import timedelta
from functools import partial
from typing import Any

import openpyxl
import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from freezegun import freeze_time

from handrail.capabilities.pairings.calendars.queries import sessions_in_feed
from handrail.capabilities.pairings.models import Pairing, Session
from handrail.capabilities.pairings.rules import standing
from handrail.capabilities.pairings.spreadsheets import actions, jobs, rules
from handrail.capabilities.pairings.spreadsheets.models import PairsFile, PairsLine
from handrail.capabilities.people.models import Person
from handrail.capabilities.schemes.joining.actions import settle_joining
from handrail.foundation import clock
from handrail.foundation.access.refusal import Refused
from handrail.foundation.audit.models import Event
from handrail.foundation.mail.models import OutboxMessage
from tests.factories.world import World, build_world, person
from tests.integration.page_forms import forms_of

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]
State, Outcome = PairsFile.State, PairsLine.Outcome
HEAD = ["Leader", "Mentor", "Status", "Date matched", "First meeting"]


class Desk:
    """A coordinator at their pages; jobs run when they are looked for."""

    def __init__(self, world: World, settings: Any, folder: Any) -> None:
        settings.DATA_DIR = folder
        self.world = world
        self.client: Client = world.client_of("coordinator")

    def bring(self, rows: list[list[str]], name: str = "pairs.xlsx") -> PairsFile:
        book = openpyxl.Workbook()
        assert book.active is not None
        for row in rows:
            book.active.append(row)
        out = io.BytesIO()
        book.save(out)
        return self.send(name, out.getvalue())

    def send(self, name: str, content: bytes) -> PairsFile:
        sent = self.client.post(reverse("pairs_files"), {"file": SimpleUploadedFile(name, content)})
        assert sent.status_code == 302, sent.content.decode()
        file = PairsFile.objects.latest("pk")
        jobs.read_list.func(file_id=file.pk)
        return self.again(file)

    def again(self, file: PairsFile) -> PairsFile:
        return PairsFile.objects.select_related("scheme").get(pk=file.pk)

    def page(self, file: PairsFile, name: str = "pairs_file") -> str:
        return self.client.get(reverse(name, args=[file.pk])).content.decode()

    def load(self, file: PairsFile, **typed: str) -> PairsFile:
        self.client.post(reverse("pairs_file_load", args=[file.pk]), typed)
        jobs.load_list.func(file_id=file.pk)
        return self.again(file)

    def outcomes(self, file: PairsFile) -> list[tuple[int, str]]:
        return list(file.lines.values_list("line", "outcome"))


@pytest.fixture
def desk(settings: Any, tmp_path: Any) -> Desk:
    cache.clear()
    world = build_world()
    for name in ("Ada Bevan", "Bo Cole", "Cy Diaz", "Di Evans", "Twin Ito", "Twin Ito"):
        person(world.organisation, name)
    return Desk(world, settings, tmp_path)


ROWS = [
    HEAD,
    ["Bevan, Ada", "BO COLE", "matched", "1/2/2026", "9/2/2026"],
    ["Cy Diaz", "Ada Bevan", "on hold", "1/2/2026"],
    ["Di Evans", "Cy Diaz", "invited"],
    ["Leader", "Mentor", "met"],
    ["Ada Bevan", "Nobody Known", "met"],
    ["Bo Cole", "Twin Ito", "met"],
    ["Bo Cole", "Di Evans", "sort of"],
    ["Di Evans", "Ada Bevan", "declined"],
    ["Di Evans", "Bo Cole", "finished", "1/2/2026"],
]


def states(desk: Desk) -> dict[tuple[str, str], str]:
    found = Pairing.objects.exclude(pk=desk.world.pairing.pk).select_related("leader", "mentor")
    return {(one.leader.name, one.mentor.name): str(standing(one)) for one in found}


def test_a_list_without_a_pair_says_what_a_list_has(desk: Desk) -> None:
    page = desk.page(desk.bring([["What", "Colour"], ["House", "red"]]))
    assert "No pair was found" in page
    assert "Nothing is changed yet" not in page
    assert "Bring these pairs" not in page


def test_good_lines_load_others_are_named_and_twice_changes_nothing(desk: Desk) -> None:
    file = desk.bring(ROWS)
    page = desk.page(file)
    assert "Nothing is changed yet" in page
    assert "Several people here are called “Twin Ito”" in page
    assert "“sort of” is no state we know" in page
    assert states(desk) == {}
    assert desk.outcomes(file) == [
        *((2, Outcome.NEW), (3, Outcome.NEW), (4, Outcome.NEW), (5, Outcome.HERE), (6, Outcome.UNKNOWN)),
        *((7, Outcome.FAULT), (8, Outcome.FAULT), (9, Outcome.LEFT_OUT), (10, Outcome.NEW)),
    ]
    sent = OutboxMessage.objects.count()
    file = desk.load(file)
    assert (file.state, file.stored_name) == (State.DONE, "")
    brought = {
        ("Ada Bevan", "Bo Cole"): "met",
        ("Cy Diaz", "Ada Bevan"): "paused",
        ("Di Evans", "Cy Diaz"): "proposed",
        ("Di Evans", "Bo Cole"): "closed",
    }
    assert states(desk) == brought
    assert "4 pairs were brought" in desk.page(file)
    assert OutboxMessage.objects.count() == sent, "nobody is written to unless that is said"
    first = Pairing.objects.get(leader__name="Ada Bevan")
    assert first.agreed_at is not None
    assert first.agreed_at.date().isoformat() == "2026-02-01"
    held = Session.objects.get(pairing=first)
    assert (held.state, held.starts_at.date().isoformat()) == ("held", "2026-02-09")
    assert not Session.objects.filter(pairing__leader__name="Cy Diaz").exists(), "no day on which they met was named"
    leader = desk.client.__class__()
    account = Person.objects.get(name="Ada Bevan").account
    assert account is not None
    leader.force_login(account, backend="handrail.capabilities.accounts.backends.AccountBackend")
    times = leader.get(reverse("session_times", args=[first.pk])).content.decode()
    assert "9 February 2026" in times.partition("When you met")[2]
    assert [one.pairing_id for one in sessions_in_feed(account)] == [], "its hour is not known: no calendar shows it"
    before = list(Pairing.objects.order_by("pk").values())
    again = desk.load(desk.bring(ROWS))
    assert list(Pairing.objects.order_by("pk").values()) == before
    assert {outcome for _line, outcome in desk.outcomes(again)} == {
        Outcome.HERE,
        Outcome.UNKNOWN,
        Outcome.FAULT,
        Outcome.LEFT_OUT,
    }


def test_people_who_are_missing_are_added_and_their_lines_go_along(desk: Desk) -> None:
    file = desk.bring([HEAD, ["Ada Bevan", "New Person <new@example.org>", "met"], ["Twin Ito", "New Person"]])
    page = desk.client.get(reverse("pairs_file_people", args=[file.pk]))
    assert "New Person, new@example.org" in page.content.decode()
    assert "Twin Ito" not in page.content.decode(), "one of two people of that name: adding a third would not help"
    (form,) = [form for form in forms_of(page) if "people" in form.fields]
    assert form.send(desk.client).status_code == 302
    added = Person.objects.get(name="New Person")
    assert (added.email, added.line) == ("new@example.org", Person.Line.UNKNOWN)
    assert desk.outcomes(file)[0] == (2, Outcome.NEW)
    assert "Nobody is missing" in desk.page(file, "pairs_file_people")
    desk.load(file, tell="on")
    told = OutboxMessage.objects.filter(subject="A place for your meetings")
    assert {one.to_name for one in told} == {"Ada Bevan", "New Person"}


def test_columns_are_guessed_and_may_be_said(desk: Desk) -> None:
    file = desk.bring([["Senior person", "Junior person", "When"], ["Ada Bevan", "Bo Cole", "3/4/2026"]])
    assert file.columns == {}
    page = reverse("pairs_file_columns", args=[file.pk])
    wrong = desk.client.post(page, {"leader": "0", "mentor": "0", "dates": "day"})
    assert "One column cannot say two things" in wrong.content.decode()
    assert "Say in which column" in desk.client.post(page, {"leader": "0", "dates": "day"}).content.decode()
    said = {"leader": "0", "mentor": "1", "agreed_on": "2", "dates": "month"}
    for headed, lines in (({}, [(1, Outcome.FAULT), (2, Outcome.NEW)]), ({"headed": "on"}, [(2, Outcome.NEW)])):
        desk.client.post(page, {**said, **headed})
        jobs.read_list.func(file_id=file.pk)
        assert desk.outcomes(file) == lines, "“When” is no date, where it is not a heading"
    assert "column A: Senior person" in desk.page(file)
    loaded = desk.load(file)
    assert Pairing.objects.get(leader__name="Ada Bevan").agreed_at.date().isoformat() == "2026-03-04"  # type: ignore[union-attr]
    assert desk.client.get(reverse("pairs_file_columns", args=[loaded.pk])).status_code == 302


def test_what_is_no_list_says_so_kindly(desk: Desk) -> None:
    assert "This is a PDF" in desk.page(desk.send("a.pdf", b"%PDF-1.7 and more"))
    missing = desk.client.post(reverse("pairs_files"), {})
    assert "Please choose the file with the pairs" in missing.content.decode()
    gone = desk.bring(ROWS)
    actions.SHELF.forget(gone.stored_name)
    PairsFile.objects.filter(pk=gone.pk).update(state=State.WAITING)
    jobs.read_list.func(file_id=gone.pk)
    assert "not there any more" in desk.page(gone)


def test_the_list_comes_out_without_private_text_and_goes_in_again(desk: Desk) -> None:
    desk.load(desk.bring(ROWS))
    Person.objects.filter(name="Cy Diaz").update(name="=cmd|'/c calc'!A1")
    for kind in ("xlsx", "csv"):
        answer = desk.client.post(reverse(f"pairs_out_{kind}"))
        assert answer["Content-Disposition"].endswith(f'.{kind}"')
        assert "no-store" in answer["Cache-Control"]
        if kind == "csv":
            assert b"Would you two like to meet?" not in answer.content
            assert b"\"'=cmd" in answer.content
        before = list(Pairing.objects.order_by("pk").values())
        file = desk.send(f"out.{kind}", answer.content)
        assert {outcome for _line, outcome in desk.outcomes(file)} == {Outcome.HERE}
        desk.load(file)
        assert list(Pairing.objects.order_by("pk").values()) == before
    assert Event.objects.filter(what="pairings.taken_out").count() == 2


def test_a_load_that_was_cut_off_goes_on_and_a_list_is_put_aside(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    file = desk.bring(ROWS)
    monkeypatch.setattr(actions, "BATCH", 1)
    kept = actions.pairings.bring_pair
    calls: list[int] = []

    def stops(**facts: Any) -> Pairing:
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError("cut off")
        return kept(**facts)

    monkeypatch.setattr(actions.pairings, "bring_pair", stops)
    with pytest.raises(RuntimeError):
        desk.load(file)
    jobs.load_list.func(file_id=file.pk)
    assert len(states(desk)) == 4
    jobs.load_list.func(file_id=file.pk)
    other = desk.bring(ROWS)
    path = actions.SHELF.path_of(other.stored_name)
    assert path.exists()
    assert (
        "Put aside" in desk.client.post(reverse("pairs_file_put_aside", args=[other.pk]), follow=True).content.decode()
    )
    assert not other.lines.exists()
    late = desk.client.post(reverse("pairs_file_put_aside", args=[other.pk]), follow=True).content.decode()
    assert "settled already" in late
    assert (
        "not ready to be loaded"
        in desk.client.post(reverse("pairs_file_load", args=[other.pk]), follow=True).content.decode()
    )


def test_one_person_under_name_and_address_is_one_person(desk: Desk) -> None:
    ada = Person.objects.get(name="Ada Bevan")
    lines = [["Ada Bevan", ada.email], ["Ada Bevan", "Bo Cole", "idea"], [ada.email, "Bo Cole"]]
    file = desk.bring([HEAD, *lines])
    assert [(code, value) for code, value in file.lines.values_list("code", "value")] == [
        ("same_person", "Ada Bevan"),
        ("", ""),
        ("repeat", "3"),
    ]
    desk.load(file, tell="on")
    assert states(desk) == {("Ada Bevan", "Bo Cole"): "proposed"}
    assert not OutboxMessage.objects.filter(subject="A place for your meetings").exists(), "neither is told yet"


def test_another_organisations_list_is_not_found(desk: Desk) -> None:
    file = desk.bring(ROWS)
    foreign = desk.world.client_of("foreign_coordinator")
    for name in ("pairs_file", "pairs_file_columns", "pairs_file_people"):
        assert foreign.get(reverse(name, args=[file.pk])).status_code == 404
    for name in ("pairs_file_load", "pairs_file_put_aside"):
        assert foreign.post(reverse(name, args=[file.pk])).status_code == 404
    assert b"Ada Bevan" not in foreign.post(reverse("pairs_out_csv")).content


def test_what_nobody_came_back_to_is_forgotten(desk: Desk) -> None:
    file = desk.bring(ROWS)
    with freeze_time(clock.now() + timedelta(days=31)):
        jobs.forget_old_lists.func()
    assert (desk.again(file).state, desk.again(file).stored_name) == (State.CANCELLED, "")
    assert not file.lines.exists()
    assert "Nothing was changed" in desk.page(file)


@pytest.mark.parametrize("state", State)
def test_what_may_be_done_with_a_list(state: str) -> None:
    ready = state == State.READY
    file = PairsFile(state=state, stored_name="kept")
    assert (rules.can_load(file), rules.can_change(file)) == (ready, ready)
    assert not rules.can_change(PairsFile(state=State.READY))
    for check in (partial(rules.check_can_load, has_outside=False, reason=""), rules.check_can_change):
        if ready:
            check(file)
        else:
            with pytest.raises(Refused):
                check(file)


def test_what_a_line_comes_to() -> None:
    facts = {"leader_known": True, "mentor_known": True, "is_here": False, "same": False, "state": "met"}
    for otherwise, outcome in (
        ({}, Outcome.NEW),
        ({"same": True}, Outcome.FAULT),
        ({"mentor_known": False}, Outcome.UNKNOWN),
        ({"leader_known": False, "is_here": True}, Outcome.UNKNOWN),
        ({"is_here": True}, Outcome.HERE),
        ({"state": "not_taken_up"}, Outcome.LEFT_OUT),
    ):
        assert rules.outcome_of(**{**facts, **otherwise}) == outcome  # type: ignore[arg-type]


def test_whoever_is_outside_is_said_before_a_list_is_brought_and_comes_with_a_reason(desk: Desk) -> None:
    """Pairs that run bring people in whom the rule would leave out; those that have ended are history."""
    scheme = desk.world.pairing.scheme
    Person.objects.filter(name="Ada Bevan").update(place="Harbour")
    settle_joining(by=desk.world.account("coordinator"), scheme=scheme, leaders="there", teams=["Harbour"])
    file = desk.bring(ROWS)
    page = desk.page(file)
    assert "Who may join as a leader: people in Harbour. That leaves out: Cy Diaz, Di Evans." in page
    assert reverse("scheme_step", args=[scheme.pk, "leaders"]) in page
    assert 'name="reason_to_go_on"' in page
    address = reverse("pairs_file_load", args=[file.pk])
    refused = desk.client.post(address, {"tell": "on", "reason_to_go_on": " "}).content.decode()
    assert "Say in a few words why they come all the same, or change who may join." in refused
    assert re.search(r'name="tell"[^>]* checked', refused), "what was chosen comes back"
    assert desk.again(file).state == rules.State.READY
    desk.load(file, reason_to_go_on="They began before the rule.")
    why = dict(Pairing.objects.filter(reason_to_go_on__gt="").values_list("leader__name", "reason_to_go_on"))
    assert why == dict.fromkeys(("Cy Diaz", "Di Evans"), "They began before the rule.")
    assert Pairing.objects.get(leader__name="Di Evans", mentor__name="Bo Cole").reason_to_go_on == ""
    assert desk.again(file).reason_to_go_on == "", "kept with the pairs, and nowhere else"
    proposed = Pairing.objects.get(leader__name="Di Evans", mentor__name="Cy Diaz")
    ask = desk.client.get(reverse("pairing_ask", args=[proposed.leader_id, proposed.mentor_id])).content.decode()
    assert "They began before the rule." in ask


def test_a_list_of_people_who_may_join_asks_for_no_reason(desk: Desk) -> None:
    file = desk.bring(ROWS)
    assert "reason_to_go_on" not in desk.page(file)
    assert desk.load(file, reason_to_go_on="Never asked").reason_to_go_on == ""
    assert not Pairing.objects.filter(reason_to_go_on="Never asked").exists()
