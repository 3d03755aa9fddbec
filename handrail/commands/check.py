"""`handrail check`: is this installation healthy, and what to do where it is not."""

import argparse

from handrail.commands.django_setup import set_up_django


def configure(parser: argparse.ArgumentParser) -> None:
    parser.epilog = (
        "example:\n  handrail check || echo 'something needs doing'\n\nExit 0: all is well. 1: something is not."
    )


def run(arguments: argparse.Namespace) -> int:
    set_up_django()
    from handrail.capabilities.installation.queries import health  # Django is set up by now, and not before

    findings = health()
    for finding in findings:
        print(f"{'well ' if finding.well else 'TO DO'}  {finding.sentence}")
        if finding.remedy:
            print(f"       {finding.remedy}")
    return 0 if all(finding.well for finding in findings) else 1
