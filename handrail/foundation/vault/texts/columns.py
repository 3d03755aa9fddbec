"""The column of a sealed text."""

from typing import Any

from django.db import models


class SealedField(models.BinaryField[bytes, bytes]):
    """Holds what `seal` made; empty where nothing was written. Never editable, never in a model form."""

    description = "A sealed text"

    def __init__(self, *arguments: Any, **options: Any) -> None:
        options.setdefault("default", b"")
        options["editable"] = False
        super().__init__(*arguments, **options)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> bytes | None:
        return None if value is None else bytes(value)
