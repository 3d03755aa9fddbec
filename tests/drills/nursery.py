"""Starts `handrail` again and again for a drill without loading it each time: loaded once, forked for every start.

Reads one JSON request a line from standard input: {"arguments": [...], "out": path, "wait": bool}, or {"coordinators":
n, ...} to make the drill's people. Answers with the child's process id or, after waiting, its exit status. A forked
child that is killed leaves its databases just as any killed process does. With DRILL_DISK set to a folder, SQLite works
on a disk that the drill may fill, break or cut the power of (tests.drills.disk).
"""

import json
import os
import signal
import sys
import traceback
from pathlib import Path
from typing import Any

from tests.drills.disk import install


def main() -> None:
    from handrail.commands.django_setup import set_up_django

    if "DRILL_DISK" in os.environ:
        install(Path(os.environ["DRILL_DISK"]))
    set_up_django()
    import waitress  # noqa: F401  loaded here so that no child has to
    from django.core.wsgi import get_wsgi_application
    from django.urls import get_resolver

    import handrail.commands.serve
    import handrail.foundation.jobs.worker
    import handrail.foundation.stores.upgrades  # noqa: F401

    get_wsgi_application()
    _ = get_resolver().url_patterns
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if not child:
            _live(asked)
        if asked["wait"]:
            child = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        _reap()


def _live(asked: dict[str, Any]) -> None:
    """The child's whole life."""
    status = 70
    try:
        with open(asked["out"], "ab") as out, open(os.devnull) as nothing:
            os.dup2(nothing.fileno(), 0)
            os.dup2(out.fileno(), 1)
            os.dup2(out.fileno(), 2)
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        if "coordinators" in asked:
            from tests.drills.prepare import main as prepare

            sys.stdout.write(json.dumps(prepare(asked["coordinators"])))
            status = 0
        else:
            from handrail.commands.main import main as handrail

            status = handrail(asked["arguments"])
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _reap() -> None:
    """Children that were killed meanwhile."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


if __name__ == "__main__":
    main()
