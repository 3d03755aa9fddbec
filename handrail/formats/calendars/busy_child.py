"""Reads a calendar from standard input within bounds, and writes when it is busy. A process of its own."""

import json
import sys
from datetime import datetime

from handrail.formats.bounded import set_bounds
from handrail.formats.calendars.busy import busy_times

SECONDS = 5
BYTES = 768 << 20


def main(begins: str, ends: str, zone: str) -> None:
    set_bounds(seconds=SECONDS, memory=BYTES)
    found = busy_times(
        sys.stdin.buffer.read(), begins=datetime.fromisoformat(begins), ends=datetime.fromisoformat(ends), zone=zone
    )
    json.dump([(one.starts_at.isoformat(), one.ends_at.isoformat()) for one in found], sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
