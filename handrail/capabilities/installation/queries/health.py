"""Is the installation healthy? Each finding is a plain sentence and, where needed, what to do."""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Exists
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handrail.foundation import clock
from handrail.foundation.jobs.queries import JobsState, jobs_state
from handrail.foundation.keystore.models import NamedKey, ServerShare
from handrail.foundation.mail import smtp
from handrail.foundation.mail.queries import messages_by_state
from handrail.foundation.stores.backups import PREFIXES, backups_made
from handrail.foundation.stores.dumps import on_postgres, pg_dump_version, server_version
from handrail.foundation.stores.upgrades import STORES, changes_made, lacks_changes
from handrail.foundation.vault.models import KeyPair

BACKUP_FRESH = timedelta(hours=26)
QUEUE_PATIENCE = timedelta(minutes=10)
ROOM_NEEDED = 500_000_000
Changes = dict[tuple[str, str], datetime]
NEAR = ("localhost", "127.0.0.1", "::1")


class Weight(StrEnum):
    WELL = "well"
    ADVICE = "advice"  # it works; something is worth doing
    WRONG = "wrong"  # something does not work, or will be lost


@dataclass(frozen=True)
class Finding:
    weight: Weight
    sentence: str
    remedy: str = ""


def well(sentence: str) -> Finding:
    return Finding(Weight.WELL, sentence)


def advice(sentence: str, remedy: str) -> Finding:
    return Finding(Weight.ADVICE, sentence, remedy)


def wrong(sentence: str, remedy: str) -> Finding:
    return Finding(Weight.WRONG, sentence, remedy)


def health(*, try_mail: bool = True, jobs: JobsState | None = None) -> list[Finding]:
    """Everything that is examined; `jobs` when it is known already.

    Where a database cannot be reached, what depends on it is left out.
    """
    findings = _settings()
    made = {alias: _changes_made(alias) for alias in STORES}
    findings += [_reachable(alias, changes is not None) for alias, changes in made.items()]
    findings += [
        _backup_program(alias) for alias, changes in made.items() if changes is not None and on_postgres(alias)
    ]
    reached = {alias: changes for alias, changes in made.items() if changes is not None}
    if len(reached) == len(STORES):
        findings.append(_tables(reached))
        if findings[-1].weight == Weight.WELL:
            began = min(reached["default"].values())
            findings += [_key_store(), *_jobs(jobs or jobs_state()), *_mail(try_mail=try_mail), *_backups(began)]
    return [*findings, _room()]


def _settings() -> list[Finding]:
    found = []
    address = urlsplit(settings.BASE_URL)
    if settings.DEMO:
        found.append(well(_("This is a demonstration: nothing in it is private.")))
    elif address.scheme != "https" and address.hostname not in NEAR:
        remedy = _("Put a proxy with TLS in front and set HANDRAIL_BASE_URL to its https address.")
        found.append(wrong(_("People reach this installation without encryption."), remedy))
    if not settings.DEMO and not settings.SECOND_FACTOR_REQUIRED:
        remedy = _("Set HANDRAIL_SECOND_FACTOR=true.")
        found.append(advice(_("Coordinators and administrators need no second factor."), remedy))
    return found or [well(_("The settings make sense."))]


def _changes_made(alias: str) -> Changes | None:
    """None where the database does not answer."""
    try:
        return changes_made(alias)
    except DatabaseError:
        return None


def _reachable(alias: str, reached: bool) -> Finding:
    names = {"default": _("database"), "keystore": _("key store")}
    if not reached:
        variable = {"default": "DATABASE_URL", "keystore": "KEYSTORE_URL"}[alias]
        remedy = _("See that it runs, and that %(variable)s is right.") % {"variable": variable}
        return wrong(_("The %(name)s cannot be reached.") % {"name": names[alias]}, remedy)
    return well(_("The %(name)s answers.") % {"name": names[alias]})


def _backup_program(alias: str) -> Finding:
    """pg_dump copies servers of its own version and of older ones."""
    server, program = server_version(alias), pg_dump_version()
    if program is not None and program >= server:
        return well(_("pg_dump %(program)d fits the PostgreSQL %(server)d server.") % versions(program, server))
    remedy = _(
        "Install PostgreSQL's client programs of version %(server)d or newer (on Debian and Ubuntu: apt install "
        "postgresql-client-%(server)d) where handrail runs, first on the PATH."
    ) % {"server": server}
    if program is None:
        return wrong(_("There is no pg_dump here, so no backup can be made."), remedy)
    sentence = _("pg_dump %(program)d is older than the PostgreSQL %(server)d server, so no backup can be made.")
    return wrong(sentence % versions(program, server), remedy)


