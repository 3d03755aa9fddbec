"""Each format: what is read, from whom to whom, what is left out, and never a word of the text."""

import json
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from handrail.formats.interactions.collector import number_of
from handrail.formats.interactions.load import Loaded, load
from handrail.formats.interactions.schema import INTERACTIONS, KINDS, PEOPLE, Completeness
from tests.unit.formats.interactions import exports

SHARED = Path(os.environ.get("HANDRAIL_SHARED_DATA", Path(__file__).parents[5] / "shared" / "data")) / "interactions"
Make = Callable[[Path], Path]


def write(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


MAKERS: dict[str, Make] = {
    "slack zip": lambda folder: exports.as_zip(folder / "slack.zip", exports.slack()),
    "slack folder": lambda folder: exports.as_folder(folder / "slack", exports.slack()),
    "old slack": lambda folder: exports.as_zip(folder / "old.zip", exports.slack_before_threads()),
    "mattermost": lambda folder: write(folder / "bulk.jsonl", exports.mattermost()),
    "mattermost zip": lambda folder: exports.as_zip(folder / "bulk.zip", {"import.jsonl": exports.mattermost()}),
    "viva": lambda folder: exports.as_zip(folder / "viva.zip", exports.viva_engage()),
    "teams": lambda folder: write(folder / "teams.json", exports.teams(pascal=True)),
    "teams graph": lambda folder: write(folder / "graph.json", exports.teams(pascal=False)),
    "zulip": lambda folder: exports.as_tar(folder / "zulip.tar.gz", exports.zulip()),
    "discourse": lambda folder: write(folder / "topic.json", exports.discourse()),
    "discourse archive": lambda folder: exports.as_zip(folder / "me.zip", exports.discourse_archive()),
    "mastodon": lambda folder: exports.as_tar(folder / "mastodon.tar.gz", exports.mastodon()),
    "bluesky": lambda folder: write(folder / "repo.car", exports.bluesky()),
    "mail": lambda folder: write(folder / "box.mbox", exports.mbox()),
}


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str], Loaded]:
    return lambda name: load([MAKERS[name](tmp_path)])


def acts(loaded: Loaded) -> Counter[tuple[str, str | None, str | None]]:
    """(kind, source, target) of every act, by the people's own keys."""
    keys = [*loaded.people["key"].to_pylist(), None]
    rows = loaded.interactions.to_pylist()
    return Counter(
        (
            KINDS[row["kind"]],
            keys[-1 if row["source"] is None else row["source"]],
            keys[-1 if row["target"] is None else row["target"]],
        )
        for row in rows
    )


def rows_where(loaded: Loaded, **wanted: Any) -> list[dict[str, Any]]:
    return [row for row in loaded.interactions.to_pylist() if all(row[name] == value for name, value in wanted.items())]


@pytest.mark.parametrize("name", MAKERS)
def test_every_reader_keeps_the_schema_and_no_text(read: Callable[[str], Loaded], name: str) -> None:
    loaded = read(name)
    assert loaded.interactions.schema == INTERACTIONS
    assert loaded.people.schema == PEOPLE
    assert loaded.interactions.num_rows > 0
    everything = f"{loaded.interactions.to_pylist()}{loaded.people.to_pylist()}{loaded.reading}"
    assert exports.SECRET not in everything


@pytest.mark.parametrize("name", MAKERS)
def test_loading_twice_doubles_nothing(tmp_path: Path, name: str) -> None:
    first, second = tmp_path / "one", tmp_path / "two"
    first.mkdir()
    second.mkdir()
    once, twice = load([MAKERS[name](first)]), load([MAKERS[name](first), MAKERS[name](second)])
    assert twice.interactions.sort_by("id").equals(once.interactions.sort_by("id"))
    assert twice.reading.left_out["acts met twice"] == once.interactions.num_rows


@pytest.mark.parametrize("name", ["slack zip", "slack folder"])
def test_slack(read: Callable[[str], Loaded], name: str) -> None:
    loaded = read(name)
    assert acts(loaded) == {
        ("post", "U1", None): 1,
        ("reply", "U2", "U1"): 1,
        ("reply", "U3", "U1"): 1,
        ("mention", "U2", "U3"): 1,
        ("reaction", "U2", "U1"): 1,
        ("reaction", None, "U1"): 1,
    }
    assert len({row["thread"] for row in rows_where(loaded) if row["kind"] < 2}) == 1
    assert loaded.people["email"].to_pylist()[0] == "ann@example.org"
    assert [row["outside"] for row in rows_where(loaded, kind=1)] == [False, True]
    left = loaded.reading.left_out
    assert (left["joins and leaves"], left["messages of bots"], left["replies to oneself"]) == (1, 2, 1)
    assert (left["reactions to oneself"], left["days of direct messages, not opened"]) == (1, 1)
    assert loaded.reading.broken_count == 2
    assert {(broken.file, broken.position) for broken in loaded.reading.broken} == {
        ("general/2026-01-06.json", 2),
        ("general/2026-01-06.json", 3),
    }


