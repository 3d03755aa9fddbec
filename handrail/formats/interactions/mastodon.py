"""A Mastodon archive: one person's own acts. Whom they address is known, who answered them is not."""

from typing import Any
from urllib.parse import urlsplit

from handrail.formats.interactions.archive import Export, Refused
from handrail.formats.interactions.collector import NOBODY, Collector, iso_microseconds, number_of
from handrail.formats.interactions.schema import MENTION, POST, REACTION, RECEIVED, REPLY, Completeness

NAME = "Mastodon archive"


def recognises(export: Export) -> bool:
    """The person and their outbox."""
    return "actor.json" in export and "outbox.json" in export


def read(export: Export, collector: Collector) -> None:
    """Posts, replies, boosts (as reactions) and favourites."""
    reading = collector.reading
    reading.completeness = Completeness.ONE_PERSON
    reading.lacking[RECEIVED] = "a Mastodon archive holds one person's own acts, not what they received"
    reading.notes.append("favourites carry no time in the archive; boosts count as reactions")
    actor = _object(export, "actor.json")
    reader = _Reader(collector, str(actor.get("id") or actor.get("url") or "owner"))
    collector.each("outbox.json", _object(export, "outbox.json").get("orderedItems") or (), reader.activity)
    if "likes.json" in export:
        collector.each("likes.json", _object(export, "likes.json").get("orderedItems") or (), reader.favourite)


def account(address: str) -> str | None:
    """`name@host` from the address of a post or an account, or None where it does not say."""
    try:
        parts = urlsplit(address)
    except ValueError:  # brackets that do not close
        return None
    steps = [step for step in parts.path.split("/") if step]
    if not parts.hostname or not steps:
        return None
    if steps[0].startswith("@"):
        return f"{steps[0][1:].split('@')[0]}@{parts.hostname}".lower()
    if steps[0] == "users" and len(steps) > 1:
        return f"{steps[1]}@{parts.hostname}".lower()
    return None


def _object(export: Export, name: str) -> dict[str, Any]:
    try:
        found = export.json(name)
    except Refused:
        raise
    except ValueError as error:
        raise Refused(f"“{name}” is not JSON.") from error
    if not isinstance(found, dict):
        raise Refused(f"“{name}” is not an object; is this a Mastodon archive?")
    return found


class _Reader:
    """Turns activities into acts of the archive's owner."""

    def __init__(self, collector: Collector, owner: str) -> None:
        self._collector = collector
        self._owner = owner
        self._person = collector.person(account(owner) or owner, measured=True)

    def activity(self, item: dict[str, Any]) -> None:
        collector, reading = self._collector, self._collector.reading
        reading.records += 1
        if not self._is_open(item):
            reading.left_out["private posts, not read"] += 1
            return
        at = iso_microseconds(item["published"])
        if item["type"] == "Announce":
            reading.counts["boosts"] += 1
            shared = item["object"] if isinstance(item["object"], str) else item["object"]["id"]
            collector.act(f"mastodon:{item['id']}", at, self._person, self._other(shared), REACTION)
            return
        if item["type"] != "Create":
            reading.left_out["other activities"] += 1
            return
        self._note(item["object"], at)

    def _note(self, note: dict[str, Any], at: int) -> None:
        collector, reading = self._collector, self._collector.reading
        identity, answered = f"mastodon:{note['id']}", note.get("inReplyTo")
        thread = number_of(f"mastodon:{note.get('conversation') or note['id']}")
        if answered:
            reading.counts["replies"] += 1
            collector.act(identity, at, self._person, self._other(answered), REPLY, thread=thread)
        else:
            reading.counts["posts"] += 1
            collector.act(identity, at, self._person, NOBODY, POST, thread=thread)
        for tag in note.get("tag") or ():
            if tag.get("type") == "Mention" and tag.get("href"):
                collector.act(f"{identity}:@{tag['href']}", at, self._person, self._other(tag["href"]), MENTION)

    def favourite(self, item: Any) -> None:
        address = item if isinstance(item, str) else item["object"]
        self._collector.reading.records += 1
        self._collector.reading.counts["favourites"] += 1
        self._collector.act(
            f"mastodon:{self._owner}:like:{address}", None, self._person, self._other(address), REACTION
        )

    def _other(self, address: str) -> int:
        name = account(address)
        return NOBODY if name is None else self._collector.person(name, measured=False)

    @staticmethod
    def _is_open(item: dict[str, Any]) -> bool:
        """Public, unlisted or to followers; a post addressed to persons only is a direct message."""
        listed = [*(item.get("to") or ()), *(item.get("cc") or ())]
        return not listed or any(str(to).endswith(("#Public", "as:Public", "/followers")) for to in listed)
