"""The administrator's pages: health in sentences, the post box, the audit trail."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from handrail.capabilities.accounts.models import Account
from handrail.foundation.audit.models import Event
from handrail.foundation.mail.actions import note_told, queue_message
from handrail.foundation.mail.models import OutboxMessage
from tests.factories.world import build_world

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow, pytest.mark.postgres]


@pytest.fixture
def administrator() -> Account:
    return Account.objects.create_account(name="Ada", is_administrator=True)


@pytest.fixture
def page(client: Client, administrator: Account) -> Client:
    client.force_login(administrator, backend="handrail.capabilities.accounts.backends.AccountBackend")
    return client


def words_of(client: Client, address: str, **query: str) -> str:
    response = client.get(address, query)
    assert response.status_code == 200
    return response.content.decode()


def test_health_says_what_to_do_and_lists_failed_jobs(page: Client) -> None:
    now = timezone.now()
    DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}},
        task_path="handrail.some.send_digest",
        backend_name="default",
        run_after=now,
        finished_at=now,
        status="FAILED",
        exception_class_path="builtins.ValueError",
        traceback="/a/b/jobs.py:3 send_digest",
    )
    text = words_of(page, reverse("installation"))
    assert "Nobody is running the jobs" in text
    assert "Run handrail serve" in text
    assert "1 job failed today" in text
    assert "send digest" in text
    assert "jobs.py:3 send_digest" in text
    assert {"sqlite": "SQLite 3", "postgresql": "PostgreSQL 1"}[connection.vendor] in text


def test_the_post_box_shows_every_message_and_hides_sign_in_codes(page: Client, settings: Any) -> None:
    asked = queue_message(kind="asked", to_name="Lee", subject="A question", text="See http://localhost:8000/x/ <b>")
    code = queue_message(kind="sign_in", to_address="lee@example.org", subject="Your code", text="123456")
    text = words_of(page, reverse("post_box"))
    assert "A question" in text
    assert "Your code" in text
    assert "to be copied or printed" in text
    assert "A question" not in words_of(page, reverse("post_box"), state="sent")
    text = words_of(page, reverse("post_box_message", args=[asked.pk]))
    assert '<a href="http://localhost:8000/x/">' in text
    assert "&lt;b&gt;" in text
    assert "&lt;b&gt;" in words_of(page, reverse("post_box_message", args=[asked.pk]), print="")
    assert "123456" not in words_of(page, reverse("post_box_message", args=[code.pk]))
    assert "123456" not in words_of(page, reverse("post_box_message", args=[code.pk]), print="")
    settings.DEMO = True
    assert "123456" in words_of(page, reverse("post_box_message", args=[code.pk]))


def test_the_demonstrations_post_box_is_open_to_anyone_and_only_there(client: Client, settings: Any) -> None:
    code = queue_message(kind="sign_in", to_address="lee@example.org", subject="Your code", text="123456")
    addresses = [reverse("demo_post_box"), reverse("demo_post_box_message", args=[code.pk])]
    assert [client.get(address).status_code for address in addresses] == [404, 404]
    settings.DEMO = True
    assert "Your code" in words_of(client, addresses[0])
    assert "123456" in words_of(client, addresses[1])


def test_sending_again_from_the_post_box(page: Client, settings: Any) -> None:
    message = queue_message(kind="asked", to_address="lee@example.org", subject="A question", text="x")
    address = reverse("post_box_send_again", args=[message.pk])
    assert "No mail server is set" in page.post(address, follow=True).content.decode()
    settings.MAIL_URL = "smtp+plain://127.0.0.1:9"
    assert "Send it again" in words_of(page, reverse("post_box_message", args=[message.pk]))
    assert page.get(address).status_code == 405
    assert "on its way again" in page.post(address, follow=True).content.decode()
    assert OutboxMessage.objects.get().state == "waiting"


def test_a_coordinator_sees_what_to_pass_on_in_their_own_organisation_and_nothing_private() -> None:
    world = build_world()
    here, elsewhere = world.organisation.pk, world.elsewhere.pk

    def queued(kind: str, organisation_id: int | None = here, state: str = "held") -> OutboxMessage:
        words = f"{kind} of {organisation_id}, {state}"
        message = queue_message(
            kind=kind, organisation_id=organisation_id, to_name=f"{words}!", subject=f"S {words}", text=f"T {words}"
        )
        OutboxMessage.objects.filter(pk=message.pk).update(state=state)
        return message

    passed_on = [queued(kind) for kind in ("asked", "agreed", "not_taken_up", "changed", "role")]
    troubled = [queued("invitation", state="failed"), queued("times", state="unsure")]
    unseen = [queued(kind) for kind in ("times", "invitation", "cancellation", "letter", "account", "sign_in")]
    unseen += [queued("sign_in", state="failed"), queued("sign_in", None), queued("asked", None)]
    foreign = [queued("asked", elsewhere), queued("invitation", elsewhere, "failed")]
    coordinator = world.client_of("coordinator")
    listed = words_of(coordinator, reverse("organisation_messages"))
    assert [one.to_name in listed for one in passed_on + troubled] == [True] * 7
    assert [one.to_name in listed for one in unseen + foreign] == [False] * 11
    assert "S invitation" not in listed, "a subject may be the title two people chose"
    for one in passed_on:
        for query in ({}, {"print": ""}):
            assert one.text in words_of(coordinator, reverse("organisation_message", args=[one.pk]), **query)
    for one in troubled:
        for query in ({}, {"print": ""}):
            shown = words_of(coordinator, reverse("organisation_message", args=[one.pk]), **query)
            assert one.text not in shown
            assert one.subject not in shown
    for one in unseen + foreign:
        for name in ("organisation_message", "organisation_message_send_again"):
            assert coordinator.get(reverse(name, args=[one.pk])).status_code in (404, 405)
            assert coordinator.post(reverse(name, args=[one.pk])).status_code == 404
    for role in ("leader", "sponsor", "editor", "administrator"):
        client = world.client_of(role)
        for address in (
            reverse("organisation_messages"),
            reverse("organisation_message", args=[passed_on[0].pk]),
        ):
            assert client.get(address).status_code == 403, role


def test_a_coordinator_sends_again_what_failed(settings: Any) -> None:
    world = build_world()
    settings.MAIL_URL = "smtp+plain://127.0.0.1:9"
    message = queue_message(
        kind="invitation", organisation_id=world.organisation.pk, to_address="a@x.example", subject="s", text="t"
    )
    OutboxMessage.objects.filter(pk=message.pk).update(state="failed")
    coordinator = world.client_of("coordinator")
    assert "Send it again" in words_of(coordinator, reverse("organisation_message", args=[message.pk]))
    coordinator.post(reverse("organisation_message_send_again", args=[message.pk]))
    message.refresh_from_db()
    assert message.state == "waiting"


@pytest.mark.parametrize("name", ["installation", "post_box"])
def test_these_pages_are_the_administrators(client: Client, name: str) -> None:
    assert client.get(reverse(name)).status_code == 302
    client.force_login(
        Account.objects.create_account(name="Lee"), backend="handrail.capabilities.accounts.backends.AccountBackend"
    )
    assert client.get(reverse(name)).status_code == 403


def test_a_coordinator_passes_on_by_hand_that_there_is_word_about_meetings_and_reads_nothing_of_it() -> None:
    world = build_world()
    leader, here = world.account("leader"), world.organisation.pk
    said = {"to_name": "Leader", "subject": "Talk about X", "text": "You meet Mentor on Tuesday in Room 4."}
    OutboxMessage.objects.all().delete()
    for kind in ("times", "invitation", "cancellation", "account"):
        queue_message(kind=kind, organisation_id=here, recipient=leader, **said)
    coordinator, address = world.client_of("coordinator"), reverse("organisation_word", args=[leader.pk])
    listed = words_of(coordinator, reverse("organisation_messages"))
    assert listed.count(address) == 1, "one line a person"
    for shown in (listed, words_of(coordinator, address), words_of(coordinator, address, print="")):
        assert "Leader" in shown
        assert [word for word in ("Talk", "Tuesday", "Room 4", "Mentor on", ":00") if word in shown] == []
    assert "There is word for you." in words_of(coordinator, address)
    assert world.client_of("foreign_coordinator").get(address).status_code == 404
    assert world.client_of("leader").get(address).status_code == 403
    coordinator.post(address)
    assert coordinator.get(address).status_code == 404
    note_told(by=world.account("coordinator"), organisation_id=here, account_id=leader.pk)  # from a second tab
    assert Event.objects.filter(what="mail.told").count() == 1
    assert set(OutboxMessage.objects.filter(state="held").values_list("kind", flat=True)) == {"account"}
    queue_message(kind="times", organisation_id=here, recipient=leader, **said)
    assert address in words_of(coordinator, reverse("organisation_messages"))
