"""Bringing both databases to the tables that this version needs."""

import fcntl
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache

from django.conf import settings
from django.core.management import call_command
from django.db import connections, router
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from handrail.foundation.keystore.router import APP

STORES = ("default", "keystore")
LOCK_NUMBER = 7_262_851_119  # any number, the same in every process: PostgreSQL's advisory lock

_SEEN: set[tuple[str, str]] = set()  # stores with a table of changes: it does not go away while a process runs


def lacks_changes(alias: str, made: Iterable[tuple[str, str]]) -> bool:
    return not _known(alias) <= set(made)


def pending_migrations(alias: str) -> list[str]:
    """The names of the changes that this database still needs."""
    if not lacks_changes(alias, changes_made(alias)):
        return []  # the plan below reads every file of changes again: too slow for a page
    executor = MigrationExecutor(connections[alias])
    plan = executor.migration_plan([leaf for leaf in executor.loader.graph.leaf_nodes() if _concerns(alias, leaf[0])])
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def changes_made(alias: str) -> dict[tuple[str, str], datetime]:
    """When each change was made to this database, by app and name."""
    recorder = MigrationRecorder(connections[alias])
    store = (alias, str(connections[alias].settings_dict["NAME"]))
    if store not in _SEEN:
        if not recorder.has_table():
            return {}
        _SEEN.add(store)
    return {(app, name): made for app, name, made in recorder.migration_qs.values_list("app", "name", "applied")}


@cache
def _known(alias: str) -> frozenset[tuple[str, str]]:
    """Every change that this version of the program brings; it stays the same while a process runs."""
    return frozenset(node for node in MigrationLoader(None).graph.nodes if _concerns(alias, node[0]))


def _concerns(alias: str, app_label: str) -> bool:
    """Whether changes of this app make tables in this store."""
    return router.allow_migrate(alias, app_label)


def applied_migrations(alias: str) -> list[str]:
    return sorted(f"{app}.{name}" for app, name in changes_made(alias))


def unknown_migrations(names: list[str]) -> list[str]:
    """Those of `names` that this version of the program has not got: they come from a newer one."""
    known = MigrationExecutor(connections["default"]).loader.disk_migrations
    return [name for name in names if tuple(name.split(".", 1)) not in known]


def bring_up_to_date(*, back_up: Callable[[], None]) -> list[str]:
    """Migrate both databases; `back_up` runs first when there is something to lose. One process at a time."""
    with _alone():
        pending = {alias: pending_migrations(alias) for alias in STORES}
        if any(pending[alias] and applied_migrations(alias) for alias in STORES):
            back_up()
        for alias in STORES:
            if pending[alias]:
                # The key store has one app's tables. Walking through every other app's changes there, each of which
                # makes nothing, took half the time of a first start.
                only = {"app_label": alias} if alias == APP else {}
                call_command("migrate", database=alias, interactive=False, verbosity=0, **only)
    return pending["default"] + pending["keystore"]


@contextmanager
def _alone() -> Iterator[None]:
    connection = connections["default"]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK_NUMBER])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK_NUMBER])
        return
    with open(settings.DATA_DIR / "upgrade.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
