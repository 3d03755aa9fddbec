"""Bluesky repositories (CAR version 1, AT Protocol): people's own acts; several repositories answer one another."""

from collections.abc import Iterator
from typing import IO, Any

from handrail.formats.interactions.archive import Export, Refused
from handrail.formats.interactions.cbor import decode
from handrail.formats.interactions.collector import NOBODY, Collector, iso_microseconds, number_of
from handrail.formats.interactions.schema import MENTION, POST, REACTION, RECEIVED, REPLY, Completeness

NAME = "Bluesky repository"
MOST_BLOCK = 4 * 2**20


def recognises(export: Export) -> bool:
    """Only files in CAR form."""
    return bool(_files(export))


def read(export: Export, collector: Collector) -> None:
    """The records of every repository; its owner is named in its commit block."""
    reading = collector.reading
    reading.completeness = Completeness.ONE_PERSON
    reading.lacking[RECEIVED] = "a repository holds one person's own acts, not what they received"
    for name in _files(export):
        with export.open(name) as stream:
            _repository(stream, name, collector)


def _files(export: Export) -> list[str]:
    found = []
    for name in export.names:
        if name.lower().endswith(".car") or len(export.names) == 1:
            with export.open(name) as stream:
                start = stream.read(64)
            if b"eroots" in start and b"gversion" in start:
                found.append(name)
    return found


def _repository(stream: IO[bytes], name: str, collector: Collector) -> None:
    """Records come before the commit in some files, so they wait until the owner is known."""
    waiting: list[tuple[int, str, dict[str, Any]]] = []
    owner: int | None = None
    for number, (cid, block) in enumerate(_blocks(stream, name)):
        collector.reading.records += 1
        try:
            value = decode(block)
        except (ValueError, RecursionError):
            collector.broken(name, number, "is not readable DAG-CBOR.")
            continue
        if not isinstance(value, dict):
            continue
        if "did" in value and "sig" in value and isinstance(value["did"], str):
            owner = collector.person(value["did"], measured=True)
        elif str(value.get("$type", "")).startswith("app.bsky."):
            waiting.append((number, cid.hex(), value))
    if owner is None:
        raise Refused(f"“{name}” has no commit that names its owner; export the repository again.")
    for number, identity, record in waiting:
        collector.one(name, number, record, _acts(collector, owner, identity))


def _blocks(stream: IO[bytes], name: str) -> Iterator[tuple[bytes, bytes]]:
    """(content identifier, bytes) of every block after the header."""
    header = _section(stream, name)
    if header is None:
        raise Refused(f"“{name}” is empty.")
    try:
        version = decode(header).get("version")
    except (ValueError, AttributeError) as error:
        raise Refused(f"“{name}” does not begin like a CAR file.") from error
    if version != 1:
        raise Refused(f"“{name}” is a CAR file of a version that is not read here (only 1).")
    while (section := _section(stream, name)) is not None:
        # version 1, any codec, then hash code, length and digest; sha-256 makes it 36 bytes
        size = 4 + section[3] if len(section) > 4 and section[0] == 1 else 34
        yield section[:size], section[size:]


def _section(stream: IO[bytes], name: str) -> bytes | None:
    size = _varint(stream, name)
    if size is None:
        return None
    if size > MOST_BLOCK:
        raise Refused(f"“{name}” holds a block larger than {MOST_BLOCK >> 20} MB.")
    section = stream.read(size)
    if len(section) != size:
        raise Refused(f"“{name}” is cut short. Export it again.")
    return section


def _varint(stream: IO[bytes], name: str) -> int | None:
    """An unsigned LEB128 number; None at the end of the file."""
    total = 0
    for step in range(9):
        byte = stream.read(1)
        if not byte:
            if step:
                raise Refused(f"“{name}” is cut short. Export it again.")
            return None
        total |= (byte[0] & 127) << (7 * step)
        if byte[0] < 128:
            return total
    raise Refused(f"“{name}” is not a CAR file.")


def _acts(collector: Collector, owner: int, cid: str) -> Any:
    """A function that turns one record into acts of its owner."""
    identity = f"bluesky:{collector.people[owner].key}:{cid}"

    def other(uri: str) -> int:
        did = uri.removeprefix("at://").split("/", 1)[0]
        return collector.person(did, measured=False) if did.startswith("did:") else NOBODY

    def post(record: dict[str, Any], at: int) -> None:
        reply = record.get("reply")
        root = reply["root"]["uri"] if reply else None
        thread = number_of(f"bluesky:{root}") if root else None
        kind, target = (REPLY, other(reply["parent"]["uri"])) if reply else (POST, NOBODY)
        collector.reading.counts["replies" if reply else "posts"] += 1
        collector.act(identity, at, owner, target, kind, thread=thread)
        embed = record.get("embed") or {}
        quoted = embed.get("record") if isinstance(embed, dict) else None
        if isinstance(quoted, dict) and isinstance(quoted.get("uri"), str):
            collector.reading.counts["quotes"] += 1
            collector.act(f"{identity}:quote", at, owner, other(quoted["uri"]), MENTION)
        named = [feature.get("did") for facet in record.get("facets") or () for feature in facet.get("features") or ()]
        for did in dict.fromkeys(named):
            if did:
                collector.act(f"{identity}:@{did}", at, owner, other(did), MENTION)

    def handle(record: dict[str, Any]) -> None:
        kind = record["$type"].removeprefix("app.bsky.")
        if kind == "feed.post":
            post(record, iso_microseconds(record["createdAt"]))
        elif kind in ("feed.like", "feed.repost"):
            collector.reading.counts["likes" if kind == "feed.like" else "reposts"] += 1
            at = iso_microseconds(record["createdAt"])
            collector.act(identity, at, owner, other(record["subject"]["uri"]), REACTION)
        else:
            collector.reading.left_out["other records (follows, profile)"] += 1

    return handle
