"""How long a coordinator waits for a proposal: `python -m bench.proposals [--leaders 200] [--mentors 200] [--runs 5]
[--numbers]`.

The job as the worker does it, on a throw-away SQLite file with the settings of production: sign-ups read, pairs found
and proven, the answers for every pair worked out, rows written. CPU seconds of this process; the first run loads the
engine, with SciPy. Goal for 400 people: 2. With --numbers, a most of two pairs for each of three units is kept too.
"""

import argparse
import shutil
import statistics
import tempfile
import time
from dataclasses import replace

from bench.pages import prepare


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--leaders", type=int, default=200)
    parser.add_argument("--mentors", type=int, default=200)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--numbers", action="store_true")
    asked = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="handrail-bench-")
    try:
        prepare(folder)
        run(asked)
    finally:
        shutil.rmtree(folder)


def run(asked: argparse.Namespace) -> None:
    from handrail.capabilities.people.actions import create_organisation
    from handrail.capabilities.schemes.actions import start_scheme
    from handrail.capabilities.schemes.matching_runs import actions, queries
    from handrail.capabilities.schemes.matching_runs.candidates import unit_of
    from handrail.capabilities.schemes.matching_runs.models import Counts
    from tests.factories.signed_up import people_of, sign_everybody_up

    number = asked.leaders + asked.mentors
    organisation = create_organisation(by=None, name="A large organisation")
    people = people_of(organisation, number + 100)
    scheme = start_scheme(by=None, organisation=organisation, name="Mentoring")
    sign_everybody_up(scheme, people[1 : asked.leaders + 1], people[-asked.mentors :])
    stages: dict[str, list[float]] = {"reading and starting": [], "the job": []}
    for _run in range(asked.runs):
        began = time.process_time()
        leaders, mentors = queries.candidates(scheme, {})
        if asked.numbers:
            units = sorted({unit_of(one.facts) for one in mentors})[:3]
            most = tuple(queries.Number("", unit, 0, 2) for unit in units)
            counts = replace(queries.counts_of(scheme)[0], numbers=most)
            Counts.objects.update_or_create(scheme=scheme, defaults={"what_counts": counts.as_settings()})
        made = actions.start_run(by=None, scheme=scheme, leaders=leaders, mentors=mentors)
        stages["reading and starting"].append(time.process_time() - began)
        began = time.process_time()
        actions.find(made)
        stages["the job"].append(time.process_time() - began)
        made.refresh_from_db()
        assert made.state == "ready", made.stopped_because
    figures = made.figures
    print(f"{number} people, {figures['possible']:,} of {figures['every']:,} pairs possible, {figures['paired']} made")
    for name, seconds in stages.items():
        print(f"{name:24} first {seconds[0]:.2f} s CPU, median {statistics.median(seconds):.2f} s CPU")


if __name__ == "__main__":
    main()
