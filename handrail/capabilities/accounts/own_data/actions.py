"""Somebody takes a copy of what is held about them: the audit trail says that, and never what is in it."""

from handrail.capabilities.accounts.models import Account
from handrail.foundation.audit.actions import record


def note_export(*, by: Account, opened: bool) -> None:
    record(by=by, what="account.data_taken", subject=by, detail={"private_text": opened})
