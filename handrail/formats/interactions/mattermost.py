"""Mattermost bulk exports: one JSON object a line, replies and reactions inside their post. Direct posts: unread."""

import re
from typing import Any

import orjson

from handrail.formats.interactions.archive import Export
from handrail.formats.interactions.collector import (
    NOBODY,
    TOO_LATE,
    UNKNOWN,
    Collector,
    in_range,
    number_of,
    packed,
)
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
    for file in collector.files([name], reader):
        for number, line in collector.lines(export, file, reader):
            try:
                record = orjson.loads(line)
            except ValueError:
                if line.strip():
                    collector.broken(file, number, "is not JSON.")
                continue
            collector.one(file, number, record, reader.record)
    reader.close()


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
    """Turns lines into acts. The longest files pass here message by message: what most messages lack is asked for in
    one look each, and what the collector would ask of every act is not asked again."""

    def __init__(self, collector: Collector) -> None:
        self._collector = collector
        self._row = collector.row
        self._places: dict[tuple[str, str], tuple[str, int]] = {}
        self._numbers: dict[str, int] = {}
        self._spoken = [0, 0]
        self._reacted = 0
        self._records = 0

    def remembered(self) -> list[int]:
        return [*self._spoken, self._reacted, self._records]

    def remember(self, remembered: list[int]) -> None:
        *self._spoken, self._reacted, self._records = remembered

    def close(self) -> None:
        """Write down what was counted on the side."""
        reading = self._collector.reading
        reading.records += self._records
        for name, count in (("posts", self._spoken[0]), ("replies", self._spoken[1]), ("reactions", self._reacted)):
            if count:
                reading.counts[name] += count

    def record(self, record: dict[str, Any]) -> None:
        kind = record["type"]
        if kind == "post":
            self._post(record["post"])
            self._collector.make_room()
        elif kind == "user":
            user = record["user"]
            guest = "system_guest" in str(user.get("roles") or "").split()
            self._collector.person(user["username"].lower(), email=user.get("email"), outside=guest)
        elif kind == "bot":
            self._collector.bot(record["bot"]["username"].lower())
        elif kind == "direct_post":
            self._collector.reading.left_out["direct posts, not read"] += 1

    def _post(self, post: dict[str, Any]) -> None:
        where = post["team"], post["channel"]
        place = self._places.get(where)
        if place is None:
            name = f"{where[0]}/{where[1]}"
            place = self._places[where] = f"mattermost:{name}", self._collector.channel(name)
        found = self._message(post, place[0], place[1], UNKNOWN, NOBODY, POST)
        replies = post.get("replies")
        if found is None or not replies:
            return
        author, thread = found
        identity = f"{thread:x}"
        for reply in replies:
            self._message(reply, identity, place[1], thread, author, REPLY)

    def _message(
        self, message: dict[str, Any], place: str, channel: int, thread: int, target: int, kind: int
    ) -> tuple[int, int] | None:
        """The author and number; None if the message and what hangs on it are left out."""
        self._records += 1
        get, created, user = message.get, message["create_at"], message["user"]
        at = int(created) * 1000
        if not 0 <= at < TOO_LATE:
            in_range(at)
        text = get("message") or ""
        author = self._numbers.get(user, UNKNOWN)
        if author < 0:
            author = self._number(user)
        if (said := get("type")) or text[-1:] == ".":
            notice = (said and said.startswith("system_")) or JOINED.match(text)
            if notice and not self._noticed(get("replies")):
                return None
        if (props := get("props")) and "true" in (props.get("from_bot"), props.get("from_webhook")):
            self._collector.reading.left_out["messages of bots"] += 1
            return None
        self._spoken[kind] += 1
        # there is no id in this export: who, when and a one-way hash of the text stand for it
        number = number_of(f"{place}:{user}:{created}:{text}")
        talk = number if thread < 0 else thread
        if author >= 0 and author != target:
            self._row(packed(number, at, talk, author, target, channel, kind, UNKNOWN, False))
        else:
            self._collector.act(number, at, author, target, kind, channel=channel, thread=talk)
        if "@" in text:
            self._mentions(text, f"{number:x}", at, author, channel)
        if reactions := get("reactions"):
            self._reactions(reactions, f"{number:x}", author, channel)
        return author, number

    def _number(self, user: str) -> int:
        number = self._numbers.get(user)
        if number is None:
            number = self._numbers[user] = self._collector.person(user.lower())
        return number

    def _noticed(self, replies: object) -> bool:
        """Count a notice; whether something hangs on it that is read all the same."""
        self._collector.reading.counts["notices"] += 1
        self._collector.reading.left_out["joins and other notices"] += 1
        return bool(replies)

    def _reactions(self, reactions: list[dict[str, Any]], identity: str, author: int, channel: int) -> None:
        for reaction in reactions:
            user = reaction["user"]
            at = in_range(int(reaction["create_at"]) * 1000)
            giver = self._number(user)
            self._reacted += 1
            number = number_of(f"{identity}:{user.lower()}:{reaction['emoji_name']}")
            if giver >= 0 and giver != author:
                self._row(packed(number, at, UNKNOWN, giver, author, channel, REACTION, UNKNOWN, False))
            else:
                self._collector.act(number, at, giver, author, REACTION, channel=channel)

    def _mentions(self, text: str, identity: str, at: int, author: int, channel: int) -> None:
        for name in {found.lower().rstrip(".-_"): None for found in MENTIONED.findall(text)}:
            person = self._collector.number(name)
            if person is not None and person >= 0:
                number = number_of(f"{identity}:@{name}")
                self._collector.spoken(number, at, author, person, MENTION, channel, None)
