"""An export comes in: read once, doubled never, kept in numbers, deleted by date and with the person."""

import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from handrail.capabilities.accounts.actions import erase_account
from handrail.capabilities.participation import arrivals, jobs
from handrail.capabilities.participation.actions.keeping import all_files_in_step, files_in_step
from handrail.capabilities.participation.actions.measuring import lacking_of
from handrail.capabilities.participation.exports import actions
from handrail.capabilities.participation.exports.actions import loading
from handrail.capabilities.participation.exports.presenters import fault_in_words
from handrail.capabilities.participation.log_files import LogFiles
from handrail.capabilities.participation.models import Channel, ExportLoad, Gathered, Suggestion, Voice
from handrail.capabilities.people.models import Person
from handrail.formats.interactions.archive import Refused as Unreadable
from handrail.foundation.access.refusal import Refused
from tests.factories.world import World
from tests.integration.participation.logs import bring, load, mattermost, rows, table, zipped
from tests.unit.formats.interactions import exports

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]
State = ExportLoad.State

FIRST = ("2026-01-05T09:00:00,ann,,post,general,t1,0", "2026-01-05T10:00:00,ben,ann,reply,general,t1,0")
MORE = ("2026-02-07T10:00:00,ann,ben,reply,general,t1,0", ",cat,ann,mention,general,,0")


def test_a_slack_export_is_read_filed_and_deleted(world: World, tmp_path: Path) -> None:
    brought = bring(world, zipped(tmp_path, exports.slack()))
    assert brought.state == State.WAITING
    assert brought.format == "Slack export"
    assert arrivals.path_of(brought.stored_name).exists()
    jobs.load_export.call(load_id=brought.pk)
    brought.refresh_from_db()
    assert (brought.state, brought.stored_name) == (State.DONE, "")
    assert list(arrivals.folder().iterdir()) == []
    assert brought.acts == brought.added == len(rows(world)) == 6
    assert dict(brought.found["left_out"])["joins and leaves"] == 1
    assert brought.found["broken_count"] == 2
    assert brought.first_on == date(2026, 1, 5)
    assert list(Channel.objects.values_list("name", flat=True)) == ["general"]
    assert exports.SECRET.encode() not in b"".join(path.read_bytes() for path in tmp_path.rglob("*.parquet"))


def test_the_files_hold_numbers_only_by_month(world: World) -> None:
    load(world, table(*FIRST, *MORE), "log.csv")
    files = LogFiles(world.organisation.pk)
    assert files.months == ["2026-01", "2026-02", "unknown"]
    types = {name: str(files.acts_of("2026-01").schema.field(name).type) for name in ("source", "kind", "thread")}
    assert types == {"source": "int32", "kind": "int8", "thread": "int32"}
    stored = rows(world)
    assert [row["at"] is None for row in stored] == [False, False, False, True]
    assert {row["thread"] for row in stored} == {0, None}
    assert files.path_of("2026-01").stat().st_mode & 0o077 == 0


def test_twice_or_overlapping_doubles_nothing(world: World) -> None:
    assert load(world, table(*FIRST), "log.csv").added == 2
    again = load(world, table(*FIRST), "log.csv")
    assert (again.acts, again.added) == (2, 0)
    newer = load(world, table(*FIRST, *MORE), "log.csv")
    assert (newer.acts, newer.added) == (4, 2)
    assert len(rows(world)) == 4
    assert Voice.objects.count() == 3
    assert LogFiles(world.organisation.pk).number_of_acts() == 4


def test_equal_rows_of_one_table_are_different_acts_and_still_not_doubled(world: World) -> None:
    three = (",ann,ben,reaction,general,,0",) * 3
    assert load(world, table(*three), "log.csv").added == 3
    assert load(world, table(*three, *three), "log.csv").added == 3


