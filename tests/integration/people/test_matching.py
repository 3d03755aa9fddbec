"""Who in a newer file is who: by id, by e-mail, else asked; the same file again changes nothing."""

from pathlib import Path

import pytest

from handrail.capabilities.people.imports import actions
from handrail.capabilities.people.imports.actions import batches
from handrail.capabilities.people.imports.actions import findings as kept
from handrail.capabilities.people.imports.models import Finding, PeopleImport
from handrail.capabilities.people.models import Organisation, Person
from handrail.formats.people import PeopleFile
from handrail.foundation.access.refusal import Refused
from handrail.foundation.audit.models import Event
from tests.integration.people.loads import findings, load, person, preview, rows, snapshot
from tests.unit.formats.people.files import ENTRA_HEADER, GOOGLE_HEADER, organogram, post

STAFF = rows(
    "1,Ann Rees,ann@x.example,Chief,Executive,none",
    "2,Bo Xu,bo@x.example,Director,Finance,1",
    "3,Cy Ito,,Clerk,Finance,2",
)


def test_first_load_adds_everybody_with_their_lines(organisation: Organisation, tmp_path: Path) -> None:
    done = load(organisation, tmp_path, STAFF)
    assert (done.added, done.changed, done.lines_changed) == (3, 0, 3)
    clerk = person(organisation, "Cy Ito")
    assert (clerk.manager, clerk.line, clerk.email) == (person(organisation, "Bo Xu"), Person.Line.KNOWN, "")
    head = person(organisation, "Ann Rees")
    assert (head.manager, head.line) == (None, Person.Line.KNOWN)


NAMES_ONLY = rows("Ann Rees,Clerk", "Ann Rees,Clerk", "Bo Xu,Head", header="name,job title")
POSTS = organogram(
    post("PS", "Ann Rees", "XX"), post("D1", "Bo Xu"), post("D1", "Cy Ito"), post("0", "Di Owen"), post("D2", "N/D")
)


@pytest.mark.parametrize("content", [STAFF, NAMES_ONLY, POSTS], ids=["own", "names only", "organogram"])
def test_the_same_file_again_changes_nothing_but_one_line_in_the_audit(
    organisation: Organisation, tmp_path: Path, content: str | bytes
) -> None:
    load(organisation, tmp_path, content)
    before, events = snapshot(), Event.objects.count()
    again = load(organisation, tmp_path, content)
    assert snapshot() == before
    assert (again.added, again.changed, again.lines_changed) == (0, 0, 0)
    assert not {"add", "change", "ask", "missing"} & again.counts.keys()
    assert Event.objects.count() == events + 1


def test_a_preview_changes_nobody(organisation: Organisation, tmp_path: Path) -> None:
    seen, _file = preview(organisation, tmp_path, STAFF)
    assert seen.state == PeopleImport.State.READY
    assert seen.counts == {"add": 3, "unchanged": 0}
    assert not Person.objects.exists()
    assert not Event.objects.filter(what="people.imported").exists()


def test_a_change_of_name_and_address_is_recognised_by_id(organisation: Organisation, tmp_path: Path) -> None:
    load(organisation, tmp_path, STAFF)
    pk = person(organisation, "Bo Xu").pk
    seen, people_file = preview(organisation, tmp_path, STAFF.replace("Bo Xu,bo@", "Bo Owen,bo.owen@"))
    assert seen.counts == {"change": 1, "unchanged": 2}
    assert findings(seen, "change")[0].detail["changes"] == [
        ["name", "Bo Xu", "Bo Owen"],
        ["email", "bo@x.example", "bo.owen@x.example"],
    ]
    actions.apply_import(by=None, people_import=seen, people_file=people_file)
    assert person(organisation, "Bo Owen").pk == pk


def test_a_changed_manager_is_a_change(organisation: Organisation, tmp_path: Path) -> None:
    load(organisation, tmp_path, STAFF)
    seen, people_file = preview(organisation, tmp_path, STAFF.replace("Finance,2", "Finance,1"))
    assert seen.counts == {"change": 1, "unchanged": 2}
    actions.apply_import(by=None, people_import=seen, people_file=people_file)
    assert person(organisation, "Cy Ito").manager == person(organisation, "Ann Rees")