def test_slack_before_threads(read: Callable[[str], Loaded]) -> None:
    loaded = read("old slack")
    assert acts(loaded) == {
        ("post", "U1", None): 2,
        ("reply", "U2", "U1"): 1,
        ("mention", "U2", "U1"): 1,
        ("post", "U2", None): 1,
    }
    assert [row["inferred"] for row in rows_where(loaded, kind=1)] == [True]
    assert "threads" in loaded.reading.lacking


@pytest.mark.parametrize("name", ["mattermost", "mattermost zip"])
def test_mattermost(read: Callable[[str], Loaded], name: str) -> None:
    loaded = read(name)
    assert acts(loaded) == {
        ("post", "ann", None): 1,
        ("mention", "ann", "ben"): 1,
        ("reaction", "ben", "ann"): 1,
        ("reply", "ben", "ann"): 1,
        ("post", "ben", None): 1,
    }
    left = loaded.reading.left_out
    assert (left["joins and other notices"], left["acts of bots"], left["direct posts, not read"]) == (1, 2, 1)
    assert left["replies to oneself"] == 1
    assert [broken.message for broken in loaded.reading.broken] == ["lacks “channel”."]


def test_mattermost_goes_on_after_a_line_that_is_not_json(tmp_path: Path) -> None:
    loaded = load([write(tmp_path / "bulk.jsonl", exports.mattermost(extra="{half a line\n\n"))])
    assert [broken.message for broken in loaded.reading.broken] == ["lacks “channel”.", "is not JSON."]
    assert loaded.interactions.num_rows == 5


def test_viva_engage(read: Callable[[str], Loaded]) -> None:
    loaded = read("viva")
    assert acts(loaded) == {("post", "1", None): 1, ("mention", "1", "2"): 1, ("reply", "2", "1"): 2}
    assert sorted(row["inferred"] for row in rows_where(loaded, kind=1)) == [False, True]
    assert loaded.people["unit"].to_pylist() == ["Housing", "Roads"]
    assert "reactions" in loaded.reading.lacking
    assert (loaded.reading.left_out["private messages, not read"], loaded.reading.broken_count) == (1, 1)


@pytest.mark.parametrize("name", ["teams", "teams graph"])
def test_teams(read: Callable[[str], Loaded], name: str) -> None:
    loaded = read(name)
    assert acts(loaded) == {
        ("post", "u1", None): 1,
        ("mention", "u1", "u2"): 1,
        ("reaction", "u2", "u1"): 1,
        ("reply", "u2", "u1"): 1,
        ("post", "u3", None): 1,
    }
    assert rows_where(loaded, kind=2)[0]["at"].hour == 10
    left = loaded.reading.left_out
    assert (left["messages of bots"], left["joins and other notices"], left["chat messages, not read"]) == (1, 1, 1)
    assert loaded.people["outside"].to_pylist()[-1] is True
    assert loaded.reading.broken_count == 1


def test_teams_as_a_folder(tmp_path: Path) -> None:
    files: dict[str, bytes | str] = {
        "teams/teamsList.json": "[]",
        "teams/t/messages_t.json": exports.teams(pascal=True),
        "teams/t/channels_t.json": "[]",
        "users/usersList.json": '[{"Id": "u1", "Mail": "ann@example.org", "Department": "Housing"}]',
        "users/u1/messages_u1.json": exports.teams(pascal=True),
    }
    loaded = load([exports.as_folder(tmp_path / "export", files)])
    assert loaded.interactions.num_rows == 5
    assert loaded.people["unit"].to_pylist()[0] == "Housing"
    assert loaded.reading.left_out["files of chats, not opened"] == 1


def test_zulip(read: Callable[[str], Loaded]) -> None:
    loaded = read("zulip")
    assert acts(loaded) == {
        ("post", "1", None): 1,
        ("reply", "2", "1"): 2,
        ("mention", "2", "1"): 1,
        ("reaction", "1", "2"): 1,
    }
    assert all(row["inferred"] for row in rows_where(loaded, kind=1))
    left = loaded.reading.left_out
    assert (left["messages of bots"], left["direct messages, not read"], loaded.reading.broken_count) == (1, 1, 1)
    assert loaded.people["outside"].to_pylist() == [False, True]


