"""Mail headers from an mbox file or .eml files. Only headers are parsed; bodies are skipped unread."""

import re
from collections.abc import Iterable, Iterator
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import getaddresses, parsedate_to_datetime

from handrail.formats.interactions.archive import Export
from handrail.formats.interactions.collector import NOBODY, Collector, iso_microseconds, number_of
from handrail.formats.interactions.schema import MENTION, POST, REACTIONS, REPLY

NAME = "mail (mbox)"
MOST_RECIPIENTS = 25
MOST_HEADER_LINES = 2_000
IDENTITY = re.compile(r"<[^<>\s]+>")
MACHINE = ("bulk", "junk", "auto_reply")


def recognises(export: Export) -> bool:
    """mbox or eml by name, or a file that begins as an mbox does."""
    if export.ending(".mbox", ".eml"):
        return True
    if len(export.names) != 1:
        return False
    with export.open(export.names[0]) as stream:
        return stream.read(5) == b"From "


def read(export: Export, collector: Collector) -> None:
    """Every message's headers, in the order of the files."""
    reading = collector.reading
    reading.lacking[REACTIONS] = "mail has no reactions"
    reading.notes.append(f"mail to more than {MOST_RECIPIENTS} people counts as a post to nobody in particular")
    reader = _Reader(collector)
    for name in collector.files(export.ending(".mbox", ".eml") or export.names, reader):
        messages = enumerate(_headers(export, name, single=name.lower().endswith(".eml")), 1)
        for number, block in collector.still(name, messages, reader):
            collector.one(name, number, block, reader.message)


def _headers(export: Export, name: str, *, single: bool) -> Iterator[bytes]:
    """The header block of each message; what follows it is skipped."""
    lines: list[bytes] = []
    inside = single
    blank_before = True
    for _, _, line in export.lines(name):
        if not single and blank_before and line.startswith(b"From "):
            if lines:
                yield b"".join(lines)
            lines, inside = [], True
        elif inside and line.strip() == b"":
            inside = False
        elif inside and len(lines) < MOST_HEADER_LINES:
            lines.append(line)
        blank_before = line.strip() == b""
    if lines:
        yield b"".join(lines)


class _Reader:
    """Turns headers into acts; remembers who wrote which message, to find whom a reply answers."""

    def __init__(self, collector: Collector) -> None:
        self._collector = collector
        self._parser = BytesHeaderParser(policy=compat32)
        self._written: dict[int, tuple[int, int]] = {}

    def remembered(self) -> list[tuple[int, int, int]]:
        return [(number, *written) for number, written in self._written.items()]

    def remember(self, remembered: list[tuple[int, int, int]]) -> None:
        self._written = {number: (sender, thread) for number, sender, thread in remembered}

    def message(self, block: bytes) -> None:
        collector, reading = self._collector, self._collector.reading
        reading.records += 1
        headers = self._parser.parsebytes(block)
        machine = str(headers.get("Auto-Submitted") or "no").lower() != "no"
        if machine or str(headers.get("Precedence") or "").lower() in MACHINE:
            reading.left_out["messages of bots"] += 1
            return
        senders = _addresses(headers.get_all("From") or ())
        if not senders:
            raise KeyError("From")
        sender = collector.person(senders[0], email=senders[0])
        at = _moment(headers.get("Date"))
        own = IDENTITY.search(str(headers.get("Message-ID") or ""))
        identity = f"mail:{own[0]}" if own else f"mail:{number_of(block.decode('latin-1')):x}"
        answered = IDENTITY.findall(str(headers.get("In-Reply-To") or ""))
        chain = IDENTITY.findall(str(headers.get("References") or ""))
        recipients = _addresses([*(headers.get_all("To") or ()), *(headers.get_all("Cc") or ())])
        people = [collector.person(address, email=address) for address in recipients[: MOST_RECIPIENTS + 1]]
        if len(recipients) > MOST_RECIPIENTS:
            reading.left_out[f"recipients of mail to more than {MOST_RECIPIENTS}"] += len(recipients)
            people = []
        self._act(identity, at, sender, (answered or chain[-1:]), chain, people)

    def _act(
        self, identity: str, at: int | None, sender: int, answered: list[str], chain: list[str], people: list[int]
    ) -> None:
        collector = self._collector
        number = number_of(identity)
        parent = self._written.get(number_of(f"mail:{answered[0]}")) if answered else None
        target = NOBODY
        if answered:
            opened = number_of(f"mail:{chain[0] if chain else answered[0]}")
            thread = parent[1] if parent else opened
            target = parent[0] if parent else (people[0] if people else NOBODY)
            collector.reading.counts["replies"] += 1
            collector.act(identity, at, sender, target, REPLY, thread=thread, inferred=parent is None)
        else:
            thread = number
            collector.reading.counts["posts"] += 1
            collector.act(identity, at, sender, NOBODY, POST, thread=thread)
        self._written[number] = (sender, thread)
        for person in dict.fromkeys(people):
            if person not in (target, sender):
                key = collector.people[person].key
                collector.act(f"{identity}:@{key}", at, sender, person, MENTION, thread=thread)


def _addresses(fields: Iterable[object]) -> list[str]:
    """Small-letter addresses, each once."""
    found = getaddresses([str(field) for field in fields])
    return list(dict.fromkeys(address.lower() for _, address in found if "@" in address))


def _moment(date: object) -> int | None:
    """The header's time in µs; None where there is none or it cannot be read."""
    try:
        return iso_microseconds(parsedate_to_datetime(str(date)).isoformat()) if date else None
    except (ValueError, TypeError, OverflowError):
        return None
