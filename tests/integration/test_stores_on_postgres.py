"""pg_dump and pg_restore, on the PostgreSQL that `test_on_postgres` starts."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from handrail.foundation.stores import dumps
from handrail.foundation.stores.faults import StoreFault
from tests.postgres import make_database, programs

SPARE = ("spare_source", "spare_target")


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.skipif("DATABASE_URL" not in os.environ, reason="a matter of PostgreSQL")
def test_postgresql_is_dumped_from_one_snapshot_and_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_db_blocker: Any
) -> None:
    monkeypatch.setenv("PATH", f"{programs()}:/usr/bin:/bin")
    for name in SPARE:
        make_database(os.environ["DATABASE_URL"], name)
        monkeypatch.setitem(connections.databases, name, {**connections["default"].settings_dict, "NAME": name})
    with django_db_blocker.unblock():
        try:
            dump_and_load(tmp_path, monkeypatch)
        finally:
            for name in SPARE:
                connections[name].close()
                del connections[name]


def dump_and_load(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, target = SPARE
    with connections[source].cursor() as cursor:
        cursor.execute("CREATE TABLE things (name text)")
        cursor.execute("INSERT INTO things SELECT 'n' || number FROM generate_series(1, 500) number")
    assert dumps.dump(source, folder / "dump") == {"things": 500}
    assert dumps.load(target, folder / "dump") == {"things": 500}
    with pytest.raises(StoreFault, match="already holds something"):
        dumps.load(target, folder / "dump")
    monkeypatch.setenv("PATH", str(folder))
    with pytest.raises(StoreFault, match="not on the PATH"):
        dumps.dump(source, folder / "dump")
