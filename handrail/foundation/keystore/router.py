"""Sends the key store's two tables, and nothing else, to the key store's database."""

from typing import Any

APP = "keystore"


class KeystoreRouter:
    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        return APP if model._meta.app_label == APP else None

    db_for_write = db_for_read

    def allow_relation(self, first: Any, second: Any, **hints: Any) -> bool | None:
        return bool((first._meta.app_label == APP) == (second._meta.app_label == APP))

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return bool((app_label == APP) == (db == APP))
