"""`handrail worker`: runs the jobs as a process of its own; as many as you like, on as many machines as you like."""

import argparse
import signal
import threading
from types import FrameType

from handrail.commands.django_setup import set_up_django


def configure(parser: argparse.ArgumentParser) -> None:
    parser.epilog = "example:\n  HANDRAIL_WORKER=separate handrail serve &\n  handrail worker"
    parser.add_argument("--until-idle", action="store_true", help="end when nothing is due")


def run(arguments: argparse.Namespace) -> int:
    set_up_django()
    from handrail.foundation.jobs.worker import run_worker  # Django is set up by now, and not before

    stop = threading.Event()

    def leave(number: int, frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave)
    run_worker(stop, until_idle=arguments.until_idle)
    return 0
