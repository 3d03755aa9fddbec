"""Exports brought as the page brings them, read as the worker reads them."""

import json
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from handrail.capabilities.participation import jobs
from handrail.capabilities.participation.exports import actions
from handrail.capabilities.participation.log_files import LogFiles
from handrail.capabilities.participation.models import ExportLoad
from tests.factories.world import World
from tests.unit.formats.interactions.exports import as_zip


def upload(content: bytes, name: str = "export.zip") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def zipped(folder: Path, files: dict[str, bytes | str]) -> bytes:
    return as_zip(folder / "made.zip", files).read_bytes()


def bring(world: World, content: bytes, name: str = "export.zip") -> ExportLoad:
    return actions.receive_export(
        by=world.account("administrator"), organisation=world.organisation, file=upload(content, name)
    )


def load(world: World, content: bytes, name: str = "export.zip") -> ExportLoad:
    """Brought and worked off; the load as it then stands."""
    brought = bring(world, content, name)
    jobs.load_export.call(load_id=brought.pk)
    brought.refresh_from_db()
    return brought


def rows(world: World) -> list[dict[str, Any]]:
    """Every act in the files."""
    return [row for batch in LogFiles(world.organisation.pk).batches() for row in batch.to_pylist()]


def table(*acts: str) -> bytes:
    """A plain table: at,source,target,kind,channel,thread,outside."""
    return "\n".join(["at,source,target,kind,channel,thread,outside", *acts, ""]).encode()


def mattermost(users: dict[str, str], posts: list[dict[str, Any]]) -> bytes:
    """A Mattermost export: who has which address, and posts."""
    lines: list[dict[str, Any]] = [{"type": "version", "version": 1}]
    lines += [{"type": "user", "user": {"username": name, "email": email}} for name, email in users.items()]
    lines += [{"type": "post", "post": {"team": "hq", "channel": "town", **post}} for post in posts]
    return "\n".join(map(json.dumps, lines)).encode()