def test_members_are_found_by_address_and_the_rest_stay_numbers(world: World) -> None:
    leader = world.persons["leader"]
    done = load(world, table(f"2026-01-05,{leader.email.upper()},x@elsewhere.example,reply,general,,0"), "log.csv")
    assert done.matched == 1
    voices = {voice.number: voice for voice in Voice.objects.all()}
    assert voices[0].person == leader
    assert voices[1].person is None
    assert all("@" not in f"{voice.mark}{voice.address_mark}" for voice in voices.values())


@pytest.mark.parametrize("answer", ["same", "other"])
def test_somebody_of_the_same_name_is_suggested_and_answered(world: World, answer: str) -> None:
    Person.objects.filter(pk=world.persons["mentor"].pk).update(name="Priya Raman")
    export = mattermost(
        {"priya.raman": "pr@private.example", "zoe": ""},
        [{"user": "priya.raman", "message": "x", "create_at": 1_767_600_000_000},
         {"user": "zoe", "message": "y", "create_at": 1_767_600_001_000}],
    )  # fmt: skip
    load(world, export, "export.jsonl")
    one = Suggestion.objects.get()
    assert (one.person, one.called) == (world.persons["mentor"], "priya.raman, pr@private.example")
    by, organisation = world.account("administrator"), world.organisation
    assert actions.answer_suggestions(by=by, organisation=organisation, answers={one.pk: ""}) == 0
    assert actions.answer_suggestions(by=by, organisation=world.elsewhere, answers={one.pk: "same"}) == 0
    assert actions.answer_suggestions(by=by, organisation=organisation, answers={one.pk: answer}) == 1
    known = Voice.objects.filter(person=world.persons["mentor"]).values_list("pk", flat=True)
    assert list(known) == ([one.voice_id] if answer == "same" else [])
    assert not Suggestion.objects.exists()


def test_somebody_else_stays_a_number_and_an_address_that_comes_later_counts(world: World) -> None:
    leader = world.persons["leader"]
    post = {"user": "someone", "message": "x", "create_at": 1_767_600_000_000}
    load(world, mattermost({"someone": ""}, [post]), "a.jsonl")
    assert Voice.objects.get().person is None
    load(world, mattermost({"someone": leader.email}, [post]), "b.jsonl")
    assert Voice.objects.get().person == leader


def test_what_is_no_export_is_refused_and_not_kept(world: World) -> None:
    with pytest.raises(Unreadable, match="not an export"):
        bring(world, b"hello", "letter.txt")
    assert list(arrivals.folder().iterdir()) == []
    assert not ExportLoad.objects.exclude(pk=world.load.pk).exists()


def test_what_is_wrong_is_said_under_the_name_it_was_brought_by(world: World) -> None:
    failed = load(world, b"name,email\nAnn,a@example.org\n", "people.csv")
    assert failed.state == State.FAILED
    said = fault_in_words(failed.file_name, failed.stopped_because)
    assert said.startswith("“people.csv”, line 1: the column “source” is missing")
    part = load(world, table(*FIRST, "2026-01-05,ann,,shout,general,,0"), "log.csv")
    assert part.found["broken"] == ["log.csv, record 4: “shout” is not one of post, reply, reaction, mention."]


def test_one_folder_of_a_slack_export_is_told_from_any_other_file(world: World, tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="part of a Slack export"):
        bring(world, zipped(tmp_path, {"general/2026-01-05.json": "[]"}))


def test_what_an_export_of_long_ago_cannot_tell_is_told_of_today(world: World, tmp_path: Path) -> None:
    old = load(world, zipped(tmp_path, exports.slack_before_threads()))
    assert "threads" in old.found["lacking"]
    assert "threads" in lacking_of(world.organisation.pk, date(2026, 1, 1))
    assert lacking_of(world.organisation.pk, date(2026, 6, 1)) == {}


def test_a_file_that_is_too_large_is_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrivals, "MAXIMUM_BYTES", 10)
    with pytest.raises(Refused, match="larger than"):
        bring(world, table(*FIRST), "log.csv")


def test_one_persons_archive_is_not_an_organisations(world: World, tmp_path: Path) -> None:
    failed = load(world, zipped(tmp_path, exports.mastodon()))
    assert failed.state == State.FAILED
    assert "one person" in failed.stopped_because
    assert rows(world) == []


