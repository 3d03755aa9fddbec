"""Microsoft Teams messages as Graph gives them (chatMessage), in either spelling. Chats stay unread: channels only."""

from typing import Any

import orjson

from handrail.formats.interactions.archive import Export, Refused
from handrail.formats.interactions.collector import BOT, NOBODY, Collector, iso_microseconds, number_of
from handrail.formats.interactions.schema import MENTION, POST, REACTION, REPLY

NAME = "Teams export"
DEPTH = 20  # nothing that is read of a message lies deeper
OUTSIDERS = ("federateduser", "anonymousguest", "emailuser", "skypeuser")


def recognises(export: Export) -> bool:
    """The list of teams, or a JSON file whose first record is a chatMessage."""
    if any(name.endswith("teamsList.json") for name in export.names):
        return True
    for name in export.ending(".json", ".jsonl")[:20]:
        with export.open(name) as stream:
            start = stream.read(65_536).lower()
        if b'"messagetype"' in start and b'"createddatetime"' in start:
            return True
    return False


def read(export: Export, collector: Collector) -> None:
    """Users first, then every file of messages; replies find their root in a first pass over the file."""
    for name in export.names:
        if name.lower().endswith("userslist.json"):
            collector.each(name, _records(export, name, collector), lambda user: _user(collector, _lower(user)))
    for name in collector.files(export.ending(".json", ".jsonl")):
        last = name.rsplit("/", 1)[-1].lower()
        if last.startswith(("channels_", "teammembers_")) or last.endswith(("list.json", "members.json")):
            continue
        if name.startswith("users/"):
            collector.reading.left_out["files of chats, not opened"] += 1
            continue
        messages = [_lower(record) for record in _records(export, name, collector)]
        reader = _Reader(collector, messages)
        collector.each(name, messages, reader.message)


def _records(export: Export, name: str, collector: Collector) -> list[Any]:
    try:
        found = (
            [orjson.loads(line) for _, _, line in export.lines(name)] if name.endswith(".jsonl") else export.json(name)
        )
    except Refused:
        raise
    except ValueError:
        collector.broken(name, None, "is not JSON.")
        return []
    if isinstance(found, dict):
        found = found.get("value") or found.get("messages") or [found]
    if not isinstance(found, list):
        collector.broken(name, None, "is not a list of messages.")
        return []
    return found


def _lower(value: Any, depth: int = DEPTH) -> Any:
    """Keys with a small first letter, as Graph writes them; the export tool writes PascalCase."""
    if isinstance(value, dict | list) and depth == 0:
        return None
    if isinstance(value, dict):
        return {f"{key[:1].lower()}{key[1:]}": _lower(inner, depth - 1) for key, inner in value.items()}
    return [_lower(inner, depth - 1) for inner in value] if isinstance(value, list) else value


def _user(collector: Collector, user: dict[str, Any]) -> None:
    outside = "#ext#" in str(user.get("userPrincipalName") or "").lower() or user.get("userType") == "Guest"
    email = user.get("mail") or user.get("userPrincipalName")
    collector.person(user["id"], email=email, unit=user.get("department"), outside=outside)


class _Reader:
    """Turns one file's messages into acts."""

    def __init__(self, collector: Collector, messages: list[Any]) -> None:
        self._collector = collector
        self._authors = {
            message["id"]: author
            for message in messages
            if isinstance(message, dict)
            and isinstance(message.get("id"), str | int)
            and (author := _author_key(message))
        }

    def message(self, message: dict[str, Any]) -> None:
        collector, reading = self._collector, self._collector.reading
        reading.records += 1
        if message.get("messageType", "message") != "message" or message.get("eventDetail"):
            reading.left_out["joins and other notices"] += 1
            return
        place = message.get("channelIdentity") or {}
        if message.get("chatId") or not place:
            reading.left_out["chat messages, not read"] += 1
            return
        author = self._author(message)
        at = iso_microseconds(message["createdDateTime"])
        where = f"teams:{place.get('teamId')}:{place['channelId']}"
        identity, root = f"{where}:{message['id']}", message.get("replyToId") or message["id"]
        channel, thread = collector.channel(str(place["channelId"])), number_of(f"{where}:{root}")
        if author == BOT:
            reading.left_out["messages of bots"] += 1
        elif root != message["id"]:
            key = self._authors.get(root)
            target = collector.person(key) if key else NOBODY
            reading.counts["replies"] += 1
            collector.act(identity, at, author, target, REPLY, channel=channel, thread=thread)
        else:
            reading.counts["posts"] += 1
            collector.act(identity, at, author, NOBODY, POST, channel=channel, thread=thread)
        self._others(message, identity, at, author, channel)

    def _others(self, message: dict[str, Any], identity: str, at: int, author: int, channel: int) -> None:
        collector = self._collector
        for mention in message.get("mentions") or () if author != BOT else ():
            user = (mention.get("mentioned") or {}).get("user") or {}
            if user.get("id"):
                key = user["id"]
                collector.act(f"{identity}:@{key}", at, author, collector.person(key), MENTION, channel=channel)
        for reaction in message.get("reactions") or ():
            collector.reading.counts["reactions"] += 1
            key = ((reaction.get("user") or {}).get("user") or {}).get("id")
            giver = collector.person(key) if key else NOBODY
            when = iso_microseconds(reaction["createdDateTime"]) if reaction.get("createdDateTime") else at
            code = f"{identity}:{reaction.get('reactionType')}:{key}"
            collector.act(code, when, giver, author, REACTION, channel=channel)

    def _author(self, message: dict[str, Any]) -> int:
        key = _author_key(message)
        if key is None:
            if (message.get("from") or {}).get("application"):
                return BOT
            raise KeyError("from")
        user = message["from"]["user"]
        kind = str(user.get("userIdentityType") or "").lower()
        return self._collector.person(key, outside=kind in OUTSIDERS if kind else None)


def _author_key(message: dict[str, Any]) -> str | None:
    sender = message.get("from")
    user = sender.get("user") if isinstance(sender, dict) else None
    return str(user["id"]) if isinstance(user, dict) and user.get("id") else None
