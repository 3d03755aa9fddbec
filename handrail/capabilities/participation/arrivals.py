"""Where an uploaded export waits until it is filed: in the data folder, for the program only, under a random name.

It holds what people wrote. It is deleted as soon as it is filed, put aside, or a week old.
"""

import os
import secrets
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.utils.translation import gettext as _

from handrail.foundation.access.refusal import Refused

MAXIMUM_BYTES = 2**30
CHUNK = 2**20
ENDINGS = {".zip", ".csv", ".parquet", ".pq", ".json", ".jsonl", ".mbox", ".car", ".gz", ".tgz", ".tar"}


def folder() -> Path:
    return Path(settings.DATA_DIR) / "arrivals"


def path_of(stored_name: str) -> Path:
    """The export itself. It keeps its ending, by which some kinds are known."""
    return _place(stored_name) / f"export{Path(stored_name).suffix}"


def spool_of(stored_name: str) -> Path:
    """Where what was read of it lies until it is filed."""
    return _place(stored_name) / "read"


def _place(stored_name: str) -> Path:
    return folder() / Path(stored_name).stem


def keep(file: "UploadedFile[Any]") -> str:
    """Keep an uploaded file; its new name. What came through a temporary file is moved, not copied."""
    if (file.size or 0) > MAXIMUM_BYTES:
        raise Refused(
            _("The file is larger than %(limit)s MB. Export a shorter time, and load the parts in turn.")
            % {"limit": MAXIMUM_BYTES >> 20}
        )
    ending = Path(file.name or "").suffix.lower()
    name = secrets.token_hex(16) + (ending if ending in ENDINGS else "")
    path_of(name).parent.mkdir(parents=True, mode=0o700)
    if isinstance(file, TemporaryUploadedFile):
        shutil.move(file.temporary_file_path(), path_of(name))
        os.chmod(path_of(name), 0o600)
        return name
    handle = os.open(path_of(name), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        for chunk in file.chunks(CHUNK):
            out.write(chunk)
    return name


def forget(stored_name: str) -> None:
    if stored_name:
        shutil.rmtree(_place(stored_name), ignore_errors=True)


def forget_older_than(seconds: float, now: float) -> int:
    """Delete exports that nobody came back to; how many."""
    old = [path for path in folder().glob("*") if now - path.stat().st_mtime > seconds]
    for path in old:
        shutil.rmtree(path, ignore_errors=True)
    return len(old)
