"""Discourse topics as its API gives them (`/t/ID.json`, `/posts.json`), or one person's own archive."""

import csv
import io
from typing import Any

from handrail.formats.interactions.archive import Export, Refused
from handrail.formats.interactions.collector import NOBODY, Collector, iso_microseconds, number_of
from handrail.formats.interactions.schema import (
    POST,
    REACTION,
    REACTIONS,
    REACTORS,
    RECEIVED,
    REPLIES,
    REPLY,
    TARGETS,
    THREADS,
    Completeness,
)

NAME = "Discourse"
ARCHIVE = "user_archive.csv"
LIKE = 2
REGULAR = 1
SYSTEM = ("system", "discobot")
MOST_LIKES = 100_000


def recognises(export: Export) -> bool:
    """A person's archive, or JSON with a stream of posts."""
    if ARCHIVE in export:
        return True
    for name in export.ending(".json")[:20]:
        with export.open(name) as stream:
            start = stream.read(65_536)
        if b'"post_stream"' in start or b'"latest_posts"' in start:
            return True
    return False


def read(export: Export, collector: Collector) -> None:
    """Every topic in every JSON file, or the archive's posts."""
    if ARCHIVE in export:
        _archive(export, collector)
        return
    collector.reading.lacking[REACTORS] = "Discourse says how many liked a post, not who"
    collector.reading.notes.append(
        "a reply to no post in particular counts as a reply to who opened the topic (inferred)"
    )
    posts: list[tuple[str, Any]] = []
    for name in export.ending(".json"):
        try:
            page = export.json(name)
        except Refused:
            raise
        except ValueError:
            collector.broken(name, None, "is not JSON.")
            continue
        if not isinstance(page, dict):
            continue
        stream = page.get("post_stream")
        found = stream.get("posts") if isinstance(stream, dict) else page.get("latest_posts")
        if found is None:
            continue
        if not isinstance(found, list):
            collector.broken(name, None, "has something else where a list belongs.")
            continue
        posts += [(name, post) for post in found]
    reader = _Reader(collector, [post for _, post in posts])
    for position, (name, post) in enumerate(posts, 1):
        collector.one(name, position, post, reader.post)


class _Reader:
    """Turns posts into acts; knows who wrote which number of each topic."""

    def __init__(self, collector: Collector, posts: list[Any]) -> None:
        self._collector = collector
        self._authors = {
            (post.get("topic_id"), post.get("post_number")): post["username"]
            for post in posts
            if isinstance(post, dict)
            and isinstance(post.get("username"), str)
            and all(isinstance(post.get(name), int) for name in ("topic_id", "post_number"))
        }
        for name in SYSTEM:
            collector.bot(name)

    def post(self, post: dict[str, Any]) -> None:
        collector, reading = self._collector, self._collector.reading
        reading.records += 1
        if post.get("post_type", REGULAR) != REGULAR:
            reading.left_out["joins and other notices"] += 1
            return
        at, topic, number = iso_microseconds(post["created_at"]), int(post["topic_id"]), int(post["post_number"])
        author = collector.person(str(post["username"]))
        identity, thread = f"discourse:{int(post['id'])}", number_of(f"discourse:topic:{topic}")
        category = post.get("category_id")
        channel = collector.channel(f"category {category}") if category is not None else None
        if number == 1:
            reading.counts["topics"] += 1
            collector.act(identity, at, author, NOBODY, POST, channel=channel, thread=thread)
        else:
            reading.counts["replies"] += 1
            answered = post.get("reply_to_post_number")
            name = self._authors.get((topic, answered or 1))
            target = collector.person(name) if name else NOBODY
            collector.act(identity, at, author, target, REPLY, channel=channel, thread=thread, inferred=not answered)
        likes = sum(
            int(action.get("count") or 0) for action in post.get("actions_summary") or () if action["id"] == LIKE
        )
        if likes > MOST_LIKES:
            raise ValueError("likes")
        reading.counts["likes"] += likes
        for like in range(likes):
            collector.act(f"{identity}:like:{like}", at, NOBODY, author, REACTION, channel=channel)


def _archive(export: Export, collector: Collector) -> None:
    reading = collector.reading
    reading.completeness = Completeness.ONE_PERSON_ALONE
    alone = "this archive holds one person's own posts, without whom they answer"
    reading.lacking |= {RECEIVED: alone, TARGETS: alone, REPLIES: alone, REACTIONS: alone, THREADS: alone}
    owner = collector.person("owner", measured=True)
    with export.open(ARCHIVE) as stream:
        rows = csv.DictReader(io.TextIOWrapper(stream, "utf-8-sig", errors="replace", newline=""))
        try:
            for row in rows:
                reading.records += 1
                collector.one(ARCHIVE, rows.line_num, row, lambda row: _own_post(collector, owner, row))
        except csv.Error as error:
            raise Refused(f"“{ARCHIVE}”, line {rows.line_num}, is not a readable CSV row ({error}).") from error


def _own_post(collector: Collector, owner: int, row: dict[str, str]) -> None:
    if str(row.get("is_pm")).lower() in ("yes", "true"):
        collector.reading.left_out["private messages, not read"] += 1
        return
    at = iso_microseconds(row["created_at"])
    channel = collector.channel(row["categories"]) if row.get("categories") else None
    collector.act(f"discourse:{row['url']}", at, owner, NOBODY, POST, channel=channel)
