"""Two of three custodians help somebody who lost everything: told, refusable, after three days, and never otherwise."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.utils import timezone
from freezegun import freeze_time

from handrail.capabilities.people.custody import actions
from handrail.capabilities.people.custody.models import Custodian
from handrail.foundation.access.refusal import Refused
from handrail.foundation.audit.models import Event
from handrail.foundation.keystore.models import ServerShare
from handrail.foundation.mail.models import OutboxMessage
from handrail.foundation.vault import texts
from handrail.foundation.vault.faults import NoKeys, Tampered, VaultClosed, WrongSecret
from handrail.foundation.vault.keys import custody, state_of
from handrail.foundation.vault.models import (
    CustodyAnswer,
    CustodyRequest,
    CustodyShare,
    KeyPair,
    Wrapping,
)
from tests.factories.world import World, build_world
from tests.integration.page_forms import form_with
from tests.integration.vault_people import Browser, begins_again, begun

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.postgres]
LATER = timedelta(days=3, minutes=1)


class Trust:
    """Ann takes part with three custodians and has lost everything; her new browser can sign in and nothing more."""

    def __init__(self) -> None:
        self.ann = begun("ann")
        self.custodians = [begun(name) for name in ("cara", "dev", "eli")]
        self.numbers = [one.account.pk for one in self.custodians]
        request = self.ann.request()
        custody.take_part(request, custodians=self.numbers, organisation_id=7)
        self.diary = texts.own_conversation(self.ann.opened(), "diary")
        self.sealed = texts.seal(self.diary, "a.Row", 1, "text", "Only mine")
        self.new = Browser(self.ann.account)

    def ask(self, browser: Browser | None = None) -> custody.Asked:
        browser = browser or self.new
        response = HttpResponse()
        asked = custody.ask(browser.request(), response)
        browser.cookies.update({name: morsel.value for name, morsel in response.cookies.items()})
        return asked

    def help(self, *who: int) -> custody.Asked:
        for number in who:
            described = custody.help_with(self.custodians[number].request(), CustodyRequest.objects.get().pk)
        return described

    def recover(self, browser: Browser | None = None) -> texts.OpenVault:
        browser = browser or self.new
        request = browser.request()
        opened = custody.recover(request, own_device=True)
        browser.done(request)
        return opened


@pytest.fixture
def trust() -> Trust:
    return Trust()


@pytest.mark.slow
@pytest.mark.parametrize("two", [(0, 1), (2, 0), (1, 2), (0, 1, 2)])
def test_any_two_give_back_what_was_lost_after_three_days(trust: Trust, two: tuple[int, ...]) -> None:
    trust.ask()
    asked = trust.help(*two)
    assert asked.works_from is not None
    with pytest.raises(WrongSecret):
        trust.recover()
    with freeze_time(timezone.now() + LATER):
        opened = trust.recover()
        assert texts.unseal(texts.own_conversation(opened, "diary"), "a.Row", 1, "text", trust.sealed) == "Only mine"
        assert trust.new.opened().pair == opened.pair  # this device is remembered
    assert not CustodyRequest.objects.exists()
    said = list(Event.objects.filter(what__startswith="custody").order_by("pk").values_list("what", "by_id"))
    ann = trust.ann.account.pk
    assert said == [
        ("custody.taken_part", ann),
        ("custody.asked", ann),
        *[("custody.helped", trust.numbers[number]) for number in two],
        ("custody.opened", ann),
    ]


@pytest.mark.slow
def test_one_custodian_alone_or_twice_opens_nothing(trust: Trust) -> None:
    trust.ask()
    assert trust.help(0, 0).works_from is None
    assert CustodyAnswer.objects.count() == 1
    with freeze_time(timezone.now() + LATER), pytest.raises(WrongSecret):
        trust.recover()


@pytest.mark.slow
def test_another_browser_signed_in_as_the_owner_opens_nothing(trust: Trust) -> None:
    trust.ask()
    trust.help(0, 1)
    with freeze_time(timezone.now() + LATER), pytest.raises(WrongSecret):
        trust.recover(Browser(trust.ann.account))
    other = Browser(trust.ann.account)
    other.cookies = dict.fromkeys(trust.new.cookies, "!")
    with freeze_time(timezone.now() + LATER), pytest.raises(WrongSecret):
        trust.recover(other)


@pytest.mark.slow
def test_what_the_owner_refuses_does_not_work(trust: Trust) -> None:
    trust.ask()
    trust.help(0, 1)
    assert custody.refuse(trust.ann.request()) is not None
    assert custody.refuse(trust.ann.request()) is None
    with freeze_time(timezone.now() + LATER), pytest.raises(WrongSecret):
        trust.recover()
    assert not CustodyAnswer.objects.exists()
    assert Event.objects.filter(what="custody.refused").count() == 1


@pytest.mark.slow
def test_asking_once_more_starts_anew(trust: Trust) -> None:
    trust.ask()
    trust.help(0)
    trust.ask()
    assert custody.request_of(trust.ann.account.pk).helped_by == ()  # type: ignore[union-attr]


@pytest.mark.slow
def test_a_request_ends_by_itself(trust: Trust) -> None:
    trust.ask()
    with freeze_time(timezone.now() + timedelta(days=15)):
        assert custody.requests_for(trust.numbers[0]) == []
        assert custody.delete_expired_requests() == 1


@pytest.mark.slow
def test_nothing_that_lies_in_the_databases_opens_it(trust: Trust) -> None:
    """Neither with one custodian's secret key and both stores: the other share is missing."""
    trust.ask()
    trust.help(0)
    rows = [bytes(value) for row in CustodyShare.objects.values_list("sealed") for value in row]
    rows += [bytes(share) for share in ServerShare.objects.values_list("share", flat=True)]
    wrapping = Wrapping.objects.get(kind="custody")
    for material in rows:
        with pytest.raises(WrongSecret):
            custody.wrappings.unwrap(wrapping, material[:32])


