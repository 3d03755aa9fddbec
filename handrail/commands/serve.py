"""`handrail serve`: the web server and the worker in one process."""

import argparse
import errno
import signal
import socket
import sys
import threading
from types import FrameType

from handrail.commands.django_setup import set_up_django
from handrail.commands.files import WrongUse

THREADS = 8
PATIENCE_SECONDS = 20
TAKEN = (errno.EADDRINUSE, errno.EACCES)  # by another program, or not for us
FIRST_STEPS = """
Nobody is here yet. Open this link in a browser, within a day, and become the administrator.
It works once; every start makes a new one as long as nobody is here.

    {link}

Next, on the pages it leads to: set up a second proof that it is you (a passkey or an app),
then add your first organisation and its coordinator. People will come in at {address}.
The guide is docs/guides/administrator.md; `handrail check` says what else is worth doing.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.epilog = (
        "example:\n"
        "  HANDRAIL_SECRET_KEY=… HANDRAIL_BASE_URL=https://handrail.example.org handrail serve\n\n"
        "Brings both databases up to date first (after a backup), and prints a one-time\n"
        "administrator link on an empty installation. docs/reference/settings.md lists the settings."
    )
    parser.add_argument("--host", help="address to listen on (HOST; 127.0.0.1)")
    parser.add_argument("--port", type=int, help="port to listen on (PORT; 8000)")
    parser.add_argument("--threads", type=int, default=THREADS, help=f"requests handled at once ({THREADS})")


def run(arguments: argparse.Namespace) -> int:
    set_up_django()
    begin(arguments.host, arguments.port)
    prepare()
    return serve(arguments.host, arguments.port, arguments.threads)


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def begin(host: str | None, port: int | None) -> None:
    """Say at once that it starts; and nothing is made, and no link given, where nobody could reach it."""
    from django.conf import settings  # Django is set up by now, and not before

    host, port = host or settings.HOST, settings.PORT if port is None else port
    say("Starting. The first time takes up to half a minute.")
    try:
        for family, kind, protocol, _name, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            with socket.socket(family, kind, protocol) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(address)
    except OSError as error:
        if error.errno in TAKEN:
            raise _cannot_listen(host, port, error) from error


def _cannot_listen(host: str, port: int, error: OSError) -> WrongUse:
    return WrongUse(f"cannot listen on {host} port {port} ({error.strerror}). Choose another with PORT.")


def prepare() -> None:
    """Everything between the settings and the first request: folders, databases, static files, the first link."""
    from django.conf import settings  # Django is set up by now, and not before

    from handrail.capabilities.accounts.actions import make_first_administrator_link
    from handrail.capabilities.accounts.queries import is_anybody_here
    from handrail.commands.static_files import gather_static_files
    from handrail.foundation.stores.dumps import place_of
    from handrail.foundation.stores.upgrades import STORES, applied_migrations, bring_up_to_date

    try:
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise WrongUse(f"the data folder {settings.DATA_DIR} cannot be made ({error.strerror}).") from error
    new = not any(applied_migrations(alias) for alias in STORES)
    changed = bring_up_to_date(back_up=_back_up)
    if new:
        say("This is a new installation. Made for it:")
        for alias, what in (("default", "the database"), ("keystore", "the key store")):
            say(f"  • {what}: {place_of(alias)}")
        say(f"  • the data folder: {settings.DATA_DIR.resolve()}")
    elif changed:
        say(f"• the databases were brought up to date ({len(changed)} changes)")
    if gather_static_files() and not new:
        say("• styles and scripts are in place")
    if not settings.DEMO and not is_anybody_here():
        say(FIRST_STEPS.format(link=make_first_administrator_link(), address=settings.BASE_URL))


def _back_up() -> None:
    from handrail.foundation.stores.backups import make_backup  # Django is set up by now

    for backup in make_backup():
        say(f"• backup before the change: {backup.path}")


def serve(host: str | None, port: int | None, threads: int) -> int:
    """Answer requests until told to stop; the worker runs in a thread beside unless it runs separately."""
    import waitress  # here: only whoever serves needs a web server
    from django.conf import settings  # Django is set up by now
    from django.core.wsgi import get_wsgi_application

    from handrail.foundation.access.proxies import behind_proxies
    from handrail.foundation.access.readable import always_utf8
    from handrail.foundation.jobs.worker import run_worker

    host, port = host or settings.HOST, settings.PORT if port is None else port
    try:
        server = waitress.create_server(
            behind_proxies(always_utf8(get_wsgi_application()), settings.TRUSTED_PROXIES),
            host=host,
            port=port,
            threads=threads,
            ident=None,
            channel_timeout=60,
            clear_untrusted_proxy_headers=False,  # behind_proxies decides, here as under any other server
        )
    except OSError as error:
        raise _cannot_listen(host, port, error) from error
    signal.signal(signal.SIGTERM, _leave)
    stop = threading.Event()
    worker = threading.Thread(target=run_worker, args=(stop,), name="handrail-worker", daemon=True)
    if settings.WORKER_INSIDE:
        worker.start()
    say(f"Handrail is at {settings.BASE_URL} (listening on {host} port {port}). Stop it with Ctrl+C.")
    try:
        server.run()
    finally:
        server.close()
        stop.set()
        if settings.WORKER_INSIDE:
            worker.join(PATIENCE_SECONDS)
    return 0


def _leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)
