"""Words and links of the installation's pages."""

import platform
import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import django
from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handrail import __version__
from handrail.design.dates import moment_in_words
from handrail.design.parts import Row, Task, Text
from handrail.foundation.jobs.queries import JobsState
from handrail.foundation.mail.models import OutboxMessage
from handrail.foundation.stores.backups import Backup

State = OutboxMessage.State
STATE_WORDS: dict[str, Text] = {
    State.WAITING: gettext_lazy("waiting to be sent"),
    State.SENDING: gettext_lazy("being sent"),
    State.SENT: gettext_lazy("sent"),
    State.HELD: gettext_lazy("to be copied or printed"),
    State.FAILED: gettext_lazy("did not go"),
    State.UNSURE: gettext_lazy("may not have arrived"),
}
KIND_WORDS: dict[str, Text] = {
    "asked": gettext_lazy("a question"),
    "agreed": gettext_lazy("both said yes"),
    "not_taken_up": gettext_lazy("it will not go ahead"),
    "changed": gettext_lazy("something changed"),
    "role": gettext_lazy("a role"),
}
JOB_HEADERS = [gettext_lazy("Job"), gettext_lazy("When"), gettext_lazy("Kind of fault"), gettext_lazy("Where")]


def at(moment: datetime | None) -> str:
    return moment_in_words(moment) if moment else "–"


def message_line(message: OutboxMessage, view_name: str, title: str) -> Task:
    """One line of a list: short enough for a phone."""
    hint = f"{at(message.created_at)} · {STATE_WORDS[message.state]}"
    return Task(title, reverse(view_name, args=[message.pk]), hint=hint)


def subject_to(message: OutboxMessage) -> str:
    """Whom it is for, and what it is about, for the administrator."""
    return _("%(name)s: %(subject)s") % {"name": _name(message), "subject": message.subject}


def kind_to(message: OutboxMessage) -> str:
    """Whom it is for and which sort it is, for a coordinator: a subject may hold words the two have chosen."""
    kind = KIND_WORDS.get(message.kind, _("about their meetings or account"))
    return _("%(name)s: %(subject)s") % {"name": _name(message), "subject": kind}


def people_to_tell(people: Iterable[tuple[int, str]]) -> list[Task]:
    """One line a person, without a time: when somebody arranges what is theirs."""
    return [Task(name, reverse("organisation_word", args=[account_id])) for account_id, name in people]


def word_to_pass_on(name: str) -> str:
    """What a coordinator copies or prints. It says that there is something, and nothing of what."""
    return _(
        "Dear %(name)s,\n\nThere is word for you. It is for you alone, so please sign in and look: "
        "%(link)s\n\nWithout e-mail, ask me for a letter with a code."
    ) % {"name": name, "link": settings.BASE_URL + reverse("home")}


def _name(message: OutboxMessage) -> str:
    return message.to_name or message.to_address or _("nobody in particular")


def message_details(message: OutboxMessage) -> list[Row]:
    rows = [
        Row(_("To"), _to(message)),
        Row(_("Written"), at(message.created_at)),
        Row(_("How it stands"), STATE_WORDS[message.state]),
    ]
    if message.sent_at:
        rows.append(Row(_("Sent"), at(message.sent_at)))
    if message.fault:
        rows.append(Row(_("The mail server said"), message.fault))
    if message.state == State.WAITING and message.attempts:
        rows.append(Row(_("Next try"), at(message.due_at)))
    return rows


def _to(message: OutboxMessage) -> str:
    if message.to_name and message.to_address:
        return f"{message.to_name} ({message.to_address})"
    return message.to_name or message.to_address or _("nobody in particular")


def state_links(chosen: str, view_name: str) -> list[tuple[str, str, bool]]:
    """The filters above the list: words, address, whether it is the one chosen."""
    here = reverse(view_name)
    links = [(_("All"), here, not chosen)]
    return links + [(str(words), f"{here}?state={state}", state == chosen) for state, words in STATE_WORDS.items()]


def job_rows(jobs: Iterable[Any]) -> list[tuple[str, ...]]:
    return [
        (
            job.task_path.rsplit(".", 1)[-1].replace("_", " "),
            at(job.finished_at),
            job.exception_class_path.rsplit(".", 1)[-1],
            job.traceback.rsplit(" > ", 1)[-1].rsplit("/", 1)[-1] or "–",
        )
        for job in jobs
    ]


def job_details(state: JobsState) -> list[Row]:
    return [
        Row(_("Workers"), state.workers),
        Row(_("Waiting"), state.waiting),
        Row(_("Running"), state.running),
        Row(_("Failed"), state.failed),
    ]


def backup_details(backups: list[Backup]) -> list[Row]:
    newest = {backup.store: backup for backup in reversed(backups)}
    names = (("default", _("Database")), ("keystore", _("Key store")))
    return [Row(name, at(newest[store].made_at) if store in newest else _("none yet")) for store, name in names]


def versions() -> list[Row]:
    return [
        Row("Handrail", __version__),
        Row("Python", platform.python_version()),
        Row("Django", django.get_version()),
        Row(_("Database"), database_version()),
    ]


def database_version() -> str:
    if connection.vendor == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0]}"
