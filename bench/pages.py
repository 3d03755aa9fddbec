"""What every page costs with 10,000 people and 1,000 pairings: `python -m bench.pages`.

    python -m bench.pages [--people 10000] [--pairings 1000] [--runs 30] [--only home] [--profile home]

The program's own settings of production on a throw-away SQLite file, asked through the WSGI application in this
process. Every address of the URL table that shows a page is asked for, and those that show none are
named. Prints for each page the median of its CPU milliseconds, that figure against a plain signed-in page asked for
in turn with it, what that ratio is worth when the machine is quiet (times the plain page at its quickest in the whole
run: on a busy machine CPU seconds are longer), its queries and its kilobytes. Goals: 8 quiet ms, 12 queries.
Signing in by e-mail code is measured too (goal 100 ms); what opening the vault costs, `bench.vault` measures.
"""

import argparse
import cProfile
import io
import os
import pstats
import re
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

if TYPE_CHECKING:
    from tests.factories.large_world import LargeWorld
    from tests.factories.large_world_pages import Page

BUDGET_MS, BUDGET_QUERIES = 8.0, 12
PLAIN = "/account/address/"  # signed in, one short form
SIGN_INS = 9


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--pairings", type=int, default=1_000)
    parser.add_argument("--runs", type=int, default=30, help="how often each page is asked for")
    parser.add_argument("--only", default="", help="pages whose name or address contains this")
    parser.add_argument("--profile", default="", help="where the time of these pages goes")
    asked = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="handrail-bench-")
    try:
        prepare(folder)
        run(asked)
    finally:
        shutil.rmtree(folder)


