"""A no tells nobody whose it was: two worlds that differ only in who said it are the same, that evening and after.

Every table of both databases is compared, without rows' own numbers, random tokens and sealed bytes (SQLite gives the
same numbers again after a world is taken back, so that who a row is about counts); the difference must be nothing.
"""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connections, transaction
from django.test import Client, TestCase
from django.urls import reverse
from freezegun import freeze_time

from handrail.capabilities.pairings.jobs import settle_noes
from handrail.capabilities.pairings.models import Pairing
from handrail.foundation.mail.models import OutboxMessage
from tests.factories.world import World, build_world
from tests.integration.nasty_forms import question_for
from tests.integration.page_forms import forms_of

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]
RANDOM = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-zA-Z_:-]{24,}|[0-9a-f]{12}(?=@)")
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
BACKEND = "handrail.capabilities.accounts.backends.AccountBackend"


def plain(value: Any) -> object:
    """A value without what is random in it; bytes by their length."""
    if isinstance(value, bytes | memoryview):
        return f"{len(bytes(value))} bytes"
    return RANDOM.sub("…", value) if isinstance(value, str) else value


def dump() -> dict[str, Counter[str]]:
    """Every row of every table as text, without its own number and the order of rows."""
    tables: dict[str, Counter[str]] = {}
    for alias in ("default", "keystore"):
        managed = set(connections[alias].introspection.table_names())
        for model in apps.get_models(include_auto_created=True):
            if model._meta.db_table not in managed or model._meta.label == "sessions.Session":
                continue
            keys = [one.attname for one in model._meta.concrete_fields if one is not model._meta.pk]
            rows = model._base_manager.using(alias).values_list(*keys)
            tables[f"{alias} {model._meta.label}"] = Counter(str([plain(value) for value in row]) for row in rows)
        with connections[alias].cursor() as cursor:
            for table in sorted(
                managed - {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
            ):
                if table == "sqlite_sequence":
                    continue
                cursor.execute(f'SELECT * FROM "{table}"')
                tables[f"{alias} {table}"] = Counter(str([plain(value) for value in row]) for row in cursor.fetchall())
    sessions = Session.objects.all()
    tables["sessions"] = Counter(
        f"{plain(str(sorted(row.get_decoded().items())))} {row.expire_date}" for row in sessions
    )
    return tables


def answer(client: Client, pairing_id: int, said: str) -> None:
    address = reverse("pairing_answer", args=[pairing_id])
    form, *_pause = [form for form in forms_of(client.get(address)) if form.address == address]
    assert form.send(client, answer=said).status_code == 302


def world_after(
    who_declines: str, other_accepted: bool, said: str = "decline", *, told: bool = True
) -> dict[str, Counter[str]]:
    """A question to two people who both look at it; one says no, after the other said yes or nothing. `told`: it is
    the morning on which both are."""
    cache.clear()
    with transaction.atomic(), transaction.atomic(using="keystore"), freeze_time(START) as frozen:
        world: World = build_world()
        pairing = Pairing.objects.get(pk=question_for(world))
        clients = {"leader": Client(), "mentor": Client()}
        for side, person in (("leader", pairing.leader), ("mentor", pairing.mentor)):
            assert person.account is not None
            clients[side].force_login(person.account, backend=BACKEND)
            clients[side].get(reverse("pairing", args=[pairing.pk]))
        frozen.tick(timedelta(minutes=5))
        other = "mentor" if who_declines == "leader" else "leader"
        if other_accepted:
            answer(clients[other], pairing.pk, "accept")
        frozen.tick(timedelta(minutes=5))
        with TestCase.captureOnCommitCallbacks(execute=True):
            answer(clients[who_declines], pairing.pk, said)
        frozen.tick(timedelta(minutes=5))
        for client in clients.values():
            client.get(reverse("pairing", args=[pairing.pk]))
            client.get(reverse("home"))
        pairing.refresh_from_db()
        assert pairing.state == Pairing.State.ASKED, "nobody is told by when it happens who was there just then"
        assert not OutboxMessage.objects.filter(kind="not_taken_up").exists()
        if told:
            frozen.move_to(START + timedelta(days=8))
            settle_noes.func()
            pairing.refresh_from_db()
            assert pairing.state == Pairing.State.NOT_TAKEN_UP
            assert OutboxMessage.objects.filter(kind="not_taken_up").count() == 2
        found = dump()
        for using in ("default", "keystore"):
            transaction.set_rollback(True, using=using)
    return found


def differences(one: dict[str, Counter[str]], other: dict[str, Counter[str]]) -> list[str]:
    assert one.keys() == other.keys()
    return [
        f"{table}: {sorted(((one[table] - other[table]) + (other[table] - one[table])).elements())}"
        for table in one
        if one[table] != other[table]
    ]


def test_the_evening_before_worlds_that_differ_in_who_declined_are_the_same() -> None:
    evening = [world_after(side, False, told=False) for side in ("leader", "mentor")]
    assert differences(*evening) == []


@pytest.mark.parametrize("other_accepted", [False, True], ids=["the other said nothing", "the other said yes"])
def test_two_worlds_that_differ_in_who_declined_are_the_same(other_accepted: bool) -> None:
    by_leader = world_after("leader", other_accepted)
    by_mentor = world_after("mentor", other_accepted)
    assert sum(map(len, by_leader.values())) > 40, "there is something to compare"
    assert differences(by_leader, by_mentor) == []
    assert differences(world_after("leader", other_accepted, "another"), by_mentor) == [], "nor who would meet another"


def test_the_comparison_would_see_a_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same, with a program that keeps who it was: the comparison finds it."""
    from handrail.capabilities.pairings import actions

    kept = actions.decline_pairing

    def keeps_who(*, by: Any, pairing: Pairing, side: str) -> Pairing:
        done = kept(by=by, pairing=pairing, side=side)
        done.reason_to_go_on = f"the {side} said no"
        done.save()
        return done

    monkeypatch.setattr(actions, "decline_pairing", keeps_who)
    by_leader, by_mentor = (world_after(side, False) for side in ("leader", "mentor"))
    assert differences(by_leader, by_mentor)
