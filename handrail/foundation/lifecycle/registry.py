"""Each app declares its fields in its own `lifecycle.py` (`DECLARATIONS`); export and erasure are driven by these."""

import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import ModuleType

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.http import HttpRequest


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

    subject: the lookups from the row to the accounts it is about, with a space between them ("" where it is about
    nobody). Each of those people finds these fields in their export, and is erased from them, as said here.
    exported: whether the fields go into the export as they are held; a private field goes through a reader (below).
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

    @property
    def subjects(self) -> tuple[str, ...]:
        return tuple(self.subject.split())


@dataclass(frozen=True)
class Read:
    """A row whose sealed fields its reader opened: text by field, None where the person's key does not open it."""

    row: models.Model
    texts: Mapping[str, str | None]


Reader = Callable[[HttpRequest], Iterable[Read]]


def _lifecycles() -> Iterator[ModuleType]:
    for config in apps.get_app_configs():
        if not config.name.startswith("handrail."):
            continue
        try:
            yield importlib.import_module(f"{config.name}.lifecycle")
        except ModuleNotFoundError as error:
            if error.name != f"{config.name}.lifecycle":
                raise


@cache
def declarations() -> tuple[Declaration, ...]:
    """Every declaration of every installed app of ours, in the order of the apps."""
    return tuple(one for module in _lifecycles() for one in getattr(module, "DECLARATIONS", ()))


@cache
def private_readers() -> Mapping[str, Reader]:
    """By model: who reads its sealed fields for the export, with the open vault of whoever sends the request.

    Each capability that opens the vault names its own in its `lifecycle.py` (`PRIVATE_READERS`). A reader may give rows
    that somebody else wrote, where the person may read them.
    """
    return {
        label: reader for module in _lifecycles() for label, reader in getattr(module, "PRIVATE_READERS", {}).items()
    }


@cache
def after_erasure() -> tuple[Callable[[], None], ...]:
    """What is to be done once an erasure is committed, by whoever keeps something outside the databases.

    A capability with files names it in its `lifecycle.py` (`AFTER_ERASURE`): usually queueing a job of its own, which
    takes out of the files whoever its tables do not know any more. A restore that erases again asks for it too.
    """
    return tuple(module.AFTER_ERASURE for module in _lifecycles() if hasattr(module, "AFTER_ERASURE"))


def undeclared_fields() -> list[str]:
    """`app.Model.field` of every field of ours, or of a library's table about people, without just one declaration."""
    declared: dict[str, int] = {}
    for declaration in declarations():
        for field_name in declaration.fields:
            name = f"{declaration.model}.{field_name}"
            declared[name] = declared.get(name, 0) + 1
    missing = []
    for model in (*models_of_ours(), *library_models_about_people()):
        for field in (*model._meta.concrete_fields, *model._meta.local_many_to_many):
            name = f"{model._meta.label}.{field.name}"
            if not field.primary_key and declared.pop(name, 0) != 1:
                missing.append(name)
            declared.pop(name, 0)
    return missing + [f"{name} (declared, but there is no such field)" for name in declared]


def models_of_ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("handrail.")]


def library_models_about_people() -> list[type[models.Model]]:
    """Tables of libraries that hang on an account, directly or through another such table."""
    ours = set(models_of_ours())
    about: set[type[models.Model]] = {get_user_model()}
    while grown := {model for model in apps.get_models() if model not in about | ours and _hangs_on(model, about)}:
        about |= grown
    return sorted(about - ours, key=lambda model: model._meta.label)


def _hangs_on(model: type[models.Model], others: set[type[models.Model]]) -> bool:
    return any(field.is_relation and field.related_model in others for field in model._meta.concrete_fields)
