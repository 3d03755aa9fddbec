"""Viva Engage (Yammer) network exports: Messages.csv and Users.csv. They hold no reactions."""

import csv
import io
import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from handrail.formats.interactions.archive import Export, Refused
from handrail.formats.interactions.collector import NOBODY, Collector, iso_microseconds, number_of
from handrail.formats.interactions.schema import MENTION, POST, REACTIONS, REPLY

NAME = "Viva Engage export"
MENTIONED = re.compile(r"\[\[user:(\d+)\]\]")
ZONE = re.compile(r"\s+([+-]\d\d:?\d\d)$")
REQUIRED = ("id", "sender_id", "created_at")


def recognises(export: Export) -> bool:
    """Messages.csv, here or in the folder of a network."""
    return bool(_named(export, "messages.csv"))


def read(export: Export, collector: Collector) -> None:
    """All messages that are not private, of every network in the export."""
    collector.reading.lacking[REACTIONS] = "Viva Engage leaves reactions out of its network export"
    for number, name in enumerate(_named(export, "users.csv")):
        # further networks are external ones, in folders of their own
        user = partial(_user, collector, number > 0)
        for line, row in _rows(export, name, ("id",)):
            collector.one(name, line, row, user)
    for name in collector.files(_named(export, "messages.csv")):
        senders: dict[str, str] = {}
        openers: dict[str, str] = {}
        for _, row in _rows(export, name, REQUIRED):
            senders[row["id"]] = row["sender_id"]
            if row.get("thread_id") == row["id"]:
                openers[row["id"]] = row["sender_id"]
        reader = _Reader(collector, senders, openers)
        for line, row in collector.still(name, _rows(export, name, REQUIRED)):
            collector.one(name, line, row, reader.message)


def _named(export: Export, wanted: str) -> list[str]:
    return [name for name in export.names if name.lower().rsplit("/", 1)[-1] == wanted]


def _rows(export: Export, name: str, required: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, row) with “null” as empty."""
    csv.field_size_limit(export.limits.line_bytes)
    with export.open(name) as stream:
        reader = csv.reader(io.TextIOWrapper(stream, "utf-8-sig", errors="replace", newline=""))
        try:
            header = [column.strip() for column in next(reader, [])]
            for column in required:
                if column not in header:
                    raise Refused(f"“{name}”, line 1: the column “{column}” is missing.")
            for fields in reader:
                yield (
                    reader.line_num,
                    {column: "" if field == "null" else field for column, field in zip(header, fields, strict=False)},
                )
        except csv.Error as error:
            raise Refused(f"“{name}”, line {reader.line_num}, is not a readable CSV row ({error}).") from error


def _user(collector: Collector, outside: bool, row: dict[str, str]) -> None:
    collector.person(row["id"], email=row.get("email"), unit=row.get("department"), outside=outside)


class _Reader:
    """Turns the rows of Messages.csv into acts."""

    def __init__(self, collector: Collector, senders: dict[str, str], openers: dict[str, str]) -> None:
        self._collector = collector
        self._senders = senders
        self._openers = openers

    def message(self, row: dict[str, Any]) -> None:
        collector, reading = self._collector, self._collector.reading
        reading.records += 1
        if row.get("in_private_conversation", "").lower() == "true":
            reading.left_out["private messages, not read"] += 1
            return
        if row.get("message_type", "").lower() == "system" or row.get("sender_type", "").lower() in ("bot", "system"):
            reading.left_out["joins and other notices"] += 1
            return
        identity = f"viva:{int(row['id'])}"
        at = _moment(row["created_at"])
        sender = collector.person(str(int(row["sender_id"])))
        group = row.get("group_name") or row.get("group_id") or "all company"
        channel = collector.channel(group)
        thread = number_of(f"viva:{row.get('thread_id') or row['id']}")
        parent = row.get("replied_to_id") or ""
        started = self._openers.get(row.get("thread_id") or "")
        if parent or (row.get("thread_id") or row["id"]) != row["id"]:
            known = self._senders.get(parent)
            answered = known or started
            target = collector.person(answered) if answered else NOBODY
            reading.counts["replies"] += 1
            collector.act(identity, at, sender, target, REPLY, channel=channel, thread=thread, inferred=known is None)
        else:
            reading.counts["posts"] += 1
            collector.act(identity, at, sender, NOBODY, POST, channel=channel, thread=thread)
        for mentioned in dict.fromkeys(MENTIONED.findall(row.get("body") or "")):
            collector.act(f"{identity}:@{mentioned}", at, sender, collector.person(mentioned), MENTION, channel=channel)


def _moment(text: str) -> int:
    """`2024/05/17 08:15:00 +0000` or ISO 8601."""
    return iso_microseconds(ZONE.sub(r"\1", text.strip().replace("/", "-")))