@pytest.mark.slow
@pytest.mark.parametrize("what", ["public key", "share", "time", "answer"])
def test_what_was_swapped_in_the_database_is_refused(trust: Trust, what: str) -> None:
    trust.ask()
    if what == "public key":
        CustodyRequest.objects.update(public_key=bytes(begun("eve").opened().secret.public_key))
        with pytest.raises(Tampered):
            trust.help(0)
        return
    if what == "share":
        first, second = CustodyShare.objects.all()[:2]
        CustodyShare.objects.filter(pk=first.pk).update(mac=second.mac)
        with pytest.raises(Tampered):
            trust.help(0)
        return
    trust.help(0, 1)
    if what == "time":
        CustodyAnswer.objects.update(given_at=timezone.now() - timedelta(days=9))
    else:
        first_answer = CustodyAnswer.objects.all()[0]
        CustodyAnswer.objects.exclude(pk=first_answer.pk).update(sealed=first_answer.sealed)
    with freeze_time(timezone.now() + LATER), pytest.raises(Tampered):
        trust.recover()


@pytest.mark.slow
def test_who_stops_taking_part_cannot_be_helped(trust: Trust) -> None:
    trust.ask()
    custody.leave(trust.ann.account.pk)
    assert not custody.takes_part(trust.ann.account.pk)
    assert not Wrapping.objects.filter(kind="custody").exists()
    with pytest.raises(WrongSecret):
        trust.ask()


@pytest.mark.slow
def test_the_end_of_the_custodians_ends_every_part(trust: Trust) -> None:
    assert custody.end_all(8) == []
    assert custody.end_all(7) == [trust.ann.account.pk]
    assert not CustodyShare.objects.exists()


@pytest.mark.slow
def test_a_custodian_who_began_again_cannot_help_and_the_others_can(trust: Trust) -> None:
    begins_again(trust.custodians[0])
    assert custody.able_custodians(trust.ann.account.pk) == trust.numbers[1:]
    trust.ask()
    assert custody.requests_for(trust.numbers[0]) == []
    trust.help(1, 2)
    with freeze_time(timezone.now() + LATER):
        assert trust.recover()


@pytest.mark.slow
def test_an_owner_who_begins_again_leaves_the_custodians(trust: Trust) -> None:
    begins_again(trust.ann)
    assert not custody.takes_part(trust.ann.account.pk)
    assert state_of(trust.ann.account.pk).began_again


