"""The erasure ledger beside the backups, so that whoever was erased after a backup does not come back with it.

It holds account numbers and times, nothing else: it says about nobody who they were.
"""

import json
import os
import tempfile
from datetime import datetime
from pathlib import Path

from django.db import connections

from handrail.foundation.keystore.models import ErasedAccount
from handrail.foundation.stores.faults import StoreFault
from handrail.foundation.vault.erasure import ledger
from handrail.foundation.vault.models import Erasure

FILE_NAME = "erasures.json"
Entries = list[tuple[int, datetime]]


def write_ledger(folder: Path) -> None:
    """Write today's ledger, with what an earlier one in the folder says besides."""
    if not _tables_are_there():
        return
    known = set(read_ledger(folder / FILE_NAME)) | set(ledger())
    lines = [[account_id, erased_at.isoformat()] for account_id, erased_at in sorted(known)]
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=".unfinished-")
    with os.fdopen(handle, "w") as out:
        json.dump(lines, out)
        out.flush()
        os.fsync(out.fileno())
    os.replace(temporary, folder / FILE_NAME)


def _tables_are_there() -> bool:
    """Not so in a backup that is made before the very update which brings them."""
    return all(
        model._meta.db_table in connections[alias].introspection.table_names()
        for alias, model in (("default", Erasure), ("keystore", ErasedAccount))
    )


def read_ledger(path: Path) -> Entries:
    """The entries of a ledger file; none where there is no file."""
    try:
        rows = json.loads(path.read_text())
        return [(int(account_id), datetime.fromisoformat(erased_at)) for account_id, erased_at in rows]
    except FileNotFoundError:
        return []
    except (ValueError, TypeError) as error:
        raise StoreFault(f"{path} is not an erasure ledger; without it erased people could come back.") from error