def prepare(folder: str) -> None:
    os.environ.update(
        DJANGO_SETTINGS_MODULE="handrail.config.settings",
        HANDRAIL_MODE="production",
        HANDRAIL_SECRET_KEY="a-secret-of-the-benchmark-and-nothing-else-0123",
        HANDRAIL_BASE_URL="http://localhost:8000",
        HANDRAIL_DATA_DIR=folder,
        HANDRAIL_MAIL_URL="smtp+plain://127.0.0.1:9",  # nothing leaves: no worker runs
        DATABASE_URL=os.environ.get("BENCH_DATABASE_URL", ""),
    )
    import django
    from django.core.management import call_command

    django.setup()
    for alias in ("default", "keystore"):
        call_command("migrate", database=alias, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def run(asked: argparse.Namespace) -> None:
    from django.db import transaction

    from handrail.config.wsgi import application
    from handrail.foundation.stores.sizes import note_sizes
    from tests.factories.large_world import build_large_world
    from tests.factories.large_world_pages import pages_of, rest_of

    began = time.process_time()
    with transaction.atomic():
        world = build_large_world(asked.people, asked.pairings)
    note_sizes()  # as the worker does every hour
    print(f"{asked.people} people, {asked.pairings} pairings, laid in {time.process_time() - began:.1f} s CPU")
    rest, unseen = rest_of(world, lambda address, role: looked_at(application, address, world.cookies_of(role)))
    wanted = asked.only or asked.profile
    every = [*pages_of(world), *rest]
    pages = [page for page in every if wanted in page.name or wanted in page.address]
    if asked.profile:
        for page in pages:
            profile(application, page, world)
        return
    measured = [measure(application, page, world, asked.runs) for page in pages]
    quiet = min(one.plain_quickest for one in measured)
    print(f"the plain page takes {quiet:.2f} ms CPU at its quickest")
    print(f"{'page':54} {'ms':>7} {'× plain':>7} {'quiet ms':>8} {'queries':>8} {'kB':>6}")
    for one in measured:
        figures = f"{one.median:7.2f} {one.against_plain:7.2f} {one.against_plain * quiet:8.2f} {one.queries:8}"
        print(f"{one.label:54} {figures} {one.kilobytes:6.1f}{'' if one.keeps_to_budget(quiet) else '  over'}")
    if not asked.only:
        sign_in(application, world, quiet)
    kept = sum(one.keeps_to_budget(quiet) for one in measured)
    print(f"{kept} of {len(pages)} pages within {BUDGET_MS:.0f} ms and {BUDGET_QUERIES} queries")
    acts = [one for one in unseen if "405" in one.answers]
    print(f"\nNot measured: {len(acts)} addresses that only take a form, and these, which show no page here:")
    for one in unseen:
        if one not in acts:
            print(f"  {one.name:34} {one.answers:24} {one.route}")


@dataclass(frozen=True)
class Measured:
    """One page's figures, beside those of the plain page asked for in turn with it."""

    label: str
    median: float
    plain_median: float
    plain_quickest: float
    queries: int
    kilobytes: float

    @property
    def against_plain(self) -> float:
        return self.median / self.plain_median

    def keeps_to_budget(self, quiet: float) -> bool:
        return self.against_plain * quiet <= BUDGET_MS and self.queries <= BUDGET_QUERIES


def measure(application: Any, page: "Page", world: "LargeWorld", runs: int) -> Measured:
    environ = environment(page.address, world.cookies_of(page.role))
    plain = environment(PLAIN, world.cookies_of("leader"))
    for _ in range(3):
        assert ask(application, plain)[0] == 200
        ask(application, environ)
    with queries_counted() as counted:
        status, _headers, body = ask(application, environ)
    assert status == 200, f"{page.address} as {page.role}: {status}"
    spent, beside = [], []
    for _ in range(runs):
        beside.append(milliseconds(lambda: ask(application, plain)))
        spent.append(milliseconds(lambda: ask(application, environ)))
    return Measured(
        f"{page.name} · {page.role}{' ?' + page.address.partition('?')[2] if '?' in page.address else ''}",
        statistics.median(spent),
        statistics.median(beside),
        statistics.quantiles(beside, n=10)[0],
        len(counted),
        len(body) / 1000,
    )


def sign_in(application: Any, world: "LargeWorld", quiet: float) -> None:
    """Ask for a code, read it in the post box, confirm it: the two requests that carry the work."""
    from handrail.foundation.mail.models import OutboxMessage

    token = "a" * 32
    asking, confirming = [], []
    for number, person in enumerate(world.people[2 : 2 + SIGN_INS]):
        cookies = {"csrftoken": token}
        visitor = f"10.0.0.{number + 1}"
        form = {"email": person.email, "csrfmiddlewaretoken": token}
        request = environment("/sign-in/login/code/", cookies, form, visitor)
        asking.append(milliseconds(lambda request=request: answers.append(ask(application, request)), answers := []))
        cookies.update(cookies_set(answers[-1][1]))
        message = OutboxMessage.objects.filter(to_address=person.email).order_by("-pk").first()
        code = re.search(r"\b[A-Z0-9]{3,}-?[A-Z0-9]{3,}\b", message.text if message else "")
        assert code, "no code in the post box"
        form = {"code": code[0], "csrfmiddlewaretoken": token}
        request = environment("/sign-in/login/code/confirm/", cookies, form, visitor)
        confirming.append(milliseconds(lambda request=request: answers.append(ask(application, request))))
        assert answers[-1][0] == 302, answers[-1]
    both = statistics.median(map(sum, zip(asking, confirming, strict=True)))
    plain = environment(PLAIN, world.cookies_of("leader"))
    beside = statistics.median(milliseconds(lambda: ask(application, plain)) for _ in range(2 * SIGN_INS))
    for label, median in (
        ("sign-in: ask for a code", statistics.median(asking)),
        ("sign-in: confirm it", statistics.median(confirming)),
        ("sign-in: both (goal 100 ms)", both),
    ):
        print(f"{label:54} {median:7.2f} {median / beside:7.2f} {median / beside * quiet:8.2f}")


def profile(application: Any, page: "Page", world: "LargeWorld") -> None:
    environ = environment(page.address, world.cookies_of(page.role))
    ask(application, environ)
    with queries_counted() as counted:
        ask(application, environ)
    profiler = cProfile.Profile()
    profiler.enable()
    for _ in range(20):
        ask(application, environ)
    profiler.disable()
    print(f"\n=== {page.name} as {page.role}: {page.address}")
    for seconds, sql in counted:
        print(f"{seconds * 1000:7.2f} ms  {sql[:300]}")
    for order in ("cumulative", "tottime"):
        pstats.Stats(profiler).sort_stats(order).print_stats(45)


def milliseconds(act: Callable[[], Any], _kept: Any = None) -> float:
    start = time.process_time()
    act()
    return (time.process_time() - start) * 1000


def calibrate() -> int:
    """Some 2 to 5 ms of plain Python, the same on every machine."""
    counts: dict[int, int] = {}
    for number in range(20_000):
        counts[number % 97] = counts.get(number % 97, 0) + number
    return len(counts)


def environment(
    address: str, cookies: dict[str, str], form: dict[str, str] | None = None, visitor: str = "127.0.0.1"
) -> dict[str, Any]:
    path, _, query = address.partition("?")
    body = urlencode(form or {}).encode()
    return {
        "REQUEST_METHOD": "GET" if form is None else "POST",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)),
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": visitor,
        "HTTP_HOST": "localhost:8000",
        "HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        "HTTP_ACCEPT_LANGUAGE": "en-GB,en;q=0.8",
        "HTTP_ORIGIN": "http://localhost:8000",
        "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }


def ask(application: Any, environ: dict[str, Any]) -> tuple[int, list[tuple[str, str]], bytes]:
    """One request as the web server makes it, its answer read and closed."""
    heard: list[Any] = []
    response = application(dict(environ), lambda status, headers, _fault=None: heard.extend((status, headers)))
    try:
        body = b"".join(response)
    finally:
        response.close()
    return int(heard[0].split()[0]), heard[1], body


def looked_at(application: Any, address: str, cookies: dict[str, str]) -> tuple[int, str]:
    """The status and the kind of what this address shows."""
    status, headers, _body = ask(application, environment(address, cookies))
    return status, dict(headers).get("Content-Type", "")


def cookies_set(headers: list[tuple[str, str]]) -> dict[str, str]:
    pairs = (value.partition(";")[0].partition("=") for name, value in headers if name.lower() == "set-cookie")
    return {name: value for name, _, value in pairs}


@contextmanager
def queries_counted() -> Iterator[list[tuple[float, str]]]:
    """Every statement on both databases meanwhile, with its seconds."""
    from django.db import connections

    counted: list[tuple[float, str]] = []

    def count(execute: Any, sql: str, *more: Any) -> Any:
        start = time.perf_counter()
        try:
            return execute(sql, *more)
        finally:
            counted.append((time.perf_counter() - start, sql))

    with ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(count))
        yield counted


if __name__ == "__main__":
    main()
