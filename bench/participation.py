"""Participation measured beside its peers: CPU seconds, peak memory and ratios in one run on one generated file.

    python bench/participation.py                        10M acts, 50k people
    python bench/participation.py --rows 50000000 --people 200000 --only scan,kernel
    python bench/participation.py --only graph,slack,mattermost,loop,sql,pandas

Every contender runs in a process of its own and prints what it used. `scan` is one DuckDB pass over the same columns of
the same Parquet file: the yardstick. `loop` (networkx and dictionaries, row by row) runs on a part and is scaled up.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet

COLUMNS = ["at", "source", "target", "kind", "thread", "outside"]
LOOP_ROWS = 300_000
YEAR = 365 * 86_400 * 1_000_000
START = 1_735_689_600_000_000


def generate(path: Path, rows: int, people: int, seed: int = 1) -> None:
    """A year of acts: few are very active, most ties stay near home, replies belong to threads."""
    rng = np.random.default_rng(seed)
    at = np.sort(rng.integers(START, START + YEAR, rows))
    source = (people * rng.random(rows) ** 2.5).astype(np.int32)
    near = (source + rng.integers(1, 60, rows)) % people
    target = np.where(rng.random(rows) < 0.8, near, (people * rng.random(rows) ** 2).astype(np.int32)).astype(np.int32)
    kind = rng.choice(np.array([0, 1, 2, 3], dtype=np.int8), rows, p=[0.25, 0.3, 0.35, 0.1])
    threads = max(1, rows // 5)
    thread = np.minimum(threads - 1, np.arange(rows) // 5 + rng.integers(0, 200, rows))
    table = pa.table(
        {
            "at": pa.array(at, pa.timestamp("us", "UTC")),
            "source": source,
            "target": pa.array(target, mask=(kind == 0) | (target == source)),
            "kind": kind,
            "thread": pa.array(thread, mask=kind > 1),
            "outside": rng.random(rows) < 0.1,
        }
    )
    pa.parquet.write_table(table, path, compression="zstd")


def prepared(path: Path, people: int) -> Any:
    from handrail.engines.participation.log import prepare

    table = pa.parquet.read_table(path, columns=COLUMNS)
    return prepare(table, units_of(people))


def scan(path: Path, people: int) -> int:
    import duckdb

    columns = ", ".join(f'sum(hash("{name}"))' for name in COLUMNS)
    duckdb.sql(f"SELECT {columns} FROM '{path}'").fetchall()
    return 0


def kernel(path: Path, people: int) -> int:
    """The compiled path, from the stored log, batch by batch."""
    from handrail.compute.analytics import DuckDBQuery
    from handrail.engines.participation import measures

    stored = pa.parquet.ParquetFile(path, pre_buffer=False)

    def batches(columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        return stored.iter_batches(columns=list(columns), batch_size=2**19, use_threads=False)

    return checksum(measures.measure_stored(batches, units_of(people), DuckDBQuery()).people)


def sql(path: Path, people: int) -> int:
    """The definition: the log in memory, the SQL on DuckDB."""
    from handrail.compute.analytics import DuckDBQuery
    from handrail.engines.participation import measures

    return checksum(measures.measure(prepared(path, people), DuckDBQuery(), with_kernel=False).people)


def units_of(people: int) -> "np.typing.NDArray[np.int32]":
    return (np.arange(people) % 400).astype(np.int32)


def checksum(found: pa.Table) -> int:
    """The measures, boiled down to one number that contenders must agree on."""
    names = (
        "posts",
        "replies_received",
        "reached",
        "heard_from",
        "two_way",
        "cross_ties",
        "threads_answered",
        "active_weeks",
    )
    weights = np.arange(found.num_rows) % 97 + 1
    return int(sum((found[name].to_numpy().astype(np.int64) * weights).sum() for name in names))


def pandas(path: Path, people: int) -> int:
    """The same measures, vectorised. Needs the package pandas, which nothing else here does."""
    import pandas as pd

    frame = pd.read_parquet(path, columns=COLUMNS)
    week = (frame["at"].astype("int64") // 1_000 // 86_400_000 + 3) // 7
    units = np.arange(people) % 400
    given, got = frame.groupby("source"), frame.dropna(subset=["target"]).astype({"target": "int64"})
    ties = got[["source", "target"]].drop_duplicates()
    low, high = np.minimum(ties["source"], ties["target"]), np.maximum(ties["source"], ties["target"])
    pairs = pd.DataFrame({"low": low, "high": high}).value_counts()
    mutual = pairs[pairs == 2].index
    started = frame[(frame["kind"] == 0) & frame["thread"].notna()].drop_duplicates("thread")[
        ["thread", "source", "at"]
    ]
    replies = frame[frame["kind"] == 1].merge(started, on="thread", suffixes=("", "_opener"))
    replies = replies[replies["source"] != replies["source_opener"]]
    waits = replies.assign(wait=replies["at"] - replies["at_opener"]).groupby("thread")["wait"].min()
    talk = frame[frame["kind"] <= 1]
    gaps = talk.groupby("source")["at"].diff().dt.total_seconds()
    gave, received = frame.groupby(["source", "kind"]).size(), got.groupby(["target", "kind"]).size()
    apart = ties[units[ties["source"]] != units[ties["target"]]]
    found = {
        "posts": gave.xs(0, level="kind"),
        "replies_received": received.xs(1, level="kind"),
        "active_weeks": pd.DataFrame({"source": frame["source"], "week": week})
        .drop_duplicates()
        .groupby("source")
        .size(),
        "reached": ties.groupby("source").size(),
        "heard_from": ties.groupby("target").size(),
        "two_way": mutual.get_level_values(0)
        .value_counts()
        .add(mutual.get_level_values(1).value_counts(), fill_value=0),
        "cross_ties": apart.groupby("source").size(),
        "threads_answered": replies.drop_duplicates("thread").groupby("source_opener").size(),
    }
    for more in (started.groupby("source").size(), waits.median(), given["outside"].sum()):
        assert more is not None
    assert len(gaps.groupby(talk["source"]).agg(["mean", "std"]))
    return checksum(
        pa.table({name: counts.reindex(range(people), fill_value=0).to_numpy() for name, counts in found.items()})
    )


def loop(path: Path, people: int) -> int:
    """Row by row with dictionaries and networkx; on LOOP_ROWS acts."""
    from collections import Counter, defaultdict

    import networkx as nx

    batch = next(pa.parquet.ParquetFile(path).iter_batches(batch_size=LOOP_ROWS, columns=COLUMNS))
    given: Counter[tuple[int, int]] = Counter()
    received: Counter[tuple[int, int]] = Counter()
    active: dict[int, set[int]] = defaultdict(set)
    times: dict[int, list[float]] = defaultdict(list)
    opener: dict[int, int] = {}
    answered: set[int] = set()
    graph = nx.DiGraph()
    for row in batch.to_pylist():
        source, target, kind, moment = row["source"], row["target"], row["kind"], row["at"].timestamp()
        given[source, kind] += 1
        active[source].add(int((moment // 86_400 + 3) // 7))
        if kind <= 1:
            times[source].append(moment)
        if target is not None:
            received[target, kind] += 1
            graph.add_edge(source, target)
        if row["thread"] is not None:
            if kind == 0:
                opener.setdefault(row["thread"], source)
            elif opener.get(row["thread"], source) != source:
                answered.add(row["thread"])
    total = 0
    for person in graph:
        out, into = set(graph.successors(person)), set(graph.predecessors(person))
        total += len(out & into) + sum(person % 400 != other % 400 for other in out)
        total += sum(later - earlier > 0 for earlier, later in zip(times[person], times[person][1:], strict=False))
    return total


def graph(path: Path, people: int) -> int:
    """Core, rank, communities, sampled betweenness and constraint of about half a million mutual ties."""
    from handrail.engines.participation.graph import graph as measured
    from handrail.engines.participation.log import prepare

    rng = np.random.default_rng(2)
    size, people = 530_000, 50_000
    one = (people * rng.random(size) ** 1.7).astype(np.int32)
    other = np.where(rng.random(size) < 0.8, (one + rng.integers(1, 80, size)) % people, rng.integers(0, people, size))
    ends = pa.array(np.concatenate([one, other]), pa.int32()), pa.array(np.concatenate([other, one]), pa.int32())
    table = pa.table(
        {
            "at": pa.nulls(2 * size, pa.timestamp("us", "UTC")),
            "source": ends[0],
            "target": ends[1],
            "kind": pa.array(np.ones(2 * size), pa.int8()),
            "thread": pa.nulls(2 * size, pa.int64()),
        }
    )
    log = prepare(table, np.full(people, -1, dtype=np.int32))
    STARTED["cpu"] = time.process_time()
    return measured(log).edges


def slack(path: Path, people: int) -> int:
    """A generated Slack export in the modern shape (blocks, profiles), about 100 MB."""
    return _read(path.with_suffix(".slack.zip"), _make_slack)


def mattermost(path: Path, people: int) -> int:
    """A generated Mattermost bulk export, about 100 MB."""
    return _read(path.with_suffix(".jsonl"), _make_mattermost)


def _read(path: Path, make: Callable[[Path], int]) -> int:
    """Reads without keeping rows, as an import that writes them on would. Bytes are those of the JSON."""
    from handrail.formats.interactions.archive import open_export
    from handrail.formats.interactions.collector import Collector
    from handrail.formats.interactions.detect import format_of

    size = make(path)
    rows = 0

    def count(batch: pa.RecordBatch) -> None:
        nonlocal rows
        rows += batch.num_rows

    STARTED["cpu"] = time.process_time()
    export = open_export(path)
    reader = format_of(export)
    collector = Collector(reader.NAME, count)
    reader.read(export, collector)
    collector.flush()
    STARTED["bytes"] = size
    return rows


WORDS = "the bins on the high street were emptied a day late and people asked why nobody had told them before"


def _make_slack(path: Path) -> int:
    users = [{"id": f"U{number:05d}", "team_id": "T1", "profile": {}} for number in range(500)]
    total = 0
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("users.json", json.dumps(users))
        archive.writestr("channels.json", json.dumps([{"id": "C1", "name": "general"}]))
        for day in range(100):
            messages = [_slack_message(day, number) for number in range(1_000)]
            content = json.dumps(messages, indent=4)
            total += len(content)
            archive.writestr(f"general/2026-{day // 28 + 1:02d}-{day % 28 + 1:02d}.json", content)
    return total


def _slack_message(day: int, number: int) -> dict[str, Any]:
    user, root = f"U{number * 7 % 500:05d}", number - number % 4
    stamp = f"{1_767_600_000 + day * 86_400 + number}.000100"
    text = f"<@U{number % 500:05d}> {WORDS}" if number % 5 == 0 else WORDS
    elements = [{"type": "text", "text": text}]
    block = {"type": "rich_text", "block_id": "x", "elements": [{"type": "rich_text_section", "elements": elements}]}
    message: dict[str, Any] = {
        "client_msg_id": f"3f2c0000-0000-4000-8000-{day:06d}{number:06d}",
        "type": "message",
        "user": user,
        "text": text,
        "ts": stamp,
        "team": "T1",
        "blocks": [block],
        "user_profile": {
            "real_name": "A Person",
            "display_name": "person",
            "avatar_hash": "0" * 12,
            "image_72": "x" * 60,
        },
        "thread_ts": f"{1_767_600_000 + day * 86_400 + root}.000100",
    }
    if number != root:
        message["parent_user_id"] = f"U{root * 7 % 500:05d}"
    if number % 3 == 0:
        message["reactions"] = [{"name": "ok", "users": [f"U{number % 499:05d}", f"U{number % 498:05d}"], "count": 2}]
    return message


def _make_mattermost(path: Path) -> int:
    with path.open("w") as out:
        out.write('{"type":"version","version":1}\n')
        for number in range(500):
            out.write(json.dumps({"type": "user", "user": {"username": f"u{number}", "roles": "system_user"}}) + "\n")
        for number in range(60_000):
            out.write(json.dumps({"type": "post", "post": _mattermost_post(number)}) + "\n")
    return path.stat().st_size


def _mattermost_post(number: int) -> dict[str, Any]:
    base = 1_767_600_000_000 + number * 1_000

    def message(user: int, more: int) -> dict[str, Any]:
        return {
            "user": f"u{user % 500}",
            "type": "",
            "message": f"@u{user % 77} {WORDS}" if user % 5 == 0 else WORDS,
            "props": {"disable_group_highlight": True},
            "create_at": base + more,
            "edit_at": 0,
            "flagged_by": [],
            "reactions": [{"user": f"u{user % 400}", "emoji_name": "ok", "create_at": base + 5}]
            if user % 3 == 0
            else None,
            "attachments": [],
            "is_pinned": False,
        }

    replies = [message(number * 3 + step, 10 + step) for step in range(3)]
    return {"team": "hq", "channel": f"c{number % 40}", **message(number * 7, 0), "replies": replies}


STARTED: dict[str, float] = {}
CONTENDERS = {each.__name__: each for each in (scan, kernel, sql, pandas, loop, graph, slack, mattermost)}


def peak_megabytes() -> float:
    """Of this process alone; ru_maxrss would begin with the parent's."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return sum(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def contend(name: str, path: Path, people: int) -> None:
    """Run one contender here and print what it used; its compiled code is loaded first, which is not its work."""
    if name == "kernel":
        warm = path.with_suffix(".warm.parquet")
        generate(warm, 1_000, 100)
        kernel(warm, 100)
    if name == "graph":
        graph(path, people)
    STARTED["cpu"] = time.process_time()
    result = CONTENDERS[name](path, people)
    used = {
        "cpu": time.process_time() - STARTED["cpu"],
        "megabytes": peak_megabytes(),
        "result": result,
        "bytes": STARTED.get("bytes", 0),
    }
    print(json.dumps(used))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--people", type=int, default=50_000)
    parser.add_argument("--only", default="scan,kernel,sql,loop,graph,slack,mattermost")
    parser.add_argument("--contender", help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.contender:
        contend(options.contender, options.file, options.people)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "log.parquet"
        names = options.only.split(",")
        if set(names) - {"graph", "slack", "mattermost"}:
            generate(path, options.rows, options.people)
        yardstick = None
        for name in names:
            command = [
                sys.executable,
                __file__,
                "--contender",
                name,
                "--file",
                str(path),
                "--people",
                str(options.people),
            ]
            found = json.loads(
                subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()[-1]
            )
            if name == "loop":
                found["cpu"] *= options.rows / min(LOOP_ROWS, options.rows)
            yardstick = found["cpu"] if name == "scan" else yardstick
            ratio = f"{found['cpu'] / yardstick:8.2f} × scan" if yardstick and not found["bytes"] else ""
            speed = f"{found['bytes'] / 1e6 / found['cpu']:8.1f} MB/s" if found["bytes"] else ""
            print(
                f"{name:12}{found['cpu']:9.2f} CPU s {found['megabytes']:8.0f} MB {ratio}{speed}   ({found['result']})"
            )


if __name__ == "__main__":
    main()