def test_another_kind_of_file_is_recognised_by_email(organisation: Organisation, tmp_path: Path) -> None:
    load(organisation, tmp_path, STAFF)
    entra = "\n".join([ENTRA_HEADER, "bo@x.example,Bo Xu,Xu,BO@X.example,Bo,guid-2,Member,Director,Finance,True", ""])
    done = load(organisation, tmp_path, entra)
    assert (done.added, done.changed) == (0, 0)
    bo = person(organisation, "Bo Xu")
    # Entra knows nothing of managers: what is known stays, and the id of the first file too.
    assert (bo.manager, bo.line, bo.source_id) == (person(organisation, "Ann Rees"), Person.Line.KNOWN, "2")


def test_lines_from_entra_are_unknown(organisation: Organisation, tmp_path: Path) -> None:
    entra = "\n".join([ENTRA_HEADER, "bo@x.example,Bo Xu,Xu,bo@x.example,Bo,guid-2,Member,Director,Finance,True", ""])
    load(organisation, tmp_path, entra)
    assert person(organisation, "Bo Xu").line == Person.Line.UNKNOWN


def test_google_then_ids_take_over(organisation: Organisation, tmp_path: Path) -> None:
    google = "\n".join([GOOGLE_HEADER, "Bo,Xu,bo@x.example,****,/F,Active,,Director,,Finance", ""])
    load(organisation, tmp_path, google)
    load(organisation, tmp_path, STAFF)
    assert Person.objects.filter(organisation=organisation, email="bo@x.example").count() == 1
    assert person(organisation, "Bo Xu").source_id == "2"


def test_an_address_that_passed_to_somebody_else_is_asked_about(organisation: Organisation, tmp_path: Path) -> None:
    load(organisation, tmp_path, rows("Ann Rees,clerk@x.example", header="name,email"))
    seen, _file = preview(organisation, tmp_path, rows("Bo Xu,clerk@x.example", header="name,email"))
    assert seen.counts["ask"] == 1
    assert "change" not in seen.counts


def test_somebody_added_by_hand_is_recognised_by_email(organisation: Organisation, tmp_path: Path) -> None:
    Person.objects.create(organisation=organisation, name="Bo Xu", email="Bo@x.example")
    load(organisation, tmp_path, STAFF)
    assert Person.objects.filter(name="Bo Xu").count() == 1


def ask(organisation: Organisation, folder: Path) -> tuple[PeopleImport, PeopleFile, Finding]:
    Person.objects.create(organisation=organisation, name="Bo Xu", unit="Roads")
    seen, people_file = preview(organisation, folder, STAFF)
    (question,) = findings(seen, "ask")
    return seen, people_file, question


def test_the_same_name_alone_is_asked_about(organisation: Organisation, tmp_path: Path) -> None:
    seen, people_file, _question = ask(organisation, tmp_path)
    assert seen.counts == {"add": 2, "ask": 1, "unchanged": 0}
    actions.apply_import(by=None, people_import=seen, people_file=people_file)
    # Undecided: left aside, and whoever reports to them has an unknown line.
    assert Person.objects.filter(name="Bo Xu").count() == 1
    assert person(organisation, "Cy Ito").line == Person.Line.UNKNOWN


@pytest.mark.parametrize(("says", "people_of_that_name"), [("same", 1), ("new", 2)])
def test_the_coordinators_answer_counts(
    organisation: Organisation, tmp_path: Path, says: str, people_of_that_name: int
) -> None:
    seen, people_file, question = ask(organisation, tmp_path)
    known = Person.objects.get(name="Bo Xu")
    answer = str(known.pk) if says == "same" else "new"
    actions.answer_questions(by=None, people_import=seen, answers={question.pk: answer})  # type: ignore[arg-type]
    actions.apply_import(by=None, people_import=seen, people_file=people_file)
    assert Person.objects.filter(name="Bo Xu").count() == people_of_that_name
    assert Person.objects.get(source_id="2").email == "bo@x.example"
    assert (Person.objects.get(source_id="2").pk == known.pk) is (says == "same")
    before = snapshot()
    load(organisation, tmp_path, STAFF)
    assert snapshot() == before


