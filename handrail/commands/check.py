"""`handrail check`: is this installation healthy, and what to do where it is not."""

import argparse

from handrail.commands.django_setup import set_up_django


def configure(parser: argparse.ArgumentParser) -> None:
    parser.epilog = (
        "example:\n  handrail check || echo 'something needs mending'\n\n"
        "Exit 0: nothing needs mending, though something may be worth doing. 1: something does not work."
    )


def run(arguments: argparse.Namespace) -> int:
    set_up_django()
    from handrail.capabilities.installation.queries import Weight, health  # Django is set up by now, and not before

    findings = health()
    for heading, weight in (("To mend", Weight.WRONG), ("Worth doing", Weight.ADVICE), ("Well", Weight.WELL)):
        chosen = [finding for finding in findings if finding.weight == weight]
        if chosen:
            print(f"{heading}:")
        for finding in chosen:
            print(f"  • {finding.sentence}")
            if finding.remedy:
                print(f"    {finding.remedy}")
    wrong = any(finding.weight == Weight.WRONG for finding in findings)
    print("Something needs mending." if wrong else "Nothing needs mending.")
    return int(wrong)
