"""Slack workspace exports: `<channel>/<day>.json`, also from before threads (2017). Direct messages stay unread."""

import re
from collections import Counter
from typing import Any

from handrail.formats.interactions.archive import Export, Refused
from handrail.formats.interactions.collector import BOT, NOBODY, Collector, microseconds, number_of
from handrail.formats.interactions.schema import MENTION, POST, REACTION, REPLY, THREADS

NAME = "Slack export"
DAY = re.compile(r"^([^/]+)/\d{4}-\d\d-\d\d\.json$")
MENTIONED = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
SPOKEN = {None, "file_share", "file_comment", "thread_broadcast", "me_message"}
CHANGES = ("topic", "purpose", "name", "archive", "unarchive", "convert_to_private", "posting_permissions")
NAMES: dict[str | None, str] = {
    None: "ordinary messages",
    "channel_join": "joins",
    "group_join": "joins",
    "channel_leave": "leaves",
    "group_leave": "leaves",
    "file_share": "shared files",
    "file_comment": "comments on files",
    "thread_broadcast": "replies shown in the channel",
    "bot_message": "bot messages",
    "me_message": "messages about oneself",
    "pinned_item": "pinned messages",
    **dict.fromkeys((f"{where}_{what}" for where in ("channel", "group") for what in CHANGES), "changes to a channel"),
}
MOST_UNNAMED = 10_000


def recognises(export: Export) -> bool:
    """The two lists that every Slack export has."""
    return "users.json" in export and ("channels.json" in export or "groups.json" in export)


def is_a_part(export: Export) -> bool:
    """Days of channels without the two lists: somebody packed one folder of it."""
    return any(DAY.match(f"x/{name.rsplit('/', 1)[-1]}") for name in export.names)


def read(export: Export, collector: Collector) -> None:
    """All messages of all channels in the order of their days."""
    folders: dict[str, list[str]] = {}
    for name in export.names:
        if found := DAY.match(name):
            folders.setdefault(found[1], []).append(name)
    _people(export, collector)
    channels, direct = _channels(export)
    reader = _Reader(collector, threads=_has_threads(export, folders))
    if unread := sum(len(days) for folder, days in folders.items() if folder in direct):
        collector.reading.left_out["days of direct messages, not opened"] = unread
    spoken = [name for folder, days in folders.items() if folder not in direct for name in sorted(days)]
    for name in collector.files(spoken, reader):
        folder = name.rsplit("/", 1)[0]
        reader.turn_to(folder, channels.get(folder, folder))
        _day(export, name, collector, reader)


def _day(export: Export, name: str, collector: Collector, reader: "_Reader") -> None:
    try:
        messages = export.json(name)
    except Refused:
        raise
    except ValueError:
        collector.broken(name, None, "is not JSON.")
        return
    if not isinstance(messages, list):
        collector.broken(name, None, "is not a list of messages.")
        return
    collector.each(name, messages, reader.message)


def _people(export: Export, collector: Collector) -> None:
    users = _list(export, "users.json")
    said = [user.get("team_id") for user in users if isinstance(user, dict)]
    teams = Counter(team for team in said if team is None or isinstance(team, str))
    own = teams.most_common(1)[0][0] if teams else None

    def person(user: dict[str, Any]) -> None:
        key = str(user["id"])
        if user.get("is_bot") or key == "USLACKBOT":
            collector.bot(key)
            return
        guest = any(user.get(mark) for mark in ("is_restricted", "is_ultra_restricted", "is_stranger", "is_foreign"))
        profile = user.get("profile") or {}
        name = user.get("real_name") or profile.get("real_name") or user.get("name")
        outside = bool(guest or user.get("team_id", own) != own)
        collector.person(key, email=profile.get("email"), outside=outside, name=str(name) if name else None)

    collector.each("users.json", users, person)


def _channels(export: Export) -> tuple[dict[str, str], set[str]]:
    """{folder: the channel's own id} and the folders of direct messages."""
    channels: dict[str, str] = {}
    for name in ("channels.json", "groups.json"):
        for channel in _list(export, name) if name in export else ():
            if isinstance(channel, dict) and isinstance(channel.get("name"), str):
                identity = channel.get("id")
                channels[channel["name"]] = identity if isinstance(identity, str) else channel["name"]
    direct = set()
    for name in ("dms.json", "mpims.json"):
        for talk in _list(export, name) if name in export else ():
            if isinstance(talk, dict):
                direct |= {talk[key] for key in ("id", "name") if isinstance(talk.get(key), str)}
    return channels, direct


def _list(export: Export, name: str) -> list[Any]:
    try:
        found = export.json(name)
    except Refused:
        raise
    except ValueError as error:
        raise Refused(f"“{name}” is not JSON; is this a whole Slack export?") from error
    if not isinstance(found, list):
        raise Refused(f"“{name}” is not a list; is this a whole Slack export?")
    return found


