"""Styles and scripts where the web server finds them, gathered again only when one of them changed."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from handrail import __version__

STAMP = ".gathered"


def gather_static_files() -> bool:
    """Gather them when needed; returns whether it was."""
    root = Path(settings.STATIC_ROOT)
    fingerprint = _fingerprint()
    stamp = root / STAMP
    if stamp.exists() and stamp.read_text() == fingerprint:
        return False
    call_command("collectstatic", interactive=False, clear=root.exists(), verbosity=0)
    stamp.write_text(fingerprint)
    return True


def _fingerprint() -> str:
    """Changes with the version and with the name, size or time of any file."""
    print_of = hashlib.sha256(f"{__version__}:{settings.STORAGES['staticfiles']['BACKEND']}".encode())
    for finder in get_finders():
        for path, storage in sorted(finder.list(ignore_patterns=None), key=lambda found: str(found[0])):
            state = Path(storage.path(path)).stat()
            print_of.update(f"{path}:{state.st_size}:{state.st_mtime_ns}".encode())
    return print_of.hexdigest()