def test_an_export_with_nothing_in_it_says_so(world: World) -> None:
    failed = load(world, table(), "log.csv")
    assert failed.state == State.FAILED
    assert "nothing to measure" in failed.stopped_because


def test_stopped_taken_up_again_and_put_aside(world: World) -> None:
    by = world.account("administrator")
    brought = bring(world, table(*FIRST), "log.csv")
    taken_up = ExportLoad.objects.get(pk=brought.pk)
    actions.stop_load(by=by, load=brought)
    jobs.load_export.call(load_id=brought.pk)
    loading.load_export(load=taken_up)  # by a worker that had looked just before
    brought.refresh_from_db()
    assert (brought.state, rows(world)) == (State.STOPPED, [])
    actions.go_on_with_load(by=by, load=brought)
    jobs.load_export.call(load_id=brought.pk)
    brought.refresh_from_db()
    assert (brought.state, len(rows(world))) == (State.DONE, 2)
    for refused in (actions.stop_load, actions.go_on_with_load, actions.put_aside):
        with pytest.raises(Refused):
            refused(by=by, load=brought)
    other = bring(world, table(*MORE), "log.csv")
    actions.stop_load(by=by, load=other)
    other.refresh_from_db()
    actions.put_aside(by=by, load=other)
    assert other.state == State.PUT_ASIDE


