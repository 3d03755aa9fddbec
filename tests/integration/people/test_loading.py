"""What loading does with disorder, leavers, cycles and interruptions."""

from pathlib import Path

import pytest

from handrail.capabilities.accounts.models import Account
from handrail.capabilities.people.imports import actions
from handrail.capabilities.people.imports.actions import batches, writing
from handrail.capabilities.people.imports.models import PeopleImport
from handrail.capabilities.people.models import Organisation, Person
from handrail.foundation import clock
from handrail.foundation.access.refusal import Refused
from handrail.foundation.audit.models import Event
from tests.integration.people.loads import findings, load, person, preview, rows, snapshot
from tests.unit.formats.people.files import ENTRA_HEADER, organogram, post

STAFF = rows(
    *(f"{number},Person {number},p{number}@x.example,Clerk,Unit,{number - 1 or 'none'}" for number in range(1, 26))
)


@pytest.fixture
def coordinator(db: None) -> Account:
    return Account.objects.create_account(name="Coordinator", email="coordinator@x.example")


def test_bad_rows_are_named_and_the_rest_loads(organisation: Organisation, tmp_path: Path) -> None:
    done = load(organisation, tmp_path, rows("1,Ann,a@x.example,,,none", "2,Bo", "3,C\x00y,,,,", "4,Di,,,,1"))
    assert [(fault.line, fault.detail["code"]) for fault in findings(done, "fault")] == [
        (3, "too_few_fields"),
        (4, "control_characters"),
    ]
    assert list(Person.objects.values_list("name", flat=True)) == ["Ann", "Di"]


def test_posts_without_people_are_counted(organisation: Organisation, tmp_path: Path) -> None:
    done = load(organisation, tmp_path, organogram(post("PS", "Ann", "XX"), post("D1", "N/D"), post("D2", "Vacant")))
    assert done.counts["unnamed"] == 2
    assert [finding.detail["reason"] for finding in findings(done, "unnamed")] == ["not_disclosed", "vacant"]
    assert Person.objects.count() == 1


def test_who_is_missing_is_proposed_and_never_deleted(
    organisation: Organisation, tmp_path: Path, coordinator: Account
) -> None:
    load(organisation, tmp_path, STAFF)
    by_hand = Person.objects.create(organisation=organisation, name="By Hand")
    newer = "\n".join(line for line in STAFF.splitlines() if not line.startswith("7,")) + "\n"
    done = load(organisation, tmp_path, newer)
    (proposal,) = findings(done, "missing")
    assert proposal.person == person(organisation, "Person 7")
    assert person(organisation, "Person 7").left_on is None
    assert actions.mark_as_left(by=coordinator, people_import=done, finding_ids=[proposal.pk]) == 1
    assert person(organisation, "Person 7").left_on == clock.today()
    assert Event.objects.filter(what="person.left").count() == 1
    # Nobody comes twice: marked once, and back when the file has them again.
    assert actions.mark_as_left(by=coordinator, people_import=done, finding_ids=[proposal.pk]) == 0
    load(organisation, tmp_path, STAFF)
    assert person(organisation, "Person 7").left_on is None
    by_hand.refresh_from_db()
    assert by_hand.left_on is None


def test_nobody_marks_themself_as_left(organisation: Organisation, tmp_path: Path, coordinator: Account) -> None:
    load(organisation, tmp_path, rows("1,Ann,a@x.example,,,none", "2,Bo,b@x.example,,,1"))
    Person.objects.filter(name="Bo").update(account=coordinator)
    done = load(organisation, tmp_path, rows("1,Ann,a@x.example,,,none"))
    ids = [finding.pk for finding in findings(done, "missing")]
    assert actions.mark_as_left(by=coordinator, people_import=done, finding_ids=ids) == 0


