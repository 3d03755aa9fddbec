"""Where an uploaded file waits until it is read: in the data folder, for the program only, under a random name."""

import hashlib
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from handrail.foundation.access.refusal import Refused

CHUNK = 1 << 20


@dataclass(frozen=True)
class Shelf:
    """Files of one kind; `maximum` in bytes."""

    kind: str
    maximum: int

    @property
    def folder(self) -> Path:
        return Path(settings.DATA_DIR) / "imports"

    def path_of(self, stored_name: str) -> Path:
        return self.folder / stored_name

    def keep(self, chunks: Iterable[bytes]) -> tuple[str, str]:
        """Write the chunks to a new file; (its name, its SHA-256). Refuses what is too large without keeping it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        name = f"{secrets.token_hex(16)}.{self.kind}"
        digest, size = hashlib.sha256(), 0
        handle = os.open(self.path_of(name), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out:
            for chunk in chunks:
                size += len(chunk)
                if size > self.maximum:
                    break
                digest.update(chunk)
                out.write(chunk)
        if size > self.maximum:
            self.forget(name)
            limit = self.maximum // CHUNK
            raise Refused(
                _("The file is larger than %(limit)s MB. Split it and load the parts in turn.") % {"limit": limit}
            )
        return name, digest.hexdigest()

    def forget(self, stored_name: str) -> None:
        if stored_name:
            self.path_of(stored_name).unlink(missing_ok=True)

    def forget_older_than(self, seconds: float, now: float) -> int:
        """Delete files that nobody came back to; how many."""
        old = [path for path in self.folder.glob(f"*.{self.kind}") if now - path.stat().st_mtime > seconds]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)


def digest_of(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