def test_stopped_while_it_is_read(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    brought = bring(world, table(*FIRST), "log.csv")
    real = loading.read

    def stopped_meanwhile(path: Path, spool: Path, tell: object, **more: Any) -> object:
        ExportLoad.objects.filter(pk=brought.pk).update(state=State.STOPPED)
        return real(path, spool, tell, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(loading, "read", stopped_meanwhile)
    jobs.load_export.call(load_id=brought.pk)
    brought.refresh_from_db()
    assert brought.state == State.STOPPED
    assert not Voice.objects.exists()


def test_cut_off_while_filing_it_goes_on_with_the_month_it_was_at(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought = bring(world, table(*FIRST, *MORE), "log.csv")
    real, merged = LogFiles.merge, []

    def cut_off(files: LogFiles, month: str, acts: object) -> object:
        if month == "2026-02" and "2026-02" not in merged:
            merged.append(month)
            raise OSError("the power went")
        merged.append(month)
        return real(files, month, acts)

    monkeypatch.setattr(LogFiles, "merge", cut_off)
    with pytest.raises(OSError, match="power"):
        jobs.load_export.call(load_id=brought.pk)
    brought.refresh_from_db()
    assert (brought.state, brought.months_done) == (State.FILING, 1)
    jobs.load_export.call(load_id=brought.pk)
    brought.refresh_from_db()
    assert (brought.state, brought.added, len(rows(world))) == (State.DONE, 4, 4)
    assert merged == ["2026-01", "2026-02", "2026-02", "unknown"]


def test_cut_off_before_its_file_was_deleted_the_file_still_goes(world: World) -> None:
    brought = bring(world, table(*FIRST), "log.csv")
    loading.load_export(load=brought)
    assert brought.state == State.DONE
    assert arrivals.path_of(brought.stored_name).exists()
    jobs.load_export.call(load_id=brought.pk)
    assert list(arrivals.folder().iterdir()) == []


def test_what_is_forgotten_while_it_is_filed_says_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    brought = bring(world, table(*FIRST, *MORE), "log.csv")
    real = LogFiles.merge

    def forgotten_meanwhile(files: LogFiles, month: str, acts: object) -> object:
        loading.forget_old_arrivals(before=timezone.now() + timedelta(days=1))
        return real(files, month, acts)  # type: ignore[arg-type]

    monkeypatch.setattr(LogFiles, "merge", forgotten_meanwhile)
    jobs.load_export.call(load_id=brought.pk)
    brought.refresh_from_db()
    assert (brought.state, brought.months_done) == (State.FAILED, 1)
    assert "is not there any more" in brought.stopped_because


def test_a_file_that_is_gone_says_so(world: World) -> None:
    brought = bring(world, table(*FIRST), "log.csv")
    arrivals.path_of(brought.stored_name).unlink()
    jobs.load_export.call(load_id=brought.pk)
    brought.refresh_from_db()
    assert brought.state == State.FAILED


def test_deleted_by_date_stays_deleted(world: World) -> None:
    load(world, table(*FIRST, *MORE), "log.csv")
    actions.delete_before(by=world.account("administrator"), organisation=world.organisation, day=date(2026, 2, 1))
    assert all_files_in_step() == [world.organisation.pk]
    assert [row["at"].date() for row in rows(world)] == [date(2026, 2, 7)]
    again = load(world, table(*FIRST, *MORE), "log.csv")
    assert (again.acts, again.added) == (1, 0)
    with pytest.raises(Refused, match="not come yet"):
        actions.delete_before(
            by=world.account("administrator"),
            organisation=world.organisation,
            day=timezone.localdate() + timedelta(days=2),
        )


def test_a_database_from_before_the_deletion_learns_of_it_from_the_files(world: World) -> None:
    load(world, table(*FIRST, *MORE), "log.csv")
    by = world.account("administrator")
    actions.delete_before(by=by, organisation=world.organisation, day=date(2026, 2, 1))
    files_in_step(world.organisation.pk)
    Gathered.objects.update(kept_from=None)
    files_in_step(world.organisation.pk)
    assert Gathered.objects.get().kept_from == date(2026, 2, 1)
    shutil.rmtree(LogFiles(world.organisation.pk).folder)
    assert files_in_step(world.organisation.pk) == 0, "restored without the files"
    assert Gathered.objects.get().kept_from == date(2026, 2, 1)


def test_who_is_erased_leaves_the_files(world: World, django_capture_on_commit_callbacks: object) -> None:
    leader, mentor = world.persons["leader"], world.persons["mentor"]
    load(
        world,
        table(
            f"2026-01-05,{leader.email},{mentor.email},reply,general,,0",
            f"2026-01-06,{mentor.email},{leader.email},reply,general,,0",
        ),
        "log.csv",
    )
    gone = Voice.objects.get(person=leader).number
    stays = Voice.objects.get(person=mentor).number
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        erase_account(account=world.account("leader"))
    jobs.keep_files_in_step.call()
    assert not Voice.objects.filter(number=gone).exists()
    assert [(row["source"], row["target"]) for row in rows(world)] == [(stays, None)]
    load(world, table("2026-01-07,new@example.org,,post,general,,0"), "log.csv")
    assert gone not in set(Voice.objects.values_list("number", flat=True))


def test_people_whom_an_older_index_does_not_know_leave_before_numbers_are_given_again(world: World) -> None:
    """A restored database next to newer files: the same number must never mean two people."""
    load(world, table(*FIRST), "log.csv")
    Voice.objects.filter(number=1).delete()
    Gathered.objects.update(next_number=1)
    load(world, table("2026-03-01,dee,,post,general,,0"), "log.csv")
    dee = Voice.objects.get(number=1)
    assert [row["source"] for row in rows(world)] == [0, dee.number]


def test_files_without_an_organisation_go(world: World) -> None:
    load(world, table(*FIRST), "log.csv")
    Gathered.objects.all().delete()
    jobs.forget_old_exports.call()
    jobs.keep_files_in_step.call()
    assert not LogFiles(world.organisation.pk).folder.exists()


def test_what_nobody_came_back_to_is_forgotten(world: World) -> None:
    brought = bring(world, table(*FIRST), "log.csv")
    actions.stop_load(by=world.account("administrator"), load=brought)
    ExportLoad.objects.update(made_at=timezone.now() - timedelta(days=8))
    jobs.forget_old_exports.call()
    brought.refresh_from_db()
    assert brought.stored_name == ""
    assert list(arrivals.folder().iterdir()) == []