@pytest.mark.slow
def test_closed_spaces_neither_take_part_nor_help(trust: Trust) -> None:
    with pytest.raises(VaultClosed):
        custody.take_part(trust.new.request(), custodians=trust.numbers, organisation_id=7)
    trust.ask()
    with pytest.raises(VaultClosed):
        custody.help_with(Browser(trust.custodians[0].account).request(), CustodyRequest.objects.get().pk)
    with pytest.raises(WrongSecret):
        custody.help_with(trust.ann.request(), CustodyRequest.objects.get().pk)
    with pytest.raises(NoKeys):
        custody.take_part(trust.ann.request(), custodians=[*trust.numbers[:2], trust.numbers[0]], organisation_id=7)


@pytest.mark.slow
def test_what_changed_meanwhile_is_said(trust: Trust) -> None:
    trust.ask()
    asked = CustodyRequest.objects.get()
    custody.refuse(trust.ann.request())
    with pytest.raises(Refused, match="settled in the meantime"):
        actions.help_owner(trust.custodians[0].request(), asked.pk, name="Cara")
    request = trust.ann.request()
    request.session = {}
    with pytest.raises(Refused, match="has no custodians"):
        actions.take_part(request)


# --- the pages ---


def turned_on(world: World) -> dict[str, Any]:
    """Three custodians named and ready, and it is on; a client for each."""
    clients = {role: world.client_of(role) for role in ("coordinator", "leader", "mentor", "outsider", "sponsor")}
    for role in ("mentor", "outsider", "sponsor"):
        form_with(clients[role].get("/account/private/open/"), "device").send(clients[role], device="own")
        person = world.persons[role]
        page = clients["coordinator"].get(f"/people/custodians/name/{person.pk}/")
        assert form_with(page, "csrfmiddlewaretoken").send(clients["coordinator"]).status_code == 302
    return clients


@pytest.mark.slow
def test_the_whole_walk_through_the_pages() -> None:
    world = build_world()
    clients = turned_on(world)
    leader, coordinator = clients["leader"], clients["coordinator"]
    notes = f"/pairings/{world.pairing.pk}/notes/"
    assert "has custodians" not in leader.get(notes).content.decode(), "off unless it is turned on"
    coordinator.post("/people/custodians/on/")
    coordinator.post("/people/custodians/on/")
    assert Event.objects.filter(what="custody.turned_on").count() == 1
    page = coordinator.post(f"/people/custodians/name/{world.persons['editor'].pk}/", follow=True)
    assert "Turn recovery by custodians off first" in page.content.decode()
    for path in (notes, notes + "own/", "/account/private/", "/account/private/phrase/", "/account/private/lost/"):
        assert "Your organisation has custodians" in leader.get(path).content.decode(), path
    assert "has custodians" in world.client_of("leader").get("/account/private/open/").content.decode()
    assert "has custodians" not in world.client_of("administrator").get("/account/private/").content.decode()
    mine = leader.get("/people/custodians/mine/")
    assert "You do not take part." in mine.content.decode()
    leader.post("/people/custodians/mine/stop/")
    page = leader.post("/people/custodians/recovery/", {"does": "ask"}, follow=True)
    assert "You do not take part, so the custodians cannot help you." in page.content.decode()
    form = form_with(mine, "csrfmiddlewaretoken")
    assert "Open your private space first." in form.send(world.client_of("leader"), understood="on").content.decode()
    assert form_with(mine, "csrfmiddlewaretoken").send(leader).status_code == 200, "the box has to be ticked"
    assert form_with(mine, "csrfmiddlewaretoken").send(leader, understood="on").status_code == 302
    leader.post("/people/custodians/mine/stop/")
    left = Event.objects.get(what="custody.left")
    assert left.by == world.account("leader")
    form = form_with(leader.get("/people/custodians/mine/"), "csrfmiddlewaretoken")
    erased = Custodian.objects.get(person=world.persons["sponsor"])
    erased.delete()
    assert "Not all three custodians are ready." in form.send(leader, understood="on").content.decode()
    erased.save()
    form_with(leader.get("/people/custodians/mine/"), "csrfmiddlewaretoken").send(leader, understood="on")
    assert "All three can help you" in leader.get("/people/custodians/mine/").content.decode()
    early = leader.post("/people/custodians/recovery/", {"does": "open", "device": "own"})
    assert "only when the three days are over" in early.content.decode()

    fresh = world.client_of("leader")
    assert "Ask the custodians" in fresh.get("/account/private/lost/").content.decode()
    assert form_with(fresh.get("/people/custodians/recovery/"), "does", "ask").send(fresh).status_code == 302
    told = OutboxMessage.objects.filter(recipient=world.account("leader"), kind="custody").latest("pk")
    assert "/people/custodians/recovery/" in told.text
    assert "Somebody asked the custodians" in leader.get(notes).content.decode()
    asked = CustodyRequest.objects.get()
    for role in ("mentor", "sponsor"):
        page = clients[role].get(f"/people/custodians/requests/{asked.pk}/")
        assert form_with(page, "csrfmiddlewaretoken").send(clients[role]).status_code == 200, "they have to have spoken"
        assert form_with(page, "csrfmiddlewaretoken").send(clients[role], spoken="on").status_code == 302
        assert "has helped" in OutboxMessage.objects.filter(kind="custody").latest("pk").text
    assert clients["leader"].get(f"/people/custodians/requests/{asked.pk}/").status_code == 404
    waiting = fresh.get("/people/custodians/recovery/").content.decode()
    assert "Works from" in waiting
    assert "Open my private space" not in waiting
    assert "asked on another device" in leader.get("/people/custodians/recovery/").content.decode()
    with freeze_time(timezone.now() + LATER):
        page = fresh.get("/people/custodians/recovery/")
        opened = form_with(page, "does", "open").send(fresh)
        assert opened["Location"] == "/account/private/phrase/"
        assert fresh.get(notes).status_code == 200

    # The owner refuses a second request from the device that is still open; then the organisation turns it off.
    elsewhere = world.client_of("leader")
    form_with(elsewhere.get("/people/custodians/recovery/"), "does", "ask").send(elsewhere)
    assert "Refused" in leader.post("/people/custodians/recovery/refuse/", follow=True).content.decode()
    told = OutboxMessage.objects.count()
    leader.post("/people/custodians/recovery/refuse/")
    assert OutboxMessage.objects.count() == told, "it was refused already"
    coordinator.post("/people/custodians/off/")
    assert OutboxMessage.objects.latest("pk").subject == "Your custodians have changed"
    assert "has custodians" not in leader.get(notes).content.decode()
    assert not CustodyShare.objects.exists()