def test_disabled_accounts_are_not_added_and_known_ones_proposed(organisation: Organisation, tmp_path: Path) -> None:
    row = "bo@x.example,Bo Xu,Xu,bo@x.example,Bo,guid-2,Member,Director,Finance,{}"
    off = "cy@x.example,Cy Ito,Ito,cy@x.example,Cy,guid-3,Guest,Director,Finance,True"
    load(organisation, tmp_path, "\n".join([ENTRA_HEADER, row.format("True"), ""]))
    done = load(organisation, tmp_path, "\n".join([ENTRA_HEADER, row.format("False"), off, ""]))
    assert done.counts["inactive"] == 2
    assert [finding.name for finding in findings(done, "missing")] == ["Bo Xu"]
    assert not Person.objects.filter(name="Cy Ito").exists()
    assert person(organisation, "Bo Xu").left_on is None


def test_cycles_are_named_by_their_members(organisation: Organisation, tmp_path: Path) -> None:
    content = rows("1,Ann,,,,2", "2,Bo,,,,3", "3,Cy,,,,1", "4,Di,,,,4", "5,Eve,,,,1")
    seen, _file = preview(organisation, tmp_path, content)
    assert [[name for _line, name in cycle.detail["members"]] for cycle in findings(seen, "cycle")] == [
        ["Ann", "Bo", "Cy"],
        ["Di"],
    ]


def test_a_manager_loaded_before_is_found(organisation: Organisation, tmp_path: Path) -> None:
    load(organisation, tmp_path, STAFF)
    load(organisation, tmp_path, rows("90,New,new@x.example,,,3", "91,Newer,,,,p4@x.example"))
    assert person(organisation, "New").manager == person(organisation, "Person 3")
    assert person(organisation, "Newer").manager == person(organisation, "Person 4")


def test_a_blank_in_the_file_wipes_nothing_out(organisation: Organisation, tmp_path: Path) -> None:
    load(organisation, tmp_path, STAFF)
    load(organisation, tmp_path, rows("3,Person 3,,,,"))
    kept = person(organisation, "Person 3")
    assert (kept.email, kept.job_title, kept.manager) == ("p3@x.example", "Clerk", person(organisation, "Person 2"))


class Killed(BaseException):
    """As if the process had ended here."""


@pytest.mark.parametrize("dies_at", [1, 3, 4, 5])
def test_an_interrupted_load_goes_on_without_loss(
    organisation: Organisation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dies_at: int
) -> None:
    monkeypatch.setattr(batches, "BATCH", 10)
    monkeypatch.setattr(writing, "BATCH", 10)
    seen, people_file = preview(organisation, tmp_path, STAFF)
    calls = 0

    def die(done: int, total: int) -> None:
        nonlocal calls
        calls += 1
        if calls == dies_at:
            raise Killed

    with pytest.raises(Killed):
        actions.apply_import(by=None, people_import=seen, people_file=people_file, progress=die)
    again, people_file = preview(organisation, tmp_path, STAFF)
    assert again.pk == seen.pk
    assert again.state == PeopleImport.State.APPLYING
    actions.apply_import(by=None, people_import=again, people_file=people_file)
    assert (again.added, again.changed, again.lines_changed) == (25, 0, 25)
    assert Person.objects.count() == 25
    assert Person.objects.filter(line=Person.Line.KNOWN).count() == 25
    assert Event.objects.filter(what="people.imported").count() == 1
    before = snapshot()
    load(organisation, tmp_path, STAFF)
    assert snapshot() == before


def test_a_failed_batch_leaves_nothing_of_itself(
    organisation: Organisation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen, people_file = preview(organisation, tmp_path, STAFF)

    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(writing, "_update_people", fail)
    with pytest.raises(RuntimeError):
        actions.apply_import(by=None, people_import=seen, people_file=people_file)
    assert not Person.objects.exists()


def test_a_loaded_file_is_not_loaded_twice(organisation: Organisation, tmp_path: Path) -> None:
    done = load(organisation, tmp_path, STAFF)
    with pytest.raises(Refused):
        actions.apply_import(by=None, people_import=done, people_file=None)
