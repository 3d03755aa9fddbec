"""DAG-CBOR (RFC 8949, the subset of IPLD): just enough to read repository blocks, with a limit on nesting."""

import struct
from dataclasses import dataclass
from typing import Any

DEPTH = 64


@dataclass(frozen=True)
class Link:
    """A content identifier, as its bytes."""

    cid: bytes


def decode(block: bytes) -> Any:
    """The one value in the block. Raises ValueError for anything else."""
    value, end = _value(block, 0, 0)
    if end != len(block):
        raise ValueError("bytes are left over after the value")
    return value


def _value(block: bytes, at: int, depth: int) -> tuple[Any, int]:
    if depth > DEPTH:
        raise ValueError("nested too deeply")
    if at >= len(block):
        raise ValueError("cut short")
    major, small = block[at] >> 5, block[at] & 31
    if major == 7:
        return _simple(block, at, small)
    number, at = _argument(block, at + 1, small)
    if major == 0:
        return number, at
    if major == 1:
        return -1 - number, at
    if major in (2, 3):
        piece = block[at : at + number]
        if len(piece) != number:
            raise ValueError("cut short")
        return (piece if major == 2 else piece.decode("utf-8")), at + number
    if number > len(block) - at and major != 6:
        raise ValueError("promises more items than there are bytes")
    if major == 4:
        items = []
        for _ in range(number):
            item, at = _value(block, at, depth + 1)
            items.append(item)
        return items, at
    if major == 5:
        return _map(block, at, number, depth)
    inner, at = _value(block, at, depth + 1)
    if number != 42 or not isinstance(inner, bytes) or inner[:1] != b"\0":
        raise ValueError("an unknown tag")
    return Link(inner[1:]), at


def _map(block: bytes, at: int, number: int, depth: int) -> tuple[dict[str, Any], int]:
    found: dict[str, Any] = {}
    for _ in range(number):
        key, at = _value(block, at, depth + 1)
        if not isinstance(key, str):
            raise ValueError("a key that is not text")
        found[key], at = _value(block, at, depth + 1)
    return found, at


def _argument(block: bytes, at: int, small: int) -> tuple[int, int]:
    if small < 24:
        return small, at
    if small > 27:
        raise ValueError("an indefinite length")
    size = 1 << (small - 24)
    if at + size > len(block):
        raise ValueError("cut short")
    return int.from_bytes(block[at : at + size], "big"), at + size


def _simple(block: bytes, at: int, small: int) -> tuple[Any, int]:
    if small in (20, 21, 22):
        return {20: False, 21: True, 22: None}[small], at + 1
    if small == 27 and at + 9 <= len(block):
        return struct.unpack(">d", block[at + 1 : at + 9])[0], at + 9
    raise ValueError("an unknown simple value")