def test_discourse(read: Callable[[str], Loaded]) -> None:
    loaded = read("discourse")
    assert acts(loaded) == {
        ("post", "ann", None): 1,
        ("reply", "ben", "ann"): 1,
        ("reply", "cat", "ben"): 1,
        ("reaction", None, "ann"): 2,
    }
    assert [row["inferred"] for row in rows_where(loaded, kind=1)] == [True, False]
    assert "reactors" in loaded.reading.lacking


def test_a_persons_discourse_archive_has_no_relations(read: Callable[[str], Loaded]) -> None:
    loaded = read("discourse archive")
    assert acts(loaded) == {("post", "owner", None): 1}
    assert loaded.reading.completeness is Completeness.ONE_PERSON_ALONE
    assert {"targets", "received", "replies", "reactions"} <= set(loaded.reading.lacking)


def test_mastodon(read: Callable[[str], Loaded]) -> None:
    loaded = read("mastodon")
    me = "ann@here.example"
    assert acts(loaded) == {
        ("post", me, None): 2,
        ("reply", me, "ben@there.example"): 1,
        ("mention", me, "cat@there.example"): 1,
        ("reaction", me, "dan@there.example"): 1,
        ("reaction", me, "ben@there.example"): 1,
    }
    assert loaded.people["measured"].to_pylist() == [True, False, False, False]
    assert [row["at"] for row in rows_where(loaded, kind=2)].count(None) == 1
    assert loaded.reading.completeness is Completeness.ONE_PERSON
    assert loaded.reading.left_out["private posts, not read"] == 1


def test_an_address_that_is_none_names_nobody_on_mastodon(tmp_path: Path) -> None:
    me = "https://[::1/users/ann"
    likes = ["https://[there/users/ben", "https://a.example/users/ben"]
    archive = exports.mastodon() | {
        "actor.json": json.dumps({"id": me}),
        "likes.json": json.dumps({"orderedItems": likes}),
    }
    loaded = load([exports.as_tar(tmp_path / "mastodon.tar.gz", archive)])
    assert acts(loaded)["reaction", me, "ben@a.example"] == 1
    assert acts(loaded)["reaction", me, None] == 1


def test_bluesky(read: Callable[[str], Loaded]) -> None:
    loaded = read("bluesky")
    me = "did:plc:ann"
    assert acts(loaded) == {
        ("post", me, None): 1,
        ("reply", me, "did:plc:ben"): 1,
        ("mention", me, "did:plc:cat"): 1,
        ("mention", me, "did:plc:dan"): 1,
        ("reaction", me, "did:plc:ben"): 2,
    }
    assert loaded.reading.broken_count == 2
    assert "received" in loaded.reading.lacking


def test_mail(read: Callable[[str], Loaded]) -> None:
    loaded = read("mail")
    ann, ben, cat, dan = (f"{name}@example.org" for name in ("ann", "ben", "cat", "dan"))
    assert acts(loaded) == {
        ("post", ann, None): 1,
        ("mention", ann, ben): 1,
        ("mention", ann, cat): 1,
        ("reply", ben, ann): 1,
        ("mention", ben, cat): 1,
        ("reply", cat, dan): 1,
    }
    assert [(row["inferred"], row["at"] is None) for row in rows_where(loaded, kind=1)] == [
        (False, False),
        (True, True),
    ]
    assert len({row["thread"] for row in rows_where(loaded)}) == 2
    assert (loaded.reading.left_out["messages of bots"], loaded.reading.broken_count) == (1, 1)


def test_mail_to_very_many_reaches_nobody_in_particular(tmp_path: Path) -> None:
    many = ", ".join(f"p{number}@example.org" for number in range(40))
    box = write(tmp_path / "box.mbox", f"From a\nFrom: a@example.org\nTo: {many}\nMessage-ID: <1@a>\n\ntext\n")
    assert acts(load([box])) == {("post", "a@example.org", None): 1}


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="no shared data")
def test_real_slack_from_before_threads() -> None:
    loaded = load([SHARED / "slack_houstondatavis"])
    reading = loaded.reading
    assert (reading.records, reading.counts["ordinary messages"], reading.counts["joins"]) == (1382, 964, 320)
    assert reading.counts["reactions"] == 199
    assert loaded.people.num_rows == 71
    assert reading.broken_count == 0


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="no shared data")
@pytest.mark.parametrize(
    "name", ["slack_fixture_viewer", "bluesky_car", "discourse_api/topic.json", "teams", "mattermost"]
)
def test_real_files_load_whole(name: str) -> None:
    loaded = load([SHARED / name])
    assert loaded.interactions.num_rows > 0
    assert loaded.reading.broken_count == 0


def test_what_an_act_is_called_stays_the_same_for_ever() -> None:
    """Stored logs hold these numbers: another way to make them would double every export that is loaded again."""
    assert number_of("slack:C1:1767600000.000100") == 210299450313262178
    assert number_of("half a letter \ud83d") == 2942280944533919679
