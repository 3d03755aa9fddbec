"""Backups and restores: whole or not at all, verified, sealed; what is erased stays erased."""

import socket
import sqlite3
import tarfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyrage
import pytest
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder
from django.urls import reverse
from django.utils import timezone
from freezegun import freeze_time

from handrail.capabilities.installation.jobs import note_sizes_of_tables
from handrail.capabilities.people.models import Organisation, Person
from handrail.commands import serve
from handrail.commands.files import WrongUse
from handrail.commands.main import main
from handrail.foundation.keystore.models import ErasedAccount, ServerShare
from handrail.foundation.stores import backups, dumps, erasures, sealing, upgrades
from handrail.foundation.stores.faults import StoreFault
from handrail.foundation.stores.restoring import restore

ON_SQLITE = pytest.mark.skipif("connections['default'].vendor != 'sqlite'", reason="a matter of SQLite files")
pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]


@pytest.fixture
def files(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Both test databases as files, as an installation has them, with one row to find again."""
    settings.DATA_DIR = tmp_path
    Organisation.objects.create(name="Here before")
    for alias in upgrades.STORES:
        path = tmp_path / f"{alias}.sqlite3"
        connection = connections[alias]
        connection.ensure_connection()
        path.write_bytes(connection.connection.serialize())
    monkeypatch.setattr(dumps, "file_of", lambda alias: tmp_path / f"{alias}.sqlite3")
    return tmp_path


def elsewhere(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point both stores at an empty place."""
    place = folder / "elsewhere"
    monkeypatch.setattr(dumps, "file_of", lambda alias: place / f"{alias}.sqlite3")
    return place


def restored(
    made: list[backups.Backup], folder: Path, *, erased: erasures.Entries | None = None, key: Path | None = None
):  # type: ignore[no-untyped-def]
    sealed = {backup.store: backup.path for backup in made}
    return restore(sealed, key_path=key or sealing.local_key_path(), workplace=folder, erased=erased or [])


@ON_SQLITE
def test_a_backup_comes_back_as_it_was(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = backups.make_backup()
    assert [backup.store for backup in made] == ["default", "keystore"]
    assert {path.name[:5] for path in backups.folder().iterdir()} == {"handr", "keyst", "erasu"}, "nothing half-made"
    assert b"Here before" not in made[0].path.read_bytes()
    place = elsewhere(files, monkeypatch)
    manifests = restored(made, files).manifests
    assert manifests[0].rows["people_organisation"] == 1
    with closing(sqlite3.connect(place / "default.sqlite3")) as database:
        assert database.execute("SELECT name FROM people_organisation").fetchall() == [("Here before",)]
    assert {path.stat().st_mode & 0o77 for path in [*place.glob("*.sqlite3"), *backups.folder().glob("*.age")]} == {0}


@ON_SQLITE
def test_nothing_is_restored_over_something(files: Path) -> None:
    with pytest.raises(StoreFault, match="already holds something"):
        restored(backups.make_backup(), files)


@ON_SQLITE
def test_the_operators_own_key_opens_it_and_no_other(
    files: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    settings.BACKUP_RECIPIENT = str(identity.to_public())
    made = backups.make_backup()
    assert not sealing.local_key_path().exists()
    elsewhere(files, monkeypatch)
    right, wrong, not_a_key = files / "right.txt", files / "wrong.txt", files / "not.txt"
    right.write_text(f"# mine\n{identity}\n")
    wrong.write_text(f"{other}\n")
    not_a_key.write_text("hello")
    for key, words in ((wrong, "does not open"), (not_a_key, "not an age key"), (files / "gone", "is not there")):
        with pytest.raises(StoreFault, match=words):
            restored(made, files, key=key)
    assert restored(made, files, key=right).manifests


@ON_SQLITE
def test_a_senseless_recipient_is_refused(files: Path, settings: Any) -> None:
    settings.BACKUP_RECIPIENT = "age1nonsense"
    with pytest.raises(StoreFault, match="HANDRAIL_BACKUP_RECIPIENT"):
        backups.make_backup()
    assert list(backups.folder().glob("*.age")) == []


def resealed(backup: backups.Backup, folder: Path, change: Any) -> backups.Backup:
    """The backup with something inside it changed."""
    archive, unpacked = folder / "archive.tar", folder / "unpacked"
    sealing.unseal(backup.path, archive, sealing.local_key_path())
    unpacked.mkdir(exist_ok=True)
    with tarfile.open(archive) as tar:
        tar.extractall(unpacked)  # made above; Python 3.11.2, Debian's, knows no filter yet
    change(unpacked)
    with tarfile.open(archive, "w") as tar:
        for path in sorted(unpacked.iterdir()):
            tar.add(path, path.name)
    sealing.seal(archive, backup.path)
    return backup


def _replace(name: str, old: bytes, new: bytes) -> Any:
    def change(folder: Path) -> None:
        content = (folder / name).read_bytes()
        assert old in content
        (folder / name).write_bytes(content.replace(old, new))

    return change


@ON_SQLITE
@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_replace("database", b"Here before", b"Here behind"), "does not match its manifest"),
        (_replace("manifest.json", b'"format": 1', b'"format": 2'), "made by a newer Handrail"),
        (_replace("manifest.json", b"people.0001_initial", b"people.9001_future"), "it has people.9001_future"),
        (_replace("manifest.json", b'"sqlite"', b'"postgresql"'), "same kind of database"),
        (_replace("manifest.json", b'"store": "default"', b'"store": "keystore"'), "not of “default”"),
        (_replace("manifest.json", b'"format": 1,', b""), "not a backup of Handrail"),
        (_replace("manifest.json", b"{", b"["), "not a backup of Handrail"),
        (lambda folder: (folder / "database").unlink(), "holds no database"),
    ],
)
def test_what_does_not_fit_its_manifest_is_refused_before_anything_is_written(
    files: Path, monkeypatch: pytest.MonkeyPatch, change: Any, words: str
) -> None:
    database, keystore = backups.make_backup()
    resealed(database, files, change)
    place = elsewhere(files, monkeypatch)
    with pytest.raises(StoreFault, match=words):
        restored([database, keystore], files)
    assert not place.exists()