def _has_threads(export: Export, folders: dict[str, list[str]]) -> bool:
    """Whether any message names its thread: exports from before 2017 have none."""
    for days in folders.values():
        for name in days:
            with export.open(name) as stream:
                if b'"thread_ts"' in stream.read(export.limits.json_bytes):
                    return True
    return False


class _Reader:
    """Turns the messages of one channel after the other into acts."""

    def __init__(self, collector: Collector, *, threads: bool) -> None:
        self._collector = collector
        self._threads = threads
        if not threads:
            collector.reading.lacking[THREADS] = "this export has no threads; it was made before Slack had them"
            collector.reading.notes.append(
                "a message that opens with a mention counts as a reply to that person (inferred)"
            )
        collector.reading.notes.append("Slack does not say when a reaction was given; it counts at its message's time")

        self._name: str | None = None
        self._roots: dict[str, int] = {}
        self._threads_met: dict[str, int] = {}

    def turn_to(self, name: str, identity: str) -> None:
        """The channel of the messages that follow."""
        if name != self._name:
            self._name, self._roots, self._threads_met = name, {}, {}
        self._channel = self._collector.channel(name)
        self._identity = identity

    def remembered(self) -> list[Any]:
        return [self._name, self._roots, self._threads_met]

    def remember(self, remembered: list[Any]) -> None:
        self._name, self._roots, self._threads_met = remembered

    def message(self, message: dict[str, Any]) -> None:
        reading = self._collector.reading
        reading.records += 1
        subtype = message.get("subtype")
        reading.counts[NAMES.get(subtype, "other notices")] += 1
        stamp = message["ts"]
        at = microseconds(stamp)
        author = self._author(message)
        if message.get("reactions"):
            self._reactions(message["reactions"], stamp, at, author)
        if subtype == "bot_message" or author == BOT:
            reading.left_out["messages of bots"] += 1
            return
        if subtype not in SPOKEN:
            notice = "joins and leaves" if NAMES.get(subtype) in ("joins", "leaves") else "other notices"
            reading.left_out[notice] += 1
            return
        if author == NOBODY:
            raise KeyError("user")
        self._spoken(message, stamp, at, author)

    def _spoken(self, message: dict[str, Any], stamp: str, at: int, author: int) -> None:
        text = message.get("text") or ""
        own = self._collector.people[author].key
        mentions = [key for key in MENTIONED.findall(text) if key != own] if "<@" in text else []
        identity = f"slack:{self._identity}:{stamp}"
        own_number = number_of(identity)
        root = message.get("thread_ts")
        channel = self._channel
        if root is not None and root != stamp:
            parent = message.get("parent_user_id")
            target = self._collector.person(parent) if parent else self._roots.get(root, NOBODY)
            thread = self._threads_met.get(root)
            if thread is None:
                thread = self._threads_met[root] = number_of(f"slack:{self._identity}:{root}")
            self._collector.act(
                own_number, at, author, target, REPLY, thread=thread, inferred=not parent, channel=channel
            )
        elif not self._threads and mentions and text.lstrip().startswith(f"<@{mentions[0]}"):
            target = self._collector.person(mentions[0])
            self._collector.act(own_number, at, author, target, REPLY, inferred=True, channel=channel)
        else:
            if root is not None:
                self._roots[stamp] = author
            opened = own_number if self._threads else None
            self._collector.act(own_number, at, author, NOBODY, POST, thread=opened, channel=channel)
        for mentioned in dict.fromkeys(mentions):
            named = self._collector.person(mentioned)
            if named >= 0:
                self._collector.act(f"{identity}:@{mentioned}", at, author, named, MENTION, channel=channel)

    def _author(self, message: dict[str, Any]) -> int:
        user = message.get("user") or (message.get("comment") or {}).get("user")
        if user:
            return self._collector.person(user)
        return BOT if message.get("bot_id") else NOBODY

    def _reactions(self, reactions: list[dict[str, Any]], stamp: str, at: int, author: int) -> None:
        collector = self._collector
        for reaction in reactions:
            users = reaction.get("users") or []
            name = reaction["name"]
            unnamed = max(0, int(reaction.get("count") or 0) - len(users))
            if unnamed > MOST_UNNAMED:
                raise ValueError("count")
            collector.reading.counts["reactions"] += len(users) + unnamed
            identity = f"slack:{self._identity}:{stamp}:{name}"
            for user in users:
                giver = collector.person(user)
                collector.act(f"{identity}:{user}", at, giver, author, REACTION, channel=self._channel)
            for number in range(unnamed):
                collector.act(f"{identity}:{number}", at, NOBODY, author, REACTION, channel=self._channel)
