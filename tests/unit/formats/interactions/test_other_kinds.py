"""A value of another kind anywhere in an export: the export is refused, or the record is named and the rest is read."""

import copy
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from handrail.formats.interactions.load import Faulty, load
from tests.unit.formats.interactions import exports

Files = dict[str, bytes | str]
DEEP = "a place for what is nested"
NESTED = ["[" * 900 + "]" * 900, '{"a":' * 900 + "1" + "}" * 900, "[" * 90_000]
WRONG = [None, True, 0, -1, 10**30, 1e308, "", "x", "\x00", [], [[]], {}, {"a": {}}, "9" * 5000, DEEP]
KINDS: dict[str, Files] = {
    "slack": exports.slack(),
    "slack before threads": exports.slack_before_threads(),
    "mattermost": {"posts.jsonl": exports.mattermost()},
    "teams": {"messages.json": exports.teams(pascal=False)},
    "zulip": exports.zulip(),
    "discourse": {"topic.json": exports.discourse()},
    "mastodon": exports.mastodon(),
}


def spoiled(files: Files) -> Iterator[tuple[str, Files]]:
    """The export with one value of it of another kind; and with deep nesting there."""
    for name, content in files.items():
        if not name.endswith((".json", ".jsonl")):
            continue
        lines = content.splitlines() if name.endswith(".jsonl") else [content]
        for number, line in enumerate(lines):
            for place in places(json.loads(line)):
                for wrong in WRONG:
                    text = json.dumps(put(json.loads(line), place, wrong))
                    for inner in NESTED if wrong is DEEP else [""]:
                        whole = [*lines[:number], text.replace(json.dumps(DEEP), inner), *lines[number + 1 :]]
                        yield (
                            f"{name} {number} {place} {wrong!r}"[:120],
                            {**files, name: "\n".join(map(as_text, whole))},
                        )


def as_text(line: bytes | str) -> str:
    return line if isinstance(line, str) else line.decode()


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield at
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield from places(one, (*at, key))


def put(value: Any, place: tuple[Any, ...], wrong: Any) -> Any:
    if not place:
        return wrong
    changed = copy.copy(value)
    changed[place[0]] = put(changed[place[0]], place[1:], wrong)
    return changed


def faults_of(folder: Path, cases: Iterator[tuple[str, Files]]) -> list[str]:
    faults = []
    for how, files in cases:
        try:
            load([exports.as_folder(folder, files)])  # each has the same names: written over
        except Faulty:
            continue
        except Exception as error:
            faults.append(f"{how}: {error!r}"[:300])
    return faults


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_value_of_another_kind_stops_nothing(tmp_path: Path, kind: str) -> None:
    """A hundredth of them; the long test takes all."""
    assert faults_of(tmp_path, islice(spoiled(KINDS[kind]), 0, None, 101)) == []


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_no_value_of_another_kind_anywhere_stops_anything(tmp_path: Path, kind: str) -> None:
    assert faults_of(tmp_path, spoiled(KINDS[kind])) == []


ONCE_FATAL: dict[str, tuple[str, str, tuple[Any, ...], Any]] = {
    "an address that is no text": ("slack", "users.json", (0, "profile", "email"), True),
    "a team that is a list": ("slack", "users.json", (0, "team_id"), []),
    "who speaks is a number": ("slack", "general/2026-01-05.json", (0, "user"), 7),
    "a topic that is a list": ("discourse", "topic.json", ("post_stream", "posts", 0, "topic_id"), []),
    "posts that are no list": ("discourse", "topic.json", ("post_stream", "posts"), True),
    "a message's number is an object": ("teams", "messages.json", ("value", 0, "id"), {}),
    "streams that are no list": ("zulip", "realm.json", ("zerver_stream",), 1),
    "a place without its kind": ("zulip", "realm.json", ("zerver_recipient", 0, "type_id"), []),
    "people that are a word": ("zulip", "realm.json", ("zerver_userprofile",), "x"),
}


@pytest.mark.parametrize("case", ONCE_FATAL.values(), ids=ONCE_FATAL)
def test_what_once_stopped_a_whole_export_is_named(tmp_path: Path, case: tuple[str, str, tuple[Any, ...], Any]) -> None:
    kind, ending, place, wrong = case
    name = next(name for name in KINDS[kind] if name.endswith(ending))
    spoiled_one = {**KINDS[kind], name: json.dumps(put(json.loads(KINDS[kind][name]), place, wrong))}
    before = load([exports.as_folder(tmp_path / "before", KINDS[kind])]).reading
    assert load([exports.as_folder(tmp_path / "after", spoiled_one)]).reading.broken_count >= before.broken_count


def test_a_realm_that_is_no_json_is_refused(tmp_path: Path) -> None:
    name = next(name for name in KINDS["zulip"] if name.endswith("realm.json"))
    with pytest.raises(Faulty, match="not JSON"):
        load([exports.as_folder(tmp_path / "a", {**KINDS["zulip"], name: NESTED[-1]})])
