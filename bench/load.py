"""Fifty clients that write at once, and kill -9 under that load, on SQLite or PostgreSQL.

    python -m bench.load                       50 clients, 30 s
    python -m bench.load --kills 100           and a hundred kills
    python -m bench.load --postgres            on a PostgreSQL of its own

Each client adds people by hand through the page, one form after the other, without a pause for thought. Prints one
JSON line: writes a second, the spread of their seconds, faults, and whether everything acknowledged is there once.
"""

import argparse
import contextlib
import json
import os
import random
import resource
import statistics
import tempfile
import time
from pathlib import Path

from tests.drills.installation import Installation
from tests.drills.writers import Crowd, hold_against_database
from tests.postgres import make_database, postgres_server


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--postgres", action="store_true")
    asked = parser.parse_args()
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="handrail-load-")))
        settings = {}
        if asked.postgres:
            url = stack.enter_context(postgres_server(durable=True))
            settings = {"DATABASE_URL": url, "KEYSTORE_URL": make_database(url, "keystore")}
        installation = Installation(folder, coordinators=asked.clients, **settings)
        stack.callback(installation.close)
        print(json.dumps(run(installation, asked)))


def run(installation: Installation, asked: argparse.Namespace) -> dict[str, object]:
    crowd = Crowd(installation, asked.clients)
    installation.serve()
    began, cpu_began = time.monotonic(), _cpu()
    crowd.start()
    if asked.kills:
        for _ in range(asked.kills):
            crowd.wait_for(len(crowd.acknowledged) + asked.clients)
            time.sleep(random.uniform(0, 0.05))
            installation.kill()
            installation.serve()
        crowd.wait_for(len(crowd.acknowledged) + asked.clients)
    else:
        time.sleep(asked.seconds)
    crowd.end()
    seconds = time.monotonic() - began
    installation.close()  # so that its processor time is known
    took = sorted(second for writer in crowd.writers for second in writer.seconds)
    figures: dict[str, object] = {
        "database": "postgresql" if asked.postgres else "sqlite",
        "clients": asked.clients,
        "kills": asked.kills,
        "seconds": round(seconds, 1),
        "acknowledged": len(took),
        "cpu_ms_a_write": round(1000 * (_cpu() - cpu_began) / max(len(took), 1), 1),
        "median_s": round(statistics.median(took), 3),
        "p95_s": round(took[int(0.95 * len(took))], 3),
        "cut_off": crowd.cut_off,
        "faults": crowd.faults[:5],
        "load_average": os.getloadavg()[0],
    }
    if not asked.postgres:
        verdict = hold_against_database(installation.folder, crowd)
        figures["every_acknowledged_write_there_once"] = verdict.holds
    return figures


def _cpu() -> float:
    """Seconds of processor time of the servers that have ended so far (and of whatever else this program ran)."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


if __name__ == "__main__":
    main()