@ON_SQLITE
def test_a_file_that_is_no_backup_is_refused(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = backups.make_backup()
    made[0].path.write_bytes(made[0].path.read_bytes()[:-100])
    elsewhere(files, monkeypatch)
    with pytest.raises(StoreFault, match="does not open"):
        restored(made, files)


@ON_SQLITE
def test_whoever_was_erased_after_the_backup_does_not_come_back(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = backups.make_backup()
    gone_at = timezone.now()
    ServerShare.objects.create(account_id=77, share=b"came back with the key store")
    ErasedAccount.objects.create(account_id=78, erased_at=gone_at)
    erasures.write_ledger(backups.folder())
    entries = erasures.read_ledger(backups.folder() / erasures.FILE_NAME)
    assert entries == [(78, gone_at)]
    elsewhere(files, monkeypatch)
    restored(made, files, erased=[(77, gone_at), *entries])
    assert not ServerShare.objects.filter(account_id=77).exists()
    assert ErasedAccount.objects.filter(account_id=77).exists()


def test_a_ledger_only_grows_and_a_broken_one_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / erasures.FILE_NAME).write_text('[[5, "2026-01-05T10:00:00+00:00"]]')
    ErasedAccount.objects.create(account_id=6, erased_at=datetime(2026, 1, 6, tzinfo=UTC))
    erasures.write_ledger(tmp_path)
    assert [number for number, _ in erasures.read_ledger(tmp_path / erasures.FILE_NAME)] == [5, 6]
    assert erasures.read_ledger(tmp_path / "none") == []
    (tmp_path / "broken").write_text("{")
    with pytest.raises(StoreFault, match="erased people could come back"):
        erasures.read_ledger(tmp_path / "broken")


def test_old_backups_go_and_the_newest_stays(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path
    backups.folder().mkdir()
    days = {"handrail": (0, 89, 91), "keystore": (0, 29, 31)}
    with freeze_time("2026-06-01 03:00:00"):
        now = timezone.now()
        for prefix, ages in days.items():
            for age in ages:
                (backups.folder() / f"{prefix}-{now - timedelta(days=age):{backups.STAMP}}.age").touch()
        (backups.folder() / "handrail-yesterday.age").touch()
        gone = [path.name for path in backups.prune_backups()]
    assert gone == ["handrail-20260302T030000Z.age", "keystore-20260501T030000Z.age"]
    with freeze_time("2027-06-01"):
        backups.prune_backups()
    assert len(backups.backups_made()) == 2
    newest = backups.newest_keystore_backup(backups.folder())
    assert newest is not None
    assert newest.name == "keystore-20260601T030000Z.age"


@ON_SQLITE
def test_a_damaged_database_is_not_taken_for_a_backup(files: Path) -> None:
    path = files / "default.sqlite3"
    content = bytearray(path.read_bytes())
    content[8192:40960] = b"\x00" * 32768
    path.write_bytes(content)
    with pytest.raises((StoreFault, sqlite3.DatabaseError)):
        backups.make_backup()
    assert list(backups.folder().iterdir()) == []


def test_tables_are_brought_up_to_date_after_a_backup_where_there_is_something_to_lose(
    monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    steps: list[str] = []
    monkeypatch.setattr(upgrades, "call_command", lambda name, *, database, **options: steps.append(database))
    assert upgrades.bring_up_to_date(back_up=lambda: steps.append("backup")) == []
    monkeypatch.setattr(upgrades, "pending_migrations", lambda alias: ["new.0002"] if alias == "default" else [])
    assert upgrades.bring_up_to_date(back_up=lambda: steps.append("backup")) == ["new.0002"]
    assert steps == ["backup", "default"]
    monkeypatch.setattr(upgrades, "applied_migrations", lambda alias: [])
    upgrades.bring_up_to_date(back_up=lambda: steps.append("backup"))
    assert steps == ["backup", "default", "default"]


@ON_SQLITE
def test_whoever_starts_it_reads_what_was_done(
    files: Path, settings: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.STATIC_ROOT = files / "static"
    monkeypatch.setattr(upgrades, "call_command", lambda *words, **options: None)
    monkeypatch.setattr(upgrades, "pending_migrations", lambda alias: ["new.0002"] if alias == "default" else [])
    serve.prepare()
    said = capsys.readouterr().err
    assert f"backup before the change: {backups.folder()}" in said
    assert "brought up to date (1 changes)" in said
    assert "styles and scripts are in place" in said
    assert reverse("first_administrator", args=["T"]).removesuffix("T/") in said
    monkeypatch.setattr(upgrades, "applied_migrations", lambda alias: [])
    serve.prepare()
    said = capsys.readouterr().err
    assert f"This is a new installation. Made for it:\n  • the database: {files / 'default.sqlite3'}" in said
    assert "backup before" not in said
    settings.DATA_DIR = files / "default.sqlite3"
    with pytest.raises(WrongUse, match=r"the data folder .*default\.sqlite3 cannot be made"):
        serve.prepare()


@ON_SQLITE
def test_commands_say_what_they_cannot_do(files: Path, settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    settings.STATIC_ROOT = files / "static"
    settings.BACKUP_RECIPIENT = "age1nonsense"
    scrap, gone = files / "scrap.age", files / "gone.json"
    scrap.write_text("no backup")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        for words, said in (
            (["restore", scrap], "there is no key store's backup in"),
            (["restore", scrap, "--keystore", scrap, "--ledger", gone], "gone.json is not there"),
            (["restore", scrap, "--keystore", scrap], "already holds something"),
            (["backup", "--to", scrap / "copies"], "cannot be written"),
            (["backup"], "HANDRAIL_BACKUP_RECIPIENT is not an age public key"),
            (["serve", "--port", taken.getsockname()[1]], "Choose another with PORT"),
        ):
            assert main([str(word) for word in words]) == 2, words
            assert said in capsys.readouterr().err
    settings.BACKUP_RECIPIENT = str(pyrage.x25519.Identity.generate().to_public())
    assert main(["backup"]) == 0
    assert "They open with the key in" not in capsys.readouterr().out


def test_the_key_store_needs_the_changes_of_its_own_app_and_no_other(
    monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(upgrades, "changes_made", lambda alias: {})
    monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda recorder: {})
    own, others = upgrades.pending_migrations("keystore"), upgrades.pending_migrations("default")
    assert own[0] == "keystore.0001_initial"
    assert {name.partition(".")[0] for name in own} == {"keystore"}
    assert {"people.0001_initial", "sessions.0001_initial"} <= set(others)
    asked: list[tuple[str, str | None]] = []

    def migrate(name: str, *, database: str, app_label: str | None = None, **options: Any) -> None:
        asked.append((database, app_label))

    monkeypatch.setattr(upgrades, "call_command", migrate)
    upgrades.bring_up_to_date(back_up=lambda: None)
    assert asked == [("default", None), ("keystore", "keystore")]


@ON_SQLITE
def test_every_hour_sqlite_counts_how_large_its_tables_are() -> None:
    organisation = Organisation.objects.create(name="Large")
    Person.objects.bulk_create(Person(organisation=organisation, name=f"Person {number}") for number in range(30))
    note_sizes_of_tables.call()
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE idx = 'person_present'")
        assert cursor.fetchall() == [("30 30 1 1",)]