def versions(program: int, server: int) -> dict[str, int]:
    return {"program": program, "server": server}


def _tables(made: dict[str, Changes]) -> Finding:
    if any(lacks_changes(alias, changes) for alias, changes in made.items()):
        remedy = _("Start it again with handrail serve: it makes a backup, then brings them up to date.")
        return wrong(_("The tables are older than the program."), remedy)
    return well(_("The tables fit the program."))


def _key_store() -> Finding:
    """Does every key pair have its server share, and is the key there that vouches for public keys?"""
    with_keys = set(KeyPair.objects.values_list("account_id", flat=True))
    shares = list(ServerShare.objects.values_list("account_id", Exists(NamedKey.objects.all())))
    vouching = shares[0][1] if shares else NamedKey.objects.exists()
    lost = len(with_keys - {account_id for account_id, _vouching in shares})
    remedy = _("Restore the newest backup of the key store. Do not restore an older database.")
    if with_keys and not vouching:
        return wrong(_("The key store lacks the key that vouches for people's keys: nothing private opens."), remedy)
    if lost:
        sentence = ngettext(
            "The key store lacks %(count)d person's share, so their private text cannot be opened.",
            "The key store lacks %(count)d people's shares, so their private text cannot be opened.",
            lost,
        ) % {"count": lost}
        return wrong(sentence, remedy)
    return well(_("The key store fits the database."))


def _jobs(state: JobsState) -> list[Finding]:
    found = []
    if not state.workers:
        remedy = _("Run handrail serve, or handrail worker beside it when HANDRAIL_WORKER is “separate”.")
        found.append(wrong(_("Nobody is running the jobs: no message leaves and nothing happens on time."), remedy))
    elif state.oldest_due_at and clock.now() - state.oldest_due_at > QUEUE_PATIENCE:
        sentence = _("Jobs wait longer than they should: %(count)d are in the queue.") % {"count": state.waiting}
        found.append(wrong(sentence, _("Run another handrail worker, or wait until a long job is done.")))
    else:
        found.append(well(_("Jobs are running; %(count)d are waiting their turn.") % {"count": state.waiting}))
    if failed := state.failed_today:
        sentence = ngettext("%(count)d job failed today.", "%(count)d jobs failed today.", failed) % {"count": failed}
        found.append(wrong(sentence, _("The page “Installation” lists them and where they failed.")))
    return found


def _mail(*, try_mail: bool) -> list[Finding]:
    if not settings.MAIL_URL:
        return [well(_("No mail server is set: every message waits in the post box to be copied or printed."))]
    found = []
    if try_mail:
        try:
            smtp.check()
        except smtp.Refusal as refusal:
            sentence = _("The mail server does not take our messages: %(words)s") % {"words": refusal.words}
            found.append(wrong(sentence, _("See that HANDRAIL_MAIL_URL is right. Messages are kept and tried again.")))
        else:
            found.append(well(_("The mail server takes our messages.")))
    counts = messages_by_state()
    stuck = counts.get("failed", 0) + counts.get("unsure", 0)
    if stuck:
        sentence = ngettext(
            "%(count)d message did not go, or may not have arrived.",
            "%(count)d messages did not go, or may not have arrived.",
            stuck,
        ) % {"count": stuck}
        found.append(wrong(sentence, _("Open the post box: send them again, or copy or print them.")))
    return found or [well(_("A mail server is set."))]


def _backups(began: datetime) -> list[Finding]:
    now = clock.now()
    newest = {backup.store: backup.made_at for backup in reversed(backups_made())}
    found = []
    if len(newest) == len(PREFIXES) and now - min(newest.values()) <= BACKUP_FRESH:
        found.append(well(_("The last backup was made within a day.")))
    elif not newest and now - began < BACKUP_FRESH:
        found.append(well(_("This installation is new; its first backup is made tonight.")))
    else:
        found.append(wrong(_("There is no backup of the last day."), _("Run handrail backup, and see that jobs run.")))
    if not settings.BACKUP_RECIPIENT and not settings.DEMO:
        remedy = _("Set HANDRAIL_BACKUP_RECIPIENT to an age public key whose secret half is kept elsewhere.")
        found.append(advice(_("The key that opens the backups is on this machine only."), remedy))
    return found


def _room() -> Finding:
    free = shutil.disk_usage(settings.DATA_DIR).free if settings.DATA_DIR.exists() else 0
    if free < ROOM_NEEDED:
        return wrong(_("The disk of the data folder is nearly full."), _("Make room, or move the data folder."))
    return well(_("There is room on the disk: %(size)d GB.") % {"size": free // 10**9})