def test_two_lines_are_not_both_the_same_person(organisation: Organisation, tmp_path: Path) -> None:
    known = Person.objects.create(organisation=organisation, name="Nia Rees")
    seen, _file = preview(organisation, tmp_path, rows("1,Nia Rees,,A,,", "2,Nia Rees,,B,,"))
    first, second = findings(seen, "ask")
    with pytest.raises(Refused, match="cannot both be the same person"):
        actions.answer_questions(
            by=None,  # type: ignore[arg-type]
            people_import=seen,
            answers={first.pk: str(known.pk), second.pk: str(known.pk)},
        )
    assert {finding.answer for finding in findings(seen, "ask")} == {""}


def test_who_turns_out_to_be_another_line_of_the_file_is_not_asked_about(
    organisation: Organisation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "BATCH", 1)  # the two lines are far apart
    known = Person.objects.create(organisation=organisation, name="Nia Rees", email="nia@x.example")
    content = rows("1,Nia Rees,,A,,", "2,Nia Rees-Jones,nia@x.example,B,,")
    seen, people_file = preview(organisation, tmp_path, content)
    assert seen.counts == {"add": 1, "change": 1, "unchanged": 0}
    actions.apply_import(by=None, people_import=seen, people_file=people_file)
    assert (seen.added, seen.changed) == (1, 1)
    known.refresh_from_db()
    assert known.name == "Nia Rees-Jones"
    assert person(organisation, "Nia Rees").source_id == "1"


def test_a_file_is_read_once(organisation: Organisation, tmp_path: Path) -> None:
    seen, people_file = preview(organisation, tmp_path, STAFF)
    with pytest.raises(Refused, match="read already"):
        actions.read_import(people_import=seen, people_file=people_file)


def test_a_preview_shows_so_many_of_a_kind_and_counts_all(
    organisation: Organisation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(kept.SHOWN, Finding.Kind.ADD, 2)  # type: ignore[arg-type]
    monkeypatch.setattr(kept, "BUFFER", 1)
    seen, _file = preview(organisation, tmp_path, STAFF)
    assert seen.counts["add"] == 3
    assert [finding.name for finding in findings(seen, "add")] == ["Ann Rees", "Bo Xu"]


def test_namesakes_within_one_file_are_not_asked_about(organisation: Organisation, tmp_path: Path) -> None:
    content = rows("1,Nia Rees,nia@x.example,A,,", "2,Nia Rees,nia2@x.example,B,,")
    load(organisation, tmp_path, content)
    third = content + "3,Nia Rees,nia3@x.example,C,,\n"
    seen, people_file = preview(organisation, tmp_path, third)
    assert seen.counts == {"add": 1, "unchanged": 2}
    actions.apply_import(by=None, people_import=seen, people_file=people_file)
    assert Person.objects.filter(name="Nia Rees").count() == 3


def test_another_holder_of_a_post_is_not_taken_for_the_first(organisation: Organisation, tmp_path: Path) -> None:
    load(organisation, tmp_path, organogram(post("PS", "Ann Rees", "XX"), post("D1", "Bo Xu")))
    seen, people_file = preview(organisation, tmp_path, organogram(post("PS", "Ann Rees", "XX"), post("D1", "Cy Ito")))
    (question,) = findings(seen, "ask")
    actions.answer_questions(by=None, people_import=seen, answers={question.pk: "new"})  # type: ignore[arg-type]
    actions.apply_import(by=None, people_import=seen, people_file=people_file)
    assert person(organisation, "Bo Xu").source_id == ""
    assert person(organisation, "Cy Ito").source_id == "D1"
    assert [finding.name for finding in findings(seen, "missing")] == ["Bo Xu"]


def test_two_organisations_do_not_meet(organisation: Organisation, tmp_path: Path) -> None:
    other = Organisation.objects.create(name="Other")
    load(organisation, tmp_path, STAFF)
    done = load(other, tmp_path, STAFF)
    assert done.added == 3
    assert not Person.objects.filter(organisation=other, manager__organisation=organisation).exists()