@pytest.mark.slow
def test_it_is_turned_on_only_with_three_who_are_ready() -> None:
    world = build_world()
    client = world.client_of("coordinator")
    for role in ("mentor", "outsider", "sponsor", "editor"):
        page = client.get(f"/people/custodians/name/{world.persons[role].pk}/")
        form_with(page, "csrfmiddlewaretoken").send(client)
    shown = client.get("/people/custodians/").content.decode()
    assert "Editor" not in shown
    assert "Has no private space yet" in shown
    client.post("/people/custodians/on/")
    assert "It is off." in client.get("/people/custodians/").content.decode()
    for role in ("mentor", "editor"):
        client.post(f"/people/custodians/take-off/{world.persons[role].pk}/")
    assert Event.objects.filter(what="custody.custodian_taken_off").count() == 1
    for _twice in range(2):
        client.post(f"/people/custodians/name/{world.persons['outsider'].pk}/")
    assert Event.objects.filter(what="custody.custodian_named", subject_id=world.persons["outsider"].pk).count() == 1
    assert client.get("/people/custodians/").content.decode().count("Has no private space yet") == 2
    administrator = world.account("editor")
    administrator.is_administrator = True
    administrator.save()
    form_with(client.get(f"/people/custodians/name/{world.persons['editor'].pk}/"), "csrfmiddlewaretoken").send(client)
    assert "does not run the installation" in client.get("/people/custodians/").content.decode()


@pytest.mark.slow
def test_nobody_is_asked_who_is_no_custodian() -> None:
    world = build_world()
    assert world.client_of("leader").get("/people/custodians/requests/").status_code == 404
    assert "has no custodians" in world.client_of("leader").get("/people/custodians/mine/").content.decode()
    assert "You do not take part" in world.client_of("leader").get("/people/custodians/recovery/").content.decode()
    assert KeyPair.objects.count() == 0
