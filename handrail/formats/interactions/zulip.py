"""Zulip exports: realm.json and messages-*.json. A topic is the thread; whom a message answers is inferred."""

import re
from typing import Any

from handrail.formats.interactions.archive import Export, Refused
from handrail.formats.interactions.collector import BOT, NOBODY, Collector, microseconds, number_of
from handrail.formats.interactions.schema import MENTION, POST, REACTION, REPLY

NAME = "Zulip export"
MESSAGES = re.compile(r"^messages-\d+\.json$")
# @**Name** or @**Name|17**; @_ is a silent mention, as quoting makes it
MENTIONED = re.compile(r"@(?:_)?\*\*([^*|]+)(?:\|(\d+))?\*\*")
CHANNEL = 2


def recognises(export: Export) -> bool:
    """The realm and its messages."""
    return "realm.json" in export and any(MESSAGES.match(name) for name in export.names)


def read(export: Export, collector: Collector) -> None:
    """People, then messages and reactions; direct messages stay unread."""
    try:
        realm = export.json("realm.json")
    except Refused:
        raise
    except ValueError as error:
        raise Refused("“realm.json” is not JSON; is this a whole Zulip export?") from error
    if not isinstance(realm, dict):
        raise Refused("“realm.json” is not an object; is this a whole Zulip export?")
    reader = _Reader(collector, realm)
    collector.reading.notes.append(
        "whom a message in a topic answers is inferred: the last other person to speak there"
    )
    for name in collector.files(sorted(name for name in export.names if MESSAGES.match(name)), reader):
        try:
            page = export.json(name)
        except Refused:
            raise
        except ValueError:
            collector.broken(name, None, "is not JSON.")
            continue
        if not isinstance(page, dict):
            collector.broken(name, None, "is not an object.")
            continue
        messages = page.get("zerver_message") or []
        messages = sorted(messages, key=_date) if isinstance(messages, list) else []
        collector.each(name, messages, reader.message)
        collector.each(name, page.get("zerver_reaction") or (), reader.reaction)
    collector.each("realm.json", realm.get("zerver_reaction") or (), reader.reaction)


def _date(message: Any) -> float:
    sent = message.get("date_sent") if isinstance(message, dict) else None
    return float(sent) if isinstance(sent, int | float) else 0.0


class _Reader:
    """Turns messages into acts; remembers who spoke last in every topic."""

    def __init__(self, collector: Collector, realm: dict[str, Any]) -> None:
        self._collector = collector
        self._keys: dict[int, str] = {}
        self._names: dict[str, str] = {}
        self._last: dict[int, tuple[int, int]] = {}
        self._written: dict[int, tuple[str, int, int, int]] = {}
        collector.each("realm.json", realm.get("zerver_userprofile") or (), self._person)
        collector.each("realm.json", realm.get("zerver_userprofile_crossrealm") or (), self._machine)
        self._stream_names: dict[int, str] = {}
        self._streams: dict[int, str] = {}
        collector.each("realm.json", realm.get("zerver_stream") or (), self._stream)
        collector.each("realm.json", realm.get("zerver_recipient") or (), self._place)

    def _person(self, user: dict[str, Any]) -> None:
        key = self._keys[user["id"]] = str(user["id"])
        self._names[str(user.get("full_name"))] = key
        if user.get("is_bot") or user.get("bot_type"):
            self._collector.bot(key)
            return
        email = user.get("delivery_email") or user.get("email")
        # role 600 is a guest
        self._collector.person(key, email=email, outside=user.get("role") == 600)

    def _machine(self, user: dict[str, Any]) -> None:
        self._keys[user["id"]] = str(user["id"])
        self._collector.bot(str(user["id"]))

    def _stream(self, stream: dict[str, Any]) -> None:
        self._stream_names[stream["id"]] = str(stream["name"])

    def _place(self, place: dict[str, Any]) -> None:
        if place.get("type") == CHANNEL:
            self._streams[place["id"]] = self._stream_names.get(place["type_id"], str(place["type_id"]))

    def remembered(self) -> dict[str, list[Any]]:
        return {
            "last": [(thread, *speakers) for thread, speakers in self._last.items()],
            "written": [(number, *written) for number, written in self._written.items()],
        }

    def remember(self, remembered: dict[str, list[Any]]) -> None:
        self._last = {thread: (last, before) for thread, last, before in remembered["last"]}
        self._written = {number: tuple(written) for number, *written in remembered["written"]}

    def message(self, message: dict[str, Any]) -> None:
        collector, reading = self._collector, self._collector.reading
        reading.records += 1
        stream = self._streams.get(message["recipient"])
        if stream is None:
            reading.left_out["direct messages, not read"] += 1
            return
        author = collector.person(self._keys.get(message["sender"], str(message["sender"])))
        at = microseconds(float(message["date_sent"]))
        identity, channel = f"zulip:{message['id']}", collector.channel(stream)
        thread = number_of(f"zulip:{message['recipient']}:{str(message.get('subject')).casefold()}")
        self._written[message["id"]] = (identity, at, author, channel)
        if author == BOT:
            reading.left_out["messages of bots"] += 1
            return
        last, before = self._last.get(thread, (NOBODY, NOBODY))
        target = last if last != author else before
        if last == NOBODY:
            reading.counts["topics begun"] += 1
            collector.act(identity, at, author, NOBODY, POST, channel=channel, thread=thread)
        elif target == NOBODY:
            # still alone in the topic: another post of the same conversation
            reading.counts["posts"] += 1
            collector.act(identity, at, author, NOBODY, POST, channel=channel, thread=thread)
        else:
            reading.counts["replies"] += 1
            collector.act(identity, at, author, target, REPLY, channel=channel, thread=thread, inferred=True)
        self._last[thread] = (author, target)
        for name, number in dict.fromkeys(MENTIONED.findall(str(message.get("content") or ""))):
            key = number or self._names.get(name)
            if key is not None and collector.number(key) is not None:
                collector.act(f"{identity}:@{key}", at, author, collector.person(key), MENTION, channel=channel)

    def reaction(self, reaction: dict[str, Any]) -> None:
        found = self._written.get(reaction["message"])
        if found is None:
            return
        identity, at, author, channel = found
        self._collector.reading.counts["reactions"] += 1
        key = self._keys.get(reaction["user_profile"], str(reaction["user_profile"]))
        code = f"{identity}:{reaction['emoji_name']}:{key}"
        self._collector.act(code, at, self._collector.person(key), author, REACTION, channel=channel)
