"""An address that two lines share, or that somebody on the list has, never becomes a second person's."""

from pathlib import Path

import pytest

from handrail.capabilities.people.imports.models import PeopleImport
from handrail.capabilities.people.imports.presenters import rows_of
from handrail.capabilities.people.models import Organisation, Person
from tests.integration.people.loads import findings, load, person, preview, rows, snapshot

WHAT_TO_DO = "Write an address of their own, or print them a letter with a code."


def addresses() -> dict[str, str]:
    return dict(Person.objects.values_list("name", "email"))


def noted(people_import: PeopleImport) -> dict[int, str]:
    return {line: words for line, _name, words in rows_of("noted", findings(people_import, "noted"))}


def test_the_first_of_two_lines_has_the_address_and_the_other_is_named(
    organisation: Organisation, tmp_path: Path
) -> None:
    shared = rows("1,Ann Rees,home@x.example,,,", "2,Bo Rees,HOME@x.example,,,", "3,Cy,cy@x.example,,,")
    seen, people_file = preview(organisation, tmp_path, shared)
    assert list(noted(seen)) == [2, 3]
    assert noted(seen)[3] == f"“home@x.example” is the address of somebody else on the list: left out. {WHAT_TO_DO}"
    assert "only one of them signs in with it" in noted(seen)[2]
    assert [one.detail["email"] for one in findings(seen, "add")] == ["home@x.example", "", "cy@x.example"]
    people_file.close()
    load(organisation, tmp_path, shared)
    assert addresses() == {"Ann Rees": "home@x.example", "Bo Rees": "", "Cy": "cy@x.example"}
    before = snapshot()
    again = load(organisation, tmp_path, shared)
    assert (again.added, again.changed) == (0, 0)
    assert snapshot() == before
    assert 3 in noted(again), "as long as the file says so"


def test_without_ids_the_same_file_again_changes_nothing_either(organisation: Organisation, tmp_path: Path) -> None:
    shared = rows("Ann,home@x.example", "Bo,home@x.example", header="name,email")
    load(organisation, tmp_path, shared)
    before = snapshot()
    again = load(organisation, tmp_path, shared)
    assert snapshot() == before
    assert "ask" not in again.counts
    assert addresses() == {"Ann": "home@x.example", "Bo": ""}


def test_whoever_has_the_address_already_keeps_it_and_the_others_keep_theirs(
    organisation: Organisation, tmp_path: Path
) -> None:
    load(organisation, tmp_path, rows("1,Ann,ann@x.example,,,", "2,Bo,bo@x.example,,,"))
    Person.objects.create(organisation=organisation, name="Dee Hand", email="Dee@x.example")  # by hand, in no file
    changed = rows(
        "1,Ann,bo@x.example,Chief,,", "2,Bo,bo@x.example,,,", "3,Eli,dee@x.example,,,", "4,Flo,f@x.example,,,"
    )
    done = load(organisation, tmp_path, changed)
    assert person(organisation, "Ann").email == "ann@x.example"
    assert person(organisation, "Ann").job_title == "Chief", "all else of the line is used"
    assert person(organisation, "Bo").email == "bo@x.example"
    assert "left out" in noted(done)[2]
    assert "left out" not in noted(done)[3]
    assert [one.line for one in findings(done, "ask")] == [4], "whether Eli is Dee is asked first"


def test_somebody_answered_to_be_new_does_not_take_the_address_of_whom_they_were_taken_for(
    organisation: Organisation, tmp_path: Path
) -> None:
    from handrail.capabilities.people.imports import actions

    Person.objects.create(organisation=organisation, name="Dee Hand", email="dee@x.example")
    content = rows("Eli Other,dee@x.example", header="name,email")
    seen, people_file = preview(organisation, tmp_path, content)
    (question,) = findings(seen, "ask")
    actions.answer_questions(by=None, people_import=seen, answers={question.pk: "new"})
    actions.apply_import(by=None, people_import=seen, people_file=people_file)
    assert addresses() == {"Dee Hand": "dee@x.example", "Eli Other": ""}
    before = snapshot()
    load(organisation, tmp_path, content)
    assert snapshot() == before


def test_addresses_that_change_hands_in_one_file_do_so(organisation: Organisation, tmp_path: Path) -> None:
    load(organisation, tmp_path, rows("1,Ann,a@x.example,,,", "2,Bo,b@x.example,,,", "3,Cy,c@x.example,,,"))
    done = load(organisation, tmp_path, rows("1,Ann,b@x.example,,,", "2,Bo,a@x.example,,,", "3,Cy,new@x.example,,,"))
    assert addresses() == {"Ann": "b@x.example", "Bo": "a@x.example", "Cy": "new@x.example"}
    assert noted(done) == {}


def test_whoever_cannot_move_keeps_the_address_that_another_would_have(
    organisation: Organisation, tmp_path: Path
) -> None:
    """Ann would have Dee's, Bo would have Ann's: Ann stays, and so Bo does."""
    Person.objects.create(organisation=organisation, name="Dee", email="d@x.example")
    load(organisation, tmp_path, rows("1,Ann,a@x.example,,,", "2,Bo,b@x.example,,,"))
    done = load(organisation, tmp_path, rows("2,Bo,a@x.example,,,", "1,Ann,d@x.example,,,"))
    assert addresses() == {"Dee": "d@x.example", "Ann": "a@x.example", "Bo": "b@x.example"}
    assert list(noted(done)) == [2, 3]


def test_the_address_of_somebody_who_has_left_is_free(organisation: Organisation, tmp_path: Path) -> None:
    Person.objects.create(organisation=organisation, name="Gone Away", email="post@x.example", left_on="2026-01-01")
    load(organisation, tmp_path, rows("1,Ann,post@x.example,,,"))
    ann = Person.objects.filter(name="Ann").first()
    assert ann is None or ann.email == "post@x.example"


@pytest.mark.parametrize("size", [1, 2, 100])
def test_it_is_the_same_however_the_file_is_cut_into_batches(
    organisation: Organisation, tmp_path: Path, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from handrail.capabilities.people.imports.actions import batches

    monkeypatch.setattr(batches, "BATCH", size)
    content = rows(
        *(f"{number},P{number},{'home' if number % 2 else f'p{number}'}@x.example,,," for number in range(9))
    )
    done = load(organisation, tmp_path, content)
    assert [name for name, email in sorted(addresses().items()) if email == "home@x.example"] == ["P1"]
    assert sorted(noted(done)) == [3, 5, 7, 9]
