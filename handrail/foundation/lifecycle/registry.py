"""Each app declares its fields in its own `lifecycle.py` (`DECLARATIONS`); export and erasure are driven by these."""

import importlib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from django.apps import apps
from django.db import models


class Kind(StrEnum):
    PRIVATE = "private"  # sealed in the vault: readable only with an open key
    PERSONAL = "personal"  # about a person, readable by the roles named
    ORDINARY = "ordinary"  # about the scheme or the organisation
    SECRET = "secret"  # noqa: S105  a key or token: read by the program only
    TECHNICAL = "technical"  # states, times, links between rows


class Erasure(StrEnum):
    DELETE_ROW = "delete the row"
    CLEAR = "clear the field"
    KEEP = "keep: it says nothing about a person once the rest is gone"
    EXPIRES = "deleted by itself after the time given"


@dataclass(frozen=True)
class Declaration:
    """What holds for these fields of one model.

    subject: the path from the row to the account or person it is about ("" where it is about nobody).
    """

    model: str
    fields: tuple[str, ...]
    subject: str
    kind: Kind
    why: str
    readers: tuple[str, ...]
    kept: str
    exported: bool
    erasure: Erasure


LIBRARY_MODELS_HELD_BY_US: tuple[str, ...] = ()


@cache
def declarations() -> tuple[Declaration, ...]:
    """Every declaration of every installed app of ours, in the order of the apps."""
    found: list[Declaration] = []
    for config in apps.get_app_configs():
        if not config.name.startswith("handrail."):
            continue
        try:
            module = importlib.import_module(f"{config.name}.lifecycle")
        except ModuleNotFoundError as error:
            if error.name != f"{config.name}.lifecycle":
                raise
            continue
        found.extend(getattr(module, "DECLARATIONS", ()))
    return tuple(found)


def undeclared_fields() -> list[str]:
    """`app.Model.field` of every concrete field of ours without exactly one declaration."""
    declared: dict[str, int] = {}
    for declaration in declarations():
        for field_name in declaration.fields:
            name = f"{declaration.model}.{field_name}"
            declared[name] = declared.get(name, 0) + 1
    missing = []
    for model in models_of_ours():
        for field in (*model._meta.concrete_fields, *model._meta.local_many_to_many):
            name = f"{model._meta.label}.{field.name}"
            if not field.primary_key and declared.pop(name, 0) != 1:
                missing.append(name)
            declared.pop(name, 0)
    return missing + [f"{name} (declared, but there is no such field)" for name in declared]


def models_of_ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("handrail.")]
