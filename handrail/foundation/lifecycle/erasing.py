"""Erasing a person from every table, as each declaration says; and again after a restore that brought them back.

The vault's own rows go first, by `erase_private`, which keeps the others' conversations whole and writes the ledger.
"""

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models, transaction

from handrail.foundation.lifecycle.registry import Declaration, Erasure, after_erasure, declarations
from handrail.foundation.lifecycle.subjects import rows_about
from handrail.foundation.vault.erasure import Entries, erase_private, ledger, replay_ledger

VAULTS = ("vault.", "keystore.")


@transaction.atomic
def erase_person(account_id: int) -> None:
    """Erase an account and whatever is about it, private text and all. Rows that others share keep what is theirs."""
    erase_private(account_id)
    _erase_rows(account_id)


def erase_again(entries: Entries) -> list[int]:
    """After a restore: note `entries` (the ledger from beside the backups) and erase whoever came back. Their numbers.

    An account that was made after the erasure belongs to somebody new with an old number: left alone.
    """
    back = set(replay_ledger(entries))
    for account_id, erased_at in ledger():
        came_back = get_user_model()._base_manager.filter(pk=account_id, created_at__lte=erased_at)
        if came_back.exists():
            with transaction.atomic():
                _erase_rows(account_id)
            back.add(account_id)
    return sorted(back)


def _erase_rows(account_id: int) -> None:
    """From what hangs on most to the account itself."""
    ours = [one for one in reversed(declarations()) if one.subject and not one.model.startswith(VAULTS)]
    for declaration in (one for one in ours if one.erasure == Erasure.CLEAR):
        _clear(declaration, account_id)
    account = get_user_model()._meta.label
    for declaration in (one for one in ours if one.erasure != Erasure.CLEAR and one.model != account):
        if declaration.erasure in (Erasure.DELETE_ROW, Erasure.EXPIRES):
            _rows(declaration, account_id).delete()
    get_user_model()._base_manager.filter(pk=account_id).delete()
    for also in after_erasure():
        transaction.on_commit(also)


def _clear(declaration: Declaration, account_id: int) -> None:
    model = apps.get_model(declaration.model)
    emptied = {name: _emptied(model._meta.get_field(name)) for name in declaration.fields}
    _rows(declaration, account_id).update(**emptied)


def _emptied(of: models.Field) -> str | None:  # type: ignore[type-arg]
    return None if of.null else ""


def _rows(declaration: Declaration, account_id: int) -> models.QuerySet[models.Model]:
    model = apps.get_model(declaration.model)
    rows: models.QuerySet[models.Model] = model._base_manager.filter(
        pk__in=list(rows_about(declaration, account_id).values_list("pk", flat=True))
    )
    return rows
