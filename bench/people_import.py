"""100,000 invented people: read the file, preview and load it, load it again, load a newer one.

    python -m bench.people_import [PEOPLE] [--database URL]

Prints wall and CPU seconds and the peak of memory, each stage in a process of its own on one database that is made for
the run. Without --database it is a new SQLite file with the settings of the program.
"""

import argparse
import csv
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.factories.invented_people import invented_people

STAGES = ("read", "preview", "load", "again", "newer")
REPORTS = 8


def write_people(path: Path, people: int, *, newer: bool = False) -> None:
    """Everybody but the first reports to somebody before them; in the newer file 5 % changed job and 1 % are gone."""
    draw = random.Random(7)
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["id", "name", "email", "job title", "unit", "grade", "place", "manager id"])
        for one in invented_people(people, reports=REPORTS):
            job, luck = one.job_title, draw.random()
            if newer and luck < 0.01 and one.number > people // REPORTS:
                continue
            if newer and luck < 0.06:
                job = f"Senior {job}"
            manager = "none" if one.manager is None else f"P{one.manager}"
            writer.writerow([f"P{one.number}", one.name, one.email, job, one.unit, one.number % 9, "Leeds", manager])


def stage(name: str, folder: Path) -> str:
    """One stage in this process; what it did, in words."""
    path = folder / ("newer.csv" if name == "newer" else "people.csv")
    if name == "read":
        from handrail.formats.people import PersonRecord, open_people_file

        with open_people_file(path) as people_file:
            return f"{sum(isinstance(item, PersonRecord) for item in people_file.items()):,} people"
    import django

    django.setup()
    from handrail.capabilities.people.imports import actions
    from handrail.capabilities.people.imports.models import PeopleImport
    from handrail.capabilities.people.models import Organisation
    from handrail.formats.people import open_people_file

    organisation, _made = Organisation.objects.get_or_create(name="Bench")
    people_import = PeopleImport.objects.filter(organisation=organisation, state=PeopleImport.State.READY).first()
    with open_people_file(path) as people_file:
        if people_import is None or name != "load":
            people_import = actions.begin_import(
                by=None, organisation=organisation, path=path, detected=people_file.detected
            )
            actions.read_import(people_import=people_import, people_file=people_file)
        if name != "preview":
            actions.apply_import(by=None, people_import=people_import, people_file=people_file)
    applied = f"added {people_import.added:,}, changed {people_import.changed:,}, lines {people_import.lines_changed:,}"
    return f"{people_import.counts}" if name == "preview" else applied


def measured(name: str, folder: Path) -> None:
    begun, cpu = time.perf_counter(), time.process_time()
    words = stage(name, folder)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    wall, used = time.perf_counter() - begun, time.process_time() - cpu
    print(f"{name:8} wall {wall:6.1f} s   CPU {used:6.1f} s   peak {peak:6.0f} MB   {words}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("people", nargs="?", type=int, default=100_000)
    parser.add_argument("--database", default="")
    parser.add_argument("--stage", choices=STAGES, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.stage:
        measured(asked.stage, asked.folder)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_people(folder / "people.csv", asked.people)
        write_people(folder / "newer.csv", asked.people, newer=True)
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "handrail.config.settings",
            "HANDRAIL_SECRET_KEY": "of-the-bench-and-nothing-else-0123456789",
            "HANDRAIL_DATA_DIR": name,
            "DATABASE_URL": asked.database,
            "PYTHONPATH": str(Path(__file__).parents[1]),
        }
        migrate = [sys.executable, "-W", "ignore", "-m", "django", "migrate", "--skip-checks", "--verbosity", "0"]
        subprocess.run(migrate, env=environment, check=True)
        print(f"{asked.people:,} people, {(folder / 'people.csv').stat().st_size / 1e6:.1f} MB", flush=True)
        for step in STAGES:
            subprocess.run(
                [sys.executable, "-m", "bench.people_import", "--stage", step, "--folder", name],
                env=environment,
                check=True,
            )


if __name__ == "__main__":
    main()
