"""Signing up: a mentor on one page, a leader one question at a time, a manager who sees hours, and whom not."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from handrail.capabilities.people import actions as people
from handrail.capabilities.schemes.actions import let_scheme_span
from handrail.capabilities.schemes.sign_up import actions, queries
from handrail.capabilities.schemes.sign_up.models import SignUp, TimeAgreement
from handrail.capabilities.schemes.sign_up.rules import WhomNot, ruled_out
from handrail.foundation.access.refusal import Refused
from handrail.foundation.audit.models import Event
from handrail.foundation.mail.models import OutboxMessage
from handrail.foundation.vault.cipher import Unreadable
from handrail.foundation.vault.keys import state_of
from handrail.foundation.vault.unseen import open_unseen
from tests.factories.world import World, build_world
from tests.integration.page_forms import form_with
from tests.mail_set import MAIL_URL

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]


@pytest.fixture
def world() -> World:
    return build_world()


def page_of(client: Client, name: str, *arguments: object) -> Any:
    return client.get(reverse(name, args=arguments))


def sign_up_as_mentor(client: Client, **changes: object) -> Any:
    said = {"themes": ["voice", "data"], "how_many": "2", "times": ["mon-morning", "fri-evening"], **changes}
    return form_with(page_of(client, "sign_up_mentor"), "languages").send(client, **said)


def row_of(world: World, role: str, side: str = "mentor") -> SignUp:
    return SignUp.objects.get(person=world.persons[role], side=side)


def test_a_mentor_signs_up_on_one_page_and_has_a_key_from_then_on(world: World) -> None:
    client = world.client_of("outsider")
    assert not state_of(world.account("outsider").pk).has_keys
    answer = sign_up_as_mentor(client, languages="English, Cymraeg", place="Harbour House", names="Sponsor")
    assert answer.headers["Location"] == reverse("sign_up_time")
    row = row_of(world, "outsider")
    assert (row.themes, row.how_many, row.languages) == (["voice", "data"], 2, ["en", "cy"])
    assert row.times == ["mon-morning", "fri-evening"]
    assert queries.whom_not_of(row).people == {world.persons["sponsor"].pk}
    assert state_of(world.account("outsider").pk).has_keys
    form = form_with(page_of(client, "sign_up_time"), "hours")
    assert form.send(client, state="own", hours="1").headers["Location"] == reverse("sign_up")
    shown = page_of(client, "sign_up").content.decode()
    assert "You are signed up." in shown
    assert "Monday: morning · Friday: evening" in shown
    assert "Sponsor" not in shown


def test_a_name_is_known_without_its_accents_and_in_any_case(world: World) -> None:
    people.add_person(by=None, organisation=world.organisation, name="Zoë Müller", email="")
    said = sign_up_as_mentor(world.client_of("outsider"), names="zoe  MULLER")
    assert said.status_code == 302, said.content.decode()


def test_what_was_typed_comes_back_with_what_to_do(world: World) -> None:
    client = world.client_of("outsider")
    for changes, said in (
        ({"themes": []}, "Tap at least one thing."),
        ({"languages": " , "}, "Write at least one language."),
        ({"languages": "a, b, c, d, e, f, g"}, "Six languages at most"),
        ({"names": "Nobody Atall"}, "Nobody here is called “Nobody Atall”."),
        ({"names": "\n".join("abcdefghijk")}, "Ten at most"),
        ({"parties": ",".join("abcdefghijk")}, "Ten at most"),
    ):
        text = sign_up_as_mentor(client, **{"lines": "I keep the bees.", **changes}).content.decode()
        assert said in text, changes
        assert "I keep the bees." in text
    assert not SignUp.objects.filter(person=world.persons["outsider"]).exists()


def test_a_leader_answers_one_question_a_page_and_the_first_is_enough(world: World) -> None:
    client, me = world.client_of("outsider"), world.persons["outsider"]
    away = page_of(client, "sign_up_leader", "where")
    assert away.headers["Location"] == reverse("sign_up_leader", args=["themes"])
    first = form_with(page_of(client, "sign_up_leader", "themes"), "csrfmiddlewaretoken")
    assert "Three at most" in first.send(client, themes=["ai", "data", "voice", "open"]).content.decode()
    following = first.send(client, themes=["ai", "data"])
    assert following.headers["Location"] == reverse("sign_up_leader", args=["times"])
    row = row_of(world, "outsider", "leader")
    assert (row.person, row.themes, row.languages, row.times) == (me, ["ai", "data"], ["en"], [])
    form_with(page_of(client, "sign_up_leader", "times"), "csrfmiddlewaretoken").send(client, times=["sat-morning"])
    assert row_of(world, "outsider", "leader").times == []
    form_with(page_of(client, "sign_up_leader", "times"), "csrfmiddlewaretoken").send(client, times=["weekend-morning"])
    form_with(page_of(client, "sign_up_leader", "where"), "meets").send(client, meets="remote", languages="Welsh")
    last = form_with(page_of(client, "sign_up_leader", "apart"), "names")
    done = last.send(client, names="Mentor", party="Harbour Independents", parties="Blue, Green", other_parties="on")
    assert done.headers["Location"] == reverse("sign_up")
    row = row_of(world, "outsider", "leader")
    assert (row.times, row.meets, row.languages, row.party) == (
        ["weekend-morning"],
        "remote",
        ["cy"],
        "Harbour Independents",
    )
    mentor = world.persons["mentor"].pk
    assert queries.whom_not_of(row) == WhomNot(frozenset({mentor}), frozenset(), frozenset({"Blue", "Green"}), True)
    again = form_with(page_of(client, "sign_up_leader", "apart"), "names").fields
    assert (again["names"], again["parties"]) == ("Mentor", "Blue, Green")
    assert page_of(client, "sign_up_leader", "no-such-step").status_code == 404


def test_whom_not_is_shown_to_nobody_and_told_by_nothing(world: World) -> None:
    mentor, leader = world.persons["mentor"], world.persons["leader"]
    row, scheme, account = row_of(world, "mentor"), world.pairing.scheme, world.account("mentor")
    empty = len(row.whom_not)
    kinds = set(Event.objects.values_list("what", flat=True)) | {"sign_up.changed"}
    said = WhomNot(frozenset({leader.pk}), frozenset(f"{'é' * 190} {number}" for number in range(5)))
    row = actions.sign_up(by=account, scheme=scheme, person=mentor, side="mentor", answers={}, whom_not=said)
    assert len(row.whom_not) == empty, "as long when it says something"
    assert set(Event.objects.values_list("what", flat=True)) <= kinds
    assert b"people" not in bytes(row.whom_not)
    with pytest.raises(Unreadable):
        open_unseen(row.whom_not, queries.OF, row.scheme_id, leader.pk, "mentor")
    for role in ("leader", "coordinator"):
        client = world.client_of(role)
        for path in ("/people/", f"/people/{mentor.pk}/", "/schemes/", "/pairings/", "/schemes/sign-up/"):
            assert "é" * 190 not in client.get(path).content.decode()
    with pytest.raises(Refused):
        actions.sign_up(
            by=account,
            scheme=scheme,
            person=mentor,
            side="mentor",
            answers={"lines": "lost"},
            whom_not=WhomNot(frozenset(range(11))),
        )
    assert row_of(world, "mentor").lines == "", "nothing of it is kept"


def test_somebody_of_another_organisation_is_kept_apart_by_their_whole_name(world: World) -> None:
    let_scheme_span(by=world.account("coordinator"), scheme=world.pairing.scheme, organisation_ids=[world.elsewhere.pk])
    client = world.client_of("outsider")
    assert sign_up_as_mentor(client, names="foreign").status_code == 302
    row = row_of(world, "outsider")
    assert queries.whom_not_of(row) == WhomNot(frozenset(), frozenset({"foreign"}))
    actions.agree_time(by=world.account("outsider"), row=row, state="own", hours=1)
    foreign = world.persons["foreign_coordinator"]
    actions.sign_up(
        by=world.account("foreign_coordinator"),
        scheme=world.pairing.scheme,
        person=foreign,
        side="leader",
        answers={"themes": ["voice"]},
    )
    ready = queries.ready_to_match(world.pairing.scheme)
    assert [one.name for one in ready.leaders] == ["Leader", "Foreign"]
    (mentor,) = ready.mentors
    assert [ruled_out(leader.side, mentor.side) for leader in ready.leaders] == [False, True]


def test_who_can_be_matched_in_the_order_of_signing_up(world: World) -> None:
    scheme = world.pairing.scheme
    assert [one.name for one in queries.ready_to_match(scheme).mentors] == [], "the manager has not answered"
    row = row_of(world, "mentor")
    actions.agree_time(by=world.account("mentor"), row=row, state="spoken", hours=2)
    (mentor,) = queries.ready_to_match(scheme).mentors
    assert (mentor.themes, mentor.languages, mentor.how_many) == (("voice", "data"), {"en"}, 1)
    for role in ("outsider", "editor"):
        actions.sign_up(
            by=world.account(role), scheme=scheme, person=world.persons[role], side="leader", answers={"themes": ["ai"]}
        )
    assert [one.name for one in queries.ready_to_match(scheme).leaders] == ["Leader", "Outsider", "Editor"]
    first = row_of(world, "leader", "leader")
    actions.pause_sign_up(by=world.account("leader"), row=first)
    assert [one.name for one in queries.ready_to_match(scheme).leaders] == ["Outsider", "Editor"]
    actions.resume_sign_up(by=world.account("leader"), row=first)
    assert [one.name for one in queries.ready_to_match(scheme).leaders] == ["Leader", "Outsider", "Editor"]


def link_in(message: OutboxMessage) -> str:
    found = re.search(r"http://localhost:8000(/schemes/sign-up/time/\S+/)", message.text)
    assert found
    return found[1]


def test_where_no_mail_leaves_the_mentor_passes_the_question_on(world: World, client: Client) -> None:
    mentor = world.client_of("outsider")
    sign_up_as_mentor(mentor)
    form = form_with(page_of(mentor, "sign_up_time"), "hours")
    assert "This is needed to ask your manager." in form.send(mentor, state="asked", hours="3").content.decode()
    by_hand = form.send(mentor, state="asked", hours="3", name="Ada Boss").content.decode()
    assert "Dear Ada Boss" in by_hand
    link = re.search(r"http://localhost:8000(/schemes/sign-up/time/[^/\s]+/)", by_hand)
    assert link
    assert "You pass the question on" in page_of(mentor, "sign_up").content.decode()
    page = client.get(link[1])
    assert form_with(page, "csrfmiddlewaretoken").send(client, answer="yes").status_code == 302
    assert TimeAgreement.objects.get(sign_up__person__name="Outsider").state == "agreed"


def test_a_manager_sees_hours_only_and_answers_by_a_tap(world: World, client: Client, settings: Any) -> None:
    settings.MAIL_URL = MAIL_URL
    mentor = world.client_of("outsider")
    sign_up_as_mentor(mentor, lines="I know the chief executive.")
    form = form_with(page_of(mentor, "sign_up_time"), "hours")
    assert "This is needed to ask your manager." in form.send(mentor, state="asked", hours="3").content.decode()
    form.send(mentor, state="asked", hours="3", name="Ada Boss", address="ada@example.org")
    message = OutboxMessage.objects.get(to_address="ada@example.org")
    assert "about 3 hours a month" in message.text
    assert "chief executive" not in message.text
    link = link_in(message)
    page = client.get(link)
    assert page.status_code == 200
    client.head(link)
    assert TimeAgreement.objects.get(sign_up__person__name="Outsider").state == "asked", "looking answers nothing"
    assert client.post(link, {}).status_code == 200
    assert form_with(page, "csrfmiddlewaretoken").send(client, answer="yes").status_code == 302
    agreement = TimeAgreement.objects.get(sign_up__person__name="Outsider")
    assert (agreement.state, agreement.manager_name, agreement.manager_address) == ("agreed", "", "")
    assert "Thank you" in client.get(link).content.decode()
    assert "answered already" in client.post(link, {"answer": "no"}).content.decode()
    assert OutboxMessage.objects.get(subject="Your time is agreed").recipient == world.account("outsider")
    assert [one.name for one in queries.ready_to_match(world.pairing.scheme).mentors] == ["Outsider"]


def test_a_manager_may_want_to_speak_first_and_another_may_be_asked(
    world: World, client: Client, settings: Any
) -> None:
    settings.MAIL_URL = MAIL_URL
    row = row_of(world, "mentor")
    first = link_in(OutboxMessage.objects.get(to_address="above@example.org"))
    form_with(client.get(first), "csrfmiddlewaretoken").send(client, answer="no")
    assert "would like to speak with them first" in client.get(first).content.decode()
    mentor = world.client_of("mentor")
    assert "One thing is missing" in page_of(mentor, "sign_up").content.decode()
    again = form_with(page_of(mentor, "sign_up_time"), "hours")
    again.send(mentor, state="asked", hours="1", name="Other", address="other@example.org")
    assert "Asked of Other" in page_of(mentor, "sign_up").content.decode()
    assert client.get(first).status_code == 404, "the first link asks nothing any more"
    assert queries.agreement_of(row) is not None
    fixed = form_with(page_of(mentor, "sign_up_time"), "hours").fields
    assert (fixed["name"], fixed["address"], fixed["state"]) == ("Other", "other@example.org", "asked")


def test_pausing_and_taking_back_are_one_click(world: World) -> None:
    client = world.client_of("mentor")
    events = Event.objects.count()
    client.post(reverse("sign_up_pause", args=["mentor"]))
    assert row_of(world, "mentor").paused_on is not None
    assert Event.objects.count() == events, "an entry might tell who said no to a pairing"
    assert "Paused. Nobody is proposed" in page_of(client, "sign_up").content.decode()
    client.post(reverse("sign_up_resume", args=["mentor"]))
    assert row_of(world, "mentor").paused_on is None
    client.post(reverse("sign_up_take_back", args=["mentor"]))
    assert not SignUp.objects.filter(side="mentor").exists()
    assert not TimeAgreement.objects.exists()
    assert client.post(reverse("sign_up_pause", args=["mentor"])).status_code == 404


def test_a_key_made_for_a_sign_up_goes_with_it(world: World, django_capture_on_commit_callbacks: Any) -> None:
    client = world.client_of("outsider")
    sign_up_as_mentor(client)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("sign_up_take_back", args=["mentor"]))
    assert not state_of(world.account("outsider").pk).has_keys


def test_somebody_without_manager_or_unit_signs_up_all_the_same(world: World) -> None:
    """An elected member: a personal address, no unit, nobody above."""
    member = people.add_person(by=None, organisation=world.organisation, name="Cllr Marsh", email="joan@home.example")
    account = people.ensure_account(by=None, person=member)
    client = Client()
    client.force_login(account, backend="handrail.capabilities.accounts.backends.AccountBackend")
    assert sign_up_as_mentor(client, party="Blue").status_code == 302
    form = form_with(page_of(client, "sign_up_time"), "hours")
    assert (form.fields["name"], form.fields.get("address")) == ("", None), "no mail leaves: no address is asked for"
    form.send(client, state="own", hours="1")
    assert [one.side.party for one in queries.ready_to_match(world.pairing.scheme).mentors] == ["blue"]


def test_where_no_scheme_runs_the_page_says_so(world: World) -> None:
    client = world.client_of("foreign_coordinator")
    assert "There is no scheme here yet" in page_of(client, "sign_up").content.decode()
    assert client.post(reverse("sign_up_mentor"), {"themes": ["voice"]}).status_code == 404


def test_time_is_said_after_signing_up_only(world: World) -> None:
    assert page_of(world.client_of("outsider"), "sign_up_time").headers["Location"] == reverse("sign_up_mentor")
