"""The plan's sheet: its order, its end, and what is next."""

import json
from dataclasses import replace
from datetime import date

from handrail.capabilities.pairings.plan.seen.sheet import SeenSheet, seen_from
from handrail.capabilities.pairings.plan.sheet import (
    DONE,
    OWN,
    SKIPPED,
    AloneSheet,
    Item,
    PlanSheet,
    alone_from,
    plan_from,
)
from handrail.engines.approach import Progress

TODAY = date(2026, 3, 10)
END = Item(step="pass-on", ends=True)
ONE, TWO = Item(step="one", goal="save_money"), Item(step="two", goal=OWN)
SHEET = PlanSheet(("save_money",), "Fewer forms", (END, ONE, TWO))


def test_it_is_read_back_as_it_was_sealed_and_forgives_what_a_later_version_adds() -> None:
    done = SHEET.with_item(replace(ONE, state=DONE, on="2026-03-01", line="née", by="mentor"))
    assert plan_from(done.as_text()) == done
    newer = json.loads(done.as_text())
    newer["items"][0]["colour"] = "green"
    assert plan_from(json.dumps(newer)) == done
    alone = AloneSheet().with_line(ONE.id, "a line").with_line(TWO.id, "x").with_line(TWO.id, "")
    assert alone.lines == {ONE.id: "a line"}
    kept = replace(alone, kept=(TWO,))
    assert alone_from(kept.as_text()) == kept


def test_the_end_stands_last_and_waits_for_the_others() -> None:
    assert SHEET.todo == [ONE, TWO, END]
    assert SHEET.end == END
    assert SHEET.next_on(TODAY) == ONE
    alone = SHEET.without(ONE.id).without(TWO.id)
    assert alone.next_on(TODAY) == END
    assert alone.without(END.id).next_on(TODAY) is None
    assert alone.without(END.id).end is None
    assert alone.without(END.id).waits_until(TODAY) is None
    assert SHEET.put_last(ONE).todo == [TWO, ONE, END]


def test_what_was_moved_waits_for_its_day() -> None:
    moved = SHEET.with_item(replace(ONE, not_before="2026-03-11")).with_item(replace(TWO, not_before="2026-03-17"))
    assert moved.next_on(TODAY) is None, "the end is not done before the others"
    assert moved.waits_until(TODAY) == date(2026, 3, 11)
    found = moved.next_on(date(2026, 3, 11))
    assert found is not None
    assert found.id == ONE.id
    assert moved.waits_until(date(2026, 3, 11)) is None


def test_progress_names_steps_of_the_pack_only() -> None:
    sheet = (
        SHEET.with_item(replace(ONE, state=DONE, on="2026-03-02"))
        .with_item(replace(TWO, state=SKIPPED, on="2026-03-01"))
        .with_item(Item(title="Ring Jo", state=DONE, on="2026-03-01"))
    )
    assert sheet.progress == Progress(frozenset({"one"}), frozenset({"two"}), planned=frozenset())
    assert SHEET.progress.planned == {"one", "two"}, "what it ends in is not among them"
    assert [one.title or one.step for one in sheet.done] == ["Ring Jo", "one"]
    assert [one.step for one in sheet.skipped] == ["two"]
    assert sheet.steps == {"one", "two", "pass-on"}
    assert sheet.item("nowhere") is None
    assert ONE.day is None


def test_steps_of_a_goal_that_is_gone_serve_the_first() -> None:
    assert SHEET.goals_chosen == ("save_money", OWN)
    changed = SHEET.with_goals(["win_trust"], "")
    assert {one.goal for one in changed.items} == {"win_trust"}
    assert {one.goal for one in changed.with_goals([], "").items} == {""}


def test_what_was_seen_counts_once_a_day_and_only_its_author_takes_it_back() -> None:
    sheet = SeenSheet().with_seen(["asked_for_help", "asked_for_help"], "leader", "2026-03-01")
    sheet = sheet.with_seen(["asked_for_help"], "leader", "2026-03-01").with_seen(
        ["asked_for_help"], "mentor", "2026-03-01"
    )
    assert [one.by for one in sheet.sightings] == ["leader", "mentor"]
    (mine, _theirs) = sheet.sightings
    assert sheet.without(mine.id, "mentor") == sheet
    assert len(sheet.without(mine.id, "leader").sightings) == 1
    assert seen_from(sheet.as_text()) == sheet
