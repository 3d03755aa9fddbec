"""What saving one answer of a starting point costs: `python -m bench.starting_point [--answers 300]`.

The program's own settings of production on a throw-away SQLite file, asked through the WSGI application in this
process: each answer is a form sent on a device that opens the private space, sealed and written with FULL
synchronisation. Prints median and 95th percentile in milliseconds of wall and CPU time, and CPU as on a quiet machine
(see bench.pages).
Goal: 50 ms at the 95th percentile.
"""

import argparse
import shutil
import statistics
import tempfile
import time
from typing import Any

from bench.pages import ask, calibrate, environment, milliseconds, prepare

TOKEN = "a" * 32


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--answers", type=int, default=300)
    folder = tempfile.mkdtemp(prefix="handrail-bench-")
    try:
        prepare(folder)
        run(parser.parse_args().answers)
    finally:
        shutil.rmtree(folder)


def run(answers: int) -> None:
    from django.db import transaction

    from handrail.config.wsgi import application
    from handrail.engines.approach import QUESTIONS
    from tests.factories.large_world import build_large_world

    with transaction.atomic():
        world = build_large_world(1000, 100)
    cookies = {**world.cookies_of("leader"), "csrftoken": TOKEN}
    wall, spent, loops = [], [], []
    for number in range(answers):
        question = QUESTIONS[number % len(QUESTIONS)]
        form = {"options": question.options[number % len(question.options)], "csrfmiddlewaretoken": TOKEN}
        form |= {"once": f"bench-{number}", "words": "What I would say, in a sentence or two. " * 4}
        request = environment(f"/starting-point/question/{question.id}/", cookies, form)
        loops.append(milliseconds(calibrate))
        began = time.perf_counter()
        spent.append(milliseconds(lambda request=request: check(ask(application, request))))
        wall.append((time.perf_counter() - began) * 1000)
    quiet = min(loops) / statistics.median(loops)
    for name, figures, share in (("wall", wall, 1.0), ("CPU", spent, 1.0), ("CPU, quiet machine", spent, quiet)):
        middle, high = statistics.median(figures) * share, statistics.quantiles(figures, n=20)[-1] * share
        print(f"{name:20} median {middle:6.1f} ms   95th percentile {high:6.1f} ms")


def check(answer: Any) -> None:
    assert answer[0] == 302, answer[0]


if __name__ == "__main__":
    main()
