"""The `handrail` command: finds the command's module, and turns what went wrong into one clear line."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from handrail import __version__
from handrail.commands.files import FaultyFile, NoAnswer, WrongUse

# name: (module, one line of help). Modules load only when asked for, so that an engine needs no Django.
COMMANDS: dict[str, tuple[str, str]] = {
    "backup": ("handrail.commands.backup", "Back both databases up, encrypted."),
    "check": ("handrail.commands.check", "Examine this installation and say what to do."),
    "demo": ("handrail.commands.demo", "Fill a database of its own with an invented organisation."),
    "impact": ("handrail.commands.impact", "Say honestly whether anything changed when a leader joined in."),
    "import-people": ("handrail.commands.import_people", "Load a list of people from a file."),
    "invent-conversations": ("handrail.commands.invent_conversations", "Make a log of invented talk, of any size."),
    "let-in": ("handrail.commands.let_in", "Print a one-time sign-in code for an administrator who cannot get in."),
    "match": ("handrail.commands.match", "Pair leaders and mentors as well as can be, with proof."),
    "participation": ("handrail.commands.participation", "Measure what taking part online amounts to, from an export."),
    "restore": ("handrail.commands.restore", "Restore a backup into an empty place."),
    "serve": ("handrail.commands.serve", "Run the web server and the worker."),
    "worker": ("handrail.commands.worker", "Run the jobs in a process of their own."),
}


def build_parser(chosen: str | None) -> argparse.ArgumentParser:
    """The parser, with the arguments of the chosen command only (loading all of them would load every engine)."""
    parser = argparse.ArgumentParser(prog="handrail", description="Digital mentoring for leaders.")
    parser.add_argument("--version", action="version", version=f"handrail {__version__}")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, (module_name, summary) in COMMANDS.items():
        subparser = subparsers.add_parser(
            name, help=summary, description=summary, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        if name == chosen:
            importlib.import_module(module_name).configure(subparser)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    words = list(sys.argv[1:] if arguments is None else arguments)
    chosen = next((word for word in words if not word.startswith("-")), None)
    parsed = build_parser(chosen).parse_args(words)
    module = importlib.import_module(COMMANDS[parsed.command][0])
    try:
        status = int(module.run(parsed))
        sys.stdout.flush()  # whoever was to read it may have gone
        return status
    except NoAnswer as reason:
        print(f"handrail {parsed.command}: {reason}", file=sys.stderr)
        return 1
    except (FaultyFile, WrongUse) as fault:
        print(f"handrail {parsed.command}: {fault}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print(f"handrail {parsed.command}: stopped; nothing half-written was left behind.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
