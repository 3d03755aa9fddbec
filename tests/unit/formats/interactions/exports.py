"""Small exports of every kind, made here. SECRET stands in every text and must come out nowhere."""

import io
import json
import tarfile
import zipfile
from pathlib import Path
from typing import Any

SECRET = "the-words-nobody-else-may-read"


def as_zip(path: Path, files: dict[str, bytes | str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def as_folder(path: Path, files: dict[str, bytes | str]) -> Path:
    for name, content in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def as_tar(path: Path, files: dict[str, bytes | str]) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for name, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


def slack_message(user: str, second: int, text: str = SECRET, **more: Any) -> dict[str, Any]:
    return {"type": "message", "user": user, "text": text, "ts": f"{1_767_600_000 + second}.000100", **more}


def slack() -> dict[str, bytes | str]:
    """Two days: a thread with two replies (one by its opener), a broadcast, reactions, a bot, a join, a guest."""
    root = "1767600000.000100"
    first = [
        slack_message("U1", 0, thread_ts=root, reactions=[{"name": "ok", "users": ["U2", "U1"], "count": 3}]),
        slack_message("U2", 60, f"<@U3> {SECRET}", thread_ts=root, parent_user_id="U1"),
        slack_message("U1", 90, thread_ts=root, parent_user_id="U1"),
        slack_message("U3", 100, subtype="channel_join"),
        slack_message("U4", 110),
        {"type": "message", "subtype": "bot_message", "bot_id": "B1", "text": SECRET, "ts": "1767600120.000100"},
    ]
    second = [
        slack_message("U3", 90_000, thread_ts=root, parent_user_id="U1", subtype="thread_broadcast"),
        {"type": "message", "text": SECRET},
        "not a message",
    ]
    users = [
        {"id": "U1", "team_id": "T1", "profile": {"email": "ann@example.org"}},
        {"id": "U2", "team_id": "T1", "profile": {}},
        {"id": "U3", "team_id": "T1", "is_restricted": True},
        {"id": "U4", "team_id": "T1", "is_bot": True},
    ]
    return {
        "users.json": json.dumps(users),
        "channels.json": json.dumps([{"id": "C1", "name": "general"}]),
        "dms.json": json.dumps([{"id": "D1", "members": ["U1", "U2"]}]),
        "general/2026-01-05.json": json.dumps(first),
        "general/2026-01-06.json": json.dumps(second),
        "D1/2026-01-05.json": json.dumps([slack_message("U1", 5)]),
    }


def slack_before_threads() -> dict[str, bytes | str]:
    messages = [
        slack_message("U1", 0),
        slack_message("U2", 10, f"<@U1|ann> {SECRET}"),
        slack_message("U1", 20, "<@U1> uploaded a file", subtype="file_share"),
        {
            "type": "message",
            "subtype": "file_comment",
            "comment": {"user": "U2"},
            "text": SECRET,
            "ts": "1767600030.000100",
        },
    ]
    return {
        "users.json": json.dumps([{"id": "U1"}, {"id": "U2"}]),
        "channels.json": json.dumps([{"name": "general", "created": "1433558319"}]),
        "general/2016-01-05.json": json.dumps(messages),
    }


def mattermost(*, extra: str = "") -> str:
    base = 1_767_600_000_000
    lines: list[dict[str, Any]] = [
        {"type": "version", "version": 1},
        {"type": "channel", "channel": {"team": "hq", "name": "town"}},
        {"type": "user", "user": {"username": "ann", "email": "ann@example.org", "roles": "system_user"}},
        {"type": "user", "user": {"username": "ben", "roles": "system_user system_guest"}},
        {"type": "bot", "bot": {"username": "hook"}},
    ]
    post = {
        "team": "hq",
        "channel": "town",
        "user": "ann",
        "message": f"@ben {SECRET}",
        "create_at": base,
        "reactions": [{"user": "ben", "emoji_name": "ok", "create_at": base + 5_000}],
        "replies": [
            {"user": "ben", "message": SECRET, "create_at": base + 60_000, "reactions": None},
            {"user": "ann", "message": SECRET, "create_at": base + 90_000},
        ],
    }
    more = [
        {**post, "message": "ann joined the channel.", "replies": None, "reactions": None, "create_at": base + 1},
        {**post, "user": "hook", "replies": None, "reactions": None, "create_at": base + 2},
        {**post, "user": "ben", "message": SECRET, "replies": None, "reactions": None, "create_at": base + 3},
    ]
    lines += [{"type": "post", "post": each} for each in [post, *more]]
    lines += [{"type": "post", "post": {"team": "hq"}}]
    lines += [{"type": "direct_post", "direct_post": {"user": "ann", "message": SECRET}}]
    return "\n".join(json.dumps(line) for line in lines) + "\n" + extra


def viva_engage() -> dict[str, bytes | str]:
    head = "id,replied_to_id,thread_id,group_id,group_name,in_private_conversation,sender_id,body,message_type,"
    head += "created_at\n"
    rows = [
        f"10,null,10,5,Town,false,1,{SECRET} [[user:2]],update,2026/01/05 09:00:00 +0000",
        f'11,10,10,5,Town,false,2,"{SECRET}, again",update,2026/01/05 10:00:00 +0000',
        f"12,99,10,5,Town,false,2,{SECRET},update,2026/01/05 11:00:00 +0000",
        f"13,null,13,5,Town,true,1,{SECRET},update,2026/01/05 12:00:00 +0000",
        "14,null,14,5,Town,false,1,joined,system,2026/01/05 12:00:00 +0000",
        f"x,null,15,5,Town,false,1,{SECRET},update,2026/01/05 12:00:00 +0000",
    ]
    users = "id,name,email,department\n1,Ann,ann@example.org,Housing\n2,Ben,ben@example.org,Roads\n"
    return {"Messages.csv": "\ufeff" + head + "\n".join(rows) + "\n", "Users.csv": "\ufeff" + users}


def teams(*, pascal: bool) -> str:
    def message(number: int, user: str | None, **more: Any) -> dict[str, Any]:
        sender = {"user": {"id": user, "userIdentityType": "aadUser"}} if user else {"application": {"id": "bot"}}
        return {
            "id": str(number),
            "replyToId": None,
            "createdDateTime": f"2026-01-05T09:{number:02d}:00.5Z",
            "messageType": "message",
            "from": sender,
            "body": {"content": SECRET},
            "channelIdentity": {"teamId": "t", "channelId": "19:c"},
            "mentions": [],
            "reactions": [],
            **more,
        }

    reaction = {"reactionType": "like", "createdDateTime": "2026-01-05T10:00:00Z", "user": {"user": {"id": "u2"}}}
    records = [
        message(1, "u1", reactions=[reaction], mentions=[{"mentioned": {"user": {"id": "u2"}}}]),
        message(2, "u2", replyToId="1"),
        message(3, "u1", replyToId="1"),
        message(4, None),
        message(5, "u1", messageType="systemEventMessage"),
        message(6, "u1", chatId="c1"),
        message(7, "u3", **{"from": {"user": {"id": "u3", "userIdentityType": "federatedUser"}}}),
        {"id": "8", "messageType": "message", "channelIdentity": {"channelId": "c"}},
    ]
    return json.dumps(_pascal(records) if pascal else {"value": records})


def _pascal(value: Any) -> Any:
    if isinstance(value, dict):
        return {key[:1].upper() + key[1:]: _pascal(inner) for key, inner in value.items()}
    return [_pascal(inner) for inner in value] if isinstance(value, list) else value


def zulip() -> dict[str, bytes | str]:
    realm = {
        "zerver_userprofile": [
            {"id": 1, "full_name": "Ann", "delivery_email": "ann@example.org", "role": 400},
            {"id": 2, "full_name": "Ben", "email": "ben@example.org", "role": 600},
            {"id": 3, "full_name": "Hook", "is_bot": True},
        ],
        "zerver_userprofile_crossrealm": [{"id": 4, "email": "notices@zulip"}],
        "zerver_stream": [{"id": 7, "name": "general"}],
        "zerver_recipient": [{"id": 20, "type": 2, "type_id": 7}, {"id": 21, "type": 1, "type_id": 1}],
    }

    def message(number: int, sender: int, recipient: int = 20, **more: Any) -> dict[str, Any]:
        sent = 1_767_600_000.25 + number
        return {"id": number, "sender": sender, "recipient": recipient, "subject": "Bins", "date_sent": sent, **more}

    messages = [
        message(1, 1, content=SECRET),
        message(2, 2, content=f"@**Ann** {SECRET}"),
        message(3, 2, content=SECRET),
        message(4, 3, content=SECRET),
        message(5, 1, 21, content=SECRET),
        {"id": 6},
    ]
    reactions = [{"id": 1, "user_profile": 1, "message": 2, "emoji_name": "ok"}]
    page = {"zerver_message": messages, "zerver_reaction": reactions}
    return {"export/realm.json": json.dumps(realm), "export/messages-000001.json": json.dumps(page)}


def discourse() -> str:
    def post(number: int, user: str, answers: int | None = None, likes: int = 0, **more: Any) -> dict[str, Any]:
        return {
            "id": 80 + number,
            "username": user,
            "created_at": f"2026-01-0{number}T09:00:00.000Z",
            "cooked": SECRET,
            "post_number": number,
            "post_type": 1,
            "reply_to_post_number": answers,
            "topic_id": 57,
            "actions_summary": [{"id": 2, "count": likes}],
            **more,
        }

    posts = [
        post(1, "ann", likes=2),
        post(2, "ben"),
        post(3, "cat", 2),
        post(4, "ann", post_type=3),
        post(5, "system"),
        {"id": 9},
    ]
    return json.dumps({"post_stream": {"posts": posts}})


def discourse_archive() -> dict[str, bytes | str]:
    head = "topic_title,categories,is_pm,post_raw,like_count,reply_count,url,created_at\n"
    return {
        "user_archive.csv": head
        + f"Bins,Streets,No,{SECRET},3,1,https://forum.example/t/1/1,2026-01-05 09:00:00 UTC\n"
        + f"Bins,Streets,Yes,{SECRET},0,0,https://forum.example/t/2/1,2026-01-05 10:00:00 UTC\n"
    }


def mastodon() -> dict[str, bytes | str]:
    public = "https://www.w3.org/ns/activitystreams#Public"
    me = "https://here.example/users/ann"

    def create(number: int, to: str = public, **more: Any) -> dict[str, Any]:
        note = {"id": f"{me}/statuses/{number}", "content": SECRET, "conversation": f"tag:{number}", **more}
        moment = f"2026-01-05T09:0{number}:00Z"
        return {"id": f"{note['id']}/activity", "type": "Create", "published": moment, "to": [to], "object": note}

    items = [
        create(1),
        create(2, inReplyTo="https://there.example/users/ben/statuses/5"),
        create(3, tag=[{"type": "Mention", "href": "https://there.example/@cat"}, {"type": "Hashtag", "name": "x"}]),
        create(4, to="https://there.example/users/ben"),
        {
            "id": f"{me}/boost/1",
            "type": "Announce",
            "published": "2026-01-06T09:00:00Z",
            "to": [public],
            "object": "https://there.example/@dan/7",
        },
        {"type": "Create", "to": [public]},
    ]
    return {
        "actor.json": json.dumps({"id": me}),
        "outbox.json": json.dumps({"orderedItems": items}),
        "likes.json": json.dumps({"orderedItems": ["https://there.example/users/ben/statuses/9"]}),
    }


def _head(major: int, number: int) -> bytes:
    if number < 24:
        return bytes([major << 5 | number])
    for small, size in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if number < 1 << (8 * size):
            return bytes([major << 5 | small]) + number.to_bytes(size, "big")
    raise ValueError(number)


def cbor(value: Any) -> bytes:
    """The value in CBOR, as far as these fixtures need."""
    if value is None or isinstance(value, bool):
        return {None: b"\xf6", True: b"\xf5", False: b"\xf4"}[value]
    if isinstance(value, int):
        return _head(0, value) if value >= 0 else _head(1, -1 - value)
    if isinstance(value, bytes):
        return _head(2, len(value)) + value
    if isinstance(value, str):
        return _head(3, len(value.encode())) + value.encode()
    if isinstance(value, list):
        return _head(4, len(value)) + b"".join(cbor(item) for item in value)
    return _head(5, len(value)) + b"".join(cbor(key) + cbor(item) for key, item in value.items())


def _varint(number: int) -> bytes:
    out = b""
    while number > 127:
        out += bytes([number & 127 | 128])
        number >>= 7
    return out + bytes([number])


def car(blocks: list[bytes]) -> bytes:
    """A CAR file, version 1; identifiers are made up."""
    header = cbor({"roots": [], "version": 1})
    out = _varint(len(header)) + header
    for number, block in enumerate(blocks):
        section = b"\x01\x71\x12\x20" + number.to_bytes(32, "big") + block
        out += _varint(len(section)) + section
    return out


def bluesky() -> bytes:
    me, ben = "did:plc:ann", "at://did:plc:ben/app.bsky.feed.post/1"
    moment = "2026-01-05T09:00:00.000Z"
    records: list[dict[str, Any]] = [
        {"$type": "app.bsky.feed.post", "text": SECRET, "createdAt": moment},
        {
            "$type": "app.bsky.feed.post",
            "text": SECRET,
            "createdAt": moment,
            "reply": {"root": {"uri": ben}, "parent": {"uri": ben}},
            "facets": [{"features": [{"$type": "app.bsky.richtext.facet#mention", "did": "did:plc:cat"}]}],
            "embed": {"$type": "app.bsky.embed.record", "record": {"uri": "at://did:plc:dan/app.bsky.feed.post/2"}},
        },
        {"$type": "app.bsky.feed.like", "subject": {"uri": ben}, "createdAt": moment},
        {"$type": "app.bsky.feed.repost", "subject": {"uri": ben}, "createdAt": moment},
        {"$type": "app.bsky.graph.follow", "subject": "did:plc:ben", "createdAt": moment},
        {"$type": "app.bsky.feed.like", "createdAt": moment},
    ]
    commit = {"did": me, "version": 3, "sig": b"\x00"}
    return car([*(cbor(record) for record in records), cbor(commit), cbor([1, -2, None, True]), b"\xff\xff"])


def mbox() -> str:
    return f"""From ann@example.org Mon Jan  5 09:00:00 2026
From: Ann <Ann@example.org>
To: Ben <ben@example.org>, cat@example.org
Subject: {SECRET}
Date: Mon, 5 Jan 2026 09:00:00 +0000
Message-ID: <1@example.org>

{SECRET}
From here on this line is text, not a new message.

From ben@example.org Mon Jan  5 10:00:00 2026
From: ben@example.org
To: ann@example.org
Cc: cat@example.org
Date: Mon, 5 Jan 2026 10:00:00 +0000
Message-ID: <2@example.org>
In-Reply-To: <1@example.org>
References: <1@example.org>

{SECRET}

From cat@example.org Mon Jan  5 11:00:00 2026
From: cat@example.org
To: dan@example.org
Date: yesterday
Message-ID: <3@example.org>
In-Reply-To: <0@elsewhere.example>

{SECRET}

From list@example.org Mon Jan  5 12:00:00 2026
From: list@example.org
Auto-Submitted: auto-generated
To: ann@example.org

{SECRET}

From nobody Mon Jan  5 12:00:00 2026
Subject: {SECRET}

{SECRET}
"""
