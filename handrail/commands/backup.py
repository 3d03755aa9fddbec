"""`handrail backup`: both stores, each in an encrypted file with its manifest."""

import argparse
from pathlib import Path

from handrail.commands.django_setup import set_up_django
from handrail.commands.files import WrongUse


def configure(parser: argparse.ArgumentParser) -> None:
    parser.epilog = (
        "example:\n"
        "  HANDRAIL_BACKUP_RECIPIENT=age1… handrail backup --to /mnt/elsewhere\n\n"
        "Writes handrail-TIME.age, keystore-TIME.age and erasures.json. Keep the key store's copies apart from the\n"
        "database's, and no longer than 30 days: erasing a person is a promise about copies too."
    )
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="where to write (the data folder's “backups”)")


def run(arguments: argparse.Namespace) -> int:
    set_up_django()
    from django.conf import settings  # Django is set up by now, and not before

    from handrail.foundation.stores.backups import make_backup
    from handrail.foundation.stores.faults import StoreFault
    from handrail.foundation.stores.sealing import local_key_path

    try:
        made = make_backup(arguments.to)
    except StoreFault as fault:
        raise WrongUse(str(fault)) from fault
    except OSError as error:
        raise WrongUse(f"{error.filename or arguments.to} cannot be written ({error.strerror}).") from error
    for backup in made:
        print(f"{backup.path} ({backup.path.stat().st_size:,} bytes)")
    if not settings.BACKUP_RECIPIENT:
        print(f"They open with the key in {local_key_path()}. Keep a copy elsewhere, or set HANDRAIL_BACKUP_RECIPIENT.")
    return 0
