"""`handrail restore`: a backup into an empty place."""

import argparse
from pathlib import Path

from handrail.commands.django_setup import set_up_django
from handrail.commands.files import WrongUse


def configure(parser: argparse.ArgumentParser) -> None:
    parser.epilog = (
        "example:\n"
        "  HANDRAIL_DATA_DIR=/srv/new handrail restore backups/handrail-20260105T023000Z.age --key secret.txt\n\n"
        "Checks everything before it writes, brings older tables up to date, and erases again whoever was erased\n"
        "after the backup was made (from erasures.json beside it)."
    )
    parser.add_argument("database", type=Path, metavar="HANDRAIL-FILE", help="the database's backup")
    parser.add_argument(
        "--keystore", type=Path, metavar="FILE", help="the key store's (the newest beside the database's)"
    )
    parser.add_argument(
        "--key", type=Path, metavar="FILE", help="age secret key file (the data folder's backup-key.txt)"
    )
    parser.add_argument("--ledger", type=Path, metavar="FILE", help="erasure ledger (erasures.json beside the backup)")


def run(arguments: argparse.Namespace) -> int:
    set_up_django()
    from django.conf import settings  # Django is set up by now, and not before

    from handrail.foundation.stores.backups import newest_keystore_backup
    from handrail.foundation.stores.erasures import FILE_NAME, read_ledger
    from handrail.foundation.stores.faults import StoreFault
    from handrail.foundation.stores.restoring import restore
    from handrail.foundation.stores.sealing import local_key_path

    beside = arguments.database.parent
    keystore = arguments.keystore or newest_keystore_backup(beside)
    if keystore is None:
        raise WrongUse(f"there is no key store's backup in {beside}. Name it with --keystore.")
    if arguments.ledger and not arguments.ledger.exists():
        raise WrongUse(f"the ledger {arguments.ledger} is not there.")
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        done = restore(
            {"default": arguments.database, "keystore": keystore},
            key_path=arguments.key or local_key_path(),
            workplace=settings.DATA_DIR,
            erased=read_ledger(arguments.ledger or beside / FILE_NAME),
        )
    except StoreFault as fault:
        raise WrongUse(str(fault)) from fault
    for manifest in done.manifests:
        rows = sum(manifest.rows.values())
        print(f"{manifest.store}: {rows:,} rows in {len(manifest.rows)} tables, as of {manifest.made_at}")
    print(f"People erased again: {done.erased_again}. Now run: handrail check")
    return 0
