"""`handrail check`: what a good installation hears, each fault it finds with what to do, and its exit code."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from freezegun import freeze_time

from handrail.capabilities.accounts.models import Account
from handrail.commands.main import main
from handrail.foundation.jobs.models import Worker
from handrail.foundation.keystore.models import NamedKey, ServerShare
from handrail.foundation.mail.actions import queue_message
from handrail.foundation.mail.models import OutboxMessage
from handrail.foundation.stores import dumps
from tests.integration.vault_people import Browser
from tests.mail_server import Told, free_port, mail_server
from tests.postgres import programs

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow, pytest.mark.postgres]
ON_POSTGRES = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="a matter of PostgreSQL")
HEALTH = "handrail.capabilities.installation.queries.health"  # its package has a function of that name
Check = Callable[[], tuple[int, str]]


@pytest.fixture
def good(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Worker:
    """An installation that nothing is wrong with: new, with a worker, a second factor, and a backup key elsewhere."""
    settings.DATA_DIR, settings.BASE_URL = tmp_path, "https://handrail.example.org"
    settings.SECOND_FACTOR_REQUIRED, settings.BACKUP_RECIPIENT = True, "age1somebodyelseskey"
    monkeypatch.setenv("PATH", f"{programs()}:{os.environ['PATH']}")
    now = timezone.now()
    return Worker.objects.create(name="w", started_at=now, seen_at=now)


@pytest.fixture
def check(good: Worker, capsys: pytest.CaptureFixture[str]) -> Check:
    def asked() -> tuple[int, str]:
        capsys.readouterr()
        return main(["check"]), capsys.readouterr().out

    return asked


def test_a_good_installation_hears_what_is_well_and_nothing_else(check: Check) -> None:
    code, said = check()
    assert code == 0
    assert said.splitlines()[0] == "Well:"
    assert said.splitlines()[-1] == "Nothing needs mending."
    for part in ("The settings make sense.", "The database answers.", "The key store answers.", "Jobs are running"):
        assert part in said
    assert "To mend" not in said
    assert "Worth doing" not in said


def no_encryption(settings: Any) -> None:
    settings.BASE_URL = "http://handrail.example.org"


def nobody_at_work(settings: Any) -> None:
    Worker.objects.update(seen_at=timezone.now() - timedelta(minutes=10))


def long_queue(settings: Any) -> None:
    run_with("READY", run_after=timezone.now() - timedelta(minutes=11))


def failed_job(settings: Any) -> None:
    run_with("FAILED", finished_at=timezone.now())


def run_with(status: str, **fields: Any) -> None:
    given = {"run_after": timezone.now(), **fields}
    nothing = {"args": [], "kwargs": {}}
    DBTaskResult.objects.create(args_kwargs=nothing, task_path="a.b", backend_name="default", status=status, **given)


def lost_share(settings: Any) -> None:
    Browser(Account.objects.create_account(name="Ann")).begin()
    ServerShare.objects.all().delete()


def lost_key_that_vouches(settings: Any) -> None:
    Browser(Account.objects.create_account(name="Ann")).begin()
    NamedKey.objects.all().delete()


def no_mail_server_there(settings: Any) -> None:
    settings.MAIL_URL = f"smtp+plain://127.0.0.1:{free_port()}"


def message_that_did_not_go(settings: Any) -> None:
    no_mail_server_there(settings)
    queue_message(kind="asked", subject="S", text="T")
    OutboxMessage.objects.update(state=OutboxMessage.State.UNSURE)


FAULTS: dict[str, tuple[Callable[[Any], None], str, str]] = {
    "encryption": (no_encryption, "without encryption", "HANDRAIL_BASE_URL"),
    "worker": (nobody_at_work, "Nobody is running the jobs", "handrail serve"),
    "queue": (long_queue, "Jobs wait longer than they should: 1", "another handrail worker"),
    "job": (failed_job, "1 job failed today.", "“Installation”"),
    "share": (lost_share, "lacks 1 person's share", "newest backup of the key store"),
    "vouching": (lost_key_that_vouches, "lacks the key that vouches", "newest backup of the key store"),
    "mail": (no_mail_server_there, "does not take our messages", "HANDRAIL_MAIL_URL"),
    "message": (message_that_did_not_go, "1 message did not go", "Open the post box"),
}


@pytest.mark.parametrize(("break_it", "sentence", "remedy"), FAULTS.values(), ids=FAULTS)
def test_each_fault_is_said_with_what_to_do(
    check: Check, settings: Any, break_it: Callable[[Any], None], sentence: str, remedy: str
) -> None:
    break_it(settings)
    code, said = check()
    to_mend = said.partition("To mend:")[2].partition("Well:")[0]
    assert code == 1
    assert sentence in to_mend
    assert remedy in to_mend
    assert said.endswith("Something needs mending.\n")


def test_what_is_only_worth_doing_does_not_fail(check: Check, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED, settings.BACKUP_RECIPIENT = False, ""
    code, said = check()
    assert code == 0
    worth = said.partition("Worth doing:")[2].partition("Well:")[0]
    assert "HANDRAIL_SECOND_FACTOR=true" in worth
    assert "HANDRAIL_BACKUP_RECIPIENT" in worth


def test_a_mail_server_that_answers_is_well(check: Check, settings: Any) -> None:
    with mail_server(Told()) as settings.MAIL_URL:
        code, said = check()
    assert (code, "The mail server takes our messages." in said) == (0, True)


def test_a_backup_that_is_missing_is_missed_after_a_day(check: Check, good: Worker) -> None:
    assert "its first backup is made tonight" in check()[1]
    with freeze_time(timezone.now() + timedelta(hours=27)):
        Worker.objects.update(seen_at=timezone.now())
        code, said = check()
    assert code == 1
    assert "There is no backup of the last day." in said
    assert "Run handrail backup" in said


def test_a_full_disk_is_told(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module(HEALTH), "ROOM_NEEDED", 10**18)
    code, said = check()
    assert (code, "nearly full" in said) == (1, True)


@pytest.mark.parametrize(
    ("tables", "said"),
    [("", "The tables are older than the program."), ("postgres://handrail@127.0.0.1:1/none", "cannot be reached")],
    ids=["empty", "unreachable"],
)
def test_as_it_is_run(tmp_path: Path, tables: str, said: str) -> None:
    """The command itself, in a place of its own: an empty database, and one that is not there."""
    own = {"HANDRAIL_SECRET_KEY": "k" * 40, "HANDRAIL_DATA_DIR": str(tmp_path), "DATABASE_URL": tables}
    kept = {name: value for name, value in os.environ.items() if "HANDRAIL" not in name and name != "KEYSTORE_URL"}
    environment = {**kept, **own, "DJANGO_SETTINGS_MODULE": "handrail.config.settings"}
    command = [sys.executable, "-m", "handrail.commands.main", "check"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert said in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


# --- pg_dump and the server ----------------------------------------------------------------------------------------


def pg_dump_of(folder: Path, answer: str) -> None:
    program = folder / "pg_dump"
    program.write_text(f"#!/bin/sh\n{answer}\n")
    program.chmod(0o755)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("echo 'pg_dump (PostgreSQL) 18.1'", 18),
        ("echo 'pg_dump (PostgreSQL) 9.6.24'", 9),
        ("echo 'pg_dump (PostgreSQL) 17beta1 (Debian 17~beta1)'", 17),
        ("echo no number here", None),
        ("echo 18.1; exit 3", None),
        (None, None),
    ],
)
def test_the_version_of_pg_dump(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str | None, expected: int | None
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    if answer is not None:
        pg_dump_of(tmp_path, answer)
    assert dumps.pg_dump_version() == expected


@ON_POSTGRES
@pytest.mark.parametrize(
    ("older_by", "said"), [(0, "fits the PostgreSQL"), (-1, "fits the PostgreSQL"), (1, "is older than"), (None, "")]
)
def test_pg_dump_is_held_against_the_server(
    check: Check, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, older_by: int | None, said: str
) -> None:
    server = dumps.server_version("default")
    assert server == connection.pg_version // 10_000  # type: ignore[attr-defined]
    monkeypatch.setenv("PATH", str(tmp_path))
    if older_by is not None:
        pg_dump_of(tmp_path, f"echo 'pg_dump (PostgreSQL) {server - older_by}.2'")
    code, heard = check()
    assert (said or "There is no pg_dump here") in heard
    assert code == (0 if older_by in (0, -1) else 1)
    if code:
        assert f"postgresql-client-{server}" in heard
