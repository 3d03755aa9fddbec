"""Mattermost bulk exports: one JSON object a line, replies and reactions inside their post. Direct posts: unread."""

import re
from typing import Any

import orjson

from handrail.formats.interactions.archive import Export
from handrail.formats.interactions.collector import NOBODY, Collector, in_range, number_of
from handrail.formats.interactions.schema import MENTION, POST, REACTION, REPLY

NAME = "Mattermost export"
MENTIONED = re.compile(r"(?<![\w@.])@([a-z0-9][a-z0-9._-]*)", re.IGNORECASE)
JOINED = re.compile(r"^(?:@?\S+) (?:has )?(?:joined|left) the (?:channel|team)\.$")


def recognises(export: Export) -> bool:
    """A file of lines, the first of which states the version."""
    return _file(export) is not None


def read(export: Export, collector: Collector) -> None:
    """All posts of all channels."""
    name = _file(export)
    assert name is not None, "asked for after recognises()"
    reader = _Reader(collector)
    for number, line in export.lines(name):
        try:
            record = orjson.loads(line)
        except ValueError:
            if line.strip():
                collector.broken(name, number, "is not JSON.")
            continue
        collector.one(name, number, record, reader.record)


def _file(export: Export) -> str | None:
    for name in export.ending(".jsonl", ".json"):
        with export.open(name) as stream:
            line = stream.readline(4096)
        try:
            record = orjson.loads(line)
        except ValueError:
            continue
        if isinstance(record, dict) and record.get("type") == "version" and "version" in record:
            return name
    return None


class _Reader:
    """Turns lines into acts."""

    def __init__(self, collector: Collector) -> None:
        self._collector = collector

    def record(self, record: dict[str, Any]) -> None:
        kind = record["type"]
        if kind == "post":
            self._post(record["post"])
        elif kind == "user":
            user = record["user"]
            guest = "system_guest" in str(user.get("roles") or "").split()
            self._collector.person(user["username"].lower(), email=user.get("email"), outside=guest)
        elif kind == "bot":
            self._collector.bot(record["bot"]["username"].lower())
        elif kind == "direct_post":
            self._collector.reading.left_out["direct posts, not read"] += 1

    def _post(self, post: dict[str, Any]) -> None:
        channel = self._collector.channel(f"{post['team']}/{post['channel']}")
        found = self._message(post, f"mattermost:{post['team']}/{post['channel']}", channel, None, NOBODY, POST)
        if found is None:
            return
        author, thread, identity = found
        for reply in post.get("replies") or ():
            self._message(reply, identity, channel, thread, author, REPLY)

    def _message(
        self, message: dict[str, Any], place: str, channel: int, thread: int | None, target: int, kind: int
    ) -> tuple[int, int, str] | None:
        """The author, thread and identity; None if the message and what hangs on it are left out."""
        collector, reading = self._collector, self._collector.reading
        reading.records += 1
        at = in_range(int(message["create_at"]) * 1000)
        text, user = message.get("message") or "", message["user"].lower()
        if (message.get("type") or "").startswith("system_") or (text.endswith(".") and JOINED.match(text)):
            reading.counts["notices"] += 1
            reading.left_out["joins and other notices"] += 1
            if not message.get("replies"):
                return None
        props = message.get("props")
        if props and "true" in (props.get("from_bot"), props.get("from_webhook")):
            reading.left_out["messages of bots"] += 1
            return None
        reading.counts["posts" if kind == POST else "replies"] += 1
        # there is no id in this export: who, when and a one-way hash of the text stand for it
        number = number_of(f"{place}:{user}:{message['create_at']}:{text}")
        identity = f"{number:x}"
        author = collector.person(user)
        thread = number if thread is None else thread
        collector.act(number, at, author, target, kind, channel=channel, thread=thread)
        if "@" in text:
            self._mentions(text, identity, at, author, channel)
        for reaction in message.get("reactions") or ():
            giver, when = reaction["user"].lower(), reaction["create_at"]
            reading.counts["reactions"] += 1
            collector.act(
                f"{identity}:{giver}:{reaction['emoji_name']}",
                in_range(int(when) * 1000),
                collector.person(giver),
                author,
                REACTION,
                channel=channel,
            )
        return author, thread, identity

    def _mentions(self, text: str, identity: str, at: int, author: int, channel: int) -> None:
        for name in dict.fromkeys(found.lower().rstrip(".-_") for found in MENTIONED.findall(text)):
            person = self._collector.number(name)
            if person is not None and person >= 0:
                self._collector.act(f"{identity}:@{name}", at, author, person, MENTION, channel=channel)
