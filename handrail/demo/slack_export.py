"""Writes invented conversations as a Slack workspace export, so that the demo loads what a real one would."""

import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from handrail.demo.talk import POST, REACTION, REPLY

WORDS = ("How did it go?", "Who could look at this with me?", "Thank you, that helps.", "We tried it on Tuesday.")
Messages = dict[tuple[str, str], list[dict[str, Any]]]


def slack_export(people: Sequence[tuple[str, str]], channels: Sequence[str], weeks: Iterable[pa.Table]) -> bytes:
    """The zip. `people`: name and address of each place in the cast, no address for guests; `channels`: by number."""
    users = [
        {
            "id": _user(number),
            "team_id": "T1",
            "real_name": name,
            "is_restricted": not email,
            "profile": {"email": email} if email else {},
        }
        for number, (name, email) in enumerate(people)
    ]
    files: Messages = {}
    roots: dict[int, dict[str, Any]] = {}
    last: dict[int, dict[str, Any]] = {}
    stamps: set[str] = set()
    for row in (row for table in weeks for row in table.to_pylist()):
        _write(row, channels, files, roots, last, stamps)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("users.json", json.dumps(users))
        listed = [{"id": f"C{number}", "name": name} for number, name in enumerate(channels)]
        archive.writestr("channels.json", json.dumps(listed))
        for (channel, day), messages in sorted(files.items()):
            archive.writestr(f"{channel}/{day}.json", json.dumps(messages))
    return packed.getvalue()


def _user(number: int) -> str:
    return f"U{number:07d}"


def _write(
    row: dict[str, Any],
    channels: Sequence[str],
    files: Messages,
    roots: dict[int, dict[str, Any]],
    last: dict[int, dict[str, Any]],
    stamps: set[str],
) -> None:
    if row["kind"] == REACTION:
        if row["target"] in last:
            _react(last[row["target"]], _user(row["source"]))
        return
    at: datetime = row["at"].astimezone(UTC)
    stamp = _stamp(at, stamps)
    message: dict[str, Any] = {"type": "message", "user": _user(row["source"]), "ts": stamp}
    message["text"] = WORDS[len(stamps) % len(WORDS)]
    channel = channels[row["channel"]]
    if row["kind"] == REPLY and row["thread"] in roots:
        root = roots[row["thread"]]
        message |= {"thread_ts": root["ts"], "parent_user_id": root["user"]}
        root["thread_ts"] = root["ts"]
    elif row["kind"] == POST:
        roots[row["thread"]] = last[row["source"]] = message
    files.setdefault((channel, f"{at:%Y-%m-%d}"), []).append(message)


def _stamp(at: datetime, stamps: set[str]) -> str:
    """Slack's name of a message: its time, and no other message has the same."""
    micro = at.microsecond
    while (stamp := f"{int(at.timestamp())}.{micro:06d}") in stamps:
        micro = (micro + 1) % 1_000_000
    stamps.add(stamp)
    return stamp


def _react(message: dict[str, Any], user: str) -> None:
    reactions = message.setdefault("reactions", [{"name": "thumbsup", "users": [], "count": 0}])
    if user not in reactions[0]["users"]:
        reactions[0]["users"].append(user)
        reactions[0]["count"] += 1
